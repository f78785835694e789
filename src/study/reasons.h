/* SPDX-License-Identifier: Apache-2.0 */
/* reasons.h - why this item, why not that one: every selected item and every item that came close, with the
 * parts of its score and a sentence. */
#ifndef PT_STUDY_REASONS_H
#define PT_STUDY_REASONS_H

#include "study/selection.h"
#include "study/tally.h"

typedef struct pt_reason {
    uint32_t item;
    bool is_selected, is_runner_up;   /* the best of its industry that stayed out */
    double part_rank[PT_SCORE_PARTS]; /* percentile rank among the items of the region; NAN = empty */
    uint32_t rival;                   /* the item that it is compared with; UINT32_MAX = none */
    char *text;                       /* Korean sentence; owned */
} pt_reason;

typedef struct pt_reasons {
    size_t n;
    pt_reason *at; /* by rank of the score */
} pt_reasons;

/* The selected items, the runner-up of each industry, and whatever else has a score at least as high as the
 * lowest selected one. Free with pt_reasons_free. */
pt_reasons *pt_reasons_new(const pt_items *items, const pt_indicators *indicators,
                           const pt_selection *selection, const pt_study *study);
void pt_reasons_free(pt_reasons *reasons); /* NULL is fine */

#endif
