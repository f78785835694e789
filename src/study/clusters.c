/* SPDX-License-Identifier: Apache-2.0 */
/* clusters.c - see clusters.h. */
#include "study/clusters.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/sort.h"
#include "study/ward.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The two shares were tuned on 5,094 real patents: 4 draws of 40 IPC subclasses in 26 items. Of 160
 * subclasses without and with a quarter of strangers, stray_share 0.65 found 136 and 132, 0.5 137 and 123,
 * 0.7 138 and 130 (no difference that counts), 0.85 128 and 125. */
static const double duplicate_cosine = 0.8, stray_share = 0.65, recall_share = 0.4;
enum { NEIGHBOURS = 3, TOO_FEW_TO_CLEAN = 6 };

/* What the steps share: the rows that Ward sees and what they tell each other. */
typedef struct sample {
    const pt_vectors *all;
    uint32_t n, *row;   /* rows of `all`, ascending */
    pt_vectors *vector; /* [n] */
    float *cosine;      /* pairs */
    uint32_t *group;    /* [n] smallest near duplicate */
} sample;

typedef struct keyed {
    uint64_t key;
    uint32_t row;
} keyed;

static int by_key(const void *x, const void *y) {
    const keyed *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static int by_number(const void *x, const void *y) {
    const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static int by_value(const void *x, const void *y) {
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Every row with words, or PT_CLUSTER_SAMPLE of them drawn by row number; returns how many rows each drawn
 * one stands for. */
static double draw_rows(sample *s) {
    keyed *drawn = pt_alloc(s->all->n, sizeof *drawn);
    for (uint32_t i = 0; i < s->all->n; i++)
        if (s->all->start[i + 1] > s->all->start[i])
            drawn[s->n++] = (keyed){pt_rng_hash(i), i};
    double stands_for = 1;
    if (s->n > PT_CLUSTER_SAMPLE) {
        stands_for = (double)s->n / PT_CLUSTER_SAMPLE;
        pt_sort(drawn, s->n, sizeof *drawn, by_key);
        s->n = PT_CLUSTER_SAMPLE;
    }
    s->row = pt_alloc(s->n, sizeof *s->row);
    for (uint32_t i = 0; i < s->n; i++)
        s->row[i] = drawn[i].row;
    pt_sort(s->row, s->n, sizeof *s->row, by_number);
    free(drawn);
    return stands_for;
}

static void look_again(sample *s) {
    pt_vectors_free(s->vector);
    free(s->cosine);
    s->vector = pt_vectors_rows(s->all, s->row, s->n);
    s->cosine = pt_vectors_cosines(s->vector);
}

static uint32_t root(uint32_t *parent, uint32_t i) {
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static void group_duplicates(sample *s, const uint32_t *applicant) {
    s->group = pt_realloc(s->group, s->n, sizeof *s->group);
    for (uint32_t i = 0; i < s->n; i++)
        s->group[i] = i;
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t j = i + 1; j < s->n; j++) {
            const uint32_t who = applicant[s->row[i]];
            if (who == PT_NO_ID || who != applicant[s->row[j]] ||
                s->cosine[pt_pair(s->n, i, j)] < duplicate_cosine)
                continue;
            const uint32_t a = root(s->group, i), b = root(s->group, j);
            s->group[a < b ? b : a] = a < b ? a : b;
        }
    for (uint32_t i = 0; i < s->n; i++)
        s->group[i] = root(s->group, i);
}

/* Mean cosine of row i to its three nearest. */
static double closeness(const sample *s, uint32_t i) {
    float nearest[NEIGHBOURS] = {0};
    for (uint32_t j = 0; j < s->n; j++) {
        if (j == i)
            continue;
        float x = s->cosine[pt_pair(s->n, i, j)];
        for (int place = 0; place < NEIGHBOURS; place++)
            if (x > nearest[place]) {
                const float pushed = nearest[place];
                nearest[place] = x;
                x = pushed;
            }
    }
    return ((double)nearest[0] + nearest[1] + nearest[2]) / NEIGHBOURS;
}

/* Strays leave the sample. Returns how many left. */
static uint32_t drop_strays(sample *s) {
    if (s->n < TOO_FEW_TO_CLEAN)
        return 0;
    double *close = pt_alloc(s->n, sizeof *close), *sorted = pt_alloc(s->n, sizeof *sorted);
    for (uint32_t i = 0; i < s->n; i++)
        sorted[i] = close[i] = closeness(s, i);
    pt_sort(sorted, s->n, sizeof *sorted, by_value);
    const double median = (sorted[(s->n - 1) / 2] + sorted[s->n / 2]) / 2;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->n; i++)
        if (close[i] >= stray_share * median)
            s->row[kept++] = s->row[i];
    const uint32_t left = s->n - kept;
    s->n = kept;
    free(close);
    free(sorted);
    return left;
}

/* Distinct patents in each of k clusters: groups of duplicates whose first patent lies there. */
static void count_distinct(const sample *s, const uint32_t *label, uint32_t k, uint32_t *distinct) {
    memset(distinct, 0, k * sizeof *distinct);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->group[i] == i)
            distinct[label[i]]++;
}

static uint32_t distinct_patents(const sample *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        n += s->group[i] == i;
    return n;
}

/* The highest cut of the tree with k clusters of the least size; rows of smaller ones become PT_STRAY.
 * False when there is none. */
static bool cut_tree(const sample *s, const pt_merge *merge, uint32_t k, uint32_t *label) {
    uint32_t *distinct = pt_alloc(s->n, sizeof *distinct), *number = pt_alloc(s->n, sizeof *number);
    uint32_t large = 0;
    for (uint32_t cut = k; large < k && cut <= s->n; cut++) {
        pt_ward_cut(s->n, merge, cut, label);
        count_distinct(s, label, cut, distinct);
        large = 0;
        for (uint32_t c = 0; c < cut; c++)
            number[c] = distinct[c] >= PT_MIN_PATENTS ? large++ : PT_STRAY;
    }
    if (large == k)
        for (uint32_t i = 0; i < s->n; i++)
            label[i] = number[label[i]];
    free(distinct);
    free(number);
    return large == k;
}

static void join_nearest(const pt_vectors *vectors, const double *weight, uint32_t k, uint32_t *label) {
    pt_centroids *centroids = pt_centroids_new(vectors, weight, label, k);
    for (uint32_t i = 0; i < vectors->n; i++) {
        double cosine;
        if (label[i] == PT_STRAY)
            label[i] = pt_centroid_nearest(centroids, vectors, i, &cosine);
    }
    pt_centroids_free(centroids);
}

static bool all_large(const sample *s, const uint32_t *label, uint32_t k) {
    uint32_t *distinct = pt_alloc(k, sizeof *distinct);
    count_distinct(s, label, k, distinct);
    bool yes = true;
    for (uint32_t c = 0; c < k; c++)
        yes = yes && distinct[c] >= PT_MIN_PATENTS;
    free(distinct);
    return yes;
}

/* Mean cosine of the rows of each cluster to its centroid. */
static void own_cosine(const pt_centroids *centroids, const pt_vectors *vectors, const uint32_t *label,
                       double *mean) {
    uint32_t *n = pt_zalloc(centroids->k, sizeof *n);
    for (uint32_t i = 0; i < vectors->n; i++)
        if (label[i] != PT_STRAY) {
            mean[label[i]] += pt_centroid_cosine(centroids, vectors, i, label[i]);
            n[label[i]]++;
        }
    for (uint32_t c = 0; c < centroids->k; c++)
        mean[c] = n[c] ? mean[c] / n[c] : 1;
    free(n);
}

/* Of the cluster that holds together least. */
static double least_cohesion(const sample *s, const double *weight, uint32_t k, const uint32_t *label) {
    pt_centroids *centroids = pt_centroids_new(s->vector, weight, label, k);
    double *mean = pt_zalloc(k, sizeof *mean), least = 1;
    own_cosine(centroids, s->vector, label, mean);
    for (uint32_t c = 0; c < k; c++)
        least = fmin(least, mean[c]);
    pt_centroids_free(centroids);
    free(mean);
    return least;
}

/* k clusters of the sample, written to the labels of all rows. False when k does not fit the patents. */
static bool partition(pt_clusters *clusters, const sample *s, const pt_merge *merge, const double *weight,
                      uint32_t k) {
    uint32_t *label = pt_zalloc(s->n, sizeof *label), *all = clusters->label[k - 1];
    double objective = 0;
    bool fits =
        k == 1 || (k * PT_MIN_PATENTS_A_CLUSTER <= distinct_patents(s) && cut_tree(s, merge, k, label));
    if (fits) {
        join_nearest(s->vector, weight, k, label);
        objective = pt_kmeans_refine(s->vector, weight, k, label);
        fits = k == 1 || all_large(s, label, k);
    }
    if (fits) {
        for (uint32_t i = 0; i < clusters->n; i++)
            all[i] = PT_STRAY;
        for (uint32_t i = 0; i < s->n; i++)
            all[s->row[i]] = label[i];
        clusters->objective[k - 1] = objective;
        clusters->cohesion[k - 1] = least_cohesion(s, weight, k, label);
        clusters->max_k = k;
    }
    free(label);
    return fits;
}

static void partition_all(pt_clusters *clusters, const sample *s, double scale) {
    const size_t pairs = (size_t)s->n * (s->n ? s->n - 1 : 0) / 2;
    double *weight = pt_alloc(s->n, sizeof *weight), *squared = pt_alloc(pairs, sizeof *squared);
    pt_merge *merge = pt_alloc(s->n, sizeof *merge);
    for (uint32_t i = 0; i < s->n; i++)
        weight[i] = clusters->weight[s->row[i]] * scale;
    for (size_t p = 0; p < pairs; p++)
        squared[p] = 2 - 2 * (double)s->cosine[p];
    pt_ward(s->n, weight, squared, merge);
    for (uint32_t k = 1; k <= PT_MAX_CLUSTERS; k++)
        if (!partition(clusters, s, merge, weight, k))
            break;
    free(weight);
    free(squared);
    free(merge);
}

pt_clusters *pt_clusters_new(const pt_vectors *vectors, const double *mass, const uint32_t *applicant) {
    pt_clusters *clusters = pt_zalloc(1, sizeof *clusters);
    clusters->n = vectors->n;
    clusters->weight = pt_alloc(vectors->n, sizeof *clusters->weight);
    memcpy(clusters->weight, mass, vectors->n * sizeof *mass);
    for (uint32_t k = 0; k < PT_MAX_CLUSTERS; k++)
        clusters->label[k] = pt_alloc(vectors->n, sizeof *clusters->label[k]);
    sample s = {.all = vectors};
    const double scale = draw_rows(&s); /* objectives of items stay comparable */
    look_again(&s);
    if (drop_strays(&s) > 0)
        look_again(&s);
    group_duplicates(&s, applicant);
    uint32_t *size = pt_zalloc(s.n, sizeof *size);
    for (uint32_t i = 0; i < s.n; i++)
        size[s.group[i]]++;
    for (uint32_t i = 0; i < s.n; i++)
        clusters->weight[s.row[i]] /= sqrt((double)size[s.group[i]]);
    partition_all(clusters, &s, scale);
    free(size);
    free(s.row);
    free(s.group);
    free(s.cosine);
    pt_vectors_free(s.vector);
    return clusters;
}

void pt_clusters_free(pt_clusters *clusters) {
    if (!clusters)
        return;
    for (uint32_t k = 0; k < PT_MAX_CLUSTERS; k++)
        free(clusters->label[k]);
    free(clusters->weight);
    free(clusters);
}

/* The item whose cluster holds together least, below the limit, gets one more, as long as there is one. */
static uint32_t split_mixed(pt_clusters *const *item, uint32_t n_items, uint32_t spent, uint32_t budget,
                            uint32_t *k) {
    for (; spent < budget; spent++) {
        uint32_t worst = n_items;
        double lowest = PT_LEAST_COHESION;
        for (uint32_t i = 0; i < n_items; i++)
            if (k[i] > 0 && k[i] < item[i]->max_k && item[i]->cohesion[k[i] - 1] < lowest) {
                worst = i;
                lowest = item[i]->cohesion[k[i] - 1];
            }
        if (worst == n_items)
            break;
        k[worst]++;
    }
    return spent;
}

void pt_budget_spend(pt_clusters *const *item, uint32_t n_items, uint32_t budget, uint32_t *k) {
    uint32_t spent = 0;
    for (uint32_t i = 0; i < n_items; i++)
        spent += k[i] = item[i] ? 1 : 0;
    spent = split_mixed(item, n_items, spent, budget, k);
    for (; spent < budget; spent++) {
        uint32_t best = n_items;
        double highest = 0;
        for (uint32_t i = 0; i < n_items; i++) {
            if (k[i] == 0 || k[i] == item[i]->max_k)
                continue;
            const double gain = item[i]->objective[k[i]] - item[i]->objective[k[i] - 1];
            if (best == n_items || gain > highest) {
                best = i;
                highest = gain;
            }
        }
        if (best == n_items)
            return;
        k[best]++;
    }
}

void pt_clusters_recall(const pt_clusters *clusters, const pt_vectors *vectors, uint32_t k, uint32_t *label) {
    pt_centroids *centroids = pt_centroids_new(vectors, clusters->weight, label, k);
    double *own = pt_zalloc(k, sizeof *own);
    own_cosine(centroids, vectors, label, own);
    for (uint32_t i = 0; i < vectors->n; i++) {
        if (label[i] != PT_STRAY)
            continue;
        double cosine;
        const uint32_t nearest = pt_centroid_nearest(centroids, vectors, i, &cosine);
        if (cosine >= recall_share * own[nearest])
            label[i] = nearest;
    }
    pt_centroids_free(centroids);
    free(own);
}
