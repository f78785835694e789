/* SPDX-License-Identifier: Apache-2.0 */
/* lattice.h - the cheapest way through one piece of an eojeol (Viterbi). Private to src/korean. */
#ifndef PT_KOREAN_LATTICE_H
#define PT_KOREAN_LATTICE_H

#include "korean/scan.h"

typedef struct pt_lattice pt_lattice;

/* A step of the path: cells [begin, end) and either a unit of the lexicon, or an unknown word or a run. */
typedef struct pt_step {
    uint16_t begin, end;
    uint16_t tag;        /* PT_TAG_NONE when unit says it */
    const pt_unit *unit; /* NULL for unknown words and runs */
} pt_step;

pt_lattice *pt_lattice_new(const pt_lexicon *lexicon);
void pt_lattice_free(pt_lattice *lattice);
/* Writes the path from left to right, at most PT_PIECE_GLYPHS steps; returns how many. Time is linear in the
 * cells, for a word of the lexicon has a longest length and so has an unknown one. */
unsigned pt_lattice_run(pt_lattice *lattice, const pt_piece *piece, pt_step path[PT_PIECE_GLYPHS]);

#endif
