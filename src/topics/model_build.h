/* SPDX-License-Identifier: Apache-2.0 */
/* model_build.h - a model from the state of a chain: counts, priors, keywords, words; no theta, no trace. */
#ifndef PT_TOPICS_MODEL_BUILD_H
#define PT_TOPICS_MODEL_BUILD_H

#include "topics/model.h"
#include "topics/sampler.h"

/* The chain must have been refreshed. Collective; rank 0 alone gets the counts. */
pt_model *pt_model_of(const pt_sampler *sampler, const pt_corpus *corpus);

#endif
