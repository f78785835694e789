/* SPDX-License-Identifier: Apache-2.0 */
/* item_network.h - items that occur together in the region's patents, with a place for each on a plane.
 *
 *     n_k   patents of the region with item k among their items,  c_kl  with both,  N  with any
 *     association strength  a_kl = N c_kl / (n_k n_l): 1 = as often as chance would have it [1]
 *
 * Places by forces [2]: nodes repel, a link pulls with c_kl / sqrt(n_k n_l), all are drawn to the middle.
 *
 * [1] van Eck, Waltman, How to normalize cooccurrence data?, JASIST 60, 2009.
 * [2] Fruchterman, Reingold, Graph drawing by force-directed placement, Softw. Pract. Exp. 21, 1991. */
#ifndef PT_REPORT_ITEM_NETWORK_H
#define PT_REPORT_ITEM_NETWORK_H

#include "report/outline.h"

typedef struct pt_network_node {
    uint32_t item, patents; /* n_k */
    double x, y;            /* -1 .. 1 */
} pt_network_node;

typedef struct pt_network_link {
    uint32_t a, b;    /* nodes, a < b */
    uint32_t patents; /* c_kl */
    double strength;  /* a_kl */
} pt_network_link;

typedef struct pt_item_network {
    uint32_t n_patents; /* N */
    size_t n_nodes, n_links;
    pt_network_node *node; /* the selected items and those with a link, in the order of the standard */
    pt_network_link *link; /* by a, then b */
} pt_item_network;

pt_item_network *pt_item_network_new(const pt_outline *outline);
void pt_item_network_free(pt_item_network *network); /* NULL is fine */

/* GraphML 1.0: nodes carry item_id, label, industry, patents, item_no (0 = not selected), lq_shrunk, x, y;
 * edges patents and strength. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_graphml_write(const pt_outline *outline, const pt_item_network *network, const char *path,
                           pt_error *err) PT_WARN_UNUSED;
/* The JSON of VOSviewer 1.6.17 and later: the cluster of an item is its industry. Errors: the same. */
pt_status pt_vosviewer_write(const pt_outline *outline, const pt_item_network *network, const char *path,
                             pt_error *err) PT_WARN_UNUSED;

#endif
