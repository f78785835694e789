/* SPDX-License-Identifier: Apache-2.0 */
/* vocabulary.h - the tables of dict/synth in memory: subjects (technologies, items, things outside) with
 * their words, the words every field shares, names and places. Texts are escaped for XML. */
#ifndef PT_SYNTH_VOCABULARY_H
#define PT_SYNTH_VOCABULARY_H

#include "base/status.h"
#include "base/vec.h"
#include "synth/josa.h"

typedef enum pt_synth_style {
    PT_STYLE_MECH,
    PT_STYLE_ELEC,
    PT_STYLE_SOFT,
    PT_STYLE_CHEM,
    PT_STYLE_BIO,
    PT_STYLES
} pt_synth_style;

/* Kinds of words; the first four belong to a subject, the others to its style (a subject may have its
 * own problems and modifiers). */
typedef enum pt_synth_class {
    PT_WORD_PART,
    PT_WORD_MATERIAL,
    PT_WORD_ACT,
    PT_WORD_QUANTITY,
    PT_WORD_PROBLEM,
    PT_WORD_MODIFIER,
    PT_WORD_EFFECT,
    PT_WORD_USER,
    PT_WORD_POSITION,
    PT_WORD_SHAPE,
    PT_WORD_GENERAL,
    PT_WORD_UNIT,
    PT_WORD_CLASSES
} pt_synth_class;

typedef struct pt_synth_word {
    const char *text;
    const char *gloss; /* NULL, or what may follow in brackets */
    uint32_t bytes;
    uint8_t final; /* pt_final */
} pt_synth_word;

typedef PT_VEC(pt_synth_word) pt_synth_words;

typedef struct pt_synth_subject {
    const char *item_id; /* "" outside the standard */
    const char *name;    /* of the technology; "" for an item or a thing outside */
    uint32_t tech_no;    /* 0 = none */
    pt_synth_style style;
    double weight, growth;
    size_t item; /* index of the item's own subject; itself where there is none */
    pt_synth_words heads, ipc, seeds, words[PT_WORD_CLASSES];
} pt_synth_subject;

typedef struct pt_synth_place {
    const char *sido, *sigungu, *brief;
    double weight;
} pt_synth_place;

typedef enum pt_synth_name_part {
    PT_NAME_FIRM_HEAD,
    PT_NAME_FIRM_TAIL,
    PT_NAME_INSTITUTE,
    PT_NAME_SURNAME,
    PT_NAME_GIVEN,
    PT_NAME_ROAD,
    PT_NAME_TOWN,
    PT_NAME_PARTS
} pt_synth_name_part;

typedef struct pt_synth_vocabulary {
    PT_VEC(pt_synth_subject) subjects; /* technologies, items, outside, in this order */
    size_t n_technologies, n_items, n_outside;
    pt_synth_words common[PT_STYLES][PT_WORD_CLASSES];
    pt_synth_words names[PT_NAME_PARTS];
    PT_VEC(pt_synth_place) places;
    PT_VEC(char *) texts; /* owns every string */
} pt_synth_vocabulary;

/* Loads technologies, items, outside, common, names and places.tsv of <dict_dir>/synth.
 * Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line. */
pt_status pt_synth_vocabulary_load(const char *dict_dir, pt_synth_vocabulary **out,
                                   pt_error *err) PT_WARN_UNUSED;
void pt_synth_vocabulary_free(pt_synth_vocabulary *vocabulary); /* NULL is fine */

/* Bit set of the styles named in "mech|chem" ("all" = every one), 0 if a name is unknown. */
uint32_t pt_synth_styles(const char *names);

#endif
