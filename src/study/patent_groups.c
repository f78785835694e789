/* SPDX-License-Identifier: Apache-2.0 */
/* patent_groups.c - see patent_groups.h. */
#include "study/patent_groups.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "study/kmeans.h"
#include "study/ward.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PATENTS_A_GROUP = 16, SAMPLE = 2000, BLOCK = 256 };
static const double joins_share = 0.6, least_cohesion = 0.4;

/* The classified patents of the region, or an even sample of them; returns how many. */
static uint32_t choose_rows(const pt_patent_groups *groups, uint32_t *row) {
    uint32_t all = 0, n = 0;
    for (uint32_t d = 0; d < groups->D; d++)
        if (groups->is_core[d])
            row[all++] = d;
    const uint64_t wanted = all < SAMPLE ? all : SAMPLE;
    for (uint64_t i = 0; i < all; i++)
        if ((i + 1) * wanted / all > i * wanted / all)
            row[n++] = row[i];
    return n;
}

static uint32_t *cluster(const pt_vectors *vectors, uint32_t k, pt_centroids **centroids) {
    const uint32_t n = vectors->n;
    const size_t pairs = (size_t)n * (n - 1) / 2;
    double *weight = pt_alloc(n, sizeof *weight), *squared = pt_alloc(pairs, sizeof *squared);
    float *cosine = pt_vectors_cosines(vectors);
    pt_merge *merge = pt_alloc(n, sizeof *merge);
    uint32_t *label = pt_alloc(n, sizeof *label);
    for (uint32_t i = 0; i < n; i++)
        weight[i] = 1;
    for (size_t p = 0; p < pairs; p++)
        squared[p] = 2 - 2 * (double)cosine[p];
    pt_ward(n, weight, squared, merge);
    pt_ward_cut(n, merge, k, label);
    pt_kmeans_refine(vectors, weight, k, label);
    *centroids = pt_centroids_new(vectors, weight, label, k);
    free(weight);
    free(squared);
    free(cosine);
    free(merge);
    return label;
}

/* --- every patent to its nearest centroid --- */

typedef struct search {
    const pt_corpus *corpus;
    const pt_centroids *centroids;
    const uint32_t *column_of; /* [V] column + 1, 0 = none */
    float *cosine;             /* [D] to the nearest */
    uint32_t *nearest;         /* [D] */
    double *dot;               /* [threads][k] */
    uint32_t *count;           /* [threads][V] 0 between documents */
} search;

static void find_nearest(const search *s, uint32_t d, double *dot, uint32_t *count) {
    const pt_corpus *corpus = s->corpus;
    const uint32_t k = s->centroids->k, columns = s->centroids->columns;
    double squares = 0;
    memset(dot, 0, k * sizeof *dot);
    for (uint64_t t = corpus->doc_start[d]; t < corpus->doc_start[d + 1]; t++)
        if (!(corpus->flags[t] & PT_TOKEN_PART))
            count[corpus->word[t]] += corpus->flags[t] & PT_TOKEN_TITLE ? 2 : 1;
    for (uint64_t t = corpus->doc_start[d]; t < corpus->doc_start[d + 1]; t++) {
        const uint32_t w = corpus->word[t];
        if (count[w] == 0)
            continue;
        const double x = (1 + log(count[w])) * log((double)corpus->D / corpus->doc_freq[w]);
        count[w] = 0;
        squares += x * x;
        for (uint32_t c = 0; s->column_of[w] && c < k; c++)
            dot[c] += x * s->centroids->sum[(size_t)c * columns + s->column_of[w] - 1];
    }
    s->nearest[d] = 0;
    s->cosine[d] = 0;
    for (uint32_t c = 0; c < k && squares > 0; c++) {
        const double length = s->centroids->length[c] * sqrt(squares);
        const float cosine = length > 0 ? (float)(dot[c] / length) : 0;
        if (cosine > s->cosine[d]) {
            s->cosine[d] = cosine;
            s->nearest[d] = c;
        }
    }
}

static void search_block(void *user, int worker, size_t unit) {
    search *s = user;
    for (size_t d = unit * BLOCK; d < s->corpus->D && d < (unit + 1) * BLOCK; d++)
        find_nearest(s, (uint32_t)d, s->dot + (size_t)worker * s->centroids->k,
                     s->count + (size_t)worker * s->corpus->V);
}

static void join_all(pt_patent_groups *groups, const search *s, const pt_mapping *mapping) {
    double *mean = pt_zalloc(groups->n, sizeof *mean);
    uint32_t *size = pt_zalloc(groups->n, sizeof *size);
    for (uint32_t d = 0; d < groups->D; d++)
        if (groups->is_core[d]) {
            mean[s->nearest[d]] += s->cosine[d];
            size[s->nearest[d]]++;
        }
    for (uint32_t g = 0; g < groups->n; g++)
        mean[g] = size[g] ? mean[g] / size[g] : 0;
    for (uint32_t d = 0; d < groups->D; d++) {
        const uint32_t g = s->nearest[d];
        const bool is_classified = mapping->start[d] < mapping->start[d + 1];
        if (is_classified && mean[g] >= least_cohesion &&
            (groups->is_core[d] || s->cosine[d] >= joins_share * mean[g]))
            groups->of[d] = g;
    }
    free(mean);
    free(size);
}

static void find_members(pt_patent_groups *groups, const pt_corpus *corpus, const pt_mapping *mapping,
                         const pt_vectors *vectors, const pt_centroids *centroids) {
    const int threads = pt_threads(0);
    uint32_t *column_of = pt_zalloc(corpus->V, sizeof *column_of);
    for (uint32_t c = 0; c < vectors->columns; c++)
        column_of[vectors->word[c]] = c + 1;
    search s = {.corpus = corpus,
                .centroids = centroids,
                .column_of = column_of,
                .cosine = pt_alloc(corpus->D, sizeof *s.cosine),
                .nearest = pt_alloc(corpus->D, sizeof *s.nearest),
                .dot = pt_alloc((size_t)threads * centroids->k, sizeof *s.dot),
                .count = pt_zalloc((size_t)threads * corpus->V, sizeof *s.count)};
    pt_parallel_for(threads, ((size_t)corpus->D + BLOCK - 1) / BLOCK, search_block, &s);
    join_all(groups, &s, mapping);
    free(column_of);
    free(s.cosine);
    free(s.nearest);
    free(s.dot);
    free(s.count);
}

pt_patent_groups *pt_patent_groups_new(const pt_corpus *corpus, const pt_documents *documents,
                                       const pt_mapping *mapping) {
    pt_patent_groups *groups = pt_zalloc(1, sizeof *groups);
    groups->D = corpus->D;
    groups->of = pt_alloc(corpus->D, sizeof *groups->of);
    groups->is_core = pt_zalloc(corpus->D, sizeof *groups->is_core);
    for (uint32_t d = 0; d < corpus->D; d++) {
        groups->of[d] = PT_NO_GROUP;
        groups->is_core[d] = documents->at[d].in_period && documents->at[d].weight > 0 &&
                             mapping->start[d] < mapping->start[d + 1];
    }
    uint32_t *row = pt_alloc(corpus->D, sizeof *row);
    const uint32_t n = choose_rows(groups, row);
    groups->n = n / PATENTS_A_GROUP;
    if (groups->n > 0) {
        pt_vectors *vectors = pt_vectors_new(corpus, row, n);
        pt_centroids *centroids;
        free(cluster(vectors, groups->n, &centroids));
        find_members(groups, corpus, mapping, vectors, centroids);
        pt_centroids_free(centroids);
        pt_vectors_free(vectors);
    }
    free(row);
    return groups;
}

void pt_patent_groups_free(pt_patent_groups *groups) {
    if (!groups)
        return;
    free(groups->of);
    free(groups->is_core);
    free(groups);
}
