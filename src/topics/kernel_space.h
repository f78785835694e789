/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_space.h - what the kernel works on. Two documents are in flight at once, so that the waits of one
 * hide behind the arithmetic of the other; four and six were measured and are slower. */
#ifndef PT_TOPICS_KERNEL_SPACE_H
#define PT_TOPICS_KERNEL_SPACE_H

#include "topics/kernel.h"

#ifndef PT_KERNEL_SLOTS
enum { PT_KERNEL_SLOTS = 2 };
#endif

typedef struct pt_kernel_slot {
    uint64_t at, end; /* next token to draw, first one not to */
    uint64_t first;   /* first token of the document */
    uint64_t key;     /* of the random stream */
    float *theta;     /* [row] (n_dk + alpha_dk) scale_k */
    float *alpha;     /* [row] alpha_dk */
    uint32_t *count;  /* [row] n_dk */
    float *sums;      /* [row / 2] running sums of the lanes, one vector a PT_KERNEL_ROW topics */
    uint32_t old;     /* topic of the next token, which is already taken out of count and theta */
    float without;    /* what theta of that topic is without it */
} pt_kernel_slot;

struct pt_kernel_space {
    pt_kernel_slot slot[PT_KERNEL_SLOTS];
    int64_t *change; /* [row] of n_k */
    uint64_t n_changed;
    pt_changes *changes; /* of n_kw */
};

pt_kernel pt_kernel_plain, pt_kernel_avx2, pt_kernel_avx512;

#endif
