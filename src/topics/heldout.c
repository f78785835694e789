/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/heldout.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "topics/dot.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 40 };
/* ln p of a document is rounded to 1 / UNITS, so that the sum over documents has no order. */
static const double UNITS = 1 << 20;
static const uint64_t STREAM = 0x68656C646F757400ULL; /* keeps these draws apart from those of sweeps */

typedef struct score {
    double log_p;
    uint64_t n;
} score;

typedef struct job {
    const pt_sampler *sampler;
    const pt_corpus *heldout;
    uint32_t first; /* document of this rank */
    score *of;      /* [documents of this rank] */
} job;

/* phi of a word, unpacked. */
static void unpack(const pt_sampler *sampler, uint32_t w, float *phi) {
    const pt_fetched_rows *fetched = sampler->fetched;
    const size_t row = sampler->rows.row;
    if (fetched)
        for (size_t k = 0; k < row; k++)
            phi[k] = pt_float_of(((const uint16_t *)fetched->rows)[fetched->place[w] * row + k]);
    else
        pt_word_rows_unpack(&sampler->rows, w, phi);
    for (size_t k = 0; k < row; k++)
        phi[k] *= sampler->scale[k];
}

/* n_obs rows of phi -> expected counts of the topics plus alpha, in theta [row]; next [row] is scratch. */
static void complete(const pt_sampler *sampler, const float *phi, size_t n_obs, float *theta, float *next) {
    const size_t row = sampler->rows.row;
    for (size_t k = 0; k < row; k++)
        theta[k] = 1;
    for (int step = 0; step < STEPS; step++) {
        memcpy(next, sampler->alpha_row, row * sizeof *next);
        for (size_t i = 0; i < n_obs; i++) {
            const float share = 1 / pt_dot(phi + i * row, theta, row);
            for (size_t k = 0; k < row; k++)
                next[k] += phi[i * row + k] * theta[k] * share;
        }
        memcpy(theta, next, row * sizeof *theta);
    }
}

static void score_document(void *user, int worker, size_t unit) {
    (void)worker;
    job *shared = user;
    const size_t d = shared->first + unit;
    const pt_sampler *sampler = shared->sampler;
    const size_t row = sampler->rows.row;
    const uint64_t begin = shared->heldout->doc_start[d], n = shared->heldout->doc_start[d + 1] - begin;
    const uint64_t key = pt_rng_key(STREAM, 0, d);
    const uint32_t *word = shared->heldout->word + begin;
    float *phi = pt_zalloc_aligned((n + 2) * row, sizeof *phi), *theta = phi + n * row, *next = theta + row;
    size_t n_obs = 0;
    for (uint64_t i = 0; i < n; i++)
        if (pt_rng_at(key, i) >> 63)
            unpack(sampler, word[i], phi + n_obs++ * row);
    complete(sampler, phi, n_obs, theta, next);
    double mass = 0;
    for (uint32_t k = 0; k < sampler->params.K; k++)
        mass += (double)theta[k];
    score result = {0};
    for (uint64_t i = 0; i < n; i++) {
        if (pt_rng_at(key, i) >> 63)
            continue;
        unpack(sampler, word[i], next);
        double p = 0;
        for (uint32_t k = 0; k < sampler->params.K; k++)
            p += (double)theta[k] * (double)next[k];
        result.log_p += log(p / mass);
        result.n++;
    }
    shared->of[unit] = result;
    free(phi);
}

/* The rows of all words of this rank's documents, where others keep them. */
static void fetch_rows(const pt_sampler *sampler, const pt_corpus *heldout, uint32_t first, uint32_t n) {
    pt_fetched_rows_forget(sampler->fetched);
    for (uint64_t i = heldout->doc_start[first]; i < heldout->doc_start[first + n]; i++)
        pt_fetched_rows_want(sampler->fetched, heldout->word[i]);
    pt_fetched_rows_fetch(sampler->fetched);
}

double pt_heldout_perplexity(const pt_sampler *sampler, const pt_corpus *heldout) {
    assert(heldout->V <= sampler->V);
    const int rank = pt_ranks_rank(sampler->ranks), size = pt_ranks_size(sampler->ranks);
    const uint32_t first = (uint32_t)pt_ranks_first(heldout->D, rank, size),
                   n = (uint32_t)pt_ranks_first(heldout->D, rank + 1, size) - first;
    if (sampler->fetched)
        fetch_rows(sampler, heldout, first, n);
    job shared = {sampler, heldout, first, pt_alloc(n, sizeof *shared.of)};
    pt_parallel_for(sampler->params.threads, n, score_document, &shared);
    int64_t total[2] = {0};
    for (uint32_t d = 0; d < n; d++) {
        total[0] += llrint(shared.of[d].log_p * UNITS);
        total[1] += (int64_t)shared.of[d].n;
    }
    free(shared.of);
    pt_ranks_sum(sampler->ranks, total, 2);
    return total[1] ? exp(-(double)total[0] / UNITS / (double)total[1]) : NAN;
}
