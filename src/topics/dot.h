/* SPDX-License-Identifier: Apache-2.0 */
/* dot.h - sum_k a_k b_k over rows padded to 16, in 16 lanes: the same order of additions on every machine. */
#ifndef PT_TOPICS_DOT_H
#define PT_TOPICS_DOT_H

#include <stddef.h>

enum { PT_DOT_LANES = 16 };

static inline float pt_dot(const float *a, const float *b, size_t row) {
    float lane[PT_DOT_LANES] = {0};
    for (size_t k = 0; k < row; k += PT_DOT_LANES)
        for (size_t l = 0; l < PT_DOT_LANES; l++)
            lane[l] += a[k + l] * b[k + l];
    for (size_t width = PT_DOT_LANES / 2; width > 0; width /= 2)
        for (size_t l = 0; l < width; l++)
            lane[l] += lane[l + width];
    return lane[0];
}

#endif
