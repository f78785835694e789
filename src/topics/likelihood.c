/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/likelihood.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_BLOCK = PT_WORD_BLOCK, TABLED = 1024 };

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

/* Counts of a word that are not 0; none where another rank keeps them. */
static size_t nonzero_of(const pt_sampler *sampler, uint32_t w, uint32_t *n_k) {
    if (!sampler->exchange)
        return pt_word_rows_nonzero(&sampler->rows, w, n_k);
    const uint32_t *counts = pt_exchange_row(sampler->exchange, w);
    size_t n = 0;
    for (uint32_t k = 0; counts && k < sampler->params.K; k++)
        if (counts[k])
            n_k[n++] = counts[k];
    return n;
}

/* sum over the words of a block and their topics of n_kw ln(n_kw + beta) */
static void block_likelihood(void *user, int worker, size_t unit) {
    (void)worker;
    pt_sampler *sampler = user;
    uint32_t *n_k = pt_alloc(sampler->params.K, sizeof *n_k);
    double sum = 0;
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++) {
        const size_t n = nonzero_of(sampler, (uint32_t)w, n_k);
        double of_word = 0;
        for (size_t i = 0; i < n; i++)
            of_word += n_log_n(sampler, n_k[i]);
        sum += of_word;
    }
    sampler->block_likelihood[unit] = sum;
    free(n_k);
}

/* Every block's sum was taken by the rank that keeps its words; those of the others are 0, all bits of them.
 */
static void share_likelihood(pt_sampler *sampler) {
    const size_t n = pt_sampler_word_blocks(sampler);
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
    pt_parallel_for(sampler->params.threads, pt_sampler_word_blocks(sampler), block_likelihood, sampler);
    if (sampler->fetched)
        share_likelihood(sampler);
    for (size_t b = 0; b < pt_sampler_word_blocks(sampler); b++)
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
