/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_avx2.c - the kernels for AVX2: the Makefile compiles it for x86-64-v3. */
#ifdef __x86_64__
#define KERNEL_NAME pt_kernel_avx2
#define LISTS_NAME pt_lists_avx2
#include "topics/kernel_body.h"
#include "topics/kernel_lists.h"
#endif
