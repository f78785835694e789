/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/model_build.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

static void copy_counts(pt_model *model, const pt_sampler *sampler) {
    PT_VEC(uint16_t) topic = {0};
    PT_VEC(uint32_t) count = {0};
    uint32_t *row = pt_zalloc_aligned(sampler->row, sizeof *row);
    model->word_start = pt_zalloc((size_t)model->V + 1, sizeof *model->word_start);
    for (uint32_t w = 0; w < model->V && pt_ranks_rank(sampler->ranks) == 0; w++) {
        pt_sampler_count_word(sampler, w, row);
        for (uint32_t k = 0; k < model->K; k++) {
            if (row[k] == 0)
                continue;
            pt_vec_push(&topic, (uint16_t)k);
            pt_vec_push(&count, row[k]);
        }
        model->word_start[w + 1] = count.n;
    }
    free(row);
    model->topic = pt_realloc(topic.at, topic.n, sizeof *topic.at);
    model->count = pt_realloc(count.at, count.n, sizeof *count.at);
}

static void *copy_of(const void *from, size_t n, size_t size) {
    void *to = pt_alloc(n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

static void copy_keywords(pt_model *model, const pt_keywords *keywords) {
    const size_t n = keywords->n_pairs;
    model->n_items = keywords->n_items;
    model->keyword_mass = keywords->keyword_mass;
    model->gamma0 = keywords->gamma0;
    model->gamma1 = keywords->gamma1;
    model->keyword_start = copy_of(keywords->start, (size_t)keywords->n_items + 1, sizeof *keywords->start);
    model->keyword = copy_of(keywords->word, n, sizeof *keywords->word);
    model->keyword_strength = copy_of(keywords->strength, n, sizeof *keywords->strength);
    model->keyword_count = copy_of(keywords->n1, n, sizeof *keywords->n1);
}

pt_model *pt_model_of(const pt_sampler *sampler, const pt_corpus *corpus) {
    pt_model *model = pt_zalloc(1, sizeof *model);
    model->K = sampler->params.K;
    model->D = sampler->D;
    model->V = sampler->V;
    model->first_doc = sampler->first_doc;
    model->N = sampler->all_tokens;
    model->seed = sampler->params.seed;
    model->beta = sampler->params.beta;
    model->title_weight = sampler->params.title_weight;
    pt_corpus_digest(corpus, model->corpus_digest);
    model->alpha = copy_of(sampler->alpha, model->K, sizeof *model->alpha);
    model->topic_total = copy_of(sampler->topic_total, model->K, sizeof *model->topic_total);
    copy_counts(model, sampler);
    if (sampler->keywords)
        copy_keywords(model, sampler->keywords);
    else
        model->keyword_start = pt_zalloc(1, sizeof *model->keyword_start);
    if (corpus->form) {
        model->form = pt_alloc(model->V, sizeof *model->form);
        for (uint32_t w = 0; w < model->V; w++)
            model->form[w] = pt_strdup(corpus->form[w]);
    }
    return model;
}
