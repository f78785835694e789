/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/posterior.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/fixed.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 1024 };

pt_posterior *pt_posterior_new(uint32_t D, uint32_t n_items, uint32_t per_document) {
    pt_posterior *posterior = pt_zalloc(1, sizeof *posterior);
    posterior->D = D;
    posterior->n_items = n_items;
    posterior->per_document = per_document;
    posterior->base = pt_zalloc(D, sizeof *posterior->base);
    posterior->item = pt_zalloc((size_t)D * per_document, sizeof *posterior->item);
    posterior->excess = pt_zalloc((size_t)D * per_document, sizeof *posterior->excess);
    return posterior;
}

void pt_posterior_free(pt_posterior *posterior) {
    if (!posterior)
        return;
    free(posterior->base);
    free(posterior->item);
    free(posterior->excess);
    free(posterior);
}

void pt_largest(const float *score, uint32_t n_scores, uint32_t n, uint32_t *best) {
    uint32_t m = 0;
    for (uint32_t k = 0; k < n_scores; k++) {
        if (m == n && score[k] <= score[best[m - 1]])
            continue;
        uint32_t i = m < n ? m++ : m - 1;
        for (; i > 0 && score[best[i - 1]] < score[k]; i--)
            best[i] = best[i - 1];
        best[i] = k;
    }
}

void pt_posterior_set(pt_posterior *posterior, uint32_t d, const float *score, float temperature) {
    const uint32_t K = posterior->n_items, M = posterior->per_document;
    uint32_t *item = posterior->item + (size_t)d * M;
    float *excess = posterior->excess + (size_t)d * M;
    pt_largest(score, K, M, item);
    const float top = score[item[0]];
    double all = 0, kept = 0;
    for (uint32_t k = 0; k < K; k++)
        all += expf((score[k] - top) / temperature);
    for (uint32_t i = 0; i < M; i++) {
        excess[i] = expf((score[item[i]] - top) / temperature);
        kept += excess[i];
    }
    const double rest = K > M && all > kept ? (all - kept) / (K - M) : 0;
    posterior->base[d] = (float)(rest / all);
    for (uint32_t i = 0; i < M; i++)
        excess[i] = (float)((excess[i] - rest) / all);
}

typedef struct sum_job {
    const pt_posterior *posterior;
    const double *weight;
    int64_t *partial; /* [blocks][n_items + 1] fixed.h, the last one for base */
} sum_job;

static void sum_block(void *user, int worker, size_t unit) {
    (void)worker;
    const sum_job *job = user;
    const pt_posterior *p = job->posterior;
    const uint32_t M = p->per_document;
    int64_t *sum = job->partial + unit * (p->n_items + 1);
    const size_t end = (unit + 1) * BLOCK < p->D ? (unit + 1) * BLOCK : p->D;
    for (size_t d = unit * BLOCK; d < end; d++) {
        const double weight = job->weight ? job->weight[d] : 1;
        sum[p->n_items] += pt_fixed(weight * p->base[d]);
        for (uint32_t i = 0; i < M; i++)
            sum[p->item[d * M + i]] += pt_fixed(weight * p->excess[d * M + i]);
    }
}

void pt_posterior_sum(const pt_posterior *posterior, const double *weight, int threads, pt_ranks *ranks,
                      double *sum) {
    const size_t K = posterior->n_items, n_blocks = ((size_t)posterior->D + BLOCK - 1) / BLOCK;
    sum_job job = {posterior, weight, pt_zalloc((n_blocks + 1) * (K + 1), sizeof *job.partial)};
    pt_parallel_for(pt_threads(threads), n_blocks, sum_block, &job);
    int64_t *all = job.partial + n_blocks * (K + 1);
    for (size_t b = 0; b < n_blocks; b++)
        for (size_t k = 0; k <= K; k++)
            all[k] += job.partial[b * (K + 1) + k];
    pt_ranks_sum(ranks, all, K + 1);
    for (size_t k = 0; k < K; k++)
        sum[k] = pt_fixed_value(all[k] + all[K]);
    free(job.partial);
}
