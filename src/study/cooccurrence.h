/* SPDX-License-Identifier: Apache-2.0 */
/* cooccurrence.h - how many patents two items share. */
#ifndef PT_STUDY_COOCCURRENCE_H
#define PT_STUDY_COOCCURRENCE_H

#include "study/documents.h"
#include "study/mapping.h"

typedef struct pt_cooccurrence {
    uint32_t n_items;
    uint32_t *patents; /* [n_items][n_items] symmetric; on the diagonal the patents of the item */
} pt_cooccurrence;

/* Over the patents of the period, those with a weight in the region alone or all of them; a patent holds the
 * (at most three) items that the mapping admits. Free with pt_cooccurrence_free. */
pt_cooccurrence *pt_cooccurrence_new(const pt_documents *documents, const pt_mapping *mapping,
                                     bool region_only);
void pt_cooccurrence_free(pt_cooccurrence *cooccurrence); /* NULL is fine */

static inline uint32_t pt_shared_patents(const pt_cooccurrence *c, uint32_t a, uint32_t b) {
    return c->patents[(size_t)a * c->n_items + b];
}

#endif
