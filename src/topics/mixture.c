/* SPDX-License-Identifier: Apache-2.0 */
/* mixture.c - the steps. Posteriors go from documents to words (re-estimation: one unit a block of words) and
 * back (scoring: one unit a block of documents); nobody writes what another unit reads. */
#include "topics/mixture.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "topics/code_scores.h"
#include "topics/doc_terms.h"
#include "topics/frozen.h"
#include "topics/scoring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 128, WORD_BLOCK = 64 };
static const double most_frequent = 3; /* a word counts for no more than so many times what was taught */

/* C_kw of a block of words, on its way into pt_frozen. */
typedef struct cell_block {
    PT_VEC(uint32_t) item;
    PT_VEC(float) mass;
} cell_block;

typedef struct mixture {
    const pt_corpus *corpus;
    const pt_seeds *seeds;
    const pt_code_evidence *codes;  /* NULL when they have no weight */
    const pt_table_evidence *table; /* the same */
    const pt_mixture_params *params;
    int threads;
    pt_doc_terms *terms;
    pt_seed_uses *uses;
    double *prior_total; /* [n_items] sum_w of what seeds and teaching add to C_kw */
    float *taught_scale; /* [V] tau min(p_w / p'_w, 3); NULL = nobody taught */
    pt_posterior *q;    /* softmax(S) */
    pt_posterior *soft; /* softmax(S / 1.5) for the codes; NULL without */
    pt_code_scores *code_scores;
    float *log_size; /* [n_items] pa ln(sum_d q_dk + 5) */
    float *scale;    /* [row] .5 / (sum_w C_kw + mu) */
    pt_evidence *evidence;
    float **scratch;   /* [threads] 4 rows each */
    cell_block *cells; /* [blocks of words] of the last step */
    bool is_last;
} mixture;

pt_mixture_params pt_mixture_params_default(void) {
    return (pt_mixture_params){.T0 = 3,
                               .T = 8,
                               .background_mass = 1000,
                               .seed_mass = 0.5,
                               .taught_weight = 2,
                               .size_weight = .5,
                               .seed_weight = .1,
                               .method_penalty = 1.5,
                               .steps = 2};
}

static void list_seed_uses(mixture *mix) {
    mix->uses = pt_seed_uses_new(mix->seeds, mix->corpus);
    mix->prior_total = pt_zalloc(mix->seeds->n_items, sizeof *mix->prior_total);
    for (uint64_t i = 0; i < mix->uses->start[mix->corpus->V]; i++)
        mix->prior_total[mix->uses->use[i].item] += mix->params->seed_mass * mix->uses->use[i].mass;
}

/* The words of what taught were not as frequent as those of this corpus: it is their ratio that was learned. */
static void scale_taught(mixture *mix) {
    const pt_taught *taught = mix->seeds->taught;
    if (!taught || mix->params->taught_weight == 0)
        return;
    mix->taught_scale = pt_zalloc(mix->corpus->V, sizeof *mix->taught_scale);
    for (uint32_t w = 0; w < mix->corpus->V; w++) {
        if (taught->start[w] == taught->start[w + 1])
            continue;
        const double p_w = mix->terms->word_mass[w] / mix->terms->mass;
        mix->taught_scale[w] =
            (float)(mix->params->taught_weight * fmin(p_w / taught->share[w], most_frequent));
        for (uint64_t i = taught->start[w]; i < taught->start[w + 1]; i++)
            mix->prior_total[taught->item[i]] += mix->taught_scale[w] * taught->mass[i];
    }
}

static pt_bag bag_of(const mixture *mix, size_t d) {
    const uint64_t at = mix->terms->doc_start[d];
    return (pt_bag){mix->terms->word + at, mix->terms->x + at, mix->terms->doc_start[d + 1] - at};
}

static void start_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    const uint32_t D = mix->corpus->D;
    float *A = mix->scratch[worker], *strongest = A + mix->evidence->row;
    for (size_t d = unit * DOC_BLOCK; d < D && d < (unit + 1) * DOC_BLOCK; d++) {
        pt_score_seeds(mix->uses, bag_of(mix, d), A, strongest);
        for (uint32_t k = 0; k < mix->seeds->n_items; k++)
            A[k] = pt_seed_evidence(A[k], strongest[k]);
        pt_posterior_set(mix->q, (uint32_t)d, A, (float)mix->params->T0);
        if (mix->soft)
            pt_posterior_set(mix->soft, (uint32_t)d, A, (float)mix->params->T0);
    }
}

void pt_mixture_log_ratio(const float *C, float prior, const float *scale, float share, uint32_t n_items,
                          float *log_ratio) {
    for (uint32_t k = 0; k < n_items; k++)
        log_ratio[k] = logf(fmaxf(C[k] + prior, 0) * scale[k] / share + .5f);
}

/* C_kw of one word for all k, less what all items share; returns that. */
static float count_word(const mixture *mix, uint32_t w, float *C) {
    const pt_doc_terms *terms = mix->terms;
    const pt_posterior *q = mix->q;
    const uint32_t M = q->per_document;
    float base = 0;
    memset(C, 0, mix->seeds->n_items * sizeof *C);
    for (uint64_t i = terms->word_start[w]; i < terms->word_start[w + 1]; i++) {
        const size_t d = terms->doc[i];
        const float x = terms->x_by_word[i];
        base += x * q->base[d];
        for (uint32_t j = 0; j < M; j++)
            C[q->item[d * M + j]] += x * q->excess[d * M + j];
    }
    for (uint64_t j = mix->uses->start[w]; j < mix->uses->start[w + 1]; j++)
        C[mix->uses->use[j].item] += (float)mix->params->seed_mass * mix->uses->use[j].mass;
    const pt_taught *taught = mix->seeds->taught;
    for (uint64_t i = mix->taught_scale ? taught->start[w] : 0;
         mix->taught_scale && i < taught->start[w + 1]; i++)
        C[taught->item[i]] += mix->taught_scale[w] * taught->mass[i];
    return base;
}

static void keep_cells(mixture *mix, uint32_t w, const float *C, float prior, float share) {
    pt_frozen *frozen = mix->evidence->frozen;
    cell_block *block = &mix->cells[w / WORD_BLOCK];
    const size_t before = block->item.n;
    for (uint32_t k = 0; k < mix->seeds->n_items; k++)
        if (C[k] != 0) {
            pt_vec_push(&block->item, k);
            pt_vec_push(&block->mass, C[k]);
        }
    frozen->cell_start[w + 1] = block->item.n - before;
    frozen->prior[w] = prior;
    frozen->share[w] = share;
}

static void estimate_word(mixture *mix, uint32_t w, float *C) {
    const pt_doc_terms *terms = mix->terms;
    const float base = count_word(mix, w, C), p_w = (float)(terms->word_mass[w] / terms->mass);
    const float prior = (float)mix->params->background_mass * p_w + base;
    pt_mixture_log_ratio(C, prior, mix->scale, p_w, mix->seeds->n_items,
                         mix->evidence->log_ratio + w * mix->evidence->row);
    if (mix->is_last)
        keep_cells(mix, w, C, prior, p_w);
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
        mix->scale[k] = (float)(.5 / (sum[k] + mix->prior_total[k] + mix->params->background_mass));
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
        pt_score_table(mix->table, mix->params->table_lambda, K, (uint32_t)d, bonus);
}

static void score_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    const size_t row = mix->evidence->row;
    float *S = mix->scratch[worker], *A = S + row, *strongest = A + row, *bonus = strongest + row;
    const pt_scorer scorer = {mix->seeds->n_items,
                              row,
                              mix->evidence->log_ratio,
                              mix->log_size,
                              mix->uses,
                              (float)(1 / mix->params->T),
                              (float)mix->params->seed_weight};
    for (size_t d = unit * DOC_BLOCK; d < mix->corpus->D && d < (unit + 1) * DOC_BLOCK; d++) {
        bonus_scores(mix, d, bonus);
        pt_score_document(&scorer, bag_of(mix, d), bonus, S, A, strongest);
        pt_posterior_set(mix->q, (uint32_t)d, S, 1);
        if (mix->soft)
            pt_posterior_set(mix->soft, (uint32_t)d, S, 1.5f);
        if (mix->is_last)
            pt_evidence_keep(mix->evidence, mix->q, (uint32_t)d, S, A, strongest, bonus);
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
          params->taught_weight >= 0 &&
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
    if (seeds->taught && seeds->taught->V != corpus->V)
        return pt_fail(err, PT_ERR_DATA, "taught words over a vocabulary of %u, but there are %u words",
                       seeds->taught->V, corpus->V);
    return corpus->doc_start[corpus->D] ? PT_OK : pt_fail(err, PT_ERR_DATA, "no document has a word");
}

/* What the last step needs to write down, and later documents to read. */
static void frozen_open(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, V = mix->corpus->V;
    pt_frozen *frozen = mix->evidence->frozen = pt_zalloc(1, sizeof *frozen);
    frozen->n_items = K;
    frozen->V = V;
    frozen->per_T = (float)(1 / mix->params->T);
    frozen->seed_weight = (float)mix->params->seed_weight;
    frozen->code_weight = mix->codes ? (float)mix->params->code_weight : 0;
    frozen->prior = pt_zalloc(V, sizeof *frozen->prior);
    frozen->share = pt_zalloc(V, sizeof *frozen->share);
    frozen->cell_start = pt_zalloc((size_t)V + 1, sizeof *frozen->cell_start);
    frozen->outside_start = pt_zalloc((size_t)V + 1, sizeof *frozen->outside_start);
    mix->cells = pt_zalloc((size_t)V / WORD_BLOCK + 1, sizeof *mix->cells);
}

static void *copy_of(const void *from, size_t n, size_t size) {
    void *to = pt_alloc(n, size);
    memcpy(to, from, n * size);
    return to;
}

static void frozen_close(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, V = mix->corpus->V;
    pt_frozen *frozen = mix->evidence->frozen;
    frozen->log_size = copy_of(mix->log_size, K, sizeof *mix->log_size);
    frozen->scale = copy_of(mix->scale, K, sizeof *mix->scale);
    for (uint32_t w = 0; w < V; w++)
        frozen->cell_start[w + 1] += frozen->cell_start[w];
    frozen->cell_item = pt_alloc(frozen->cell_start[V], sizeof *frozen->cell_item);
    frozen->cell_mass = pt_alloc(frozen->cell_start[V], sizeof *frozen->cell_mass);
    for (size_t b = 0, at = 0; b <= V / WORD_BLOCK; at += mix->cells[b++].item.n)
        for (size_t i = 0; i < mix->cells[b].item.n; i++) {
            frozen->cell_item[at + i] = mix->cells[b].item.at[i];
            frozen->cell_mass[at + i] = mix->cells[b].mass.at[i];
        }
    const pt_seed_uses *uses = mix->uses;
    frozen->use_start = copy_of(uses->start, (size_t)V + 1, sizeof *uses->start);
    frozen->use = pt_alloc(uses->start[V], sizeof *frozen->use);
    for (uint64_t i = 0; i < uses->start[V]; i++)
        frozen->use[i] = (pt_frozen_use){uses->use[i].item, uses->use[i].a};
}

static void mixture_open(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, D = mix->corpus->D;
    mix->threads = pt_threads(mix->params->threads);
    mix->evidence = pt_evidence_new(D, mix->corpus->V, K);
    frozen_open(mix);
    mix->terms = pt_doc_terms_new(mix->corpus, mix->threads);
    list_seed_uses(mix);
    scale_taught(mix);
    mix->q = pt_posterior_new(D, K, mix->evidence->per_document);
    if (mix->codes)
        mix->soft = pt_posterior_new(D, K, mix->evidence->per_document);
    mix->log_size = pt_zalloc(K, sizeof *mix->log_size);
    mix->scale = pt_zalloc(mix->evidence->row, sizeof *mix->scale);
    mix->scratch = pt_alloc((size_t)mix->threads, sizeof *mix->scratch);
    for (int i = 0; i < mix->threads; i++)
        mix->scratch[i] = pt_zalloc_aligned(4 * mix->evidence->row, sizeof **mix->scratch);
}

static void mixture_close(mixture *mix) {
    pt_doc_terms_free(mix->terms);
    pt_seed_uses_free(mix->uses);
    for (size_t b = 0; b <= mix->corpus->V / WORD_BLOCK; b++) {
        pt_vec_free(&mix->cells[b].item);
        pt_vec_free(&mix->cells[b].mass);
    }
    free(mix->cells);
    free(mix->prior_total);
    free(mix->taught_scale);
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
    if (!status)
        frozen_close(&mix);
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
    free(evidence->strongest);
    free(evidence->has_any_evidence);
    free(evidence->margin);
    free(evidence->log_ratio);
    pt_frozen_free(evidence->frozen);
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
