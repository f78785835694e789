/* SPDX-License-Identifier: Apache-2.0 */
/* ward.h - Ward's hierarchical clustering (J. Amer. Stat. Assoc. 58, 1963) of weighted points. */
#ifndef PT_STUDY_WARD_H
#define PT_STUDY_WARD_H

#include <stddef.h>
#include <stdint.h>

/* Two clusters become one; each is named by the smallest point in it, a < b. */
typedef struct pt_merge {
    uint32_t a, b;
    double height; /* growth of the weighted sum of squares, times two */
} pt_merge;

/* Where the pair (i, j), i != j, lies in a condensed distance matrix of n (n - 1) / 2 entries. */
static inline size_t pt_pair(uint32_t n, uint32_t i, uint32_t j) {
    const size_t low = i < j ? i : j, high = i < j ? j : i;
    return low * n - low * (low + 1) / 2 + (high - low - 1);
}

/* pt_ward - the n - 1 merges, lowest first.
 *   weight   [n] mass of each point, > 0
 *   squared  [n (n - 1) / 2] squared Euclidean distances (pt_pair); used as workspace, destroyed
 *   merge    [n - 1] out; ties fall to the smaller points, so the result is a function of the input alone
 * Nearest-neighbour chain with the Lance-Williams update: O(n²) time. See Murtagh & Contreras, Algorithms
 * for hierarchical clustering, WIREs Data Mining 2, 2012. */
void pt_ward(uint32_t n, const double *weight, double *squared, pt_merge *merge);

/* The k clusters left when the last k - 1 merges are undone: label [n], 0 .. k-1 in order of first point. */
void pt_ward_cut(uint32_t n, const pt_merge *merge, uint32_t k, uint32_t *label);

#endif
