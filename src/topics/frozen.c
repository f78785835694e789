/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/frozen.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/doc_terms.h"
#include "topics/scoring.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 128, WORD_BLOCK = 64 };

pt_frozen *pt_frozen_new(uint32_t V, uint32_t n_items) {
    pt_frozen *frozen = pt_zalloc(1, sizeof *frozen);
    frozen->n_items = n_items;
    frozen->V = V;
    frozen->per_T = 1;
    frozen->log_size = pt_zalloc(n_items, sizeof *frozen->log_size);
    frozen->scale = pt_zalloc(n_items, sizeof *frozen->scale);
    frozen->prior = pt_zalloc(V, sizeof *frozen->prior);
    frozen->share = pt_zalloc(V, sizeof *frozen->share);
    frozen->cell_start = pt_zalloc((size_t)V + 1, sizeof *frozen->cell_start);
    frozen->use_start = pt_zalloc((size_t)V + 1, sizeof *frozen->use_start);
    frozen->outside_start = pt_zalloc((size_t)V + 1, sizeof *frozen->outside_start);
    return frozen;
}

void pt_frozen_free(pt_frozen *frozen) {
    if (!frozen)
        return;
    free(frozen->log_size);
    free(frozen->scale);
    free(frozen->prior);
    free(frozen->share);
    free(frozen->cell_start);
    free(frozen->cell_item);
    free(frozen->cell_mass);
    free(frozen->use_start);
    free(frozen->use);
    free(frozen->outside_start);
    free(frozen->outside);
    free(frozen);
}

void pt_frozen_set_outside(pt_frozen *frozen, const pt_seeds *outside, const pt_corpus *corpus) {
    pt_seed_uses *uses = pt_seed_uses_new(outside, corpus);
    const uint64_t n = uses->start[uses->V];
    free(frozen->outside);
    free(frozen->outside_start);
    frozen->n_outside = outside->n_items;
    frozen->outside_start = uses->start;
    frozen->outside = pt_alloc(n, sizeof *frozen->outside);
    for (uint64_t i = 0; i < n; i++)
        frozen->outside[i] = (pt_frozen_use){uses->use[i].item, uses->use[i].mass}; /* no negatives */
    uses->start = NULL;
    pt_seed_uses_free(uses);
}

void pt_frozen_take_outside(pt_frozen *frozen, pt_frozen *other) {
    assert(frozen->V == other->V);
    free(frozen->outside);
    free(frozen->outside_start);
    frozen->n_outside = other->n_outside;
    frozen->outside_start = other->outside_start;
    frozen->outside = other->outside;
    memcpy(frozen->items_digest, other->items_digest, sizeof frozen->items_digest);
    memcpy(frozen->words_digest, other->words_digest, sizeof frozen->words_digest);
    other->n_outside = 0;
    other->outside_start = pt_zalloc((size_t)other->V + 1, sizeof *other->outside_start);
    other->outside = NULL;
}

static bool are_offsets_good(const uint64_t *start, uint32_t n) {
    bool is_good = start[0] == 0;
    for (uint32_t i = 0; i < n && is_good; i++)
        is_good = start[i] <= start[i + 1];
    return is_good;
}

static bool are_numbers_good(const float *at, uint64_t n, float low) {
    bool is_good = true;
    for (uint64_t i = 0; i < n && is_good; i++)
        is_good = isfinite(at[i]) && at[i] >= low;
    return is_good;
}

static bool are_uses_good(const uint64_t *start, const pt_frozen_use *use, uint32_t V, uint32_t n_items) {
    bool is_good = are_offsets_good(start, V);
    for (uint64_t i = 0; is_good && i < start[V]; i++)
        is_good = use[i].item < n_items && isfinite(use[i].a);
    return is_good;
}

bool pt_frozen_is_good(const pt_frozen *frozen) {
    const uint32_t V = frozen->V, K = frozen->n_items;
    bool is_good = K > 0 && isfinite(frozen->per_T) && frozen->per_T > 0 && isfinite(frozen->seed_weight) &&
                   are_numbers_good(frozen->log_size, K, -INFINITY) &&
                   are_numbers_good(frozen->scale, K, 0) && are_numbers_good(frozen->prior, V, -INFINITY) &&
                   are_numbers_good(frozen->share, V, 0) && are_offsets_good(frozen->cell_start, V) &&
                   are_uses_good(frozen->use_start, frozen->use, V, K) &&
                   are_uses_good(frozen->outside_start, frozen->outside, V, frozen->n_outside);
    for (uint32_t w = 0; w < V && is_good; w++)
        for (uint64_t i = frozen->cell_start[w]; i < frozen->cell_start[w + 1] && is_good; i++)
            is_good = frozen->cell_item[i] < K && isfinite(frozen->cell_mass[i]) &&
                      (i == frozen->cell_start[w] || frozen->cell_item[i - 1] < frozen->cell_item[i]);
    return is_good;
}

typedef struct folding {
    const pt_frozen *frozen;
    const pt_table_evidence *table;
    double table_lambda;
    pt_evidence *evidence;
    pt_doc_terms *terms;
    pt_seed_uses uses;
    pt_posterior *q;
    float **scratch; /* [threads] 4 rows each, or two rows of classes */
    float *best;     /* [D] */
} folding;

static pt_bag bag_of(const folding *f, size_t d) {
    const uint64_t at = f->terms->doc_start[d];
    return (pt_bag){f->terms->word + at, f->terms->x + at, f->terms->doc_start[d + 1] - at};
}

/* The rows of log_ratio, as mixture.c computes them. */
static void expand_block(void *user, int worker, size_t unit) {
    folding *f = user;
    const pt_frozen *frozen = f->frozen;
    const uint32_t K = frozen->n_items;
    float *C = f->scratch[worker];
    for (size_t w = unit * WORD_BLOCK; w < frozen->V && w < (unit + 1) * WORD_BLOCK; w++) {
        if (!(frozen->share[w] > 0))
            continue;
        memset(C, 0, K * sizeof *C);
        for (uint64_t i = frozen->cell_start[w]; i < frozen->cell_start[w + 1]; i++)
            C[frozen->cell_item[i]] = frozen->cell_mass[i];
        pt_mixture_log_ratio(C, frozen->prior[w], frozen->scale, frozen->share[w], K,
                             f->evidence->log_ratio + w * f->evidence->row);
    }
}

static void score_block(void *user, int worker, size_t unit) {
    folding *f = user;
    const pt_frozen *frozen = f->frozen;
    const size_t row = f->evidence->row;
    float *S = f->scratch[worker], *A = S + row, *strongest = A + row, *bonus = strongest + row;
    const pt_scorer scorer = {frozen->n_items, row,           f->evidence->log_ratio, frozen->log_size,
                              &f->uses,        frozen->per_T, frozen->seed_weight,    NULL};
    for (size_t d = unit * DOC_BLOCK; d < f->evidence->D && d < (unit + 1) * DOC_BLOCK; d++) {
        memset(bonus, 0, frozen->n_items * sizeof *bonus);
        if (f->table)
            pt_score_table(f->table, f->table_lambda, frozen->n_items, (uint32_t)d, bonus);
        pt_score_document(&scorer, bag_of(f, d), bonus, S, A, strongest);
        pt_posterior_set(f->q, (uint32_t)d, S, 1);
        pt_evidence_keep(f->evidence, f->q, (uint32_t)d, S, A, strongest, bonus);
    }
}

static void outside_block(void *user, int worker, size_t unit) {
    folding *f = user;
    float *A = f->scratch[worker], *strongest = A + f->frozen->n_outside;
    for (size_t d = unit * DOC_BLOCK; d < f->terms->D && d < (unit + 1) * DOC_BLOCK; d++) {
        pt_score_seeds(&f->uses, bag_of(f, d), A, strongest);
        for (uint32_t k = 0; k < f->uses.n_items; k++)
            f->best[d] = fmaxf(f->best[d], A[k]);
    }
}

/* In the form that the scoring reads; the offsets are borrowed. */
static pt_seed_uses uses_of(uint64_t *start, const pt_frozen_use *use, uint32_t V, uint32_t n_items) {
    pt_seed_uses uses = {V, n_items, start, pt_alloc(start[V], sizeof *uses.use)};
    for (uint64_t i = 0; i < start[V]; i++)
        uses.use[i] = (pt_seed_use){use[i].item, use[i].a, 0};
    return uses;
}

static float **scratch_new(int threads, size_t n) {
    float **scratch = pt_alloc((size_t)threads, sizeof *scratch);
    for (int i = 0; i < threads; i++)
        scratch[i] = pt_zalloc_aligned(n, sizeof **scratch);
    return scratch;
}

static void scratch_free(float **scratch, int threads) {
    for (int i = 0; i < threads; i++)
        free(scratch[i]);
    free(scratch);
}

static size_t blocks(size_t n, size_t size) {
    return (n + size - 1) / size;
}

pt_status pt_frozen_evidence(const pt_frozen *frozen, const pt_corpus *corpus, const pt_table_evidence *table,
                             double table_lambda, int threads, const pt_monitor *monitor, pt_evidence **out,
                             pt_error *err) {
    *out = NULL;
    if (corpus->V != frozen->V)
        return pt_fail(err, PT_ERR_DATA, "a corpus of %u words, but the model has %u", corpus->V, frozen->V);
    const int n_workers = pt_threads(threads);
    folding f = {.frozen = frozen, .table = table_lambda > 0 ? table : NULL, .table_lambda = table_lambda};
    f.evidence = pt_evidence_new(corpus->D, corpus->V, corpus->V, frozen->n_items);
    f.terms = pt_doc_terms_new(corpus, n_workers);
    f.uses = uses_of(frozen->use_start, frozen->use, frozen->V, frozen->n_items);
    f.q = pt_posterior_new(corpus->D, frozen->n_items, f.evidence->per_document);
    f.scratch = scratch_new(n_workers, 4 * f.evidence->row);
    pt_parallel_for(n_workers, blocks(corpus->V, WORD_BLOCK), expand_block, &f);
    pt_parallel_for(n_workers, blocks(corpus->D, DOC_BLOCK), score_block, &f);
    scratch_free(f.scratch, n_workers);
    pt_posterior_free(f.q);
    free(f.uses.use);
    pt_doc_terms_free(f.terms);
    if (pt_stop_requested(monitor)) {
        pt_evidence_free(f.evidence);
        return pt_fail(err, PT_ERR_AGAIN, "stopped on request");
    }
    *out = f.evidence;
    return PT_OK;
}

float *pt_frozen_outside(const pt_frozen *frozen, const pt_corpus *corpus, int threads) {
    const int n_workers = pt_threads(threads);
    folding f = {.frozen = frozen, .best = pt_zalloc(corpus->D, sizeof *f.best)};
    f.terms = pt_doc_terms_new(corpus, n_workers);
    f.uses = uses_of(frozen->outside_start, frozen->outside, frozen->V, frozen->n_outside);
    f.scratch = scratch_new(n_workers, 2 * (size_t)frozen->n_outside + 1);
    pt_parallel_for(n_workers, blocks(corpus->D, DOC_BLOCK), outside_block, &f);
    scratch_free(f.scratch, n_workers);
    free(f.uses.use);
    pt_doc_terms_free(f.terms);
    return f.best;
}
