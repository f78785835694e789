/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.h - the inner loop of the sampler: new topics for the tokens of a block of documents while the rows
 * of words are frozen.
 *
 *     p(z = k) ∝ (n_dk + alpha_dk) scale_k r_kw,    counts without the token;
 *     r_kw = n_kw + beta, scale_k = 1 / (n_k + V beta) in plain LDA, so that phi_kw = scale_k r_kw and a row
 *     changes only where a count does;
 *     in its own topic j the token is taken out of r and scale too: own_scale_j max(r_jw - 1, beta)
 *
 * One source (kernel_body.h), compiled for four instruction sets and chosen at run time. All of them add in
 * the same 16-lane order, so they draw the same topics. */
#ifndef PT_TOPICS_KERNEL_H
#define PT_TOPICS_KERNEL_H

#include "topics/changes.h"
#include "topics/word_lists.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PT_KERNEL_ROW = 32, PT_KERNEL_LANES = 16 }; /* rows are padded to a multiple of PT_KERNEL_ROW topics */

/* r is stored in bfloat16 (the upper half of a float, rounded to nearest): half the memory to
 * fetch. A shift and a mask unpack one vector of 32 into two of floats. */
static inline uint16_t pt_bfloat16(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x8000) >> 16);
}

static inline float pt_float_of(uint16_t bfloat16) {
    const uint32_t bits = (uint32_t)bfloat16 << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "two places are read as one word of 32 bits");

typedef struct pt_kernel_job {
    uint32_t K;
    size_t row;                  /* K rounded up to PT_KERNEL_ROW */
    const uint64_t *doc_start;   /* [D+1] */
    const uint32_t *word;        /* [N] */
    const uint32_t *place;       /* [N] row of the token's word: the word itself where all rows are there */
    uint16_t *z;                 /* [N] in and out */
    const uint16_t *r;           /* [places][row] bfloat16, 0 beyond K, aligned to 64 bytes */
    const float *alpha;          /* [row], 0 beyond K */
    const pt_word_lists *lists;  /* many topics: instead of r where a word has one; NULL = none has */
    const uint32_t *row_of;      /* with lists: [V] row of a word that has no list */
    const uint16_t *plain_theta; /* with lists, [row]: alpha_k scale_k in bfloat16 … */
    float plain_total;           /* … its sum … */
    const uint16_t *ones;        /* … and [row] 1, 0 beyond K */
    const uint64_t *boost_start; /* [D+1] sparse part of alpha_dk = alpha_k + boost alpha_k; NULL = none */
    const uint16_t *boost_topic;
    const float *boost;
    const float *scale, *own_scale; /* [row], 0 beyond K */
    float beta;
    uint64_t seed, sweep; /* with document and token they key every draw */
    uint32_t first_doc;   /* number of document 0 in the whole corpus */
} pt_kernel_job;

/* Documents, and those of their tokens that are to be drawn. */
typedef struct pt_kernel_piece {
    uint64_t token_begin, token_end;
    uint32_t doc_begin, doc_end;
} pt_kernel_piece;

typedef struct pt_kernel_space pt_kernel_space; /* one a worker */

pt_kernel_space *pt_kernel_space_new(size_t row);
void pt_kernel_space_free(pt_kernel_space *space); /* NULL is fine */
/* Adds the changes of n_k since the last call to total [K] and forgets them. */
void pt_kernel_space_collect(pt_kernel_space *space, uint32_t K, int64_t *total);
/* Changes of n_kw that the kernel adds to; whoever applies them empties them. */
pt_changes *pt_kernel_space_changes(pt_kernel_space *space);

typedef void pt_kernel(const pt_kernel_job *job, pt_kernel_space *space, const pt_kernel_piece *pieces,
                       size_t n_pieces);

typedef enum pt_kernel_path {
    PT_KERNEL_BEST,
    PT_KERNEL_PLAIN,
    PT_KERNEL_AVX2,
    PT_KERNEL_AVX512,
    PT_KERNEL_BF16 /* AVX-512 with its instructions for bfloat16 */
} pt_kernel_path;

/* The kernel of a path, or NULL where the machine cannot run it; PT_KERNEL_BEST is always there. That for
 * lists wants job.lists, the other one draws from rows alone. */
pt_kernel *pt_kernel_choose(pt_kernel_path path);
pt_kernel *pt_kernel_choose_lists(pt_kernel_path path);
const char *
pt_kernel_name(pt_kernel_path path); /* "AVX-512", … ; for PT_KERNEL_BEST that of the chosen one */

#endif
