/* SPDX-License-Identifier: Apache-2.0 */
/* titles.h - the noun phrases in the title of a patent that can name a technology.
 *
 *     이차전지용 음극활물질, 그 제조방법 및 이를 포함하는 리튬 이차 전지
 *       ->  이차전지용 음극활물질 | 리튬 이차 전지
 *
 * A title is cut where a conjunction joins two inventions; what points back (그, 이를 포함하는) goes, and so
 * does the treatment of the thing (의 제조방법). Names are suffixes of what is left: the head noun of Korean
 * stands last. */
#ifndef PT_STUDY_TITLES_H
#define PT_STUDY_TITLES_H

#include <stdbool.h>
#include <stddef.h>

enum { PT_NAME_EOJEOLS = 6, PT_NAME_SYLLABLES = 30 };

typedef struct pt_phrase {
    char *text; /* natural spacing, no 의 at the end of an eojeol, 및 between two nouns as · */
    char *left; /* starts inside a run of nouns: the eojeol before it; else NULL. Such a phrase is a name
                 * only if it is seen after different neighbours */
    unsigned eojeols;
    bool has_clause;      /* 빅데이터를 이용한 헬스케어 시스템 */
    bool ends_in_machine; /* 장치, 시스템, 설비 … */
} pt_phrase;

typedef struct pt_phrases {
    pt_phrase *at;
    size_t n, cap;
} pt_phrases;

/* pt_title_phrases - appends the phrases of one title (UTF-8): segments from left to right, in each the
 * longest first, each text once. Phrases have 2 to 6 eojeols, or one of at least 4 syllables, and at most
 * 30 characters. */
void pt_title_phrases(const char *title, pt_phrases *out);
/* What is left of a title that holds no such phrase, its first invention told shortly: 사자발쑥 추출물을
 * 포함하는 약학 조성물 as 사자발쑥 추출물 함유 조성물. At most 6 eojeols, the last ones; NULL when nothing
 * but a bare head is left. free() it. */
char *pt_title_summary(const char *title);
void pt_phrases_free(pt_phrases *phrases); /* empties it */

#endif
