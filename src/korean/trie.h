/* SPDX-License-Identifier: Apache-2.0 */
/* trie.h - a double array over a dense alphabet (Aoe, An efficient digital search algorithm by using a
 * double-array structure, IEEE TSE 15, 1989), with equal endings shared: an acyclic automaton, minimal for
 * its keys and values (Daciuk, Mihov, Watson, Watson, Computational Linguistics 26, 2000). Letters are
 * 1 … alphabet-1; 0 is no letter. */
#ifndef PT_KOREAN_TRIE_H
#define PT_KOREAN_TRIE_H

#include "base/vec.h"
#include <stdint.h>

#define PT_TRIE_ROOT 0u

/* One word a node, which a step reads at once. No two sets of children have the same base, so the letter
 * tells whose child a node is, and several parents can share a set. */
typedef struct pt_trie_node {
    uint64_t base : 22;   /* child of letter c stands at base + c; 0 = no children */
    uint64_t letter : 14; /* that leads here; 0 = free */
    uint64_t value : 21;  /* value + 1 of the key that ends here; 0 = none */
} pt_trie_node;

enum { PT_TRIE_MAX = (1 << 21) - 2 }; /* nodes and values */

typedef PT_VEC(pt_trie_node) pt_trie_nodes;

typedef struct pt_trie_key {
    const uint16_t *letters;
    uint32_t n;
    uint32_t value;
} pt_trie_key;

/* Builds the array for keys (at most PT_TRIE_MAX of them and of nodes)
 * sorted by letters, without duplicates or empty keys. The array is long enough
 * that base + c never leaves it. Deterministic. */
void pt_trie_build(pt_trie_nodes *out, const pt_trie_key *keys, size_t n, uint32_t alphabet);

/* The child, or PT_TRIE_ROOT when there is none (the root is nobody's child). letter > 0. */
static inline uint32_t pt_trie_step(const pt_trie_node *nodes, uint32_t node, uint32_t letter) {
    const uint32_t child = nodes[node].base + letter;
    return nodes[child].letter == letter ? child : PT_TRIE_ROOT;
}

#endif
