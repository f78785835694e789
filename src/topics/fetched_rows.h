/* SPDX-License-Identifier: Apache-2.0 */
/* fetched_rows.h - rows of words that their owners keep (split_words.h), for vocabularies whose K V no rank
 * can hold: a rank asks for the rows that its next documents need, uses them and forgets them. */
#ifndef PT_TOPICS_FETCHED_ROWS_H
#define PT_TOPICS_FETCHED_ROWS_H

#include "topics/ranks.h"

typedef struct pt_fetched_rows {
    pt_ranks *ranks;
    uint32_t V;
    size_t bytes;               /* a row */
    const void *own;            /* rows of this rank, borrowed */
    uint32_t n_wanted, *wanted; /* [n_wanted] words */
    uint32_t *place;            /* [V] of a wanted word in `wanted` and `rows`; only where it is wanted */
    uint32_t room;              /* rows that `rows` and `wanted` have room for */
    void *rows;                 /* [n_wanted] rows, aligned to 64 bytes */
} pt_fetched_rows;

/* own: this rank's rows, where pt_word_place puts them. */
pt_fetched_rows *pt_fetched_rows_new(pt_ranks *ranks, uint32_t V, const void *own, size_t bytes);
void pt_fetched_rows_free(pt_fetched_rows *fetched); /* NULL is fine */

void pt_fetched_rows_forget(pt_fetched_rows *fetched);
/* Asks for a word, if it is not asked for yet; its place among the rows. */
uint32_t pt_fetched_rows_want(pt_fetched_rows *fetched, uint32_t w);
/* Collective: fetches what each rank wants. */
void pt_fetched_rows_fetch(pt_fetched_rows *fetched);

#endif
