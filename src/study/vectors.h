/* SPDX-License-Identifier: Apache-2.0 */
/* vectors.h - the patents of one item as sparse tf-idf vectors of unit length, and sums over them. */
#ifndef PT_STUDY_VECTORS_H
#define PT_STUDY_VECTORS_H

#include "topics/corpus.h"

/* Compressed rows over the item's own columns. */
typedef struct pt_vectors {
    uint32_t n, columns;
    uint32_t *start;  /* [n + 1] */
    uint32_t *column; /* ascending within a row */
    float *value;     /* unit length; a row without words is empty */
    uint32_t *word;   /* [columns] the corpus's id of each column, ascending */
} pt_vectors;

/* pt_vectors_new - rows in the order of document [n]. With tf = occurrences, those in the title counted
 * twice,
 *     value(d, w) ∝ (1 + ln tf) ln(D / df_w),   df over the whole corpus, words of two rows at least
 * Parts of a joined term are left out: the term speaks for them. Free with pt_vectors_free. */
pt_vectors *pt_vectors_new(const pt_corpus *corpus, const uint32_t *document, uint32_t n);
void pt_vectors_free(pt_vectors *vectors); /* NULL is fine */
/* The rows `row` [n] of another set, in that order, over the same columns. */
pt_vectors *pt_vectors_rows(const pt_vectors *vectors, const uint32_t *row, uint32_t n);

/* x_i · y, y dense [columns]. */
double pt_vector_dot(const pt_vectors *vectors, uint32_t i, const double *y);
/* y += scale · x_i. */
void pt_vector_add(const pt_vectors *vectors, uint32_t i, double scale, double *y);
/* Cosines of every pair: [n (n - 1) / 2], see pt_pair; to be freed. */
float *pt_vectors_cosines(const pt_vectors *vectors);

#endif
