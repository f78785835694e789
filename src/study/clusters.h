/* SPDX-License-Identifier: Apache-2.0 */
/* clusters.h - the patents of one item in 1, 2 … clusters, and how a budget of clusters is spent over items.
 *
 *     strays out  ->  Ward  ->  spherical k-means, for every k that is allowed  ->  budget  ->  strays back
 *
 * Near duplicates of one applicant (cosine >= 0.8, chained) are one patent told several times: n of them
 * weigh √n together and count once towards the size of a cluster. */
#ifndef PT_STUDY_CLUSTERS_H
#define PT_STUDY_CLUSTERS_H

#include "study/kmeans.h"

enum {
    PT_MAX_CLUSTERS = 5,          /* an item */
    PT_MIN_PATENTS = 3,           /* a cluster */
    PT_MIN_PATENTS_A_CLUSTER = 6, /* an item of k clusters holds 6 k patents at least, k > 1 */
    PT_CLUSTER_SAMPLE = 2000      /* rows that Ward sees; the others follow the centroids */
};

#define PT_LEAST_COHESION 0.40 /* below: 이질적 */

typedef struct pt_clusters {
    uint32_t n, max_k;                 /* rows; largest number of clusters allowed, at least 1 */
    double *weight;                    /* [n] of each row, near duplicates discounted */
    uint32_t *label[PT_MAX_CLUSTERS];  /* label[k - 1] [n]: 0 .. k-1 or PT_STRAY */
    double objective[PT_MAX_CLUSTERS]; /* Σ_c |Σ weight x| for each k */
    double cohesion[PT_MAX_CLUSTERS];  /* least mean cosine of a cluster to its centroid, for each k */
} pt_clusters;

/* mass [n] > 0: what each patent counts; applicant [n]: PT_NO_ID = unknown. Free with pt_clusters_free. */
pt_clusters *pt_clusters_new(const pt_vectors *vectors, const double *mass, const uint32_t *applicant);
void pt_clusters_free(pt_clusters *clusters); /* NULL is fine */

/* pt_budget_spend - k [n_items]: every item has one cluster; while fewer than `budget` are given out, items
 * with a cluster of cohesion under 0.40 get one more, the least cohesive first, then the next goes where the
 * objective grows most (ties to the first item). An item may be NULL: k = 0. */
void pt_budget_spend(pt_clusters *const *item, uint32_t n_items, uint32_t budget, uint32_t *k);

/* Gives strays to the nearest centroid if they are at least 0.4 times as close to it as its own rows on
 * average; label [n] as in pt_clusters. */
void pt_clusters_recall(const pt_clusters *clusters, const pt_vectors *vectors, uint32_t k, uint32_t *label);

#endif
