/* SPDX-License-Identifier: Apache-2.0 */
/* shard.h - one of n equal parts of a work, as a Slurm array job names it: "3/8" is the third of eight. */
#ifndef PT_BASE_SHARD_H
#define PT_BASE_SHARD_H

#include "base/status.h"

typedef struct pt_shard {
    uint32_t index, count; /* index from 0 */
} pt_shard;

/* "I/N" with 1 <= I <= N; NULL is the whole, 0 of 1. Errors: PT_ERR_USAGE. */
pt_status pt_shard_parse(const char *text, pt_shard *out, pt_error *err) PT_WARN_UNUSED;

/* The units of n that this shard owns when they are dealt in runs: from _first to before _end. */
static inline uint64_t pt_shard_first(pt_shard shard, uint64_t n) {
    return (uint64_t)((unsigned __int128)n * shard.index / shard.count);
}
static inline uint64_t pt_shard_end(pt_shard shard, uint64_t n) {
    return (uint64_t)((unsigned __int128)n * (shard.index + 1) / shard.count);
}

#endif
