/* SPDX-License-Identifier: Apache-2.0 */
/* analyzer.h - text to morphemes, and text to the nouns that topic models count. An analyser belongs to one
 * thread; any number of them share a lexicon. Results are borrowed until the next call on the same analyser.
 * Any bytes are text: what is not UTF-8 reads as U+FFFD. Time is linear in the text. */
#ifndef PT_KOREAN_ANALYZER_H
#define PT_KOREAN_ANALYZER_H

#include "base/buf.h"
#include "korean/lexicon.h"
#include "korean/tags.h"

#include <stdint.h>

typedef struct pt_analyzer pt_analyzer;

typedef struct pt_morpheme {
    const char *form; /* NFC, not NUL-terminated */
    uint32_t bytes;
    uint32_t eojeol; /* from 0, as text.split(' ') counts: one on at every white-space character */
    pt_tag tag;
    size_t begin, end; /* bytes of the text; morphemes that melt together (했 = 하 + 었) share them */
} pt_morpheme;

typedef enum pt_noun_flag {
    PT_NOUN_ADJACENT = 1, /* follows the noun before it at once or across one blank, nothing between */
    PT_NOUN_GLUED = 2,    /* the same without a blank */
    PT_NOUN_MEANS = 4,    /* what the thing works with: X of "X을 이용한", "X 기반" */
    PT_NOUN_LATIN = 8     /* Latin or Greek letters, folded to lower case */
} pt_noun_flag;

typedef struct pt_noun {
    const char *form; /* NFC, not NUL-terminated */
    uint32_t bytes;
    uint32_t flags; /* pt_noun_flag */
    uint32_t eojeol;
} pt_noun;

/* The next eojeol at or after *at: where it begins, and its bytes; false when only white space is left. */
bool pt_next_eojeol(const char *text, size_t bytes, size_t *at, size_t *n);

pt_analyzer *pt_analyzer_new(const pt_lexicon *lexicon);
/* Words priced since it was made; a cached eojeol prices none. Time without the cache is proportional to it.
 */
uint64_t pt_analyzer_steps(const pt_analyzer *analyzer);
void pt_analyzer_free(pt_analyzer *analyzer); /* NULL is fine */
/* Keep analysed eojeols for their next occurrence (default) or analyse each anew; for measurements. */
void pt_analyzer_use_cache(pt_analyzer *analyzer, bool on);

/* Every morpheme of the text; returns how many. */
size_t pt_analyzer_morphemes(pt_analyzer *analyzer, const char *text, size_t bytes, const pt_morpheme **out);

/* How each eojeol of the text was read, appended to out as lines: eojeol, first and last cell, word,
 * analysis, cost from the eojeol's beginning (1/512 nat), and * on the path taken. Of a long eojeol, piece by
 * piece. */
void pt_analyzer_explain(pt_analyzer *analyzer, const char *text, size_t bytes, pt_buf *out);

/* The content nouns of the text in order; returns how many. Numbers, quantities, bound nouns and pronouns
 * are none; reference numerals and hanja glosses are cut; suffixes stay on the noun or fall as
 * dict/korean/suffixes.tsv says; compounds come as their parts. */
size_t pt_analyzer_nouns(pt_analyzer *analyzer, const char *text, size_t bytes, const pt_noun **out);

#endif
