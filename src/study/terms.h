/* SPDX-License-Identifier: Apache-2.0 */
/* terms.h - from an item's words to tokens: seeds and names are analysed by the same analyser as the patents;
 * a seed that the analyser cuts into parts becomes a phrase, found again in the patents' noun runs and added
 * as one joined token (연료 + 전지 -> 연료전지).
 *
 * Weight R of a form for an item, the largest wins: 1 seed, name of the item; .7 a piece of a seed that the
 * analyser cut in two; the others as in pt_terms_weights. What too many items have counts for none of them.
 */
#ifndef PT_STUDY_TERMS_H
#define PT_STUDY_TERMS_H

#include "base/monitor.h"
#include "korean/analyzer.h"
#include "study/items.h"
#include "topics/corpus.h"
#include "topics/seeds.h"

/* One noun of a patent as the store keeps it. */
typedef struct pt_term {
    const char *form;
    uint32_t bytes;
    uint8_t flags; /* PT_NOUN_* of korean/analyzer.h */
} pt_term;

typedef struct pt_terms pt_terms;

/* Measured on real patents by bench/mapping.sh (bench/results/mapping.tsv). */
typedef struct pt_terms_weights {
    float name_word;  /* word of the item's name */
    float part;       /* part of a seed, or what is left of one that lost its number or affix */
    float definition; /* word of the item's definition; 0 = the definition is not read */
    uint32_t max_name_items, max_part_items, max_definition_items; /* a form that more items have: none */
} pt_terms_weights;

pt_terms_weights pt_terms_weights_default(void);

/* Reads the stop words of dict_folder and analyses every seed, name, definition and negative. weights NULL:
 * the defaults. Errors: those of pt_stopwords_load. */
pt_status pt_terms_new(const pt_items *items, pt_analyzer *analyzer, const char *dict_folder,
                       const pt_terms_weights *weights, pt_terms **out, pt_error *err) PT_WARN_UNUSED;
void pt_terms_free(pt_terms *terms); /* NULL is fine */
/* Adds the nouns of a title or an abstract to the open document: one-syllable nouns and stop words dropped,
 * the longest seed phrase at each place joined (its parts flagged PT_TOKEN_PART). Threads may share terms. */
void pt_terms_add(const pt_terms *terms, pt_corpus_builder *builder, const pt_term *nouns, size_t n,
                  bool is_title);
/* Joins this run of nouns wherever it stands, as a seed phrase is joined; until all such are forgotten. */
void pt_terms_add_phrase(pt_terms *terms, const char *joined);
void pt_terms_forget_phrases(pt_terms *terms);
bool pt_terms_stops(const pt_terms *terms, const char *form, size_t bytes); /* a stop word? */

typedef enum pt_seed_fate {
    PT_SEED_WHOLE, /* the analyser gives all its letters, as one noun or as a run of nouns */
    PT_SEED_CUT,   /* letters are lost (a suffix, a number): found as a phrase where a patent keeps them */
    PT_SEED_LOST   /* no noun of two syllables that is no stop word: it can never be found */
} pt_seed_fate;

typedef struct pt_seed_reading {
    uint32_t item;
    bool is_negative;
    pt_seed_fate fate;
    const char *form; /* as a token: folded, no blank; borrowed */
} pt_seed_reading;

/* How every seed and negative was read, in the order of the items; [*n] borrowed. */
const pt_seed_reading *pt_terms_readings(const pt_terms *terms, size_t *n);
/* Does any item use the form, whatever the weight? */
bool pt_terms_has(const pt_terms *terms, const char *form);
/* Seeds and names (weight 1) as text, for pt_corpus_params.keep: [*n] borrowed strings. */
const char *const *pt_terms_forms(const pt_terms *terms, size_t *n);
/* Seeds of every item over the words of the corpus (R_kw of the mixture). An item without one seed in the
 * corpus is reported to the monitor; *without (may be NULL) counts them. */
pt_seeds *pt_terms_seeds(const pt_terms *terms, const pt_items *items, const pt_corpus *corpus,
                         const pt_monitor *monitor, uint32_t *without);

#endif
