/* SPDX-License-Identifier: Apache-2.0 */
/* patent_groups.h - the region's patents in groups that speak alike, and which patents elsewhere speak like
 * each of them.
 *
 *     Ward on tf-idf unit vectors, n / 16 groups  ->  spherical k-means  ->  all patents of the store by the
 *     nearest centroid */
#ifndef PT_STUDY_PATENT_GROUPS_H
#define PT_STUDY_PATENT_GROUPS_H

#include "study/documents.h"
#include "study/mapping.h"
#include "topics/corpus.h"

#define PT_NO_GROUP UINT32_MAX

typedef struct pt_patent_groups {
    uint32_t n, D;
    uint32_t *of;  /* [D] group of a classified patent, or PT_NO_GROUP */
    bool *is_core; /* [D] of the region, in the period: what the groups were made of */
} pt_patent_groups;

/* A patent elsewhere joins the nearest group if it is at least 0.6 times as close to it as its own are on
 * average. Regions of more than 2,000 patents are grouped by a sample. Groups of mean cosine under 0.4 are
 * none: their words are no group's own. Same for any number of threads. Free with pt_patent_groups_free. */
pt_patent_groups *pt_patent_groups_new(const pt_corpus *corpus, const pt_documents *documents,
                                       const pt_mapping *mapping);
void pt_patent_groups_free(pt_patent_groups *groups); /* NULL is fine */

#endif
