/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/cache.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* An index with open addressing over entries that lie one after the other. When either is full, what was
 * asked for since the last time moves together and the rest goes: eojeols that stand once in a corpus do not
 * drive out those that come again. */
enum { INDEX_SIZE = 3 << 16, KNOWN_MAX = INDEX_SIZE / 4 * 3 };
enum { ARENA_BYTES = 4 << 20, UNIT_BYTES = 4, UNIT_BITS = 21 }; /* a cell: hash bits, place in units + 1 */

typedef struct entry {
    uint8_t key_bytes, n_nouns, traits;
    uint8_t chars : 7;    /* bytes of nouns that are not in the key, up to CHARS_MAX */
    uint8_t asked : 1;    /* found since the last clearing */
    unsigned char data[]; /* nouns, key, characters of the nouns */
} entry;
enum { CHARS_MAX = 127 };

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
    if (!e->asked)
        ((entry *)e)->asked = 1;
    *out = (pt_known){(const pt_known_noun *)e->data, (const char *)key_of(e), e->n_nouns, e->traits};
    return true;
}

static size_t size_of(const entry *e) {
    const size_t size = sizeof *e + e->n_nouns * sizeof(pt_known_noun) + e->key_bytes + e->chars;
    return (size + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
}

static void point_at(uint32_t *cell, uint64_t hash, size_t place) {
    *cell = (uint32_t)(hash >> 32) >> UNIT_BITS << UNIT_BITS | (uint32_t)(place / UNIT_BYTES + 1);
}

/* Moves the entries that were asked for to the front; none when they are most of them. */
static void clear(pt_cache *cache) {
    const size_t used = cache->used, known = cache->known;
    memset(cache->index, 0, INDEX_SIZE * sizeof *cache->index);
    cache->used = cache->known = 0;
    for (size_t at = 0, size; at < used; at += size) {
        entry *e = (entry *)(cache->arena + at);
        size = size_of(e);
        if (!e->asked)
            continue;
        e->asked = 0;
        e = memmove(cache->arena + cache->used, e, size);
        const entry *twin = NULL;
        const char *key = (const char *)key_of(e);
        const uint64_t hash = hash_of(key, e->key_bytes);
        point_at(cell_of(cache, key, e->key_bytes, hash, &twin), hash, cache->used);
        cache->used += size;
        cache->known++;
    }
    if (cache->known > known / 4 * 3) {
        memset(cache->index, 0, INDEX_SIZE * sizeof *cache->index);
        cache->used = cache->known = 0;
    }
}

/* Byte of a noun within the key, or bytes when it does not stand there as it is (lower case, a cut). */
static size_t place_in_key(const char *text, size_t bytes, const char *noun, size_t n) {
    const char *at = memmem(text, bytes, noun, n);
    return at ? (size_t)(at - text) : bytes;
}

void pt_cache_keep(pt_cache *cache, const char *text, size_t bytes, const pt_eojeol *eojeol) {
    const size_t n = eojeol->nouns.n;
    if (bytes > UINT8_MAX || n > UINT8_MAX)
        return;
    size_t chars = 0;
    for (size_t k = 0; k < n; k++) {
        const pt_eojeol_noun *noun = &eojeol->nouns.at[k];
        if (place_in_key(text, bytes, eojeol->chars.at + noun->form, noun->bytes) == bytes)
            chars += noun->bytes;
    }
    if (chars > CHARS_MAX || bytes + chars > UINT8_MAX)
        return;
    const size_t room = sizeof(entry) + n * sizeof(pt_known_noun) + bytes + chars + UNIT_BYTES;
    if (cache->used + room > ARENA_BYTES || cache->known == KNOWN_MAX)
        clear(cache);
    const uint64_t hash = hash_of(text, bytes);
    const entry *known = NULL;
    uint32_t *cell = cell_of(cache, text, bytes, hash, &known);
    if (known || cache->used + room > ARENA_BYTES)
        return;
    point_at(cell, hash, cache->used);
    entry *e = (entry *)(cache->arena + cache->used);
    *e = (entry){(uint8_t)bytes, (uint8_t)n, (uint8_t)eojeol->traits, (uint8_t)chars & CHARS_MAX, 0};
    pt_known_noun *noun = (pt_known_noun *)e->data;
    unsigned char *key = e->data + n * sizeof *noun;
    memcpy(key, text, bytes);
    chars = bytes;
    for (size_t k = 0; k < n; k++) {
        const pt_eojeol_noun *from = &eojeol->nouns.at[k];
        const char *form = eojeol->chars.at + from->form;
        size_t place = place_in_key(text, bytes, form, from->bytes);
        if (place == bytes) {
            place = chars;
            memcpy(key + chars, form, from->bytes);
            chars += from->bytes;
        }
        noun[k] = (pt_known_noun){(uint8_t)place, (uint8_t)from->bytes, (uint8_t)from->flags};
    }
    cache->used += size_of(e);
    cache->known++;
}
