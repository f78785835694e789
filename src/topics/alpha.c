/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/alpha.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 1024 };
static const double SMALLEST = 1e-5;
/* Terms of documents are rounded to 1 / UNITS, so that their sum has no order. */
static const double UNITS = 1 << 20;

typedef struct optimiser {
    const pt_document_topics *topics;
    double *alpha;
    uint32_t width;       /* longest document + 1 */
    uint32_t **histogram; /* [threads][K][width] documents by n_dk > 0, those with a boost left out */
    uint32_t **count;     /* [threads][K] scratch, all 0 between documents */
    uint32_t *boosted;    /* n_dk of every boost */
    double alpha_sum;
    size_t n_blocks;
    int64_t *all; /* [K][width] histogram of all ranks */
    int64_t *
        *sum; /* [threads][2 K + 1]: the upper sums times alpha_k, the lower ones, the one without a boost */
} optimiser;

/* psi(x), asymptotic series after shifting x over 10. */
static double digamma(double x) {
    double shift = 0;
    for (; x < 10; x++)
        shift -= 1 / x;
    const double y = 1 / (x * x);
    return shift + log(x) - .5 / x - y * (1. / 12 - y * (1. / 120 - y * (1. / 252 - y / 240)));
}

/* psi(a + n) - psi(a) */
static double digamma_rise(double a, uint64_t n) {
    if (n > 24)
        return digamma(a + (double)n) - digamma(a);
    double sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += 1 / (a + (double)i);
    return sum;
}

static void count_block(void *user, int worker, size_t unit) {
    optimiser *o = user;
    const pt_document_topics *t = o->topics;
    uint32_t *count = o->count[worker], *histogram = o->histogram[worker];
    const bool has_boosts = t->boosts->start != NULL;
    for (size_t d = unit * DOC_BLOCK; d < t->D && d < (unit + 1) * DOC_BLOCK; d++) {
        for (uint64_t i = t->doc_start[d]; i < t->doc_start[d + 1]; i++)
            count[t->z[i]]++;
        for (uint64_t i = has_boosts ? t->boosts->start[d] : 0; has_boosts && i < t->boosts->start[d + 1];
             i++) {
            o->boosted[i] = count[t->boosts->topic[i]];
            count[t->boosts->topic[i]] = 0;
        }
        for (uint64_t i = t->doc_start[d]; i < t->doc_start[d + 1]; i++) {
            const uint16_t k = t->z[i];
            if (count[k])
                histogram[(size_t)k * o->width + count[k]]++;
            count[k] = 0;
        }
    }
}

static void sum_block(void *user, int worker, size_t unit) {
    optimiser *o = user;
    const pt_document_topics *t = o->topics;
    const pt_boosts *boosts = t->boosts;
    int64_t *above = o->sum[worker], *below = above + t->K;
    for (size_t d = unit * DOC_BLOCK; d < t->D && d < (unit + 1) * DOC_BLOCK; d++) {
        const uint64_t begin = boosts->start ? boosts->start[d] : 0,
                       end = boosts->start ? boosts->start[d + 1] : 0;
        double A = o->alpha_sum;
        for (uint64_t i = begin; i < end; i++)
            A += o->alpha[boosts->topic[i]] * boosts->value[i];
        const double rise = digamma_rise(A, t->doc_start[d + 1] - t->doc_start[d]);
        below[t->K] += llrint(rise * UNITS);
        for (uint64_t i = begin; i < end; i++) {
            const uint16_t k = boosts->topic[i];
            const double a = o->alpha[k] * (1 + (double)boosts->value[i]);
            below[k] += llrint((double)boosts->value[i] * rise * UNITS);
            if (o->boosted[i])
                above[k] += llrint(a * digamma_rise(a, o->boosted[i]) * UNITS);
        }
    }
}

/* sum over n of histogram[n] (psi(n + a) - psi(a)) */
static double histogram_sum(const int64_t *histogram, uint32_t width, double a) {
    double sum = 0, rise = 0;
    for (uint32_t n = 1; n < width; n++) {
        rise += 1 / (a + n - 1);
        sum += (double)histogram[n] * rise;
    }
    return sum;
}

static void step(optimiser *o, int threads) {
    const uint32_t K = o->topics->K;
    const size_t n = 2 * (size_t)K + 1;
    o->alpha_sum = 0;
    for (uint32_t k = 0; k < K; k++)
        o->alpha_sum += o->alpha[k];
    for (int i = 0; i < threads; i++)
        memset(o->sum[i], 0, n * sizeof **o->sum);
    pt_parallel_for(threads, o->n_blocks, sum_block, o);
    int64_t *sum = o->sum[0];
    for (int i = 1; i < threads; i++)
        for (size_t j = 0; j < n; j++)
            sum[j] += o->sum[i][j];
    pt_ranks_sum(o->topics->ranks, sum, n);
    for (uint32_t k = 0; k < K; k++) {
        const double of_histogram = histogram_sum(o->all + (size_t)k * o->width, o->width, o->alpha[k]);
        const double above = o->alpha[k] * of_histogram + (double)sum[k] / UNITS,
                     below = (double)(sum[K + k] + sum[2 * K]) / UNITS;
        o->alpha[k] = fmax((above + .001) / (below + 1), SMALLEST);
    }
}

/* Longest document of all ranks + 1. */
static uint32_t width_of(const pt_document_topics *topics) {
    int64_t longest = 0;
    for (uint32_t d = 0; d < topics->D; d++) {
        const int64_t n = (int64_t)(topics->doc_start[d + 1] - topics->doc_start[d]);
        longest = n > longest ? n : longest;
    }
    pt_ranks_max(topics->ranks, &longest, 1);
    return (uint32_t)longest + 1;
}

void pt_alpha_optimise(const pt_document_topics *topics, uint32_t steps, int threads, double *alpha) {
    threads = pt_threads(threads);
    const size_t n_blocks = ((size_t)topics->D + DOC_BLOCK - 1) / DOC_BLOCK;
    optimiser o = {.topics = topics, .alpha = alpha, .width = width_of(topics), .n_blocks = n_blocks};
    o.boosted = pt_zalloc(topics->boosts->start ? topics->boosts->start[topics->D] : 0, sizeof *o.boosted);
    o.histogram = pt_alloc((size_t)threads, sizeof *o.histogram);
    o.count = pt_alloc((size_t)threads, sizeof *o.count);
    o.sum = pt_alloc((size_t)threads, sizeof *o.sum);
    const size_t n_cells = (size_t)topics->K * o.width;
    for (int i = 0; i < threads; i++) {
        o.histogram[i] = pt_zalloc(n_cells, sizeof **o.histogram);
        o.count[i] = pt_zalloc(topics->K, sizeof **o.count);
        o.sum[i] = pt_alloc(2 * (size_t)topics->K + 1, sizeof **o.sum);
    }
    o.all = pt_zalloc(n_cells, sizeof *o.all);
    pt_parallel_for(threads, n_blocks, count_block, &o);
    for (int i = 0; i < threads; i++)
        for (size_t cell = 0; cell < n_cells; cell++)
            o.all[cell] += o.histogram[i][cell];
    pt_ranks_sum(topics->ranks, o.all, n_cells);
    for (uint32_t i = 0; i < steps; i++)
        step(&o, threads);
    for (int i = 0; i < threads; i++) {
        free(o.histogram[i]);
        free(o.count[i]);
        free(o.sum[i]);
    }
    free(o.histogram);
    free(o.count);
    free(o.sum);
    free(o.boosted);
    free(o.all);
}
