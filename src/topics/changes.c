/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/changes.h"

#include "base/mem.h"
#include "topics/model.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

pt_changes *pt_changes_new(void) {
    pt_changes *changes = pt_zalloc(1, sizeof *changes);
    for (size_t b = 0; b < PT_CHANGE_BUCKETS; b++)
        pt_change_bucket_grow(&changes->bucket[b]);
    return changes;
}

void pt_changes_free(pt_changes *changes) {
    if (!changes)
        return;
    for (size_t b = 0; b < PT_CHANGE_BUCKETS; b++)
        free(changes->bucket[b].at);
    free(changes);
}

void pt_change_bucket_grow(pt_change_bucket *bucket) {
    bucket->room = bucket->room ? bucket->room + bucket->room / 2 : FIRST_ROOM;
    bucket->at = pt_realloc(bucket->at, bucket->room, sizeof *bucket->at);
}

size_t pt_changes_count(const pt_changes *changes) {
    size_t n = 0;
    for (size_t b = 0; b < PT_CHANGE_BUCKETS; b++)
        n += changes->bucket[b].n;
    return n;
}

void pt_changes_shrink(pt_changes *changes) {
    for (size_t b = 0; b < PT_CHANGE_BUCKETS; b++) {
        pt_change_bucket *bucket = &changes->bucket[b];
        free(bucket->at);
        *bucket = (pt_change_bucket){0};
        pt_change_bucket_grow(bucket);
    }
}

void pt_changes_clear(pt_changes *changes) {
    for (size_t b = 0; b < PT_CHANGE_BUCKETS; b++)
        changes->bucket[b].n = 0;
}

/* By counting: the blocks of a bucket are few. */
void pt_changes_sort(pt_change_bucket *bucket) {
    uint32_t n_blocks = 0;
    for (size_t i = 0; i < bucket->n; i++) {
        const uint32_t b = bucket->at[i].word / PT_WORD_BLOCK / PT_CHANGE_BUCKETS + 1;
        n_blocks = b > n_blocks ? b : n_blocks;
    }
    size_t *next = pt_zalloc((size_t)n_blocks + 1, sizeof *next);
    for (size_t i = 0; i < bucket->n; i++)
        next[bucket->at[i].word / PT_WORD_BLOCK / PT_CHANGE_BUCKETS + 1]++;
    for (uint32_t b = 0; b < n_blocks; b++)
        next[b + 1] += next[b];
    pt_change *sorted = pt_alloc(bucket->room, sizeof *sorted);
    for (size_t i = 0; i < bucket->n; i++)
        sorted[next[bucket->at[i].word / PT_WORD_BLOCK / PT_CHANGE_BUCKETS]++] = bucket->at[i];
    free(bucket->at);
    bucket->at = sorted;
    free(next);
}

pt_words pt_changes_sum(const pt_change_bucket *bucket, uint32_t block, uint32_t K, int32_t *change) {
    size_t low = 0, high = bucket->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (bucket->at[middle].word / PT_WORD_BLOCK < block)
            low = middle + 1;
        else
            high = middle;
    }
    pt_words words = 0;
    for (; low < bucket->n && bucket->at[low].word / PT_WORD_BLOCK == block; low++) {
        words |= (pt_words)1 << bucket->at[low].word % PT_WORD_BLOCK;
        int32_t *of_word = change + (size_t)(bucket->at[low].word % PT_WORD_BLOCK) * K;
        if (bucket->at[low].old != PT_NO_TOPIC)
            of_word[bucket->at[low].old]--;
        of_word[bucket->at[low].new]++;
    }
    return words;
}
