/* SPDX-License-Identifier: Apache-2.0 */
/* selection.h - the leading items: by score, at least one an industry, or by quotas an industry. */
#ifndef PT_STUDY_SELECTION_H
#define PT_STUDY_SELECTION_H

#include "study/indicators.h"
#include "study/items.h"

typedef struct pt_selected {
    uint32_t industry, item;
    double stability;   /* share of bootstrap draws in which the item stays in */
    const char *reason; /* Korean literal: by score, as the best of its industry, by quota */
} pt_selected;

typedef struct pt_selection {
    uint32_t n;
    pt_selected *at;     /* by industry, then rank */
    uint32_t *runner_up; /* [industries] best item that stayed out, UINT32_MAX = none */
    uint32_t n_industries;
    uint32_t *told_by; /* [items] of a candidate that stayed out: the selected item that tells most of its
                        * patents better, when it tells more than half of them; else UINT32_MAX */
    double *told_part; /* [items] that part */
    double *untold;    /* [items] patents of such a candidate that no selected item tells better */
    uint32_t n_items;
    char *shortage; /* Korean: why there are fewer items than asked for; NULL when there are not */
} pt_selection;

/* Candidates are the items of an industry that have a patent in the region. One after the other the item is
 * picked that adds most to what the picked ones tell (coverage.h), at least one an industry or up to its
 * quota. Errors: PT_ERR_CONFIG (a quota for an unknown industry), PT_ERR_DATA (no candidate). Free with
 * pt_selection_free. */
pt_status pt_select_items(const pt_items *items, const pt_industries *industries,
                          const pt_indicators *indicators, const pt_study *study, pt_selection **out,
                          pt_error *err) PT_WARN_UNUSED;
void pt_selection_free(pt_selection *selection); /* NULL is fine */
bool pt_selection_has(const pt_selection *selection, uint32_t item);

#endif
