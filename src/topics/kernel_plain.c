/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_plain.c - the kernels for any machine; on x86 the Makefile compiles it for x86-64-v2. */
#define KERNEL_NAME pt_kernel_plain
#define LISTS_NAME pt_lists_plain
#include "topics/kernel_body.h"
#include "topics/kernel_lists.h"
