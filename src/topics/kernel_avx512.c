/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_avx512.c - the kernels for AVX-512: the Makefile compiles it for x86-64-v4. */
#ifdef __x86_64__
#define KERNEL_NAME pt_kernel_avx512
#define LISTS_NAME pt_lists_avx512
#include "topics/kernel_body.h"
#include "topics/kernel_lists.h"
#endif
