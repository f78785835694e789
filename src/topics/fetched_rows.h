/* SPDX-License-Identifier: Apache-2.0 */
/* fetched_rows.h - rows of words that their owners keep (word_rows.h), for vocabularies whose K V no rank can
 * hold: a rank asks for the rows that its next documents need, uses them and forgets them. */
#ifndef PT_TOPICS_FETCHED_ROWS_H
#define PT_TOPICS_FETCHED_ROWS_H

#include "topics/ranks.h"
#include "topics/word_rows.h"

typedef struct pt_fetched_rows {
    pt_ranks *ranks;
    const pt_word_rows *own;    /* of this rank */
    uint32_t n_wanted, *wanted; /* [n_wanted] words */
    uint32_t *place;            /* [V] of a wanted word in `wanted` and `r`; only where it is wanted */
    uint32_t room;              /* rows that `r` and `wanted` have room for */
    uint16_t *r;                /* [n_wanted][row], aligned to 64 bytes */
} pt_fetched_rows;

pt_fetched_rows *pt_fetched_rows_new(pt_ranks *ranks, const pt_word_rows *own);
void pt_fetched_rows_free(pt_fetched_rows *rows); /* NULL is fine */

void pt_fetched_rows_forget(pt_fetched_rows *rows);
/* Asks for a word, if it is not asked for yet; its place among the rows. */
uint32_t pt_fetched_rows_want(pt_fetched_rows *rows, uint32_t w);
/* Collective: fetches what each rank wants. */
void pt_fetched_rows_fetch(pt_fetched_rows *rows);

#endif
