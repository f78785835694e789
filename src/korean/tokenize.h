/* SPDX-License-Identifier: Apache-2.0 */
/* tokenize.h - the lines that `patopic tokenize` prints. */
#ifndef PT_KOREAN_TOKENIZE_H
#define PT_KOREAN_TOKENIZE_H

#include "base/buf.h"
#include "korean/analyzer.h"

typedef enum pt_tokenize_format {
    PT_TOKENIZE_NOUNS,            /* one line: nouns separated by blanks */
    PT_TOKENIZE_MORPHEMES,        /* one line: form/TAG form/TAG … */
    PT_TOKENIZE_EOJEOL_NOUNS,     /* a line an eojeol: sentence, index, surface, nouns; tab-separated */
    PT_TOKENIZE_EOJEOL_MORPHEMES, /* the same with form/TAG */
    PT_TOKENIZE_EXPLAIN           /* the lines of pt_analyzer_explain, each behind the sentence's number */
} pt_tokenize_format;

/* Appends the analysis of one line of input (without its newline) to out, newlines included. sentence counts
 * from 1; an eojeol is a piece between single blanks, counted from 0, empty pieces too. Tabs in a surface
 * are written as blanks. */
void pt_tokenize_line(pt_analyzer *analyzer, const char *line, size_t bytes, unsigned sentence,
                      pt_tokenize_format format, pt_buf *out);

#endif
