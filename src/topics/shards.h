/* SPDX-License-Identifier: Apache-2.0 */
/* shards.h - the logical shards of a corpus: runs of documents whose number depends on the corpus alone,
 * never on ranks or threads. Ranks own whole shards, sub-sweeps take a part of each, checkpoints keep them
 * one by one. A small corpus is one shard. */
#ifndef PT_TOPICS_SHARDS_H
#define PT_TOPICS_SHARDS_H

#include <stdint.h>

enum { PT_SHARD_DOCUMENTS = 256, PT_MOST_SHARDS = 1024 };

static inline uint32_t pt_shards_of(uint32_t D) {
    const uint32_t n = D / PT_SHARD_DOCUMENTS;
    return n < 1 ? 1 : n > PT_MOST_SHARDS ? PT_MOST_SHARDS : n;
}

/* First document of shard l; D for l = pt_shards_of(D). */
static inline uint32_t pt_shard_document(uint32_t D, uint32_t l) {
    return (uint32_t)((uint64_t)D * l / pt_shards_of(D));
}

#endif
