/* SPDX-License-Identifier: Apache-2.0 */
/* frozen.h - a fitted mixture (mixture.h) as it judges documents that come later: phi, sizes of the items and
 * strengths of the seeds as they were at the fit. What depends on the item alone or on the word alone is kept
 * as such, so that
 *
 *     ln(.5 phi_kw / p_w + .5) = ln((C_kw + prior_w) scale_k / p_w + .5),   C_kw = 0 in most cells
 *
 * comes back to the last bit. Kept in the model file. */
#ifndef PT_TOPICS_FROZEN_H
#define PT_TOPICS_FROZEN_H

#include "topics/mixture.h"

typedef struct pt_frozen_use {
    uint32_t item; /* or class, of what the standard does not cover */
    float a;       /* part of A a unit of x */
} pt_frozen_use;

typedef struct pt_frozen {
    uint32_t n_items, V, n_outside;
    float per_T, seed_weight, code_weight; /* code_weight > 0: the fit heard codes, which are not kept */
    float *log_size, *scale;               /* [n_items] */
    float *prior, *share;                  /* [V] prior_w, p_w; share 0: the word says nothing */
    uint64_t *cell_start;                  /* [V+1] */
    uint32_t *cell_item;                   /* ascending inside a word */
    float *cell_mass;                      /* C_kw, not 0 */
    uint64_t *use_start;                   /* [V+1] seeds of the items */
    pt_frozen_use *use;
    uint64_t *outside_start; /* [V+1] seeds of the classes outside the standard */
    pt_frozen_use *outside;
    char items_digest[65], words_digest[65]; /* standard and dictionary that it was fitted with; "" unknown */
    char fit_digest[65];                     /* everything but the patents that shaped the fit; "" unknown */
} pt_frozen;

/* All 0, and no cell, use or outside yet. */
pt_frozen *pt_frozen_new(uint32_t V, uint32_t n_items);
void pt_frozen_free(pt_frozen *frozen); /* NULL is fine */
/* Strengths of the classes outside the standard, seeds over the words of the corpus of the fit. */
void pt_frozen_set_outside(pt_frozen *frozen, const pt_seeds *outside, const pt_corpus *corpus);
/* Takes those strengths and the digests over from another one of the same words, which then has none. */
void pt_frozen_take_outside(pt_frozen *frozen, pt_frozen *other);
/* Every index and offset in range, every number finite: for what comes from a file. */
bool pt_frozen_is_good(const pt_frozen *frozen);

/* What every document of a corpus speaks of, each judged alone. corpus: its word ids are those of the fit
 * (pt_corpus_build_known); table may be NULL. Errors: PT_ERR_DATA (another vocabulary), PT_ERR_AGAIN. */
pt_status pt_frozen_evidence(const pt_frozen *frozen, const pt_corpus *corpus, const pt_table_evidence *table,
                             double table_lambda, int threads, const pt_monitor *monitor, pt_evidence **out,
                             pt_error *err) PT_WARN_UNUSED;
/* Best A of the classes outside the standard for every document, [D]; free() it. */
float *pt_frozen_outside(const pt_frozen *frozen, const pt_corpus *corpus, int threads);

#endif
