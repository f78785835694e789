/* SPDX-License-Identifier: Apache-2.0 */
/* word_rows.h - rows of phi that live with the owners of their words (exchange.h), for vocabularies whose K V
 * no rank can hold: a rank asks for the rows that its next documents need, uses them and forgets them. */
#ifndef PT_TOPICS_WORD_ROWS_H
#define PT_TOPICS_WORD_ROWS_H

#include "topics/exchange.h"

typedef struct pt_word_rows {
    pt_ranks *ranks;
    const pt_exchange *exchange;
    uint32_t V;
    size_t n;      /* 32-bit words a row */
    uint32_t *own; /* rows of the words of this rank */
    /* what has been asked for */
    uint32_t n_wanted, *wanted; /* [n_wanted] words */
    uint32_t *place;            /* [V] of a wanted word in `wanted` and `rows`; only where is_wanted */
    uint32_t room;              /* rows that `rows` and `wanted` have room for */
    uint32_t *rows;             /* [n_wanted][n], aligned to 64 bytes */
} pt_word_rows;

pt_word_rows *pt_word_rows_new(pt_ranks *ranks, const pt_exchange *exchange, uint32_t V, size_t n);
void pt_word_rows_free(pt_word_rows *rows); /* NULL is fine */
/* The row of an own word; NULL where another rank owns it. */
uint32_t *pt_word_rows_own(pt_word_rows *rows, uint32_t w);

void pt_word_rows_forget(pt_word_rows *rows);
/* Asks for a word once more or anew; its place among the rows. */
uint32_t pt_word_rows_want(pt_word_rows *rows, uint32_t w);
/* Collective: fetches what each rank wants. */
void pt_word_rows_fetch(pt_word_rows *rows);

#endif
