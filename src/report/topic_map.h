/* SPDX-License-Identifier: Apache-2.0 */
/* topic_map.h - topics on a plane and their most relevant words, in the manner of LDAvis [1]. Topics are
 * never reordered: topic k + 1 is item k.
 *
 *     distance² of two topics = Jensen-Shannon divergence of phi_k and phi_l (its root is a metric [2])
 *     coordinates = the two leading principal coordinates of the distances (Gower)
 *     relevance of w to k = λ ln phi_kw + (1 - λ) ln(phi_kw / p_w),  p_w = share of w in all tokens
 *
 * [1] Sievert, Shirley, LDAvis, ILLVI 2014. [2] Endres, Schindelin, IEEE Trans. Inf. Theory 49, 2003. */
#ifndef PT_REPORT_TOPIC_MAP_H
#define PT_REPORT_TOPIC_MAP_H

#include "report/outline.h"

enum { PT_RELEVANT_WORDS = 20 }; /* for each λ of 0, 0.1 … 1; the union is kept */

typedef struct pt_topic_term {
    uint32_t word, count;    /* n_kw */
    float log_phi, log_lift; /* ln phi_kw, ln(phi_kw / p_w) */
    bool is_seed;
} pt_topic_term;

typedef struct pt_topic_map {
    uint32_t K, V;
    double *x, *y;        /* [K] */
    double *share;        /* [K] n_k / N */
    uint32_t *term_start; /* [K + 1] */
    pt_topic_term *term;  /* by descending phi, ties by word */
    uint64_t *word_total; /* [V] n_w */
} pt_topic_map;

pt_topic_map *pt_topic_map_new(const pt_outline *outline);
void pt_topic_map_free(pt_topic_map *map); /* NULL is fine */

/* Writes ldavis.json (what LDAvis draws: mdsDat, tinfo, token.table, R, lambda.step, plot.opts, topic.order)
 * into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_ldavis_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                          pt_error *err) PT_WARN_UNUSED;

#endif
