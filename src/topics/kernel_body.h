/* SPDX-License-Identifier: Apache-2.0 */
/* kernel_body.h - the kernel itself; included once by each kernel_*.c, which says
 *     KERNEL_NAME       the function's name
 *     COUNT_UP_TO(v, t) how many of lanes 0 .. 14 of vector v are <= t
 *
 * A draw: topic k is lane k mod 16 of vector k / 16. Lanes accumulate on their own,
 *     sums[s][l] = sum over the topics k < 32 (s + 1) of lane l of theta_k phi_kw,
 * so the inner loop has no step across lanes; a prefix sum over the 16 totals picks the lane, a search down
 * its column the group of 32 topics, a comparison one of the two. */
#include "base/rng.h"
#include "topics/kernel_space.h"

#include <stdbool.h>
#include <string.h>

typedef float v16 __attribute__((vector_size(64), may_alias));

#define INLINE static inline __attribute__((always_inline))

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

INLINE uint32_t draw(const float *phi, const float *theta, float u, float *sums, size_t row, uint32_t K) {
    const size_t n_groups = row / PT_KERNEL_ROW;
    v16 acc = {0};
    for (size_t s = 0; s < n_groups; s++) {
        const v16 *p = (const v16 *)(phi + s * PT_KERNEL_ROW), *t = (const v16 *)(theta + s * PT_KERNEL_ROW);
        acc += p[0] * t[0] + p[1] * t[1];
        *(v16 *)(sums + s * 16) = acc;
    }
    const v16 zero = {0};
    v16 prefix = acc;
    prefix +=
        __builtin_shufflevector(zero, prefix, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    prefix +=
        __builtin_shufflevector(zero, prefix, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    prefix +=
        __builtin_shufflevector(zero, prefix, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    prefix += __builtin_shufflevector(zero, prefix, 0, 0, 0, 0, 0, 0, 0, 0, 16, 17, 18, 19, 20, 21, 22, 23);
    const float target = u * prefix[15];
    const size_t lane = COUNT_UP_TO(prefix, target);
    const v16 below = prefix - acc;
    float before[16] __attribute__((aligned(64)));
    *(v16 *)before = below;
    const float rest = target - before[lane];
    const size_t group = search_column(sums, n_groups, lane, rest);
    const size_t k = group * PT_KERNEL_ROW + lane;
    const float sum = (group ? sums[(group - 1) * 16 + lane] : 0) + phi[k] * theta[k];
    const uint32_t topic = (uint32_t)(k + (rest >= sum ? 16 : 0));
    return topic < K ? topic : K - 1; /* rounding can lead into the padding, once in millions of draws */
}

INLINE void prefetch_row(const pt_kernel_job *job, uint64_t t) {
    const float *phi = job->phi + job->word[t] * job->row;
    for (size_t k = 0; k < job->row; k += 16)
        __builtin_prefetch(phi + k);
}

/* Takes token t out of the counts and of its own phi; theta is changed instead of phi, because their product
 * is what counts. Done one round before the draw: a vector load right behind these stores would wait. */
INLINE void take_out(const pt_kernel_job *job, pt_kernel_slot *slot, uint64_t t) {
    const uint32_t old = job->z[t];
    const float phi = job->phi[job->word[t] * job->row + old];
    const float own = job->own_scale[old] * (phi - job->own_less[old]);
    slot->old = old;
    slot->without = (float)--slot->count[old] + slot->alpha[old];
    slot->theta[old] = slot->without * ((own > 0 ? own : 0) / phi);
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
    slot->key = pt_rng_key(job->seed, job->sweep, d);
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

INLINE void draw_token(const pt_kernel_job *job, pt_kernel_space *space, pt_kernel_slot *slot) {
    const uint64_t t = slot->at++;
    const uint32_t old = slot->old;
    if (t + 2 < slot->end)
        prefetch_row(job, t + 2);
    const float u = pt_rng_float(pt_rng_at(slot->key, t - slot->first));
    const uint32_t new =
        draw(job->phi + job->word[t] * job->row, slot->theta, u, slot->sums, job->row, job->K);
    slot->theta[old] = slot->without;
    slot->theta[new] = (float)++slot->count[new] + slot->alpha[new];
    job->z[t] = (uint16_t) new;
    space->change[old]--;
    space->change[new]++;
    space->n_changed += new != old;
    if (t + 1 < slot->end)
        take_out(job, slot, t + 1);
}

void KERNEL_NAME(const pt_kernel_job *job, pt_kernel_space *space, uint32_t doc_begin, uint32_t doc_end) {
    uint32_t next = doc_begin;
    for (int i = 0; i < PT_KERNEL_SLOTS; i++)
        space->slot[i].at = space->slot[i].end = 0;
    for (int busy = 1; busy;) {
        busy = 0;
        for (int i = 0; i < PT_KERNEL_SLOTS; i++) {
            pt_kernel_slot *slot = &space->slot[i];
            while (slot->at == slot->end && next < doc_end)
                open_document(job, slot, next++);
            if (slot->at == slot->end)
                continue;
            draw_token(job, space, slot);
            busy = 1;
        }
    }
}
