/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/trie.h"

#include <string.h>

typedef struct children {
    uint16_t letter;
    size_t first, end; /* keys that go this way */
} children;

typedef struct builder {
    pt_trie_nodes *nodes;
    PT_VEC(uint32_t) next_free; /* beside nodes: the next free slot, for free slots */
    uint32_t first_free;
    uint32_t alphabet;
    const pt_trie_key *keys;
} builder;

static void grow(builder *b, size_t size) {
    const size_t old = b->nodes->n;
    if (size <= old)
        return;
    pt_vec_reserve(b->nodes, size - old);
    pt_vec_reserve(&b->next_free, size - old);
    memset(b->nodes->at + old, 0, (size - old) * sizeof *b->nodes->at);
    for (size_t k = old; k < size; k++)
        b->next_free.at[k] = (uint32_t)(k + 1);
    b->nodes->n = b->next_free.n = size;
}

static uint32_t skip_taken(builder *b, uint32_t slot) {
    while (slot < b->nodes->n && b->nodes->at[slot].check)
        slot = b->next_free.at[slot];
    return slot;
}

/* First base at which every child finds a free slot. */
static uint32_t find_base(builder *b, const children *child, size_t n) {
    uint32_t slot = b->first_free = skip_taken(b, b->first_free);
    unsigned tries = 0;
    for (;; tries++) {
        grow(b, (size_t)slot + 2 * (size_t)b->alphabet + 1);
        if (slot > child[0].letter) {
            const uint32_t base = slot - child[0].letter;
            size_t k = 1;
            while (k < n && !b->nodes->at[base + child[k].letter].check)
                k++;
            if (k == n)
                break;
        }
        const uint32_t next = skip_taken(b, b->next_free.at[slot]);
        b->next_free.at[slot] = next;
        slot = next;
    }
    /* Slots that many in a row could not use are left behind, which keeps the building linear. */
    if (tries > 2000)
        b->first_free = slot;
    return slot - child[0].letter;
}

static void place(builder *b, uint32_t node, size_t first, size_t end, uint32_t depth) {
    if (first < end && b->keys[first].n == depth)
        b->nodes->at[node].value = b->keys[first++].value + 1;
    if (first == end)
        return;
    PT_VEC(children) child = {0};
    for (size_t k = first; k < end; k++) {
        const uint16_t letter = b->keys[k].letters[depth];
        if (child.n == 0 || child.at[child.n - 1].letter != letter)
            pt_vec_push(&child, ((children){letter, k, k}));
        child.at[child.n - 1].end = k + 1;
    }
    const uint32_t base = find_base(b, child.at, child.n);
    b->nodes->at[node].base = base & 0x3FFFFF;
    for (size_t k = 0; k < child.n; k++)
        b->nodes->at[base + child.at[k].letter].check = node + 1;
    for (size_t k = 0; k < child.n; k++)
        place(b, base + child.at[k].letter, child.at[k].first, child.at[k].end, depth + 1);
    pt_vec_free(&child);
}

void pt_trie_build(pt_trie_nodes *out, const pt_trie_key *keys, size_t n, uint32_t alphabet) {
    builder b = {.nodes = out, .alphabet = alphabet, .keys = keys, .first_free = 1};
    grow(&b, 2 * (size_t)alphabet + 2);
    out->at[0].check = PT_TRIE_MAX + 1; /* the root is taken and nobody's child */
    place(&b, PT_TRIE_ROOT, 0, n, 0);
    size_t last = out->n;
    while (last > 1 && !out->at[last - 1].check)
        last--;
    grow(&b, last + alphabet + 1);
    out->n = last + alphabet + 1;
    pt_vec_free(&b.next_free);
}
