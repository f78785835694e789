/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.h - sentence patterns (dict/synth/sentences.tsv), compiled once into literal text and slots. */
#ifndef PT_SYNTH_PATTERN_H
#define PT_SYNTH_PATTERN_H

#include "synth/vocabulary.h"

/* What fills a slot: a class of words, or one of these. */
typedef enum pt_synth_slot {
    PT_SLOT_NAME = PT_WORD_CLASSES, /* the noun phrase the patent is about */
    PT_SLOT_TITLE,
    PT_SLOT_RELATED,   /* a seed word of the item, or another name of the thing */
    PT_SLOT_NEIGHBOUR, /* a word of a neighbouring item */
    PT_SLOT_NUMBER,
    PT_SLOT_NONE
} pt_synth_slot;

enum { PT_SLOT_INDICES = 8 }; /* {부품1} .. {부품8} */

/* Literal text, then what fills the slot, then the particle that fits it. */
typedef struct pt_synth_segment {
    const char *text;
    uint32_t bytes;
    uint8_t slot, index; /* pt_synth_slot, 0 .. PT_SLOT_INDICES-1 */
    bool has_josa;
    pt_josa josa;
} pt_synth_segment;

typedef struct pt_synth_pattern {
    pt_synth_segment *segments;
    size_t n_segments;
    double weight;
} pt_synth_pattern;

typedef enum pt_synth_kind {
    PT_KIND_TITLE,
    PT_KIND_OPENING,
    PT_KIND_PROBLEM,
    PT_KIND_COMPOSITION,
    PT_KIND_RELATION,
    PT_KIND_METHOD,
    PT_KIND_EFFECT,
    PT_KIND_USE,
    PT_KIND_CLAIM,
    PT_KINDS
} pt_synth_kind;

typedef struct pt_synth_patterns {
    PT_VEC(pt_synth_pattern) patterns;
    PT_VEC(size_t) choice[PT_KINDS][PT_STYLES]; /* indices into patterns */
    double total[PT_KINDS][PT_STYLES];          /* sum of their weights */
    PT_VEC(char *) texts;
} pt_synth_patterns;

/* Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line (unknown kind, style, slot or particle; a kind
 * that a style lacks, problems and the like included). */
pt_status pt_synth_patterns_load(const char *dict_dir, pt_synth_patterns **out, pt_error *err) PT_WARN_UNUSED;
void pt_synth_patterns_free(pt_synth_patterns *patterns); /* NULL is fine */

/* A pattern of this kind and style by weight; u in [0, 1). */
const pt_synth_pattern *pt_synth_pattern_draw(const pt_synth_patterns *patterns, pt_synth_kind kind,
                                              pt_synth_style style, double u);

#endif
