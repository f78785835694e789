/* SPDX-License-Identifier: Apache-2.0 */
/* warm.h - a chain that begins where another model of the same topics ends: each token of a word that the old
 * model knows is drawn from
 *
 *     p(z = k) ∝ alpha_dk phi_kw      alpha and phi of the old model, boosts of the new evidence
 *
 * so that the first sweeps need not find the topics anew and general topics keep their meaning. */
#ifndef PT_TOPICS_WARM_H
#define PT_TOPICS_WARM_H

#include "topics/corpus.h"
#include "topics/model.h"
#include "topics/sampler.h"

/* Whether a chain of K topics, the first n_items of them items, can begin from the model. */
bool pt_warm_fits(const pt_model *before, uint32_t K, uint32_t n_items);
/* Sets alpha and draws z of the known words; the others keep the topics that start.h gave them. The same for
 * any number of threads. */
void pt_warm_start(pt_sampler *sampler, const pt_corpus *corpus, const pt_model *before);

#endif
