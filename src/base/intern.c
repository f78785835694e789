/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing with linear probing; strings live in chunks, so that borrowed pointers stay valid. */
#include "base/intern.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"

#include <assert.h>
#include <string.h>

enum { CHUNK_BYTES = 1 << 18 };

typedef struct entry {
    const char *text;
    uint32_t bytes, tag; /* tag = high half of the hash: most mismatches end here */
} entry;

struct pt_intern {
    PT_VEC(entry) entries;
    PT_VEC(char *) chunks;
    size_t chunk_left;
    uint32_t *slots; /* [mask + 1] id + 1, 0 = free */
    size_t mask;
};

uint64_t pt_hash_bytes(const void *bytes, size_t n) {
    const unsigned char *p = bytes;
    uint64_t h = 0xcbf29ce484222325ULL;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001b3ULL;
    return pt_mix64(h);
}

pt_intern *pt_intern_new(void) {
    pt_intern *table = pt_zalloc(1, sizeof *table);
    table->mask = 1023;
    table->slots = pt_zalloc(table->mask + 1, sizeof *table->slots);
    return table;
}

void pt_intern_free(pt_intern *table) {
    if (!table)
        return;
    for (size_t i = 0; i < table->chunks.n; i++)
        free(table->chunks.at[i]);
    pt_vec_free(&table->chunks);
    pt_vec_free(&table->entries);
    free(table->slots);
    free(table);
}

static char *store_text(pt_intern *table, const char *text, size_t bytes) {
    const size_t need = bytes + 1;
    if (need > CHUNK_BYTES / 4) { /* a giant gets its own chunk, put below the open one */
        char *own = pt_strndup(text, bytes);
        pt_vec_push(&table->chunks, own);
        const size_t last = table->chunks.n - 1;
        if (last > 0) {
            table->chunks.at[last] = table->chunks.at[last - 1];
            table->chunks.at[last - 1] = own;
        } else {
            table->chunk_left = 0;
        }
        return own;
    }
    if (table->chunks.n == 0 || table->chunk_left < need) {
        pt_vec_push(&table->chunks, pt_alloc(CHUNK_BYTES, 1));
        table->chunk_left = CHUNK_BYTES;
    }
    char *copy = table->chunks.at[table->chunks.n - 1] + (CHUNK_BYTES - table->chunk_left);
    table->chunk_left -= need;
    memcpy(copy, text, bytes);
    copy[bytes] = '\0';
    return copy;
}

/* Slot where the string is, or the free slot where it belongs. */
static size_t probe(const pt_intern *table, const char *text, size_t bytes, uint64_t hash) {
    const uint32_t tag = (uint32_t)(hash >> 32);
    size_t slot = hash & table->mask;
    while (table->slots[slot]) {
        const entry *e = &table->entries.at[table->slots[slot] - 1];
        if (e->tag == tag && e->bytes == bytes && memcmp(e->text, text, bytes) == 0)
            break;
        slot = (slot + 1) & table->mask;
    }
    return slot;
}

static void grow(pt_intern *table) {
    free(table->slots);
    table->mask = table->mask * 2 + 1;
    table->slots = pt_zalloc(table->mask + 1, sizeof *table->slots);
    for (size_t i = 0; i < table->entries.n; i++) {
        const entry *e = &table->entries.at[i];
        size_t slot = pt_hash_bytes(e->text, e->bytes) & table->mask;
        while (table->slots[slot])
            slot = (slot + 1) & table->mask;
        table->slots[slot] = (uint32_t)i + 1;
    }
}

uint32_t pt_intern_add(pt_intern *table, const char *text, size_t bytes) {
    const uint64_t hash = pt_hash_bytes(text, bytes);
    size_t slot = probe(table, text, bytes, hash);
    if (table->slots[slot])
        return table->slots[slot] - 1;
    assert(table->entries.n < PT_NO_ID - 1 && bytes < UINT32_MAX);
    const entry e = {store_text(table, text, bytes), (uint32_t)bytes, (uint32_t)(hash >> 32)};
    pt_vec_push(&table->entries, e);
    table->slots[slot] = (uint32_t)table->entries.n;
    if (table->entries.n * 2 > table->mask)
        grow(table);
    return (uint32_t)table->entries.n - 1;
}

uint32_t pt_intern_find(const pt_intern *table, const char *text, size_t bytes) {
    const uint32_t found = table->slots[probe(table, text, bytes, pt_hash_bytes(text, bytes))];
    return found ? found - 1 : PT_NO_ID;
}

const char *pt_intern_text(const pt_intern *table, uint32_t id) {
    assert(id < table->entries.n);
    return table->entries.at[id].text;
}

size_t pt_intern_bytes(const pt_intern *table, uint32_t id) {
    assert(id < table->entries.n);
    return table->entries.at[id].bytes;
}

uint32_t pt_intern_count(const pt_intern *table) {
    return (uint32_t)table->entries.n;
}
