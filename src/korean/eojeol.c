/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/eojeol.h"

static void add_morpheme(pt_eojeol *e, const char *form, size_t bytes, pt_tag tag, uint32_t begin,
                         uint32_t end) {
    pt_vec_push(&e->morphemes,
                ((pt_eojeol_morpheme){(uint32_t)e->chars.n, (uint32_t)bytes, begin, end, tag}));
    pt_buf_append(&e->chars, form, bytes);
}

static void add_step(pt_eojeol *e, const pt_lexicon *lexicon, const pt_piece *piece, const pt_step *step,
                     uint32_t offset) {
    const pt_cell *first = &piece->cell[step->begin], *last = &piece->cell[step->end - 1];
    const uint32_t begin = offset + first->begin, end = offset + last->end;
    if (step->unit && step->unit->morphemes) {
        const pt_lexeme *lexeme = lexicon->lexemes + step->unit->morphemes;
        for (;; lexeme++) {
            add_morpheme(e, lexicon->forms + lexeme->form, lexeme->bytes, (pt_tag)lexeme->tag, begin, end);
            if (lexeme->last)
                return;
        }
    }
    const pt_tag tag = (pt_tag)(step->unit ? lexicon->left_tags[step->unit->left] : step->tag);
    add_morpheme(e, piece->text + first->text, (size_t)(last->text_end - first->text), tag, begin, end);
}

void pt_eojeol_analyze(pt_eojeol *out, const pt_lexicon *lexicon, pt_lattice *lattice,
                       const pt_eojeol_patterns *patterns, const char *text, size_t bytes) {
    pt_vec_clear(&out->morphemes);
    pt_vec_clear(&out->nouns);
    pt_buf_clear(&out->chars);
    for (size_t at = 0; at < bytes;) {
        pt_piece piece;
        pt_step path[PT_PIECE_GLYPHS];
        pt_scan(lexicon, patterns->use[PT_PATTERN_CUTS], text + at, bytes - at, &piece);
        const unsigned n = pt_lattice_run(lattice, &piece, path);
        for (unsigned k = 0; k < n; k++)
            add_step(out, lexicon, &piece, &path[k], (uint32_t)at);
        at += piece.used;
    }
    pt_eojeol_find_nouns(out, lexicon, patterns);
}

void pt_eojeol_free(pt_eojeol *eojeol) {
    pt_vec_free(&eojeol->morphemes);
    pt_vec_free(&eojeol->nouns);
    pt_buf_free(&eojeol->chars);
}
