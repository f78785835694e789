/* SPDX-License-Identifier: Apache-2.0 */
/* seeds.h - the seed words of each item, by word id. Item index = topic index, for ever.
 *
 *     R_kw = weight: 1 keyword or name phrase, 0.7 word of the name, 0.4 part of a keyword (the largest wins)
 *     u_w  = idf_w ln(n_items / items that use w) / ln n_items,   idf_w = ln(D / documents with w)
 *
 * so a seed that every item uses says nothing. */
#ifndef PT_TOPICS_SEEDS_H
#define PT_TOPICS_SEEDS_H

#include "topics/corpus.h"

/* Words of items that are known beside the seeds (study/taught_words.h), over the words of a corpus. */
typedef struct pt_taught {
    uint32_t V;
    uint64_t *start; /* [V+1] offsets into item and mass */
    uint32_t *item;  /* ascending inside a word */
    float *mass;     /* taught: x of the word in the patents of the item, in sum; written: part of the item */
    float *share; /* [V] taught: of the word in all that taught, over 0 where it has items; written: NULL */
} pt_taught;

void pt_taught_free(pt_taught *taught); /* NULL is fine */

typedef struct pt_seeds {
    uint32_t n_items;
    uint32_t *start; /* [n_items+1] offsets into word and weight */
    uint32_t *word;  /* ascending inside an item, each once */
    float *weight;   /* R_kw > 0 */
    /* Words that speak against an item, in the same shape. */
    uint32_t *negative_start; /* [n_items+1] */
    uint32_t *negative_word;
    float *negative_weight; /* > 0 */
    bool *is_method;        /* [n_items] the item names a method that other fields apply */
    pt_taught *taught;      /* owned; by coded patents; NULL = none */
    pt_taught *written;     /* owned; by hand, for classification codes; NULL = none */
} pt_seeds;

typedef struct pt_seeds_builder pt_seeds_builder;

pt_seeds_builder *pt_seeds_builder_new(uint32_t n_items);
void pt_seeds_builder_free(pt_seeds_builder *builder); /* NULL is fine */
/* item < n_items, weight > 0. The same word again: the larger weight wins. */
void pt_seeds_builder_add(pt_seeds_builder *builder, uint32_t item, uint32_t word, float weight);
void pt_seeds_builder_add_negative(pt_seeds_builder *builder, uint32_t item, uint32_t word, float weight);
void pt_seeds_builder_set_method(pt_seeds_builder *builder, uint32_t item, bool is_method);
/* Free the result with pt_seeds_free; the builder stays as it was. */
pt_seeds *pt_seeds_build(const pt_seeds_builder *builder);
void pt_seeds_free(pt_seeds *seeds); /* NULL is fine */

/* Strength u_w of every word as a seed, [V]: 0 where no item uses it. free() it. */
float *pt_seeds_word_strength(const pt_seeds *seeds, const pt_corpus *corpus);

#endif
