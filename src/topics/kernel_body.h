/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_body.h - the kernel itself; included once by each kernel_*.c, which defines KERNEL_NAME and is
 * compiled for its instruction set.
 *
 * A draw: topics 2 l and 2 l + 1 of every 32 are lane l. Lanes accumulate on their own,
 *     sums[s][l] = sum over the topics k < 32 (s + 1) of lane l of theta_k r_kw,
 * so the inner loop has no step across lanes; a prefix sum over the 16 totals picks the lane, a search down
 * its column the group of 32 topics, a comparison one of the two. 16 lanes are one vector of AVX-512 or two
 * of half the width: the additions are the same ones.
 *
 * One draw alone waits most of the time. So the slots, a document each, are two halves: while the searches of
 * one half wait, the sums of the other are added, and a half's stores are old when its sums load them.
 * Nothing is a branch that depends on what is drawn. */
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
typedef uint16_t half __attribute__((vector_size(32), may_alias));

INLINE vec shifted(vec v, const int lanes) {
    const __m512i zero = _mm512_setzero_si512();
    switch (lanes) {
    case 1:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 15);
    case 2:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 14);
    case 4:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 12);
    default:
        return (vec)_mm512_alignr_epi32((__m512i)v, zero, 8);
    }
}

/* prefix[l] = sum of the lanes up to l, by doubling distances. */
INLINE void prefix_sum(const vec *acc, vec *prefix) {
    vec p = acc[0];
    p += shifted(p, 1);
    p += shifted(p, 2);
    p += shifted(p, 4);
    p += shifted(p, 8);
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
typedef uint16_t half __attribute__((vector_size(16), may_alias));

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

/* acc + upper halves' products, then + lower halves'. A product of two bfloat16 is a float, so that only the
 * additions round, with or without an instruction for it. */
INLINE vec add_products(vec acc, bits a, bits b) {
#ifdef __AVX512BF16__
    return (vec)_mm512_dpbf16_ps((__m512)acc, (__m512bh)a, (__m512bh)b);
#else
    acc += (vec)(a & 0xFFFF0000u) * (vec)(b & 0xFFFF0000u);
    return acc + (vec)(a << 16) * (vec)(b << 16);
#endif
}

/* LANES floats to bfloat16, as pt_bfloat16 does. */
INLINE half to_bfloat16(vec value) {
    const bits b = (bits)value;
    return __builtin_convertvector((b + 0x7FFF + (b >> 16 & 1)) >> 16, half);
}

enum {
    SLOTS = 2 * PT_KERNEL_HALF,
    STEP = SLOTS * 16
}; /* from a group's sums of a slot to the next group's */

/* First group s with column[s STEP] > rest, sums rise down a column; groups behind the last hold infinity. By
 * 16, by 4 and by 1: the comparisons of each step wait for nothing but the step before. */
INLINE size_t search_column(const float *column, size_t n_groups, float rest) {
    size_t group = 0;
    for (size_t s = 15; s < n_groups; s += 16)
        group += column[s * STEP] <= rest ? 16 : 0;
    const float *at = column + group * STEP;
    const size_t fours = (size_t)(at[3 * STEP] <= rest) + (at[7 * STEP] <= rest) + (at[11 * STEP] <= rest);
    at += fours * 4 * STEP;
    return group + fours * 4 + (at[0] <= rest) + (at[STEP] <= rest) + (at[2 * STEP] <= rest);
}

INLINE const uint16_t *row_of(const pt_kernel_job *job, uint64_t t) {
    return job->r + job->place[t] * job->row;
}

INLINE void prefetch_row(const pt_kernel_job *job, uint64_t t) {
    const uint16_t *r = row_of(job, t);
    for (size_t i = 0; i < job->row; i += PT_KERNEL_ROW)
        __builtin_prefetch(r + i);
}

/* theta of topic k in slot i. */
INLINE uint16_t *theta_at(const pt_kernel_space *space, int i, uint32_t k) {
    return space->theta + (k & ~31u) * SLOTS + i * PT_KERNEL_ROW + (k & 31);
}

/* Takes token t out of the counts and of its own row; theta is changed instead of the row, because their
 * product is what counts. */
INLINE void take_out(const pt_kernel_job *job, pt_kernel_space *space, int i, uint64_t t) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint32_t old = job->z[t];
    const float r = pt_float_of(row_of(job, t)[old]), less = r - 1;
    const float n = slot->count[old] - 1, weight = n + slot->alpha[old];
    slot->old = old;
    slot->count[old] = n;
    slot->without = pt_bfloat16(weight * job->scale[old]);
    *theta_at(space, i, old) =
        pt_bfloat16(weight * job->own_scale[old] * ((less > job->beta ? less : job->beta) / r));
}

static void open_document(const pt_kernel_job *job, pt_kernel_space *space, int i, uint32_t d, uint64_t at,
                          uint64_t stop) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint64_t begin = job->doc_start[d], end = job->doc_start[d + 1];
    slot->first = begin;
    slot->at = at;
    slot->end = stop;
    for (uint64_t t = at; t < stop && t < at + PT_KERNEL_AHEAD; t++)
        prefetch_row(job, t);
    slot->key = pt_rng_key(job->seed, job->sweep, job->first_doc + d);
    memcpy(slot->alpha, job->alpha, job->row * sizeof *slot->alpha);
    memset(slot->count, 0, job->row * sizeof *slot->count);
    if (job->boost_start)
        for (uint64_t j = job->boost_start[d]; j < job->boost_start[d + 1]; j++)
            slot->alpha[job->boost_topic[j]] += job->alpha[job->boost_topic[j]] * job->boost[j];
    for (uint64_t t = begin; t < end; t++)
        slot->count[job->z[t]]++;
    for (uint32_t k = 0; k < job->row; k += LANES)
        *(half *)theta_at(space, i, k) =
            to_bfloat16((*(const vec *)(slot->count + k) + *(const vec *)(slot->alpha + k)) *
                        *(const vec *)(job->scale + k));
    take_out(job, space, i, at);
}

typedef struct lottery { /* one draw in the making */
    const uint16_t *r;
    vec acc[VECTORS];
    uint32_t topic;
} lottery;

/* Running sums of n slots from the first on; fetches the rows of later tokens meanwhile. What does not change
 * is kept in local variables: the stores could be to anything, for all the compiler knows. */
INLINE void add_up(const pt_kernel_job *job, const pt_kernel_space *space, int first, int n, lottery *draw) {
    const size_t n_groups = job->row / PT_KERNEL_ROW;
    const uint16_t *theta = space->theta + first * PT_KERNEL_ROW;
    float *sums = space->sums + first * 16;
    const uint16_t *r[PT_KERNEL_HALF], *next[PT_KERNEL_HALF];
    vec acc[PT_KERNEL_HALF][VECTORS];
    for (int i = 0; i < n; i++) {
        const pt_kernel_slot *slot = &space->slot[first + i];
        const uint64_t t = slot->at, ahead = t + PT_KERNEL_AHEAD < slot->end ? t + PT_KERNEL_AHEAD : t;
        r[i] = row_of(job, t);
        next[i] = row_of(job, ahead);
        for (int v = 0; v < VECTORS; v++)
            acc[i][v] = (vec){0};
    }
    for (size_t s = 0; s < n_groups; s++) {
        for (int i = 0; i < n; i++) {
            const bits *p = (const bits *)(r[i] + s * PT_KERNEL_ROW);
            const bits *x = (const bits *)(theta + i * PT_KERNEL_ROW);
            __builtin_prefetch(next[i] + s * PT_KERNEL_ROW);
            for (int v = 0; v < VECTORS; v++) {
                acc[i][v] = add_products(acc[i][v], p[v], x[v]);
                *(vec *)(sums + i * 16 + v * LANES) = acc[i][v];
            }
        }
        theta += SLOTS * PT_KERNEL_ROW;
        sums += STEP;
    }
    for (int i = 0; i < n; i++) {
        draw[i].r = r[i];
        for (int v = 0; v < VECTORS; v++)
            draw[i].acc[v] = acc[i][v];
    }
}

INLINE void pick(const pt_kernel_job *job, const pt_kernel_space *space, int i, lottery *draw) {
    const pt_kernel_slot *slot = &space->slot[i];
    const size_t n_groups = job->row / PT_KERNEL_ROW;
    const float u = pt_rng_float(pt_rng_at(slot->key, slot->at - slot->first));
    vec prefix[VECTORS];
    prefix_sum(draw->acc, prefix);
    const float target = u * prefix[VECTORS - 1][LANES - 1];
    float before[16] __attribute__((aligned(64)));
    for (int v = 0; v < VECTORS; v++)
        *(vec *)(before + v * LANES) = prefix[v] - draw->acc[v];
    const size_t lane = count_up_to(prefix, target);
    const float rest = target - before[lane];
    const float *column = space->sums + i * 16 + lane;
    size_t group = search_column(column, n_groups, rest);
    group = group < n_groups ? group : n_groups - 1;
    const uint32_t k = (uint32_t)(group * PT_KERNEL_ROW + 2 * lane);
    /* The group before the first is 0; of two topics the upper one was added first. */
    const float sum = column[((ptrdiff_t)group - 1) * STEP] +
                      pt_float_of(draw->r[k + 1]) * pt_float_of(*theta_at(space, i, k + 1));
    const uint32_t topic = k + (rest < sum);
    draw->topic = topic < job->K ? topic : job->K - 1; /* rounding can lead into the padding, very rarely */
}

INLINE void end_draw(const pt_kernel_job *job, pt_kernel_space *space, int i, const lottery *draw) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint64_t t = slot->at;
    const uint32_t old = slot->old, new = draw->topic;
    const float n = slot->count[new] + 1;
    *theta_at(space, i, old) = slot->without;
    slot->count[new] = n;
    *theta_at(space, i, new) = pt_bfloat16((n + slot->alpha[new]) * job->scale[new]);
    job->z[t] = (uint16_t) new;
    space->moved[space->n_moved] = (pt_change){job->word[t], (uint16_t)old, (uint16_t) new};
    space->n_moved += old != new;
    slot->at = t + 1;
    if (t + 1 < slot->end)
        take_out(job, space, i, t + 1);
}

typedef struct waiting { /* documents that wait for a slot */
    const pt_kernel_piece *piece, *end;
    uint32_t document;
} waiting;

/* Puts the next document that has tokens to draw into slot i; false when there is none. */
static bool refill(const pt_kernel_job *job, pt_kernel_space *space, int i, waiting *queue) {
    while (queue->piece < queue->end) {
        const pt_kernel_piece *in = queue->piece;
        while (queue->document < in->doc_end) {
            const uint32_t d = queue->document++;
            const uint64_t first = job->doc_start[d], last = job->doc_start[d + 1];
            const uint64_t at = first > in->token_begin ? first : in->token_begin,
                           stop = last < in->token_end ? last : in->token_end;
            if (at < stop) {
                open_document(job, space, i, d, at, stop);
                return true;
            }
        }
        if (++queue->piece < queue->end)
            queue->document = queue->piece->doc_begin;
    }
    return false;
}

/* Ends the draws of a half and fills its empty slots; false when a slot stays empty. */
INLINE bool end_half(const pt_kernel_job *job, pt_kernel_space *space, int first, const lottery *draw,
                     waiting *queue) {
    bool all = true;
#pragma GCC unroll 8
    for (int i = 0; i < PT_KERNEL_HALF; i++)
        end_draw(job, space, first + i, &draw[i]);
    for (int i = first; i < first + PT_KERNEL_HALF; i++)
        if (space->slot[i].at == space->slot[i].end)
            all &= refill(job, space, i, queue);
    if (space->n_moved > PT_KERNEL_MOVED - SLOTS)
        pt_kernel_space_flush(space);
    return all;
}

INLINE void pick_half(const pt_kernel_job *job, pt_kernel_space *space, int first, lottery *draw) {
#pragma GCC unroll 8
    for (int i = 0; i < PT_KERNEL_HALF; i++)
        pick(job, space, first + i, &draw[i]);
}

/* Until documents run out: then the slots that still have tokens stand before a draw. */
static void draw_in_halves(const pt_kernel_job *job, pt_kernel_space *space, waiting *queue) {
    lottery left[PT_KERNEL_HALF], right[PT_KERNEL_HALF];
    add_up(job, space, 0, PT_KERNEL_HALF, left);
    for (;;) {
        pick_half(job, space, 0, left);
        add_up(job, space, PT_KERNEL_HALF, PT_KERNEL_HALF, right);
        if (!end_half(job, space, 0, left, queue))
            return;
        pick_half(job, space, PT_KERNEL_HALF, right);
        add_up(job, space, 0, PT_KERNEL_HALF, left);
        if (!end_half(job, space, PT_KERNEL_HALF, right, queue))
            return;
    }
}

static void draw_one(const pt_kernel_job *job, pt_kernel_space *space, int i) {
    lottery draw;
    add_up(job, space, i, 1, &draw);
    pick(job, space, i, &draw);
    end_draw(job, space, i, &draw);
}

void KERNEL_NAME(const pt_kernel_job *job, pt_kernel_space *space, const pt_kernel_piece *pieces,
                 size_t n_pieces) {
    waiting queue = {pieces, pieces + n_pieces, n_pieces ? pieces->doc_begin : 0};
    bool all = true;
    for (int i = 0; i < SLOTS; i++) {
        space->slot[i].at = space->slot[i].end = 0;
        all &= refill(job, space, i, &queue);
    }
    if (all)
        draw_in_halves(job, space, &queue);
    for (bool any = true; any;) {
        any = false;
        for (int i = 0; i < SLOTS; i++)
            if (space->slot[i].at < space->slot[i].end) {
                draw_one(job, space, i);
                any = true;
            }
        if (space->n_moved > PT_KERNEL_MOVED - SLOTS)
            pt_kernel_space_flush(space);
    }
    pt_kernel_space_flush(space);
}
