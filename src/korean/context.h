/* SPDX-License-Identifier: Apache-2.0 */
/* context.h - what the syllables on both sides of a boundary say of the words that end and begin there: the
 * features of a tagger of characters (Ng, Low, EMNLP 2004) as further costs of the lattice. A boundary stands
 * before cell p (0 … cells); five keys are read off it: the cell before, the cell behind, both, both with the
 * one further left, both with the one further right. Private to src/korean. */
#ifndef PT_KOREAN_CONTEXT_H
#define PT_KOREAN_CONTEXT_H

#include "korean/scan.h"

enum { PT_CONTEXT_KEYS = 5 };

/* Kinds of words that a boundary tells apart. */
typedef enum pt_context_kind {
    PT_CONTEXT_NOUN,
    PT_CONTEXT_BOUND, /* bound nouns, pronouns, numerals */
    PT_CONTEXT_VERB,  /* and whatever stands alone: determiners, adverbs */
    PT_CONTEXT_PARTICLE,
    PT_CONTEXT_ENDING,
    PT_CONTEXT_COPULA,
    PT_CONTEXT_AFFIX, /* of nouns */
    PT_CONTEXT_MAKER, /* 하, 되, 스럽: makes a verb or an adjective of a noun */
    PT_CONTEXT_KINDS,
    PT_CONTEXT_NONE = PT_CONTEXT_KINDS /* runs: nothing is said of them */
} pt_context_kind;

/* Costs for a word of each kind that begins here (first half) or ends here (second half). */
typedef struct pt_context_costs {
    int16_t begin[PT_CONTEXT_KINDS + 1], end[PT_CONTEXT_KINDS + 1]; /* the last is 0 */
} pt_context_costs;

#define PT_CONTEXT_LETTERS "NBVJECAM" /* of the kinds, in contexts.tsv */

pt_context_kind pt_context_kind_of(pt_tag tag);
/* The keys of the boundary before cell p; letters are of the lexicon's alphabet. */
void pt_context_keys(const pt_piece *piece, unsigned p, uint64_t keys[PT_CONTEXT_KEYS]);
/* What is known of the boundaries of a piece, in three steps so that memory answers while other work is done:
 * hashes of the keys of every boundary, their rows (NULL = nothing is known), the sum of one boundary's rows.
 * Both arrays hold PT_CONTEXT_KEYS a boundary, cells + 1 of them. */
void pt_context_ask(const pt_lexicon *lexicon, const pt_piece *piece, uint64_t *hashes);
void pt_context_find(const pt_lexicon *lexicon, const pt_piece *piece, const uint64_t *hashes,
                     const pt_context_row **rows);
void pt_context_sum(const pt_context_row *const rows[PT_CONTEXT_KEYS], pt_context_costs *costs);

/* A key in writing: 전|기, ^가|나, 가|나<SN>: syllables, tags of runs, ^ and $ for what is outside, ? for a
 * syllable that the dictionary lacks. syllables[letter] = code point. out holds PT_CONTEXT_TEXT bytes. */
enum { PT_CONTEXT_TEXT = 32 };
void pt_context_spell(uint64_t key, const uint32_t *syllables, char out[PT_CONTEXT_TEXT]);
/* The key of a text written so; 0 when it is none or has a syllable that the alphabet lacks. */
uint64_t pt_context_parse(const char *text, const uint16_t *alphabet);

#endif
