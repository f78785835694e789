/* SPDX-License-Identifier: Apache-2.0 */
/* patterns.h - regular expressions over UTF-8; the only door to PCRE2. Patterns are compiled to machine code
 * (JIT) and every match has a limit of steps and depth, so no pattern and no text can take unbounded time. */
#ifndef PT_KOREAN_PATTERNS_H
#define PT_KOREAN_PATTERNS_H

#include "base/status.h"

typedef struct pt_pattern pt_pattern;

typedef struct pt_match {
    size_t begin, end; /* bytes of the whole match */
    int mark;          /* number of the first capturing group that took part, 0 when none did */
} pt_match;

/* Compiles an expression (Unicode classes on, case as written). `where` names it in the error message.
 * Errors: PT_ERR_CONFIG with PCRE2's message and the offset. */
pt_status pt_pattern_compile(pt_pattern **out, const char *expression, const char *where,
                             pt_error *err) PT_WARN_UNUSED;
void pt_pattern_free(pt_pattern *pattern); /* NULL is fine */

/* Leftmost match at or after byte `from`. False when there is none, when a limit was hit, or when the text
 * is not valid UTF-8. A pattern belongs to one thread at a time. */
bool pt_pattern_match(pt_pattern *pattern, const char *text, size_t bytes, size_t from, pt_match *match);

#endif
