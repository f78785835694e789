/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_space.h - what the kernel works on. Several documents are in flight at once, token by token in turn,
 * so that the waits of one hide behind the arithmetic of the others. */
#ifndef PT_TOPICS_KERNEL_SPACE_H
#define PT_TOPICS_KERNEL_SPACE_H

#include "topics/kernel.h"

#ifndef PT_KERNEL_HALF
#define PT_KERNEL_HALF 2 /* half the documents in flight */
#endif
#ifndef PT_KERNEL_AHEAD
#define PT_KERNEL_AHEAD 3 /* a row is fetched so many tokens of its document before it is needed */
#endif

enum { PT_KERNEL_MOVED = 1024, PT_KERNEL_TOUCHED = 128 };

typedef struct pt_kernel_slot {
    uint64_t at, end; /* next token to draw, first one not to */
    uint64_t first;   /* first token of the document */
    uint64_t key;     /* of the random stream */
    float *weight;    /* [row] n_dk + alpha_dk */
    float *shift;     /* [row] what this run of one word has changed in n_kw so far, mostly 0 */
    uint32_t n_touched;
    uint16_t touched[PT_KERNEL_TOUCHED]; /* topics whose shift may not be 0 */
    uint32_t old;     /* topic of the next token, which is already taken out of weight and theta */
    uint16_t without; /* what theta of that topic is without it */
} pt_kernel_slot;

struct pt_kernel_space {
    pt_kernel_slot slot[2 * PT_KERNEL_HALF];
    /* Of all slots, a group being PT_KERNEL_ROW topics; side by side, so that one address serves them all. */
    uint16_t *theta;  /* [groups][slots][PT_KERNEL_ROW] (n_dk + alpha_dk) scale_k, packed as rows are */
    float *sums;      /* [groups][slots][16] running sums of the lanes; a group of zeros before them */
    float *sums_room; /* what sums lies in */
    uint16_t *run;    /* [slots][2][row] for the kernel of lists */
    pt_change *moved; /* [PT_KERNEL_MOVED] tokens that have moved since the last flush */
    size_t n_moved;
    int64_t *change;     /* [row] of n_k */
    pt_changes *changes; /* of n_kw */
};

/* Sorts what has moved into change and changes. */
void pt_kernel_space_flush(pt_kernel_space *space);

pt_kernel pt_kernel_plain, pt_kernel_avx2, pt_kernel_avx512, pt_kernel_bf16;
pt_kernel pt_lists_plain, pt_lists_avx2, pt_lists_avx512, pt_lists_bf16;

#endif
