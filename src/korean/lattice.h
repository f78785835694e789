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

/* A way to stand behind cell `end`: the last word of it and what it cost to come there. */
typedef struct pt_way {
    pt_step step;
    int32_t cost;   /* from the beginning of the piece */
    uint16_t right; /* right id */
} pt_way;

pt_lattice *pt_lattice_new(const pt_lexicon *lexicon);
void pt_lattice_free(pt_lattice *lattice);
/* Words that were priced since the lattice was made: what its time is proportional to. */
uint64_t pt_lattice_steps(const pt_lattice *lattice);
/* Writes the path from left to right, at most PT_PIECE_GLYPHS steps; returns how many. Time is linear in the
 * cells, for a word of the lexicon has a longest length and so has an unknown one. */
unsigned pt_lattice_run(pt_lattice *lattice, const pt_piece *piece, pt_step path[PT_PIECE_GLYPHS]);

/* The ways of the last run to stand behind cell `end` (1 … cells), in the order in which they were found: the
 * k-th; false when there is none. They are those that the beam kept. */
bool pt_lattice_way(const pt_lattice *lattice, unsigned end, unsigned k, pt_way *way);

#endif
