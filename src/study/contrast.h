/* SPDX-License-Identifier: Apache-2.0 */
/* contrast.h - how much a word sets a cluster apart from the corpus and from its neighbours in the item. */
#ifndef PT_STUDY_CONTRAST_H
#define PT_STUDY_CONTRAST_H

#include "topics/corpus.h"

typedef struct pt_contrast {
    const pt_corpus *corpus; /* borrowed */
    uint32_t n, n_others;
    uint32_t *with, *others_with; /* [V] documents of the cluster and of its neighbours that hold the word */
    uint32_t *whole;              /* [V] documents of the cluster with the word outside of a joined term */
} pt_contrast;

pt_contrast *pt_contrast_new(const pt_corpus *corpus);
void pt_contrast_free(pt_contrast *contrast); /* NULL is fine */
/* Starts anew: cluster [n], others [n_others]. */
void pt_contrast_set(pt_contrast *contrast, const uint32_t *cluster, uint32_t n, const uint32_t *others,
                     uint32_t n_others);
/* a (ln(a / b) + ½ ln(a / o)): a, b, o the shares of documents of the cluster, the corpus and the neighbours
 * that hold the word, each (count + ½) / (documents + 1); without neighbours the second term is 0. */
double pt_contrast_of(const pt_contrast *contrast, uint32_t word);
/* The words with the highest positive contrast, at most `room`, that at least two documents of the cluster
 * hold; boilerplate and words that are mostly parts of a joined term are left out. Ties to the lower id.
 * Returns how many. */
uint32_t pt_contrast_top(const pt_contrast *contrast, uint32_t *word, uint32_t room);

/* Words that name no technology: 방법, 장치, 제조 …; digits alone; single letters. */
bool pt_word_is_boilerplate(const char *form, size_t bytes);

#endif
