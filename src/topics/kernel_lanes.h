/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_lanes.h - 16 lanes of floats and what the kernels do with them, for the instruction set at hand: one
 * vector of AVX-512, or two of half the width. The additions are the same ones, so the results are too. */
#ifndef PT_TOPICS_KERNEL_LANES_H
#define PT_TOPICS_KERNEL_LANES_H

#include "topics/kernel.h"

#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX512F__
enum { LANES = 16, VECTORS = 1 };
typedef float vec __attribute__((vector_size(64), may_alias));
typedef uint32_t bits __attribute__((vector_size(64), may_alias));
typedef uint16_t half __attribute__((vector_size(32), may_alias));

INLINE vec shifted(vec v, const int lanes) {
    const __m512i zero = _mm512_setzero_si512();
    switch (lanes) {
    case 1:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 15);
    case 2:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 14);
    case 4:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 12);
    default:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 8);
    }
}

/* prefix[l] = sum of the lanes up to l, by doubling distances. */
INLINE void prefix_sum(const vec *acc, vec *prefix) {
    vec p = acc[0];
    p += shifted(p, 1);
    p += shifted(p, 2);
    p += shifted(p, 4);
    p += shifted(p, 8);
    prefix[0] = p;
}

INLINE uint32_t lane_of(const bits *v, size_t lane) {
    return (uint32_t)_mm_cvtsi128_si32(
        _mm512_castsi512_si128(_mm512_permutexvar_epi32(_mm512_set1_epi32((int)lane), (__m512i)v[0])));
}

/* How many of lanes 0 .. 14 are <= t. */
INLINE size_t count_up_to(const vec *v, float t) {
    return (size_t)__builtin_popcount(_mm512_cmp_ps_mask((__m512)v[0], _mm512_set1_ps(t), _CMP_LE_OQ) &
                                      0x7FFF);
}
#else
enum { LANES = 8, VECTORS = 2 };
typedef float vec __attribute__((vector_size(32), may_alias));
typedef uint32_t bits __attribute__((vector_size(32), may_alias));
typedef uint16_t half __attribute__((vector_size(16), may_alias));

INLINE void prefix_sum(const vec *acc, vec *prefix) {
    const vec zero = {0};
    vec low = acc[0], high = acc[1];
    high += __builtin_shufflevector(low, high, 7, 8, 9, 10, 11, 12, 13, 14);
    low += __builtin_shufflevector(zero, low, 7, 8, 9, 10, 11, 12, 13, 14);
    high += __builtin_shufflevector(low, high, 6, 7, 8, 9, 10, 11, 12, 13);
    low += __builtin_shufflevector(zero, low, 6, 7, 8, 9, 10, 11, 12, 13);
    high += __builtin_shufflevector(low, high, 4, 5, 6, 7, 8, 9, 10, 11);
    low += __builtin_shufflevector(zero, low, 4, 5, 6, 7, 8, 9, 10, 11);
    prefix[0] = low;
    prefix[1] = high + low;
}

INLINE uint32_t lane_of(const bits *v, size_t lane) {
    return v[lane / LANES][lane % LANES];
}

INLINE size_t count_up_to(const vec *v, float t) {
#ifdef __AVX2__
    const __m256 limit = _mm256_set1_ps(t);
    const int low = _mm256_movemask_ps(_mm256_cmp_ps((__m256)v[0], limit, _CMP_LE_OQ));
    const int high = _mm256_movemask_ps(_mm256_cmp_ps((__m256)v[1], limit, _CMP_LE_OQ));
    return (size_t)__builtin_popcount((unsigned)(low | (high & 0x7F) << 8));
#else
    size_t n = 0;
    for (int l = 0; l < 15; l++)
        n += v[l / LANES][l % LANES] <= t;
    return n;
#endif
}
#endif

/* acc + upper halves' products, then + lower halves'. A product of two bfloat16 is a float, so that only the
 * additions round, with or without an instruction for it. */
INLINE vec add_products(vec acc, bits a, bits b) {
#ifdef __AVX512BF16__
    return (vec)_mm512_dpbf16_ps((__m512)acc, (__m512bh)a, (__m512bh)b);
#else
    acc += (vec)(a & 0xFFFF0000u) * (vec)(b & 0xFFFF0000u);
    return acc + (vec)(a << 16) * (vec)(b << 16);
#endif
}

/* LANES floats to bfloat16, as pt_bfloat16 does. */
INLINE half to_bfloat16(vec value) {
    return __builtin_convertvector(((bits)value + 0x8000) >> 16, half);
}

/* In every lane, how many of n groups from sums on are <= rest. */
INLINE void count_groups(const float *sums, size_t n, size_t step, const vec *rest, bits *count) {
    for (int v = 0; v < VECTORS; v++) {
        bits even = {0}, odd = {0};
        size_t s = 0;
        for (; s + 1 < n; s += 2) {
            even -= (bits)(*(const vec *)(sums + s * step + v * LANES) <= rest[v]);
            odd -= (bits)(*(const vec *)(sums + (s + 1) * step + v * LANES) <= rest[v]);
        }
        if (s < n)
            even -= (bits)(*(const vec *)(sums + s * step + v * LANES) <= rest[v]);
        count[v] = even + odd;
    }
}

/* First group s of the lane with sums[s step] > rest, or the last; sums rise group by group. All lanes are
 * searched at once, 16 groups at a step and then one by one, before it is known which lane it will be. */
INLINE size_t search_groups(const float *sums, size_t n_groups, size_t step, const vec *rest, size_t lane) {
    bits count[VECTORS];
    size_t group = 0;
    if (n_groups > 16) {
        count_groups(sums + 15 * step, (n_groups - 1) / 16, 16 * step, rest, count);
        group = 16 * lane_of(count, lane);
    }
    const size_t left = n_groups - 1 - group;
    count_groups(sums + group * step, left < 15 ? left : 15, step, rest, count);
    return group + lane_of(count, lane);
}

/* Where a draw ends up: a lane, and what is left of the target in every lane. */
typedef struct landing {
    size_t lane;
    vec rest[VECTORS];
} landing;

INLINE landing land(const vec *acc, const vec *prefix, float target) {
    landing at;
    for (int v = 0; v < VECTORS; v++)
        at.rest[v] = target - (prefix[v] - acc[v]);
    at.lane = count_up_to(prefix, target);
    return at;
}

INLINE float rest_of(const landing *at) {
    bits rest[VECTORS];
    for (int v = 0; v < VECTORS; v++)
        rest[v] = (bits)at->rest[v];
    const uint32_t found = lane_of(rest, at->lane);
    float value;
    memcpy(&value, &found, sizeof value);
    return value;
}

#endif
