/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/adjust.h"
#include "base/tsv.h"

#include <stdlib.h>
#include <string.h>

int16_t pt_adjusted(int16_t cost, int32_t adjustment) {
    const int32_t sum = cost + adjustment;
    return (int16_t)(sum > PT_COST_MAX ? PT_COST_MAX : sum < -PT_COST_MAX ? -PT_COST_MAX : sum);
}

static uint32_t find(const pt_intern *table, const char *name) {
    return pt_intern_find(table, name, strlen(name));
}

static void adjust_connection(pt_costs *costs, const char *right, const char *left, int32_t cost) {
    const uint32_t r = find(costs->rights, right), l = find(costs->lefts, left);
    if (r == PT_NO_ID || l == PT_NO_ID)
        return;
    int16_t *connection = &costs->connections[(size_t)l * costs->right_tags.n + r];
    *connection = pt_adjusted(*connection, cost);
}

static void adjust_unknown(pt_costs *costs, const char *tag, const char *length, int32_t cost) {
    const int class = pt_unknown_class_of(pt_tag_find(tag, strlen(tag)));
    const int n = atoi(length);
    if (class >= 0 && n >= 1 && n <= PT_UNKNOWN_SYLLABLES)
        costs->unknown[class].length[n] = pt_adjusted(costs->unknown[class].length[n], cost);
}

static void keep_source(pt_adjustments *a, const pt_costs *costs, const char *source, const char *left,
                        int32_t cost) {
    const uint32_t l = find(costs->lefts, left);
    const size_t s = strcmp(source, "hunspell") == 0 ? PT_WORD_HUNSPELL : PT_WORD_HANJA;
    if (l != PT_NO_ID)
        a->source_costs[s * costs->left_tags.n + l] = cost;
}

static void keep_unit(pt_adjustments *a, const char *surface, const char *ids, int32_t cost) {
    char *key = pt_strfmt("%s\t%s", surface, ids);
    const uint32_t id = pt_intern_add(a->units, key, strlen(key));
    free(key);
    if (id == a->unit_costs.n)
        pt_vec_push(&a->unit_costs, cost);
}

static pt_status use_row(pt_adjustments *a, pt_costs *costs, const pt_tsv *table, size_t row, pt_error *err) {
    const char *kind = pt_tsv_cell(table, row, 0), *first = pt_tsv_cell(table, row, 1),
               *second = pt_tsv_cell(table, row, 2), *number = pt_tsv_cell(table, row, 3);
    char *end;
    const long cost = strtol(number, &end, 10);
    if (end == number || *end || labs(cost) > PT_COST_MAX)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: '%s' is not a cost from -%d to %d", pt_tsv_path(table),
                       pt_tsv_line(table, row), number, PT_COST_MAX, PT_COST_MAX);
    if (strcmp(kind, "connection") == 0)
        adjust_connection(costs, first, second, (int32_t)cost);
    else if (strcmp(kind, "unknown") == 0)
        adjust_unknown(costs, first, second, (int32_t)cost);
    else if (strcmp(kind, "source") == 0)
        keep_source(a, costs, first, second, (int32_t)cost);
    else if (strcmp(kind, "unit") == 0)
        keep_unit(a, first, second, (int32_t)cost);
    else
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: kind '%s' is none of connection, unknown, source, unit",
                       pt_tsv_path(table), pt_tsv_line(table, row), kind);
    return PT_OK;
}

pt_status pt_adjustments_read(pt_adjustments *a, pt_costs *costs, const char *path, pt_error *err) {
    *a = (pt_adjustments){.units = pt_intern_new(),
                          .source_costs = pt_zalloc(PT_WORD_SOURCES * costs->left_tags.n, sizeof(int32_t))};
    if (!path[0])
        return PT_OK;
    static const char *const COLUMNS[] = {"kind", "a", "b", "cost"};
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    for (size_t k = 0; k < 4 && !status; k++) {
        size_t column = 0;
        status = pt_tsv_column(table, COLUMNS[k], &column, err);
        if (!status && column != k)
            status = pt_fail(err, PT_ERR_CONFIG, "%s: the columns must be kind, a, b, cost", path);
    }
    const size_t rows = status ? 0 : pt_tsv_rows(table);
    for (size_t row = 0; row < rows && !status; row++)
        status = use_row(a, costs, table, row, err);
    pt_tsv_close(table);
    return status;
}

void pt_adjustments_free(pt_adjustments *a) {
    pt_intern_free(a->units);
    pt_vec_free(&a->unit_costs);
    free(a->source_costs);
}

int32_t pt_adjustments_unit(const pt_adjustments *a, const pt_costs *costs, const char *surface,
                            uint16_t left, uint16_t right, pt_word_source source) {
    char *key = pt_strfmt("%s\t%s %s", surface, pt_intern_text(costs->lefts, left),
                          pt_intern_text(costs->rights, right));
    const uint32_t id = find(a->units, key);
    free(key);
    return a->source_costs[(size_t)source * costs->left_tags.n + left] +
           (id == PT_NO_ID ? 0 : a->unit_costs.at[id]);
}
