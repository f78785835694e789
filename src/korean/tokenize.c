/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/tokenize.h"

#include <string.h>

static void put_morphemes(pt_analyzer *analyzer, const char *text, size_t bytes, pt_buf *out) {
    const pt_morpheme *m;
    const size_t n = pt_analyzer_morphemes(analyzer, text, bytes, &m);
    for (size_t k = 0; k < n; k++) {
        if (k)
            pt_buf_putc(out, ' ');
        pt_buf_append(out, m[k].form, m[k].bytes);
        pt_buf_putc(out, '/');
        pt_buf_puts(out, pt_tag_name(m[k].tag));
    }
}

static void put_nouns(pt_analyzer *analyzer, const char *text, size_t bytes, pt_buf *out) {
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(analyzer, text, bytes, &nouns);
    for (size_t k = 0; k < n; k++) {
        if (k)
            pt_buf_putc(out, ' ');
        pt_buf_append(out, nouns[k].form, nouns[k].bytes);
    }
}

static void put_surface(const char *text, size_t bytes, pt_buf *out) {
    for (size_t k = 0; k < bytes; k++)
        pt_buf_putc(out, text[k] == '\t' ? ' ' : text[k]);
}

void pt_tokenize_line(pt_analyzer *analyzer, const char *line, size_t bytes, unsigned sentence,
                      pt_tokenize_format format, pt_buf *out) {
    const bool nouns = format == PT_TOKENIZE_NOUNS || format == PT_TOKENIZE_EOJEOL_NOUNS;
    if (format == PT_TOKENIZE_NOUNS || format == PT_TOKENIZE_MORPHEMES) {
        (nouns ? put_nouns : put_morphemes)(analyzer, line, bytes, out);
        pt_buf_putc(out, '\n');
        return;
    }
    unsigned index = 0;
    for (size_t at = 0; at <= bytes; index++) {
        const char *blank = at < bytes ? memchr(line + at, ' ', bytes - at) : NULL;
        const size_t end = blank ? (size_t)(blank - line) : bytes;
        pt_buf_printf(out, "%u\t%u\t", sentence, index);
        put_surface(line + at, end - at, out);
        pt_buf_putc(out, '\t');
        (nouns ? put_nouns : put_morphemes)(analyzer, line + at, end - at, out);
        pt_buf_putc(out, '\n');
        at = end + 1;
    }
}
