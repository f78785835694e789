/* SPDX-License-Identifier: Apache-2.0 */
/* planted.h - a corpus with known truth for the tests of topics: each document is about one item, two thirds
 * of its words are the item's own, the others common; an item's first words are its seeds. */
#ifndef PT_TESTS_PLANTED_H
#define PT_TESTS_PLANTED_H

#include "base/mem.h"
#include "base/rng.h"
#include "topics/seeds.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLANTED_ITEMS = 20, PLANTED_OWN = 12, PLANTED_SEEDS = 4, PLANTED_COMMON = 60, PLANTED_LENGTH = 24 };

typedef struct planted {
    pt_corpus *corpus;
    pt_seeds *seeds;
    uint32_t *truth; /* [D] */
} planted;

static inline planted planted_new(uint32_t D) {
    pt_corpus_builder *builder = pt_corpus_builder_new();
    planted p = {.truth = pt_alloc(D, sizeof *p.truth)};
    for (uint32_t d = 0; d < D; d++) {
        const uint64_t key = pt_rng_key(11, 0, d);
        p.truth[d] = (uint32_t)pt_rng_below(pt_rng_at(key, 0), PLANTED_ITEMS);
        pt_corpus_builder_begin_document(builder);
        for (uint64_t i = 0; i < PLANTED_LENGTH; i++) {
            char form[32];
            const uint64_t bits = pt_rng_at(key, 2 * i + 2);
            const int n =
                pt_rng_below(pt_rng_at(key, 2 * i + 1), 3) < 2
                    ? sprintf(form, "item%u_%u", p.truth[d], (unsigned)pt_rng_below(bits, PLANTED_OWN))
                    : sprintf(form, "common_%u", (unsigned)pt_rng_below(bits, PLANTED_COMMON));
            pt_corpus_builder_add(builder, form, (size_t)n, i < 3 ? PT_TOKEN_TITLE : 0);
        }
        pt_corpus_builder_end_document(builder);
    }
    const pt_corpus_params params = pt_corpus_params_default();
    pt_error err = {0};
    if (pt_corpus_build(builder, &params, &p.corpus, &err))
        abort();
    pt_corpus_builder_free(builder);
    pt_seeds_builder *seeds = pt_seeds_builder_new(PLANTED_ITEMS);
    for (uint32_t k = 0; k < PLANTED_ITEMS; k++)
        for (unsigned i = 0; i < PLANTED_SEEDS; i++) {
            char form[32];
            const uint32_t w = pt_corpus_find_word(p.corpus, form, (size_t)sprintf(form, "item%u_%u", k, i));
            if (w != PT_NO_ID)
                pt_seeds_builder_add(seeds, k, w, i < 2 ? 1 : .4f);
        }
    p.seeds = pt_seeds_build(seeds);
    pt_seeds_builder_free(seeds);
    return p;
}

static inline void planted_free(planted *p) {
    pt_corpus_free(p->corpus);
    pt_seeds_free(p->seeds);
    free(p->truth);
}

#endif
