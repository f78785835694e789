/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the standard and the industries; every rule that a row can break has its message with file:line. */
#include "study/items.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/vec.h"

#include <string.h>

/* The columns of items.tsv, in any order in the file; ksic and others may stand beside them. */
enum column {
    COLUMN_ID,
    COLUMN_THEME,
    COLUMN_FIELD,
    COLUMN_NAME,
    COLUMN_EDITION,
    COLUMN_SOURCE,
    COLUMN_KIND,
    COLUMN_DEFINITION,
    COLUMN_SEEDS,
    COLUMN_NEGATIVES,
    COLUMN_SIBLINGS,
    N_COLUMNS
};
static const char *const column_names[N_COLUMNS] = {"item_id", "theme",     "field",   "item",
                                                    "edition", "source",    "kind",    "definition",
                                                    "seeds",   "negatives", "siblings"};

#define NO_COLUMN SIZE_MAX

static pt_status find_columns(const pt_tsv *table, size_t column[N_COLUMNS], pt_error *err) {
    pt_error ignored = {0};
    for (int c = 0; c < N_COLUMNS; c++)
        if (pt_tsv_column(table, column_names[c], &column[c], &ignored))
            column[c] = NO_COLUMN;
    if (column[COLUMN_ID] == NO_COLUMN && pt_tsv_column(table, "no", &column[COLUMN_ID], &ignored))
        return pt_tsv_column(table, column_names[COLUMN_ID], &column[COLUMN_ID], err);
    return pt_tsv_column(table, column_names[COLUMN_NAME], &column[COLUMN_NAME], err);
}

static pt_status read_item(const pt_tsv *table, const size_t *column, size_t row, pt_items *items,
                           pt_error *err) {
    const char *cell[N_COLUMNS];
    for (int c = 0; c < N_COLUMNS; c++)
        cell[c] = column[c] == NO_COLUMN ? "" : pt_tsv_cell(table, row, column[c]);
    const unsigned line = pt_tsv_line(table, row);
    if (!cell[COLUMN_ID][0] || !cell[COLUMN_NAME][0])
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: an item needs an item_id and a name", items->path, line);
    const bool is_method = strcmp(cell[COLUMN_KIND], "method") == 0;
    if (!is_method && cell[COLUMN_KIND][0] && strcmp(cell[COLUMN_KIND], "field") != 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: kind '%s' is neither field nor method", items->path, line,
                       cell[COLUMN_KIND]);
    if (pt_intern_add(items->ids, cell[COLUMN_ID], strlen(cell[COLUMN_ID])) != row)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: item_id '%s' stands twice; give each item its own id",
                       items->path, line, cell[COLUMN_ID]);
    items->at[row] = (pt_item){.id = cell[COLUMN_ID],
                               .theme = cell[COLUMN_THEME],
                               .field = cell[COLUMN_FIELD],
                               .name = cell[COLUMN_NAME],
                               .edition = cell[COLUMN_EDITION],
                               .source = cell[COLUMN_SOURCE],
                               .definition = cell[COLUMN_DEFINITION],
                               .seeds = cell[COLUMN_SEEDS],
                               .negatives = cell[COLUMN_NEGATIVES],
                               .siblings = cell[COLUMN_SIBLINGS],
                               .is_method = is_method,
                               .industry = PT_NO_INDUSTRY};
    return PT_OK;
}

typedef struct sibling_check {
    const pt_items *items;
    unsigned line;
    pt_error *err;
    pt_status status;
} sibling_check;

static void check_sibling(void *user, const char *id, size_t bytes) {
    sibling_check *check = user;
    if (!check->status && pt_intern_find(check->items->ids, id, bytes) == PT_NO_ID)
        check->status = pt_fail(check->err, PT_ERR_CONFIG, "%s:%u: sibling '%.*s' is no item_id of this file",
                                check->items->path, check->line, (int)bytes, id);
}

static pt_status read_items(pt_items *items, pt_error *err) {
    pt_status status = pt_tsv_open(&items->table, items->path, err);
    if (!status)
        status = pt_file_digest(items->path, items->digest, err);
    size_t column[N_COLUMNS];
    if (!status)
        status = find_columns(items->table, column, err);
    if (status)
        return status;
    items->n = (uint32_t)pt_tsv_rows(items->table);
    if (items->n == 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s: no item in the table", items->path);
    items->at = pt_zalloc(items->n, sizeof *items->at);
    for (size_t row = 0; row < items->n && !status; row++)
        status = read_item(items->table, column, row, items, err);
    sibling_check check = {.items = items, .err = err, .status = status};
    for (size_t row = 0; row < items->n && !check.status; row++) {
        check.line = pt_tsv_line(items->table, row);
        pt_split(items->at[row].siblings, '|', check_sibling, &check);
    }
    return check.status;
}

pt_status pt_items_load(const char *path, pt_items **out, pt_error *err) {
    *out = NULL;
    pt_items *items = pt_zalloc(1, sizeof *items);
    items->path = pt_strdup(path);
    items->ids = pt_intern_new();
    const pt_status status = read_items(items, err);
    if (status)
        pt_items_free(items);
    else
        *out = items;
    return status;
}

void pt_items_free(pt_items *items) {
    if (!items)
        return;
    pt_items_free(items->standard);
    free(items->own_of_standard);
    pt_tsv_close(items->table);
    pt_intern_free(items->ids);
    free(items->at);
    free(items->path);
    free(items);
}

uint32_t pt_items_find(const pt_items *items, const char *id) {
    const uint32_t own = pt_intern_find(items->ids, id, strlen(id));
    if (own != PT_NO_ID || !items->standard)
        return own;
    const uint32_t there = pt_intern_find(items->standard->ids, id, strlen(id));
    return there == PT_NO_ID ? UINT32_MAX : items->own_of_standard[there];
}

static void take_over(pt_item *item, const pt_item *from) {
    item->definition = item->definition[0] ? item->definition : from->definition;
    item->seeds = from->seeds;
    item->negatives = item->negatives[0] ? item->negatives : from->negatives;
    item->is_method = item->is_method || from->is_method;
}

pt_status pt_items_inherit(pt_items *items, const char *path, uint32_t *n_without, pt_error *err) {
    *n_without = 0;
    for (uint32_t k = 0; k < items->n; k++)
        *n_without += !items->at[k].seeds[0];
    if (*n_without == 0 || items->standard)
        return PT_OK;
    const pt_status status = pt_items_load(path, &items->standard, err);
    if (status)
        return status;
    const pt_items *standard = items->standard;
    items->own_of_standard = pt_alloc(standard->n, sizeof *items->own_of_standard);
    for (uint32_t i = 0; i < standard->n; i++) {
        items->own_of_standard[i] = UINT32_MAX;
        for (uint32_t k = 0; k < items->n; k++)
            if (strcmp(items->at[k].name, standard->at[i].name) == 0) {
                items->own_of_standard[i] = k;
                if (!items->at[k].seeds[0]) {
                    take_over(&items->at[k], &standard->at[i]);
                    (*n_without)--;
                }
                break;
            }
    }
    return PT_OK;
}
