/* SPDX-License-Identifier: Apache-2.0 */
/* kmeans.c - see kmeans.h. */
#include "study/kmeans.h"
#include "base/mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 100 };

static void fill(pt_centroids *centroids, const pt_vectors *vectors, const double *weight,
                 const uint32_t *label) {
    const uint32_t columns = centroids->columns;
    memset(centroids->sum, 0, (size_t)centroids->k * columns * sizeof *centroids->sum);
    for (uint32_t i = 0; i < vectors->n; i++)
        if (label[i] < centroids->k)
            pt_vector_add(vectors, i, weight[i], centroids->sum + (size_t)label[i] * columns);
    for (uint32_t c = 0; c < centroids->k; c++) {
        double squares = 0;
        for (uint32_t w = 0; w < columns; w++)
            squares += centroids->sum[(size_t)c * columns + w] * centroids->sum[(size_t)c * columns + w];
        centroids->length[c] = sqrt(squares);
    }
}

pt_centroids *pt_centroids_new(const pt_vectors *vectors, const double *weight, const uint32_t *label,
                               uint32_t k) {
    pt_centroids *centroids = pt_alloc(1, sizeof *centroids);
    *centroids = (pt_centroids){.k = k,
                                .columns = vectors->columns,
                                .sum = pt_zalloc((size_t)k * vectors->columns, sizeof *centroids->sum),
                                .length = pt_zalloc(k, sizeof *centroids->length)};
    fill(centroids, vectors, weight, label);
    return centroids;
}

void pt_centroids_free(pt_centroids *centroids) {
    if (!centroids)
        return;
    free(centroids->sum);
    free(centroids->length);
    free(centroids);
}

double pt_centroid_cosine(const pt_centroids *centroids, const pt_vectors *vectors, uint32_t row,
                          uint32_t c) {
    const double length = centroids->length[c];
    return length > 0 ? pt_vector_dot(vectors, row, centroids->sum + (size_t)c * centroids->columns) / length
                      : 0;
}

uint32_t pt_centroid_nearest(const pt_centroids *centroids, const pt_vectors *vectors, uint32_t row,
                             double *cosine) {
    uint32_t best = 0;
    double highest = pt_centroid_cosine(centroids, vectors, row, 0);
    for (uint32_t c = 1; c < centroids->k; c++) {
        const double x = pt_centroid_cosine(centroids, vectors, row, c);
        if (x > highest) {
            highest = x;
            best = c;
        }
    }
    *cosine = highest;
    return best;
}

double pt_kmeans_refine(const pt_vectors *vectors, const double *weight, uint32_t k, uint32_t *label) {
    pt_centroids *centroids = pt_centroids_new(vectors, weight, label, k);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t moved = 0;
        for (uint32_t i = 0; i < vectors->n; i++) {
            if (label[i] >= k)
                continue;
            double cosine;
            const uint32_t nearest = pt_centroid_nearest(centroids, vectors, i, &cosine);
            if (nearest != label[i] && cosine > pt_centroid_cosine(centroids, vectors, i, label[i])) {
                label[i] = nearest;
                moved++;
            }
        }
        if (moved == 0)
            break;
        fill(centroids, vectors, weight, label);
    }
    double objective = 0;
    for (uint32_t c = 0; c < k; c++)
        objective += centroids->length[c];
    pt_centroids_free(centroids);
    return objective;
}
