/* SPDX-License-Identifier: Apache-2.0 */
/* costs.h - from counts to costs: ids of units, smoothed connections, the model of unknown words. Private to
 * src/korean; used while a dictionary is compiled. */
#ifndef PT_KOREAN_COSTS_H
#define PT_KOREAN_COSTS_H

#include "korean/lexicon_format.h"
#include "korean/wordlist.h"

typedef struct pt_costs {
    pt_intern *lefts, *rights; /* names of ids; 0 = end and start of an eojeol */
    PT_VEC(uint8_t) left_tags;
    PT_VEC(uint8_t) right_tags;
    double *edges;        /* [rights][lefts] counts */
    int16_t *connections; /* [lefts][rights] */
    pt_atom_ids atoms[PT_TAGS];
    double *left_total; /* [lefts]: occurrences, with pseudo-counts and the share of unknown words */
    pt_unknown_class unknown[PT_UNKNOWN_CLASSES];
} pt_costs;

/* Reads connections.tsv (right, left, count) and settles all ids. */
pt_status pt_costs_read(pt_costs *costs, const char *path, pt_error *err) PT_WARN_UNUSED;
void pt_costs_free(pt_costs *costs);

uint16_t pt_costs_left(const pt_costs *costs, pt_tag tag, const char *surface);
/* form: of the last morpheme; surface: of the unit. */
uint16_t pt_costs_right(const pt_costs *costs, pt_tag tag, const char *form, size_t form_bytes,
                        const char *surface);
int16_t pt_cost(double probability);
/* Index of the unknown-word class of a tag, -1 when words of that tag are a closed set. */
int pt_unknown_class_of(pt_tag tag);
/* Totals per left id and the price of unknown words, from the words. */
void pt_costs_count_words(pt_costs *costs, const pt_wordlist *list);
/* Smooths the connections:
 *   P(l | r) = P(on | r) [ (1-w) n(r,l)/n(r) + w P(T(l) | T(r)) n(l)/n(T(l)) ],  w = d(r) / (n(r) + d(r)),
 * d(r) the number of different l after r (Witten & Bell 1991), T the tag of an id; P(end | r) and P(on | r)
 * are smoothed by the tag too. */
void pt_costs_connect(pt_costs *costs);

typedef struct pt_syllable_model {
    int16_t *alone;                 /* [letters][classes][2] */
    int16_t *starts;                /* [letters][classes] */
    PT_VEC(pt_syllable_pair) pairs; /* hash table */
} pt_syllable_model;

/* Syllable bigrams of the words seen once (each unknown class its own), over the letters of `alphabet`. */
void pt_syllables_count(pt_syllable_model *model, const pt_wordlist *list, const uint16_t *alphabet,
                        uint32_t n_letters, pt_costs *costs);
void pt_syllables_free(pt_syllable_model *model);

#endif
