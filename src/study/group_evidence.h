/* SPDX-License-Identifier: Apache-2.0 */
/* group_evidence.h - which item a group of like patents belongs to.
 *
 *     words_gk = (1/T) sum_w sqrt(mean x_dw over the region's patents d of g) ln(.5 phi_kw / p_w + .5)
 *     seeds_gk = sum over the seeds w of k of  R_kw u_w sqrt(share of those patents that hold w)
 *
 * phi and p are counted, as in mixture.h, over all patents but those of the group, here and elsewhere; R, u:
 * seeds.h. A patent is scored by words that it taught the item itself: once seeds have put 배터리 화재 진압
 * 장치 under fire protection, 소화 노즐 is a word of fire protection, and every further patent of that
 * technology goes there for sure. Without the group only words that the item has from other patents speak.
 *
 * Patents alike are no independent witnesses: 액상 비료 in every title of a group is one thing said forty
 * times, and as a sum it drowns five words of precision farming that a quarter of the patents each hold. The
 * roots count breadth. Of planted items (10 % wrong labels and half of the seeds missing; as planted; the
 * former in other sentences) 22.3, 25.5 and 21.0 are found by sums of words without seeds, 23.5, 25.5, 22.0
 * by roots, 23.7, 25.5, 24.0 by sums and seeds, 24.0, 25.8, 25.0 by roots and seeds (6, 4, 2 corpora; ten of
 * each: bench/README.md). */
#ifndef PT_STUDY_GROUP_EVIDENCE_H
#define PT_STUDY_GROUP_EVIDENCE_H

#include "study/patent_groups.h"
#include "topics/seeds.h"

typedef struct pt_group_evidence {
    uint32_t n_items;
    float *words, *seeds; /* [groups->n][n_items], 0 for a group without patents */
} pt_group_evidence;

/* Same for any number of threads. Free with pt_group_evidence_free. */
pt_group_evidence *pt_group_evidence_find(const pt_corpus *corpus, const pt_seeds *seeds,
                                          const pt_evidence *evidence, const pt_patent_groups *groups);
void pt_group_evidence_free(pt_group_evidence *evidence); /* NULL is fine */

#endif
