/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_body.h - the kernel itself; included once by each kernel_*.c, which defines KERNEL_NAME and is
 * compiled for its instruction set.
 *
 * A draw: topic k is lane k mod 16 of row k / 16. Lanes accumulate on their own,
 *     sums[s][l] = sum over the topics k < 32 (s + 1) of lane l of theta_k r_kw,
 * so the inner loop has no step across lanes; a prefix sum over the 16 totals picks the lane, a search down
 * its column the group of 32 topics, a comparison one of the two. 16 lanes are one vector of AVX-512 or two
 * of half the width: the additions are the same ones.
 *
 * Several documents take a step together, first all their sums, then all their searches, then all their
 * stores: one alone waits most of the time, and a processor does not start the next one's loads before the
 * addresses of the last one's stores are known. Nothing in a step is a branch that depends on what is
 * drawn. */
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

INLINE bits two_bfloat16(vec low, vec high) {
    bits a = (bits)low, b = (bits)high;
    a += 0x7FFF + (a >> 16 & 1);
    b += 0x7FFF + (b >> 16 & 1);
    return a >> 16 | (b & 0xFFFF0000u);
}

enum { STEP = PT_KERNEL_SLOTS * 16 }; /* from one group's sums of a slot to the next group's */

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
    return space->theta + (k & ~31u) * PT_KERNEL_SLOTS + i * PT_KERNEL_ROW + (pt_row_place(k) & 31);
}

/* Takes token t out of the counts and of its own row; theta is changed instead of the row, because their
 * product is what counts. */
INLINE void take_out(const pt_kernel_job *job, pt_kernel_space *space, int i, uint64_t t) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint32_t old = job->z[t];
    const float r = pt_row_at(row_of(job, t), old), less = r - 1;
    const float n = slot->count[old] - 1, weight = n + slot->alpha[old];
    slot->old = old;
    slot->count[old] = n;
    slot->without = pt_bfloat16(weight * job->scale[old]);
    *theta_at(space, i, old) =
        pt_bfloat16(weight * job->own_scale[old] * ((less > job->beta ? less : job->beta) / r));
}

/* LANES topics from k on. */
INLINE vec theta_of(const pt_kernel_job *job, const pt_kernel_slot *slot, uint32_t k) {
    return (*(const vec *)(slot->count + k) + *(const vec *)(slot->alpha + k)) *
           *(const vec *)(job->scale + k);
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
    for (uint32_t k = 0; k < job->row; k += k % PT_KERNEL_ROW == 16u - LANES ? 16u + LANES : LANES)
        *(bits *)theta_at(space, i, k) = two_bfloat16(theta_of(job, slot, k), theta_of(job, slot, k + 16));
    take_out(job, space, i, at);
}

typedef struct lottery { /* one draw in the making */
    const uint16_t *r, *next;
    vec acc[VECTORS], prefix[VECTORS];
    float before[16] __attribute__((aligned(64)));
    uint32_t topic;
} lottery;

INLINE void begin_draw(const pt_kernel_job *job, const pt_kernel_space *space, int i, lottery *draw) {
    const pt_kernel_slot *slot = &space->slot[i];
    const uint64_t t = slot->at, ahead = t + PT_KERNEL_AHEAD < slot->end ? t + PT_KERNEL_AHEAD : t;
    draw->r = row_of(job, t);
    draw->next = row_of(job, ahead);
}

/* Running sums of slots first .. end - 1; fetches the rows of later tokens meanwhile. What does not change is
 * kept in local variables: the stores could be to anything, for all the compiler knows. */
INLINE void add_up(const pt_kernel_job *job, const pt_kernel_space *space, int first, int end,
                   lottery *draw) {
    const size_t n_groups = job->row / PT_KERNEL_ROW;
    const uint16_t *theta = space->theta;
    float *sums = space->sums;
    const uint16_t *r[PT_KERNEL_SLOTS], *next[PT_KERNEL_SLOTS];
    vec acc[PT_KERNEL_SLOTS][VECTORS];
    for (int i = first; i < end; i++) {
        r[i] = draw[i].r;
        next[i] = draw[i].next;
        for (int v = 0; v < VECTORS; v++)
            acc[i][v] = (vec){0};
    }
    for (size_t s = 0; s < n_groups; s++) {
        for (int i = first; i < end; i++) {
            const bits *p = (const bits *)(r[i] + s * PT_KERNEL_ROW);
            const bits *x = (const bits *)(theta + i * PT_KERNEL_ROW);
            __builtin_prefetch(next[i] + s * PT_KERNEL_ROW);
            for (int v = 0; v < VECTORS; v++) {
                acc[i][v] = add_products(acc[i][v], p[v], x[v]);
                *(vec *)(sums + i * 16 + v * LANES) = acc[i][v];
            }
        }
        theta += PT_KERNEL_SLOTS * PT_KERNEL_ROW;
        sums += STEP;
    }
    for (int i = first; i < end; i++)
        for (int v = 0; v < VECTORS; v++)
            draw[i].acc[v] = acc[i][v];
}

INLINE void pick(const pt_kernel_job *job, const pt_kernel_space *space, int i, lottery *draw) {
    const pt_kernel_slot *slot = &space->slot[i];
    const size_t n_groups = job->row / PT_KERNEL_ROW;
    const float u = pt_rng_float(pt_rng_at(slot->key, slot->at - slot->first));
    prefix_sum(draw->acc, draw->prefix);
    const float target = u * draw->prefix[VECTORS - 1][LANES - 1];
    for (int v = 0; v < VECTORS; v++)
        *(vec *)(draw->before + v * LANES) = draw->prefix[v] - draw->acc[v];
    const size_t lane = count_up_to(draw->prefix, target);
    const float rest = target - draw->before[lane];
    const float *column = space->sums + i * 16 + lane;
    size_t group = search_column(column, n_groups, rest);
    group = group < n_groups ? group : n_groups - 1;
    const uint32_t k = (uint32_t)(group * PT_KERNEL_ROW + lane);
    /* The group before the first is 0; of two topics the upper one was added first. */
    const float sum = column[((ptrdiff_t)group - 1) * STEP] +
                      pt_row_at(draw->r, k + 16) * pt_float_of(*theta_at(space, i, k + 16));
    const uint32_t topic = k + (rest < sum ? 16u : 0u);
    draw->topic = topic < job->K ? topic : job->K - 1; /* rounding can lead into the padding, very rarely */
}

INLINE void end_draw(const pt_kernel_job *job, pt_kernel_space *space, int i, const lottery *draw) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint64_t t = slot->at;
    const uint32_t old = slot->old, new = draw->topic;
    *theta_at(space, i, old) = slot->without;
    const float n = slot->count[new] + 1;
    slot->count[new] = n;
    *theta_at(space, i, new) = pt_bfloat16((n + slot->alpha[new]) * job->scale[new]);
    job->z[t] = (uint16_t) new;
    pt_changes_add(space->changes, job->word[t], old, new);
    space->change[old]--;
    space->change[new]++;
    slot->at = t + 1;
    if (t + 1 < slot->end)
        take_out(job, space, i, t + 1);
}

/* The next token of slots first .. end - 1. */
INLINE void draw_some(const pt_kernel_job *job, pt_kernel_space *space, int first, int end) {
    lottery draw[PT_KERNEL_SLOTS];
    for (int i = first; i < end; i++)
        begin_draw(job, space, i, &draw[i]);
    add_up(job, space, first, end, draw);
    for (int i = first; i < end; i++)
        pick(job, space, i, &draw[i]);
    for (int i = first; i < end; i++)
        end_draw(job, space, i, &draw[i]);
}

static void draw_all(const pt_kernel_job *job, pt_kernel_space *space) {
    draw_some(job, space, 0, PT_KERNEL_SLOTS);
}

static void draw_one(const pt_kernel_job *job, pt_kernel_space *space, int i) {
    draw_some(job, space, i, i + 1);
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

void KERNEL_NAME(const pt_kernel_job *job, pt_kernel_space *space, const pt_kernel_piece *pieces,
                 size_t n_pieces) {
    waiting queue = {pieces, pieces + n_pieces, n_pieces ? pieces->doc_begin : 0};
    bool is_busy[PT_KERNEL_SLOTS], all = true, any = true;
    for (int i = 0; i < PT_KERNEL_SLOTS; i++)
        all &= is_busy[i] = refill(job, space, i, &queue);
    while (all) {
        draw_all(job, space);
        for (int i = 0; i < PT_KERNEL_SLOTS; i++)
            if (space->slot[i].at == space->slot[i].end)
                all &= is_busy[i] = refill(job, space, i, &queue);
    }
    while (any) {
        any = false;
        for (int i = 0; i < PT_KERNEL_SLOTS; i++)
            if (is_busy[i]) {
                draw_one(job, space, i);
                any |= is_busy[i] = space->slot[i].at < space->slot[i].end;
            }
    }
}
