/* SPDX-License-Identifier: Apache-2.0 */
/* foldin.h - the topics of a document that the model has not seen, phi frozen:
 *
 *     theta_k <- (alpha_k + sum_w n_w p(k | w)) / (sum alpha + n),   p(k | w) ∝ theta_k phi_kw
 *
 * to a fixed point. No random numbers and no other documents: a document alone decides its result. */
#ifndef PT_TOPICS_FOLDIN_H
#define PT_TOPICS_FOLDIN_H

#include "topics/model.h"

typedef struct pt_foldin pt_foldin;

/* Expands phi once, O(V K); model is borrowed until pt_foldin_free. */
pt_foldin *pt_foldin_new(const pt_model *model);
void pt_foldin_free(pt_foldin *foldin); /* NULL is fine */
/* theta [K], sums to 1. word [n]: ids of the model (others are passed over), repeats count; weight [n], or
 * NULL for 1 each. prior [K] in place of the model's alpha, or NULL. May run in parallel. */
void pt_foldin_document(const pt_foldin *foldin, const uint32_t *word, const float *weight, size_t n,
                        const double *prior, float *theta);
/* ln sum_k theta_k phi_kw. */
double pt_foldin_log_probability(const pt_foldin *foldin, const float *theta, uint32_t word);

#endif
