/* SPDX-License-Identifier: Apache-2.0 */
/* shard_format.h - the bytes of corpus.head, little-endian. Private to shard_files.c and shard_read.c.
 *
 *     head, entry [n_shards], doc_freq [V], seeds (start [n_items + 1], word, weight [n_seeds]; the same of
 *     the words that speak against an item; where anybody taught, items of each word [V] u32, item and mass
 *     [n_taught], share [V]; where words are written for codes, the same without share; is_method [n_items]
 * u8), words each with a NUL, SHA-256 of all before it as 64 hex digits
 *
 * and of a shard: length [n_docs] u32, word [n_tokens] u32; of patents: codes [n_docs] u32, cells [n_docs]
 * u32, code [n_codes] u32, item [n_cells] u32, value [n_cells] f32, fingerprint [n_docs] u64; flags
 * [n_tokens] u8. */
#ifndef PT_TOPICS_SHARD_FORMAT_H
#define PT_TOPICS_SHARD_FORMAT_H

#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "shard files are little-endian; swap bytes here"
#endif

#define PT_SHARD_MAGIC "PTSHARD\n"
enum { PT_SHARD_VERSION = 3, PT_SHARD_DIGEST = 64 };

typedef struct pt_shard_head {
    char magic[8];
    uint32_t version, D, V, n_shards, n_files, n_items, n_seeds, n_negative;
    uint64_t N, form_bytes; /* form_bytes 0 = words have no text */
    uint32_t is_of_patents, n_codes, has_taught, has_written;
    uint64_t n_taught, n_written;
    char corpus_digest[PT_SHARD_DIGEST];
} pt_shard_head;

typedef struct pt_shard_entry {
    uint32_t file, n_docs;
    uint64_t offset, n_tokens, n_codes, n_cells;
    char digest[PT_SHARD_DIGEST];
} pt_shard_entry;

/* "DIR/corpus-0001"; free it. */
char *pt_shard_path(const char *folder, uint32_t file);

#endif
