/* SPDX-License-Identifier: Apache-2.0 */
/* claims.c - see claims.h. */
#include "study/claims.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

pt_claims *pt_claims_new(const pt_counted *counted, size_t n_counted, const pt_mapping *mapping) {
    pt_claims *claims = pt_zalloc(1, sizeof *claims);
    const uint32_t K = claims->n_items = mapping->n_items;
    claims->start = pt_zalloc((size_t)K + 1, sizeof *claims->start);
    claims->leads = pt_zalloc(K, sizeof *claims->leads);
    claims->n_counted = n_counted;
    claims->patent_of = pt_alloc(n_counted, sizeof *claims->patent_of);
    for (size_t i = 0; i < n_counted; i++) {
        const uint32_t d = counted[i].doc;
        claims->patent_of[i] = counted[i].weight > 0 ? claims->n_patents++ : UINT32_MAX;
        for (uint32_t r = mapping->start[d]; counted[i].weight > 0 && r < mapping->start[d + 1]; r++)
            claims->start[mapping->at[r].item + 1]++;
        if (counted[i].weight > 0)
            claims->leads[mapping->at[mapping->start[d]].item]++; /* classified, best first */
    }
    for (uint32_t k = 0; k < K; k++)
        claims->start[k + 1] += claims->start[k];
    claims->at = pt_alloc(claims->start[K], sizeof *claims->at);
    uint32_t *next = pt_alloc(K, sizeof *next);
    memcpy(next, claims->start, K * sizeof *next);
    for (size_t i = 0; i < n_counted; i++) {
        const uint32_t d = counted[i].doc;
        for (uint32_t r = mapping->start[d]; counted[i].weight > 0 && r < mapping->start[d + 1]; r++)
            claims->at[next[mapping->at[r].item]++] =
                (pt_claim){claims->patent_of[i], mapping->at[r].share * counted[i].weight};
    }
    free(next);
    return claims;
}

void pt_claims_free(pt_claims *claims) {
    if (!claims)
        return;
    free(claims->start);
    free(claims->at);
    free(claims->leads);
    free(claims->patent_of);
    free(claims);
}
