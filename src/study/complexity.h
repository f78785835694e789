/* SPDX-License-Identifier: Apache-2.0 */
/* complexity.h - relatedness of items and complexity of regions and items, from who is specialised in what:
 * M [R][K] row by row, 1 where the region's LQ is at least 1. NAN = the data cannot say.
 * Hidalgo, Klinger, Barabasi, Hausmann, The product space, Science 317, 2007; Hidalgo & Hausmann, The
 * building blocks of economic complexity, PNAS 106, 2009; Balland & Rigby, The geography of complex
 * knowledge, 2017. */
#ifndef PT_STUDY_COMPLEXITY_H
#define PT_STUDY_COMPLEXITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* phi [K][K] out: Σ_r M_ri M_rj / max(u_i, u_j), u = ubiquity; 0 on the diagonal and where u is 0. */
void pt_proximity(const uint8_t *M, size_t R, size_t K, double *phi);
/* Σ_j phi_kj M_j / Σ_j phi_kj of one region's row M [K]; NAN for an item without a neighbour. */
double pt_relatedness_density(const uint8_t *row, const double *phi, size_t K, size_t k);

typedef enum pt_complexity_state {
    PT_COMPLEXITY_KNOWN,
    PT_COMPLEXITY_DISCONNECTED, /* eigenvalue 1 twice, or fewer than 3 regions or items are left */
    PT_COMPLEXITY_UNSIGNED      /* hardly correlated with diversity (|r| < 0.1): no sign can be chosen */
} pt_complexity_state;

/* ECI of the regions: eigenvector of the second largest eigenvalue of D⁻¹ M U⁻¹ Mᵀ, solved in its symmetric
 * form D^-½ M U⁻¹ Mᵀ D^-½, positively correlated with diversity, z-scored (population). KCI of the items: the
 * z-score of the mean ECI of the regions that have the item. Rows and columns of zeros are left out (NAN).
 * eci [R], kci [K] out, all NAN unless known. */
pt_complexity_state pt_complexity(const uint8_t *M, size_t R, size_t K, double *eci, double *kci);

/* Eigenvalues and eigenvectors (columns of vector [n][n]) of a symmetric matrix, in no order, by cyclic
 * Jacobi rotations; matrix [n][n] is overwritten. */
void pt_symmetric_eigen(double *matrix, size_t n, double *value, double *vector);

#endif
