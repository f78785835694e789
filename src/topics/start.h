/* SPDX-License-Identifier: Apache-2.0 */
/* start.h - where a chain starts, and the document prior, from what is known before it. */
#ifndef PT_TOPICS_START_H
#define PT_TOPICS_START_H

#include "topics/mixture.h"
#include "topics/model.h"
#include "topics/sampler.h"

/* Entries of q below it boost nothing. */
#define PT_SMALLEST_Q 1e-3f

/* boost_dk = lambda K q_dk for the entries of the evidence that matter; evidence NULL: none. */
void pt_start_boosts(pt_sampler *sampler, const pt_evidence *evidence, double lambda);

/* Draws z. Half of the tokens take an item of their document by q (without evidence: of their word, by seed
 * weight), as far as there is one; the others a general topic (any topic where there are no general ones). */
void pt_start_topics(pt_sampler *sampler, const pt_evidence *evidence, uint32_t n_items);

#endif
