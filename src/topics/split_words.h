/* SPDX-License-Identifier: Apache-2.0 */
/* split_words.h - which of several ranks keeps what belongs to a word, where no rank can keep it all: blocks
 * of PT_WORD_BLOCK words are dealt to the owners in turn, and lie one behind the other with theirs. */
#ifndef PT_TOPICS_SPLIT_WORDS_H
#define PT_TOPICS_SPLIT_WORDS_H

#include "topics/row_codec.h"

#include <stddef.h>

static inline int pt_word_owner(uint32_t w, uint32_t n_owners) {
    return (int)(w / PT_WORD_BLOCK % n_owners);
}
/* Number of a word's row with its owner. */
static inline size_t pt_word_place(uint32_t w, uint32_t n_owners) {
    return n_owners == 1 ? w : (size_t)(w / PT_WORD_BLOCK / n_owners) * PT_WORD_BLOCK + w % PT_WORD_BLOCK;
}
/* Rows that an owner needs room for, of V words. */
static inline size_t pt_word_places(uint32_t V, uint32_t n_owners) {
    return n_owners == 1 ? V : ((size_t)V / PT_WORD_BLOCK / n_owners + 1) * PT_WORD_BLOCK;
}

#endif
