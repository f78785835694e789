/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - the CSV files of a study, one function a file; columns as in the data dictionary. */
#ifndef PT_REPORT_TABLES_H
#define PT_REPORT_TABLES_H

#include "report/csv_writer.h"
#include "report/outline.h"

/* Rows of the tables that explain and follow up (study_tables.c). */
void pt_rows_reasons(const pt_outline *outline, pt_csv *csv);
void pt_rows_industries(const pt_outline *outline, pt_csv *csv);
void pt_rows_item_years(const pt_outline *outline, pt_csv *csv);
void pt_rows_technology_years(const pt_outline *outline, pt_csv *csv);
void pt_rows_item_paths(const pt_outline *outline, pt_csv *csv);
void pt_rows_clusters(const pt_outline *outline, pt_csv *csv);
void pt_rows_entries(const pt_outline *outline, pt_csv *csv);
void pt_rows_notes(const pt_outline *outline, pt_csv *csv);

/* Writes every table of the data dictionary (columns.h) into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_tables_write(const pt_outline *outline, const char *folder, pt_csv_style style,
                          pt_error *err) PT_WARN_UNUSED;

/* A table of the data dictionary for the page: {"columns": [name …], "rows": [[cell …] …]}; json_decref it.
 */
json_t *pt_table_json(const pt_outline *outline, int table);
/* Whether the run has it: changes are an update's alone. */
bool pt_table_is_there(const pt_outline *outline, int table);

#endif
