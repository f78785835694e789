/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - the CSV files of a study, one function a file; columns as in the data dictionary. */
#ifndef PT_REPORT_TABLES_H
#define PT_REPORT_TABLES_H

#include "report/csv_writer.h"
#include "report/outline.h"

typedef struct pt_table {
    const char *name;
    const char *const *columns; /* NULL-terminated */
    void (*write_rows)(const pt_outline *outline, pt_csv *csv);
} pt_table;

/* The tables that explain and follow up (study_tables.c). */
enum { PT_STUDY_TABLES = 7 };
extern const pt_table pt_study_tables[PT_STUDY_TABLES];

/* Writes items.csv, selected_items.csv, technologies.csv, patents.csv, topics.csv, technology_patents.csv,
 * item_years.csv, item_words.csv and the study tables into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_tables_write(const pt_outline *outline, const char *folder, pt_csv_style style,
                          pt_error *err) PT_WARN_UNUSED;

#endif
