/* SPDX-License-Identifier: Apache-2.0 */
/* title_words.h - what an eojeol does in the title of a patent, told by its ending. Titles are noun phrases
 * with few endings; a list of them is right more often than a tagger that sees one eojeol without context. */
#ifndef PT_STUDY_TITLE_WORDS_H
#define PT_STUDY_TITLE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pt_slice {
    const char *at; /* borrowed, not NUL-terminated */
    size_t n;
} pt_slice;

typedef enum pt_title_word {
    PT_TITLE_NOUN,
    PT_TITLE_VERB,     /* adnominal or connective: 이용한, 포함하는, 위한, 이용하여 */
    PT_TITLE_GENITIVE, /* 배터리의 */
    PT_TITLE_MANNER,   /* 딥러닝 기반의, 일체형의: a genitive after which a name may start */
    PT_TITLE_PARTICLE, /* 을 를 에 에서 으로, and 이 가 로 before a verb */
    PT_TITLE_WITH,     /* 와 과 */
    PT_TITLE_AND,      /* 및 또는 */
    PT_TITLE_COMMA     /* , ; : */
} pt_title_word;

/* What `next` (n = 0: none) may settle: 효율이 향상된 is a particle, 길이 조절 is not. */
pt_title_word pt_title_word_kind(pt_slice eojeol, pt_slice next);

/* 재는, 섞은: a verb where an object stands before it; alone it may be a noun. */
bool pt_title_word_may_be_verb(pt_slice eojeol);

/* 그, 이의, 이를, 상기 …: points back at what was said before. *rest: what is glued to it (그제조방법). */
bool pt_title_word_is_anaphor(pt_slice eojeol, pt_slice *rest);
/* Ends in a head noun of patents: 방법, 장치, 조성물 …; a conjunction after it joins two inventions. */
bool pt_title_word_is_head(pt_slice eojeol);
/* Says nothing alone: 방법, 장치, 제조, 제어, 관리, 전자 … */
bool pt_title_word_is_bare(pt_slice eojeol);
/* The head that stands for a thing at the end of an eojeol: 장치, 시스템, 설비 … (not 방법); n = 0: none. */
pt_slice pt_title_word_machine(pt_slice eojeol);
/* What is done to X in "X의 제조 방법", where the technology is X: 제조, 제어, 설치, 사용 … */
bool pt_title_word_is_treatment(pt_slice eojeol);
/* An act, with its object (탈모방지) or without. */
bool pt_title_word_is_act(pt_slice eojeol);
/* An act that lacks its object at the start of a phrase: 예방, 치료, 개선 … */
bool pt_title_word_needs_object(pt_slice eojeol);
/* Leans on the noun before it: 함유, 기반, 전용, 예방용; no name starts with it inside a run of nouns. */
bool pt_title_word_is_dependent(pt_slice eojeol);
/* 다기능, 일체형, 고효율: no name starts with it. */
bool pt_title_word_is_ornament(pt_slice eojeol);
/* Written in titles, left out of names: 약학적, 신규. */
bool pt_title_word_is_filler(pt_slice eojeol);
/* No name ends in it: 개발, 이용, 적용 … */
bool pt_title_word_is_bad_end(pt_slice eojeol);
/* The verb of a clause that is part of a name: 이용한, 활용한, 위한 …; after an object also 재는, 섞은 and
 * other verbs of their own meaning (not 갖는, 갖춘, 있는). */
bool pt_title_word_is_clause_verb(pt_slice eojeol);
/* Bytes of the stem in 검출하는, 검출하기, 검출하기위한; 0 when it is no such verb or an empty one (포함하는,
 * 이용하는, 위하여 …). */
size_t pt_title_word_action(pt_slice eojeol);

/* 포함하는, 함유한, 이루어진: what stands before it is contained. */
bool pt_title_word_contains(pt_slice eojeol);
/* 유효성분으로(서). */
bool pt_title_word_is_ingredient(pt_slice eojeol);

bool pt_slice_is(pt_slice slice, const char *text);
bool pt_slice_ends(pt_slice slice, const char *text);
pt_slice pt_slice_without(pt_slice slice, size_t bytes); /* the last ones */
size_t pt_slice_syllables(pt_slice slice);               /* code points */

#endif
