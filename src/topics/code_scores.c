/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/code_scores.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/fixed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MIN_DOCUMENTS = 3 };
static const float PRIOR_DOCUMENTS = 5, FLOOR = .05f;

struct pt_code_scores {
    const pt_code_evidence *codes;
    const pt_posterior *posterior;
    uint64_t *code_start; /* [n_codes+1] documents by code, ascending */
    uint32_t *doc;
    int64_t *n_docs; /* [n_codes] documents of all ranks */
    int64_t *mass;   /* [n_codes][n_items] sum of the posteriors (fixed.h), of all ranks */
    float *share;    /* [n_items] p_k */
};

static void transpose(pt_code_scores *scores) {
    const pt_code_evidence *codes = scores->codes;
    const uint32_t D = scores->posterior->D;
    scores->code_start = pt_zalloc((size_t)codes->n_codes + 1, sizeof *scores->code_start);
    scores->doc = pt_alloc(codes->start[D], sizeof *scores->doc);
    for (uint64_t i = 0; i < codes->start[D]; i++)
        scores->code_start[codes->code[i] + 1]++;
    for (uint32_t c = 0; c < codes->n_codes; c++)
        scores->code_start[c + 1] += scores->code_start[c];
    uint64_t *next = pt_alloc(codes->n_codes, sizeof *next);
    memcpy(next, scores->code_start, codes->n_codes * sizeof *next);
    for (uint32_t d = 0; d < D; d++)
        for (uint64_t i = codes->start[d]; i < codes->start[d + 1]; i++)
            scores->doc[next[codes->code[i]]++] = d;
    free(next);
}

static void sum_code(void *user, int worker, size_t code) {
    (void)worker;
    pt_code_scores *scores = user;
    const pt_posterior *p = scores->posterior;
    const uint32_t K = p->n_items, M = p->per_document;
    int64_t *mass = scores->mass + code * K, base = 0;
    for (uint64_t i = scores->code_start[code]; i < scores->code_start[code + 1]; i++) {
        const size_t d = scores->doc[i];
        base += pt_fixed(p->base[d]);
        for (uint32_t j = 0; j < M; j++)
            mass[p->item[d * M + j]] += pt_fixed(p->excess[d * M + j]);
    }
    for (uint32_t k = 0; k < K; k++)
        mass[k] += base;
}

pt_code_scores *pt_code_scores_new(const pt_code_evidence *codes, const pt_posterior *posterior, int threads,
                                   pt_ranks *ranks) {
    const uint32_t K = posterior->n_items;
    pt_code_scores *scores = pt_zalloc(1, sizeof *scores);
    scores->codes = codes;
    scores->posterior = posterior;
    transpose(scores);
    scores->mass = pt_zalloc((size_t)codes->n_codes * K, sizeof *scores->mass);
    pt_parallel_for(pt_threads(threads), codes->n_codes, sum_code, scores);
    scores->n_docs = pt_alloc(codes->n_codes, sizeof *scores->n_docs);
    for (uint32_t c = 0; c < codes->n_codes; c++)
        scores->n_docs[c] = (int64_t)(scores->code_start[c + 1] - scores->code_start[c]);
    int64_t D = posterior->D;
    pt_ranks_sum(ranks, &D, 1);
    pt_ranks_sum(ranks, scores->n_docs, codes->n_codes);
    pt_ranks_sum(ranks, scores->mass, (size_t)codes->n_codes * K);
    double *sum = pt_alloc(K, sizeof *sum);
    pt_posterior_sum(posterior, NULL, threads, ranks, sum);
    scores->share = pt_alloc(K, sizeof *scores->share);
    for (uint32_t k = 0; k < K; k++)
        scores->share[k] = (float)fmax(sum[k] / (double)D, 1e-9);
    free(sum);
    return scores;
}

void pt_code_scores_free(pt_code_scores *scores) {
    if (!scores)
        return;
    free(scores->code_start);
    free(scores->doc);
    free(scores->n_docs);
    free(scores->mass);
    free(scores->share);
    free(scores);
}

void pt_code_scores_of(const pt_code_scores *scores, uint32_t d, float *score) {
    const pt_posterior *p = scores->posterior;
    const uint32_t K = p->n_items, M = p->per_document;
    float *own = pt_alloc(K, sizeof *own);
    for (uint32_t k = 0; k < K; k++) {
        own[k] = p->base[d];
        score[k] = 0;
    }
    for (uint32_t j = 0; j < M; j++)
        own[p->item[(size_t)d * M + j]] += p->excess[(size_t)d * M + j];
    uint32_t n_used = 0;
    for (uint64_t i = scores->codes->start[d]; i < scores->codes->start[d + 1]; i++) {
        const uint32_t code = scores->codes->code[i];
        const int64_t n = scores->n_docs[code];
        if (n < MIN_DOCUMENTS)
            continue;
        const int64_t *mass = scores->mass + (size_t)code * K;
        const float others = (float)(n - 1) + PRIOR_DOCUMENTS;
        n_used++;
        for (uint32_t k = 0; k < K; k++) {
            const float p_k = scores->share[k], rest = fmaxf((float)pt_fixed_value(mass[k]) - own[k], 0);
            score[k] += logf((rest + PRIOR_DOCUMENTS * p_k) / others / p_k + FLOOR);
        }
    }
    for (uint32_t k = 0; n_used && k < K; k++)
        score[k] /= (float)n_used;
    free(own);
}
