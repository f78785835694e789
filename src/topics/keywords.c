/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/keywords.h"

#include "base/mem.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* Before phi is known, a keyword in its topic is taken to act as one with this probability. */
static const double START_SHARE = .7;
static const uint64_t STREAM = 0x6B6579776F726473ULL; /* keeps these draws apart from those of topics */

static void list_pairs(pt_keywords *keywords, const pt_seeds *seeds, const pt_corpus *corpus) {
    const uint32_t K = seeds->n_items, n = seeds->start[K];
    float *word_strength = pt_seeds_word_strength(seeds, corpus);
    keywords->start = pt_zalloc((size_t)K + 1, sizeof *keywords->start);
    keywords->word = pt_alloc(n, sizeof *keywords->word);
    keywords->strength = pt_alloc(n, sizeof *keywords->strength);
    keywords->strength_total = pt_zalloc(K, sizeof *keywords->strength_total);
    uint32_t m = 0;
    for (uint32_t k = 0; k < K; k++) {
        for (uint32_t i = seeds->start[k]; i < seeds->start[k + 1]; i++) {
            const float u = word_strength[seeds->word[i]] * seeds->weight[i];
            if (u <= 0)
                continue;
            keywords->word[m] = seeds->word[i];
            keywords->strength[m++] = u;
            keywords->strength_total[k] += u;
        }
        keywords->start[k + 1] = m;
    }
    keywords->n_pairs = m;
    free(word_strength);
}

static void list_uses(pt_keywords *keywords, uint32_t V) {
    keywords->use_start = pt_zalloc((size_t)V + 1, sizeof *keywords->use_start);
    keywords->use = pt_alloc(keywords->n_pairs, sizeof *keywords->use);
    for (uint32_t i = 0; i < keywords->n_pairs; i++)
        keywords->use_start[keywords->word[i] + 1]++;
    for (uint32_t w = 0; w < V; w++)
        keywords->use_start[w + 1] += keywords->use_start[w];
    uint32_t *next = pt_alloc(V, sizeof *next);
    memcpy(next, keywords->use_start, (size_t)V * sizeof *next);
    for (uint32_t k = 0; k < keywords->n_items; k++)
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++)
            keywords->use[next[keywords->word[i]]++] = (pt_keyword_use){k, i};
    free(next);
}

pt_keywords *pt_keywords_new(const pt_seeds *seeds, const pt_corpus *corpus) {
    pt_keywords *keywords = pt_zalloc(1, sizeof *keywords);
    keywords->n_items = seeds->n_items;
    list_pairs(keywords, seeds, corpus);
    list_uses(keywords, corpus->V);
    keywords->n0 = pt_zalloc(keywords->n_pairs, sizeof *keywords->n0);
    keywords->n1 = pt_zalloc(keywords->n_pairs, sizeof *keywords->n1);
    keywords->n1_total = pt_zalloc(keywords->n_items, sizeof *keywords->n1_total);
    keywords->key = pt_zalloc(keywords->n_items, sizeof *keywords->key);
    keywords->full = pt_zalloc(keywords->n_items, sizeof *keywords->full);
    return keywords;
}

void pt_keywords_free(pt_keywords *keywords) {
    if (!keywords)
        return;
    free(keywords->start);
    free(keywords->word);
    free(keywords->strength);
    free(keywords->n0);
    free(keywords->n1);
    free(keywords->strength_total);
    free(keywords->n1_total);
    free(keywords->key);
    free(keywords->full);
    free(keywords->use_start);
    free(keywords->use);
    free(keywords);
}

void pt_keywords_draw(pt_keywords *keywords, uint32_t item, uint32_t pair, uint32_t n, uint64_t seed) {
    const double key =
        keywords->key[item] * (keywords->n1[pair] + keywords->keyword_mass * keywords->strength[pair]);
    const double full = keywords->full[item] * (keywords->n0[pair] + keywords->beta);
    const double share = keywords->n_draws ? key / (key + full) : START_SHARE;
    const uint64_t stream = pt_rng_key(seed ^ STREAM, keywords->n_draws, pair);
    uint32_t n1 = 0;
    for (uint32_t i = 0; i < n; i++)
        n1 += pt_rng_double(pt_rng_at(stream, i)) < share;
    keywords->n1[pair] = n1;
    keywords->n0[pair] = n - n1;
}

void pt_keywords_close_draws(pt_keywords *keywords) {
    keywords->n_draws++;
}

void pt_keywords_take(pt_keywords *keywords, uint32_t pair, uint32_t n) {
    if (keywords->n1[pair] > n)
        keywords->n1[pair] = n;
    keywords->n0[pair] = n - keywords->n1[pair];
}

void pt_keywords_weigh(pt_keywords *keywords, const uint64_t *topic_total, uint32_t V) {
    for (uint32_t k = 0; k < keywords->n_items; k++) {
        const double n_k = (double)topic_total[k];
        uint64_t n1_k = 0;
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++)
            n1_k += keywords->n1[i];
        keywords->n1_total[k] = n1_k;
        const bool has_any = keywords->start[k + 1] > keywords->start[k];
        const double pi =
            has_any ? ((double)n1_k + keywords->gamma1) / (n_k + keywords->gamma0 + keywords->gamma1) : 0;
        keywords->key[k] =
            has_any ? pi / ((double)n1_k + keywords->keyword_mass * keywords->strength_total[k]) : 0;
        keywords->full[k] = (1 - pi) / (n_k - (double)n1_k + V * keywords->beta);
    }
}
