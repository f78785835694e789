/* SPDX-License-Identifier: Apache-2.0 */
/* new_words.h - words of a corpus that the dictionary does not know, told by their company: a noun keeps its
 * shape while the particles behind it and the eojeols before it change (accessor variety: Feng, Chen, Deng,
 * Zheng, CL 2004). The table that comes out is a user dictionary (term, class, ...): reading the corpus again
 * with it is the second pass. */
#ifndef PT_KOREAN_NEW_WORDS_H
#define PT_KOREAN_NEW_WORDS_H

#include "korean/analyzer.h"

typedef struct pt_new_words pt_new_words;

typedef struct pt_new_words_params {
    uint32_t min_count, min_particles,
        min_left; /* occurrences, different particles, different eojeols before */
} pt_new_words_params;

pt_new_words_params pt_new_words_params_default(void); /* 5, 3, 3 */
pt_new_words *pt_new_words_new(const pt_lexicon *lexicon);
void pt_new_words_free(pt_new_words *words); /* NULL is fine */
/* Counts the candidates of a text: the run of nouns that an eojeol begins with, when the lexicon lacks one of
 * them and the whole. */
void pt_new_words_add(pt_new_words *words, pt_analyzer *analyzer, const char *text, size_t bytes);
/* Appends a table term, class, count, particles, left with its header, most frequent first; returns the rows.
 */
size_t pt_new_words_table(pt_new_words *words, const pt_new_words_params *params, pt_buf *out);

#endif
