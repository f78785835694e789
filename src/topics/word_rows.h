/* SPDX-License-Identifier: Apache-2.0 */
/* word_rows.h - n_kw, and what the kernel draws from: a row of n_kw + beta in bfloat16 for every word. A row
 * has no denominator in it (that is the kernel's scale_k), so a slice of tokens changes only the cells of the
 * tokens that moved, and refreshing the rows costs the same for one sub-sweep a sweep as for a hundred.
 *
 * bfloat16 is exact for whole numbers up to 256. So a count below is read off its cell, and only cells of 256
 * and more (few: every one has that many tokens) have a count beside it: a change touches one line of memory,
 * not two. */
#ifndef PT_TOPICS_WORD_ROWS_H
#define PT_TOPICS_WORD_ROWS_H

#include "topics/kernel.h"
#include "topics/split_words.h"
#include "topics/word_lists.h"

typedef struct pt_word_rows {
    uint32_t V, K;
    size_t row; /* topics a row, padding included */
    double beta;
    bool has_counts; /* else an exchange between ranks keeps them */
    uint32_t
        n_owners;    /* 1: all rows are here; else those of every n_owners-th block of PT_WORD_BLOCK words */
    uint16_t *r;     /* rows of `row` packed cells (kernel.h); of split words one behind the other; with lists
                        only for words whose list may be too short, and outdated while they have one */
    uint32_t *place; /* [V] with lists: number of a word's row in r; NULL = its number among the kept words */
    uint32_t *n_kw;  /* [words that may have a count of 256][K], where the cell is not enough */
    uint32_t *kept;  /* [V] number of a word's row in n_kw, and flags */
    bool has_whole;  /* some word keeps all of its counts there */
    pt_word_lists *lists; /* NULL = every word is drawn from its row */
} pt_word_rows;

/* K, V and beta are set; nothing can be counted before _begin. keep_counts: counts can be read, too, of all
 * words. n_owners 1: every row is kept here. */
pt_word_rows pt_word_rows_new(uint32_t V, uint32_t K, double beta, bool keep_counts, uint32_t n_owners);
/* Room for counts and rows, or (word_lists.h) lists, of nothing yet. n_w [V]: tokens of each word, or
 * PT_WORD_WHOLE where _set will be used. */
#define PT_WORD_WHOLE INT64_MAX
void pt_word_rows_begin(pt_word_rows *rows, const int64_t *n_w, bool with_lists);
void pt_word_rows_free(pt_word_rows *rows);

/* Which of the owners keeps a word, as exchange.h deals them. */
static inline int pt_word_rows_owner(const pt_word_rows *rows, uint32_t w) {
    return pt_word_owner(w, rows->n_owners);
}
/* Number of a word's row in r. */
static inline size_t pt_word_rows_place(const pt_word_rows *rows, uint32_t w) {
    return pt_word_place(w, rows->n_owners);
}
/* The whole list or row of a word from its counts [K]. */
void pt_word_rows_pack(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k);
/* r_kw for all k, [row], 0 beyond K. */
void pt_word_rows_unpack(const pt_word_rows *rows, uint32_t w, float *r);
/* A word that had too many topics for a list and has no longer: its list from its counts [K]. Once a sweep,
 * so that words at the limit do not go to and fro. */
void pt_word_rows_settle(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k);
/* One cell, for a keyword, whose row holds more than counts. */
void pt_word_rows_set(const pt_word_rows *rows, uint32_t w, uint32_t k, float value);
/* Not for a word that never needs a row. */
static inline uint16_t *pt_word_rows_at(const pt_word_rows *rows, uint32_t w) {
    return rows->r + (rows->place ? rows->place[w] : pt_word_rows_place(rows, w)) * rows->row;
}
/* n_kw of a word [K], there or in room [K]. Only with keep_counts. */
const uint32_t *pt_word_rows_counts(const pt_word_rows *rows, uint32_t w, uint32_t *room);
/* The counts that are not 0, in order of topics, into n_k [K]; returns how many. Only with keep_counts. */
size_t pt_word_rows_nonzero(const pt_word_rows *rows, uint32_t w, uint32_t *n_k);

/* n_kw and rows from topics z [N] of words [N]. */
void pt_word_rows_count(const pt_word_rows *rows, const uint32_t *word, const uint16_t *z, uint64_t N,
                        int threads);
/* Applies what the workers have changed, and empties it. */
void pt_word_rows_apply(const pt_word_rows *rows, pt_kernel_space *const *space, int threads);

#endif
