/* SPDX-License-Identifier: Apache-2.0 */
/* wordlist.h - the words that a dictionary is compiled from, gathered from tables and from the word lists of
 * Debian packages; private to src/korean. */
#ifndef PT_KOREAN_WORDLIST_H
#define PT_KOREAN_WORDLIST_H

#include "base/intern.h"
#include "base/status.h"
#include "base/vec.h"
#include "korean/tags.h"

enum { PT_WORD_SYLLABLES_MAX = 24 };

/* Weight of a word that a list knows and the treebanks do not; measured on the development sets. */
#define PT_HUNSPELL_COUNT 0.3
#define PT_HANJA_COUNT 0.06
#define PT_COMPOUND_COUNT 0.001

typedef struct pt_word {
    uint32_t surface;  /* in strings; Hangul syllables only, NFC */
    uint32_t analysis; /* in strings: a tag alone, or form/TAG+form/TAG */
    double count;      /* occurrences seen, or a pseudo-count */
} pt_word;

typedef struct pt_wordlist {
    pt_intern *strings;
    pt_intern *keys; /* surface, tab, analysis: id = index in words */
    PT_VEC(pt_word) words;
    PT_VEC(uint8_t) classes; /* of a string as surface: bits of pt_word_class seen so far */
} pt_wordlist;

typedef enum pt_word_class { PT_WORD_NOUN = 1, PT_WORD_VERB = 2, PT_WORD_OTHER = 4 } pt_word_class;

void pt_wordlist_init(pt_wordlist *list);
void pt_wordlist_free(pt_wordlist *list);
/* Adds count to the word; false (and nothing added) when the surface is not 1 to PT_WORD_SYLLABLES_MAX
 * Hangul syllables. */
bool pt_wordlist_add(pt_wordlist *list, const char *surface, const char *analysis, double count);
/* Whether the surface was added with an analysis of one of these classes. */
bool pt_wordlist_has(const pt_wordlist *list, const char *surface, unsigned classes);

/* A table with columns surface, analysis, count. */
pt_status pt_wordlist_read_table(pt_wordlist *list, const char *path, pt_error *err) PT_WARN_UNUSED;
/* hunspell-ko's ko.dic (NFD): nouns, stems of verbs and adjectives, noun roots of 하다/되다 words, adverbs.
 * A word already there keeps its count. */
pt_status pt_wordlist_read_hunspell(pt_wordlist *list, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Words of hunspell-ko that are two known nouns of two syllables or more all but give way to their parts. */
void pt_wordlist_part_compounds(pt_wordlist *list);
/* libhangul's hanja.txt: readings of 2 and 3 syllables as nouns. */
pt_status pt_wordlist_read_hanja(pt_wordlist *list, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Adds the forms in which the stems of the list melt with the common endings (가르치+어 = 가르쳐), with a
 * share of the stem's count. */
void pt_wordlist_conjugate(pt_wordlist *list);

/* First and last morpheme of an analysis; forms are NULL when it is a tag alone. */
typedef struct pt_analysis_ends {
    pt_tag first, last;
    const char *last_form;
    size_t last_bytes;
} pt_analysis_ends;

/* False when the analysis is not well-formed. */
bool pt_analysis_parse(const char *analysis, pt_analysis_ends *ends);

#endif
