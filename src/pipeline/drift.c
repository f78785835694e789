/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/drift.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 100, MOST_SAMPLED = 20000 };
static const uint64_t STREAM = 0x6472696674ULL; /* keeps these draws apart from those of the sampler */

/* Sums over documents, and the shares that follow from them. */
typedef struct tally {
    double *share; /* [n_items + 1], the last one 미분류 */
    double patents, words, unknown;
} tally;

typedef struct measuring {
    const pt_mapping *mapping;
    const pt_corpus *corpus;
    const uint32_t *length;
    size_t n; /* n_items + 1 */
} measuring;

static void add(const measuring *m, tally *t, uint32_t d) {
    const uint32_t from = m->mapping->start[d], to = m->mapping->start[d + 1];
    for (uint32_t i = from; i < to; i++)
        t->share[m->mapping->at[i].item] += (double)m->mapping->at[i].share;
    if (from == to)
        t->share[m->n - 1]++;
    t->patents++;
    t->words += m->length[d];
    t->unknown += m->length[d] - (double)(m->corpus->doc_start[d + 1] - m->corpus->doc_start[d]);
}

static double part(double p) {
    return p > 0 ? p * log2(p) : 0;
}

static double divergence(const tally *a, const tally *b, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        const double p = a->share[k] / a->patents, q = b->share[k] / b->patents;
        sum += (part(p) + part(q)) / 2 - part((p + q) / 2);
    }
    return sum > 0 ? sum : 0;
}

static double unclassified(const tally *t, size_t n) {
    return t->share[n - 1] / t->patents;
}

static double unknown_words(const tally *t) {
    return t->words > 0 ? t->unknown / t->words : 0;
}

static void compare(const measuring *m, const tally *known, const tally *fresh, double value[PT_N_DRIFTS]) {
    value[PT_DRIFT_ITEMS] = divergence(known, fresh, m->n);
    value[PT_DRIFT_UNCLASSIFIED] = unclassified(fresh, m->n) - unclassified(known, m->n);
    value[PT_DRIFT_WORDS] = unknown_words(fresh) - unknown_words(known);
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 95 % quantiles over samples of known documents. A sample larger than MOST_SAMPLED has next to no chance in
 * it. */
static void measure_chance(const measuring *m, const tally *known, const uint32_t *list, size_t n_list,
                           size_t n_fresh, uint64_t seed, double chance[PT_N_DRIFTS]) {
    const size_t n = n_fresh < MOST_SAMPLED ? n_fresh : MOST_SAMPLED;
    double(*drawn)[DRAWS] = pt_alloc(PT_N_DRIFTS, sizeof *drawn);
    tally sample = {.share = pt_alloc(m->n, sizeof *sample.share)};
    for (uint64_t r = 0; r < DRAWS; r++) {
        const uint64_t key = pt_rng_key(seed ^ STREAM, r, n_fresh);
        memset(sample.share, 0, m->n * sizeof *sample.share);
        sample.patents = sample.words = sample.unknown = 0;
        for (uint64_t i = 0; i < n; i++)
            add(m, &sample, list[pt_rng_below(pt_rng_at(key, i), n_list)]);
        double value[PT_N_DRIFTS];
        compare(m, known, &sample, value);
        for (int k = 0; k < PT_N_DRIFTS; k++)
            drawn[k][r] = value[k];
    }
    for (int k = 0; k < PT_N_DRIFTS; k++) {
        pt_sort(drawn[k], DRAWS, sizeof drawn[k][0], by_size);
        chance[k] = fmax(drawn[k][DRAWS * 95 / 100], 0);
    }
    free(sample.share);
    free(drawn);
}

pt_drift pt_drift_none(void) {
    pt_drift drift = {
        .unclassified_known = NAN, .unclassified_fresh = NAN, .unknown_known = NAN, .unknown_fresh = NAN};
    for (int k = 0; k < PT_N_DRIFTS; k++)
        drift.value[k] = drift.chance[k] = NAN;
    return drift;
}

pt_drift pt_drift_measure(const pt_mapping *mapping, const pt_corpus *corpus, const bool *is_known,
                          const uint32_t *length, uint64_t seed) {
    const measuring m = {mapping, corpus, length, (size_t)mapping->n_items + 1};
    tally known = {.share = pt_zalloc(m.n, sizeof *known.share)},
          fresh = {.share = pt_zalloc(m.n, sizeof *fresh.share)};
    uint32_t *list = pt_alloc(mapping->D, sizeof *list);
    size_t n_list = 0;
    for (uint32_t d = 0; d < mapping->D; d++) {
        add(&m, is_known[d] ? &known : &fresh, d);
        if (is_known[d])
            list[n_list++] = d;
    }
    pt_drift drift = pt_drift_none();
    drift.known = n_list;
    drift.fresh = mapping->D - n_list;
    if (drift.known && drift.fresh) {
        compare(&m, &known, &fresh, drift.value);
        measure_chance(&m, &known, list, n_list, drift.fresh, seed, drift.chance);
        drift.unclassified_known = unclassified(&known, m.n);
        drift.unclassified_fresh = unclassified(&fresh, m.n);
        drift.unknown_known = unknown_words(&known);
        drift.unknown_fresh = unknown_words(&fresh);
    }
    free(known.share);
    free(fresh.share);
    free(list);
    return drift;
}

double pt_drift_excess(const pt_drift *drift, pt_drift_kind kind) {
    const double excess = drift->value[kind] - drift->chance[kind];
    return excess > 0 ? excess : 0;
}
