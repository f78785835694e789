/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/word_rows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t NOWHERE = UINT32_MAX;

pt_word_rows *pt_word_rows_new(pt_ranks *ranks, const pt_exchange *exchange, uint32_t V, size_t n) {
    pt_word_rows *rows = pt_zalloc(1, sizeof *rows);
    rows->ranks = ranks;
    rows->exchange = exchange;
    rows->V = V;
    rows->n = n;
    const uint32_t size = (uint32_t)pt_ranks_size(ranks), n_blocks = (V + PT_WORD_BLOCK - 1) / PT_WORD_BLOCK;
    rows->own = pt_zalloc_aligned(((size_t)n_blocks / size + 1) * PT_WORD_BLOCK * n, sizeof *rows->own);
    rows->place = pt_alloc(V, sizeof *rows->place);
    memset(rows->place, 0xFF, (size_t)V * sizeof *rows->place);
    return rows;
}

void pt_word_rows_free(pt_word_rows *rows) {
    if (!rows)
        return;
    free(rows->own);
    free(rows->wanted);
    free(rows->place);
    free(rows->rows);
    free(rows);
}

uint32_t *pt_word_rows_own(pt_word_rows *rows, uint32_t w) {
    if (pt_exchange_owner(rows->exchange, w) != pt_ranks_rank(rows->ranks))
        return NULL;
    const size_t block = w / PT_WORD_BLOCK / (uint32_t)pt_ranks_size(rows->ranks);
    return rows->own + (block * PT_WORD_BLOCK + w % PT_WORD_BLOCK) * rows->n;
}

void pt_word_rows_forget(pt_word_rows *rows) {
    for (uint32_t i = 0; i < rows->n_wanted; i++)
        rows->place[rows->wanted[i]] = NOWHERE;
    rows->n_wanted = 0;
}

uint32_t pt_word_rows_want(pt_word_rows *rows, uint32_t w) {
    if (rows->place[w] != NOWHERE)
        return rows->place[w];
    if (rows->n_wanted == rows->room) {
        rows->room = rows->room < 1024 ? 1024 : rows->room + rows->room / 2;
        rows->wanted = pt_realloc(rows->wanted, rows->room, sizeof *rows->wanted);
        free(rows->rows); /* of the batch before */
        rows->rows = NULL;
    }
    rows->wanted[rows->n_wanted] = w;
    return rows->place[w] = rows->n_wanted++;
}

/* Collective: a trade from beginning to end. */
static void trade(pt_ranks *ranks, const pt_buf *to, pt_buf *from) {
    pt_transfer *transfer = pt_ranks_begin_trade(ranks, to);
    pt_transfer_go(transfer);
    pt_transfer_end(transfer, from);
}

void pt_word_rows_fetch(pt_word_rows *rows) {
    const size_t size = (size_t)pt_ranks_size(rows->ranks), bytes = rows->n * sizeof *rows->rows;
    pt_buf *ask = pt_zalloc(size, sizeof *ask), *asked = pt_zalloc(size, sizeof *asked),
           *answer = pt_zalloc(size, sizeof *answer), *answered = pt_zalloc(size, sizeof *answered);
    for (uint32_t i = 0; i < rows->n_wanted; i++)
        pt_buf_append(&ask[pt_exchange_owner(rows->exchange, rows->wanted[i])], &rows->wanted[i],
                      sizeof *rows->wanted);
    trade(rows->ranks, ask, asked);
    for (size_t r = 0; r < size; r++)
        for (size_t at = 0; at < asked[r].n; at += sizeof(uint32_t)) {
            uint32_t w;
            memcpy(&w, asked[r].at + at, sizeof w);
            const uint32_t *own = w < rows->V ? pt_word_rows_own(rows, w) : NULL;
            if (!own)
                pt_ranks_abort(rows->ranks, "another rank asks for a word that is not here");
            pt_buf_append(&answer[r], own, bytes);
        }
    trade(rows->ranks, answer, answered);
    if (!rows->rows)
        rows->rows = pt_zalloc_aligned((size_t)rows->room * rows->n, sizeof *rows->rows);
    size_t *at = pt_zalloc(size, sizeof *at);
    for (uint32_t i = 0; i < rows->n_wanted; i++) {
        const int owner = pt_exchange_owner(rows->exchange, rows->wanted[i]);
        memcpy(rows->rows + i * rows->n, answered[owner].at + at[owner], bytes);
        at[owner] += bytes;
    }
    for (size_t r = 0; r < size; r++) {
        pt_buf_free(&ask[r]);
        pt_buf_free(&asked[r]);
        pt_buf_free(&answer[r]);
        pt_buf_free(&answered[r]);
    }
    free(at);
    free(ask);
    free(asked);
    free(answer);
    free(answered);
}
