/* SPDX-License-Identifier: Apache-2.0 */
/* membership.h - for counting, a patent is shared among the items that could tell it, not given to the best
 * one: a battery that puts out its own fire counts for electric cars and for fire protection.
 *     π_dk ∝ exp((S_dk + .8 words_gk + .5 seeds_gk) / 8)   over the best three of: the best item of d, others
 *     that its seeds speak for, the two that the seeds of its group g speak for most
 *     words, seeds: group_evidence.h; 0 where the patent has no group
 * The mixture is surer of itself than it is right: with S / 1 two kindred items a little apart would share 19
 * to 1, and a region strong in the second of them would never show it. On planted corpora (8 of 20,000
 * patents, half of them with 10 % wrong labels and half of the seeds missing) the true item is the second or
 * third of a third of the region's patents; temperatures 6 to 10 find the same number of planted items, 3 and
 * 15 fewer. */
#ifndef PT_STUDY_MEMBERSHIP_H
#define PT_STUDY_MEMBERSHIP_H

#include "study/group_evidence.h"

/* pt_memberships_new - rows with shares that sum to 1, largest first, for the patents that `mapping`
 * classifies; score, margin and confidence are those of the mapping. All over the same D documents. Free with
 * pt_mapping_free. */
pt_mapping *pt_memberships_new(const pt_evidence *evidence, const pt_mapping *mapping,
                               const pt_patent_groups *groups, const pt_group_evidence *of_groups);

#endif
