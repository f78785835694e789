/* SPDX-License-Identifier: Apache-2.0 */
#include "base/tsv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"

#include <assert.h>
#include <string.h>

struct pt_tsv {
    char *path, *bytes;
    size_t n_columns, n_rows;
    PT_VEC(const char *) cells; /* header, then rows, n_columns each */
    PT_VEC(unsigned) lines;     /* [n_rows + 1] with the header */
};

/* Cuts one line (already NUL-terminated) into cells. */
static pt_status add_line(pt_tsv *table, char *line, unsigned number, pt_error *err) {
    size_t n = 0;
    for (char *cell = line; cell; n++) {
        char *tab = strchr(cell, '\t');
        if (tab)
            *tab = '\0';
        pt_vec_push(&table->cells, cell);
        cell = tab ? tab + 1 : NULL;
    }
    if (table->lines.n == 0)
        table->n_columns = n;
    else if (n != table->n_columns)
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: %zu cells, the header has %zu; cells are separated by tabs", table->path,
                       number, n, table->n_columns);
    pt_vec_push(&table->lines, number);
    return PT_OK;
}

static pt_status parse(pt_tsv *table, size_t n, pt_error *err) {
    char *end = table->bytes + n;
    unsigned number = 0;
    char *line = table->bytes;
    if (n >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0)
        line += 3;
    while (line < end) {
        number++;
        char *stop = memchr(line, '\n', (size_t)(end - line));
        char *next = stop ? stop + 1 : end;
        if (!stop)
            stop = end;
        if (memchr(line, '\0', (size_t)(stop - line)))
            return pt_fail(err, PT_ERR_CONFIG, "%s:%u: NUL byte in a text table", table->path, number);
        *stop = '\0';
        if (stop > line && stop[-1] == '\r')
            stop[-1] = '\0';
        if (line[0] != '\0' && !(line[0] == '#' && (line[1] == ' ' || line[1] == '\0'))) {
            const pt_status status = add_line(table, line, number, err);
            if (status)
                return status;
        }
        line = next;
    }
    if (table->lines.n == 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s: empty table, no header line", table->path);
    table->n_rows = table->lines.n - 1;
    return PT_OK;
}

/* Takes over bytes. */
static pt_status take_bytes(pt_tsv **out, const char *path, char *bytes, size_t n, pt_error *err) {
    pt_tsv *table = pt_zalloc(1, sizeof *table);
    table->path = pt_strdup(path);
    table->bytes = bytes;
    const pt_status status = parse(table, n, err);
    if (status)
        pt_tsv_close(table);
    else
        *out = table;
    return status;
}

pt_status pt_tsv_open(pt_tsv **out, const char *path, pt_error *err) {
    *out = NULL;
    char *bytes;
    size_t n;
    const pt_status status = pt_file_read(path, &bytes, &n, err);
    return status ? status : take_bytes(out, path, bytes, n, err);
}

pt_status pt_tsv_parse(pt_tsv **out, const char *name, const char *text, pt_error *err) {
    *out = NULL;
    return take_bytes(out, name, pt_strdup(text), strlen(text), err);
}

void pt_tsv_close(pt_tsv *table) {
    if (!table)
        return;
    pt_vec_free(&table->cells);
    pt_vec_free(&table->lines);
    free(table->path);
    free(table->bytes);
    free(table);
}

size_t pt_tsv_rows(const pt_tsv *table) {
    return table->n_rows;
}

pt_status pt_tsv_column(const pt_tsv *table, const char *name, size_t *column, pt_error *err) {
    for (size_t c = 0; c < table->n_columns; c++)
        if (strcmp(table->cells.at[c], name) == 0) {
            *column = c;
            return PT_OK;
        }
    return pt_fail(err, PT_ERR_CONFIG, "%s:%u: no column '%s' in the header", table->path, table->lines.at[0],
                   name);
}

const char *pt_tsv_cell(const pt_tsv *table, size_t row, size_t column) {
    assert(row < table->n_rows && column < table->n_columns);
    return table->cells.at[(row + 1) * table->n_columns + column];
}

unsigned pt_tsv_line(const pt_tsv *table, size_t row) {
    assert(row < table->n_rows);
    return table->lines.at[row + 1];
}

const char *pt_tsv_path(const pt_tsv *table) {
    return table->path;
}

void pt_split(const char *text, char separator, void (*use)(void *user, const char *part, size_t bytes),
              void *user) {
    for (const char *part = text; part;) {
        const char *end = strchr(part, separator);
        const size_t bytes = end ? (size_t)(end - part) : strlen(part);
        if (bytes)
            use(user, part, bytes);
        part = end ? end + 1 : NULL;
    }
}
