/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon_format.h - how the compiled dictionary lies in its file and in memory; private to src/korean.
 * Little-endian; a header, then sections, each starting at a multiple of 8. */
#ifndef PT_KOREAN_LEXICON_FORMAT_H
#define PT_KOREAN_LEXICON_FORMAT_H

#include "korean/lexicon.h"
#include "korean/tags.h"
#include "korean/trie.h"
#include "korean/unicode.h"

#define PT_LEXICON_MAGIC "PTKOLEX"
#define PT_LEXICON_VERSION 4u
#define PT_COST_SCALE 512.0 /* cost = -ln p * scale, rounded, in int16 */
#define PT_COST_MAX 32000
#define PT_LEFT_END 0u    /* left id of the end of an eojeol */
#define PT_RIGHT_START 0u /* right id of its beginning */

enum { PT_WORD_SYLLABLES_MAX = 24 };
enum { PT_UNKNOWN_CLASSES = 6, PT_UNKNOWN_SYLLABLES = 9 };
enum { PT_SIZES = 3 }; /* words of 1, 2, or 3 and more syllables have ids of their own */

/* What the last sound of a unit asks of the particle behind it. */
typedef enum pt_final { PT_FINAL_VOWEL, PT_FINAL_RIEUL, PT_FINAL_OTHER, PT_FINAL_NONE, PT_FINALS } pt_final;

typedef enum pt_section {
    PT_SECTION_ALPHABET,    /* uint16 [11172]: letter of a syllable, 0 = in no word */
    PT_SECTION_TRIE,        /* pt_trie_node */
    PT_SECTION_UNITS,       /* pt_unit */
    PT_SECTION_MORPHEMES,   /* pt_lexeme */
    PT_SECTION_FORMS,       /* bytes */
    PT_SECTION_CONNECTIONS, /* int16 [left ids][right ids] */
    PT_SECTION_LEFT_TAGS,   /* uint8 [left ids] */
    PT_SECTION_RIGHT_TAGS,  /* uint8 [right ids] */
    PT_SECTION_UNKNOWN,     /* pt_unknown_class [PT_UNKNOWN_CLASSES] */
    PT_SECTION_SYLLABLES, /* int16 [letters][PT_UNKNOWN_CLASSES][2]: cost alone, cost of backing off after it
                           */
    PT_SECTION_STARTS,    /* int16 [letters][PT_UNKNOWN_CLASSES]: cost of beginning a word */
    PT_SECTION_PAIRS,     /* pt_syllable_pair, an open hash table */
    PT_SECTION_CONTEXT_SLOTS, /* uint32, an open hash table over PT_SECTION_CONTEXTS */
    PT_SECTION_CONTEXTS,      /* pt_context_row */
    PT_SECTION_ATOMS,         /* pt_atom_ids [PT_TAGS] */
    PT_SECTION_SUFFIXES,      /* uint8 [11172]: pt_suffix_action of a one-syllable suffix */
    PT_SECTION_PATTERN,       /* PT_PATTERNS expressions, each with its NUL */
    PT_SECTIONS
} pt_section;

typedef enum pt_pattern_use {
    PT_PATTERN_CUTS,     /* what is set apart before the analysis */
    PT_PATTERN_MEASURE,  /* a whole word that is a unit of measure */
    PT_PATTERN_CHEMICAL, /* noun+noun that is one chemical name */
    PT_PATTERNS
} pt_pattern_use;

/* What a match of PT_PATTERN_CUTS becomes; its groups are numbered from 1 in this order. */
typedef enum pt_cut { PT_CUT_GONE, PT_CUT_WORD, PT_CUT_QUANTITY, PT_CUTS } pt_cut;

typedef enum pt_suffix_action { PT_SUFFIX_NONE, PT_SUFFIX_KEEP, PT_SUFFIX_DROP } pt_suffix_action;

enum { PT_IDS_MAX = 1 << 12 };

typedef struct pt_unit {
    int64_t cost : 16;
    uint64_t left : 12, right : 12;
    uint64_t last : 1;       /* 1 on the last unit with this surface */
    uint64_t morphemes : 23; /* first of its lexemes; 0 = one morpheme spelled as the surface */
} pt_unit;

typedef struct pt_lexeme {
    uint32_t form : 18; /* byte in PT_SECTION_FORMS */
    uint32_t bytes : 7;
    uint32_t tag : 6;
    uint32_t last : 1; /* 1 on the last lexeme of a unit */
} pt_lexeme;
enum { PT_FORMS_MAX = (1 << 18) - 1 };

typedef struct pt_unknown_class {
    uint16_t left[PT_SIZES];
    uint16_t right[PT_SIZES][PT_FINALS];
    uint16_t tag;
    int16_t strange;                          /* cost of a syllable never seen */
    int16_t length[PT_UNKNOWN_SYLLABLES + 1]; /* cost of being unknown and of that many syllables */
} pt_unknown_class;

typedef struct pt_syllable_pair {
    uint32_t key; /* letter before << 16 | letter; 0 = empty slot */
    int16_t cost[PT_UNKNOWN_CLASSES];
} pt_syllable_pair;

/* Costs of the kinds of words that begin (first half) and end at a boundary, in 1/32 nat. */
typedef struct pt_context_row {
    int8_t cost[16];
} pt_context_row;
enum { PT_CONTEXT_STEP = 16 }; /* 1/32 nat in the unit of costs */
/* A slot: 15 bits of the hash of a key, then row + 1. Two keys in 32,768 that meet look alike: that changes a
 * cost by a fraction of a nat, and in the same way each time. */
enum { PT_CONTEXT_ROW_BITS = 17, PT_CONTEXT_ROWS_MAX = (1 << PT_CONTEXT_ROW_BITS) - 1 };
#define PT_CONTEXT_PRINT(hash) ((uint32_t)((hash) >> (32 + PT_CONTEXT_ROW_BITS)))

typedef struct pt_atom_ids {
    uint16_t left;
    uint16_t right[PT_FINALS];
} pt_atom_ids;

typedef struct pt_lexicon_header {
    char magic[8];
    uint32_t version, n_left, n_right, n_letters;
    uint64_t file_bytes, checksum; /* of everything behind the header */
    struct {
        uint64_t offset, count; /* byte in the file; number of elements */
    } section[PT_SECTIONS];
} pt_lexicon_header;

typedef struct pt_user_words pt_user_words; /* user_words.c */

struct pt_lexicon {
    void *map;
    size_t map_bytes;
    uint32_t n_left, n_right, n_letters;
    const uint16_t *alphabet;
    const pt_trie_node *trie;
    const pt_unit *units;
    const pt_lexeme *lexemes;
    const char *forms;
    const int16_t *connections;
    const uint8_t *left_tags, *right_tags;
    const pt_unknown_class *unknown;
    const int16_t *syllables, *starts;
    const pt_syllable_pair *pairs;
    uint32_t n_pairs;
    const uint32_t *context_slots;
    uint32_t n_context_slots;
    const pt_context_row *contexts;
    const pt_atom_ids *atoms;
    const uint8_t *suffixes;
    const char *pattern;
    pt_user_words *user; /* NULL = none; owns the two below */
    const pt_trie_node *user_trie;
    const pt_unit *user_units;
};

void pt_user_words_free(pt_user_words *user); /* NULL is fine */
uint64_t pt_user_words_checksum(const pt_user_words *user);
/* A syllable in the trie of the user's words. */
static inline uint16_t pt_user_letter(uint32_t syllable) {
    return (uint16_t)(syllable - PT_HANGUL_FIRST + 1);
}

/* Bytes of one element of a section. */
size_t pt_section_element(pt_section section);
uint64_t pt_lexicon_checksum(const void *bytes, size_t n);

/* Where a search for a 32-bit hash begins in a table of n slots: tables need no power of two (Lemire, ACM
 * TOMACS 29, 2019). */
static inline uint32_t pt_slot_of(uint32_t hash, uint32_t n) {
    return (uint32_t)((uint64_t)hash * n >> 32);
}
static inline uint32_t pt_next_slot(uint32_t slot, uint32_t n) {
    return slot + 1 < n ? slot + 1 : 0;
}
static inline uint32_t pt_pair_slot(uint32_t key, uint32_t n) {
    return pt_slot_of((key * 2654435761u) ^ (key >> 15), n);
}
/* Slots for so many entries. */
static inline size_t pt_slots_for(size_t entries) {
    return entries + entries / 2 + 1;
}

/* Index of the size of a word of n syllables. */
static inline unsigned pt_size_of(size_t n) {
    return n < 1 ? 0 : n > PT_SIZES ? PT_SIZES - 1 : (unsigned)n - 1;
}

static inline pt_final pt_final_of(uint32_t syllable) {
    const unsigned final = pt_hangul_final(syllable);
    return final == 0 ? PT_FINAL_VOWEL : final == 8 ? PT_FINAL_RIEUL : PT_FINAL_OTHER;
}

#endif
