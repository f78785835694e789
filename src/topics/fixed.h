/* SPDX-License-Identifier: Apache-2.0 */
/* fixed.h - sums of real numbers that depend neither on their order nor on who adds what: whole numbers of
 * 2^-24. Good for sums up to 2^39, such as four billion documents of 100 words each, and as fine as the
 * floats that are added. */
#ifndef PT_TOPICS_FIXED_H
#define PT_TOPICS_FIXED_H

#include <math.h>
#include <stdint.h>

/* Rounded to the nearest. */
static inline int64_t pt_fixed(double x) {
    return (int64_t)(x * 0x1p24 + copysign(.5, x));
}

static inline double pt_fixed_value(int64_t sum) {
    return (double)sum * 0x1p-24;
}

#endif
