/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/sampler.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 64, WORD_BLOCK = 32 };

static uint64_t times(const pt_corpus *corpus, uint64_t i, uint32_t title_weight) {
    const uint8_t flags = corpus->flags[i];
    return flags & PT_TOKEN_PART ? 0 : flags & PT_TOKEN_TITLE ? title_weight : 1;
}

static void take_tokens(pt_sampler *sampler, const pt_corpus *corpus) {
    const uint32_t title_weight = sampler->params.title_weight;
    sampler->word = pt_alloc(sampler->N, sizeof *sampler->word);
    sampler->z = pt_zalloc(sampler->N, sizeof *sampler->z);
    sampler->doc_start = pt_alloc((size_t)sampler->D + 1, sizeof *sampler->doc_start);
    uint64_t n = 0;
    for (uint32_t d = 0; d < corpus->D; d++) {
        sampler->doc_start[d] = n;
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++)
            for (uint64_t copies = times(corpus, i, title_weight); copies > 0; copies--)
                sampler->word[n++] = corpus->word[i];
    }
    sampler->doc_start[corpus->D] = n;
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

pt_status pt_sampler_new(const pt_corpus *corpus, const pt_sampler_params *params, pt_sampler **out,
                         pt_error *err) {
    *out = NULL;
    uint64_t N = 0;
    for (uint64_t i = 0; i < corpus->doc_start[corpus->D]; i++)
        N += times(corpus, i, params->title_weight);
    if (N == 0 || N > UINT32_MAX)
        return pt_fail(err, PT_ERR_DATA, "%llu tokens: the sampler takes 1 to %u", (unsigned long long)N,
                       UINT32_MAX);
    pt_sampler *sampler = pt_zalloc(1, sizeof *sampler);
    sampler->params = *params;
    sampler->params.threads = pt_threads(params->threads);
    sampler->D = corpus->D;
    sampler->V = corpus->V;
    sampler->N = N;
    take_tokens(sampler, corpus);
    list_positions(sampler);
    const size_t row = ((size_t)params->K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    sampler->row = row;
    sampler->topic_total = pt_zalloc(params->K, sizeof *sampler->topic_total);
    sampler->alpha = pt_zalloc(params->K, sizeof *sampler->alpha);
    sampler->phi = pt_zalloc_aligned(corpus->V * (row / 2), sizeof *sampler->phi);
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
    free(sampler->word);
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
    free(sampler);
}

void pt_sampler_begin(pt_sampler *sampler) {
    memset(sampler->topic_total, 0, sampler->params.K * sizeof *sampler->topic_total);
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->topic_total[sampler->z[t]]++;
}

void pt_sampler_count_word(const pt_sampler *sampler, uint32_t w, uint32_t *count) {
    enum { AHEAD = 24 };
    const uint64_t end = sampler->word_start[w + 1];
    memset(count, 0, sampler->row * sizeof *count);
    for (uint64_t i = sampler->word_start[w]; i < end; i++) {
        if (i + AHEAD < sampler->N)
            __builtin_prefetch(sampler->z + sampler->position[i + AHEAD]);
        count[sampler->z[sampler->position[i]]]++;
    }
}

static void draw_keywords_block(void *user, int worker, size_t unit) {
    pt_sampler *sampler = user;
    pt_keywords *keywords = sampler->keywords;
    uint32_t *count = sampler->count[worker];
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++) {
        if (keywords->use_start[w] == keywords->use_start[w + 1])
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
        if (sampler->word_start[w] == sampler->word_start[w + 1])
            continue;
        pt_sampler_count_word(sampler, (uint32_t)w, count);
        fill_row(sampler, w, count, exact);
        uint32_t *phi = sampler->phi + w * (sampler->row / 2);
        for (size_t k = 0; k < sampler->row; k += PT_KERNEL_ROW, phi += PT_KERNEL_LANES)
            for (size_t l = 0; l < PT_KERNEL_LANES; l++)
                phi[l] = pt_phi_pack(exact[k + l], exact[k + PT_KERNEL_LANES + l]);
        for (size_t k = 0; sampler->with_likelihood && k < sampler->params.K; k++)
            if (count[k])
                sum += count[k] * (double)logf(exact[k]);
    }
    sampler->block_likelihood[unit] = sum;
}

void pt_sampler_refresh(pt_sampler *sampler, bool with_likelihood) {
    sampler->with_likelihood = with_likelihood;
    const size_t n_blocks = ((size_t)sampler->V + WORD_BLOCK - 1) / WORD_BLOCK;
    if (sampler->keywords) {
        pt_parallel_for(sampler->params.threads, n_blocks, draw_keywords_block, sampler);
        pt_keywords_close_draws(sampler->keywords, sampler->topic_total, sampler->V);
    }
    prepare_topics(sampler);
    pt_parallel_for(sampler->params.threads, n_blocks, fill_phi_block, sampler);
    if (with_likelihood)
        sampler->log_likelihood = 0;
    for (size_t b = 0; with_likelihood && b < n_blocks; b++)
        sampler->log_likelihood += sampler->block_likelihood[b];
}

typedef struct slice {
    pt_sampler *sampler;
    pt_kernel *kernel;
    pt_kernel_job job;
    uint32_t doc_begin, doc_end;
} slice;

static void sample_block(void *user, int worker, size_t unit) {
    const slice *part = user;
    const size_t begin = part->doc_begin + unit * DOC_BLOCK, end = begin + DOC_BLOCK;
    part->kernel(&part->job, part->sampler->space[worker], (uint32_t)begin,
                 (uint32_t)(end < part->doc_end ? end : part->doc_end));
}

/* First document that ends behind token t. */
static uint32_t document_of(const pt_sampler *sampler, uint64_t t) {
    uint32_t low = 0, high = sampler->D;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sampler->doc_start[middle + 1] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void sub_sweep(pt_sampler *sampler, uint64_t begin, uint64_t end) {
    slice part = {.sampler = sampler, .kernel = pt_kernel_choose(sampler->params.kernel)};
    part.job = (pt_kernel_job){.K = sampler->params.K,
                               .row = sampler->row,
                               .doc_start = sampler->doc_start,
                               .word = sampler->word,
                               .z = sampler->z,
                               .phi = sampler->phi,
                               .alpha = sampler->alpha_row,
                               .boost_start = sampler->boosts.start,
                               .boost_topic = sampler->boosts.topic,
                               .boost = sampler->boosts.value,
                               .own_less = sampler->own_less,
                               .own_scale = sampler->own_scale,
                               .own_least = sampler->own_least,
                               .seed = sampler->params.seed,
                               .sweep = sampler->n_sweeps,
                               .token_begin = begin,
                               .token_end = end};
    part.doc_begin = document_of(sampler, begin);
    part.doc_end = document_of(sampler, end - 1) + 1;
    const size_t n_blocks = ((size_t)(part.doc_end - part.doc_begin) + DOC_BLOCK - 1) / DOC_BLOCK;
    pt_parallel_for(sampler->params.threads, n_blocks, sample_block, &part);
    for (int i = 0; i < sampler->params.threads; i++)
        sampler->n_changed +=
            pt_kernel_space_collect(sampler->space[i], sampler->params.K, sampler->topic_total);
}

void pt_sampler_sweep(pt_sampler *sampler) {
    const uint64_t N = sampler->N, S = sampler->params.sub_sweeps < N ? sampler->params.sub_sweeps : N;
    assert(S > 0);
    sampler->n_changed = 0;
    for (uint64_t s = 0; s < S; s++) {
        pt_sampler_refresh(sampler, s == 0);
        sub_sweep(sampler, N / S * s + N % S * s / S, N / S * (s + 1) + N % S * (s + 1) / S);
    }
    sampler->n_sweeps++;
}

bool pt_sampler_is_consistent(const pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    uint64_t *total = pt_zalloc(K, sizeof *total);
    bool is_good = true;
    for (uint64_t t = 0; t < sampler->N; t++) {
        is_good = is_good && sampler->z[t] < K;
        if (sampler->z[t] < K)
            total[sampler->z[t]]++;
    }
    is_good = is_good && memcmp(total, sampler->topic_total, K * sizeof *total) == 0;
    free(total);
    return is_good;
}
