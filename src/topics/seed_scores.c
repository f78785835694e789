/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/seed_scores.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/doc_terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

float *pt_seed_scores_best(const pt_corpus *corpus, const pt_seeds *seeds, int threads) {
    pt_doc_terms *terms = pt_doc_terms_new(corpus, pt_threads(threads));
    float *strength = pt_seeds_word_strength(seeds, corpus);
    float *A = pt_alloc(corpus->D, sizeof *A), *best = pt_zalloc(corpus->D, sizeof *best);
    for (uint32_t k = 0; k < seeds->n_items; k++) {
        memset(A, 0, corpus->D * sizeof *A);
        for (uint32_t i = seeds->start[k]; i < seeds->start[k + 1]; i++) {
            const uint32_t w = seeds->word[i];
            for (uint64_t j = terms->word_start[w]; j < terms->word_start[w + 1]; j++)
                A[terms->doc[j]] += terms->x_by_word[j] * strength[w] * seeds->weight[i];
        }
        for (uint32_t d = 0; d < corpus->D; d++)
            best[d] = fmaxf(best[d], A[d]);
    }
    free(A);
    free(strength);
    pt_doc_terms_free(terms);
    return best;
}
