/* SPDX-License-Identifier: Apache-2.0 */
/* word_lists.h - what the kernel draws from when there are many topics: of every word the topics that it has,
 * in ascending order, with their counts. A word has few of thousands of topics once the chain has settled, so
 * a list is shorter than a row (word_rows.h) by as much. A word that has more topics than its list has room
 * for is drawn from its row. Which of the two it is depends on n_kw alone, not on the order of changes. */
#ifndef PT_TOPICS_WORD_LISTS_H
#define PT_TOPICS_WORD_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PT_LIST_STEP = 16,     /* lists are padded to so many entries, the padding has topic 0 and count 0 */
    PT_LIST_SHARE = 8,     /* a list has room for one in so many of all topics */
    PT_LIST_TOPICS = 1200, /* lists pay from so many topics on (bench/README.md) */
    PT_LIST_NONE = UINT32_MAX
};

typedef struct pt_word_lists {
    uint32_t V, K;
    uint64_t *start; /* [V + 1] first entry, a multiple of PT_LIST_STEP */
    uint32_t *n;     /* [V] entries, or PT_LIST_NONE: the word's row counts */
    uint16_t *topic; /* [start[V]] */
    uint16_t *count; /* [start[V]] n_kw in bfloat16 */
} pt_word_lists;

/* Empty lists with room for min(n_w, K / PT_LIST_SHARE) topics each. n_w [V]: tokens of each word. */
pt_word_lists *pt_word_lists_new(uint32_t V, uint32_t K, const int64_t *n_w);
void pt_word_lists_free(pt_word_lists *lists); /* NULL is fine */

/* The list of a word from its counts [K]; false when it has no room for them. */
bool pt_word_lists_pack(pt_word_lists *lists, uint32_t w, const uint32_t *n_k);
/* First entry of a topic >= this one, or the end of the word's list. */
size_t pt_word_lists_find(const pt_word_lists *lists, uint32_t w, uint32_t topic);
/* n_kw of one topic has become n; place: what _find says. False when the list has no room: it stays as it
 * was. */
bool pt_word_lists_set(const pt_word_lists *lists, uint32_t w, size_t place, uint32_t topic, uint32_t n);
static inline bool pt_word_lists_has(const pt_word_lists *lists, uint32_t w) {
    return lists && lists->n[w] != PT_LIST_NONE;
}

#endif
