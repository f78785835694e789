/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_avx512.c - the kernel for x86-64-v4, the flag that the Makefile gives this file. */
#ifdef __x86_64__
#include <immintrin.h>

#define KERNEL_NAME pt_kernel_avx512
#define COUNT_UP_TO(v, t)                                                                                    \
    (size_t) __builtin_popcount(_mm512_cmp_ps_mask((__m512)(v), _mm512_set1_ps(t), _CMP_LE_OQ) & 0x7FFF)
#include "topics/kernel_body.h"
#endif
