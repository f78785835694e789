/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/context_build.h"
#include "base/rng.h"
#include "base/tsv.h"

#include <stdlib.h>
#include <string.h>

/* "N-12 J30" into costs of kinds; false when it is not written so. */
static bool read_costs(const char *text, int8_t costs[PT_CONTEXT_KINDS]) {
    while (*text) {
        const char *kind = strchr(PT_CONTEXT_LETTERS, *text);
        char *end;
        const long cost = strtol(text + 1, &end, 10);
        if (!kind || end == text + 1 || labs(cost) > INT8_MAX || (*end && *end != ' '))
            return false;
        costs[kind - PT_CONTEXT_LETTERS] = (int8_t)cost;
        text = end + (*end == ' ');
    }
    return true;
}

static pt_status add_row(pt_contexts *contexts, const pt_tsv *table, size_t row, const size_t column[3],
                         const uint16_t *alphabet, pt_error *err) {
    pt_context_row costs = {{0}};
    if (!read_costs(pt_tsv_cell(table, row, column[1]), costs.cost) ||
        !read_costs(pt_tsv_cell(table, row, column[2]), costs.cost + PT_CONTEXT_KINDS))
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: costs are a letter of %s and a number from -127 to 127: N-12 J30",
                       pt_tsv_path(table), pt_tsv_line(table, row), PT_CONTEXT_LETTERS);
    const uint64_t key = pt_context_parse(pt_tsv_cell(table, row, column[0]), alphabet);
    if (!key)
        return PT_OK;
    if (contexts->rows.n == PT_CONTEXT_ROWS_MAX)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: more than %d rows", pt_tsv_path(table),
                       pt_tsv_line(table, row), PT_CONTEXT_ROWS_MAX);
    pt_vec_push(&contexts->rows, costs);
    const uint64_t hash = pt_mix64(key);
    const uint32_t n = (uint32_t)contexts->slots.n;
    uint32_t at = pt_slot_of((uint32_t)hash, n);
    while (contexts->slots.at[at])
        at = pt_next_slot(at, n);
    contexts->slots.at[at] = PT_CONTEXT_PRINT(hash) << PT_CONTEXT_ROW_BITS | (uint32_t)contexts->rows.n;
    return PT_OK;
}

static void make_slots(pt_contexts *contexts, size_t rows) {
    const size_t n = pt_slots_for(rows);
    pt_vec_reserve(&contexts->slots, n);
    memset(contexts->slots.at, 0, n * sizeof *contexts->slots.at);
    contexts->slots.n = n;
}

pt_status pt_contexts_read(pt_contexts *contexts, const char *path, const uint16_t *alphabet, pt_error *err) {
    *contexts = (pt_contexts){0};
    if (!*path) {
        make_slots(contexts, 0);
        return PT_OK;
    }
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    static const char *const NAMES[3] = {"boundary", "begins", "ends"};
    size_t column[3] = {0};
    for (int c = 0; c < 3 && !status; c++)
        status = pt_tsv_column(table, NAMES[c], &column[c], err);
    const size_t rows = status ? 0 : pt_tsv_rows(table);
    make_slots(contexts, rows);
    for (size_t row = 0; row < rows && !status; row++)
        status = add_row(contexts, table, row, column, alphabet, err);
    pt_tsv_close(table);
    return status;
}

void pt_contexts_free(pt_contexts *contexts) {
    pt_vec_free(&contexts->rows);
    pt_vec_free(&contexts->slots);
}
