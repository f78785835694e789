/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/exchange.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Blocks a run: enough bytes to make a message worth while, few enough that there are several runs to
 * overlap.
 */
enum { LEAST_RUN = 64, MOST_RUNS = 8 };

typedef PT_VEC(pt_row_block) block_vec;

struct pt_exchange {
    pt_ranks *ranks;
    uint32_t V, K, n_blocks, kept; /* kept: blocks of n_kw */
    int size, rank, threads;
    bool is_split;
    pt_row_form form;
    uint32_t *n_kw; /* [V][K], or of the own blocks alone */
    /* one run of blocks */
    uint32_t run_blocks, n_runs;
    int32_t **change;  /* [threads][PT_WORD_BLOCK][K], 0 between blocks */
    pt_words *touched; /* [n_blocks] */
    pt_buf *coded;     /* [n_blocks] a block's bytes */
    pt_exchange_source *source;
    void *user;
    uint32_t first;   /* block of the run at hand */
    block_vec *found; /* [run_blocks] pieces of each block of the run, in the order of ranks */
    atomic_bool is_damaged;
    pt_exchange_cost cost;
    pt_row_tally *tally; /* [threads], where it is measured */
};

pt_exchange *pt_exchange_new(pt_ranks *ranks, uint32_t V, uint32_t K, bool is_split, int threads) {
    pt_exchange *x = pt_zalloc(1, sizeof *x);
    x->ranks = ranks;
    x->size = pt_ranks_size(ranks);
    x->rank = pt_ranks_rank(ranks);
    x->threads = threads;
    x->V = V;
    x->K = K;
    x->is_split = is_split && x->size > 1;
    x->n_blocks = (V + PT_WORD_BLOCK - 1) / PT_WORD_BLOCK;
    x->run_blocks = x->n_blocks / MOST_RUNS + 1;
    x->run_blocks = x->run_blocks < LEAST_RUN ? LEAST_RUN : x->run_blocks;
    x->n_runs = (x->n_blocks + x->run_blocks - 1) / x->run_blocks;
    x->kept = x->is_split ? x->n_blocks / (uint32_t)x->size + 1 : x->n_blocks;
    x->n_kw = pt_zalloc_aligned((size_t)x->kept * PT_WORD_BLOCK * K, sizeof *x->n_kw);
    x->change = pt_alloc((size_t)threads, sizeof *x->change);
    for (int i = 0; i < threads; i++)
        x->change[i] = pt_zalloc_aligned((size_t)PT_WORD_BLOCK * K, sizeof **x->change);
    x->touched = pt_zalloc(x->n_blocks, sizeof *x->touched);
    x->coded = pt_zalloc(x->n_blocks, sizeof *x->coded);
    x->found = pt_zalloc(x->run_blocks, sizeof *x->found);
    return x;
}

void pt_exchange_free(pt_exchange *x) {
    if (!x)
        return;
    for (int i = 0; i < x->threads; i++)
        free(x->change[i]);
    for (uint32_t b = 0; b < x->n_blocks; b++)
        pt_buf_free(&x->coded[b]);
    for (uint32_t b = 0; b < x->run_blocks; b++)
        pt_vec_free(&x->found[b]);
    free(x->tally);
    free(x->n_kw);
    free(x->change);
    free(x->coded);
    free(x->touched);
    free(x->found);
    free(x);
}

void pt_exchange_clear(pt_exchange *x) {
    memset(x->n_kw, 0, (size_t)x->kept * PT_WORD_BLOCK * x->K * sizeof *x->n_kw);
}

void pt_exchange_measure(pt_exchange *x, pt_row_form form) {
    x->form = form;
    free(x->tally);
    x->tally = pt_zalloc((size_t)x->threads, sizeof *x->tally);
}

pt_words pt_exchange_touched(const pt_exchange *x, uint32_t block) {
    return x->touched[block];
}

static uint32_t *block_rows(const pt_exchange *x, uint32_t block) {
    if (!x->is_split)
        return x->n_kw + (size_t)block * PT_WORD_BLOCK * x->K;
    if ((int)(block % (uint32_t)x->size) != x->rank)
        return NULL;
    return x->n_kw + (size_t)(block / (uint32_t)x->size) * PT_WORD_BLOCK * x->K;
}

const uint32_t *pt_exchange_row(const pt_exchange *x, uint32_t w) {
    const uint32_t *rows = block_rows(x, w / PT_WORD_BLOCK);
    return rows ? rows + (size_t)(w % PT_WORD_BLOCK) * x->K : NULL;
}

static uint32_t run_end(const pt_exchange *x, uint32_t first) {
    return first + x->run_blocks < x->n_blocks ? first + x->run_blocks : x->n_blocks;
}

/* Parallel unit: a block of the run. */
static void encode_own(void *user, int worker, size_t unit) {
    pt_exchange *x = user;
    const uint32_t block = x->first + (uint32_t)unit;
    int32_t *change = x->change[worker];
    pt_buf_clear(&x->coded[block]);
    const pt_words words = x->source(x->user, worker, block, change);
    pt_rows_encode(&x->coded[block], block, change, x->K, words, x->form);
    if (x->tally)
        pt_rows_tally(&x->tally[worker], change, x->K);
    pt_rows_clear(change, x->K, words);
}

static void encode_run(pt_exchange *x, uint32_t first, pt_buf *to) {
    const double begin = pt_clock(CLOCK_MONOTONIC);
    x->first = first;
    const uint32_t end = run_end(x, first);
    pt_parallel_for(x->threads, end - first, encode_own, x);
    for (int r = 0; r < x->size; r++)
        pt_buf_clear(&to[r]);
    for (uint32_t b = first; b < end; b++) {
        pt_buf_append(&to[b % (uint32_t)x->size], x->coded[b].at, x->coded[b].n);
        x->cost.bytes += x->coded[b].n;
    }
    x->cost.encode_seconds += pt_clock(CLOCK_MONOTONIC) - begin;
}

/* Lists the pieces of every block of a run; what does not belong there is damage. */
static void find_blocks(pt_exchange *x, uint32_t first, const pt_buf *from) {
    x->first = first;
    for (uint32_t b = 0; b < x->run_blocks; b++)
        pt_vec_clear(&x->found[b]);
    for (int r = 0; r < x->size; r++) {
        size_t position = 0;
        for (pt_row_block piece; pt_rows_next(&from[r], &position, &piece);) {
            if (piece.block < first || piece.block >= run_end(x, first))
                x->is_damaged = true;
            else
                pt_vec_push(&x->found[piece.block - first], piece);
        }
        if (position != from[r].n)
            x->is_damaged = true;
    }
}

/* Parallel unit: a block of the run that this rank owns: sums what all ranks say of it. */
static void sum_block(void *user, int worker, size_t unit) {
    pt_exchange *x = user;
    const uint32_t block = x->first + (uint32_t)unit;
    int32_t *change = x->change[worker];
    pt_buf_clear(&x->coded[block]);
    if (x->found[unit].n == 0)
        return;
    pt_words words = 0;
    for (size_t i = 0; i < x->found[unit].n; i++)
        if (!pt_rows_add(&x->found[unit].at[i], change, x->K, &words))
            x->is_damaged = true;
    pt_rows_encode(&x->coded[block], block, change, x->K, words, x->form);
    pt_rows_clear(change, x->K, words);
}

static void sum_run(pt_exchange *x, uint32_t first, const pt_buf *from, pt_buf *mine) {
    const double begin = pt_clock(CLOCK_MONOTONIC);
    find_blocks(x, first, from);
    pt_parallel_for(x->threads, run_end(x, first) - first, sum_block, x);
    pt_buf_clear(mine);
    for (uint32_t b = first; b < run_end(x, first); b++)
        if ((int)(b % (uint32_t)x->size) == x->rank)
            pt_buf_append(mine, x->coded[b].at, x->coded[b].n);
    x->cost.apply_seconds += pt_clock(CLOCK_MONOTONIC) - begin;
}

/* Parallel unit: adds to n_kw what there is of a block. */
static void apply_block(void *user, int worker, size_t unit) {
    (void)worker;
    pt_exchange *x = user;
    uint32_t *rows = block_rows(x, x->first + (uint32_t)unit);
    pt_words words = 0;
    for (size_t i = 0; rows && i < x->found[unit].n; i++)
        if (!pt_rows_apply(&x->found[unit].at[i], rows, x->K, &words))
            x->is_damaged = true;
    x->touched[x->first + unit] = words;
}

static void apply_run(pt_exchange *x, uint32_t first, const pt_buf *from) {
    const double begin = pt_clock(CLOCK_MONOTONIC);
    find_blocks(x, first, from);
    pt_parallel_for(x->threads, run_end(x, first) - first, apply_block, x);
    x->cost.apply_seconds += pt_clock(CLOCK_MONOTONIC) - begin;
}

/* What a run goes through, one stage a turn; while one stage of a run waits for its bytes, other runs
 * compute. */
typedef struct run {
    uint32_t first;
    pt_buf *to, *from; /* [size] */
    pt_buf mine;
    pt_transfer *transfer;
} run;

enum { STAGES = 5 };

static void advance(pt_exchange *x, run *r, uint32_t stage) {
    switch (stage) {
    case 0:
        encode_run(x, r->first, r->to);
        r->transfer = x->size > 1 ? pt_ranks_begin_trade(x->ranks, r->to) : NULL;
        break;
    case 1:
        if (r->transfer)
            pt_transfer_go(r->transfer);
        break;
    case 2:
        if (!r->transfer) {
            apply_run(x, r->first, r->to);
            break;
        }
        pt_transfer_end(r->transfer, r->from);
        if (x->is_split) {
            apply_run(x, r->first, r->from);
            break;
        }
        sum_run(x, r->first, r->from, &r->mine);
        r->transfer = pt_ranks_begin_share(x->ranks, &r->mine);
        break;
    case 3:
        if (r->transfer && !x->is_split)
            pt_transfer_go(r->transfer);
        break;
    default:
        if (r->transfer && !x->is_split) {
            pt_transfer_end(r->transfer, r->from);
            apply_run(x, r->first, r->from);
        }
    }
}

void pt_exchange_run(pt_exchange *x, pt_exchange_source *source, void *user) {
    x->source = source;
    x->user = user;
    run *runs = pt_zalloc(x->n_runs, sizeof *runs);
    for (uint32_t i = 0; i < x->n_runs; i++) {
        runs[i].first = i * x->run_blocks;
        runs[i].to = pt_zalloc((size_t)x->size, sizeof *runs[i].to);
        runs[i].from = pt_zalloc((size_t)x->size, sizeof *runs[i].from);
    }
    for (uint32_t turn = 0; turn < x->n_runs + STAGES - 1; turn++)
        for (uint32_t stage = STAGES; stage-- > 0;)
            if (turn >= stage && turn - stage < x->n_runs)
                advance(x, &runs[turn - stage], stage);
    for (uint32_t i = 0; i < x->n_runs; i++) {
        for (int r = 0; r < x->size; r++) {
            pt_buf_free(&runs[i].to[r]);
            pt_buf_free(&runs[i].from[r]);
        }
        free(runs[i].to);
        free(runs[i].from);
        pt_buf_free(&runs[i].mine);
    }
    free(runs);
    x->cost.runs++;
    if (x->is_damaged)
        pt_ranks_abort(x->ranks,
                       "counts that other ranks sent make no sense: a count is below 0 or over 2^32");
}

pt_exchange_cost pt_exchange_cost_so_far(const pt_exchange *x) {
    pt_exchange_cost cost = x->cost;
    pt_row_tally all = {0};
    for (int i = 0; x->tally && i < x->threads; i++) {
        all.rows += x->tally[i].rows;
        all.cells += x->tally[i].cells;
        for (size_t j = 0; j < 256; j++) {
            all.gap[j] += x->tally[i].gap[j];
            all.change[j] += x->tally[i].change[j];
        }
    }
    cost.rows = all.rows;
    cost.cells = all.cells;
    cost.least_bytes = all.cells ? pt_row_tally_least(&all) : 0;
    return cost;
}
