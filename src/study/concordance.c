/* SPDX-License-Identifier: Apache-2.0 */
#include "study/concordance.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    uint32_t code; /* id in codes */
    uint32_t item;
    float weight;
    uint32_t next; /* next entry of the same code + 1, 0 = last */
} entry;

struct pt_concordance {
    pt_intern *codes;
    PT_VEC(entry) entries;
    PT_VEC(uint32_t) first; /* [codes] entry + 1 */
};

static pt_status add_row(pt_concordance *c, const pt_tsv *table, size_t row, const size_t column[3],
                         const pt_items *items, pt_error *err) {
    const char *code = pt_tsv_cell(table, row, column[0]), *id = pt_tsv_cell(table, row, column[1]);
    const char *weight_text = pt_tsv_cell(table, row, column[2]);
    char *end;
    const double weight = strtod(weight_text, &end);
    const uint32_t item = pt_items_find(items, id);
    if (item == UINT32_MAX)
        return PT_OK; /* another edition of the standard may lack the item */
    if (!code[0] || *end || end == weight_text || !(weight > 0 && weight <= 1))
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: expected a code and a weight in (0, 1], found '%s' and '%s'",
                       pt_tsv_path(table), pt_tsv_line(table, row), code, weight_text);
    const uint32_t id_of_code = pt_intern_add(c->codes, code, strlen(code));
    if (id_of_code == c->first.n)
        pt_vec_push(&c->first, 0);
    const entry e = {id_of_code, item, (float)weight, c->first.at[id_of_code]};
    pt_vec_push(&c->entries, e);
    c->first.at[id_of_code] = (uint32_t)c->entries.n;
    return PT_OK;
}

pt_status pt_concordance_load(const char *path, const pt_items *items, pt_concordance **out, pt_error *err) {
    *out = NULL;
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    static const char *const names[3] = {"code", "item_id", "weight"};
    size_t column[3];
    for (int i = 0; i < 3 && !status; i++)
        status = pt_tsv_column(table, names[i], &column[i], err);
    pt_concordance *c = pt_zalloc(1, sizeof *c);
    c->codes = pt_intern_new();
    for (size_t row = 0; row < (status ? 0 : pt_tsv_rows(table)) && !status; row++)
        status = add_row(c, table, row, column, items, err);
    pt_tsv_close(table);
    if (status)
        pt_concordance_free(c);
    else
        *out = c;
    return status;
}

void pt_concordance_free(pt_concordance *c) {
    if (!c)
        return;
    pt_intern_free(c->codes);
    pt_vec_free(&c->entries);
    pt_vec_free(&c->first);
    free(c);
}

/* Length of the next shorter prefix to try: digits behind the slash are cut one by one down to two, then come
 * main group, subclass, none. */
static size_t shorter(const char *code, size_t length) {
    const char *slash = memchr(code, '/', length);
    if (!slash)
        return length > 4 ? 4 : 0;
    const size_t group = (size_t)(slash - code);
    return length > group + 3 ? length - 1 : group;
}

uint32_t pt_concordance_add(const pt_concordance *c, const char *code, float factor, float *row) {
    for (size_t length = strlen(code); length >= 4; length = shorter(code, length)) {
        const uint32_t id = pt_intern_find(c->codes, code, length);
        if (id == PT_NO_ID)
            continue;
        uint32_t n = 0;
        for (uint32_t e = c->first.at[id]; e; e = c->entries.at[e - 1].next, n++)
            row[c->entries.at[e - 1].item] += factor * c->entries.at[e - 1].weight;
        return n;
    }
    return 0;
}
