/* SPDX-License-Identifier: Apache-2.0 */
#include "report/topic_map.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* phi_k without its floor: most words never occur in a topic and share one value. */
typedef struct sparse_topic {
    PT_VEC(uint32_t) word; /* ascending, phi above the floor */
    PT_VEC(float) phi;
    float floor;
} sparse_topic;

static sparse_topic *sparse_topics(const pt_model *model) {
    size_t row;
    float *phi = pt_model_phi(model, &row);
    sparse_topic *topics = pt_zalloc(model->K, sizeof *topics);
    for (uint32_t k = 0; k < model->K; k++)
        topics[k].floor = phi[k];
    for (uint32_t w = 1; w < model->V; w++)
        for (uint32_t k = 0; k < model->K; k++)
            if (phi[w * row + k] < topics[k].floor)
                topics[k].floor = phi[w * row + k];
    for (uint32_t w = 0; w < model->V; w++)
        for (uint32_t k = 0; k < model->K; k++)
            if (phi[w * row + k] > topics[k].floor) {
                pt_vec_push(&topics[k].word, w);
                pt_vec_push(&topics[k].phi, phi[w * row + k]);
            }
    free(phi);
    return topics;
}

static void free_sparse(sparse_topic *topics, uint32_t K) {
    for (uint32_t k = 0; k < K; k++) {
        pt_vec_free(&topics[k].word);
        pt_vec_free(&topics[k].phi);
    }
    free(topics);
}

/* p ln(p/m) + q ln(q/m), m = (p + q) / 2 */
static double divergence_term(double p, double q) {
    const double m = (p + q) / 2;
    return (p > 0 ? p * log(p / m) : 0) + (q > 0 ? q * log(q / m) : 0);
}

static double jensen_shannon(const sparse_topic *a, const sparse_topic *b, uint32_t V) {
    double sum = 0;
    size_t i = 0, j = 0, n_words = 0;
    while (i < a->word.n || j < b->word.n) {
        const uint32_t wa = i < a->word.n ? a->word.at[i] : UINT32_MAX;
        const uint32_t wb = j < b->word.n ? b->word.at[j] : UINT32_MAX;
        const float p = wa <= wb ? a->phi.at[i++] : a->floor;
        const float q = wb <= wa ? b->phi.at[j++] : b->floor;
        sum += divergence_term((double)p, (double)q);
        n_words++;
    }
    sum += (double)(V - n_words) * divergence_term((double)a->floor, (double)b->floor);
    return sum > 0 ? sum / 2 : 0;
}

typedef struct distance_job {
    const sparse_topic *topics;
    uint32_t K, V;
    double *squared; /* [K][K] */
} distance_job;

static void fill_row(void *shared, int worker, size_t unit) {
    (void)worker;
    const distance_job *job = shared;
    for (uint32_t l = (uint32_t)unit + 1; l < job->K; l++)
        job->squared[unit * job->K + l] = jensen_shannon(&job->topics[unit], &job->topics[l], job->V);
}

/* B = -J D² J / 2, J = I - 1/K: squared distances to scalar products. */
static void centre_twice(double *squared, uint32_t K) {
    double *mean = pt_zalloc(K, sizeof *mean), all = 0;
    for (size_t k = 0; k < K; k++) {
        for (size_t l = 0; l < K; l++) {
            if (l < k)
                squared[k * K + l] = squared[l * K + k];
            mean[k] += squared[k * K + l] / K;
        }
        all += mean[k] / K;
    }
    for (size_t k = 0; k < K; k++)
        for (size_t l = 0; l < K; l++)
            squared[k * K + l] = -(squared[k * K + l] - mean[k] - mean[l] + all) / 2;
    free(mean);
}

/* Makes v orthogonal to u (NULL = nothing) and of length 1; returns its length before. */
static double orthonormalise(double *v, const double *u, uint32_t K) {
    double along = 0, length = 0;
    for (uint32_t k = 0; u && k < K; k++)
        along += u[k] * v[k];
    for (uint32_t k = 0; k < K; k++) {
        v[k] -= u ? along * u[k] : 0;
        length += v[k] * v[k];
    }
    length = sqrt(length);
    for (uint32_t k = 0; k < K && length > 0; k++)
        v[k] /= length;
    return length;
}

/* Power iteration: the leading eigenvector of B orthogonal to u, times the root of its eigenvalue. B has no
 * negative eigenvalue but for rounding, since the root of the divergence embeds into a Euclidean space. */
static void principal_coordinate(const double *B, uint32_t K, const double *u, double *v) {
    enum { MOST_STEPS = 1000 };
    double *next = pt_alloc(K, sizeof *next), eigenvalue = 0;
    for (uint32_t k = 0; k < K; k++)
        v[k] = sin(1.0 + k); /* a start that no symmetry of the data shares */
    orthonormalise(v, u, K);
    for (int step = 0; step < MOST_STEPS; step++) {
        double change = 0;
        for (size_t k = 0; k < K; k++) {
            next[k] = 0;
            for (size_t l = 0; l < K; l++)
                next[k] += B[k * K + l] * v[l];
        }
        eigenvalue = orthonormalise(next, u, K);
        for (uint32_t k = 0; k < K; k++) {
            change += fabs(next[k] - v[k]);
            v[k] = next[k];
        }
        if (change < 1e-9 * K)
            break;
    }
    uint32_t largest = 0;
    for (uint32_t k = 0; k < K; k++)
        if (fabs(v[k]) > fabs(v[largest]) + 1e-9)
            largest = k;
    const double scale = (K && v[largest] < 0 ? -1 : 1) * sqrt(eigenvalue);
    for (uint32_t k = 0; k < K; k++)
        v[k] *= scale;
    free(next);
}

static void place_topics(pt_topic_map *map, const sparse_topic *topics) {
    const uint32_t K = map->K;
    distance_job job = {topics, K, map->V, pt_zalloc((size_t)K * K, sizeof(double))};
    pt_parallel_for(pt_threads(0), K, fill_row, &job);
    centre_twice(job.squared, K);
    principal_coordinate(job.squared, K, NULL, map->x);
    double *unit = pt_alloc(K, sizeof *unit);
    memcpy(unit, map->x, K * sizeof *unit);
    orthonormalise(unit, NULL, K);
    principal_coordinate(job.squared, K, unit, map->y);
    free(unit);
    free(job.squared);
}

typedef struct scored {
    double score;
    uint32_t index;
} scored;

static int by_score(const void *a, const void *b) {
    const scored *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Marks in `keep` the terms that are among the most relevant for some λ. */
static void mark_relevant(const pt_topic_term *term, uint32_t n, bool *keep) {
    scored *order = pt_alloc(n, sizeof *order);
    for (int tenth = 0; tenth <= 10; tenth++) {
        const double lambda = tenth / 10.0;
        for (uint32_t i = 0; i < n; i++)
            order[i] =
                (scored){lambda * (double)term[i].log_phi + (1 - lambda) * (double)term[i].log_lift, i};
        pt_sort(order, n, sizeof *order, by_score);
        for (uint32_t i = 0; i < n && i < PT_RELEVANT_WORDS; i++)
            keep[order[i].index] = true;
    }
    free(order);
}

static int by_phi(const void *a, const void *b) {
    const pt_topic_term *x = a, *y = b;
    if (x->log_phi != y->log_phi)
        return x->log_phi < y->log_phi ? 1 : -1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static bool is_keyword(const pt_model *model, uint32_t k, uint32_t word) {
    if (k >= model->n_items)
        return false;
    uint32_t low = model->keyword_start[k], high = model->keyword_start[k + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (model->keyword[middle] == word)
            return true;
        if (model->keyword[middle] < word)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Terms of every topic, all with n_kw > 0: start [K+1] into the array returned. */
static pt_topic_term *all_terms(const pt_model *model, uint32_t *start) {
    const uint64_t cells = model->word_start[model->V];
    memset(start, 0, ((size_t)model->K + 1) * sizeof *start);
    for (uint64_t i = 0; i < cells; i++)
        start[model->topic[i] + 1]++;
    for (uint32_t k = 0; k < model->K; k++)
        start[k + 1] += start[k];
    pt_topic_term *term = pt_zalloc(cells, sizeof *term);
    uint32_t *next = pt_alloc(model->K, sizeof *next);
    memcpy(next, start, model->K * sizeof *next);
    for (uint32_t w = 0; w < model->V; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            term[next[model->topic[i]]++] = (pt_topic_term){.word = w, .count = model->count[i]};
    free(next);
    return term;
}

static void weigh_terms(const pt_topic_map *map, const pt_model *model, uint32_t k, const sparse_topic *topic,
                        pt_topic_term *term, uint32_t n) {
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        while (at < topic->word.n && topic->word.at[at] < term[i].word)
            at++;
        const bool found = at < topic->word.n && topic->word.at[at] == term[i].word;
        const double phi = (double)(found ? topic->phi.at[at] : topic->floor);
        term[i].log_phi = (float)log(phi);
        term[i].log_lift = (float)log(phi * (double)model->N / (double)map->word_total[term[i].word]);
        term[i].is_seed = is_keyword(model, k, term[i].word);
    }
}

static void choose_terms(pt_topic_map *map, const pt_model *model, const sparse_topic *topics) {
    uint32_t *start = pt_alloc((size_t)model->K + 1, sizeof *start), n_kept = 0;
    pt_topic_term *term = all_terms(model, start);
    for (uint32_t k = 0; k < model->K; k++) {
        const uint32_t n = start[k + 1] - start[k];
        pt_topic_term *own = term + start[k];
        bool *keep = pt_zalloc(n, sizeof *keep);
        weigh_terms(map, model, k, &topics[k], own, n);
        mark_relevant(own, n, keep);
        map->term_start[k] = n_kept;
        for (uint32_t i = 0; i < n; i++)
            if (keep[i])
                term[n_kept++] = own[i]; /* never overtakes what is still to be read */
        pt_sort(term + map->term_start[k], n_kept - map->term_start[k], sizeof *term, by_phi);
        free(keep);
    }
    map->term_start[model->K] = n_kept;
    map->term = pt_realloc(term, n_kept, sizeof *term);
    free(start);
}

pt_topic_map *pt_topic_map_new(const pt_outline *outline) {
    const pt_model *model = outline->findings->model;
    pt_topic_map *map = pt_zalloc(1, sizeof *map);
    map->K = model->K;
    map->V = model->V;
    map->x = pt_zalloc(map->K, sizeof *map->x);
    map->y = pt_zalloc(map->K, sizeof *map->y);
    map->share = pt_zalloc(map->K, sizeof *map->share);
    map->term_start = pt_zalloc((size_t)map->K + 1, sizeof *map->term_start);
    map->word_total = pt_zalloc(map->V, sizeof *map->word_total);
    for (uint32_t k = 0; k < map->K; k++)
        map->share[k] = model->N ? (double)model->topic_total[k] / (double)model->N : 0;
    for (uint32_t w = 0; w < map->V; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            map->word_total[w] += model->count[i];
    sparse_topic *topics = sparse_topics(model);
    place_topics(map, topics);
    choose_terms(map, model, topics);
    free_sparse(topics, map->K);
    return map;
}

void pt_topic_map_free(pt_topic_map *map) {
    if (!map)
        return;
    free(map->x);
    free(map->y);
    free(map->share);
    free(map->term_start);
    free(map->term);
    free(map->word_total);
    free(map);
}
