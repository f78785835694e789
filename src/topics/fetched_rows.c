/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/fetched_rows.h"

#include "base/mem.h"
#include "topics/split_words.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t NOWHERE = UINT32_MAX;

pt_fetched_rows *pt_fetched_rows_new(pt_ranks *ranks, uint32_t V, const void *own, size_t bytes) {
    pt_fetched_rows *fetched = pt_zalloc(1, sizeof *fetched);
    fetched->ranks = ranks;
    fetched->V = V;
    fetched->bytes = bytes;
    fetched->own = own;
    fetched->place = pt_alloc(V, sizeof *fetched->place);
    memset(fetched->place, 0xFF, (size_t)V * sizeof *fetched->place);
    return fetched;
}

void pt_fetched_rows_free(pt_fetched_rows *fetched) {
    if (!fetched)
        return;
    free(fetched->wanted);
    free(fetched->place);
    free(fetched->rows);
    free(fetched);
}

void pt_fetched_rows_forget(pt_fetched_rows *fetched) {
    for (uint32_t i = 0; i < fetched->n_wanted; i++)
        fetched->place[fetched->wanted[i]] = NOWHERE;
    fetched->n_wanted = 0;
}

uint32_t pt_fetched_rows_want(pt_fetched_rows *fetched, uint32_t w) {
    if (fetched->place[w] != NOWHERE)
        return fetched->place[w];
    if (fetched->n_wanted == fetched->room) {
        fetched->room = fetched->room < 1024 ? 1024 : fetched->room + fetched->room / 2;
        fetched->wanted = pt_realloc(fetched->wanted, fetched->room, sizeof *fetched->wanted);
        free(fetched->rows); /* of the batch before */
        fetched->rows = NULL;
    }
    fetched->wanted[fetched->n_wanted] = w;
    return fetched->place[w] = fetched->n_wanted++;
}

/* Collective: a trade from beginning to end. */
static void trade(pt_ranks *ranks, const pt_buf *to, pt_buf *from) {
    pt_transfer *transfer = pt_ranks_begin_trade(ranks, to);
    pt_transfer_go(transfer);
    pt_transfer_end(transfer, from);
}

void pt_fetched_rows_fetch(pt_fetched_rows *fetched) {
    const size_t size = (size_t)pt_ranks_size(fetched->ranks), bytes = fetched->bytes;
    const uint32_t n_owners = (uint32_t)size;
    pt_buf *ask = pt_zalloc(size, sizeof *ask), *asked = pt_zalloc(size, sizeof *asked),
           *answer = pt_zalloc(size, sizeof *answer), *answered = pt_zalloc(size, sizeof *answered);
    for (uint32_t i = 0; i < fetched->n_wanted; i++)
        pt_buf_append(&ask[pt_word_owner(fetched->wanted[i], n_owners)], &fetched->wanted[i],
                      sizeof *fetched->wanted);
    trade(fetched->ranks, ask, asked);
    for (size_t r = 0; r < size; r++)
        for (size_t at = 0; at < asked[r].n; at += sizeof(uint32_t)) {
            uint32_t w;
            memcpy(&w, asked[r].at + at, sizeof w);
            if (w >= fetched->V || pt_word_owner(w, n_owners) != pt_ranks_rank(fetched->ranks))
                pt_ranks_abort(fetched->ranks, "another rank asks for a word that is not here");
            pt_buf_append(&answer[r], (const char *)fetched->own + pt_word_place(w, n_owners) * bytes, bytes);
        }
    trade(fetched->ranks, answer, answered);
    if (!fetched->rows)
        fetched->rows = pt_zalloc_aligned(fetched->room, bytes);
    size_t *at = pt_zalloc(size, sizeof *at);
    for (uint32_t i = 0; i < fetched->n_wanted; i++) {
        const int owner = pt_word_owner(fetched->wanted[i], n_owners);
        memcpy((char *)fetched->rows + i * bytes, answered[owner].at + at[owner], bytes);
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
