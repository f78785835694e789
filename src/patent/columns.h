/* SPDX-License-Identifier: Apache-2.0 */
/* columns.h - what the columns of an export are, by the names in its header row: KIPRIS web export, WIPS
 * ON, and tables that people made of them. */
#ifndef PT_PATENT_COLUMNS_H
#define PT_PATENT_COLUMNS_H

#include "patent/builder.h"
#include "patent/csv.h"

typedef struct pt_columns {
    PT_VEC(int) field; /* pt_field of each column, -1 = not wanted */
    size_t number;     /* index of the application number */
} pt_columns;

/* Whether the row is a header: it names the application number and at least a title, an abstract or an
 * application date. Fills columns (initialised to zero) if so. */
bool pt_columns_find(pt_columns *columns, const pt_cells *row);
void pt_columns_free(pt_columns *columns);

#endif
