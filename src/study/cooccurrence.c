/* SPDX-License-Identifier: Apache-2.0 */
/* cooccurrence.c - see cooccurrence.h. */
#include "study/cooccurrence.h"
#include "base/mem.h"

#include <stdlib.h>

pt_cooccurrence *pt_cooccurrence_new(const pt_documents *documents, const pt_mapping *mapping,
                                     bool region_only) {
    const uint32_t n = mapping->n_items;
    pt_cooccurrence *c = pt_zalloc(1, sizeof *c);
    c->n_items = n;
    c->patents = pt_zalloc((size_t)n * n, sizeof *c->patents);
    for (uint32_t d = 0; d < mapping->D; d++) {
        if (!documents->at[d].in_period || (region_only && documents->at[d].weight <= 0))
            continue;
        for (uint32_t a = mapping->start[d]; a < mapping->start[d + 1]; a++)
            for (uint32_t b = mapping->start[d]; b < mapping->start[d + 1]; b++)
                c->patents[(size_t)mapping->at[a].item * n + mapping->at[b].item]++;
    }
    return c;
}

void pt_cooccurrence_free(pt_cooccurrence *cooccurrence) {
    if (!cooccurrence)
        return;
    free(cooccurrence->patents);
    free(cooccurrence);
}
