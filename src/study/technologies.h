/* SPDX-License-Identifier: Apache-2.0 */
/* technologies.h - the region's technologies inside the selected items: Ward on tf-idf unit vectors, refined
 * by spherical k-means, a budget of splits over all items; each cluster is named (names.h). */
#ifndef PT_STUDY_TECHNOLOGIES_H
#define PT_STUDY_TECHNOLOGIES_H

#include "korean/analyzer.h"
#include "study/documents.h"
#include "study/mapping.h"
#include "study/selection.h"
#include "topics/corpus.h"

enum { PT_REPRESENTATIVES = 3, PT_TECHNOLOGY_WORDS = 8 };

typedef struct pt_technology {
    uint32_t number;             /* 1 .. n over the report */
    uint32_t item;               /* index in pt_items */
    char *name;                  /* owned; no two alike */
    uint32_t n_patents, *patent; /* documents, nearest to the centroid first; owned */
    float *weight;               /* [n_patents] cosine to the centroid; owned */
    uint32_t first_year, last_year, n_applicants;
    float cohesion;                              /* mean cosine to the centroid; under 0.40: 이질적 */
    uint32_t n_words, word[PT_TECHNOLOGY_WORDS]; /* corpus words that set it apart */
} pt_technology;

typedef struct pt_technologies {
    uint32_t n;
    pt_technology *at; /* in the order of the selection, then by size */
    char *shortage;    /* Korean: why there are fewer than the budget; NULL when there are not */
} pt_technologies;

/* Clusters the region's patents of the period in the selected item where their share is largest (0.15 at
 * least; an item that is home to none takes every patent with a share of it) and names the clusters. At least
 * one technology an item with patents, `budget` in all as far as there are clusters large enough to split
 * into halves with different names. D must be the same in corpus, documents and mapping (else PT_ERR_BUG).
 * Free with pt_technologies_free. */
pt_status pt_technologies_find(const pt_corpus *corpus, const pt_documents *documents,
                               const pt_mapping *mapping, const pt_items *items,
                               const pt_selection *selection, pt_analyzer *analyzer, uint32_t budget,
                               pt_technologies **out, pt_error *err) PT_WARN_UNUSED;
void pt_technologies_free(pt_technologies *technologies); /* NULL is fine */

#endif
