/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/word_lists.h"

#include "base/mem.h"
#include "topics/kernel.h"

#include <stdlib.h>
#include <string.h>

static size_t room_of(const pt_word_lists *lists, uint32_t w) {
    return lists->start[w + 1] - lists->start[w];
}

pt_word_lists *pt_word_lists_new(uint32_t V, uint32_t K, const int64_t *n_w) {
    pt_word_lists *lists = pt_zalloc(1, sizeof *lists);
    lists->V = V;
    lists->K = K;
    lists->start = pt_alloc((size_t)V + 1, sizeof *lists->start);
    lists->n = pt_zalloc(V, sizeof *lists->n);
    uint64_t at = 0;
    for (uint32_t w = 0; w < V; w++) {
        const uint64_t most = K / PT_LIST_SHARE, n = (uint64_t)n_w[w] < most ? (uint64_t)n_w[w] : most;
        lists->start[w] = at;
        at += (n + PT_LIST_STEP - 1) / PT_LIST_STEP * PT_LIST_STEP;
    }
    lists->start[V] = at;
    lists->topic = pt_zalloc_aligned(at, sizeof *lists->topic);
    lists->count = pt_zalloc_aligned(at, sizeof *lists->count);
    return lists;
}

void pt_word_lists_free(pt_word_lists *lists) {
    if (!lists)
        return;
    free(lists->start);
    free(lists->n);
    free(lists->topic);
    free(lists->count);
    free(lists);
}

bool pt_word_lists_pack(pt_word_lists *lists, uint32_t w, const uint32_t *n_k) {
    uint16_t *topic = lists->topic + lists->start[w], *count = lists->count + lists->start[w];
    const size_t room = room_of(lists, w);
    size_t n = 0;
    lists->n[w] = PT_LIST_NONE;
    for (uint32_t k = 0; k < lists->K; k++) {
        if (n_k[k] == 0)
            continue;
        if (n == room)
            return false;
        topic[n] = (uint16_t)k;
        count[n++] = pt_bfloat16((float)n_k[k]);
    }
    memset(topic + n, 0, (room - n) * sizeof *topic);
    memset(count + n, 0, (room - n) * sizeof *count);
    lists->n[w] = (uint32_t)n;
    return true;
}

/* By counting: a few vectors, where halving would wait for one cache line after the other. The padding, of
 * topic 0, is counted too unless 0 is wanted. */
size_t pt_word_lists_find(const pt_word_lists *lists, uint32_t w, uint32_t topic) {
    const uint16_t *topics = lists->topic + lists->start[w], wanted = (uint16_t)topic;
    const size_t n = lists->n[w], padded = (n + PT_LIST_STEP - 1) / PT_LIST_STEP * PT_LIST_STEP;
    size_t before = 0;
    for (size_t i = 0; i < padded; i += PT_LIST_STEP) {
        unsigned some = 0;
        for (size_t j = i; j < i + PT_LIST_STEP; j++)
            some += topics[j] < wanted ? 1u : 0u;
        before += some;
    }
    return lists->start[w] + before - (wanted > 0 ? padded - n : 0);
}

bool pt_word_lists_set(const pt_word_lists *lists, uint32_t w, size_t place, uint32_t topic, uint32_t n_k) {
    uint16_t *topics = lists->topic + lists->start[w], *counts = lists->count + lists->start[w];
    const size_t n = lists->n[w], at = place - lists->start[w];
    const bool is_there = at < n && topics[at] == topic;
    if (is_there && n_k > 0) {
        counts[at] = pt_bfloat16((float)n_k);
    } else if (is_there) {
        memmove(topics + at, topics + at + 1, (n - at - 1) * sizeof *topics);
        memmove(counts + at, counts + at + 1, (n - at - 1) * sizeof *counts);
        topics[n - 1] = counts[n - 1] = 0;
        lists->n[w]--;
    } else if (n_k > 0) {
        if (n == room_of(lists, w))
            return false;
        memmove(topics + at + 1, topics + at, (n - at) * sizeof *topics);
        memmove(counts + at + 1, counts + at, (n - at) * sizeof *counts);
        topics[at] = (uint16_t)topic;
        counts[at] = pt_bfloat16((float)n_k);
        lists->n[w]++;
    }
    return true;
}
