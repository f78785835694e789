/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - the CSV files of a study, one function a file; columns as in the data dictionary. */
#ifndef PT_REPORT_TABLES_H
#define PT_REPORT_TABLES_H

#include "report/csv_writer.h"
#include "report/outline.h"

/* Writes items.csv, selected_items.csv, technologies.csv, patents.csv, topics.csv, technology_patents.csv,
 * item_years.csv and item_words.csv into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_tables_write(const pt_outline *outline, const char *folder, pt_csv_style style,
                          pt_error *err) PT_WARN_UNUSED;

#endif
