/* SPDX-License-Identifier: Apache-2.0 */
/* scan.h - one eojeol to the cells that the lattice stands on: Hangul syllables one by one, and whole runs of
 * digits, Latin letters, hanja and symbols; reference numerals and glosses are cut. Private to src/korean. */
#ifndef PT_KOREAN_SCAN_H
#define PT_KOREAN_SCAN_H

#include "korean/lexicon_format.h"
#include "korean/patterns.h"

enum { PT_PIECE_GLYPHS = 64 }; /* longer eojeols are analysed piece by piece */

typedef struct pt_cell {
    uint16_t letter;         /* of a Hangul syllable in the alphabet, else 0 */
    uint16_t user_letter;    /* of a Hangul syllable in the user's words, else 0 */
    uint8_t tag;             /* PT_TAG_NONE for a syllable, else what the run is */
    uint8_t final;           /* pt_final of its end */
    bool behind_cut;         /* something was cut before it: no word goes across */
    uint16_t text, text_end; /* bytes in pt_piece.text */
    uint32_t begin, end;     /* bytes of the original text, from the start of the piece */
} pt_cell;

typedef struct pt_piece {
    pt_cell cell[PT_PIECE_GLYPHS];
    unsigned n;
    char text[4 * PT_PIECE_GLYPHS + 1]; /* NFC */
    unsigned text_bytes;
    size_t used; /* bytes of the original text */
} pt_piece;

/* Scans the beginning of an eojeol (no white space in it); n > 0. cuts may be NULL: then nothing is cut. */
void pt_scan(const pt_lexicon *lexicon, pt_pattern *cuts, const char *text, size_t n, pt_piece *piece);

#endif
