/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/trie.h"
#include "base/intern.h"
#include "base/sort.h"

#include <stdbool.h>
#include <string.h>

/* A letter that leads on: to the key that ends with it (value + 1 or 0) and to the set of those that follow
 * (id + 1 or 0). */
typedef struct arc {
    uint32_t letter, value, set;
} arc;

typedef PT_VEC(arc) arcs;

typedef struct builder {
    const pt_trie_key *keys;
    uint32_t alphabet;
    pt_intern *sets; /* different sets of arcs, by their bytes */
    uint32_t *base;  /* of each set */
    pt_trie_nodes *nodes;
    PT_VEC(uint32_t) next_free; /* beside nodes: the next free slot, for free slots */
    PT_VEC(uint8_t) is_base;    /* beside nodes: a set has its base here */
    uint32_t first_free;
} builder;

/* The set of arcs behind the first `depth` letters of keys [first, end), sets of equal contents once. */
static uint32_t make_set(builder *b, size_t first, size_t end, uint32_t depth) {
    arcs set = {0};
    while (first < end) {
        const uint32_t letter = b->keys[first].letters[depth];
        arc to = {letter, 0, 0};
        size_t stop = first;
        while (stop < end && b->keys[stop].letters[depth] == letter)
            stop++;
        if (b->keys[first].n == depth + 1)
            to.value = b->keys[first++].value + 1;
        if (first < stop)
            to.set = make_set(b, first, stop, depth + 1) + 1;
        pt_vec_push(&set, to);
        first = stop;
    }
    const uint32_t id = pt_intern_add(b->sets, (const char *)set.at, set.n * sizeof *set.at);
    pt_vec_free(&set);
    return id;
}

static void grow(builder *b, size_t size) {
    const size_t old = b->nodes->n;
    if (size <= old)
        return;
    pt_vec_reserve(b->nodes, size - old);
    pt_vec_reserve(&b->next_free, size - old);
    pt_vec_reserve(&b->is_base, size - old);
    memset(b->nodes->at + old, 0, (size - old) * sizeof *b->nodes->at);
    memset(b->is_base.at + old, 0, size - old);
    for (size_t k = old; k < size; k++)
        b->next_free.at[k] = (uint32_t)(k + 1);
    b->nodes->n = b->next_free.n = b->is_base.n = size;
}

static uint32_t skip_taken(builder *b, uint32_t slot) {
    while (slot < b->nodes->n && b->nodes->at[slot].letter)
        slot = b->next_free.at[slot];
    return slot;
}

static bool fits(const builder *b, uint32_t base, const arc *set, size_t n) {
    if (b->is_base.at[base])
        return false;
    for (size_t k = 1; k < n; k++)
        if (b->nodes->at[base + set[k].letter].letter)
            return false;
    return true;
}

/* First base at which every arc finds a free slot. */
static uint32_t find_base(builder *b, const arc *set, size_t n) {
    uint32_t slot = b->first_free = skip_taken(b, b->first_free);
    unsigned tries = 0;
    for (;; tries++) {
        grow(b, (size_t)slot + 2 * (size_t)b->alphabet + 1);
        if (slot > set[0].letter && fits(b, slot - set[0].letter, set, n))
            break;
        const uint32_t next = skip_taken(b, b->next_free.at[slot]);
        b->next_free.at[slot] = next;
        slot = next;
    }
    /* Slots that many in a row could not use are left behind, which keeps the building linear. */
    if (tries > 2000)
        b->first_free = slot;
    return slot - set[0].letter;
}

static size_t size_of(const builder *b, uint32_t set) {
    return pt_intern_bytes(b->sets, set) / sizeof(arc);
}

/* Interned bytes lie at any address: a copy can be read as arcs. */
static void get_arcs(const builder *b, uint32_t set, arcs *out) {
    pt_vec_clear(out);
    pt_vec_reserve(out, size_of(b, set));
    out->n = size_of(b, set);
    memcpy(out->at, pt_intern_text(b->sets, set), out->n * sizeof(arc));
}

typedef struct sized_set {
    size_t n;
    uint32_t set;
} sized_set;

static int larger_first(const void *a, const void *b) {
    const sized_set *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : (x->set > y->set) - (x->set < y->set);
}

/* Large sets choose their places first: small ones fill the holes that they leave behind. */
static void place_sets(builder *b) {
    const uint32_t n_sets = pt_intern_count(b->sets);
    sized_set *order = pt_zalloc(n_sets, sizeof *order);
    for (uint32_t k = 0; k < n_sets; k++) {
        order[k].set = k;
        order[k].n = size_of(b, k);
    }
    pt_sort(order, n_sets, sizeof *order, larger_first);
    arcs set = {0};
    for (uint32_t k = 0; k < n_sets; k++) {
        if (k && order[k].n < order[k - 1].n)
            b->first_free = 1;
        get_arcs(b, order[k].set, &set);
        const uint32_t base = find_base(b, set.at, set.n);
        b->base[order[k].set] = base;
        b->is_base.at[base] = 1;
        for (size_t j = 0; j < set.n; j++)
            b->nodes->at[base + set.at[j].letter].letter = set.at[j].letter & 0x3FFF;
    }
    pt_vec_free(&set);
    free(order);
}

static void fill_nodes(builder *b) {
    arcs set = {0};
    for (uint32_t k = 0; k < pt_intern_count(b->sets); k++) {
        get_arcs(b, k, &set);
        for (size_t j = 0; j < set.n; j++) {
            const arc *to = &set.at[j];
            pt_trie_node *node = &b->nodes->at[b->base[k] + to->letter];
            node->value = to->value & 0x1FFFFF;
            node->base = to->set ? b->base[to->set - 1] & 0x3FFFFF : 0;
        }
    }
    pt_vec_free(&set);
}

void pt_trie_build(pt_trie_nodes *out, const pt_trie_key *keys, size_t n, uint32_t alphabet) {
    builder b = {.nodes = out, .alphabet = alphabet, .keys = keys, .sets = pt_intern_new(), .first_free = 1};
    grow(&b, 2 * (size_t)alphabet + 2);
    if (n) {
        const uint32_t root = make_set(&b, 0, n, 0);
        b.base = pt_zalloc(pt_intern_count(b.sets), sizeof *b.base);
        place_sets(&b);
        fill_nodes(&b);
        out->at[PT_TRIE_ROOT].base = b.base[root] & 0x3FFFFF;
    }
    size_t last = out->n;
    while (last > 1 && !out->at[last - 1].letter)
        last--;
    grow(&b, last + alphabet + 1);
    out->n = last + alphabet + 1;
    pt_intern_free(b.sets);
    free(b.base);
    pt_vec_free(&b.next_free);
    pt_vec_free(&b.is_base);
}
