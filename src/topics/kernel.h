/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.h - the inner loop of the sampler: new topics for the tokens of a block of documents while phi is
 * frozen.
 *
 *     p(z = k) ∝ (n_dk + alpha_dk) phi_kw,    counts without the token;
 *     in its own topic j the token is taken out of phi too:
 *     phi'_jw = max(own_scale_j (phi_jw - own_less_j), own_least_j)
 *
 * One source (kernel_body.h), compiled for three instruction sets and chosen at run time. All of them add in
 * the same 16-lane order, so they draw the same topics. */
#ifndef PT_TOPICS_KERNEL_H
#define PT_TOPICS_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PT_KERNEL_ROW = 32, PT_KERNEL_LANES = 16 }; /* rows are padded to a multiple of PT_KERNEL_ROW topics */

/* phi is stored in bfloat16 (the upper half of a float, rounded to nearest, ties to even): half the memory to
 * fetch, which is what limits the kernel. A row is a sequence of words of 32 bits; word 16 s + l holds topic
 * 32 s + l in its lower half and topic 32 s + 16 + l in its upper one. */
static inline uint32_t pt_phi_pack(float low, float high) {
    uint32_t a, b;
    memcpy(&a, &low, sizeof a);
    memcpy(&b, &high, sizeof b);
    a += 0x7FFF + (a >> 16 & 1);
    b += 0x7FFF + (b >> 16 & 1);
    return a >> 16 | (b & 0xFFFF0000u);
}

static inline float pt_phi_at(const uint32_t *row, uint32_t k) {
    const uint32_t pair = row[k / PT_KERNEL_ROW * PT_KERNEL_LANES + k % PT_KERNEL_LANES];
    const uint32_t bits = k / PT_KERNEL_LANES % 2 ? pair & 0xFFFF0000u : pair << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

typedef struct pt_kernel_job {
    uint32_t K;
    size_t row;                  /* K rounded up to PT_KERNEL_ROW */
    const uint64_t *doc_start;   /* [D+1] */
    const uint32_t *word;        /* [N] */
    uint16_t *z;                 /* [N] in and out */
    const uint32_t *phi;         /* [V][row / 2] packed, 0 beyond K, aligned to 64 bytes */
    const float *alpha;          /* [row], 0 beyond K */
    const uint64_t *boost_start; /* [D+1] sparse part of alpha_dk = alpha_k + boost alpha_k; NULL = none */
    const uint16_t *boost_topic;
    const float *boost;
    const float *own_less, *own_scale, *own_least; /* [row] */
    uint64_t seed, sweep;                          /* with document and token they key every draw */
    uint32_t first_doc;                            /* number of document 0 in the whole corpus */
    uint64_t token_begin, token_end;               /* only these tokens are drawn */
} pt_kernel_job;

typedef struct pt_kernel_space pt_kernel_space; /* one a worker */

pt_kernel_space *pt_kernel_space_new(size_t row);
void pt_kernel_space_free(pt_kernel_space *space); /* NULL is fine */
/* Adds the changes of n_k since the last call to total [K], returns how many tokens changed, and forgets. */
uint64_t pt_kernel_space_collect(pt_kernel_space *space, uint32_t K, int64_t *total);

typedef void pt_kernel(const pt_kernel_job *job, pt_kernel_space *space, uint32_t doc_begin,
                       uint32_t doc_end);

typedef enum pt_kernel_path {
    PT_KERNEL_BEST,
    PT_KERNEL_PLAIN,
    PT_KERNEL_AVX2,
    PT_KERNEL_AVX512
} pt_kernel_path;

/* The kernel of a path, or NULL where the machine cannot run it; PT_KERNEL_BEST is always there. */
pt_kernel *pt_kernel_choose(pt_kernel_path path);
const char *
pt_kernel_name(pt_kernel_path path); /* "AVX-512", … ; for PT_KERNEL_BEST that of the chosen one */

#endif
