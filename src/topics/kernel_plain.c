/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_plain.c - the kernel for any machine (the Makefile compiles it for x86-64-v2 on x86). */
#define KERNEL_NAME pt_kernel_plain
#define COUNT_UP_TO(v, t)                                                                                    \
    ({                                                                                                       \
        size_t n_ = 0;                                                                                       \
        for (int l_ = 0; l_ < 15; l_++)                                                                      \
            n_ += (v)[l_] <= (t);                                                                            \
        n_;                                                                                                  \
    })
#include "topics/kernel_body.h"
