/* SPDX-License-Identifier: Apache-2.0 */
/* heldout.h - perplexity of documents that the chain has not seen, by document completion: theta of a
 * document from a random half of its tokens (EM with phi of the chain), then
 *
 *     perplexity = exp(- sum ln p(w) / n)   over the tokens of the other half, p(w) = sum_k theta_k phi_kw
 *
 * Wallach, Murray, Salakhutdinov, Mimno, Evaluation methods for topic models, ICML 2009, section 4.2. */
#ifndef PT_TOPICS_HELDOUT_H
#define PT_TOPICS_HELDOUT_H

#include "topics/sampler.h"

/* Collective: each rank takes its part of the documents. The sampler must have been refreshed since its last
 * sweep; words of heldout are those of the sampler (heldout->V <= V). The halves are a function of document
 * and position alone. NaN when no token is scored.
 */
double pt_heldout_perplexity(const pt_sampler *sampler, const pt_corpus *heldout);

#endif
