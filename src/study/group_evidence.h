/* SPDX-License-Identifier: Apache-2.0 */
/* group_evidence.h - which item a group of like patents belongs to, by what others say.
 *
 *     G_gk = mean over the region's patents d of g of  (1/T) sum_w x_dw ln(.5 phi_kw / p_w + .5)
 *
 * with phi and p counted, as in mixture.h, over all patents but those of the group, here and elsewhere. A
 * patent is scored by words that it taught the item itself: once seeds have put 배터리 화재 진압 장치 under
 * fire protection, 소화 노즐 is a word of fire protection, and every further patent of that technology goes
 * there for sure. Without the group only words that the item has from other patents speak. */
#ifndef PT_STUDY_GROUP_EVIDENCE_H
#define PT_STUDY_GROUP_EVIDENCE_H

#include "study/patent_groups.h"

/* G [groups->n][evidence->n_items], 0 for a group without patents. free() it. */
float *pt_group_evidence(const pt_corpus *corpus, const pt_evidence *evidence,
                         const pt_patent_groups *groups);

#endif
