/* SPDX-License-Identifier: Apache-2.0 */
/* foldin.c - how many later documents a model judges: MODEL DOCUMENTS TOKENS THREADS. Documents of so many
 * tokens are drawn from the model's own words by their counts; evidence, classes outside the standard and
 * topics are timed. Prints a TSV row: topics, words, documents, tokens, threads, seconds of evidence, of
 * topics, documents a minute a thread. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "topics/fold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cell of the model by its count: a word of a document's own topic two times of three, else any. */
static pt_corpus *draw(const pt_model *model, uint32_t D, uint32_t n_tokens) {
    const uint64_t n_cells = model->word_start[model->V];
    uint64_t *sum = pt_zalloc(n_cells + 1, sizeof *sum);
    uint32_t *word = pt_alloc(n_cells, sizeof *word);
    for (uint32_t w = 0; w < model->V; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++) {
            sum[i + 1] = sum[i] + model->count[i];
            word[i] = w;
        }
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (uint32_t d = 0; d < D; d++) {
        pt_corpus_builder_begin_document(builder);
        for (uint32_t t = 0; t < n_tokens; t++) {
            const uint64_t at = pt_rng_below(pt_rng_at(pt_rng_key(1, 0, d), t), sum[n_cells]);
            uint64_t low = 0, high = n_cells;
            while (high - low > 1) {
                const uint64_t middle = (low + high) / 2;
                *(sum[middle] <= at ? &low : &high) = middle;
            }
            const char *form = model->form[word[low]];
            pt_corpus_builder_add(builder, form, strlen(form), t < 5 ? PT_TOKEN_TITLE : 0);
        }
        pt_corpus_builder_end_document(builder);
    }
    pt_corpus *corpus = NULL;
    pt_error err = {0};
    if (pt_corpus_build_known(builder, model->form, model->V, &corpus, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    pt_corpus_builder_free(builder);
    free(sum);
    free(word);
    return corpus;
}

int main(int argc, char **argv) {
    pt_error err = {0};
    pt_model *model = NULL;
    if (argc != 5 || pt_model_load(argv[1], &model, &err) || !model->frozen) {
        fprintf(stderr, "usage: foldin MODEL DOCUMENTS TOKENS THREADS\n%s\n", err.message);
        return 64;
    }
    const uint32_t D = (uint32_t)atol(argv[2]), n_tokens = (uint32_t)atol(argv[3]);
    const int threads = atoi(argv[4]);
    pt_corpus *corpus = draw(model, D, n_tokens);
    uint64_t *key = pt_alloc(D, sizeof *key);
    for (uint32_t d = 0; d < D; d++)
        key[d] = d;
    pt_fold *fold = pt_fold_new(model);
    pt_evidence *evidence = NULL;
    uint16_t *topic = NULL;
    float *theta = NULL;
    const double start = pt_clock(CLOCK_MONOTONIC);
    if (pt_frozen_evidence(model->frozen, corpus, NULL, 0, threads, NULL, &evidence, &err))
        return 1;
    free(pt_frozen_outside(model->frozen, corpus, threads));
    const double middle = pt_clock(CLOCK_MONOTONIC);
    if (pt_fold_topics(fold, corpus, evidence, key, NULL, threads, NULL, &topic, &theta, &err))
        return 1;
    const double end = pt_clock(CLOCK_MONOTONIC);
    printf("%u\t%u\t%u\t%u\t%d\t%.3f\t%.3f\t%.0f\n", model->K, model->V, D, n_tokens, threads, middle - start,
           end - middle, 60 * D / (end - start) / threads);
    return 0;
}
