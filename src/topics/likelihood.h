/* SPDX-License-Identifier: Apache-2.0 */
/* likelihood.h - log p(w | z) of a chain: sum over all tokens of ln phi_zw. */
#ifndef PT_TOPICS_LIKELIHOOD_H
#define PT_TOPICS_LIKELIHOOD_H

#include "topics/sampler.h"

/* n ln(n + beta) of small n, for pt_sampler.n_log_n; the caller frees it. */
double *pt_likelihood_table(double beta);
/* Of the counts and scales at hand, the same for any number of threads and ranks. */
double pt_sampler_likelihood(pt_sampler *sampler);

/* r_kw of a keyword, such that phi_kw = full_k r_kw = full (n0 + beta) + key (n1 + keyword_mass u). */
static inline double pt_sampler_keyword_cell(const pt_keywords *keywords, uint32_t item, uint32_t pair) {
    return keywords->n0[pair] + keywords->beta +
           (keywords->n1[pair] + keywords->keyword_mass * keywords->strength[pair]) * keywords->key[item] /
               keywords->full[item];
}

#endif
