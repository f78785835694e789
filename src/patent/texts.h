/* SPDX-License-Identifier: Apache-2.0 */
/* texts.h - tidying of the texts in patent records. */
#ifndef PT_PATENT_TEXTS_H
#define PT_PATENT_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

/* A copy of n bytes with runs of white space (no-break and ideographic blanks too) made one blank and the
 * ends trimmed; free it. */
char *pt_text_clean(const char *text, size_t n);

/* Bytes of text, at most `max` of n, that end between two characters. */
size_t pt_text_fit(const char *text, size_t n, size_t max);
/* Puts n bytes of text into a field of `size` bytes, cut between two characters where they do not fit. */
void pt_text_put(char *field, size_t size, const char *text, size_t n);

/* Takes the mark of a cut abstract, "...(이하생략)" and its spellings, off the end of a clean text.
 * Returns whether there was one. */
bool pt_text_uncut(char *text);

/* Whether a clean abstract says that there is none: "", "내용 없음", "내용 없음." */
bool pt_text_is_no_content(const char *text);

/* Splits the English title off a clean Korean one: `한글{ENGLISH}` and `한글(English title of words)`.
 * A bracket of one or two words (an abbreviation) stays. Returns the English part (free it) or NULL. */
char *pt_text_split_title(char *title);

/* Whether the text has a Hangul syllable. */
bool pt_text_has_hangul(const char *text);

#endif
