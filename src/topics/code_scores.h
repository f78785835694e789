/* SPDX-License-Identifier: Apache-2.0 */
/* code_scores.h - what the classification codes of a document say about its item, learned from the text
 * posteriors of the other documents that bear the code (formula: mixture.h). */
#ifndef PT_TOPICS_CODE_SCORES_H
#define PT_TOPICS_CODE_SCORES_H

#include "topics/mixture.h"
#include "topics/posterior.h"

typedef struct pt_code_scores pt_code_scores;

/* Learns sum_d p(item | d) for every code, over the documents of all ranks (collective; NULL = alone).
 * posterior and codes are borrowed until the scores are freed. */
pt_code_scores *pt_code_scores_new(const pt_code_evidence *codes, const pt_posterior *posterior, int threads,
                                   pt_ranks *ranks);
void pt_code_scores_free(pt_code_scores *scores); /* NULL is fine */
/* Mean log ratio of each item for document d into score [n_items]; 0 where no code has 3 documents. */
void pt_code_scores_of(const pt_code_scores *scores, uint32_t d, float *score);

#endif
