/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are written from the top down in constant-memory mode: a sheet costs one row of memory. */
#include "report/sheet.h"
#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELL_BYTES = 32767, A4 = 9 };

void pt_book_check(pt_book *b, lxw_error error) {
    if (b->error == LXW_NO_ERROR)
        b->error = error;
}

static lxw_format *new_format(pt_book *b, const char *numbers) {
    lxw_format *format = workbook_add_format(b->workbook);
    format_set_font_name(format, "맑은 고딕");
    format_set_font_size(format, 10);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (numbers)
        format_set_num_format(format, numbers);
    return format;
}

void pt_book_formats(pt_book *b) {
    b->style[PT_STYLE_TEXT] = new_format(b, "@");
    format_set_text_wrap(b->style[PT_STYLE_TEXT]);
    b->style[PT_STYLE_COUNT] = new_format(b, "#,##0");
    b->style[PT_STYLE_AMOUNT] = new_format(b, "#,##0.0");
    b->style[PT_STYLE_RATIO] = new_format(b, "0.00");
    b->style[PT_STYLE_PERCENT] = new_format(b, "0.0%");
    b->style[PT_STYLE_YEAR] = new_format(b, "0");
    b->style[PT_STYLE_YES] = new_format(b, "@");
    b->header = new_format(b, NULL);
    format_set_bold(b->header);
    format_set_text_wrap(b->header);
    format_set_font_color(b->header, 0xFFFFFF);
    format_set_bg_color(b->header, 0x1F4E79);
    format_set_border(b->header, LXW_BORDER_THIN);
    format_set_align(b->header, LXW_ALIGN_VERTICAL_CENTER);
    b->title = new_format(b, NULL);
    format_set_bold(b->title);
    format_set_font_size(b->title, 16);
    b->note = new_format(b, NULL);
    format_set_font_color(b->note, 0x595959);
    b->warning = new_format(b, NULL);
    format_set_bold(b->warning);
    format_set_font_color(b->warning, 0xB4470F);
}

static void add_worksheet(pt_sheet *s, const char *name) {
    s->worksheet = workbook_add_worksheet(s->book->workbook, name);
    s->row = 0;
    for (uint16_t i = 0; i < s->n_columns; i++)
        pt_book_check(s->book, worksheet_set_column(s->worksheet, i, i, s->columns[i].width, NULL));
    worksheet_set_landscape(s->worksheet);
    worksheet_set_paper(s->worksheet, A4);
    worksheet_fit_to_pages(s->worksheet, 1, 0);
}

pt_sheet pt_sheet_add(pt_book *b, const char *name, const pt_sheet_column *columns, size_t n_columns) {
    pt_sheet s = {.book = b, .columns = columns, .n_columns = (uint16_t)n_columns, .name = name, .part = 1};
    add_worksheet(&s, name);
    return s;
}

void pt_sheet_header(pt_sheet *s) {
    pt_book_check(s->book, worksheet_set_row(s->worksheet, s->row, 30, NULL));
    for (uint16_t i = 0; i < s->n_columns; i++)
        pt_book_check(s->book,
                      worksheet_write_string(s->worksheet, s->row, i, s->columns[i].title, s->book->header));
    s->row++;
}

static void head_table(pt_sheet *s) {
    pt_sheet_header(s);
    worksheet_freeze_panes(s->worksheet, s->frozen_rows, s->frozen_columns);
    pt_book_check(s->book, worksheet_repeat_rows(s->worksheet, 0, 0));
}

/* A sheet that is one table: header and the leading columns frozen, filter over all. */
pt_sheet pt_sheet_start(pt_book *b, const char *name, const pt_sheet_column *columns, size_t n_columns,
                        lxw_col_t frozen_columns) {
    pt_sheet s = pt_sheet_add(b, name, columns, n_columns);
    s.frozen_rows = 1;
    s.frozen_columns = frozen_columns;
    head_table(&s);
    return s;
}

void pt_sheet_end(pt_sheet *s) {
    pt_book_check(s->book, worksheet_autofilter(s->worksheet, 0, 0, s->row > 1 ? s->row - 1 : 1,
                                                (lxw_col_t)(s->n_columns - 1)));
}

/* Where a table is full, its next row opens another sheet. */
static void start_row(pt_sheet *s) {
    if (s->cell || !s->frozen_rows || s->row < s->book->most_rows)
        return;
    pt_sheet_end(s);
    char *name = pt_strfmt("%s %u", s->name, ++s->part);
    add_worksheet(s, name);
    free(name);
    head_table(s);
}

void pt_sheet_skip(pt_sheet *s) {
    assert(s->cell < s->n_columns);
    s->cell++;
}

void pt_sheet_text(pt_sheet *s, const char *text) {
    start_row(s);
    lxw_format *format = s->book->style[PT_STYLE_TEXT];
    size_t n = text ? strlen(text) : 0;
    if (n > MOST_CELL_BYTES) {
        n = MOST_CELL_BYTES;
        while (((unsigned char)text[n] & 0xC0) == 0x80)
            n--;
        char *cut = pt_strndup(text, n);
        pt_book_check(s->book, worksheet_write_string(s->worksheet, s->row, s->cell, cut, format));
        free(cut);
    } else if (n) {
        pt_book_check(s->book, worksheet_write_string(s->worksheet, s->row, s->cell, text, format));
    }
    pt_sheet_skip(s);
}

void pt_sheet_number(pt_sheet *s, double value) {
    start_row(s);
    if (isfinite(value))
        pt_book_check(s->book, worksheet_write_number(s->worksheet, s->row, s->cell, value,
                                                      s->book->style[s->columns[s->cell].style]));
    pt_sheet_skip(s);
}

void pt_sheet_year(pt_sheet *s, uint32_t year) {
    pt_sheet_number(s, year ? year : NAN);
}

void pt_sheet_end_row(pt_sheet *s) {
    s->cell = 0;
    s->row++;
}

void pt_sheet_note(pt_sheet *s, lxw_format *format, const char *text) {
    pt_book_check(s->book, worksheet_write_string(s->worksheet, s->row++, 0, text, format));
}

void pt_sheet_bars(pt_sheet *s, const pt_bars *bars) {
    lxw_chart *chart = workbook_add_chart(s->book->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(series, s->name, bars->first, bars->names, bars->last, bars->names);
    chart_series_set_values(series, s->name, bars->first, bars->values, bars->last, bars->values);
    chart_series_set_name(series, s->columns[bars->values].title);
    chart_title_set_name(chart, bars->title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_interval_unit(chart->y_axis, 1); /* every name */
    chart_axis_set_min(chart->x_axis, 0);
    chart_set_series_gap(chart, 60);

    const double rows = bars->last - bars->first + 1;
    lxw_chart_options place = {.x_scale = 1.3, .y_scale = fmax(1, (rows * 22 + 90) / 288)};
    pt_book_check(s->book,
                  worksheet_insert_chart_opt(s->worksheet, bars->at_row, bars->at_column, chart, &place));
}

const char *pt_sheet_library_version(void) {
    return lxw_version();
}
