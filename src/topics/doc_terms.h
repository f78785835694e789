/* SPDX-License-Identifier: Apache-2.0 */
/* doc_terms.h - the damped word counts of the mixture, by document and by word.
 *
 *     x_dw = log2(1 + sum over the tokens of w in d of their weight)
 *
 * Weight of a token: 1, x 3 in the title; means words x 0.2 in the title and x 0.5 elsewhere; parts of a
 * joined term x 0.2, for the term has spoken already. */
#ifndef PT_TOPICS_DOC_TERMS_H
#define PT_TOPICS_DOC_TERMS_H

#include "topics/corpus.h"

typedef struct pt_doc_terms {
    uint32_t D, V;
    uint64_t *doc_start; /* [D+1] */
    uint32_t *word;      /* words of a document in order of first appearance, each once */
    float *x;
    double *doc_mass;     /* [D] sum_w x_dw */
    uint64_t *word_start; /* [V+1] */
    uint32_t *doc;        /* documents of a word, ascending */
    float *x_by_word;
    int64_t *word_mass; /* [V] sum_d x_dw (fixed.h) */
} pt_doc_terms;

/* Linear in tokens; the same for any number of threads. */
pt_doc_terms *pt_doc_terms_new(const pt_corpus *corpus, int threads);
void pt_doc_terms_free(pt_doc_terms *terms); /* NULL is fine */

/* The terms of one document into word and x, which have room for its tokens; returns how many there are. */
size_t pt_doc_terms_of(const pt_corpus *corpus, uint32_t d, uint32_t *word, float *x);

#endif
