/* SPDX-License-Identifier: Apache-2.0 */
/* columns.h - the data dictionary: every column of every table, once. The headers of the CSV files and
 * columns.md both come from it. */
#ifndef PT_REPORT_COLUMNS_H
#define PT_REPORT_COLUMNS_H

#include "report/csv_writer.h"

typedef struct pt_column {
    const char *name;
    const char *type; /* text, integer, number, 0/1, date */
    const char *korean, *english;
} pt_column;

enum { PT_MOST_COLUMNS = 20 };
typedef struct pt_table_columns {
    const char *file;
    const char *korean, *english;      /* what a row is */
    pt_column at[PT_MOST_COLUMNS + 1]; /* ends with a NULL name */
} pt_table_columns;

enum {
    PT_TABLE_ITEMS,
    PT_TABLE_SELECTED,
    PT_TABLE_TECHNOLOGIES,
    PT_TABLE_PATENTS,
    PT_TABLE_TOPICS,
    PT_TABLE_TECHNOLOGY_PATENTS,
    PT_TABLE_ITEM_YEARS,
    PT_TABLE_ITEM_WORDS,
    PT_TABLE_REASONS,
    PT_TABLE_INDUSTRIES,
    PT_TABLE_TECHNOLOGY_YEARS,
    PT_TABLE_ITEM_PATHS,
    PT_TABLE_CLUSTERS,
    PT_TABLE_ENTRIES,
    PT_TABLE_NOTES,
    PT_TABLE_CHANGES, /* of an update alone */
    PT_N_TABLES
};
extern const pt_table_columns pt_tables[PT_N_TABLES];

/* Writes columns.md into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_columns_write(const char *folder, pt_csv_style style, pt_error *err) PT_WARN_UNUSED;

#endif
