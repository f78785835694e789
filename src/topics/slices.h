/* SPDX-License-Identifier: Apache-2.0 */
/* slices.h - new topics for one slice of the tokens: the same part of every logical shard of this rank. */
#ifndef PT_TOPICS_SLICES_H
#define PT_TOPICS_SLICES_H

#include "topics/sampler.h"

/* The s-th of S slices, with phi as it is. Collective where phi is kept by the words' owners. Adds to change
 * [K + 1]: of n_k, and how many tokens have another topic now. */
void pt_slice_draw(pt_sampler *sampler, uint64_t s, uint64_t S, int64_t *change);

#endif
