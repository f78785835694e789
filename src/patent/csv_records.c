/* SPDX-License-Identifier: Apache-2.0 */
/* csv_records.c - rows of an export as records. What stands above the header row (the name of the search,
 * the date, an empty line) is passed over. */
#include "patent/columns.h"
#include "patent/reading.h"
#include <string.h>

enum { MAX_PREAMBLE_ROWS = 50 };
static const char separators[] = {',', '\t', ';', '|'};

/* Moves csv to the header row. */
static bool find_header(pt_csv *csv, pt_columns *columns) {
    for (int row = 0; row < MAX_PREAMBLE_ROWS && pt_csv_next(csv); row++)
        if (!csv->is_broken && pt_columns_find(columns, &csv->cells))
            return true;
    return false;
}

static char find_separator(const char *head, size_t n) {
    for (size_t i = 0; i < sizeof separators; i++) {
        pt_memory text = {head, n};
        pt_csv csv;
        pt_columns columns = {0};
        pt_csv_open(&csv, pt_memory_bytes(&text), separators[i]);
        const bool is_found = find_header(&csv, &columns);
        pt_csv_close(&csv);
        pt_columns_free(&columns);
        if (is_found)
            return separators[i];
    }
    return '\0';
}

bool pt_csv_is_table(const char *head, size_t n) {
    return find_separator(head, n) != '\0';
}

static bool is_empty_row(const pt_cells *cells) {
    for (size_t i = 0; i < cells->n; i++)
        if (cells->at[i][strspn(cells->at[i], " \t\r\n")] != '\0')
            return false;
    return true;
}

/* "1024582310000.0": a number that went through a spreadsheet or a data frame. */
static size_t cell_bytes(const char *cell) {
    const size_t digits = strspn(cell, "0123456789");
    return digits > 0 && strcmp(cell + digits, ".0") == 0 ? digits : strlen(cell);
}

static void read_row(pt_reading *reading, pt_builder *builder, const pt_csv *csv, const pt_columns *columns) {
    pt_builder_begin(builder, PT_FORM_LIST, "", csv->line);
    bool has_stray = false;
    for (size_t i = 0; i < csv->cells.n; i++) {
        const char *cell = csv->cells.at[i];
        if (i >= columns->field.n)
            has_stray |= cell[strspn(cell, " \t\r\n")] != '\0';
        else if (columns->field.at[i] >= 0)
            pt_builder_set(builder, (pt_field)columns->field.at[i], cell, cell_bytes(cell), NULL);
    }
    if (has_stray)
        pt_reading_drop_record(reading, builder, csv->line, "the row has more cells than the header");
    else
        pt_reading_end_record(reading, builder);
}

/* Tables that were put together from several exports repeat the header. */
static bool is_header_again(const pt_cells *cells, const pt_columns *columns, pt_columns *again) {
    return columns->number < cells->n && strpbrk(cells->at[columns->number], "0123456789") == NULL &&
           pt_columns_find(again, cells);
}

static void read_rows(pt_reading *reading, pt_csv *csv, pt_columns *columns) {
    pt_builder builder;
    pt_builder_init(&builder);
    pt_columns again = {0};
    while (pt_csv_next(csv)) {
        if (csv->is_broken) {
            pt_builder_begin(&builder, PT_FORM_LIST, "", csv->line);
            pt_builder_set(&builder, PT_FIELD_TITLE, csv->text.at, csv->text.n, NULL);
            pt_reading_drop_record(reading, &builder, csv->line,
                                   "a quote opens in this row and never closes");
        } else if (!is_empty_row(&csv->cells) && !is_header_again(&csv->cells, columns, &again)) {
            read_row(reading, &builder, csv, columns);
        }
    }
    pt_columns_free(&again);
    pt_builder_free(&builder);
}

/* The separator is found on the first bytes, which are then read again. */
typedef struct rewound {
    pt_bytes source;
    pt_buf head;
    size_t at;
} rewound;

static size_t read_rewound(void *stage, char *at, size_t n) {
    rewound *text = stage;
    if (text->at == text->head.n)
        return text->source.read(text->source.stage, at, n);
    const size_t left = text->head.n - text->at;
    const size_t take = left < n ? left : n;
    memcpy(at, text->head.at + text->at, take);
    text->at += take;
    return take;
}

void pt_csv_read(pt_reading *reading, pt_bytes text) {
    enum { HEAD_BYTES = 64 * 1024 };
    rewound all = {.source = text};
    for (size_t got = 1; got > 0 && all.head.n < HEAD_BYTES;) {
        char chunk[4096];
        got = text.read(text.stage, chunk, sizeof chunk);
        pt_buf_append(&all.head, chunk, got);
    }
    const char separator = find_separator(pt_buf_text(&all.head), all.head.n);
    pt_csv csv;
    pt_columns columns = {0};
    pt_csv_open(&csv, (pt_bytes){read_rewound, &all}, separator == '\0' ? ',' : separator);
    if (find_header(&csv, &columns))
        read_rows(reading, &csv, &columns);
    else
        pt_reading_drop_source(reading, 0, "a table without a header row that names application numbers", "");
    pt_csv_close(&csv);
    pt_columns_free(&columns);
    pt_buf_free(&all.head);
}
