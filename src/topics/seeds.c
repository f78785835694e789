/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/seeds.h"

#include "base/sort.h"
#include "base/vec.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct seed {
    uint32_t item, word;
    float weight;
} seed;

typedef PT_VEC(seed) seed_vec;

struct pt_seeds_builder {
    uint32_t n_items;
    seed_vec positive, negative;
    bool *is_method; /* [n_items] */
};

pt_seeds_builder *pt_seeds_builder_new(uint32_t n_items) {
    pt_seeds_builder *builder = pt_zalloc(1, sizeof *builder);
    builder->n_items = n_items;
    builder->is_method = pt_zalloc(n_items, sizeof *builder->is_method);
    return builder;
}

void pt_seeds_builder_free(pt_seeds_builder *builder) {
    if (!builder)
        return;
    pt_vec_free(&builder->positive);
    pt_vec_free(&builder->negative);
    free(builder->is_method);
    free(builder);
}

void pt_seeds_builder_add(pt_seeds_builder *builder, uint32_t item, uint32_t word, float weight) {
    assert(item < builder->n_items && weight > 0);
    pt_vec_push(&builder->positive, ((seed){item, word, weight}));
}

void pt_seeds_builder_add_negative(pt_seeds_builder *builder, uint32_t item, uint32_t word, float weight) {
    assert(item < builder->n_items && weight > 0);
    pt_vec_push(&builder->negative, ((seed){item, word, weight}));
}

void pt_seeds_builder_set_method(pt_seeds_builder *builder, uint32_t item, bool is_method) {
    assert(item < builder->n_items);
    builder->is_method[item] = is_method;
}

/* By item, word, then descending weight: the first of equal pairs is the one to keep. */
static int by_item_word_weight(const void *a, const void *b) {
    const seed *x = a, *y = b;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

static void to_lists(const seed_vec *from, uint32_t n_items, uint32_t **start, uint32_t **word,
                     float **weight) {
    seed *sorted = pt_alloc(from->n, sizeof *sorted);
    if (from->n)
        memcpy(sorted, from->at, from->n * sizeof *sorted);
    pt_sort(sorted, from->n, sizeof *sorted, by_item_word_weight);
    *start = pt_zalloc((size_t)n_items + 1, sizeof **start);
    *word = pt_alloc(from->n, sizeof **word);
    *weight = pt_alloc(from->n, sizeof **weight);
    uint32_t n = 0;
    for (size_t i = 0; i < from->n; i++) {
        if (i && sorted[i].item == sorted[i - 1].item && sorted[i].word == sorted[i - 1].word)
            continue;
        (*word)[n] = sorted[i].word;
        (*weight)[n++] = sorted[i].weight;
        (*start)[sorted[i].item + 1]++;
    }
    for (uint32_t k = 0; k < n_items; k++)
        (*start)[k + 1] += (*start)[k];
    free(sorted);
}

pt_seeds *pt_seeds_build(const pt_seeds_builder *builder) {
    pt_seeds *seeds = pt_zalloc(1, sizeof *seeds);
    seeds->n_items = builder->n_items;
    to_lists(&builder->positive, builder->n_items, &seeds->start, &seeds->word, &seeds->weight);
    to_lists(&builder->negative, builder->n_items, &seeds->negative_start, &seeds->negative_word,
             &seeds->negative_weight);
    seeds->is_method = pt_alloc(builder->n_items, sizeof *seeds->is_method);
    memcpy(seeds->is_method, builder->is_method, builder->n_items * sizeof *seeds->is_method);
    return seeds;
}

void pt_taught_free(pt_taught *taught) {
    if (!taught)
        return;
    free(taught->start);
    free(taught->item);
    free(taught->mass);
    free(taught->share);
    free(taught);
}

void pt_seeds_free(pt_seeds *seeds) {
    if (!seeds)
        return;
    pt_taught_free(seeds->taught);
    pt_taught_free(seeds->written);
    free(seeds->start);
    free(seeds->word);
    free(seeds->weight);
    free(seeds->negative_start);
    free(seeds->negative_word);
    free(seeds->negative_weight);
    free(seeds->is_method);
    free(seeds);
}

float *pt_seeds_word_strength(const pt_seeds *seeds, const pt_corpus *corpus) {
    uint32_t *users = pt_zalloc(corpus->V, sizeof *users);
    float *strength = pt_zalloc(corpus->V, sizeof *strength);
    for (uint32_t i = 0; i < seeds->start[seeds->n_items]; i++) {
        assert(seeds->word[i] < corpus->V);
        users[seeds->word[i]]++;
    }
    const double n = seeds->n_items;
    for (uint32_t w = 0; w < corpus->V; w++) {
        if (users[w] == 0 || corpus->doc_freq[w] == 0)
            continue;
        const double rarity = n > 1 ? log(n / users[w]) / log(n) : 1;
        strength[w] = (float)(log((double)pt_corpus_total(corpus) / corpus->doc_freq[w]) * rarity);
    }
    free(users);
    return strength;
}
