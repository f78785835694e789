/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/cache.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* An index with open addressing over entries that lie one after the other; when either is full the cache
 * starts anew, which costs little: what is frequent is back soon. */
enum { INDEX_BITS = 17, INDEX_SIZE = 1 << INDEX_BITS, KNOWN_MAX = INDEX_SIZE / 4 * 3 };
enum {
    ARENA_BYTES = 4 << 20,
    UNIT_BYTES = 8,
    UNIT_BITS = 20
}; /* an index cell: hash bits, place in units + 1 */

typedef struct entry {
    uint8_t key_bytes, n_nouns, traits;
    unsigned char data[]; /* nouns, key, characters of the nouns */
} entry;

struct pt_cache {
    uint32_t *index;
    unsigned char *arena;
    size_t used, known;
};

pt_cache *pt_cache_new(void) {
    pt_cache *cache = pt_zalloc(1, sizeof *cache);
    cache->index = pt_zalloc(INDEX_SIZE, sizeof *cache->index);
    cache->arena = pt_zalloc(ARENA_BYTES, 1);
    return cache;
}

void pt_cache_free(pt_cache *cache) {
    if (!cache)
        return;
    free(cache->index);
    free(cache->arena);
    free(cache);
}

static uint64_t load(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t hash_of(const char *text, size_t n) {
    uint64_t hash = n;
    if (n < 8) {
        uint64_t word = 0;
        for (size_t k = 0; k < n; k++)
            word = word << 8 | (unsigned char)text[k];
        return pt_mix64(hash ^ word << 8);
    }
    for (size_t at = 0; at + 8 < n; at += 8) {
        hash = (hash ^ load(text + at)) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29;
    }
    return pt_mix64(hash ^ load(text + n - 8)); /* the last eight, some of them twice */
}

static const unsigned char *key_of(const entry *e) {
    return e->data + e->n_nouns * sizeof(pt_known_noun);
}

/* The cell of this key, or the empty one where it belongs. */
static uint32_t *cell_of(const pt_cache *cache, const char *text, size_t bytes, uint64_t hash,
                         const entry **found) {
    const uint32_t tag = (uint32_t)(hash >> 32) >> UNIT_BITS << UNIT_BITS;
    for (size_t at = hash % INDEX_SIZE;; at = (at + 1) % INDEX_SIZE) {
        uint32_t *cell = &cache->index[at];
        if (!*cell)
            return cell;
        if ((*cell ^ tag) >> UNIT_BITS)
            continue;
        const size_t place = (size_t)((*cell & ((1u << UNIT_BITS) - 1)) - 1) * UNIT_BYTES;
        const entry *e = (const entry *)(cache->arena + place);
        if (e->key_bytes == bytes && memcmp(key_of(e), text, bytes) == 0) {
            *found = e;
            return cell;
        }
    }
}

bool pt_cache_find(const pt_cache *cache, const char *text, size_t bytes, pt_known *out) {
    const entry *e = NULL;
    if (bytes <= UINT8_MAX)
        (void)cell_of(cache, text, bytes, hash_of(text, bytes), &e);
    if (!e)
        return false;
    *out = (pt_known){(const pt_known_noun *)e->data, (const char *)key_of(e) + bytes, e->n_nouns, e->traits};
    return true;
}

/* Room for an entry at the end of the arena; clears the cache when there is none. */
static entry *make_room(pt_cache *cache, size_t bytes) {
    if (cache->used + bytes > ARENA_BYTES || cache->known == KNOWN_MAX) {
        memset(cache->index, 0, INDEX_SIZE * sizeof *cache->index);
        cache->used = cache->known = 0;
    }
    return (entry *)(cache->arena + cache->used);
}

void pt_cache_keep(pt_cache *cache, const char *text, size_t bytes, const pt_eojeol *eojeol) {
    size_t chars = 0;
    for (size_t k = 0; k < eojeol->nouns.n; k++)
        chars += eojeol->nouns.at[k].bytes;
    if (bytes > UINT8_MAX || chars > UINT8_MAX || eojeol->nouns.n > UINT8_MAX)
        return;
    const size_t size = sizeof(entry) + eojeol->nouns.n * sizeof(pt_known_noun) + bytes + chars;
    entry *e = make_room(cache, size);
    const uint64_t hash = hash_of(text, bytes);
    const entry *known = NULL;
    uint32_t *cell = cell_of(cache, text, bytes, hash, &known);
    if (known)
        return;
    *cell = (uint32_t)(hash >> 32) >> UNIT_BITS << UNIT_BITS | (uint32_t)(cache->used / UNIT_BYTES + 1);
    cache->used += (size + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
    cache->known++;
    *e = (entry){(uint8_t)bytes, (uint8_t)eojeol->nouns.n, (uint8_t)eojeol->traits};
    pt_known_noun *noun = (pt_known_noun *)e->data;
    unsigned char *out = e->data + eojeol->nouns.n * sizeof *noun;
    memcpy(out, text, bytes);
    out += bytes;
    chars = 0;
    for (size_t k = 0; k < eojeol->nouns.n; k++) {
        const pt_eojeol_noun *from = &eojeol->nouns.at[k];
        noun[k] = (pt_known_noun){(uint8_t)chars, (uint8_t)from->bytes, (uint8_t)from->flags};
        memcpy(out + chars, eojeol->chars.at + from->form, from->bytes);
        chars += from->bytes;
    }
}
