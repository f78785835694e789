/* SPDX-License-Identifier: Apache-2.0 */
/* csv.c - a row is found whole in the window first, then cut into cells. */
#include "patent/csv.h"
#include <string.h>

enum { CHUNK_BYTES = 32 * 1024 };

void pt_csv_open(pt_csv *csv, pt_bytes source, char separator) {
    *csv = (pt_csv){.source = source, .separator = separator, .next_line = 1};
}

void pt_csv_close(pt_csv *csv) {
    pt_buf_free(&csv->in);
    pt_buf_free(&csv->text);
    pt_vec_free(&csv->cells);
}

/* Whether a quote at text[i] inside a quoted cell ends the cell. */
static bool ends_cell(const pt_csv *csv, const char *text, size_t n, size_t i) {
    return i + 1 >= n || text[i + 1] == csv->separator || text[i + 1] == '\n' || text[i + 1] == '\r';
}

/* Bytes of the row at text without its line end; *is_whole is false when the text ends before it. */
static size_t find_row_end(const pt_csv *csv, const char *text, size_t n, bool *is_whole, bool *is_quoted) {
    bool is_cell_start = true;
    *is_quoted = false;
    *is_whole = true;
    for (size_t i = 0; i < n; i++) {
        const char c = text[i];
        if (*is_quoted) {
            if (c != '"')
                continue;
            if (i + 1 < n && text[i + 1] == '"')
                i++;
            else if (ends_cell(csv, text, n, i))
                *is_quoted = false;
        } else if (c == '\n' || c == '\r') {
            return i;
        } else if (c == csv->separator) {
            is_cell_start = true;
        } else if (c == '"' && is_cell_start) {
            *is_quoted = true;
            is_cell_start = false;
        } else if (c != ' ') {
            is_cell_start = false;
        }
    }
    *is_whole = false;
    return n;
}

static void fill(pt_csv *csv) {
    pt_buf *in = &csv->in;
    in->n -= csv->at;
    if (in->n > 0 && csv->at > 0)
        memmove(in->at, in->at + csv->at, in->n);
    csv->at = 0;
    const size_t want = in->n * 2 + CHUNK_BYTES;
    while (in->n < want && !csv->is_ended) {
        char chunk[CHUNK_BYTES];
        const size_t got = csv->source.read(csv->source.stage, chunk, sizeof chunk);
        csv->is_ended = got == 0;
        pt_buf_append(in, chunk, got);
    }
}

/* Cuts a row in place: a quoted cell loses its quotes, doubled quotes become one. */
static void cut_cells(pt_csv *csv) {
    char *text = csv->text.at;
    const size_t n = csv->text.n;
    size_t i = 0;
    pt_vec_clear(&csv->cells);
    while (i <= n) {
        char *cell = text + i;
        size_t blanks = 0;
        while (i + blanks < n && text[i + blanks] == ' ')
            blanks++;
        if (i + blanks < n && text[i + blanks] == '"') {
            char *to = cell;
            for (i += blanks + 1; i < n; i++) {
                if (text[i] == '"') {
                    if (i + 1 < n && text[i + 1] == '"')
                        i++;
                    else if (ends_cell(csv, text, n, i))
                        break;
                }
                *to++ = text[i];
            }
            i++;
            *to = '\0';
        } else {
            while (i < n && text[i] != csv->separator)
                i++;
        }
        if (i < n || text[n] == '\0')
            text[i < n ? i : n] = '\0';
        pt_vec_push(&csv->cells, cell);
        i++;
    }
}

static unsigned count_lines(const char *text, size_t n) {
    unsigned lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 >= n || text[i + 1] != '\n'));
    return lines;
}

/* Takes `n` bytes as the current row, and the line end behind them. */
static void take_row(pt_csv *csv, size_t n) {
    const char *row = csv->in.at + csv->at;
    pt_buf_clear(&csv->text);
    pt_buf_append(&csv->text, row, n);
    size_t bytes = n;
    if (csv->at + bytes < csv->in.n)
        bytes += row[bytes] == '\r' && csv->at + bytes + 1 < csv->in.n && row[bytes + 1] == '\n' ? 2 : 1;
    csv->line = csv->next_line;
    csv->next_line += count_lines(row, bytes);
    csv->at += bytes;
}

bool pt_csv_next(pt_csv *csv) {
    csv->is_broken = false;
    for (;;) {
        const char *row = pt_buf_text(&csv->in) + csv->at;
        const size_t n = csv->in.n - csv->at;
        bool is_whole = false, is_quoted = false;
        const size_t bytes = n == 0 ? 0 : find_row_end(csv, row, n, &is_whole, &is_quoted);
        /* A \r that ends the window may be followed by \n. */
        const bool is_sure = is_whole && (csv->is_ended || bytes + 1 < n);
        if (is_sure || (csv->is_ended && n > 0 && !is_quoted)) {
            take_row(csv, bytes);
            cut_cells(csv);
            return true;
        }
        if (csv->is_ended && n == 0)
            return false;
        if (is_quoted && (csv->is_ended || n > PT_CSV_MAX_ROW)) {
            size_t line = 0;
            while (line < n && row[line] != '\n' && row[line] != '\r')
                line++;
            take_row(csv, line);
            csv->is_broken = true;
            pt_vec_clear(&csv->cells);
            return true;
        }
        fill(csv);
    }
}
