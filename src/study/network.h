/* SPDX-License-Identifier: Apache-2.0 */
/* network.h - items that occur together, in patents and in applicants, and the clusters they form.
 *     a_ij = ½ Σ over both of  c_ij N / (n_i n_j),   the association strength: observed over expected
 * (van Eck & Waltman, JASIST 60, 2009); an edge needs two patents or applicants with both items and a_ij > 1.
 * Clusters maximise modularity by the Leiden algorithm (Traag, Waltman, van Eck, Sci. Rep. 9, 2019).
 *
 * Of the region alone, for the map and for other tools: every item of its patents, and a link between two
 * with c_kl patents of the region with both,   a_kl = N c_kl / (n_k n_l): 1 = as often as chance would have
 * it with places by forces (Fruchterman & Reingold, Softw. Pract. Exp. 21, 1991): nodes repel, a link pulls
 * with c_kl / sqrt(n_k n_l), all are drawn to the middle. */
#ifndef PT_STUDY_NETWORK_H
#define PT_STUDY_NETWORK_H

#include "study/documents.h"
#include "study/mapping.h"

enum { PT_NETWORK_PATENTS = 3 /* patents of the period that make an item a node */ };

typedef struct pt_network_node {
    uint32_t item, patents; /* n_k, whole patents of the region */
    double x, y;            /* -1 .. 1 */
} pt_network_node;

typedef struct pt_network_link {
    uint32_t a, b;    /* nodes, a < b */
    uint32_t patents; /* c_kl */
    double strength;  /* a_kl */
} pt_network_link;

typedef struct pt_network {
    uint32_t n_items, n_clusters;
    uint32_t *cluster; /* [n_items] 1 = largest; 0 = no node, or tied to nothing */
    double *strength;  /* [n_items] sum of the edges: how central the item is */
    double *closeness; /* [n_items][n_items] a_ij, 0 where there is no edge */
    double *outside;   /* [n_clusters] share of a cluster's edges that leave it, by weight */
    double modularity;
    size_t n_nodes, n_links; /* of the region */
    pt_network_node *node;   /* in the order of the standard */
    pt_network_link *link;   /* by a, then b */
} pt_network;

/* Clusters over all patents of the period in the store, nodes and links over those of the region. Same result
 * every time. Free with pt_network_free. */
pt_network *pt_network_new(const pt_documents *documents, const pt_mapping *mapping);
void pt_network_free(pt_network *network); /* NULL is fine */
/* The region's part, which pt_network_new calls for (network_map.c). */
void pt_network_add_region(pt_network *network, const pt_documents *documents, const pt_mapping *mapping);
/* A cluster that keeps to itself: less than a tenth of its edges leave it. */
bool pt_network_is_independent(const pt_network *network, uint32_t cluster);

#endif
