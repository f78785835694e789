/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/tokenize.h"
#include "korean/unicode.h"

#include <string.h>

/* A run over the results of one call: those of an eojeol are taken when it is printed. */
typedef struct results {
    const pt_morpheme *morphemes;
    const pt_noun *nouns;
    size_t n, next;
} results;

static results analyze(pt_analyzer *analyzer, const char *text, size_t bytes, bool nouns) {
    results r = {0};
    r.n = nouns ? pt_analyzer_nouns(analyzer, text, bytes, &r.nouns)
                : pt_analyzer_morphemes(analyzer, text, bytes, &r.morphemes);
    return r;
}

static uint32_t eojeol_of(const results *r, size_t k) {
    return r->nouns ? r->nouns[k].eojeol : r->morphemes[k].eojeol;
}

/* Prints the results up to and with those of eojeol `last`. */
static void put_results(results *r, uint32_t last, pt_buf *out) {
    for (bool first = true; r->next < r->n && eojeol_of(r, r->next) <= last; r->next++, first = false) {
        if (!first)
            pt_buf_putc(out, ' ');
        if (r->nouns) {
            pt_buf_append(out, r->nouns[r->next].form, r->nouns[r->next].bytes);
        } else {
            const pt_morpheme *m = &r->morphemes[r->next];
            pt_buf_append(out, m->form, m->bytes);
            pt_buf_putc(out, '/');
            pt_buf_puts(out, pt_tag_name(m->tag));
        }
    }
}

static void put_surface(const char *text, size_t bytes, pt_buf *out) {
    for (size_t k = 0; k < bytes; k++)
        pt_buf_putc(out, text[k] == '\t' ? ' ' : text[k]);
}

/* Whether eojeols counted by blanks alone and by all white space could differ. */
static bool has_other_space(const char *line, size_t bytes) {
    for (size_t at = 0; at < bytes;) {
        const unsigned char c = (unsigned char)line[at];
        size_t used = 1;
        if (c - 9u < 5 || (c >= 0xC2 && c <= 0xE3 &&
                           pt_script_of(pt_utf8_decode(line + at, bytes - at, &used)) == PT_SCRIPT_SPACE))
            return true;
        at += used;
    }
    return false;
}

static void explain(pt_analyzer *analyzer, const char *line, size_t bytes, unsigned sentence, pt_buf *out) {
    pt_buf rows = {0};
    pt_analyzer_explain(analyzer, line, bytes, &rows);
    for (const char *row = pt_buf_text(&rows), *end; (end = strchr(row, '\n')); row = end + 1) {
        pt_buf_printf(out, "%u\t", sentence);
        pt_buf_append(out, row, (size_t)(end + 1 - row));
    }
    pt_buf_free(&rows);
}

void pt_tokenize_line(pt_analyzer *analyzer, const char *line, size_t bytes, unsigned sentence,
                      pt_tokenize_format format, pt_buf *out) {
    const bool nouns = format == PT_TOKENIZE_NOUNS || format == PT_TOKENIZE_EOJEOL_NOUNS;
    results whole = {0};
    if (format == PT_TOKENIZE_EXPLAIN) {
        explain(analyzer, line, bytes, sentence, out);
        return;
    }
    if (format == PT_TOKENIZE_NOUNS || format == PT_TOKENIZE_MORPHEMES) {
        whole = analyze(analyzer, line, bytes, nouns);
        put_results(&whole, UINT32_MAX, out);
        pt_buf_putc(out, '\n');
        return;
    }
    const bool piecewise = has_other_space(line, bytes);
    if (!piecewise)
        whole = analyze(analyzer, line, bytes, nouns);
    unsigned index = 0;
    for (size_t at = 0; at <= bytes; index++) {
        const char *blank = at < bytes ? memchr(line + at, ' ', bytes - at) : NULL;
        const size_t end = blank ? (size_t)(blank - line) : bytes;
        pt_buf_printf(out, "%u\t%u\t", sentence, index);
        put_surface(line + at, end - at, out);
        pt_buf_putc(out, '\t');
        results piece = piecewise ? analyze(analyzer, line + at, end - at, nouns) : whole;
        put_results(&piece, piecewise ? UINT32_MAX : index, out);
        whole.next = piece.next;
        pt_buf_putc(out, '\n');
        at = end + 1;
    }
}
