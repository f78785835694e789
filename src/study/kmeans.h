/* SPDX-License-Identifier: Apache-2.0 */
/* kmeans.h - spherical k-means (Dhillon & Modha, Machine Learning 42, 2001) from a given start. */
#ifndef PT_STUDY_KMEANS_H
#define PT_STUDY_KMEANS_H

#include "study/vectors.h"

#define PT_STRAY UINT32_MAX /* the label of a row that belongs to no cluster */

/* Sums of weighted unit vectors, one a cluster. */
typedef struct pt_centroids {
    uint32_t k, columns;
    double *sum;    /* [k][columns] */
    double *length; /* [k] |sum|; 0 = empty */
} pt_centroids;

/* Centroids of the rows with labels below k; others are passed over. weight [n]. Free with
 * pt_centroids_free. */
pt_centroids *pt_centroids_new(const pt_vectors *vectors, const double *weight, const uint32_t *label,
                               uint32_t k);
void pt_centroids_free(pt_centroids *centroids); /* NULL is fine */
/* Cosine of a row to a centroid; 0 for an empty row or centroid. */
double pt_centroid_cosine(const pt_centroids *centroids, const pt_vectors *vectors, uint32_t row, uint32_t c);
/* Nearest centroid; ties to the lowest. */
uint32_t pt_centroid_nearest(const pt_centroids *centroids, const pt_vectors *vectors, uint32_t row,
                             double *cosine);

/* Moves every row to its nearest centroid until nothing moves (at most 100 rounds) and returns the objective
 * Σ_c |Σ_{i in c} weight_i x_i|. A row stays where it is on a tie. PT_STRAY rows are left alone. */
double pt_kmeans_refine(const pt_vectors *vectors, const double *weight, uint32_t k, uint32_t *label);

#endif
