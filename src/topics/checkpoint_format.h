/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint_format.h - the bytes of a checkpoint. Private to checkpoint.c and checkpoint_read.c.
 *
 *     PATH:  head, the sections, entry [n_shards], SHA-256 of all before it as 64 hex digits
 *     part:  shard behind shard: z [tokens] u16, kept sweeps [documents] where there are any */
#ifndef PT_TOPICS_CHECKPOINT_FORMAT_H
#define PT_TOPICS_CHECKPOINT_FORMAT_H

#include "topics/checkpoint.h"

#define PT_CHECKPOINT_MAGIC "PTCHAIN\n"
enum { PT_CHECKPOINT_VERSION = 2, PT_CHECKPOINT_DIGEST = 64, PT_CHECKPOINT_SECTIONS = 7 };

typedef struct pt_checkpoint_head {
    char magic[8];
    uint32_t version, n_sweeps, n_kept, n_draws, K, n_items, n_pairs, n_shards;
    char identity[PT_CHECKPOINT_DIGEST];
} pt_checkpoint_head;

typedef struct pt_checkpoint_entry {
    uint32_t rank, size; /* names the part */
    uint64_t offset;
    char digest[PT_CHECKPOINT_DIGEST];
} pt_checkpoint_entry;

typedef struct pt_checkpoint_section {
    void *at;
    size_t bytes;
} pt_checkpoint_section;

/* Where the state of one shard lives. */
typedef struct pt_checkpoint_block {
    void *z, *theta;
    size_t z_bytes, theta_bytes;
} pt_checkpoint_block;

pt_checkpoint_head pt_checkpoint_head_of(const pt_chain *chain);
/* What a chain after head->n_sweeps sweeps has beside its shards; returns how many sections. */
size_t pt_checkpoint_sections(const pt_chain *chain, const pt_checkpoint_head *head,
                              pt_checkpoint_section sections[PT_CHECKPOINT_SECTIONS]);
pt_checkpoint_block pt_checkpoint_block_of(const pt_chain *chain, uint32_t l, bool with_theta);
/* "PATH.20-1of4"; free it. */
char *pt_checkpoint_part(const char *path, uint32_t n_sweeps, int rank, int size);
/* The state in the bytes of a head, read from `path`, whose parts are those of `base`. *is_other: it is
 * whole, but of another chain. */
pt_status pt_checkpoint_take(pt_chain *chain, const char *path, const char *base, const char *bytes,
                             size_t n_bytes, bool *is_other, pt_error *err) PT_WARN_UNUSED;

#endif
