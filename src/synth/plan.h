/* SPDX-License-Identifier: Apache-2.0 */
/* plan.h - what the i-th patent is about, who files it and when: the truth, before any text. */
#ifndef PT_SYNTH_PLAN_H
#define PT_SYNTH_PLAN_H

#include "synth/synth.h"
#include "synth/vocabulary.h"

typedef struct pt_synth_plan pt_synth_plan;

/* One patent. Subjects and places are indices into the vocabulary. */
typedef struct pt_synth_task {
    uint64_t key;     /* stream of random numbers of the text */
    size_t subject;   /* the truth */
    size_t words_of;  /* whose words the text uses: the subject, or with label noise another */
    size_t neighbour; /* an item that lends a word or two */
    size_t place;     /* of the first applicant */
    bool in_region, utility_model;
    uint32_t year, month, day;
    char number[14]; /* application number, 13 digits */
} pt_synth_task;

/* Sizes: three quarters of the region's patents are planted, every technology with at least 8 in 700,
 * uneven above that; the country has all items, the planted ones rarer than others. Errors:
 * PT_ERR_USAGE. `params` and `vocabulary` are kept by reference. */
pt_status pt_synth_plan_new(const pt_synth_params *params, const pt_synth_vocabulary *vocabulary,
                            pt_synth_plan **out, pt_error *err) PT_WARN_UNUSED;
void pt_synth_plan_free(pt_synth_plan *plan); /* NULL is fine */

/* index in 0 .. patents-1. */
pt_synth_task pt_synth_plan_task(const pt_synth_plan *plan, uint64_t index);

#endif
