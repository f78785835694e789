/* SPDX-License-Identifier: Apache-2.0 */
/* mixture.c - the steps. Posteriors go from documents to words (re-estimation: one unit a block of words) and
 * back (scoring: one unit a block of documents); nobody writes what another unit reads. With several ranks,
 * the sums of a run of words go to all of them on the way; what follows from sums alone each rank computes
 * for itself, or, where rows are split, for its own words. */
#include "topics/mixture.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "topics/code_scores.h"
#include "topics/doc_terms.h"
#include "topics/fetched_rows.h"
#include "topics/fixed.h"
#include "topics/frozen.h"
#include "topics/scoring.h"
#include "topics/split_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 128, WORD_BLOCK = 64, RUN_BYTES = 1 << 24 };
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
    pt_ranks *ranks;
    uint32_t n_owners;               /* of the rows of log_ratio; 1: all are here */
    pt_fetched_rows *fetched;        /* those of the words of the documents at hand; NULL: all are here */
    size_t first_block;              /* of documents of the batch at hand */
    uint32_t run_blocks, first_word; /* blocks of words that are summed at a time, and where they begin */
    int64_t *count; /* [run_blocks WORD_BLOCK][n_items + 1] sum_d q_dk x_dw, the last one of what all items
                       share */
    double mass;    /* sum of all x */
    pt_doc_terms *terms;
    pt_seed_uses *uses;
    double *seed_total;   /* [n_items] sum_w R_kw u_w */
    double *taught_total; /* [n_items] sum_w t_kw */
    float *taught_scale;  /* [V] tau min(p_w / p'_w, 3), or all 0 */
    double seed_mass;     /* s; 0 before the first step */
    bool is_start;        /* nobody has an item yet */
    pt_posterior *q;      /* softmax(S) */
    pt_posterior *soft;   /* softmax(S / 1.5) for the codes; NULL without */
    pt_code_scores *code_scores;
    float *log_size; /* [n_items] pa ln(sum_d q_dk + 5) */
    float *no_size;  /* [row] 0: of the start */
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
                               .written_weight = 10,
                               .size_weight = .5,
                               .seed_weight = .1,
                               .method_penalty = 1.5,
                               .steps = 2};
}

static void list_seed_uses(mixture *mix) {
    mix->uses = pt_seed_uses_new(mix->seeds, mix->corpus);
    mix->seed_total = pt_zalloc(mix->seeds->n_items, sizeof *mix->seed_total);
    for (uint64_t i = 0; i < mix->uses->start[mix->corpus->V]; i++)
        mix->seed_total[mix->uses->use[i].item] += mix->uses->use[i].mass;
}

/* The words of what taught were not as frequent as those of this corpus: it is their ratio that was learned.
 */
static void scale_taught(mixture *mix) {
    const pt_taught *taught = mix->seeds->taught;
    for (uint32_t w = 0; taught && w < mix->corpus->V; w++)
        if (taught->start[w] < taught->start[w + 1]) {
            const double p_w = pt_fixed_value(mix->terms->word_mass[w]) / mix->mass;
            mix->taught_scale[w] =
                (float)(mix->params->taught_weight * fmin(p_w / taught->share[w], most_frequent));
        }
}

/* t_kw of one word onto C. */
static void add_taught(const mixture *mix, uint32_t w, float *C) {
    const pt_taught *taught = mix->seeds->taught, *written = mix->seeds->written;
    const float omega = (float)mix->params->written_weight;
    for (uint64_t i = taught ? taught->start[w] : 0; taught && i < taught->start[w + 1]; i++)
        C[taught->item[i]] += mix->taught_scale[w] * taught->mass[i];
    for (uint64_t i = written ? written->start[w] : 0; written && i < written->start[w + 1]; i++)
        C[written->item[i]] += omega * written->mass[i];
}

static void total_taught(mixture *mix) {
    const uint32_t K = mix->seeds->n_items;
    float *C = mix->scratch[0];
    for (uint32_t w = 0; w < mix->corpus->V; w++) {
        if (mix->terms->word_mass[w] <= 0)
            continue;
        memset(C, 0, K * sizeof *C);
        add_taught(mix, w, C);
        for (uint32_t k = 0; k < K; k++)
            mix->taught_total[k] += C[k];
    }
}

static pt_bag bag_of(const mixture *mix, size_t d) {
    const uint64_t at = mix->terms->doc_start[d];
    return (pt_bag){mix->terms->word + at, mix->terms->x + at, mix->terms->doc_start[d + 1] - at};
}

void pt_mixture_log_ratio(const float *C, float prior, const float *scale, float share, uint32_t n_items,
                          float *log_ratio) {
    for (uint32_t k = 0; k < n_items; k++)
        log_ratio[k] = logf(fmaxf(C[k] + prior, 0) * scale[k] / share + .5f);
}

static int64_t *counts_of(const mixture *mix, uint32_t w) {
    return mix->count + (size_t)(w - mix->first_word) * (mix->seeds->n_items + 1);
}

/* sum_d q_dk x_dw of one word for all k, less what all items share; that behind them. */
static void count_word(const mixture *mix, uint32_t w) {
    const pt_doc_terms *terms = mix->terms;
    const pt_posterior *q = mix->q;
    const uint32_t M = q->per_document, K = mix->seeds->n_items;
    int64_t *count = counts_of(mix, w);
    memset(count, 0, ((size_t)K + 1) * sizeof *count);
    for (uint64_t i = terms->word_start[w]; i < terms->word_start[w + 1]; i++) {
        const size_t d = terms->doc[i];
        const double x = terms->x_by_word[i];
        count[K] += pt_fixed(x * q->base[d]);
        for (uint32_t j = 0; j < M; j++)
            count[q->item[d * M + j]] += pt_fixed(x * q->excess[d * M + j]);
    }
}

/* C_kw of one word for all k, less what all items share; returns that. */
static float take_counts(const mixture *mix, uint32_t w, float *C) {
    const uint32_t K = mix->seeds->n_items;
    const int64_t *count = counts_of(mix, w);
    for (uint32_t k = 0; k < K; k++)
        C[k] = (float)pt_fixed_value(count[k]);
    for (uint64_t j = mix->uses->start[w]; j < mix->uses->start[w + 1]; j++)
        C[mix->uses->use[j].item] += (float)mix->seed_mass * mix->uses->use[j].mass;
    add_taught(mix, w, C);
    return (float)pt_fixed_value(count[K]);
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
    const float base = take_counts(mix, w, C),
                p_w = (float)(pt_fixed_value(mix->terms->word_mass[w]) / mix->mass);
    const float prior = (float)mix->params->background_mass * p_w + base;
    if (mix->n_owners == 1 || pt_word_owner(w, mix->n_owners) == pt_ranks_rank(mix->ranks))
        pt_mixture_log_ratio(C, prior, mix->scale, p_w, mix->seeds->n_items,
                             mix->evidence->log_ratio + pt_word_place(w, mix->n_owners) * mix->evidence->row);
    if (mix->is_last && pt_ranks_rank(mix->ranks) == 0)
        keep_cells(mix, w, C, prior, p_w);
}

static uint32_t block_end(const mixture *mix, uint32_t first) {
    return mix->corpus->V - first < WORD_BLOCK ? mix->corpus->V : first + WORD_BLOCK;
}

static void count_block(void *user, int worker, size_t unit) {
    (void)worker;
    mixture *mix = user;
    const uint32_t first = mix->first_word + (uint32_t)unit * WORD_BLOCK;
    for (uint32_t w = first; w < block_end(mix, first); w++)
        count_word(mix, w);
}

static void estimate_block(void *user, int worker, size_t unit) {
    mixture *mix = user;
    const uint32_t first = mix->first_word + (uint32_t)unit * WORD_BLOCK;
    for (uint32_t w = first; w < block_end(mix, first); w++)
        if (mix->terms->word_mass[w] > 0)
            estimate_word(mix, w, mix->scratch[worker]);
}

static void estimate_words(mixture *mix) {
    const uint32_t V = mix->corpus->V, run = mix->run_blocks * WORD_BLOCK;
    for (uint64_t first = 0; first < V; first += run) {
        const uint32_t n = V - first < run ? V - (uint32_t)first : run;
        const size_t n_blocks = ((size_t)n + WORD_BLOCK - 1) / WORD_BLOCK;
        mix->first_word = (uint32_t)first;
        pt_parallel_for(mix->threads, n_blocks, count_block, mix);
        pt_ranks_sum(mix->ranks, mix->count, (size_t)n * (mix->seeds->n_items + 1));
        pt_parallel_for(mix->threads, n_blocks, estimate_block, mix);
    }
}

/* phi from q, and what of S depends on the item alone. */
static void estimate(mixture *mix) {
    const uint32_t K = mix->seeds->n_items;
    double *sum = pt_alloc(K, sizeof *sum);
    pt_posterior_sum(mix->q, NULL, mix->threads, mix->ranks, sum);
    for (uint32_t k = 0; k < K; k++)
        mix->log_size[k] = (float)(mix->params->size_weight * log(sum[k] + 5) -
                                   (mix->seeds->is_method[k] ? mix->params->method_penalty : 0));
    pt_posterior_sum(mix->q, mix->terms->doc_mass, mix->threads, mix->ranks, sum);
    for (uint32_t k = 0; k < K; k++)
        mix->scale[k] = (float)(.5 / (sum[k] + mix->seed_mass * mix->seed_total[k] + mix->taught_total[k] +
                                      mix->params->background_mass));
    free(sum);
    pt_code_scores_free(mix->code_scores);
    mix->code_scores = mix->codes && !mix->is_start
                           ? pt_code_scores_new(mix->codes, mix->soft, mix->threads, mix->ranks)
                           : NULL;
    estimate_words(mix);
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
                              mix->fetched ? mix->fetched->rows : mix->evidence->log_ratio,
                              mix->is_start ? mix->no_size : mix->log_size,
                              mix->uses,
                              (float)(1 / mix->params->T),
                              (float)(mix->is_start ? 1 / mix->params->T0 : mix->params->seed_weight),
                              mix->fetched ? mix->fetched->place : NULL};
    const size_t block = mix->first_block + unit;
    for (size_t d = block * DOC_BLOCK; d < mix->corpus->D && d < (block + 1) * DOC_BLOCK; d++) {
        if (mix->is_start)
            memset(bonus, 0, row * sizeof *bonus);
        else
            bonus_scores(mix, d, bonus);
        pt_score_document(&scorer, bag_of(mix, d), bonus, S, A, strongest);
        pt_posterior_set(mix->q, (uint32_t)d, S, 1);
        if (mix->soft)
            pt_posterior_set(mix->soft, (uint32_t)d, S, mix->is_start ? 1 : 1.5f);
        if (mix->is_last)
            pt_evidence_keep(mix->evidence, mix->q, (uint32_t)d, S, A, strongest, bonus);
    }
}

static void want_rows(mixture *mix, size_t block) {
    const uint64_t *start = mix->terms->doc_start;
    const size_t D = mix->corpus->D, end = (block + 1) * DOC_BLOCK < D ? (block + 1) * DOC_BLOCK : D;
    for (uint64_t i = start[block * DOC_BLOCK]; i < start[end]; i++)
        pt_fetched_rows_want(mix->fetched, mix->terms->word[i]);
}

/* All documents; where rows are split, as many at a time as their rows have room. */
static void score_all(mixture *mix) {
    const size_t n_blocks = ((size_t)mix->corpus->D + DOC_BLOCK - 1) / DOC_BLOCK;
    if (!mix->fetched) {
        pt_parallel_for(mix->threads, n_blocks, score_block, mix);
        return;
    }
    const uint64_t most = mix->params->counts_bytes / 2 / mix->fetched->bytes;
    size_t next = 0;
    for (int64_t is_more = 1; is_more;) {
        mix->first_block = next;
        pt_fetched_rows_forget(mix->fetched);
        for (; next < n_blocks && (next == mix->first_block || mix->fetched->n_wanted < most); next++)
            want_rows(mix, next);
        pt_fetched_rows_fetch(mix->fetched);
        pt_parallel_for(mix->threads, next - mix->first_block, score_block, mix);
        is_more = next < n_blocks;
        pt_ranks_max(mix->ranks, &is_more, 1);
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
          params->taught_weight >= 0 && params->written_weight >= 0 && params->code_weight >= 0 &&
          params->table_lambda >= 0 && params->steps > 0))
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
    if ((seeds->taught && seeds->taught->V != corpus->V) ||
        (seeds->written && seeds->written->V != corpus->V))
        return pt_fail(err, PT_ERR_DATA, "taught words over another vocabulary than the %u words", corpus->V);
    return PT_OK;
}

/* What the last step needs to write down, and later documents to read. */
static void frozen_open(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, V = mix->corpus->V;
    pt_frozen *frozen = mix->evidence->frozen = pt_frozen_new(V, K);
    frozen->per_T = (float)(1 / mix->params->T);
    frozen->seed_weight = (float)mix->params->seed_weight;
    frozen->code_weight = mix->codes ? (float)mix->params->code_weight : 0;
    mix->cells = pt_zalloc((size_t)V / WORD_BLOCK + 1, sizeof *mix->cells);
}

static void frozen_close(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, V = mix->corpus->V;
    pt_frozen *frozen = mix->evidence->frozen;
    memcpy(frozen->log_size, mix->log_size, K * sizeof *mix->log_size);
    memcpy(frozen->scale, mix->scale, K * sizeof *mix->scale);
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
    memcpy(frozen->use_start, uses->start, ((size_t)V + 1) * sizeof *uses->start);
    frozen->use = pt_alloc(uses->start[V], sizeof *frozen->use);
    for (uint64_t i = 0; i < uses->start[V]; i++)
        frozen->use[i] = (pt_frozen_use){uses->use[i].item, uses->use[i].a};
}

/* Room for log_ratio, and for the sums of so many words that a message of them is worth while. */
static void open_rows(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, V = mix->corpus->V;
    const size_t row = ((size_t)K + 15) / 16 * 16, block = WORD_BLOCK * ((size_t)K + 1) * sizeof *mix->count,
                 n_blocks = ((size_t)V + WORD_BLOCK - 1) / WORD_BLOCK;
    const uint64_t most = mix->params->counts_bytes;
    const bool is_split = pt_ranks_size(mix->ranks) > 1 && most > 0 && V * row * sizeof(float) > most;
    const size_t n = (is_split && most < RUN_BYTES ? most : RUN_BYTES) / block;
    mix->n_owners = is_split ? (uint32_t)pt_ranks_size(mix->ranks) : 1;
    mix->evidence = pt_evidence_new(mix->corpus->D, V, pt_word_places(V, mix->n_owners), K);
    mix->run_blocks = (uint32_t)(n < 1 ? 1 : n < n_blocks ? n : n_blocks);
    mix->count = pt_alloc(mix->run_blocks, block);
    if (is_split)
        mix->fetched = pt_fetched_rows_new(mix->ranks, V, mix->evidence->log_ratio, row * sizeof(float));
}

static void mixture_open(mixture *mix) {
    const uint32_t K = mix->seeds->n_items, D = mix->corpus->D;
    const uint32_t V = mix->corpus->V;
    mix->threads = pt_threads(mix->params->threads);
    open_rows(mix);
    frozen_open(mix);
    mix->terms = pt_doc_terms_new(mix->corpus, mix->threads);
    pt_ranks_sum(mix->ranks, mix->terms->word_mass, V);
    int64_t mass = 0;
    for (uint32_t w = 0; w < V; w++)
        mass += mix->terms->word_mass[w];
    mix->mass = pt_fixed_value(mass);
    list_seed_uses(mix);
    mix->taught_scale = pt_zalloc(mix->corpus->V, sizeof *mix->taught_scale);
    mix->taught_total = pt_zalloc(K, sizeof *mix->taught_total);
    scale_taught(mix);
    mix->q = pt_posterior_new(D, K, mix->evidence->per_document);
    if (mix->codes)
        mix->soft = pt_posterior_new(D, K, mix->evidence->per_document);
    mix->log_size = pt_zalloc(K, sizeof *mix->log_size);
    mix->no_size = pt_zalloc(mix->evidence->row, sizeof *mix->no_size);
    mix->scale = pt_zalloc(mix->evidence->row, sizeof *mix->scale);
    mix->scratch = pt_alloc((size_t)mix->threads, sizeof *mix->scratch);
    for (int i = 0; i < mix->threads; i++)
        mix->scratch[i] = pt_zalloc_aligned(4 * mix->evidence->row, sizeof **mix->scratch);
    total_taught(mix);
}

/* Of several ranks: what training reads stays, and what judges later documents on rank 0. */
static void leave_little(pt_evidence *evidence, int rank) {
    free(evidence->S);
    free(evidence->A);
    free(evidence->strongest);
    free(evidence->has_any_evidence);
    free(evidence->margin);
    free(evidence->log_ratio);
    evidence->S = evidence->A = evidence->strongest = evidence->margin = evidence->log_ratio = NULL;
    evidence->has_any_evidence = NULL;
    if (rank > 0) {
        pt_frozen_free(evidence->frozen);
        evidence->frozen = NULL;
    }
}

static void mixture_close(mixture *mix) {
    pt_fetched_rows_free(mix->fetched);
    free(mix->count);
    pt_doc_terms_free(mix->terms);
    pt_seed_uses_free(mix->uses);
    for (size_t b = 0; b <= mix->corpus->V / WORD_BLOCK; b++) {
        pt_vec_free(&mix->cells[b].item);
        pt_vec_free(&mix->cells[b].mass);
    }
    free(mix->cells);
    free(mix->seed_total);
    free(mix->taught_total);
    free(mix->taught_scale);
    pt_posterior_free(mix->q);
    pt_posterior_free(mix->soft);
    pt_code_scores_free(mix->code_scores);
    free(mix->log_size);
    free(mix->no_size);
    free(mix->scale);
    for (int i = 0; i < mix->threads; i++)
        free(mix->scratch[i]);
    free(mix->scratch);
}

/* Whether all is well with all ranks, and there is something to judge. */
static pt_status agree(const pt_corpus *corpus, pt_ranks *ranks, pt_status status, pt_error *err) {
    status = pt_ranks_agree(ranks, status, err);
    if (status)
        return status;
    int64_t n_tokens = (int64_t)corpus->doc_start[corpus->D];
    pt_ranks_sum(ranks, &n_tokens, 1);
    return n_tokens ? PT_OK : pt_fail(err, PT_ERR_DATA, "no document has a word");
}

static bool is_stop_asked(const mixture *mix) {
    int64_t asked = pt_stop_requested(mix->params->monitor);
    pt_ranks_max(mix->ranks, &asked, 1);
    return asked;
}

pt_status pt_evidence_find(const pt_corpus *corpus, const pt_seeds *seeds, const pt_code_evidence *codes,
                           const pt_table_evidence *table, const pt_mixture_params *params, pt_evidence **out,
                           pt_error *err) {
    *out = NULL;
    pt_status status = check(corpus, seeds, params, err);
    if (!status)
        status = check_lists(corpus, seeds->n_items, codes, table, err);
    if ((status = agree(corpus, params->ranks, status, err)))
        return status;
    mixture mix = {.corpus = corpus,
                   .seeds = seeds,
                   .codes = params->code_weight > 0 ? codes : NULL,
                   .table = params->table_lambda > 0 ? table : NULL,
                   .params = params,
                   .ranks = params->ranks};
    mixture_open(&mix);
    mix.is_start = true;
    estimate(&mix); /* what was taught, alone */
    score_all(&mix);
    mix.is_start = false;
    mix.seed_mass = params->seed_mass;
    for (uint32_t step = 0; step < params->steps && !status; step++) {
        pt_progress(params->monitor, "evidence", step, params->steps);
        mix.is_last = step + 1 == params->steps;
        estimate(&mix);
        score_all(&mix);
        if (is_stop_asked(&mix))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request");
    }
    if (!status)
        frozen_close(&mix);
    mixture_close(&mix);
    if (pt_ranks_size(params->ranks) > 1)
        leave_little(mix.evidence, pt_ranks_rank(params->ranks));
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
