/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/likelihood.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BLOCK = PT_WORD_BLOCK, TABLED = 1024, GROUP = 16 };

static size_t n_word_blocks(const pt_sampler *sampler) {
    return ((size_t)sampler->V + WORD_BLOCK - 1) / WORD_BLOCK;
}

double *pt_likelihood_table(double beta) {
    double *table = pt_alloc(TABLED, sizeof *table);
    for (size_t n = 0; n < TABLED; n++)
        table[n] = n ? (double)n * log((double)n + beta) : 0;
    return table;
}

/* n ln(n + beta) */
static double n_log_n(const pt_sampler *sampler, uint32_t n) {
    return n < TABLED ? sampler->n_log_n[n] : n * log(n + sampler->params.beta);
}

/* Most counts are 0, and most others small. */
static double row_likelihood(const pt_sampler *sampler, const uint32_t *n_k) {
    const size_t K = sampler->params.K;
    double sum = 0;
    for (size_t first = 0; first < K; first += GROUP) {
        const size_t end = first + GROUP < K ? first + GROUP : K;
        uint32_t any = 0;
        for (size_t k = first; k < end; k++)
            any |= n_k[k];
        for (size_t k = first; any && k < end; k++)
            sum += n_log_n(sampler, n_k[k]);
    }
    return sum;
}

static double list_likelihood(const pt_sampler *sampler, uint32_t w, const uint32_t *n_k) {
    const pt_word_lists *lists = sampler->rows.lists;
    double sum = 0;
    for (size_t i = lists->start[w]; i < lists->start[w] + lists->n[w]; i++)
        sum += n_log_n(sampler, n_k[lists->topic[i]]);
    return sum;
}

/* sum over the words of a block and their topics of n_kw ln(n_kw + beta) */
static void block_likelihood(void *user, int worker, size_t unit) {
    (void)worker;
    pt_sampler *sampler = user;
    double sum = 0;
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++) {
        const uint32_t *n_k = pt_sampler_counts(sampler, (uint32_t)w);
        if (n_k)
            sum += pt_word_lists_has(sampler->rows.lists, (uint32_t)w)
                       ? list_likelihood(sampler, (uint32_t)w, n_k)
                       : row_likelihood(sampler, n_k);
    }
    sampler->block_likelihood[unit] = sum;
}

/* Every block's sum was taken by the rank that keeps its words; those of the others are 0, all bits of them.
 */
static void share_likelihood(pt_sampler *sampler) {
    const size_t n = n_word_blocks(sampler);
    int64_t *bits = pt_alloc(n, sizeof *bits);
    memcpy(bits, sampler->block_likelihood, n * sizeof *bits);
    pt_ranks_sum(sampler->ranks, bits, n);
    memcpy(sampler->block_likelihood, bits, n * sizeof *bits);
    free(bits);
}

/* sum over all tokens of ln phi_zw */
double pt_sampler_likelihood(pt_sampler *sampler) {
    const pt_keywords *keywords = sampler->keywords;
    const double beta = sampler->params.beta;
    double sum = 0;
    pt_parallel_for(sampler->params.threads, n_word_blocks(sampler), block_likelihood, sampler);
    if (sampler->fetched)
        share_likelihood(sampler);
    for (size_t b = 0; b < n_word_blocks(sampler); b++)
        sum += sampler->block_likelihood[b];
    for (uint32_t k = 0; k < sampler->params.K; k++)
        sum += (double)sampler->topic_total[k] * log((double)sampler->scale[k]);
    for (uint32_t k = 0; keywords && k < keywords->n_items; k++)
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++) {
            const double n = (double)keywords->n0[i] + keywords->n1[i];
            if (n > 0)
                sum += n * (log(pt_sampler_keyword_cell(keywords, k, i)) - log(n + beta));
        }
    return sum;
}
