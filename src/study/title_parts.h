/* SPDX-License-Identifier: Apache-2.0 */
/* title_parts.h - the title of a patent as words, and where it passes from one invention to the next.
 *
 *     이차전지용 음극활물질(A), 그 제조방법 및 이를 포함하는 리튬 이차 전지
 *       ->  이차전지용 음극활물질 | 그 제조방법 | 이를 포함하는 리튬 이차 전지
 *
 * A conjunction joins two inventions where an anaphor follows, a head noun (장치, 조성물 …) stands before it,
 * or a bare head after it; 예방 및 치료용 조성물 is one. */
#ifndef PT_STUDY_TITLE_PARTS_H
#define PT_STUDY_TITLE_PARTS_H

#include "study/title_words.h"

typedef struct pt_title_token {
    pt_slice text;
    pt_title_word kind;
} pt_title_token;

typedef struct pt_title_tokens {
    pt_title_token *at;
    size_t n, cap;
} pt_title_tokens;

typedef struct pt_title {
    char *text; /* without brackets, quotes and the final dot; the tokens point into it */
    pt_title_tokens words;
} pt_title;

void pt_title_read(const char *title, pt_title *out);
void pt_title_free(pt_title *title);
/* The next invention: tokens [*start, *end), without the conjunctions around it. *next is 0 at first and is
 * moved to the first token behind the conjunction; false when there is no further one. */
bool pt_title_next_part(const pt_title *title, size_t *start, size_t *end, size_t *next);

/* 및, 또는 or a comma. */
bool pt_title_joins(const pt_title_token *token);
/* A noun with 을 or 를. */
bool pt_title_is_object(const pt_title_token *token);
/* Nouns alone, none of which says anything by itself. */
bool pt_title_all_bare(const pt_title_token *at, size_t n);
/* Tokens from i up to the next conjunction. */
size_t pt_title_until_conjunction(const pt_title_token *at, size_t n, size_t i);

#endif
