/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_lists.h - the kernel for many topics; included once by each kernel_*.c, which defines LISTS_NAME and
 * is compiled for its instruction set.
 *
 *     sum_k theta_k r_kw = sum over the topics of the word of theta_k n_kw + beta sum_k theta_k
 *
 * The first sum has a term for each entry of the word's list (word_lists.h), the second is kept up to date as
 * theta changes (its topics are looked through only when the draw falls there, which becomes rare). Words
 * without a list are drawn from their rows as in kernel_body.h. One document at a time: its theta fills the
 * first cache. Entry l of every 16 is lane l of a list; of a row as there. */
#include "base/rng.h"
#include "topics/kernel_lanes.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <string.h>

enum { AHEAD = 4, FULL = 16 }; /* lists are fetched so many tokens early; floats of a group */

typedef struct desk { /* the document at hand */
    const pt_kernel_job *job;
    float *weight;   /* [row] n_dk + alpha_dk */
    uint16_t *theta; /* [row + 2] in bfloat16: a gather reads the one behind too */
    float *sums;     /* [groups + 1][16] running sums; a group of zeros before them */
    float total;     /* sum of theta */
} desk;

static void put_theta(desk *at, uint32_t k, float value) {
    const uint16_t packed = pt_bfloat16(value);
    at->total += pt_float_of(packed) - pt_float_of(at->theta[k]);
    at->theta[k] = packed;
}

INLINE vec gather(const uint16_t *theta, const uint16_t *topic) {
#ifdef __AVX512F__
    const __m512i k = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)topic));
    return (vec)_mm512_slli_epi32(_mm512_i32gather_epi32(k, theta, 2), 16);
#elif defined __AVX2__
    const __m256i k = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)topic));
    return (vec)_mm256_slli_epi32(_mm256_i32gather_epi32((const int *)theta, k, 2), 16);
#else
    vec value;
    for (int l = 0; l < LANES; l++)
        value[l] = pt_float_of(theta[topic[l]]);
    return value;
#endif
}

typedef uint16_t packed __attribute__((vector_size(2 * LANES), may_alias, aligned(16)));

/* Running sums over a list; the token itself, of topic old, is not counted. */
static size_t add_list(const desk *at, const pt_word_lists *lists, uint32_t w, uint32_t old, vec *acc) {
    const uint16_t *topic = lists->topic + lists->start[w], *count = lists->count + lists->start[w];
    const size_t n = (lists->n[w] + PT_LIST_STEP - 1) / PT_LIST_STEP;
    for (size_t g = 0; g < n; g++)
        for (int v = 0; v < VECTORS; v++) {
            const size_t i = g * PT_LIST_STEP + (size_t)v * LANES;
            const bits k = __builtin_convertvector(*(const packed *)(topic + i), bits);
            const bits c = __builtin_convertvector(*(const packed *)(count + i), bits) << 16;
            const vec n_k = (vec)c, one = (vec)((bits)(k == old) & (bits)((vec){0} + 1));
            const vec less = n_k - one;
            acc[v] += gather(at->theta, topic + i) * (vec)((bits)less & (bits)(less > 0));
            *(vec *)(at->sums + g * FULL + v * LANES) = acc[v];
        }
    return n;
}

/* Running sums over a row. */
static size_t add_row(const desk *at, const uint16_t *r, vec *acc) {
    const size_t n = at->job->row / PT_KERNEL_ROW;
    for (size_t g = 0; g < n; g++)
        for (int v = 0; v < VECTORS; v++) {
            const bits p = ((const bits *)(r + g * PT_KERNEL_ROW))[v],
                       x = ((const bits *)(at->theta + g * PT_KERNEL_ROW))[v];
            acc[v] = add_products(acc[v], p, x);
            *(vec *)(at->sums + g * FULL + v * LANES) = acc[v];
        }
    return n;
}

/* Where the running sums of n groups exceed the target: lane and group. */
static size_t find(const desk *at, size_t n, const vec *acc, const vec *prefix, float target,
                   landing *landed) {
    *landed = land(acc, prefix, target);
    return search_groups(at->sums, n, FULL, landed->rest, landed->lane);
}

static uint32_t topic_in_row(const desk *at, const uint16_t *r, float target, bool is_share) {
    vec acc[VECTORS] = {{0}}, prefix[VECTORS];
    const size_t n = add_row(at, r, acc);
    prefix_sum(acc, prefix);
    landing landed;
    const size_t group =
        find(at, n, acc, prefix, is_share ? target * prefix[VECTORS - 1][LANES - 1] : target, &landed);
    const uint32_t k = (uint32_t)(group * PT_KERNEL_ROW + 2 * landed.lane);
    const float sum = at->sums[((ptrdiff_t)group - 1) * FULL + (ptrdiff_t)landed.lane] +
                      pt_float_of(r[k + 1]) * pt_float_of(at->theta[k + 1]);
    const uint32_t topic = k + (rest_of(&landed) < sum);
    return topic < at->job->K ? topic : at->job->K - 1;
}

static uint32_t draw_from_list(desk *at, uint32_t w, uint32_t old, float u) {
    const pt_word_lists *lists = at->job->lists;
    vec acc[VECTORS] = {{0}}, prefix[VECTORS];
    const size_t n = add_list(at, lists, w, old, acc);
    prefix_sum(acc, prefix);
    const float own = prefix[VECTORS - 1][LANES - 1], beta = at->job->beta,
                target = u * (own + beta * at->total);
    if (target < own) {
        landing landed;
        const size_t group = find(at, n, acc, prefix, target, &landed),
                     i = group * PT_LIST_STEP + landed.lane;
        const size_t last = lists->n[w] - 1; /* rounding can lead into the padding, very rarely */
        return lists->topic[lists->start[w] + (i < last ? i : last)];
    }
    return topic_in_row(at, at->job->ones, (target - own) / beta, false);
}

/* Takes the token out and draws its new topic. */
static uint32_t draw_token(desk *at, uint64_t t, uint64_t key, uint64_t first) {
    const pt_kernel_job *job = at->job;
    const uint32_t w = job->word[t], old = job->z[t];
    const float u = pt_rng_float(pt_rng_at(key, t - first)), weight = at->weight[old] - 1;
    const bool has_list = pt_word_lists_has(job->lists, w);
    const uint16_t *r = job->r + (size_t)job->row_of[w] * job->row;
    float without = weight * job->own_scale[old];
    if (!has_list) {
        const float r_old = pt_float_of(r[old]), less = r_old - 1;
        without *= (less > job->beta ? less : job->beta) / r_old;
    }
    at->weight[old] = weight;
    put_theta(at, old, without);
    const uint32_t new = has_list ? draw_from_list(at, w, old, u) : topic_in_row(at, r, u, true);
    put_theta(at, old, weight * job->scale[old]);
    at->weight[new]++;
    put_theta(at, new, at->weight[new] * job->scale[new]);
    return new;
}

static void open_desk(desk *at, const pt_kernel_job *job, uint32_t d) {
    memcpy(at->weight, job->alpha, job->row * sizeof *at->weight);
    memcpy(at->theta, job->plain_theta, job->row * sizeof *at->theta);
    at->total = job->plain_total;
    if (job->boost_start)
        for (uint64_t j = job->boost_start[d]; j < job->boost_start[d + 1]; j++) {
            const uint32_t k = job->boost_topic[j];
            at->weight[k] += job->alpha[k] * job->boost[j];
            put_theta(at, k, at->weight[k] * job->scale[k]);
        }
    for (uint64_t t = job->doc_start[d]; t < job->doc_start[d + 1]; t++)
        at->weight[job->z[t]]++;
    for (uint64_t t = job->doc_start[d]; t < job->doc_start[d + 1]; t++)
        put_theta(at, job->z[t], at->weight[job->z[t]] * job->scale[job->z[t]]);
}

static void prefetch_list(const pt_kernel_job *job, uint32_t w) {
    const pt_word_lists *lists = job->lists;
    if (!pt_word_lists_has(lists, w))
        return;
    for (size_t i = 0; i < lists->n[w]; i += 2 * PT_LIST_STEP) {
        __builtin_prefetch(lists->topic + lists->start[w] + i);
        __builtin_prefetch(lists->count + lists->start[w] + i);
    }
}

void LISTS_NAME(const pt_kernel_job *job, pt_kernel_space *space, const pt_kernel_piece *pieces,
                size_t n_pieces) {
    desk at = {job, space->slot[0].weight, space->theta, space->sums, 0};
    for (const pt_kernel_piece *piece = pieces; piece < pieces + n_pieces; piece++)
        for (uint32_t d = piece->doc_begin; d < piece->doc_end; d++) {
            const uint64_t first = job->doc_start[d], last = job->doc_start[d + 1],
                           begin = first > piece->token_begin ? first : piece->token_begin,
                           end = last < piece->token_end ? last : piece->token_end;
            const uint64_t key = pt_rng_key(job->seed, job->sweep, job->first_doc + d);
            if (begin >= end)
                continue;
            open_desk(&at, job, d);
            for (uint64_t t = begin; t < end; t++) {
                if (t + AHEAD < piece->token_end)
                    prefetch_list(job, job->word[t + AHEAD]);
                const uint32_t old = job->z[t], new = draw_token(&at, t, key, first);
                job->z[t] = (uint16_t) new;
                space->moved[space->n_moved] = (pt_change){job->word[t], (uint16_t)old, (uint16_t) new};
                space->n_moved += old != new;
                if (space->n_moved > PT_KERNEL_MOVED - 2)
                    pt_kernel_space_flush(space);
            }
        }
    pt_kernel_space_flush(space);
}
