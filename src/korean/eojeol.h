/* SPDX-License-Identifier: Apache-2.0 */
/* eojeol.h - the analysis of one eojeol by itself: morphemes, nouns, and what its neighbours need to know.
 * Private to src/korean. */
#ifndef PT_KOREAN_EOJEOL_H
#define PT_KOREAN_EOJEOL_H

#include "base/buf.h"
#include "base/vec.h"
#include "korean/analyzer.h"
#include "korean/lattice.h"

typedef enum pt_eojeol_trait {
    PT_EOJEOL_OPEN = 1,     /* ends with a noun: the next noun may go on */
    PT_EOJEOL_HEAD = 2,     /* begins with its first noun */
    PT_EOJEOL_OBJECT = 4,   /* ends with 을 or 를 */
    PT_EOJEOL_MEANS = 8,    /* 이용한, 활용하여, 통한 …: its object is a means */
    PT_EOJEOL_BASED = 16,   /* begins with 기반: the nouns before it are a means */
    PT_EOJEOL_CLAUSE = 32,  /* a clause ends in it */
    PT_EOJEOL_NUMBER = 64,  /* ends with a number */
    PT_EOJEOL_MEASURE = 128 /* begins with a noun that is a unit of measure behind a number: mm */
} pt_eojeol_trait;

typedef struct pt_eojeol_morpheme {
    uint32_t form, bytes; /* in chars */
    uint32_t begin, end;  /* bytes from the eojeol's beginning */
    pt_tag tag;
} pt_eojeol_morpheme;

typedef struct pt_eojeol_noun {
    uint32_t form, bytes; /* in chars */
    uint32_t flags;       /* GLUED (with ADJACENT), MEANS, LATIN */
} pt_eojeol_noun;

typedef struct pt_eojeol {
    PT_VEC(pt_eojeol_morpheme) morphemes;
    PT_VEC(pt_eojeol_noun) nouns;
    pt_buf chars;
    uint32_t traits;
} pt_eojeol;

/* Compiled patterns of the lexicon; one that is NULL never matches. */
typedef struct pt_eojeol_patterns {
    pt_pattern *use[PT_PATTERNS];
} pt_eojeol_patterns;

/* Replaces what is in `out` by the analysis of the eojeol; bytes > 0, no white space inside. */
void pt_eojeol_analyze(pt_eojeol *out, const pt_lexicon *lexicon, pt_lattice *lattice,
                       const pt_eojeol_patterns *patterns, const char *text, size_t bytes);
void pt_eojeol_free(pt_eojeol *eojeol);

/* Fills nouns and traits from the morphemes (eojeol_nouns.c). */
void pt_eojeol_find_nouns(pt_eojeol *eojeol, const pt_lexicon *lexicon, const pt_eojeol_patterns *patterns);

#endif
