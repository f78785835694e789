/* SPDX-License-Identifier: Apache-2.0 */
/* industry_profile.h - the strategic industries side by side, as far as patents can speak. A city's own
 * criteria (policy fit, spill-over, feasibility) are judgements; what stands here is evidence for them, not a
 * verdict. */
#ifndef PT_STUDY_INDUSTRY_PROFILE_H
#define PT_STUDY_INDUSTRY_PROFILE_H

#include "study/indicators.h"
#include "study/items.h"
#include "study/selection.h"
#include "study/tally.h"

typedef struct pt_industry_profile {
    uint32_t items, selected; /* of the industry; of them leading ones */
    double patents, patents_reference, share, lq_shrunk;
    double growth, recency; /* of the industry's yearly counts, as for items */
    uint32_t applicants;
    double hhi;   /* of applicants */
    double reach; /* share of its region patents that also hold an item outside of the industry */
} pt_industry_profile;

/* profile [industries->n] out. */
void pt_industry_profiles(const pt_items *items, const pt_industries *industries,
                          const pt_documents *documents, const pt_mapping *mapping,
                          const pt_indicators *indicators, const pt_selection *selection,
                          const pt_study *study, pt_industry_profile *profile);

#endif
