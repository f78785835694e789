/* SPDX-License-Identifier: Apache-2.0 */
/* csv_writer.h - one CSV file by RFC 4180: UTF-8, header line, every row as many cells as the header. A cell
 * that a spreadsheet would run as a formula gets a leading apostrophe; numbers are written with a decimal
 * point in any locale. */
#ifndef PT_REPORT_CSV_WRITER_H
#define PT_REPORT_CSV_WRITER_H

#include "base/json.h"
#include "base/status.h"

typedef struct pt_csv pt_csv;

typedef struct pt_csv_style {
    bool no_bom; /* without the mark by which Excel knows UTF-8 */
    bool lf;     /* rows end with LF instead of CRLF */
} pt_csv_style;

/* columns: NULL-terminated header names, read until close. Errors: PT_ERR_CREATE. */
pt_status pt_csv_writer_open(pt_csv **out, const char *path, const char *const *columns, pt_csv_style style,
                             pt_error *err) PT_WARN_UNUSED;
void pt_csv_text(pt_csv *csv, const char *text); /* NULL is an empty cell */
void pt_csv_integer(pt_csv *csv, uint64_t value);
void pt_csv_number(pt_csv *csv, double value); /* 7 significant digits; NAN is an empty cell */
void pt_csv_end_row(pt_csv *csv);
/* Frees csv in any case; reports the first write that failed (PT_ERR_IO). */
pt_status pt_csv_writer_close(pt_csv *csv, pt_error *err) PT_WARN_UNUSED;

/* The same rows as a JSON array of arrays: texts, numbers, null where a cell is empty. Nothing is written. */
pt_csv *pt_csv_rows_new(size_t n_columns);
json_t *pt_csv_rows_take(pt_csv *csv); /* frees csv; json_decref the array */

enum { PT_NUMBER_BYTES = 32 };
/* The number as the tables show it, "" for NAN; returns text. */
const char *pt_number_text(char text[PT_NUMBER_BYTES], double value);
/* Whether a spreadsheet would take the text for a formula. */
bool pt_is_formula(const char *text);

#endif
