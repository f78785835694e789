/* SPDX-License-Identifier: Apache-2.0 */
/* network.h - items that occur together, in patents and in applicants, and the clusters they form.
 *     a_ij = ½ Σ over both of  c_ij N / (n_i n_j),   the association strength: observed over expected
 * (van Eck & Waltman, JASIST 60, 2009); an edge needs two patents or applicants with both items and a_ij > 1.
 * Clusters maximise modularity by the Leiden algorithm (Traag, Waltman, van Eck, Sci. Rep. 9, 2019). */
#ifndef PT_STUDY_NETWORK_H
#define PT_STUDY_NETWORK_H

#include "study/documents.h"
#include "study/mapping.h"

enum { PT_NETWORK_PATENTS = 3 /* patents of the period that make an item a node */ };

typedef struct pt_network {
    uint32_t n_items, n_clusters;
    uint32_t *cluster; /* [n_items] 1 = largest; 0 = no node, or tied to nothing */
    double *strength;  /* [n_items] sum of the edges: how central the item is */
    double *closeness; /* [n_items][n_items] a_ij, 0 where there is no edge */
    double *outside;   /* [n_clusters] share of a cluster's edges that leave it, by weight */
    double modularity;
} pt_network;

/* Over all patents of the period in the store. Same result every time. Free with pt_network_free. */
pt_network *pt_network_new(const pt_documents *documents, const pt_mapping *mapping);
void pt_network_free(pt_network *network); /* NULL is fine */
/* A cluster that keeps to itself: less than a tenth of its edges leave it. */
bool pt_network_is_independent(const pt_network *network, uint32_t cluster);

#endif
