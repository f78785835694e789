/* SPDX-License-Identifier: Apache-2.0 */
/* collocations.h - compounds of the user's own patents: two nouns that stand side by side (within an eojeol
 * or across one blank) more often than chance would have it become one term, 음극 + 활물질 = 음극활물질.
 *   PMI = log2(N n(a,b) / (n(a) n(b)))               (Church & Hanks, CL 1990)
 *   t   = (n(a,b) - n(a) n(b) / N) / sqrt(n(a,b))    (Manning & Schuetze 1999, 5.3)
 * N nouns of two syllables or more that are no stop words, n(.) how often they stand there. Longer ones come
 * by counting again with what was found taken for one noun: 고체산화물 + 연료전지. The same patents in the
 * same order give the same terms. */
#ifndef PT_STUDY_COLLOCATIONS_H
#define PT_STUDY_COLLOCATIONS_H

#include "study/terms.h"

typedef struct pt_collocation {
    char *term;     /* joined */
    char *parts;    /* with + between, of both sides */
    uint32_t count; /* n(a,b) */
    double pmi, t;
} pt_collocation;

typedef struct pt_collocations {
    pt_collocation *at; /* most frequent first */
    size_t n;
} pt_collocations;

typedef struct pt_collocation_params {
    uint32_t min_count;
    double min_pmi, min_t;
} pt_collocation_params;

pt_collocation_params pt_collocation_params_default(void);

typedef struct pt_collocation_counts pt_collocation_counts;

/* known: what earlier rounds found, joined from left to right before anything is counted, and every pair then
 * has one of them in it; NULL in the first round. Borrowed until the counts are freed. */
pt_collocation_counts *pt_collocation_counts_new(const pt_collocations *known);
void pt_collocation_counts_free(pt_collocation_counts *counts); /* NULL is fine */
/* Counts the nouns of one title or abstract. terms: for its stop words. Memory is bounded: when four million
 * different pairs are there, those seen once are forgotten. */
void pt_collocation_counts_add(pt_collocation_counts *counts, const pt_terms *terms, const pt_term *nouns,
                               size_t n);
/* Adds the pairs that pass all three limits to found; returns how many. The first round starts from an empty
 * one. Free with pt_collocations_free. */
size_t pt_collocations_learn(const pt_collocation_counts *counts, const pt_collocation_params *params,
                             pt_collocations *found);
void pt_collocations_free(pt_collocations *found); /* leaves it empty */

/* A table term, class, parts, count, pmi, t: it can be given to --user-dict as it is. Errors: those of
 * pt_writer; reading: PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line. */
pt_status pt_collocations_write(const pt_collocations *found, const char *path, pt_error *err) PT_WARN_UNUSED;
pt_status pt_collocations_read(pt_collocations *out, const char *path, pt_error *err) PT_WARN_UNUSED;

#endif
