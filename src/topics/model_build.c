/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/model_build.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

typedef struct cells {
    PT_VEC(uint16_t) topic;
    PT_VEC(uint32_t) count;
} cells;

static void add_row(cells *to, const uint32_t *row, uint32_t K) {
    for (uint32_t k = 0; k < K; k++) {
        if (row[k] == 0)
            continue;
        pt_vec_push(&to->topic, (uint16_t)k);
        pt_vec_push(&to->count, row[k]);
    }
}

/* Rows begin .. end-1 of this rank's own words, as changes from nothing; their 32 bits come back as they are.
 */
static void encode_own(const pt_sampler *sampler, uint32_t begin, uint32_t end, pt_buf *out) {
    const uint32_t K = sampler->params.K;
    int32_t *block = pt_zalloc((size_t)PT_WORD_BLOCK * K, sizeof *block);
    uint32_t *room = pt_alloc(K, sizeof *room);
    for (uint32_t w = begin; w < end; w++) {
        const uint32_t *count = pt_sampler_counts(sampler, w, room);
        if (!count)
            continue;
        memcpy(block + (size_t)(w % PT_WORD_BLOCK) * K, count, K * sizeof *block);
        if (w % PT_WORD_BLOCK == PT_WORD_BLOCK - 1 || w + 1 == end) {
            pt_rows_encode(out, w / PT_WORD_BLOCK, block, K, UINT32_MAX, PT_ROW_SHORTER);
            memset(block, 0, (size_t)PT_WORD_BLOCK * K * sizeof *block);
        }
    }
    free(room);
    free(block);
}

/* Rank 0: what the ranks say of words begin .. end-1, into rows [end - begin][K], 0 before. */
static void receive_rows(const pt_sampler *sampler, uint32_t begin, int32_t *rows, pt_buf *bytes) {
    const uint32_t K = sampler->params.K;
    for (int r = 0; r < pt_ranks_size(sampler->ranks); r++) {
        if (r > 0) {
            pt_buf_clear(bytes);
            pt_ranks_receive(sampler->ranks, r, bytes);
        }
        size_t position = 0;
        pt_words unused = 0;
        for (pt_row_block block; pt_rows_next(bytes, &position, &block);)
            if (!pt_rows_add(&block, rows + ((size_t)block.block * PT_WORD_BLOCK - begin) * K, K, &unused))
                pt_ranks_abort(sampler->ranks, "counts that another rank sent make no sense");
    }
}

/* Counts that the words' owners keep, a run of blocks after the other, to rank 0. */
static void collect_counts(pt_model *model, const pt_sampler *sampler, cells *to) {
    enum { WORDS = 256 * PT_WORD_BLOCK };
    const bool is_first = pt_ranks_rank(sampler->ranks) == 0;
    int32_t *rows = pt_alloc(is_first ? (size_t)WORDS * model->K : 0, sizeof *rows);
    pt_buf bytes = {0};
    for (uint32_t begin = 0; begin < model->V; begin += WORDS) {
        const uint32_t end = model->V - begin < WORDS ? model->V : begin + WORDS;
        pt_buf_clear(&bytes);
        encode_own(sampler, begin, end, &bytes);
        if (!is_first) {
            pt_ranks_send(sampler->ranks, 0, bytes.at, bytes.n);
            continue;
        }
        memset(rows, 0, (size_t)WORDS * model->K * sizeof *rows);
        receive_rows(sampler, begin, rows, &bytes);
        for (uint32_t w = begin; w < end; w++) {
            add_row(to, (const uint32_t *)rows + (size_t)(w - begin) * model->K, model->K);
            model->word_start[w + 1] = to->count.n;
        }
    }
    pt_buf_free(&bytes);
    free(rows);
}

static void copy_counts(pt_model *model, const pt_sampler *sampler) {
    cells to = {0};
    uint32_t *room = pt_alloc(model->K, sizeof *room);
    model->word_start = pt_zalloc((size_t)model->V + 1, sizeof *model->word_start);
    if (sampler->fetched) {
        collect_counts(model, sampler, &to);
    } else if (pt_ranks_rank(sampler->ranks) == 0) {
        for (uint32_t w = 0; w < model->V; w++) {
            add_row(&to, pt_sampler_counts(sampler, w, room), model->K);
            model->word_start[w + 1] = to.count.n;
        }
    }
    free(room);
    model->topic = pt_realloc(to.topic.at, to.topic.n, sizeof *to.topic.at);
    model->count = pt_realloc(to.count.at, to.count.n, sizeof *to.count.at);
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
