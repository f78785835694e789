/* SPDX-License-Identifier: Apache-2.0 */
/* claims.h - which patents of the region an item may claim, and how much of each. */
#ifndef PT_STUDY_CLAIMS_H
#define PT_STUDY_CLAIMS_H

#include "study/mapping.h"
#include "study/tally.h"

typedef struct pt_claim {
    uint32_t patent; /* of the region, 0 .. n_patents - 1 */
    float share;     /* w_dr π_dk */
} pt_claim;

typedef struct pt_claims {
    uint32_t n_items, n_patents;
    uint32_t *start; /* [n_items + 1] */
    pt_claim *at;    /* by item, patents ascending */
    uint32_t *leads; /* [n_items] patents of which the item has the largest share */
    size_t n_counted;
    uint32_t *patent_of; /* [n_counted] of what the bootstrap draws from; UINT32_MAX = not of the region */
} pt_claims;

/* Free with pt_claims_free. */
pt_claims *pt_claims_new(const pt_counted *counted, size_t n_counted, const pt_mapping *mapping);
void pt_claims_free(pt_claims *claims); /* NULL is fine */

#endif
