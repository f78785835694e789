/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_lists.h - the kernel for many topics; included once by each kernel_*.c, which defines LISTS_NAME and
 * is compiled for its instruction set.
 *
 *     sum_k theta_k r_kw = sum over the topics of the word of theta_k n_kw + beta sum_k theta_k
 *
 * The first sum has a term for each entry of the word's list (word_lists.h), the second is kept up to date as
 * theta changes (its topics are looked through only when the draw falls there, which becomes rare). Words
 * without a list are drawn from their rows as in kernel_body.h. Several documents are drawn in turn, on a
 * desk each: first the sums of all, then what they decide. Entry l of every 16 is lane l of a list; of a row
 * as there. */
#include "base/rng.h"
#include "topics/kernel_lanes.h"
#include "topics/kernel_queue.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <string.h>

enum { AHEAD = 3, FULL = 16, DESKS = 2 }; /* lists are fetched so many tokens early; floats of a group */

/* The topics that a word has, and n_kw of each in bfloat16; padded to PT_LIST_STEP entries. */
typedef struct entries {
    const uint16_t *topic, *count;
    size_t n;
} entries;

typedef struct desk { /* a document */
    const pt_kernel_job *job;
    float *weight;           /* [row] n_dk + alpha_dk */
    uint16_t *theta;         /* [row + 1] in bfloat16: a gather reads the one behind too */
    float *sums;             /* [groups + 1][16] running sums; a group of zeros before them */
    float total;             /* sum of theta */
    uint64_t at, end, first; /* next token to draw, first one not to, first one of the document */
    uint64_t key;            /* of the random stream */
    uint16_t *run_topic,
        *run_count; /* [row] entries of a word that comes again and again, with its moves so far */
    bool is_run;
    /* the draw at hand */
    entries list;
    vec acc[VECTORS];
    size_t n_groups;
    uint32_t old;
    bool has_list;
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

/* Row of a word that has no list. */
INLINE const uint16_t *row_of_word(const pt_kernel_job *job, uint32_t w) {
    return job->r + (size_t)job->row_of[w] * job->row;
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

typedef uint16_t packed __attribute__((vector_size(2 * LANES), may_alias, aligned(16)));

static entries entries_of(const pt_word_lists *lists, uint32_t w) {
    return (entries){lists->topic + lists->start[w], lists->count + lists->start[w], lists->n[w]};
}

/* Running sums over a list; the token itself, of topic old, is not counted. */
INLINE size_t add_list(const desk *at, const entries *list, uint32_t old, vec *acc) {
    const uint16_t *topic = list->topic, *count = list->count;
    const size_t n = (list->n + PT_LIST_STEP - 1) / PT_LIST_STEP;
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

/* The topic whose share of a row's sums the target falls into. */
static uint32_t find_in_row(const desk *at, const uint16_t *r, const vec *acc, const vec *prefix,
                            float target) {
    landing landed;
    const size_t group = find(at, at->job->row / PT_KERNEL_ROW, acc, prefix, target, &landed);
    const uint32_t k = (uint32_t)(group * PT_KERNEL_ROW + 2 * landed.lane);
    const float sum = at->sums[((ptrdiff_t)group - 1) * FULL + (ptrdiff_t)landed.lane] +
                      pt_float_of(r[k + 1]) * pt_float_of(at->theta[k + 1]);
    const uint32_t topic = k + (rest_of(&landed) < sum);
    return topic < at->job->K ? topic : at->job->K - 1;
}

static uint32_t pick_from_row(const desk *at, uint32_t w, float u) {
    vec prefix[VECTORS];
    prefix_sum(at->acc, prefix);
    return find_in_row(at, row_of_word(at->job, w), at->acc, prefix, u * prefix[VECTORS - 1][LANES - 1]);
}

/* The part of beta: every topic has it. */
static __attribute__((noinline)) uint32_t pick_by_theta(const desk *at, float target) {
    vec acc[VECTORS] = {{0}}, prefix[VECTORS];
    add_row(at, at->job->ones, acc);
    prefix_sum(acc, prefix);
    return find_in_row(at, at->job->ones, acc, prefix, target);
}

INLINE uint32_t pick_from_list(const desk *at, float u) {
    vec prefix[VECTORS];
    prefix_sum(at->acc, prefix);
    const float own = prefix[VECTORS - 1][LANES - 1], beta = at->job->beta,
                target = u * (own + beta * at->total);
    if (target >= own)
        return pick_by_theta(at, (target - own) / beta);
    landing landed;
    const size_t group = find(at, at->n_groups, at->acc, prefix, target, &landed),
                 i = group * PT_LIST_STEP + landed.lane;
    const size_t last = at->list.n - 1; /* rounding can lead into the padding, very rarely */
    return at->list.topic[i < last ? i : last];
}

/* Takes the next token out and adds up. */
INLINE void begin_draw(desk *at) {
    const pt_kernel_job *job = at->job;
    const uint64_t t = at->at;
    const uint32_t w = job->word[t], old = job->z[t];
    if (t + AHEAD < at->end)
        prefetch_list(job, job->word[t + AHEAD]);
    at->has_list = pt_word_lists_has(job->lists, w);
    at->old = old;
    at->weight[old]--;
    float without = at->weight[old] * job->own_scale[old];
    memset(at->acc, 0, sizeof at->acc);
    if (at->has_list) {
        put_theta(at, old, without);
        if (!at->is_run)
            at->list = entries_of(job->lists, w);
        at->n_groups = add_list(at, &at->list, old, at->acc);
        return;
    }
    const uint16_t *r = row_of_word(job, w);
    const float r_old = pt_float_of(r[old]), less = r_old - 1;
    put_theta(at, old, without * ((less > job->beta ? less : job->beta) / r_old));
    at->n_groups = add_row(at, r, at->acc);
}

static void change_run(desk *at, uint32_t topic, float change) {
    size_t i = 0;
    while (i < at->list.n && at->run_topic[i] != topic)
        i++;
    if (i == at->list.n) {
        if (i + PT_LIST_STEP > at->job->row)
            return;
        if (i % PT_LIST_STEP == 0) {
            memset(at->run_topic + i, 0, PT_LIST_STEP * sizeof *at->run_topic);
            memset(at->run_count + i, 0, PT_LIST_STEP * sizeof *at->run_count);
        }
        at->run_topic[i] = (uint16_t)topic;
        at->list.n++;
    }
    at->run_count[i] = pt_bfloat16(pt_float_of(at->run_count[i]) + change);
}

/* As in kernel_body.h: the tokens of one word in one document see each other's moves at once. They are drawn
 * from a list of their own. */
static __attribute__((noinline)) void follow_in_list(desk *at, uint32_t new) {
    if (!at->is_run) {
        const size_t n = (at->list.n + PT_LIST_STEP - 1) / PT_LIST_STEP * PT_LIST_STEP;
        memcpy(at->run_topic, at->list.topic, n * sizeof *at->run_topic);
        memcpy(at->run_count, at->list.count, n * sizeof *at->run_count);
        at->list.topic = at->run_topic;
        at->list.count = at->run_count;
        at->is_run = true;
    }
    if (at->old == new)
        return;
    change_run(at, at->old, -1);
    change_run(at, new, 1);
}

/* Draws its new topic. */
INLINE void end_draw_at(desk *at, pt_kernel_space *space) {
    const pt_kernel_job *job = at->job;
    const uint64_t t = at->at;
    const uint32_t w = job->word[t], old = at->old;
    const float u = pt_rng_float(pt_rng_at(at->key, t - at->first));
    const uint32_t new = at->has_list ? pick_from_list(at, u) : pick_from_row(at, w, u);
    put_theta(at, old, at->weight[old] * job->scale[old]);
    at->weight[new]++;
    put_theta(at, new, at->weight[new] * job->scale[new]);
    job->z[t] = (uint16_t) new;
    space->moved[space->n_moved] = (pt_change){w, (uint16_t)old, (uint16_t) new};
    space->n_moved += old != new;
    at->at = t + 1;
    if (at->has_list && t + 1 < at->end && job->word[t + 1] == w)
        follow_in_list(at, new);
    else
        at->is_run = false;
}

/* Puts the next document that has tokens to draw onto a desk; false when there is none. */
static bool open_desk(desk *at, pt_kernel_queue *queue) {
    const pt_kernel_job *job = at->job;
    uint32_t d;
    if (!pt_kernel_queue_next(job, queue, &d, &at->at, &at->end))
        return false;
    at->first = job->doc_start[d];
    at->key = pt_rng_key(job->seed, job->sweep, job->first_doc + d);
    for (uint64_t t = at->at; t < at->end && t < at->at + AHEAD; t++)
        prefetch_list(job, job->word[t]);
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
    return true;
}

void LISTS_NAME(const pt_kernel_job *job, pt_kernel_space *space, const pt_kernel_piece *pieces,
                size_t n_pieces) {
    pt_kernel_queue queue = pt_kernel_queue_of(pieces, n_pieces);
    const size_t n_sums = (job->row / PT_KERNEL_ROW + 1) * FULL;
    desk desks[DESKS];
    int n = 0; /* desks in use: the first ones */
    for (; n < DESKS; n++) {
        float *sums = space->sums_room + (size_t)n * n_sums;
        memset(sums, 0, FULL * sizeof *sums);
        desks[n] = (desk){.job = job,
                          .weight = space->slot[n].weight,
                          .theta = space->theta + (size_t)n * job->row,
                          .sums = sums + FULL,
                          .run_topic = space->run + (size_t)n * 2 * job->row,
                          .run_count = space->run + ((size_t)n * 2 + 1) * job->row};
        if (!open_desk(&desks[n], &queue))
            break;
    }
    while (n > 0) {
        for (int i = 0; i < n; i++)
            begin_draw(&desks[i]);
        for (int i = 0; i < n; i++)
            end_draw_at(&desks[i], space);
        for (int i = n - 1; i >= 0; i--)
            if (desks[i].at == desks[i].end && !open_desk(&desks[i], &queue)) {
                const desk done = desks[i];
                desks[i] = desks[--n];
                desks[n] = done;
            }
        if (space->n_moved > PT_KERNEL_MOVED - DESKS)
            pt_kernel_space_flush(space);
    }
    pt_kernel_space_flush(space);
}
