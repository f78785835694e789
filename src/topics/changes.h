/* SPDX-License-Identifier: Apache-2.0 */
/* changes.h - what a slice of tokens has changed in n_kw, one entry a token that moved. Each worker keeps its
 * own, in buckets of words, so that buckets can be applied in parallel while their rows stay in the cache. */
#ifndef PT_TOPICS_CHANGES_H
#define PT_TOPICS_CHANGES_H

#include "topics/row_codec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PT_CHANGE_BUCKETS = 128 };

typedef struct pt_change {
    uint32_t word;
    uint16_t old, new;
} pt_change;

typedef struct pt_change_bucket {
    pt_change *at;
    size_t n, room; /* n < room: there is always place for one more */
} pt_change_bucket;

typedef struct pt_changes {
    pt_change_bucket bucket[PT_CHANGE_BUCKETS];
} pt_changes;

pt_changes *pt_changes_new(void);
void pt_changes_free(pt_changes *changes);            /* NULL is fine */
size_t pt_changes_count(const pt_changes *changes);   /* entries */
void pt_changes_clear(pt_changes *changes);           /* no entries, same room */
void pt_changes_shrink(pt_changes *changes);          /* no entries and no more room than at first */
void pt_change_bucket_grow(pt_change_bucket *bucket); /* makes place for one more */

/* Blocks of PT_WORD_BLOCK words are dealt to the buckets in turn. */
static inline size_t pt_change_bucket_of(uint32_t word) {
    return word / PT_WORD_BLOCK % PT_CHANGE_BUCKETS;
}

/* old may be PT_NO_TOPIC: the token had none. */
static inline void pt_changes_add(pt_changes *changes, pt_change change) {
    pt_change_bucket *bucket = &changes->bucket[pt_change_bucket_of(change.word)];
    bucket->at[bucket->n++] = change;
    if (bucket->n == bucket->room)
        pt_change_bucket_grow(bucket);
}

/* Sorts the entries of a bucket by block, which is what pt_changes_sum wants; their order inside a block does
 * not matter. */
void pt_changes_sort(pt_change_bucket *bucket);
/* Adds the entries of a block in a sorted bucket to change [PT_WORD_BLOCK][K]; returns their words. */
pt_words pt_changes_sum(const pt_change_bucket *bucket, uint32_t block, uint32_t K, int32_t *change);

#endif
