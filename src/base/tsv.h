/* SPDX-License-Identifier: Apache-2.0 */
/* tsv.h - the tables of dict/: UTF-8, tab-separated, `# ` comment lines, one header line, no quoting. */
#ifndef PT_BASE_TSV_H
#define PT_BASE_TSV_H

#include "base/status.h"

typedef struct pt_tsv pt_tsv;

/* Reads path whole. Every row must have as many cells as the header (PT_ERR_CONFIG with file:line), the
 * text must have no NUL. Close with pt_tsv_close. */
pt_status pt_tsv_open(pt_tsv **out, const char *path, pt_error *err) PT_WARN_UNUSED;
/* The same of text at hand (copied); name stands for the path in messages. */
pt_status pt_tsv_parse(pt_tsv **out, const char *name, const char *text, pt_error *err) PT_WARN_UNUSED;
void pt_tsv_close(pt_tsv *table); /* NULL is fine */
size_t pt_tsv_rows(const pt_tsv *table);
/* Index of a header name, or PT_ERR_CONFIG when the column is not there. */
pt_status pt_tsv_column(const pt_tsv *table, const char *name, size_t *column, pt_error *err) PT_WARN_UNUSED;
/* Cell text, borrowed until pt_tsv_close; "" when empty. */
const char *pt_tsv_cell(const pt_tsv *table, size_t row, size_t column);
unsigned pt_tsv_line(const pt_tsv *table, size_t row); /* line in the file, from 1 */
const char *pt_tsv_path(const pt_tsv *table);

/* Splits text at `separator` and calls use(user, part, bytes) for each non-empty part. */
void pt_split(const char *text, char separator, void (*use)(void *user, const char *part, size_t bytes),
              void *user);

#endif
