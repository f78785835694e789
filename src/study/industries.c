/* SPDX-License-Identifier: Apache-2.0 */
/* Which item competes in which industry: industries.tsv, one row an item, an item in one industry only. */
#include "base/mem.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "study/items.h"

#include <string.h>

enum { MAX_INDUSTRIES = 1000 };

typedef struct reading {
    const pt_tsv *table;
    pt_items *items;
    const char *name_of[MAX_INDUSTRIES + 1]; /* by industry_no, borrowed from the table */
    size_t number, name, item_id, item;      /* columns */
    bool is_other_edition;
} reading;

/* industry_no as a whole number in 1 .. MAX_INDUSTRIES, 0 if it is none. */
static unsigned parse_number(const char *text) {
    char *end;
    const unsigned long number = strtoul(text, &end, 10);
    const bool is_number = text[0] >= '0' && text[0] <= '9' && *end == '\0';
    return is_number && number <= MAX_INDUSTRIES ? (unsigned)number : 0;
}

static uint32_t find_name(const pt_items *items, const char *name) {
    for (uint32_t k = 0; k < items->n; k++)
        if (strcmp(items->at[k].name, name) == 0)
            return k;
    return UINT32_MAX;
}

static pt_status read_row(reading *r, size_t row, pt_error *err) {
    const char *path = pt_tsv_path(r->table), *name = pt_tsv_cell(r->table, row, r->name);
    const char *id = pt_tsv_cell(r->table, row, r->item_id);
    const unsigned line = pt_tsv_line(r->table, row);
    const unsigned number = parse_number(pt_tsv_cell(r->table, row, r->number));
    if (number == 0 || !name[0])
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: an industry needs a name and a number from 1 to %d", path,
                       line, MAX_INDUSTRIES);
    if (r->name_of[number] && strcmp(r->name_of[number], name) != 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: industry %u is '%s' here and '%s' above", path, line,
                       number, name, r->name_of[number]);
    for (unsigned other = 1; other <= MAX_INDUSTRIES; other++)
        if (other != number && r->name_of[other] && strcmp(r->name_of[other], name) == 0)
            return pt_fail(err, PT_ERR_CONFIG, "%s:%u: industry '%s' has number %u here and %u above", path,
                           line, name, number, other);
    r->name_of[number] = name;
    uint32_t item = pt_items_find(r->items, id);
    if (r->is_other_edition && item == UINT32_MAX) {
        item = find_name(r->items, pt_tsv_cell(r->table, row, r->item));
        if (item == UINT32_MAX)
            return PT_OK;
    }
    if (item == UINT32_MAX)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: item_id '%s' is not in %s", path, line, id,
                       r->items->path);
    if (r->items->at[item].industry != PT_NO_INDUSTRY)
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: item '%s' already competes in industry %u; an item competes in one", path,
                       line, id, r->items->at[item].industry);
    r->items->at[item].industry = number; /* made dense below */
    return PT_OK;
}

static pt_industries *dense(reading *r) {
    uint32_t index_of[MAX_INDUSTRIES + 1];
    pt_industries *industries = pt_zalloc(1, sizeof *industries);
    PT_VEC(char *) names = {0};
    for (unsigned number = 1; number <= MAX_INDUSTRIES; number++)
        if (r->name_of[number]) {
            index_of[number] = (uint32_t)names.n;
            pt_vec_push(&names, pt_strdup(r->name_of[number]));
        }
    for (uint32_t k = 0; k < r->items->n; k++)
        if (r->items->at[k].industry != PT_NO_INDUSTRY)
            r->items->at[k].industry = index_of[r->items->at[k].industry];
    industries->n = (uint32_t)names.n;
    industries->name = names.at;
    return industries;
}

pt_status pt_industries_load(const char *path, pt_items *items, bool is_other_edition, pt_industries **out,
                             pt_error *err) {
    *out = NULL;
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    reading r = {.table = table, .items = items, .is_other_edition = is_other_edition};
    for (uint32_t k = 0; k < items->n; k++)
        items->at[k].industry = PT_NO_INDUSTRY;
    status = pt_tsv_column(table, "industry_no", &r.number, err);
    if (!status)
        status = pt_tsv_column(table, "industry", &r.name, err);
    if (!status)
        status = pt_tsv_column(table, "item_id", &r.item_id, err);
    if (!status && is_other_edition)
        status = pt_tsv_column(table, "item", &r.item, err);
    if (!status && pt_tsv_rows(table) == 0)
        status = pt_fail(err, PT_ERR_CONFIG, "%s: no industry in the table", path);
    for (size_t row = 0; row < pt_tsv_rows(table) && !status; row++)
        status = read_row(&r, row, err);
    if (!status)
        *out = dense(&r);
    pt_tsv_close(table);
    return status;
}

pt_industries *pt_industries_of_themes(pt_items *items) {
    pt_industries *industries = pt_zalloc(1, sizeof *industries);
    PT_VEC(char *) names = {0};
    for (uint32_t k = 0; k < items->n; k++) {
        uint32_t i = 0;
        while (i < names.n && strcmp(names.at[i], items->at[k].theme) != 0)
            i++;
        if (i == names.n)
            pt_vec_push(&names, pt_strdup(items->at[k].theme));
        items->at[k].industry = i;
    }
    industries->n = (uint32_t)names.n;
    industries->name = names.at;
    return industries;
}

void pt_industries_free(pt_industries *industries) {
    if (!industries)
        return;
    for (uint32_t i = 0; i < industries->n; i++)
        free(industries->name[i]);
    free(industries->name);
    free(industries);
}
