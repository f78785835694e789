/* SPDX-License-Identifier: Apache-2.0 */
/* keywords.h - the keyword half of a seeded topic (formulas: train.h). Each token of a keyword in its own
 * topic comes from phi1 with the probability that the frozen phi gives it; n1_kw is their number, drawn anew
 * once a sweep. So no indicator is stored and the inner loop does not know of keywords. */
#ifndef PT_TOPICS_KEYWORDS_H
#define PT_TOPICS_KEYWORDS_H

#include "topics/seeds.h"

typedef struct pt_keyword_use {
    uint32_t item, pair;
} pt_keyword_use;

typedef struct pt_keywords {
    uint32_t n_items, n_pairs;
    double beta, keyword_mass, gamma0, gamma1;
    /* Pairs (item, keyword), item by item. */
    uint32_t *start;        /* [n_items+1] */
    uint32_t *word;         /* [n_pairs] ascending inside an item */
    float *strength;        /* u_kw > 0 */
    uint32_t *n0, *n1;      /* tokens from phi0 and from phi1 */
    double *strength_total; /* [n_items] */
    uint64_t *n1_total;     /* [n_items] */
    /* Per topic, for the frozen phi: phi_kw = full (n0_kw + beta) + key (n1_kw + keyword_mass u_kw). */
    double *key;  /* [n_items] pi_k / (n1_k + keyword_mass sum u) */
    double *full; /* [n_items] (1 - pi_k) / (n0_k + V beta) */
    /* The same pairs by word. */
    uint32_t *use_start; /* [V+1] */
    pt_keyword_use *use;
    uint32_t n_draws; /* how often n1 has been drawn */
} pt_keywords;

/* Pairs without strength (a word that every item uses) are left out. */
pt_keywords *pt_keywords_new(const pt_seeds *seeds, const pt_corpus *corpus);
void pt_keywords_free(pt_keywords *keywords); /* NULL is fine */

/* Draws n1 of a pair whose word now has n tokens in the topic. */
void pt_keywords_draw(pt_keywords *keywords, uint32_t item, uint32_t pair, uint32_t n, uint64_t seed);
/* After all pairs have been drawn. */
void pt_keywords_close_draws(pt_keywords *keywords);
/* The word of a pair now has n tokens in the topic: n1 stays, as far as it fits, until the next draw. */
void pt_keywords_take(pt_keywords *keywords, uint32_t pair, uint32_t n);
/* Totals, key and full from n0, n1, n_k = topic_total and V words. */
void pt_keywords_weigh(pt_keywords *keywords, const uint64_t *topic_total, uint32_t V);

#endif
