/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/sampler.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/model.h"
#include "topics/slices.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BLOCK = PT_WORD_BLOCK };

static uint64_t times(const pt_corpus *corpus, uint64_t i, uint32_t title_weight) {
    const uint8_t flags = corpus->flags[i];
    return flags & PT_TOKEN_PART ? 0 : flags & PT_TOKEN_TITLE ? title_weight : 1;
}

static void repeat_tokens(pt_sampler *sampler, const pt_corpus *corpus) {
    const uint32_t title_weight = sampler->params.title_weight;
    sampler->own_word = pt_alloc(sampler->N, sizeof *sampler->own_word);
    sampler->word = sampler->own_word;
    uint64_t n = 0;
    for (uint32_t d = 0; d < corpus->D; d++) {
        sampler->doc_start[d] = n;
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++)
            for (uint64_t copies = times(corpus, i, title_weight); copies > 0; copies--)
                sampler->own_word[n++] = corpus->word[i];
    }
    sampler->doc_start[corpus->D] = n;
}

static void take_tokens(pt_sampler *sampler, const pt_corpus *corpus, bool once_each) {
    sampler->z = pt_zalloc(sampler->N, sizeof *sampler->z);
    sampler->doc_start = pt_alloc((size_t)sampler->D + 1, sizeof *sampler->doc_start);
    if (!once_each) {
        repeat_tokens(sampler, corpus);
        return;
    }
    memcpy(sampler->doc_start, corpus->doc_start, ((size_t)sampler->D + 1) * sizeof *sampler->doc_start);
    sampler->word = corpus->word;
}

static void list_positions(pt_sampler *sampler) {
    sampler->word_start = pt_zalloc((size_t)sampler->V + 1, sizeof *sampler->word_start);
    sampler->position = pt_alloc(sampler->N, sizeof *sampler->position);
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->word_start[sampler->word[t] + 1]++;
    for (uint32_t w = 0; w < sampler->V; w++)
        sampler->word_start[w + 1] += sampler->word_start[w];
    uint64_t *next = pt_alloc(sampler->V, sizeof *next);
    memcpy(next, sampler->word_start, (size_t)sampler->V * sizeof *next);
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->position[next[sampler->word[t]]++] = (uint32_t)t;
    free(next);
}

/* Which part of the whole corpus this is. */
static void take_place(pt_sampler *sampler, const pt_corpus *corpus, uint64_t all_tokens) {
    pt_ranks *ranks = sampler->ranks = sampler->params.ranks;
    sampler->first_doc = corpus->first_doc;
    sampler->all_docs = pt_corpus_total(corpus);
    sampler->all_tokens = all_tokens;
    const uint32_t n_shards = pt_shards_of(sampler->all_docs);
    sampler->first_shard = (uint32_t)pt_ranks_first(n_shards, pt_ranks_rank(ranks), pt_ranks_size(ranks));
    sampler->end_shard = (uint32_t)pt_ranks_first(n_shards, pt_ranks_rank(ranks) + 1, pt_ranks_size(ranks));
    assert(pt_shard_document(sampler->all_docs, sampler->first_shard) == corpus->first_doc);
    assert(pt_shard_document(sampler->all_docs, sampler->end_shard) == corpus->first_doc + corpus->D);
}

/* Words that any rank has. */
static void find_words(pt_sampler *sampler) {
    int64_t *n = pt_alloc(sampler->V, sizeof *n);
    for (uint32_t w = 0; w < sampler->V; w++)
        n[w] = sampler->word_start[w] < sampler->word_start[w + 1];
    pt_ranks_max(sampler->ranks, n, sampler->V);
    sampler->has_word = pt_alloc(sampler->V, sizeof *sampler->has_word);
    for (uint32_t w = 0; w < sampler->V; w++)
        sampler->has_word[w] = n[w] > 0;
    free(n);
}

/* Counts of all ranks, kept whole where they fit, else by the words' owners. */
static void prepare_ranks(pt_sampler *sampler) {
    const uint64_t most = sampler->params.counts_bytes,
                   need = sampler->V *
                          (sampler->params.K * sizeof(uint32_t) + sampler->row / 2 * sizeof(uint32_t));
    const bool is_split = most > 0 && need > most;
    sampler->exchange =
        pt_exchange_new(sampler->ranks, sampler->V, sampler->params.K, is_split, sampler->params.threads);
    sampler->old_z = pt_alloc(sampler->N, sizeof *sampler->old_z);
    find_words(sampler);
    if (!is_split)
        return;
    sampler->rows = pt_word_rows_new(sampler->ranks, sampler->exchange, sampler->V, sampler->row / 2);
    sampler->place = pt_alloc(sampler->N, sizeof *sampler->place);
}

pt_status pt_sampler_new(const pt_corpus *corpus, const pt_sampler_params *params, pt_sampler **out,
                         pt_error *err) {
    *out = NULL;
    uint64_t N = 0;
    bool once_each = true;
    for (uint64_t i = 0; i < corpus->doc_start[corpus->D]; i++) {
        const uint64_t n = times(corpus, i, params->title_weight);
        N += n;
        once_each = once_each && n == 1;
    }
    int64_t all_tokens = (int64_t)N;
    pt_ranks_sum(params->ranks, &all_tokens, 1);
    pt_status status = PT_OK;
    if (all_tokens == 0 || N > UINT32_MAX)
        status = pt_fail(err, PT_ERR_DATA, "%llu tokens: the sampler takes 1 to %u on each rank",
                         (unsigned long long)N, UINT32_MAX);
    if ((status = pt_ranks_agree(params->ranks, status, err)))
        return status;
    pt_sampler *sampler = pt_zalloc(1, sizeof *sampler);
    sampler->params = *params;
    take_place(sampler, corpus, (uint64_t)all_tokens);
    sampler->params.threads = pt_threads(params->threads);
    sampler->D = corpus->D;
    sampler->V = corpus->V;
    sampler->N = N;
    take_tokens(sampler, corpus, once_each);
    list_positions(sampler);
    const size_t row = ((size_t)params->K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    sampler->row = row;
    sampler->topic_total = pt_zalloc(params->K, sizeof *sampler->topic_total);
    sampler->alpha = pt_zalloc(params->K, sizeof *sampler->alpha);
    sampler->alpha_row = pt_zalloc_aligned(row, sizeof *sampler->alpha_row);
    sampler->own_less = pt_zalloc_aligned(row, sizeof *sampler->own_less);
    sampler->own_scale = pt_zalloc_aligned(row, sizeof *sampler->own_scale);
    sampler->own_least = pt_zalloc_aligned(row, sizeof *sampler->own_least);
    sampler->full = pt_zalloc_aligned(row, sizeof *sampler->full);
    const size_t n_threads = (size_t)sampler->params.threads;
    sampler->space = pt_alloc(n_threads, sizeof *sampler->space);
    sampler->count = pt_alloc(n_threads, sizeof *sampler->count);
    sampler->exact = pt_alloc(n_threads, sizeof *sampler->exact);
    for (size_t i = 0; i < n_threads; i++) {
        sampler->space[i] = pt_kernel_space_new(row);
        sampler->count[i] = pt_zalloc_aligned(row, sizeof **sampler->count);
        sampler->exact[i] = pt_zalloc_aligned(row, sizeof **sampler->exact);
    }
    sampler->block_likelihood =
        pt_zalloc(((size_t)corpus->V + WORD_BLOCK - 1) / WORD_BLOCK, sizeof *sampler->block_likelihood);
    if (pt_ranks_size(sampler->ranks) > 1)
        prepare_ranks(sampler);
    if (!sampler->rows)
        sampler->phi = pt_zalloc_aligned(corpus->V * (row / 2), sizeof *sampler->phi);
    *out = sampler;
    return PT_OK;
}

void pt_sampler_free(pt_sampler *sampler) {
    if (!sampler)
        return;
    for (int i = 0; i < sampler->params.threads; i++) {
        pt_kernel_space_free(sampler->space[i]);
        free(sampler->count[i]);
        free(sampler->exact[i]);
    }
    free(sampler->space);
    free(sampler->count);
    free(sampler->exact);
    free(sampler->doc_start);
    free(sampler->own_word);
    free(sampler->z);
    free(sampler->topic_total);
    free(sampler->alpha);
    free(sampler->boosts.start);
    free(sampler->boosts.topic);
    free(sampler->boosts.value);
    pt_keywords_free(sampler->keywords);
    free(sampler->word_start);
    free(sampler->position);
    free(sampler->phi);
    free(sampler->alpha_row);
    free(sampler->own_less);
    free(sampler->own_scale);
    free(sampler->own_least);
    free(sampler->full);
    free(sampler->block_likelihood);
    pt_exchange_free(sampler->exchange);
    free(sampler->old_z);
    free(sampler->has_word);
    pt_word_rows_free(sampler->rows);
    free(sampler->place);
    free(sampler);
}

/* n_kw of this rank's tokens of a word into count [row]. */
static void count_own(const pt_sampler *sampler, uint32_t w, uint32_t *count) {
    enum { AHEAD = 24 };
    const uint64_t end = sampler->word_start[w + 1];
    memset(count, 0, sampler->row * sizeof *count);
    for (uint64_t i = sampler->word_start[w]; i < end; i++) {
        if (i + AHEAD < sampler->N)
            __builtin_prefetch(sampler->z + sampler->position[i + AHEAD]);
        count[sampler->z[sampler->position[i]]]++;
    }
}

void pt_sampler_count_word(const pt_sampler *sampler, uint32_t w, uint32_t *count) {
    if (!sampler->exchange) {
        count_own(sampler, w, count);
        return;
    }
    const uint32_t K = sampler->params.K;
    memcpy(count, pt_exchange_row(sampler->exchange, w), K * sizeof *count);
    memset(count + K, 0, (sampler->row - K) * sizeof *count);
}

/* pt_exchange_source: topics now less topics at the last exchange; at the beginning there are none. */
static bool list_changes(void *user, int worker, uint32_t block, int32_t *change) {
    enum { AHEAD = 24 };
    (void)worker;
    pt_sampler *sampler = user;
    const uint32_t K = sampler->params.K;
    bool any = false;
    for (uint32_t w = block * PT_WORD_BLOCK; w < sampler->V && w < (block + 1) * PT_WORD_BLOCK; w++) {
        int32_t *of_word = change + (size_t)(w % PT_WORD_BLOCK) * K;
        for (uint64_t i = sampler->word_start[w]; i < sampler->word_start[w + 1]; i++) {
            if (i + AHEAD < sampler->N) {
                __builtin_prefetch(sampler->z + sampler->position[i + AHEAD]);
                __builtin_prefetch(sampler->old_z + sampler->position[i + AHEAD]);
            }
            const uint32_t t = sampler->position[i];
            const uint16_t old = sampler->old_z[t], new = sampler->z[t];
            if (old == new)
                continue;
            any = true;
            of_word[new]++;
            if (old != PT_NO_TOPIC)
                of_word[old]--;
            sampler->old_z[t] = new;
        }
    }
    return any;
}

/* Changes of all threads and ranks since the last merge into n_k and n_kw. */
static void merge(pt_sampler *sampler, int64_t *change) {
    const uint32_t K = sampler->params.K;
    pt_ranks_sum(sampler->ranks, change, (size_t)K + 1);
    for (uint32_t k = 0; k < K; k++)
        sampler->topic_total[k] += (uint64_t)change[k]; /* modulo 2^64: a negative change subtracts */
    sampler->n_changed += (uint64_t)change[K];
    if (sampler->exchange)
        pt_exchange_run(sampler->exchange, list_changes, sampler);
}

void pt_sampler_begin(pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    int64_t *change = pt_zalloc((size_t)K + 1, sizeof *change);
    for (uint64_t t = 0; t < sampler->N; t++)
        change[sampler->z[t]]++;
    if (sampler->exchange) {
        pt_exchange_clear(sampler->exchange);
        memset(sampler->old_z, 0xFF, sampler->N * sizeof *sampler->old_z);
    }
    memset(sampler->topic_total, 0, K * sizeof *sampler->topic_total);
    merge(sampler, change);
    free(change);
}

bool pt_sampler_keeps(const pt_sampler *sampler, uint32_t w) {
    return !sampler->exchange || pt_exchange_row(sampler->exchange, w);
}

bool pt_sampler_has_word(const pt_sampler *sampler, uint32_t w) {
    if (!sampler->exchange)
        return sampler->word_start[w] < sampler->word_start[w + 1];
    return sampler->has_word[w];
}

static void draw_keywords_block(void *user, int worker, size_t unit) {
    pt_sampler *sampler = user;
    pt_keywords *keywords = sampler->keywords;
    uint32_t *count = sampler->count[worker];
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++) {
        if (keywords->use_start[w] == keywords->use_start[w + 1] || !pt_sampler_keeps(sampler, (uint32_t)w))
            continue;
        pt_sampler_count_word(sampler, (uint32_t)w, count);
        for (uint32_t i = keywords->use_start[w]; i < keywords->use_start[w + 1]; i++) {
            const pt_keyword_use use = keywords->use[i];
            pt_keywords_draw(keywords, use.item, use.pair, count[use.item], sampler->params.seed);
        }
    }
}

/* What phi and the kernel need of each topic. Taking one token out of n0_k turns (n0 + beta) full into
 * (n0 - 1 + beta) full', full' = own_scale full; the token of a keyword is taken out of n0 too, which is
 * nearly the same because full and key are both close to 1 / n_k. */
static void prepare_topics(pt_sampler *sampler) {
    const pt_keywords *keywords = sampler->keywords;
    const double mass = sampler->V * sampler->params.beta;
    for (uint32_t k = 0; k < sampler->params.K; k++) {
        const double n = (double)sampler->topic_total[k];
        const bool is_item = keywords && k < keywords->n_items;
        const double n1 = is_item ? (double)keywords->n1_total[k] : 0, n0 = n - n1;
        const bool has_keywords = is_item && keywords->start[k + 1] > keywords->start[k];
        double scale = n0 >= 1 ? (n0 + mass) / (n0 - 1 + mass) : 1;
        if (has_keywords && n0 >= 1) {
            const double gammas = keywords->gamma0 + keywords->gamma1;
            scale *=
                (n0 - 1 + keywords->gamma0) * (n + gammas) / ((n0 + keywords->gamma0) * (n - 1 + gammas));
        }
        sampler->full[k] = (float)(is_item ? keywords->full[k] : 1 / (n + mass));
        sampler->own_less[k] = sampler->full[k];
        sampler->own_scale[k] = (float)scale;
        sampler->own_least[k] = (float)(sampler->params.beta * scale) * sampler->full[k];
        sampler->alpha_row[k] = (float)sampler->alpha[k];
    }
}

/* phi of one word, exactly: [row] floats. */
static void fill_row(const pt_sampler *sampler, size_t w, const uint32_t *count, float *phi) {
    const pt_keywords *keywords = sampler->keywords;
    const float beta = (float)sampler->params.beta;
    for (size_t k = 0; k < sampler->row; k++)
        phi[k] = ((float)count[k] + beta) * sampler->full[k];
    for (uint32_t i = keywords ? keywords->use_start[w] : 0; keywords && i < keywords->use_start[w + 1];
         i++) {
        const pt_keyword_use use = keywords->use[i];
        phi[use.item] =
            (float)((keywords->n0[use.pair] + keywords->beta) * keywords->full[use.item] +
                    (keywords->n1[use.pair] + keywords->keyword_mass * keywords->strength[use.pair]) *
                        keywords->key[use.item]);
    }
}

static void fill_phi_block(void *user, int worker, size_t unit) {
    pt_sampler *sampler = user;
    uint32_t *count = sampler->count[worker];
    float *exact = sampler->exact[worker];
    double sum = 0;
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++) {
        if (!pt_sampler_has_word(sampler, (uint32_t)w) || !pt_sampler_keeps(sampler, (uint32_t)w))
            continue;
        pt_sampler_count_word(sampler, (uint32_t)w, count);
        fill_row(sampler, w, count, exact);
        uint32_t *phi = sampler->rows ? pt_word_rows_own(sampler->rows, (uint32_t)w)
                                      : sampler->phi + w * (sampler->row / 2);
        for (size_t k = 0; k < sampler->row; k += PT_KERNEL_ROW, phi += PT_KERNEL_LANES)
            for (size_t l = 0; l < PT_KERNEL_LANES; l++)
                phi[l] = pt_phi_pack(exact[k + l], exact[k + PT_KERNEL_LANES + l]);
        for (size_t k = 0; sampler->with_likelihood && k < sampler->params.K; k++)
            if (count[k])
                sum += count[k] * (double)logf(exact[k]);
    }
    sampler->block_likelihood[unit] = sum;
}

/* Every pair was drawn by the rank that keeps its word. */
static void share_keywords(pt_sampler *sampler) {
    pt_keywords *keywords = sampler->keywords;
    int64_t *n = pt_zalloc(2 * (size_t)keywords->n_pairs, sizeof *n);
    for (uint32_t i = 0; i < keywords->n_pairs; i++)
        if (pt_sampler_keeps(sampler, keywords->word[i])) {
            n[2 * i] = keywords->n0[i];
            n[2 * i + 1] = keywords->n1[i];
        }
    pt_ranks_sum(sampler->ranks, n, 2 * (size_t)keywords->n_pairs);
    for (uint32_t i = 0; i < keywords->n_pairs; i++) {
        keywords->n0[i] = (uint32_t)n[2 * i];
        keywords->n1[i] = (uint32_t)n[2 * i + 1];
    }
    free(n);
}

/* Every block's sum was taken by the rank that keeps its words; those of the others are 0, all bits of them.
 */
static void share_likelihood(pt_sampler *sampler, size_t n_blocks) {
    int64_t *bits = pt_alloc(n_blocks, sizeof *bits);
    memcpy(bits, sampler->block_likelihood, n_blocks * sizeof *bits);
    pt_ranks_sum(sampler->ranks, bits, n_blocks);
    memcpy(sampler->block_likelihood, bits, n_blocks * sizeof *bits);
    free(bits);
}

void pt_sampler_refresh(pt_sampler *sampler, bool with_likelihood) {
    sampler->with_likelihood = with_likelihood;
    const size_t n_blocks = ((size_t)sampler->V + WORD_BLOCK - 1) / WORD_BLOCK;
    if (sampler->keywords) {
        pt_parallel_for(sampler->params.threads, n_blocks, draw_keywords_block, sampler);
        if (sampler->rows)
            share_keywords(sampler);
        pt_keywords_close_draws(sampler->keywords, sampler->topic_total, sampler->V);
    }
    prepare_topics(sampler);
    pt_parallel_for(sampler->params.threads, n_blocks, fill_phi_block, sampler);
    if (with_likelihood && sampler->rows)
        share_likelihood(sampler, n_blocks);
    if (with_likelihood)
        sampler->log_likelihood = 0;
    for (size_t b = 0; with_likelihood && b < n_blocks; b++)
        sampler->log_likelihood += sampler->block_likelihood[b];
}

void pt_sampler_sweep(pt_sampler *sampler) {
    const uint64_t N = sampler->all_tokens,
                   S = sampler->params.sub_sweeps < N ? sampler->params.sub_sweeps : N;
    const uint32_t K = sampler->params.K;
    int64_t *change = pt_alloc((size_t)K + 1, sizeof *change);
    assert(S > 0);
    sampler->n_changed = 0;
    for (uint64_t s = 0; s < S; s++) {
        pt_sampler_refresh(sampler, s == 0);
        memset(change, 0, ((size_t)K + 1) * sizeof *change);
        pt_slice_draw(sampler, s, S, change);
        merge(sampler, change);
    }
    free(change);
    sampler->n_sweeps++;
}

bool pt_sampler_is_consistent(const pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    int64_t *total = pt_zalloc(K, sizeof *total);
    bool is_good = true;
    for (uint64_t t = 0; t < sampler->N; t++) {
        is_good = is_good && sampler->z[t] < K;
        if (sampler->z[t] < K)
            total[sampler->z[t]]++;
    }
    pt_ranks_sum(sampler->ranks, total, K);
    is_good = is_good && memcmp(total, sampler->topic_total, K * sizeof *total) == 0;
    free(total);
    return is_good;
}
