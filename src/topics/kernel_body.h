/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_body.h - the kernel itself; included once by each kernel_*.c, which defines KERNEL_NAME and is
 * compiled for its instruction set.
 *
 * A draw: topic k is lane k mod 16 of row k / 16. Lanes accumulate on their own,
 *     sums[s][l] = sum over the topics k < 32 (s + 1) of lane l of theta_k phi_kw,
 * so the inner loop has no step across lanes; a prefix sum over the 16 totals picks the lane, a search down
 * its column the group of 32 topics, a comparison one of the two. 16 lanes are one vector of AVX-512 or two
 * of half the width: the additions are the same ones. */
#include "base/rng.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX512F__
enum { LANES = 16, VECTORS = 1 };
typedef float vec __attribute__((vector_size(64), may_alias));
typedef uint32_t bits __attribute__((vector_size(64), may_alias));

/* prefix[l] = sum of the lanes up to l, by doubling distances. */
INLINE void prefix_sum(const vec *acc, vec *prefix) {
    const vec zero = {0};
    vec p = acc[0];
    p += __builtin_shufflevector(zero, p, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    p += __builtin_shufflevector(zero, p, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    p += __builtin_shufflevector(zero, p, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    p += __builtin_shufflevector(zero, p, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    prefix[0] = p;
}

/* How many of lanes 0 .. 14 are <= t. */
INLINE size_t count_up_to(const vec *v, float t) {
    return (size_t)__builtin_popcount(_mm512_cmp_ps_mask((__m512)v[0], _mm512_set1_ps(t), _CMP_LE_OQ) &
                                      0x7FFF);
}
#else
enum { LANES = 8, VECTORS = 2 };
typedef float vec __attribute__((vector_size(32), may_alias));
typedef uint32_t bits __attribute__((vector_size(32), may_alias));

INLINE void prefix_sum(const vec *acc, vec *prefix) {
    const vec zero = {0};
    vec low = acc[0], high = acc[1];
    high += __builtin_shufflevector(low, high, 7, 8, 9, 10, 11, 12, 13, 14);
    low += __builtin_shufflevector(zero, low, 7, 8, 9, 10, 11, 12, 13, 14);
    high += __builtin_shufflevector(low, high, 6, 7, 8, 9, 10, 11, 12, 13);
    low += __builtin_shufflevector(zero, low, 6, 7, 8, 9, 10, 11, 12, 13);
    high += __builtin_shufflevector(low, high, 4, 5, 6, 7, 8, 9, 10, 11);
    low += __builtin_shufflevector(zero, low, 4, 5, 6, 7, 8, 9, 10, 11);
    prefix[0] = low;
    prefix[1] = high + low;
}

INLINE size_t count_up_to(const vec *v, float t) {
#ifdef __AVX2__
    const __m256 limit = _mm256_set1_ps(t);
    const int low = _mm256_movemask_ps(_mm256_cmp_ps((__m256)v[0], limit, _CMP_LE_OQ));
    const int high = _mm256_movemask_ps(_mm256_cmp_ps((__m256)v[1], limit, _CMP_LE_OQ));
    return (size_t)__builtin_popcount((unsigned)(low | (high & 0x7F) << 8));
#else
    size_t n = 0;
    for (int l = 0; l < 15; l++)
        n += v[l / LANES][l % LANES] <= t;
    return n;
#endif
}
#endif

/* First group s with sums[s][lane] > rest: sums rise down a column. */
INLINE size_t search_column(const float *sums, size_t n_groups, size_t lane, float rest) {
    size_t low = 0, n = n_groups - 1;
    while (n > 16) {
        const size_t half = n / 2;
        const bool go_on = sums[(low + half - 1) * 16 + lane] <= rest;
        low += go_on ? half : 0;
        n -= half;
    }
    size_t group = low;
    for (size_t s = low; s < low + n; s++)
        group += sums[s * 16 + lane] <= rest;
    return group;
}

typedef struct lottery {        /* one draw in the making */
    const uint32_t *phi, *next; /* next: row to fetch meanwhile, a cache line a group of topics */
    const float *theta;
    float *sums;
    vec acc[VECTORS];
} lottery;

INLINE void add_group(lottery *draw, size_t s) {
    const bits *p = (const bits *)(draw->phi + s * PT_KERNEL_LANES);
    const vec *t = (const vec *)(draw->theta + s * PT_KERNEL_ROW);
    __builtin_prefetch(draw->next + s * PT_KERNEL_LANES);
    for (int v = 0; v < VECTORS; v++) {
        draw->acc[v] += (vec)(p[v] << 16) * t[v] + (vec)(p[v] & 0xFFFF0000u) * t[VECTORS + v];
        *(vec *)(draw->sums + s * 16 + v * LANES) = draw->acc[v];
    }
}

INLINE uint32_t pick(const lottery *draw, float u, size_t n_groups, uint32_t K) {
    vec prefix[VECTORS];
    prefix_sum(draw->acc, prefix);
    const float target = u * prefix[VECTORS - 1][LANES - 1];
    const size_t lane = count_up_to(prefix, target);
    float before[16] __attribute__((aligned(64)));
    for (int v = 0; v < VECTORS; v++)
        *(vec *)(before + v * LANES) = prefix[v] - draw->acc[v];
    const float rest = target - before[lane];
    const size_t group = search_column(draw->sums, n_groups, lane, rest), k = group * PT_KERNEL_ROW + lane;
    const float sum = (group ? draw->sums[(group - 1) * 16 + lane] : 0) +
                      pt_phi_at(draw->phi, (uint32_t)k) * draw->theta[k];
    const uint32_t topic = (uint32_t)(k + (rest >= sum ? 16 : 0));
    return topic < K ? topic : K - 1; /* rounding can lead into the padding, once in millions of draws */
}

INLINE const uint32_t *row_of(const pt_kernel_job *job, uint64_t t) {
    return job->phi + job->word[t] * (job->row / 2);
}

INLINE void prefetch_row(const pt_kernel_job *job, uint64_t t) {
    const uint32_t *phi = row_of(job, t);
    for (size_t i = 0; i < job->row / 2; i += 16)
        __builtin_prefetch(phi + i);
}

/* Takes token t out of the counts and of its own phi; theta is changed instead of phi, because their product
 * is what counts. Done one round before the draw: a vector load right behind these stores would wait. */
INLINE void take_out(const pt_kernel_job *job, pt_kernel_slot *slot, uint64_t t) {
    const uint32_t old = job->z[t];
    const float phi = pt_phi_at(row_of(job, t), old), least = job->own_least[old];
    const float own = job->own_scale[old] * (phi - job->own_less[old]);
    slot->old = old;
    slot->without = (float)--slot->count[old] + slot->alpha[old];
    slot->theta[old] = slot->without * ((own > least ? own : least) / phi);
}

INLINE void open_document(const pt_kernel_job *job, pt_kernel_slot *slot, uint32_t d) {
    const uint64_t begin = job->doc_start[d], end = job->doc_start[d + 1];
    slot->first = begin;
    slot->at = begin > job->token_begin ? begin : job->token_begin;
    slot->end = end < job->token_end ? end : job->token_end;
    if (slot->at >= slot->end) {
        slot->at = slot->end;
        return;
    }
    prefetch_row(job, slot->at);
    if (slot->at + 1 < slot->end)
        prefetch_row(job, slot->at + 1);
    slot->key = pt_rng_key(job->seed, job->sweep, job->first_doc + d);
    memcpy(slot->alpha, job->alpha, job->row * sizeof *slot->alpha);
    memset(slot->count, 0, job->row * sizeof *slot->count);
    if (job->boost_start)
        for (uint64_t i = job->boost_start[d]; i < job->boost_start[d + 1]; i++)
            slot->alpha[job->boost_topic[i]] += job->alpha[job->boost_topic[i]] * job->boost[i];
    for (uint64_t t = begin; t < end; t++)
        slot->count[job->z[t]]++;
    for (size_t k = 0; k < job->row; k++)
        slot->theta[k] = slot->alpha[k] + (float)slot->count[k];
    take_out(job, slot, slot->at);
}

INLINE lottery begin_draw(const pt_kernel_job *job, const pt_kernel_slot *slot) {
    const uint64_t t = slot->at, ahead = t + 2 < slot->end ? t + 2 : t;
    return (lottery){row_of(job, t), row_of(job, ahead), slot->theta, slot->sums, {{0}}};
}

INLINE void end_draw(const pt_kernel_job *job, pt_kernel_space *space, pt_kernel_slot *slot,
                     const lottery *draw) {
    const uint64_t t = slot->at++;
    const float u = pt_rng_float(pt_rng_at(slot->key, t - slot->first));
    const uint32_t old = slot->old, new = pick(draw, u, job->row / PT_KERNEL_ROW, job->K);
    slot->theta[old] = slot->without;
    slot->theta[new] = (float)++slot->count[new] + slot->alpha[new];
    job->z[t] = (uint16_t) new;
    space->change[old]--;
    space->change[new]++;
    space->n_changed += new != old;
    if (t + 1 < slot->end)
        take_out(job, slot, t + 1);
}

/* The next token of two documents at once: one alone waits for its own sums most of the time. */
INLINE void draw_pair(const pt_kernel_job *job, pt_kernel_space *space, pt_kernel_slot *first,
                      pt_kernel_slot *second) {
    lottery one = begin_draw(job, first), two = begin_draw(job, second);
    for (size_t s = 0; s < job->row / PT_KERNEL_ROW; s++) {
        add_group(&one, s);
        add_group(&two, s);
    }
    end_draw(job, space, first, &one);
    end_draw(job, space, second, &two);
}

INLINE void draw_one(const pt_kernel_job *job, pt_kernel_space *space, pt_kernel_slot *slot) {
    lottery one = begin_draw(job, slot);
    for (size_t s = 0; s < job->row / PT_KERNEL_ROW; s++)
        add_group(&one, s);
    end_draw(job, space, slot, &one);
}

/* Puts the next document that has tokens to draw into a slot that is done; false when there is none. */
INLINE bool is_busy(const pt_kernel_job *job, pt_kernel_slot *slot, uint32_t *next, uint32_t doc_end) {
    while (slot->at == slot->end && *next < doc_end)
        open_document(job, slot, (*next)++);
    return slot->at < slot->end;
}

void KERNEL_NAME(const pt_kernel_job *job, pt_kernel_space *space, uint32_t doc_begin, uint32_t doc_end) {
    pt_kernel_slot *slot = space->slot;
    uint32_t next = doc_begin;
    for (int i = 0; i < PT_KERNEL_SLOTS; i++)
        slot[i].at = slot[i].end = 0;
    for (bool any = true; any;) {
        any = false;
        for (int i = 0; i < PT_KERNEL_SLOTS; i += 2) {
            const bool first = is_busy(job, &slot[i], &next, doc_end),
                       second = is_busy(job, &slot[i + 1], &next, doc_end);
            if (first && second)
                draw_pair(job, space, &slot[i], &slot[i + 1]);
            else if (first || second)
                draw_one(job, space, &slot[first ? i : i + 1]);
            any = any || first || second;
        }
    }
}
