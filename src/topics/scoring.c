/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/scoring.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void place_item(pt_seed_uses *uses, const pt_seeds *seeds, const pt_corpus *corpus,
                       const float *strength, uint32_t k, uint64_t *next) {
    for (uint32_t i = seeds->start[k]; i < seeds->start[k + 1]; i++) {
        const float a = strength[seeds->word[i]] * seeds->weight[i];
        uses->use[next[seeds->word[i]]++] = (pt_seed_use){k, a, a};
    }
    for (uint32_t i = seeds->negative_start[k]; i < seeds->negative_start[k + 1]; i++) {
        const uint32_t w = seeds->negative_word[i], df = corpus->doc_freq[w];
        const float idf = df ? logf((float)pt_corpus_total(corpus) / (float)df) : 0;
        uses->use[next[w]++] = (pt_seed_use){k, -idf * seeds->negative_weight[i], 0};
    }
}

pt_seed_uses *pt_seed_uses_new(const pt_seeds *seeds, const pt_corpus *corpus) {
    const uint32_t K = seeds->n_items, V = corpus->V;
    const size_t n = seeds->start[K] + (size_t)seeds->negative_start[K];
    float *strength = pt_seeds_word_strength(seeds, corpus);
    pt_seed_uses *uses = pt_zalloc(1, sizeof *uses);
    uses->V = V;
    uses->n_items = K;
    uses->start = pt_zalloc((size_t)V + 1, sizeof *uses->start);
    uses->use = pt_alloc(n, sizeof *uses->use);
    for (uint32_t i = 0; i < seeds->start[K]; i++)
        uses->start[seeds->word[i] + 1]++;
    for (uint32_t i = 0; i < seeds->negative_start[K]; i++)
        uses->start[seeds->negative_word[i] + 1]++;
    for (uint32_t w = 0; w < V; w++)
        uses->start[w + 1] += uses->start[w];
    uint64_t *next = pt_alloc(V, sizeof *next);
    memcpy(next, uses->start, (size_t)V * sizeof *next);
    for (uint32_t k = 0; k < K; k++)
        place_item(uses, seeds, corpus, strength, k, next);
    free(next);
    free(strength);
    return uses;
}

void pt_seed_uses_free(pt_seed_uses *uses) {
    if (!uses)
        return;
    free(uses->start);
    free(uses->use);
    free(uses);
}

void pt_score_seeds(const pt_seed_uses *uses, pt_bag bag, float *A, float *strongest) {
    memset(A, 0, uses->n_items * sizeof *A);
    memset(strongest, 0, uses->n_items * sizeof *strongest);
    for (size_t i = 0; i < bag.n; i++)
        for (uint64_t j = uses->start[bag.word[i]]; j < uses->start[bag.word[i] + 1]; j++) {
            const uint32_t k = uses->use[j].item;
            const float a = bag.x[i] * uses->use[j].a;
            A[k] += a;
            strongest[k] = fmaxf(strongest[k], a);
        }
}

void pt_score_document(const pt_scorer *scorer, pt_bag bag, const float *bonus, float *S, float *A,
                       float *strongest) {
    const size_t row = scorer->row;
    memset(S, 0, row * sizeof *S);
    for (size_t i = 0; i < bag.n; i++) {
        const size_t place = scorer->place ? scorer->place[bag.word[i]] : bag.word[i];
        const float x = bag.x[i], *ratio = scorer->log_ratio + place * row;
        for (size_t k = 0; k < row; k++)
            S[k] += x * ratio[k];
    }
    pt_score_seeds(scorer->uses, bag, A, strongest);
    for (uint32_t k = 0; k < scorer->n_items; k++)
        S[k] = S[k] * scorer->per_T + scorer->log_size[k] +
               scorer->seed_weight * pt_seed_evidence(A[k], strongest[k]) + bonus[k];
}

void pt_score_table(const pt_table_evidence *table, double lambda, uint32_t n_items, uint32_t d,
                    float *bonus) {
    for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++)
        bonus[table->item[i]] += logf(1 + (float)lambda * (float)n_items * table->value[i]);
}

pt_evidence *pt_evidence_new(uint32_t D, uint32_t V, size_t n_rows, uint32_t n_items) {
    pt_evidence *evidence = pt_zalloc(1, sizeof *evidence);
    evidence->D = D;
    evidence->V = V;
    evidence->n_items = n_items;
    evidence->per_document = n_items < PT_EVIDENCE_ITEMS ? n_items : PT_EVIDENCE_ITEMS;
    const size_t n = (size_t)D * evidence->per_document;
    evidence->item = pt_zalloc(n, sizeof *evidence->item);
    evidence->S = pt_zalloc(n, sizeof *evidence->S);
    evidence->q = pt_zalloc(n, sizeof *evidence->q);
    evidence->A = pt_zalloc(n, sizeof *evidence->A);
    evidence->strongest = pt_zalloc(n, sizeof *evidence->strongest);
    evidence->has_any_evidence = pt_zalloc(n, sizeof *evidence->has_any_evidence);
    evidence->margin = pt_zalloc(D, sizeof *evidence->margin);
    evidence->row = ((size_t)n_items + 15) / 16 * 16;
    evidence->log_ratio = pt_zalloc_aligned(n_rows * evidence->row, sizeof *evidence->log_ratio);
    return evidence;
}

void pt_evidence_keep(pt_evidence *evidence, const pt_posterior *posterior, uint32_t d, const float *S,
                      const float *A, const float *strongest, const float *bonus) {
    const uint32_t M = evidence->per_document;
    const size_t at = (size_t)d * M;
    for (uint32_t i = 0; i < M; i++) {
        const uint32_t k = posterior->item[at + i];
        evidence->item[at + i] = k;
        evidence->S[at + i] = S[k];
        evidence->A[at + i] = A[k];
        evidence->strongest[at + i] = strongest[k];
        evidence->q[at + i] = posterior->base[d] + posterior->excess[at + i];
        evidence->has_any_evidence[at + i] = A[k] > 0 || bonus[k] > 0;
    }
    evidence->margin[d] = M > 1 ? evidence->S[at] - evidence->S[at + 1] : evidence->S[at];
}
