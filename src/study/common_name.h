/* SPDX-License-Identifier: Apache-2.0 */
/* common_name.h - a name for a mixed group, whose titles have a noun and a head in common but no phrase:
 * 추출물 함유 조성물, 비만 예방·개선용 조성물. It says less than a phrase of one title, but it is true of
 * most. */
#ifndef PT_STUDY_COMMON_NAME_H
#define PT_STUDY_COMMON_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* pt_common_name - how the titles [n] use the nouns [n_nouns] (most telling first), with the head that most
 * of them end in; every noun of the name stands in at least half of the titles. `try` 0, 1 … gives other
 * choices of nouns, the fullest first; NULL when there is none (left). free() it. */
char *pt_common_name(const char *const *title, uint32_t n, const char *const *noun, uint32_t n_nouns,
                     unsigned try);

/* Whether the name is of the kind that says for no illness what a thing is for: 추출물 함유 질환 예방·치료용
 * 조성물. */
bool pt_common_name_is_of_heap(const char *name);

/* The head that most titles end in; NULL when fewer than 40 % agree. free() it. */
char *pt_common_head(const char *const *title, uint32_t n);

#endif
