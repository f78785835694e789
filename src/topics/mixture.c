/* SPDX-License-Identifier: Apache-2.0 */
/* mixture.c - the steps. Posteriors go from documents to words (re-estimation: one unit a block of words) and
 * back (scoring: one unit a block of documents); nobody writes what another unit reads. */
#include "topics/mixture.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/code_scores.h"
#include "topics/doc_terms.h"
#include "topics/posterior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 128, WORD_BLOCK = 64 };

typedef struct seed_use { /* a word as seed of an item */
    uint32_t item;
    float a;    /* part of A a unit of x: u_w R_kw, or -idf_w times the negative weight */
    float mass; /* u_w R_kw, or 0 */
} seed_use;

typedef struct mixture {
    const pt_corpus *corpus;
    const pt_seeds *seeds;
    const pt_code_evidence *codes;  /* NULL when they have no weight */
    const pt_table_evidence *table; /* the same */
    const pt_mixture_params *params;
    int threads;
    pt_doc_terms *terms;
    uint64_t *use_start; /* [V+1] */
    seed_use *use;
    double *seed_total; /* [n_items] sum_w R_kw u_w */
    pt_posterior *q;    /* softmax(S) */
    pt_posterior *soft; /* softmax(S / 1.5) for the codes; NULL without */
    pt_code_scores *code_scores;
    float *log_size; /* [n_items] pa ln(sum_d q_dk + 5) */
    float *scale;    /* [row] .5 / (sum_w C_kw + mu) */
    pt_evidence *evidence;
    float **scratch; /* [threads] 3 rows each */
    bool is_last;
} mixture;

pt_mixture_params pt_mixture_params_default(void) {
    return (pt_mixture_params){.T0 = 3,
                               .T = 8,
                               .background_mass = 1000,
                               .seed_mass = 0.5,
                               .size_weight = .5,
                               .seed_weight = .1,
                               .method_penalty = 1.5,
                               .steps = 2};
}

static void list_seed_uses(mixture *mix) {
    const pt_seeds *seeds = mix->seeds;
    const pt_corpus *corpus = mix->corpus;
    const uint32_t K = seeds->n_items;
    const size_t n = seeds->start[K] + (size_t)seeds->negative_start[K];
    float *strength = pt_seeds_word_strength(seeds, corpus);
    mix->use_start = pt_zalloc((size_t)corpus->V + 1, sizeof *mix->use_start);
    mix->use = pt_alloc(n, sizeof *mix->use);
    mix->seed_total = pt_zalloc(K, sizeof *mix->seed_total);
    for (uint32_t i = 0; i < seeds->start[K]; i++)
        mix->use_start[seeds->word[i] + 1]++;
    for (uint32_t i = 0; i < seeds->negative_start[K]; i++)
        mix->use_start[seeds->negative_word[i] + 1]++;
    for (uint32_t w = 0; w < corpus->V; w++)
        mix->use_start[w + 1] += mix->use_start[w];
    uint64_t *next = pt_alloc(corpus->V, sizeof *next);
    memcpy(next, mix->use_start, (size_t)corpus->V * sizeof *next);
    for (uint32_t k = 0; k < K; k++) {
        for (uint32_t i = seeds->start[k]; i < seeds->start[k + 1]; i++) {
            const float a = strength[seeds->word[i]] * seeds->weight[i];
            mix->use[next[seeds->word[i]]++] = (seed_use){k, a, a};
            mix->seed_total[k] += a;
        }
        for (uint32_t i = seeds->negative_start[k]; i < seeds->negative_start[k + 1]; i++) {
            const uint32_t w = seeds->negative_word[i], df = corpus->doc_freq[w];
            const float idf = df ? logf((float)corpus->D / (float)df) : 0;
            mix->use[next[w]++] = (seed_use){k, -idf * seeds->negative_weight[i], 0};
        }
    }
    free(next);
    free(strength);
}

/* A_dk for all k. */
static void seed_scores(const mixture *mix, size_t d, float *A) {
    memset(A, 0, mix->seeds->n_items * sizeof *A);
    for (uint64_t i = mix->terms->doc_start[d]; i < mix->terms->doc_start[d + 1]; i++) {
        const uint32_t w = mix->terms->word[i];
        for (uint64_t j = mix->use_start[w]; j < mix->use_start[w + 1]; j++)
            A[mix->use[j].item] += mix->terms->x[i] * mix->use[j].a;
    }
}

static void start_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    const uint32_t D = mix->corpus->D;
    float *A = mix->scratch[worker];
    for (size_t d = unit * DOC_BLOCK; d < D && d < (unit + 1) * DOC_BLOCK; d++) {
        seed_scores(mix, d, A);
        pt_posterior_set(mix->q, (uint32_t)d, A, (float)mix->params->T0);
        if (mix->soft)
            pt_posterior_set(mix->soft, (uint32_t)d, A, (float)mix->params->T0);
    }
}

/* ln(.5 phi_kw / p_w + .5) of one word for all k. */
static void estimate_word(const mixture *mix, uint32_t w, float *C) {
    const pt_doc_terms *terms = mix->terms;
    const pt_posterior *q = mix->q;
    const uint32_t K = mix->seeds->n_items, M = q->per_document;
    float base = 0;
    memset(C, 0, K * sizeof *C);
    for (uint64_t i = terms->word_start[w]; i < terms->word_start[w + 1]; i++) {
        const size_t d = terms->doc[i];
        const float x = terms->x_by_word[i];
        base += x * q->base[d];
        for (uint32_t j = 0; j < M; j++)
            C[q->item[d * M + j]] += x * q->excess[d * M + j];
    }
    for (uint64_t j = mix->use_start[w]; j < mix->use_start[w + 1]; j++)
        C[mix->use[j].item] += (float)mix->params->seed_mass * mix->use[j].mass;
    float *log_ratio = mix->evidence->log_ratio + w * mix->evidence->row;
    const float p_w = (float)(terms->word_mass[w] / terms->mass);
    const float prior = (float)mix->params->background_mass * p_w + base;
    for (uint32_t k = 0; k < K; k++)
        log_ratio[k] = logf(fmaxf(C[k] + prior, 0) * mix->scale[k] / p_w + .5f);
}

static void estimate_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    for (size_t w = unit * WORD_BLOCK; w < mix->corpus->V && w < (unit + 1) * WORD_BLOCK; w++)
        if (mix->terms->word_mass[w] > 0)
            estimate_word(mix, (uint32_t)w, mix->scratch[worker]);
}

/* phi from q, and what of S depends on the item alone. */
static void estimate(mixture *mix) {
    const uint32_t K = mix->seeds->n_items;
    double *sum = pt_alloc(K, sizeof *sum);
    pt_posterior_sum(mix->q, NULL, mix->threads, sum);
    for (uint32_t k = 0; k < K; k++)
        mix->log_size[k] = (float)(mix->params->size_weight * log(sum[k] + 5) -
                                   (mix->seeds->is_method[k] ? mix->params->method_penalty : 0));
    pt_posterior_sum(mix->q, mix->terms->doc_mass, mix->threads, sum);
    for (uint32_t k = 0; k < K; k++)
        mix->scale[k] = (float)(.5 / (sum[k] + mix->params->seed_mass * mix->seed_total[k] +
                                      mix->params->background_mass));
    free(sum);
    pt_code_scores_free(mix->code_scores);
    mix->code_scores = mix->codes ? pt_code_scores_new(mix->codes, mix->soft, mix->threads) : NULL;
    pt_parallel_for(mix->threads, ((size_t)mix->corpus->V + WORD_BLOCK - 1) / WORD_BLOCK, estimate_block,
                    mix);
}

/* What codes and table add to S, into bonus; all 0 when neither is used. */
static void bonus_scores(const mixture *mix, size_t d, float *bonus) {
    const uint32_t K = mix->seeds->n_items;
    memset(bonus, 0, K * sizeof *bonus);
    if (mix->code_scores) {
        pt_code_scores_of(mix->code_scores, (uint32_t)d, bonus);
        for (uint32_t k = 0; k < K; k++)
            bonus[k] *= (float)mix->params->code_weight;
    }
    if (mix->table)
        for (uint64_t i = mix->table->start[d]; i < mix->table->start[d + 1]; i++)
            bonus[mix->table->item[i]] +=
                logf(1 + (float)mix->params->table_lambda * (float)K * mix->table->value[i]);
}

static void keep_evidence(mixture *mix, size_t d, const float *S, const float *A, const float *bonus) {
    pt_evidence *evidence = mix->evidence;
    const uint32_t M = evidence->per_document;
    const size_t at = d * M;
    for (uint32_t i = 0; i < M; i++) {
        const uint32_t k = mix->q->item[at + i];
        evidence->item[at + i] = k;
        evidence->S[at + i] = S[k];
        evidence->A[at + i] = A[k];
        evidence->q[at + i] = mix->q->base[d] + mix->q->excess[at + i];
        evidence->has_any_evidence[at + i] = A[k] > 0 || bonus[k] > 0;
    }
    evidence->margin[d] = M > 1 ? evidence->S[at] - evidence->S[at + 1] : evidence->S[at];
}

static void score_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    const pt_doc_terms *terms = mix->terms;
    const uint32_t K = mix->seeds->n_items;
    const size_t row = mix->evidence->row;
    float *S = mix->scratch[worker], *A = S + row, *bonus = A + row;
    const float per_T = (float)(1 / mix->params->T), seed_weight = (float)mix->params->seed_weight;
    for (size_t d = unit * DOC_BLOCK; d < mix->corpus->D && d < (unit + 1) * DOC_BLOCK; d++) {
        memset(S, 0, row * sizeof *S);
        for (uint64_t i = terms->doc_start[d]; i < terms->doc_start[d + 1]; i++) {
            const float x = terms->x[i], *ratio = mix->evidence->log_ratio + terms->word[i] * row;
            for (size_t k = 0; k < row; k++)
                S[k] += x * ratio[k];
        }
        seed_scores(mix, d, A);
        bonus_scores(mix, d, bonus);
        for (uint32_t k = 0; k < K; k++)
            S[k] = S[k] * per_T + mix->log_size[k] + seed_weight * A[k] + bonus[k];
        pt_posterior_set(mix->q, (uint32_t)d, S, 1);
        if (mix->soft)
            pt_posterior_set(mix->soft, (uint32_t)d, S, 1.5f);
        if (mix->is_last)
            keep_evidence(mix, d, S, A, bonus);
    }
}

static pt_status check_lists(const pt_corpus *corpus, uint32_t n_items, const pt_code_evidence *codes,
                             const pt_table_evidence *table, pt_error *err) {
    const uint64_t n_codes = codes ? codes->start[corpus->D] : 0;
    for (uint64_t i = 0; i < n_codes; i++)
        if (codes->code[i] >= codes->n_codes)
            return pt_fail(err, PT_ERR_DATA, "code %u of %u", codes->code[i], codes->n_codes);
    const uint64_t n_cells = table ? table->start[corpus->D] : 0;
    for (uint64_t i = 0; i < n_cells; i++)
        if (table->item[i] >= n_items || !(table->value[i] >= 0))
            return pt_fail(err, PT_ERR_DATA, "table evidence %g for item %u of %u", (double)table->value[i],
                           table->item[i], n_items);
    return PT_OK;
}

static pt_status check(const pt_corpus *corpus, const pt_seeds *seeds, const pt_mixture_params *params,
                       pt_error *err) {
    if (seeds->n_items == 0)
        return pt_fail(err, PT_ERR_CONFIG, "the mixture needs at least one item");
    if (!(params->T0 > 0 && params->T > 0 && params->background_mass > 0 && params->seed_mass >= 0 &&
          params->code_weight >= 0 && params->table_lambda >= 0 && params->steps > 0))
        return pt_fail(err, PT_ERR_CONFIG,
                       "mixture: temperatures, background mass and steps must be over 0, seed mass and the "
                       "weights of codes at least 0");
    for (uint32_t i = 0; i < seeds->start[seeds->n_items]; i++)
        if (seeds->word[i] >= corpus->V)
            return pt_fail(err, PT_ERR_DATA, "seed word %u, but there are %u words", seeds->word[i],
                           corpus->V);
    for (uint32_t i = 0; i < seeds->negative_start[seeds->n_items]; i++)
        if (seeds->negative_word[i] >= corpus->V)
            return pt_fail(err, PT_ERR_DATA, "negative word %u, but there are %u words",
                           seeds->negative_word[i], corpus->V);
    return corpus->doc_start[corpus->D] ? PT_OK : pt_fail(err, PT_ERR_DATA, "no document has a word");
}

static pt_evidence *evidence_new(const pt_corpus *corpus, uint32_t n_items) {
    pt_evidence *evidence = pt_zalloc(1, sizeof *evidence);
    evidence->D = corpus->D;
    evidence->V = corpus->V;
    evidence->n_items = n_items;
    evidence->per_document = n_items < PT_EVIDENCE_ITEMS ? n_items : PT_EVIDENCE_ITEMS;
    const size_t n = (size_t)corpus->D * evidence->per_document;
    evidence->item = pt_zalloc(n, sizeof *evidence->item);
    evidence->S = pt_zalloc(n, sizeof *evidence->S);
    evidence->q = pt_zalloc(n, sizeof *evidence->q);
    evidence->A = pt_zalloc(n, sizeof *evidence->A);
    evidence->has_any_evidence = pt_zalloc(n, sizeof *evidence->has_any_evidence);
    evidence->margin = pt_zalloc(corpus->D, sizeof *evidence->margin);
    evidence->row = ((size_t)n_items + 15) / 16 * 16;
    evidence->log_ratio = pt_zalloc_aligned(corpus->V * evidence->row, sizeof *evidence->log_ratio);
    return evidence;
}

static void mixture_open(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, D = mix->corpus->D;
    mix->threads = pt_threads(mix->params->threads);
    mix->evidence = evidence_new(mix->corpus, K);
    mix->terms = pt_doc_terms_new(mix->corpus, mix->threads);
    list_seed_uses(mix);
    mix->q = pt_posterior_new(D, K, mix->evidence->per_document);
    if (mix->codes)
        mix->soft = pt_posterior_new(D, K, mix->evidence->per_document);
    mix->log_size = pt_zalloc(K, sizeof *mix->log_size);
    mix->scale = pt_zalloc(mix->evidence->row, sizeof *mix->scale);
    mix->scratch = pt_alloc((size_t)mix->threads, sizeof *mix->scratch);
    for (int i = 0; i < mix->threads; i++)
        mix->scratch[i] = pt_zalloc_aligned(3 * mix->evidence->row, sizeof **mix->scratch);
}

static void mixture_close(mixture *mix) {
    pt_doc_terms_free(mix->terms);
    free(mix->use_start);
    free(mix->use);
    free(mix->seed_total);
    pt_posterior_free(mix->q);
    pt_posterior_free(mix->soft);
    pt_code_scores_free(mix->code_scores);
    free(mix->log_size);
    free(mix->scale);
    for (int i = 0; i < mix->threads; i++)
        free(mix->scratch[i]);
    free(mix->scratch);
}

pt_status pt_evidence_find(const pt_corpus *corpus, const pt_seeds *seeds, const pt_code_evidence *codes,
                           const pt_table_evidence *table, const pt_mixture_params *params, pt_evidence **out,
                           pt_error *err) {
    *out = NULL;
    pt_status status = check(corpus, seeds, params, err);
    if (!status)
        status = check_lists(corpus, seeds->n_items, codes, table, err);
    if (status)
        return status;
    mixture mix = {.corpus = corpus,
                   .seeds = seeds,
                   .codes = params->code_weight > 0 ? codes : NULL,
                   .table = params->table_lambda > 0 ? table : NULL,
                   .params = params};
    mixture_open(&mix);
    const size_t n_blocks = ((size_t)corpus->D + DOC_BLOCK - 1) / DOC_BLOCK;
    pt_parallel_for(mix.threads, n_blocks, start_block, &mix);
    for (uint32_t step = 0; step < params->steps && !status; step++) {
        pt_progress(params->monitor, "evidence", step, params->steps);
        mix.is_last = step + 1 == params->steps;
        estimate(&mix);
        pt_parallel_for(mix.threads, n_blocks, score_block, &mix);
        if (pt_stop_requested(params->monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request");
    }
    mixture_close(&mix);
    if (status)
        pt_evidence_free(mix.evidence);
    else
        *out = mix.evidence;
    return status;
}

void pt_evidence_free(pt_evidence *evidence) {
    if (!evidence)
        return;
    free(evidence->item);
    free(evidence->S);
    free(evidence->q);
    free(evidence->A);
    free(evidence->has_any_evidence);
    free(evidence->margin);
    free(evidence->log_ratio);
    free(evidence);
}

size_t pt_evidence_words(const pt_evidence *evidence, const pt_corpus *corpus, uint32_t doc, uint32_t item,
                         pt_evidence_word out[PT_EVIDENCE_WORDS]) {
    const size_t n_tokens = corpus->doc_start[doc + 1] - corpus->doc_start[doc];
    uint32_t *word = pt_alloc(n_tokens, sizeof *word);
    float *x = pt_alloc(n_tokens, sizeof *x), all = 0;
    const size_t n_words = pt_doc_terms_of(corpus, doc, word, x);
    size_t n = 0;
    for (size_t i = 0; i < n_words; i++) {
        const float gain = x[i] * evidence->log_ratio[word[i] * evidence->row + item];
        if (gain <= 0)
            continue;
        all += gain;
        if (n == PT_EVIDENCE_WORDS && gain <= out[n - 1].gain)
            continue;
        size_t j = n < PT_EVIDENCE_WORDS ? n++ : n - 1;
        for (; j > 0 && (out[j - 1].gain < gain || (out[j - 1].gain == gain && out[j - 1].word > word[i]));
             j--)
            out[j] = out[j - 1];
        out[j] = (pt_evidence_word){word[i], gain, 0};
    }
    for (size_t j = 0; j < n; j++)
        out[j].share = out[j].gain / all;
    free(word);
    free(x);
    return n;
}
