/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/word_rows.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_BLOCK = 64, AHEAD = 16 };

pt_word_rows pt_word_rows_new(uint32_t V, uint32_t K, double beta, bool keep_counts, uint32_t n_owners) {
    pt_word_rows rows = {.V = V, .K = K, .beta = beta, .n_owners = n_owners};
    rows.row = ((size_t)K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    rows.n_kw = keep_counts ? pt_zalloc_aligned((size_t)V * K, sizeof *rows.n_kw) : NULL;
    const size_t n = pt_word_places(V, n_owners);
    rows.r = pt_zalloc_aligned(n * rows.row, sizeof *rows.r);
    return rows;
}

void pt_word_rows_free(pt_word_rows *rows) {
    free(rows->n_kw);
    free(rows->r);
    pt_word_lists_free(rows->lists);
}

void pt_word_rows_use_lists(pt_word_rows *rows, const int64_t *n_w) {
    pt_word_lists_free(rows->lists);
    rows->lists = pt_word_lists_new(rows->V, rows->K, n_w);
}

void pt_word_rows_set(const pt_word_rows *rows, uint32_t w, uint32_t k, float value) {
    rows->r[pt_word_rows_place(rows, w) * rows->row + k] = pt_bfloat16(value);
}

static void pack_row(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k) {
    const float beta = (float)rows->beta;
    uint16_t *r = rows->r + pt_word_rows_place(rows, w) * rows->row;
    for (uint32_t k = 0; k < rows->K; k++)
        r[k] = pt_bfloat16((float)n_k[k] + beta);
}

void pt_word_rows_pack(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k) {
    const bool has_list = pt_word_lists_has(rows->lists, w) && pt_word_lists_pack(rows->lists, w, n_k);
    if (!has_list)
        pack_row(rows, w, n_k);
}

void pt_word_rows_settle(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k) {
    if (rows->lists && !pt_word_lists_has(rows->lists, w))
        pt_word_lists_pack(rows->lists, w, n_k);
}

void pt_word_rows_unpack(const pt_word_rows *rows, uint32_t w, float *r) {
    const pt_word_lists *lists = rows->lists;
    if (!pt_word_lists_has(lists, w)) {
        for (size_t k = 0; k < rows->row; k++)
            r[k] = pt_float_of(pt_word_rows_at(rows, w)[k]);
        return;
    }
    for (size_t k = 0; k < rows->row; k++)
        r[k] = k < rows->K ? (float)rows->beta : 0;
    for (size_t i = lists->start[w]; i < lists->start[w] + lists->n[w]; i++)
        r[lists->topic[i]] += pt_float_of(lists->count[i]);
}

typedef struct job {
    const pt_word_rows *rows;
    pt_kernel_space *const *space;
    int n_spaces;
} job;

static void pack_block(void *user, int worker, size_t unit) {
    (void)worker;
    const pt_word_rows *rows = ((const job *)user)->rows;
    for (size_t w = unit * WORD_BLOCK; w < rows->V && w < (unit + 1) * WORD_BLOCK; w++)
        pt_word_rows_pack(rows, (uint32_t)w, rows->n_kw + w * rows->K);
}

void pt_word_rows_count(const pt_word_rows *rows, const uint32_t *word, const uint16_t *z, uint64_t N,
                        int threads) {
    memset(rows->n_kw, 0, (size_t)rows->V * rows->K * sizeof *rows->n_kw);
    for (uint64_t t = 0; t < N; t++) {
        if (t + AHEAD < N)
            __builtin_prefetch(&rows->n_kw[(size_t)word[t + AHEAD] * rows->K + z[t + AHEAD]], 1);
        rows->n_kw[(size_t)word[t] * rows->K + z[t]]++;
    }
    job shared = {.rows = rows};
    pt_parallel_for(threads, ((size_t)rows->V + WORD_BLOCK - 1) / WORD_BLOCK, pack_block, &shared);
}

/* The last change of a cell leaves it right, whatever their order. */
static void apply_changes(const pt_word_rows *rows, const pt_change_bucket *bucket) {
    const float beta = (float)rows->beta;
    const size_t K = rows->K, row = rows->row;
    for (size_t i = 0; i < bucket->n; i++) {
        if (i + AHEAD < bucket->n) {
            const pt_change *next = &bucket->at[i + AHEAD];
            __builtin_prefetch(&rows->n_kw[next->word * K + next->old], 1);
            __builtin_prefetch(&rows->n_kw[next->word * K + next->new], 1);
            __builtin_prefetch(&rows->r[next->word * row + next->old], 1);
            __builtin_prefetch(&rows->r[next->word * row + next->new], 1);
        }
        const pt_change at = bucket->at[i];
        uint32_t *n_k = rows->n_kw + at.word * K;
        uint16_t *r = rows->r + at.word * row;
        r[at.old] = pt_bfloat16((float)--n_k[at.old] + beta);
        r[at.new] = pt_bfloat16((float)++n_k[at.new] + beta);
    }
}

typedef PT_VEC(uint32_t) word_vec;

/* The same for lists. A word may have too many topics for a while, in some order of the changes; whether it
 * has in the end is seen when all of them are done. */
static void apply_to_lists(const pt_word_rows *rows, const pt_change_bucket *bucket, word_vec *full) {
    const float beta = (float)rows->beta;
    const size_t K = rows->K, row = rows->row;
    const pt_word_lists *lists = rows->lists;
    for (size_t i = 0; i < bucket->n; i++) {
        if (i + AHEAD < bucket->n) {
            const pt_change *next = &bucket->at[i + AHEAD];
            __builtin_prefetch(&rows->n_kw[next->word * K + next->old], 1);
            __builtin_prefetch(&rows->n_kw[next->word * K + next->new], 1);
            __builtin_prefetch(&lists->topic[lists->start[next->word]], 1);
            __builtin_prefetch(&lists->count[lists->start[next->word]], 1);
        }
        const pt_change at = bucket->at[i];
        uint32_t *n_k = rows->n_kw + at.word * K;
        const uint32_t less = --n_k[at.old], more = ++n_k[at.new];
        if (pt_word_lists_has(rows->lists, at.word)) {
            if (!pt_word_lists_set(rows->lists, at.word, at.old, less) ||
                !pt_word_lists_set(rows->lists, at.word, at.new, more))
                pt_vec_push(full, at.word);
            continue;
        }
        rows->r[at.word * row + at.old] = pt_bfloat16((float)less + beta);
        rows->r[at.word * row + at.new] = pt_bfloat16((float)more + beta);
    }
}

static void pack_full(const pt_word_rows *rows, const word_vec *full) {
    for (size_t i = 0; i < full->n; i++) {
        const uint32_t w = full->at[i], *n_k = rows->n_kw + (size_t)w * rows->K;
        if (!pt_word_lists_pack(rows->lists, w, n_k))
            pack_row(rows, w, n_k);
    }
}

/* Parallel unit: a bucket, of all workers. */
static void apply_bucket(void *user, int worker, size_t unit) {
    (void)worker;
    const job *shared = user;
    word_vec full = {0};
    for (int i = 0; i < shared->n_spaces; i++) {
        pt_change_bucket *bucket = &pt_kernel_space_changes(shared->space[i])->bucket[unit];
        if (shared->rows->lists)
            apply_to_lists(shared->rows, bucket, &full);
        else
            apply_changes(shared->rows, bucket);
        bucket->n = 0;
    }
    pack_full(shared->rows, &full);
    pt_vec_free(&full);
}

void pt_word_rows_apply(const pt_word_rows *rows, pt_kernel_space *const *space, int threads) {
    job shared = {rows, space, threads};
    pt_parallel_for(threads, PT_CHANGE_BUCKETS, apply_bucket, &shared);
}
