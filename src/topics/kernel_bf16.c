/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_bf16.c - the kernels for AVX-512 with bfloat16: the Makefile compiles it for x86-64-v4 and
 * avx512bf16. */
#ifdef __x86_64__
#define KERNEL_NAME pt_kernel_bf16
#define LISTS_NAME pt_lists_bf16
#include "topics/kernel_body.h"
#include "topics/kernel_lists.h"
#endif
