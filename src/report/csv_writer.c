/* SPDX-License-Identifier: Apache-2.0 */
/* Shafranovich, Common format and MIME type for CSV files, RFC 4180, 2005. */
#include "report/csv_writer.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/settings.h"

#include <assert.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pt_csv {
    pt_writer *writer;
    pt_buf row;
    const char *end;
    size_t n_columns, n_cells;
    json_t *rows, *cells; /* of pt_csv_rows_new, which has no writer */
};

/* [+-] digits [. digits] [e [+-] digits] */
static bool is_number(const char *text) {
    const char *p = text + strspn(text, "+-");
    if (p - text > 1)
        return false;
    const size_t whole = strspn(p, "0123456789");
    p += whole;
    size_t fraction = 0;
    if (*p == '.') {
        fraction = strspn(p + 1, "0123456789");
        p += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        const size_t exponent = strspn(p, "0123456789");
        if (exponent == 0)
            return false;
        p += exponent;
    }
    return *p == '\0';
}

bool pt_is_formula(const char *text) {
    static const char *const full_width[] = {"＝", "＋", "－", "＠"}; /* East Asian Excel folds them */
    for (size_t i = 0; i < sizeof full_width / sizeof *full_width; i++)
        if (strncmp(text, full_width[i], strlen(full_width[i])) == 0)
            return true;
    return *text && strchr("=+-@\t\r\n", *text) && !is_number(text);
}

const char *pt_number_text(char text[PT_NUMBER_BYTES], double value) {
    if (!isfinite(value)) {
        text[0] = '\0';
        return text;
    }
    if (value == 0)
        value = 0; /* no "-0" */
    snprintf(text, PT_NUMBER_BYTES, fabs(value) < 1e7 ? "%.7g" : "%.0f", value);
    const char *point = localeconv()->decimal_point;
    char *found = strcmp(point, ".") == 0 ? NULL : strstr(text, point);
    if (found) {
        const char *rest = found + strlen(point);
        *found = '.';
        memmove(found + 1, rest, strlen(rest) + 1);
    }
    return text;
}

pt_status pt_csv_writer_open(pt_csv **out, const char *path, const char *const *columns, pt_csv_style style,
                             pt_error *err) {
    *out = NULL;
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    pt_csv *csv = pt_zalloc(1, sizeof *csv);
    csv->writer = writer;
    csv->end = style.lf ? "\n" : "\r\n";
    if (!style.no_bom)
        pt_writer_puts(writer, "\xEF\xBB\xBF");
    while (columns[csv->n_columns])
        csv->n_columns++;
    for (size_t i = 0; i < csv->n_columns; i++)
        pt_csv_text(csv, columns[i]);
    pt_csv_end_row(csv);
    *out = csv;
    return PT_OK;
}

pt_csv *pt_csv_rows_new(size_t n_columns) {
    pt_csv *csv = pt_zalloc(1, sizeof *csv);
    csv->n_columns = n_columns;
    csv->rows = json_array();
    csv->cells = json_array();
    return csv;
}

json_t *pt_csv_rows_take(pt_csv *csv) {
    json_t *rows = csv->rows;
    assert(csv->n_cells == 0);
    json_decref(csv->cells);
    free(csv);
    return rows;
}

/* Takes value, and tells whether the cell is done with it; otherwise the text of the row goes on. */
static bool next_cell(pt_csv *csv, json_t *value) {
    assert(csv->n_cells < csv->n_columns);
    const bool is_first = csv->n_cells++ == 0;
    if (csv->rows) {
        json_array_append_new(csv->cells, value);
        return true;
    }
    json_decref(value);
    if (!is_first)
        pt_buf_putc(&csv->row, ',');
    return false;
}

void pt_csv_text(pt_csv *csv, const char *text) {
    if (next_cell(csv, csv->rows && text ? pt_json_text(text) : json_null()) || !text)
        return;
    const bool guard = pt_is_formula(text);
    if (!guard && !strpbrk(text, ",\"\r\n")) {
        pt_buf_puts(&csv->row, text);
        return;
    }
    pt_buf_puts(&csv->row, guard ? "\"'" : "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            pt_buf_putc(&csv->row, '"');
        pt_buf_putc(&csv->row, *p);
    }
    pt_buf_putc(&csv->row, '"');
}

void pt_csv_integer(pt_csv *csv, uint64_t value) {
    if (next_cell(csv, csv->rows ? pt_json_count(value) : NULL))
        return;
    pt_buf_printf(&csv->row, "%llu", (unsigned long long)value);
}

void pt_csv_number(pt_csv *csv, double value) {
    char text[PT_NUMBER_BYTES];
    if (next_cell(csv, csv->rows ? pt_json_number(value) : NULL))
        return;
    pt_buf_puts(&csv->row, pt_number_text(text, value));
}

void pt_csv_end_row(pt_csv *csv) {
    assert(csv->n_cells == csv->n_columns);
    csv->n_cells = 0;
    if (csv->rows) {
        json_array_append_new(csv->rows, csv->cells);
        csv->cells = json_array();
        return;
    }
    pt_buf_puts(&csv->row, csv->end);
    pt_writer_bytes(csv->writer, csv->row.at, csv->row.n);
    pt_buf_clear(&csv->row);
}

pt_status pt_csv_writer_close(pt_csv *csv, pt_error *err) {
    const pt_status status = pt_writer_close(csv->writer, err);
    pt_buf_free(&csv->row);
    free(csv);
    return status;
}
