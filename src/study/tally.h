/* SPDX-License-Identifier: Apache-2.0 */
/* tally.h - the sums behind the indicators, over the patents of the study or over one bootstrap replicate. */
#ifndef PT_STUDY_TALLY_H
#define PT_STUDY_TALLY_H

#include "study/documents.h"
#include "study/mapping.h"
#include "study/study.h"

/* The years that growth compares and recency looks at; all 0 where no date is known. */
typedef struct pt_window {
    uint32_t first, last; /* of the growth series: complete years only */
    uint32_t recent;      /* first year that counts as recent */
} pt_window;

/* A classified patent that counts, with what the sums need to know of it. */
typedef struct pt_counted {
    uint32_t doc;
    float weight; /* w_dr */
    bool in_reference, is_early, is_late, is_recent, is_dated;
} pt_counted;

/* Arrays are [n_items], of the region except x_k. early, late: the first and last three years of the window.
 */
typedef struct pt_tally {
    uint32_t n_items;
    double *x_rk, *x_k, *early, *late, *recent, *dated;
    double x_r, x, recent_r, dated_r;
} pt_tally;

/* The last patents of an extract are not published yet: complete years end 18 months before its last date.
 * Without a first year in the study, growth looks at the last ten complete years. */
pt_window pt_window_of(const pt_documents *documents, const pt_study *study);
/* Patents in the period that are classified and in the region or the reference; free() it. */
pt_counted *pt_counted_new(const pt_documents *documents, const pt_mapping *mapping, pt_window window,
                           size_t *n);

pt_tally *pt_tally_new(uint32_t n_items);
void pt_tally_free(pt_tally *tally); /* NULL is fine */
void pt_tally_clear(pt_tally *tally);
void pt_tally_add(pt_tally *tally, const pt_counted *counted, const pt_mapping *mapping);

/* The indicators that make the score. */
enum pt_score_part { PT_PART_SHARE, PT_PART_LQ, PT_PART_GROWTH, PT_PART_RECENCY, PT_SCORE_PARTS };

typedef struct pt_scorer {
    uint32_t n_items;
    pt_window window;
    bool has_reference; /* false: no LQ */
    double kappa, weight[PT_SCORE_PARTS];
    double *value[PT_SCORE_PARTS];             /* [n_items] NAN where the data cannot say */
    double *score;                             /* [n_items] 0 where the region has no patent */
    double *rank_of[PT_SCORE_PARTS], *present; /* workspace */
    size_t *order;
    uint32_t *item;
} pt_scorer;

pt_scorer *pt_scorer_new(uint32_t n_items, const pt_study *study, pt_window window, bool has_reference);
void pt_scorer_free(pt_scorer *scorer); /* NULL is fine */
/* Fills value and score from the sums:
 *     score_k = prod_i rank_ik ^ (weight_i / sum weight), rank = mid-rank among the items of the region
 * An indicator that is NAN for an item is left out and the other weights are scaled up. An item with a single
 * recent patent ranks high in growth and recency but low in share and in the shrunk LQ; a geometric mean
 * lets no single rank win. */
void pt_scorer_score(pt_scorer *scorer, const pt_tally *tally);

#endif
