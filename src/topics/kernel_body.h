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
#include "topics/kernel_lanes.h"
#include "topics/kernel_queue.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <string.h>

enum {
    SLOTS = 2 * PT_KERNEL_HALF,
    STEP = SLOTS * 16
}; /* from a group's sums of a slot to the next group's */

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
    const float r = pt_float_of(row_of(job, t)[old]), less = r + slot->shift[old] - 1;
    const float weight = slot->weight[old] - 1;
    slot->old = old;
    slot->weight[old] = weight;
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
    memcpy(slot->weight, job->alpha, job->row * sizeof *slot->weight);
    if (job->boost_start)
        for (uint64_t j = job->boost_start[d]; j < job->boost_start[d + 1]; j++)
            slot->weight[job->boost_topic[j]] += job->alpha[job->boost_topic[j]] * job->boost[j];
    for (uint64_t t = begin; t < end; t++)
        slot->weight[job->z[t]]++;
    for (uint32_t k = 0; k < job->row; k += LANES)
        *(half *)theta_at(space, i, k) =
            to_bfloat16(*(const vec *)(slot->weight + k) * *(const vec *)(job->scale + k));
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
    const landing at = land(draw->acc, prefix, target);
    const float *column = space->sums + i * 16 + at.lane;
    const size_t group = search_groups(space->sums + i * 16, n_groups, STEP, at.rest, at.lane);
    const uint32_t k = (uint32_t)(group * PT_KERNEL_ROW + 2 * at.lane);
    /* The group before the first is 0; of two topics the upper one was added first. */
    const float sum = column[((ptrdiff_t)group - 1) * STEP] +
                      pt_float_of(draw->r[k + 1]) * pt_float_of(*theta_at(space, i, k + 1));
    const uint32_t topic = k + (rest_of(&at) < sum);
    draw->topic = topic < job->K ? topic : job->K - 1; /* rounding can lead into the padding, very rarely */
}

/* theta of a topic times what the row would be, had it been packed after the moves in this run of one word.
 */
INLINE void put_shifted(const pt_kernel_job *job, pt_kernel_space *space, int i, const uint16_t *row,
                        uint32_t k) {
    const pt_kernel_slot *slot = &space->slot[i];
    const float r = pt_float_of(row[k]), now = r + slot->shift[k];
    *theta_at(space, i, k) =
        pt_bfloat16(slot->weight[k] * job->scale[k] * ((now > job->beta ? now : job->beta) / r));
}

/* A word that comes again and again in one document: its tokens see each other's moves at once, though the
 * row is that of before the slice. At the end of a run theta is plain again. */
static __attribute__((noinline)) void follow_run(const pt_kernel_job *job, pt_kernel_space *space, int i,
                                                 uint32_t old, uint32_t new, bool is_end) {
    pt_kernel_slot *slot = &space->slot[i];
    if (!is_end && slot->n_touched + 2 <= PT_KERNEL_TOUCHED) {
        const uint16_t *row = row_of(job, slot->at);
        slot->shift[old]--;
        slot->shift[new]++;
        slot->touched[slot->n_touched++] = (uint16_t)old;
        slot->touched[slot->n_touched++] = (uint16_t) new;
        put_shifted(job, space, i, row, old);
        put_shifted(job, space, i, row, new);
        return;
    }
    for (uint32_t j = 0; j < slot->n_touched; j++) {
        const uint32_t k = slot->touched[j];
        slot->shift[k] = 0;
        *theta_at(space, i, k) = pt_bfloat16(slot->weight[k] * job->scale[k]);
    }
    slot->n_touched = 0;
}

INLINE void end_draw(const pt_kernel_job *job, pt_kernel_space *space, int i, const lottery *draw) {
    pt_kernel_slot *slot = &space->slot[i];
    const uint64_t t = slot->at;
    const uint32_t old = slot->old, new = draw->topic;
    const float weight = slot->weight[new] + 1;
    *theta_at(space, i, old) = slot->without;
    slot->weight[new] = weight;
    *theta_at(space, i, new) = pt_bfloat16(weight * job->scale[new]);
    job->z[t] = (uint16_t) new;
    space->moved[space->n_moved] = (pt_change){job->word[t], (uint16_t)old, (uint16_t) new};
    space->n_moved += old != new;
    const bool is_end = t + 1 == slot->end || job->word[t + 1] != job->word[t];
    if (!is_end || slot->n_touched > 0)
        follow_run(job, space, i, old, new, is_end);
    slot->at = t + 1;
    if (t + 1 < slot->end)
        take_out(job, space, i, t + 1);
}

/* Puts the next document that has tokens to draw into slot i; false when there is none. */
static bool refill(const pt_kernel_job *job, pt_kernel_space *space, int i, pt_kernel_queue *queue) {
    uint32_t d;
    uint64_t at, stop;
    if (!pt_kernel_queue_next(job, queue, &d, &at, &stop))
        return false;
    open_document(job, space, i, d, at, stop);
    return true;
}

/* Ends the draws of a half and fills its empty slots; false when a slot stays empty. */
INLINE bool end_half(const pt_kernel_job *job, pt_kernel_space *space, int first, const lottery *draw,
                     pt_kernel_queue *queue) {
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
static void draw_in_halves(const pt_kernel_job *job, pt_kernel_space *space, pt_kernel_queue *queue) {
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
    pt_kernel_queue queue = pt_kernel_queue_of(pieces, n_pieces);
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
