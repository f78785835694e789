/* SPDX-License-Identifier: Apache-2.0 */
/* scoring.h - how the mixture judges one document (formulas: mixture.h), the same for the documents that it
 * was fitted to and for those that come later. Private to src/topics. */
#ifndef PT_TOPICS_SCORING_H
#define PT_TOPICS_SCORING_H

#include "topics/mixture.h"
#include "topics/posterior.h"

typedef struct pt_seed_use { /* a word as seed of an item */
    uint32_t item;
    float a;    /* part of A a unit of x: u_w R_kw, or -idf_w times the negative weight */
    float mass; /* u_w R_kw, or 0 */
} pt_seed_use;

/* Seeds by word. */
typedef struct pt_seed_uses {
    uint32_t V, n_items;
    uint64_t *start; /* [V+1] */
    pt_seed_use *use;
} pt_seed_uses;

pt_seed_uses *pt_seed_uses_new(const pt_seeds *seeds, const pt_corpus *corpus);
void pt_seed_uses_free(pt_seed_uses *uses); /* NULL is fine */

/* One document's words, each once, with x_dw. */
typedef struct pt_bag {
    const uint32_t *word;
    const float *x;
    size_t n;
} pt_bag;

/* sum_w a_dkw for all k into A, and the largest of them, at least 0, into strongest; both [n_items]. */
void pt_score_seeds(const pt_seed_uses *uses, pt_bag bag, float *A, float *strongest);
/* A_dk of both. */
static inline float pt_seed_evidence(float sum, float strongest) {
    return sum - 0.5f * strongest;
}

typedef struct pt_scorer {
    uint32_t n_items;
    size_t row;
    const float *log_ratio, *log_size; /* [V][row], [n_items] */
    const pt_seed_uses *uses;
    float per_T, seed_weight;
    const uint32_t *place; /* of a word's row in log_ratio; NULL: its id */
} pt_scorer;

/* S of one document, [row], and what pt_score_seeds says; bonus [n_items]: what codes and table say. */
void pt_score_document(const pt_scorer *scorer, pt_bag bag, const float *bonus, float *S, float *A,
                       float *strongest);
/* ln(1 + lambda n_items c_dk) of document d onto bonus. */
void pt_score_table(const pt_table_evidence *table, double lambda, uint32_t n_items, uint32_t d,
                    float *bonus);

/* Room for D documents and n_rows of the V words; log_ratio is all 0. */
pt_evidence *pt_evidence_new(uint32_t D, uint32_t V, size_t n_rows, uint32_t n_items);
/* The largest entries of posterior->d = softmax(S), with their scores. */
void pt_evidence_keep(pt_evidence *evidence, const pt_posterior *posterior, uint32_t d, const float *S,
                      const float *A, const float *strongest, const float *bonus);

#endif
