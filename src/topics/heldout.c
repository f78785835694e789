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
static const uint64_t STREAM = 0x68656C646F757400ULL; /* keeps these draws apart from those of sweeps */

typedef struct score {
    double log_p;
    uint64_t n;
} score;

typedef struct job {
    const pt_sampler *sampler;
    const pt_corpus *heldout;
    score *of; /* [D] */
} job;

/* phi of a word, unpacked; a word that the chain has not seen has beta alone. */
static void unpack(const pt_sampler *sampler, uint32_t w, float *phi) {
    const bool is_known = sampler->word_start[w] < sampler->word_start[w + 1];
    const uint32_t *row = sampler->phi + w * (sampler->row / 2);
    for (uint32_t k = 0; k < sampler->row; k++)
        phi[k] = is_known ? pt_phi_at(row, k) : (float)sampler->params.beta * sampler->full[k];
}

/* n_obs rows of phi -> expected counts of the topics plus alpha, in theta [row]; next [row] is scratch. */
static void complete(const pt_sampler *sampler, const float *phi, size_t n_obs, float *theta, float *next) {
    const size_t row = sampler->row;
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

static void score_document(void *user, int worker, size_t d) {
    (void)worker;
    job *shared = user;
    const pt_sampler *sampler = shared->sampler;
    const size_t row = sampler->row;
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
    shared->of[d] = result;
    free(phi);
}

double pt_heldout_perplexity(const pt_sampler *sampler, const pt_corpus *heldout) {
    assert(heldout->V <= sampler->V);
    job shared = {sampler, heldout, pt_alloc(heldout->D, sizeof *shared.of)};
    pt_parallel_for(sampler->params.threads, heldout->D, score_document, &shared);
    score total = {0};
    for (uint32_t d = 0; d < heldout->D; d++) {
        total.log_p += shared.of[d].log_p;
        total.n += shared.of[d].n;
    }
    free(shared.of);
    return total.n ? exp(-total.log_p / (double)total.n) : NAN;
}
