/* SPDX-License-Identifier: Apache-2.0 */
/* group_evidence.c - see group_evidence.h. Sums run in order of the documents, in double. */
#include "study/group_evidence.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "topics/doc_terms.h"

#include <assert.h>
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
    const pt_seeds *seeds;
    const float *strength; /* [V] u_w */
    pt_group_evidence *out;
} work;

/* How the region's patents of a group speak, by column. */
typedef struct voice {
    uint32_t n;        /* such patents */
    double *mean;      /* of x */
    uint32_t *patents; /* that hold the word */
} voice;

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

static voice listen(const work *w, size_t g) {
    voice v = {.mean = pt_zalloc(w->all.columns, sizeof *v.mean),
               .patents = pt_zalloc(w->all.columns, sizeof *v.patents)};
    for (uint64_t m = w->first[g]; m < w->first[g + 1]; m++) {
        const uint32_t d = w->member[m];
        if (!w->groups->is_core[d])
            continue;
        v.n++;
        for (uint64_t i = w->terms->doc_start[d]; i < w->terms->doc_start[d + 1]; i++) {
            const uint32_t column = w->column_of[w->terms->word[i]] - 1;
            v.mean[column] += w->terms->x[i];
            v.patents[column]++;
        }
    }
    for (uint32_t c = 0; c < w->all.columns && v.n; c++)
        v.mean[c] /= v.n;
    return v;
}

static void score_by_words(const work *w, size_t g, const voice *v, float *out) {
    const pt_mixture_params params = pt_mixture_params_default();
    counts own = counts_new(w->all.K, w->all.columns);
    double *score = pt_zalloc(w->all.K, sizeof *score);
    for (uint64_t m = w->first[g]; m < w->first[g + 1]; m++)
        add(w, &own, w->member[m]);
    const double x_mass = w->all.x_mass - own.x_mass;
    for (uint32_t c = 0; c < own.columns; c++) {
        /* what no other patent says tells nothing; differences of equal sums may miss zero */
        const double p = (w->all.x[c] - own.x[c]) / x_mass;
        if (v->mean[c] <= 0 || !(p > 1e-9))
            continue;
        for (uint32_t k = 0; k < own.K; k++) {
            const size_t cell = (size_t)c * own.K + k;
            const double C = fmax(w->all.C[cell] - own.C[cell], 0), prior = params.background_mass * p;
            const double phi = (C + prior) / (w->all.mass[k] - own.mass[k] + params.background_mass);
            score[k] += sqrt(v->mean[c]) * log(.5 * phi / p + .5);
        }
    }
    for (uint32_t k = 0; k < own.K; k++)
        out[k] = (float)(score[k] / params.T);
    free(score);
    counts_free(&own);
}

static void score_by_seeds(const work *w, const voice *v, float *out) {
    const pt_seeds *seeds = w->seeds;
    for (uint32_t k = 0; k < seeds->n_items; k++) {
        double score = 0;
        for (uint32_t i = seeds->start[k]; i < seeds->start[k + 1]; i++) {
            const uint32_t word = seeds->word[i], column = w->column_of[word];
            if (column && v->patents[column - 1])
                score += (double)seeds->weight[i] * w->strength[word] *
                         sqrt((double)v->patents[column - 1] / v->n);
        }
        out[k] = (float)score;
    }
}

static void score_group(void *shared, int worker, size_t g) {
    (void)worker;
    const work *w = shared;
    voice v = listen(w, g);
    if (v.n) {
        score_by_words(w, g, &v, w->out->words + g * w->all.K);
        score_by_seeds(w, &v, w->out->seeds + g * w->all.K);
    }
    free(v.mean);
    free(v.patents);
}

pt_group_evidence *pt_group_evidence_find(const pt_corpus *corpus, const pt_seeds *seeds,
                                          const pt_evidence *evidence, const pt_patent_groups *groups) {
    assert(seeds->n_items == evidence->n_items);
    pt_group_evidence *out = pt_zalloc(1, sizeof *out);
    out->n_items = evidence->n_items;
    out->words = pt_zalloc((size_t)groups->n * evidence->n_items, sizeof *out->words);
    out->seeds = pt_zalloc((size_t)groups->n * evidence->n_items, sizeof *out->seeds);
    pt_doc_terms *terms = pt_doc_terms_new(corpus, 0);
    float *strength = pt_seeds_word_strength(seeds, corpus);
    work w = {.evidence = evidence,
              .groups = groups,
              .terms = terms,
              .seeds = seeds,
              .strength = strength,
              .out = out};
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
    free(strength);
    pt_doc_terms_free(terms);
    return out;
}

void pt_group_evidence_free(pt_group_evidence *g) {
    if (!g)
        return;
    free(g->words);
    free(g->seeds);
    free(g);
}
