/* SPDX-License-Identifier: Apache-2.0 */
/* alpha.h - the asymmetric document prior, alpha_dk = alpha_k (1 + boost_dk), and its optimisation by Minka's
 * fixed point (Estimating a Dirichlet distribution, 2000; with counts as in Wallach, Structured topic models
 * for language, 2008, ch. 2), under a Gamma(1.001, 1) prior on each alpha_k:
 *
 *     alpha_k <- (alpha_k sum_d m_dk [psi(n_dk + alpha_dk) - psi(alpha_dk)] + .001)
 *                / (sum_d m_dk [psi(n_d + A_d) - psi(A_d)] + 1),     m_dk = 1 + boost_dk, A_d = sum_k
 * alpha_dk */
#ifndef PT_TOPICS_ALPHA_H
#define PT_TOPICS_ALPHA_H

#include "topics/ranks.h"

#include <stdint.h>

/* Sparse factors of the prior; start NULL = there are none. */
typedef struct pt_boosts {
    uint64_t *start; /* [D+1] */
    uint16_t *topic;
    float *value; /* boost_dk > 0 */
} pt_boosts;

typedef struct pt_document_topics { /* borrowed */
    uint32_t D, K;
    const uint64_t *doc_start; /* [D+1] */
    const uint16_t *z;         /* [N] */
    const pt_boosts *boosts;
    pt_ranks *ranks; /* NULL = these are all documents */
} pt_document_topics;

/* Collective. Sums over documents are of integers: histograms, and terms rounded to 2^-20. `steps` steps of
 * the fixed point on alpha [K], from where it is. Linear in tokens. */
void pt_alpha_optimise(const pt_document_topics *topics, uint32_t steps, int threads, double *alpha);

#endif
