/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_avx2.c - the kernel for x86-64-v3, the flag that the Makefile gives this file. */
#ifdef __x86_64__
#include <immintrin.h>

#define KERNEL_NAME pt_kernel_avx2
#define HALF_UP_TO(v, from, t)                                                                               \
    _mm256_movemask_ps(                                                                                      \
        _mm256_cmp_ps((__m256)__builtin_shufflevector(v, v, from, from + 1, from + 2, from + 3, from + 4,    \
                                                      from + 5, from + 6, from + 7),                         \
                      _mm256_set1_ps(t), _CMP_LE_OQ))
#define COUNT_UP_TO(v, t)                                                                                    \
    (size_t) __builtin_popcount((unsigned)HALF_UP_TO(v, 0, t) | ((unsigned)HALF_UP_TO(v, 8, t) & 0x7F) << 8)
#include "topics/kernel_body.h"
#endif
