/* SPDX-License-Identifier: Apache-2.0 */
/* group_evidence.c - see group_evidence.h. Sums run in order of the documents, in double. */
#include "study/group_evidence.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "topics/doc_terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words of the region's groups are columns. */
typedef struct counts {
    uint32_t K, columns;
    double *C;     /* [columns][K] sum_d q_dk x_dw */
    double *mass;  /* [K] sum_d q_dk sum_w x_dw, over all words */
    double *x;     /* [columns] sum_d x_dw */
    double x_mass; /* over all words */
} counts;

typedef struct work {
    const pt_doc_terms *terms;
    const pt_evidence *evidence;
    const pt_patent_groups *groups;
    uint32_t *column_of; /* [V] column + 1, 0 = none */
    counts all;
    uint64_t *first; /* [groups + 1] offsets into member */
    uint32_t *member;
    float *G;
} work;

static counts counts_new(uint32_t K, uint32_t columns) {
    return (counts){.K = K,
                    .columns = columns,
                    .C = pt_zalloc((size_t)columns * K, sizeof(double)),
                    .mass = pt_zalloc(K, sizeof(double)),
                    .x = pt_zalloc(columns, sizeof(double))};
}

static void counts_free(counts *c) {
    free(c->C);
    free(c->mass);
    free(c->x);
}

static void add(const work *w, counts *c, uint32_t d) {
    const pt_doc_terms *terms = w->terms;
    const uint32_t M = w->evidence->per_document, *item = w->evidence->item + (size_t)d * M;
    const float *q = w->evidence->q + (size_t)d * M;
    for (uint64_t i = terms->doc_start[d]; i < terms->doc_start[d + 1]; i++) {
        const uint32_t column = w->column_of[terms->word[i]];
        if (!column)
            continue;
        c->x[column - 1] += terms->x[i];
        for (uint32_t j = 0; j < M; j++)
            c->C[(size_t)(column - 1) * c->K + item[j]] += (double)q[j] * terms->x[i];
    }
    for (uint32_t j = 0; j < M; j++)
        c->mass[item[j]] += q[j] * terms->doc_mass[d];
    c->x_mass += terms->doc_mass[d];
}

static uint32_t number_columns(work *w) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < w->groups->D; d++)
        for (uint64_t i = w->terms->doc_start[d];
             w->groups->is_core[d] && w->groups->of[d] != PT_NO_GROUP && i < w->terms->doc_start[d + 1]; i++)
            if (!w->column_of[w->terms->word[i]])
                w->column_of[w->terms->word[i]] = ++n;
    return n;
}

static void list_members(work *w) {
    const pt_patent_groups *groups = w->groups;
    w->first = pt_zalloc((size_t)groups->n + 1, sizeof *w->first);
    w->member = pt_alloc(groups->D, sizeof *w->member);
    uint64_t *next = pt_alloc(groups->n, sizeof *next);
    for (uint32_t d = 0; d < groups->D; d++)
        if (groups->of[d] != PT_NO_GROUP)
            w->first[groups->of[d] + 1]++;
    for (uint32_t g = 0; g < groups->n; g++)
        w->first[g + 1] += w->first[g];
    memcpy(next, w->first, groups->n * sizeof *next);
    for (uint32_t d = 0; d < groups->D; d++)
        if (groups->of[d] != PT_NO_GROUP)
            w->member[next[groups->of[d]]++] = d;
    free(next);
}

/* Mean x of the words of the region's patents of a group; returns how many patents. */
static uint32_t mean_terms(const work *w, size_t g, double *mean) {
    uint32_t n = 0;
    memset(mean, 0, w->all.columns * sizeof *mean);
    for (uint64_t m = w->first[g]; m < w->first[g + 1]; m++) {
        const uint32_t d = w->member[m];
        if (!w->groups->is_core[d])
            continue;
        n++;
        for (uint64_t i = w->terms->doc_start[d]; i < w->terms->doc_start[d + 1]; i++)
            mean[w->column_of[w->terms->word[i]] - 1] += w->terms->x[i];
    }
    for (uint32_t c = 0; c < w->all.columns && n; c++)
        mean[c] /= n;
    return n;
}

static void score_group(void *shared, int worker, size_t g) {
    (void)worker;
    const work *w = shared;
    const pt_mixture_params params = pt_mixture_params_default();
    counts own = counts_new(w->all.K, w->all.columns);
    double *mean = pt_alloc(w->all.columns, sizeof *mean), *score = pt_zalloc(w->all.K, sizeof *score);
    const uint32_t n = mean_terms(w, g, mean);
    for (uint64_t m = w->first[g]; n && m < w->first[g + 1]; m++)
        add(w, &own, w->member[m]);
    const double x_mass = w->all.x_mass - own.x_mass;
    for (uint32_t c = 0; n && c < own.columns; c++) {
        /* what no other patent says tells nothing; differences of equal sums may miss zero */
        const double p = (w->all.x[c] - own.x[c]) / x_mass;
        if (mean[c] <= 0 || !(p > 1e-9))
            continue;
        for (uint32_t k = 0; k < own.K; k++) {
            const size_t cell = (size_t)c * own.K + k;
            const double C = fmax(w->all.C[cell] - own.C[cell], 0), prior = params.background_mass * p;
            const double phi = (C + prior) / (w->all.mass[k] - own.mass[k] + params.background_mass);
            score[k] += mean[c] * log(.5 * phi / p + .5);
        }
    }
    for (uint32_t k = 0; k < own.K; k++)
        w->G[g * own.K + k] = (float)(score[k] / params.T);
    free(mean);
    free(score);
    counts_free(&own);
}

float *pt_group_evidence(const pt_corpus *corpus, const pt_evidence *evidence,
                         const pt_patent_groups *groups) {
    work w = {.evidence = evidence, .groups = groups};
    w.G = pt_zalloc((size_t)groups->n * evidence->n_items, sizeof *w.G);
    pt_doc_terms *terms = pt_doc_terms_new(corpus, 0);
    w.terms = terms;
    w.column_of = pt_zalloc(corpus->V, sizeof *w.column_of);
    w.all = counts_new(evidence->n_items, number_columns(&w));
    list_members(&w);
    for (uint32_t d = 0; d < corpus->D; d++)
        add(&w, &w.all, d);
    pt_parallel_for(pt_threads(0), groups->n, score_group, &w);
    counts_free(&w.all);
    free(w.column_of);
    free(w.first);
    free(w.member);
    pt_doc_terms_free(terms);
    return w.G;
}
