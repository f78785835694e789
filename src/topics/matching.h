/* SPDX-License-Identifier: Apache-2.0 */
/* matching.h - the assignment of rows to columns with the largest total gain: the Hungarian method with
 * potentials, O(n^3) (Kuhn, The Hungarian method for the assignment problem, 1955). */
#ifndef PT_TOPICS_MATCHING_H
#define PT_TOPICS_MATCHING_H

#include <stddef.h>
#include <stdint.h>

/* gain [n][n] -> column_of [n]; returns the total gain. */
double pt_matching_best(const double *gain, size_t n, uint32_t *column_of);

#endif
