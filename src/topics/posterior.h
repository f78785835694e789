/* SPDX-License-Identifier: Apache-2.0 */
/* posterior.h - p(item | document) for every document, in a few numbers each: the largest entries, and one
 * value that all other items share, so that it still sums to 1. */
#ifndef PT_TOPICS_POSTERIOR_H
#define PT_TOPICS_POSTERIOR_H

#include "topics/ranks.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pt_posterior {
    uint32_t D, n_items;
    uint32_t per_document; /* entries a document */
    float *base;           /* [D] value of every item without an entry */
    uint32_t *item;        /* [D][per_document] by descending value, ties by item */
    float *excess;         /* [D][per_document] value less base */
} pt_posterior;

pt_posterior *pt_posterior_new(uint32_t D, uint32_t n_items, uint32_t per_document);
void pt_posterior_free(pt_posterior *posterior); /* NULL is fine */
/* Sets document d to softmax(score / temperature); score has n_items entries. */
void pt_posterior_set(pt_posterior *posterior, uint32_t d, const float *score, float temperature);

/* Sums over the documents of all ranks (collective; NULL = alone), each [n_items]: weight[d] * p(item | d),
 * weight NULL = 1. */
void pt_posterior_sum(const pt_posterior *posterior, const double *weight, int threads, pt_ranks *ranks,
                      double *sum);

/* The n largest of score[0 .. n_scores-1] into best, descending, ties by index; n <= n_scores. */
void pt_largest(const float *score, uint32_t n_scores, uint32_t n, uint32_t *best);

#endif
