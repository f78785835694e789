/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/fold.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "base/sort.h"
#include "topics/foldin.h"
#include "topics/posterior.h"
#include "topics/start.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };

uint64_t pt_document_fingerprint(const pt_corpus *corpus, uint32_t d, uint64_t key) {
    uint64_t hash = pt_rng_hash(key);
    for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++)
        hash = pt_rng_hash(hash ^ ((uint64_t)corpus->word[i] << 8 | corpus->flags[i]));
    return hash;
}

void pt_fold_know(pt_model *model, const pt_corpus *corpus, const uint64_t *key) {
    free(model->known);
    model->known = pt_alloc(corpus->D, sizeof *model->known);
    model->n_known = corpus->D;
    for (uint32_t d = 0; d < corpus->D; d++)
        model->known[d] = pt_document_fingerprint(corpus, d, key[d]);
}

typedef struct entry {
    uint64_t fingerprint;
    uint32_t d;
} entry;

static int by_fingerprint(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->fingerprint != y->fingerprint)
        return x->fingerprint < y->fingerprint ? -1 : 1;
    return (x->d > y->d) - (x->d < y->d);
}

struct pt_fold {
    const pt_model *model;
    pt_foldin *foldin;
    entry *known; /* [model->n_known] by fingerprint */
};

static entry *sorted_known(const pt_model *model) {
    entry *known = pt_alloc(model->n_known, sizeof *known);
    for (uint32_t d = 0; d < model->n_known; d++)
        known[d] = (entry){model->known[d], d};
    pt_sort(known, model->n_known, sizeof *known, by_fingerprint);
    return known;
}

pt_fold *pt_fold_new(const pt_model *model) {
    pt_fold *fold = pt_alloc(1, sizeof *fold);
    *fold = (pt_fold){model, pt_foldin_new(model), sorted_known(model)};
    return fold;
}

void pt_fold_free(pt_fold *fold) {
    if (!fold)
        return;
    pt_foldin_free(fold->foldin);
    free(fold->known);
    free(fold);
}

typedef struct folding {
    const pt_model *model;
    const pt_corpus *corpus;
    const pt_evidence *evidence;
    const uint64_t *key;
    const pt_foldin *foldin;
    const pt_monitor *monitor;
    const entry *known; /* [model->n_known] by fingerprint */
    bool *is_known;
    uint16_t *topic; /* [D][PT_MODEL_TOPICS] */
    float *theta;
} folding;

/* Index in the fit, or UINT32_MAX. */
static uint32_t find_known(const folding *f, uint64_t fingerprint) {
    uint32_t low = 0, high = f->model->n_known;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (f->known[middle].fingerprint < fingerprint)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->model->n_known && f->known[low].fingerprint == fingerprint ? f->known[low].d : UINT32_MAX;
}

/* alpha_dk = alpha_k (1 + lambda n_topics q_dk). */
static void prior_of(const folding *f, uint32_t d, double *prior) {
    const pt_model *model = f->model;
    memcpy(prior, model->alpha, model->K * sizeof *prior);
    const size_t M = f->evidence->per_document;
    for (size_t i = d * M; i < (d + 1) * M; i++)
        if (f->evidence->q[i] >= PT_SMALLEST_Q)
            prior[f->evidence->item[i]] *= 1 + model->lambda * model->K * f->evidence->q[i];
}

/* Words as the sampler counts them: title tokens repeated, parts left out. */
static size_t words_of(const folding *f, uint32_t d, uint32_t *word, float *weight) {
    size_t n = 0;
    for (uint64_t i = f->corpus->doc_start[d]; i < f->corpus->doc_start[d + 1]; i++) {
        if (f->corpus->flags[i] & PT_TOKEN_PART)
            continue;
        word[n] = f->corpus->word[i];
        weight[n++] = f->corpus->flags[i] & PT_TOKEN_TITLE ? (float)f->model->title_weight : 1;
    }
    return n;
}

static void fold_document(const folding *f, uint32_t d) {
    const uint32_t K = f->model->K, M = K < PT_MODEL_TOPICS ? K : PT_MODEL_TOPICS;
    const size_t length = f->corpus->doc_start[d + 1] - f->corpus->doc_start[d];
    double *prior = pt_alloc(K, sizeof *prior);
    float *theta = pt_alloc(K, sizeof *theta), *weight = pt_alloc(length, sizeof *weight);
    uint32_t *word = pt_alloc(length, sizeof *word), best[PT_MODEL_TOPICS];
    prior_of(f, d, prior);
    pt_foldin_document(f->foldin, word, weight, words_of(f, d, word, weight), prior, theta);
    pt_largest(theta, K, M, best);
    for (uint32_t i = 0; i < PT_MODEL_TOPICS; i++) {
        f->topic[(size_t)d * PT_MODEL_TOPICS + i] = i < M ? (uint16_t)best[i] : PT_NO_TOPIC;
        f->theta[(size_t)d * PT_MODEL_TOPICS + i] = i < M ? theta[best[i]] : 0;
    }
    free(prior);
    free(theta);
    free(weight);
    free(word);
}

static void fold_block(void *user, int worker, size_t unit) {
    (void)worker;
    folding *f = user;
    if (pt_stop_requested(f->monitor))
        return;
    for (size_t d = unit * BLOCK; d < f->corpus->D && d < (unit + 1) * BLOCK; d++) {
        const uint32_t at = find_known(f, pt_document_fingerprint(f->corpus, (uint32_t)d, f->key[d]));
        if (f->is_known)
            f->is_known[d] = at != UINT32_MAX;
        if (at == UINT32_MAX) {
            fold_document(f, (uint32_t)d);
            continue;
        }
        const size_t from = (size_t)at * PT_MODEL_TOPICS, to = d * PT_MODEL_TOPICS;
        memcpy(f->topic + to, f->model->theta_topic + from, PT_MODEL_TOPICS * sizeof *f->topic);
        memcpy(f->theta + to, f->model->theta + from, PT_MODEL_TOPICS * sizeof *f->theta);
    }
}

pt_status pt_fold_topics(const pt_fold *fold, const pt_corpus *corpus, const pt_evidence *evidence,
                         const uint64_t *key, bool *is_known, int threads, const pt_monitor *monitor,
                         uint16_t **topic, float **theta, pt_error *err) {
    *topic = NULL;
    *theta = NULL;
    if (corpus->V != fold->model->V)
        return pt_fail(err, PT_ERR_DATA, "a corpus of %u words, but the model has %u", corpus->V,
                       fold->model->V);
    const size_t n = (size_t)corpus->D * PT_MODEL_TOPICS;
    folding f = {.model = fold->model,
                 .corpus = corpus,
                 .evidence = evidence,
                 .key = key,
                 .foldin = fold->foldin,
                 .monitor = monitor,
                 .known = fold->known,
                 .is_known = is_known,
                 .topic = pt_alloc(n, sizeof *f.topic),
                 .theta = pt_alloc(n, sizeof *f.theta)};
    pt_parallel_for(pt_threads(threads), ((size_t)corpus->D + BLOCK - 1) / BLOCK, fold_block, &f);
    if (pt_stop_requested(monitor)) {
        free(f.topic);
        free(f.theta);
        return pt_fail(err, PT_ERR_AGAIN, "stopped on request");
    }
    *topic = f.topic;
    *theta = f.theta;
    return PT_OK;
}
