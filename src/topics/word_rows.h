/* SPDX-License-Identifier: Apache-2.0 */
/* word_rows.h - n_kw, and what the kernel draws from: a row of n_kw + beta in bfloat16 for every word. A row
 * has no denominator in it (that is the kernel's scale_k), so a slice of tokens changes only the cells of the
 * tokens that moved, and refreshing the rows costs the same for one sub-sweep a sweep as for a hundred. */
#ifndef PT_TOPICS_WORD_ROWS_H
#define PT_TOPICS_WORD_ROWS_H

#include "topics/kernel.h"
#include "topics/split_words.h"
#include "topics/word_lists.h"

typedef struct pt_word_rows {
    uint32_t V, K;
    size_t row; /* topics a row, padding included */
    double beta;
    uint32_t *n_kw; /* [V][K]; NULL where an exchange between ranks keeps them */
    uint32_t
        n_owners; /* 1: all rows are here; else those of every n_owners-th block of PT_WORD_BLOCK words */
    uint16_t *r;  /* [V][row] packed (kernel.h); of split words one behind the other; of a word with a list
                     what  it was when it lost its last one */
    pt_word_lists *lists; /* NULL = every word is drawn from its row */
} pt_word_rows;

/* K, V and beta are set; n_kw only when keep_counts. n_owners 1: every row is kept here. */
pt_word_rows pt_word_rows_new(uint32_t V, uint32_t K, double beta, bool keep_counts, uint32_t n_owners);
void pt_word_rows_free(pt_word_rows *rows);

/* Which of the owners keeps a word, as exchange.h deals them. */
static inline int pt_word_rows_owner(const pt_word_rows *rows, uint32_t w) {
    return pt_word_owner(w, rows->n_owners);
}
/* Number of a word's row in r. */
static inline size_t pt_word_rows_place(const pt_word_rows *rows, uint32_t w) {
    return pt_word_place(w, rows->n_owners);
}
/* Lists (word_lists.h) from now on, before anything is counted. n_w [V]: tokens of each word. */
void pt_word_rows_use_lists(pt_word_rows *rows, const int64_t *n_w);
/* The whole list or row of a word from its counts [K]. */
void pt_word_rows_pack(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k);
/* r_kw for all k, [row], 0 beyond K. */
void pt_word_rows_unpack(const pt_word_rows *rows, uint32_t w, float *r);
/* A word that had too many topics for a list and has no longer: its list from its counts [K]. Once a sweep,
 * so that words at the limit do not go to and fro. */
void pt_word_rows_settle(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k);
/* One cell, for a keyword, whose row holds more than counts. */
void pt_word_rows_set(const pt_word_rows *rows, uint32_t w, uint32_t k, float value);
static inline const uint16_t *pt_word_rows_at(const pt_word_rows *rows, uint32_t w) {
    return rows->r + pt_word_rows_place(rows, w) * rows->row;
}

/* n_kw and rows from topics z [N] of words [N]. */
void pt_word_rows_count(const pt_word_rows *rows, const uint32_t *word, const uint16_t *z, uint64_t N,
                        int threads);
/* Applies what the workers have changed, and empties it. */
void pt_word_rows_apply(const pt_word_rows *rows, pt_kernel_space *const *space, int threads);

#endif
