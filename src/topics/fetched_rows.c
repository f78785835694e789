/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/fetched_rows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t NOWHERE = UINT32_MAX;

pt_fetched_rows *pt_fetched_rows_new(pt_ranks *ranks, const pt_word_rows *own) {
    pt_fetched_rows *rows = pt_zalloc(1, sizeof *rows);
    rows->ranks = ranks;
    rows->own = own;
    rows->place = pt_alloc(own->V, sizeof *rows->place);
    memset(rows->place, 0xFF, (size_t)own->V * sizeof *rows->place);
    return rows;
}

void pt_fetched_rows_free(pt_fetched_rows *rows) {
    if (!rows)
        return;
    free(rows->wanted);
    free(rows->place);
    free(rows->r);
    free(rows);
}

void pt_fetched_rows_forget(pt_fetched_rows *rows) {
    for (uint32_t i = 0; i < rows->n_wanted; i++)
        rows->place[rows->wanted[i]] = NOWHERE;
    rows->n_wanted = 0;
}

uint32_t pt_fetched_rows_want(pt_fetched_rows *rows, uint32_t w) {
    if (rows->place[w] != NOWHERE)
        return rows->place[w];
    if (rows->n_wanted == rows->room) {
        rows->room = rows->room < 1024 ? 1024 : rows->room + rows->room / 2;
        rows->wanted = pt_realloc(rows->wanted, rows->room, sizeof *rows->wanted);
        free(rows->r); /* of the batch before */
        rows->r = NULL;
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

void pt_fetched_rows_fetch(pt_fetched_rows *rows) {
    const size_t size = (size_t)pt_ranks_size(rows->ranks), row = rows->own->row,
                 bytes = row * sizeof *rows->r;
    pt_buf *ask = pt_zalloc(size, sizeof *ask), *asked = pt_zalloc(size, sizeof *asked),
           *answer = pt_zalloc(size, sizeof *answer), *answered = pt_zalloc(size, sizeof *answered);
    for (uint32_t i = 0; i < rows->n_wanted; i++)
        pt_buf_append(&ask[pt_word_rows_owner(rows->own, rows->wanted[i])], &rows->wanted[i],
                      sizeof *rows->wanted);
    trade(rows->ranks, ask, asked);
    for (size_t r = 0; r < size; r++)
        for (size_t at = 0; at < asked[r].n; at += sizeof(uint32_t)) {
            uint32_t w;
            memcpy(&w, asked[r].at + at, sizeof w);
            if (w >= rows->own->V || pt_word_rows_owner(rows->own, w) != pt_ranks_rank(rows->ranks))
                pt_ranks_abort(rows->ranks, "another rank asks for a word that is not here");
            pt_buf_append(&answer[r], pt_word_rows_at(rows->own, w), bytes);
        }
    trade(rows->ranks, answer, answered);
    if (!rows->r)
        rows->r = pt_zalloc_aligned((size_t)rows->room * row, sizeof *rows->r);
    size_t *at = pt_zalloc(size, sizeof *at);
    for (uint32_t i = 0; i < rows->n_wanted; i++) {
        const int owner = pt_word_rows_owner(rows->own, rows->wanted[i]);
        memcpy(rows->r + i * row, answered[owner].at + at[owner], bytes);
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
