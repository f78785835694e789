/* SPDX-License-Identifier: Apache-2.0 */
/* seed_scores.h - what seeds alone say of a document: the A of mixture.h without the negatives. */
#ifndef PT_TOPICS_SEED_SCORES_H
#define PT_TOPICS_SEED_SCORES_H

#include "topics/seeds.h"

/* max over k of A_dk for every document, [D]; free() it. The same for any number of threads. */
float *pt_seed_scores_best(const pt_corpus *corpus, const pt_seeds *seeds, int threads);

#endif
