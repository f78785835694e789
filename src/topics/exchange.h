/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h - n_kw of all ranks from what each rank's tokens have changed.
 *
 *     every rank:   changes of its words, block by block (row_codec.h)  -> the rank that owns the block
 *     owner:        sum of the ranks' changes, which are integers       -> everybody, or stays
 *     every rank:   n_kw += sum
 *
 * Blocks of PT_WORD_BLOCK words are dealt to the ranks in turn. The work is cut into runs of blocks, and one
 * run travels while the next is encoded. */
#ifndef PT_TOPICS_EXCHANGE_H
#define PT_TOPICS_EXCHANGE_H

#include "topics/ranks.h"
#include "topics/row_codec.h"

#include <stddef.h>

typedef struct pt_exchange pt_exchange;

/* Changes of a block of words since the last exchange into change [PT_WORD_BLOCK][K], which is 0; called by
 * worker 0 .. threads-1 for different blocks at once. Returns the words that may have any. */
typedef pt_words pt_exchange_source(void *user, int worker, uint32_t block, int32_t *change);

/* n_kw is 0. is_split: a rank keeps the words of its own blocks only, K V / ranks counts in all. ranks may be
 * NULL. */
pt_exchange *pt_exchange_new(pt_ranks *ranks, uint32_t V, uint32_t K, bool is_split, int threads);
void pt_exchange_free(pt_exchange *exchange);  /* NULL is fine */
void pt_exchange_clear(pt_exchange *exchange); /* n_kw is 0 again */
/* For measurements: rows are written in this form, and cells and rows are counted (which takes time). */
void pt_exchange_measure(pt_exchange *exchange, pt_row_form form);

/* Collective. A count that would leave uint32 ends the job. */
void pt_exchange_run(pt_exchange *exchange, pt_exchange_source *source, void *user);

/* The words of this block whose counts are kept here and may have changed in the last run. */
pt_words pt_exchange_touched(const pt_exchange *exchange, uint32_t block);
/* n_kw of a word [K]; NULL where this rank does not keep it. */
const uint32_t *pt_exchange_row(const pt_exchange *exchange, uint32_t w);

/* Over all runs so far: bytes that this rank has encoded; where it is measured, rows and cells that changed,
 * and the shortest that an ideal code of them could be (row_codec.h). */
typedef struct pt_exchange_cost {
    uint64_t runs, rows, cells, bytes;
    double least_bytes, encode_seconds, apply_seconds;
} pt_exchange_cost;
pt_exchange_cost pt_exchange_cost_so_far(const pt_exchange *exchange);

#endif
