/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h - rows of a table in text (RFC 4180, and what spreadsheets make of it): quoted cells over several
 * lines, quotes in quoted cells that were not doubled, any line ending, any separator. */
#ifndef PT_PATENT_CSV_H
#define PT_PATENT_CSV_H

#include "base/buf.h"
#include "base/vec.h"
#include "patent/bytes.h"
#include <stdbool.h>

#define PT_CSV_MAX_ROW ((size_t)4 << 20) /* bytes; a longer row has an open quote */

typedef PT_VEC(char *) pt_cells;

typedef struct pt_csv {
    pt_bytes source;
    char separator;
    pt_buf in;
    size_t at;
    bool is_ended;
    unsigned next_line;
    /* the current row */
    pt_buf text;
    pt_cells cells; /* in text; "" when empty */
    unsigned line;  /* where it starts, from 1 */
    bool is_broken; /* a quote opens in this line and never closes: there are no cells, text is the line */
} pt_csv;

void pt_csv_open(pt_csv *csv, pt_bytes source, char separator);
void pt_csv_close(pt_csv *csv);
/* The next row; false at the end. */
bool pt_csv_next(pt_csv *csv);

#endif
