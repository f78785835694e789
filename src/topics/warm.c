/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/warm.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };
static const uint64_t STREAM = 0x7761726D73746172ULL; /* keeps these draws apart from those of sweeps */

typedef struct warming {
    pt_sampler *sampler;
    uint64_t first_doc;       /* of this part of the corpus */
    const uint32_t *old_word; /* [V] word of the old model, PT_NO_ID = it has none */
    const float *phi;         /* [V of the old model][row] */
    size_t row;
    float **scratch; /* [threads] 2 rows: prior, running sums */
} warming;

/* Words by text: both vocabularies are lists without repeats. */
static uint32_t *match_words(const pt_corpus *corpus, const pt_model *before) {
    uint32_t *old_word = pt_alloc(corpus->V, sizeof *old_word);
    memset(old_word, 0xFF, (size_t)corpus->V * sizeof *old_word);
    for (uint32_t w = 0; w < before->V; w++) {
        const uint32_t now = pt_corpus_find_word(corpus, before->form[w], strlen(before->form[w]));
        if (now != PT_NO_ID)
            old_word[now] = w;
    }
    return old_word;
}

static void prior_of(const pt_sampler *sampler, uint32_t d, float *prior) {
    const pt_boosts *boosts = &sampler->boosts;
    for (uint32_t k = 0; k < sampler->params.K; k++)
        prior[k] = (float)sampler->alpha[k];
    for (uint64_t i = boosts->start ? boosts->start[d] : 0; boosts->start && i < boosts->start[d + 1]; i++)
        prior[boosts->topic[i]] *= 1 + boosts->value[i];
}

static uint16_t draw(const float *prior, const float *phi, uint32_t K, float *sum, float u) {
    float total = 0;
    for (uint32_t k = 0; k < K; k++)
        sum[k] = total += prior[k] * phi[k];
    const float at = u * total;
    uint32_t low = 0, high = K - 1;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (sum[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return (uint16_t)low;
}

static void warm_block(void *user, int worker, size_t unit) {
    warming *w = user;
    pt_sampler *sampler = w->sampler;
    float *prior = w->scratch[worker], *sum = prior + w->row;
    for (size_t d = unit * BLOCK; d < sampler->D && d < (unit + 1) * BLOCK; d++) {
        const uint64_t key = pt_rng_key(sampler->params.seed ^ STREAM, 0, w->first_doc + d),
                       begin = sampler->doc_start[d];
        prior_of(sampler, (uint32_t)d, prior);
        for (uint64_t t = begin; t < sampler->doc_start[d + 1]; t++) {
            const uint32_t old = w->old_word[sampler->word[t]];
            if (old != PT_NO_ID)
                sampler->z[t] = draw(prior, w->phi + old * w->row, sampler->params.K, sum,
                                     pt_rng_float(pt_rng_at(key, t - begin)));
        }
    }
}

bool pt_warm_fits(const pt_model *before, uint32_t K, uint32_t n_items) {
    return before->form && before->K == K && before->n_items == n_items;
}

void pt_warm_start(pt_sampler *sampler, const pt_corpus *corpus, const pt_model *before) {
    const int threads = pt_threads(sampler->params.threads);
    memcpy(sampler->alpha, before->alpha, before->K * sizeof *sampler->alpha);
    warming w = {.sampler = sampler, .first_doc = corpus->first_doc};
    uint32_t *old_word = match_words(corpus, before);
    float *phi = pt_model_phi(before, &w.row);
    w.old_word = old_word;
    w.phi = phi;
    w.scratch = pt_alloc((size_t)threads, sizeof *w.scratch);
    for (int i = 0; i < threads; i++)
        w.scratch[i] = pt_zalloc_aligned(2 * w.row, sizeof **w.scratch);
    pt_parallel_for(threads, ((size_t)sampler->D + BLOCK - 1) / BLOCK, warm_block, &w);
    for (int i = 0; i < threads; i++)
        free(w.scratch[i]);
    free(w.scratch);
    free(phi);
    free(old_word);
}
