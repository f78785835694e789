/* SPDX-License-Identifier: Apache-2.0 */
/* sheet.h - sheets of a workbook, written row by row: formats, frozen headings, filters, and further sheets
 * where one is full. */
#ifndef PT_REPORT_SHEET_H
#define PT_REPORT_SHEET_H

#include "report/outline.h"

#include <xlsxwriter.h>

typedef enum pt_style {
    PT_STYLE_TEXT,
    PT_STYLE_COUNT,   /* 1,234 */
    PT_STYLE_AMOUNT,  /* 1,234.5 */
    PT_STYLE_RATIO,   /* 1.23 */
    PT_STYLE_PERCENT, /* 12.3% */
    PT_STYLE_YEAR,    /* 2024 */
    PT_STYLE_YES,     /* 예 or nothing */
    PT_N_STYLES
} pt_style;

typedef struct pt_book {
    const pt_outline *outline;
    lxw_workbook *workbook;
    lxw_format *style[PT_N_STYLES], *header, *title, *note, *warning;
    uint32_t most_rows; /* a sheet */
    lxw_error error;    /* the first one */
} pt_book;

typedef struct pt_sheet_column {
    const char *title;
    double width; /* characters */
    pt_style style;
} pt_sheet_column;

typedef struct pt_sheet {
    pt_book *book;
    lxw_worksheet *worksheet;
    const pt_sheet_column *columns;
    uint16_t n_columns, cell;
    uint32_t row;          /* next to be written */
    const char *name;      /* of the first part */
    unsigned part;         /* from 1 */
    lxw_row_t frozen_rows; /* 0 = the sheet is no table: it is never split */
    lxw_col_t frozen_columns;
} pt_sheet;

#define PT_COLUMNS(c) c, sizeof(c) / sizeof *(c)

/* Keeps the first error. */
void pt_book_check(pt_book *b, lxw_error error);
void pt_book_formats(pt_book *b);

/* A sheet that is no table. columns are read until the last row. */
pt_sheet pt_sheet_add(pt_book *b, const char *name, const pt_sheet_column *columns, size_t n_columns);
void pt_sheet_header(pt_sheet *s);
/* A sheet that is one table: header and the leading columns frozen, filter over all once it ends. */
pt_sheet pt_sheet_start(pt_book *b, const char *name, const pt_sheet_column *columns, size_t n_columns,
                        lxw_col_t frozen_columns);
void pt_sheet_end(pt_sheet *s);

/* The cells of a row, from the left. NULL, "" and NAN leave a cell empty; a long text is cut at Excel's
 * limit. */
void pt_sheet_text(pt_sheet *s, const char *text);
void pt_sheet_number(pt_sheet *s, double value);
void pt_sheet_year(pt_sheet *s, uint32_t year); /* 0 = unknown */
void pt_sheet_skip(pt_sheet *s);
void pt_sheet_end_row(pt_sheet *s);
/* A row that is one text. */
void pt_sheet_note(pt_sheet *s, lxw_format *format, const char *text);

/* Bars of the values in a column (rows first to last, from 0) of a sheet that is not split, named by another
 * column; as high as they are many. */
typedef struct pt_bars {
    const char *title;
    uint32_t first, last;
    uint16_t names, values;
    lxw_row_t at_row;
    lxw_col_t at_column;
} pt_bars;
void pt_sheet_bars(pt_sheet *s, const pt_bars *bars);

/* Of libxlsxwriter. */
const char *pt_sheet_library_version(void);

#endif
