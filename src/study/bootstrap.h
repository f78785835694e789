/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap.h - resampling patents with replacement (Efron 1979), and the order statistics that go with it.
 * Draws are a function of their number alone. */
#ifndef PT_STUDY_BOOTSTRAP_H
#define PT_STUDY_BOOTSTRAP_H

#include "base/rng.h"
#include <stddef.h>

/* The j-th of the n patents of a replicate: index 0 .. n-1. */
static inline size_t pt_bootstrap_draw(size_t n, size_t replicate, size_t j) {
    return (size_t)pt_rng_below(pt_rng_hash((uint64_t)n * replicate + j), n);
}

/* Quantile p of values by linear interpolation at (m-1)p, NAN left out; sorts values, NAN last. NAN if none
 * is left. */
double pt_quantile(double *values, size_t n, double p);

/* Mid-ranks in (0, 1): (values below + half of the equal ones, itself included) / n. A NAN value has rank NAN
 * and is not counted in n. order: [n] workspace. */
void pt_percentile_ranks(const double *values, size_t n, double *rank, size_t *order);

#endif
