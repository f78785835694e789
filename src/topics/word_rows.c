/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/word_rows.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORD_BLOCK = 64,
    AHEAD = 16,
    SMALL = 256,       /* counts below are exact in bfloat16 */
    WHOLE = 1u << 31,  /* flag in kept: the word's cells do not tell any count */
    UNKEPT = WHOLE - 1 /* in kept: the word's cells tell every count */
};

pt_word_rows pt_word_rows_new(uint32_t V, uint32_t K, double beta, bool keep_counts, uint32_t n_owners) {
    pt_word_rows rows = {.V = V, .K = K, .beta = beta, .has_counts = keep_counts, .n_owners = n_owners};
    rows.row = ((size_t)K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    if (n_owners > 1)
        rows.r = pt_zalloc_aligned(pt_word_places(V, n_owners) * rows.row, sizeof *rows.r);
    return rows;
}

static void free_cells(pt_word_rows *rows) {
    free(rows->n_kw);
    free(rows->kept);
    free(rows->place);
    pt_word_lists_free(rows->lists);
    rows->n_kw = NULL;
    rows->kept = rows->place = NULL;
    rows->lists = NULL;
    if (rows->n_owners > 1)
        return;
    free(rows->r);
    rows->r = NULL;
}

void pt_word_rows_free(pt_word_rows *rows) {
    rows->n_owners = 1;
    free_cells(rows);
}

/* Rows of the words whose lists may be too short. */
static size_t deal_rows(pt_word_rows *rows, const int64_t *n_w) {
    if (!rows->lists)
        return rows->V;
    rows->place = pt_alloc(rows->V, sizeof *rows->place);
    uint32_t n = 0;
    for (uint32_t w = 0; w < rows->V; w++)
        rows->place[w] = n_w[w] > (int64_t)(rows->K / PT_LIST_SHARE) ? n++ : 0;
    return n;
}

/* Counts of the words that can have one that a cell does not tell. */
static void deal_counts(pt_word_rows *rows, const int64_t *n_w) {
    rows->kept = pt_alloc(rows->V, sizeof *rows->kept);
    rows->has_whole = false;
    uint32_t n = 0;
    for (uint32_t w = 0; w < rows->V; w++) {
        const bool is_whole = n_w[w] == PT_WORD_WHOLE || rows->beta >= .5;
        rows->has_whole |= is_whole;
        rows->kept[w] = is_whole || n_w[w] >= SMALL ? n++ : (uint32_t)UNKEPT;
        rows->kept[w] |= is_whole ? (uint32_t)WHOLE : 0;
    }
    rows->n_kw = pt_zalloc((size_t)n * rows->K, sizeof *rows->n_kw);
}

void pt_word_rows_begin(pt_word_rows *rows, const int64_t *n_w, bool with_lists) {
    free_cells(rows);
    if (with_lists)
        rows->lists = pt_word_lists_new(rows->V, rows->K, n_w);
    if (rows->n_owners == 1)
        rows->r = pt_zalloc_aligned(deal_rows(rows, n_w) * rows->row, sizeof *rows->r);
    if (rows->has_counts)
        deal_counts(rows, n_w);
}

void pt_word_rows_set(const pt_word_rows *rows, uint32_t w, uint32_t k, float value) {
    pt_word_rows_at(rows, w)[k] = pt_bfloat16(value);
}

/* --- counts --- */

/* Counts of a word for which its cells are not enough. */
static uint32_t *kept_of(const pt_word_rows *rows, uint32_t w) {
    return rows->n_kw + (size_t)(rows->kept[w] & UNKEPT) * rows->K;
}

/* n_kw of a cell (of a list) that holds n_kw, or (of a row) n_kw + beta with the same fraction. */
static uint32_t count_of(const pt_word_rows *rows, uint32_t w, uint32_t k, uint16_t cell, float half) {
    const uint32_t n = (uint32_t)(pt_float_of(cell) + half);
    return n >= SMALL || rows->kept[w] & WHOLE ? kept_of(rows, w)[k] : n;
}

static void keep_count(const pt_word_rows *rows, uint32_t w, uint32_t k, uint32_t n) {
    if (n >= SMALL || rows->kept[w] & WHOLE)
        kept_of(rows, w)[k] = n;
}

/* What turns a cell of a row into its count, rounded down: bfloat16 rounds n + beta to n from 128 on and is
 * off by less than a quarter below, for any beta below a half. */
static float half_of(const pt_word_rows *rows) {
    return .5f - (float)rows->beta;
}

const uint32_t *pt_word_rows_counts(const pt_word_rows *rows, uint32_t w, uint32_t *room) {
    if (rows->kept[w] & WHOLE)
        return kept_of(rows, w);
    const uint32_t *big = rows->kept[w] == UNKEPT ? NULL : kept_of(rows, w);
    if (pt_word_lists_has(rows->lists, w)) {
        const pt_word_lists *lists = rows->lists;
        memset(room, 0, rows->K * sizeof *room);
        for (size_t i = lists->start[w]; i < lists->start[w] + lists->n[w]; i++)
            room[lists->topic[i]] = (uint32_t)pt_float_of(lists->count[i]);
    } else {
        const uint16_t *r = pt_word_rows_at(rows, w);
        const float half = half_of(rows);
        for (uint32_t k = 0; k < rows->K; k++)
            room[k] = (uint32_t)(int32_t)(pt_float_of(r[k]) + half);
    }
    for (uint32_t k = 0; big && k < rows->K; k++)
        room[k] = room[k] >= SMALL ? big[k] : room[k];
    return room;
}

/* Counts of a row that are not 0; most are, and most cells then hold the same. */
static size_t nonzero_of_row(const pt_word_rows *rows, uint32_t w, uint32_t *n_k) {
    const uint16_t none = pt_bfloat16((float)rows->beta), *r = pt_word_rows_at(rows, w);
    const float half = half_of(rows);
    size_t n = 0;
    for (uint32_t first = 0; first < rows->K; first += PT_KERNEL_ROW) {
        uint16_t any = 0;
        for (uint32_t k = first; k < first + PT_KERNEL_ROW; k++)
            any |= r[k] ^ none;
        for (uint32_t k = first; any && k < first + PT_KERNEL_ROW && k < rows->K; k++)
            if (r[k] != none)
                n_k[n++] = count_of(rows, w, k, r[k], half);
    }
    return n;
}

size_t pt_word_rows_nonzero(const pt_word_rows *rows, uint32_t w, uint32_t *n_k) {
    const pt_word_lists *lists = rows->lists;
    size_t n = 0;
    if (rows->kept[w] & WHOLE) {
        const uint32_t *kept = kept_of(rows, w);
        for (uint32_t k = 0; k < rows->K; k++)
            if (kept[k])
                n_k[n++] = kept[k];
        return n;
    }
    if (!pt_word_lists_has(lists, w))
        return nonzero_of_row(rows, w, n_k);
    for (size_t i = lists->start[w]; i < lists->start[w] + lists->n[w]; i++)
        n_k[n++] = count_of(rows, w, lists->topic[i], lists->count[i], 0);
    return n;
}

/* --- cells of a whole word --- */

static void pack_row(const pt_word_rows *rows, uint32_t w, const uint32_t *n_k) {
    const float beta = (float)rows->beta;
    uint16_t *r = pt_word_rows_at(rows, w);
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

/* --- changes --- */

/* A list that has become too long turns into a row. */
static void spill(const pt_word_rows *rows, uint32_t w) {
    uint32_t *n_k = pt_alloc(rows->K, sizeof *n_k);
    pack_row(rows, w, pt_word_rows_counts(rows, w, n_k));
    rows->lists->n[w] = PT_LIST_NONE;
    free(n_k);
}

static void add_to_row(const pt_word_rows *rows, uint32_t w, uint32_t k, uint32_t change) {
    uint16_t *cell = &pt_word_rows_at(rows, w)[k];
    const uint32_t n = count_of(rows, w, k, *cell, half_of(rows)) + change;
    keep_count(rows, w, k, n);
    *cell = pt_bfloat16((float)n + (float)rows->beta);
}

/* False: the list has no room for another topic, and nothing is changed. */
static bool add_to_list(const pt_word_rows *rows, uint32_t w, uint32_t k, uint32_t change) {
    const pt_word_lists *lists = rows->lists;
    const size_t at = pt_word_lists_find(lists, w, k);
    const bool is_there = at < lists->start[w] + lists->n[w] && lists->topic[at] == k;
    const uint32_t n = (is_there ? count_of(rows, w, k, lists->count[at], 0) : 0) + change;
    if (!pt_word_lists_set(lists, w, at, k, n))
        return false;
    keep_count(rows, w, k, n);
    return true;
}

/* True when the word has lost its list. */
static bool add_to_word(const pt_word_rows *rows, uint32_t w, uint32_t k, uint32_t change) {
    if (pt_word_lists_has(rows->lists, w)) {
        if (add_to_list(rows, w, k, change))
            return false;
        spill(rows, w);
        add_to_row(rows, w, k, change);
        return true;
    }
    add_to_row(rows, w, k, change);
    return false;
}

typedef struct job {
    const pt_word_rows *rows;
    pt_kernel_space *const *space;
    int n_spaces;
} job;

/* Rows of no token yet. */
static void empty_block(void *user, int worker, size_t unit) {
    (void)worker;
    const pt_word_rows *rows = ((const job *)user)->rows;
    const uint16_t none = pt_bfloat16((float)rows->beta);
    for (size_t w = unit * WORD_BLOCK; w < rows->V && w < (unit + 1) * WORD_BLOCK; w++)
        for (uint32_t k = 0; k < rows->K; k++)
            pt_word_rows_at(rows, (uint32_t)w)[k] = none;
}

void pt_word_rows_count(const pt_word_rows *rows, const uint32_t *word, const uint16_t *z, uint64_t N,
                        int threads) {
    job shared = {.rows = rows};
    if (!rows->lists)
        pt_parallel_for(threads, ((size_t)rows->V + WORD_BLOCK - 1) / WORD_BLOCK, empty_block, &shared);
    for (uint64_t t = 0; t < N; t++) {
        if (t + AHEAD < N && !rows->lists)
            __builtin_prefetch(&pt_word_rows_at(rows, word[t + AHEAD])[z[t + AHEAD]], 1);
        add_to_word(rows, word[t], z[t], 1);
    }
}

static void prefetch_change(const pt_word_rows *rows, const pt_change *next) {
    const uint16_t *r = rows->r + next->word * rows->row;
    __builtin_prefetch(&r[next->old], 1);
    __builtin_prefetch(&r[next->new], 1);
    if (!rows->has_whole || !(rows->kept[next->word] & WHOLE))
        return;
    const uint32_t *n_k = kept_of(rows, next->word);
    __builtin_prefetch(&n_k[next->old], 1);
    __builtin_prefetch(&n_k[next->new], 1);
}

/* The last change of a cell leaves it right, whatever their order. */
static void apply_changes(const pt_word_rows *rows, const pt_change_bucket *bucket) {
    const float beta = (float)rows->beta, half = half_of(rows);
    for (size_t i = 0; i < bucket->n; i++) {
        if (i + AHEAD < bucket->n)
            prefetch_change(rows, &bucket->at[i + AHEAD]);
        const pt_change at = bucket->at[i];
        uint16_t *r = rows->r + at.word * rows->row;
        const float less = pt_float_of(r[at.old]), more = pt_float_of(r[at.new]);
        if (rows->has_whole && rows->kept[at.word] & WHOLE) {
            uint32_t *n_k = kept_of(rows, at.word);
            r[at.old] = pt_bfloat16((float)--n_k[at.old] + beta);
            r[at.new] = pt_bfloat16((float)++n_k[at.new] + beta);
        } else if (less >= SMALL - 1 || more >= SMALL - 1) {
            add_to_row(rows, at.word, at.old, (uint32_t)-1);
            add_to_row(rows, at.word, at.new, 1);
        } else {
            r[at.old] = pt_bfloat16((float)((int32_t)(less + half) - 1) + beta);
            r[at.new] = pt_bfloat16((float)((int32_t)(more + half) + 1) + beta);
        }
    }
}

typedef PT_VEC(uint32_t) word_vec;

/* The same for lists. A word may have too many topics for a while, in some order of the changes; whether it
 * has in the end is seen when all of them are done. */
static void apply_to_lists(const pt_word_rows *rows, const pt_change_bucket *bucket, word_vec *full) {
    const pt_word_lists *lists = rows->lists;
    for (size_t i = 0; i < bucket->n; i++) {
        if (i + AHEAD < bucket->n) {
            const uint32_t w = bucket->at[i + AHEAD].word, n = pt_word_lists_has(lists, w) ? lists->n[w] : 0;
            for (uint32_t j = 0; j < n; j += 2 * PT_LIST_STEP) {
                __builtin_prefetch(&lists->topic[lists->start[w] + j], 1);
                __builtin_prefetch(&lists->count[lists->start[w] + j], 1);
            }
        }
        const pt_change at = bucket->at[i];
        add_to_word(rows, at.word, at.old, (uint32_t)-1);
        if (add_to_word(rows, at.word, at.new, 1))
            pt_vec_push(full, at.word);
    }
}

static void pack_full(const pt_word_rows *rows, const word_vec *full) {
    uint32_t *n_k = full->n ? pt_alloc(rows->K, sizeof *n_k) : NULL;
    for (size_t i = 0; i < full->n; i++)
        pt_word_rows_settle(rows, full->at[i], pt_word_rows_counts(rows, full->at[i], n_k));
    free(n_k);
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
