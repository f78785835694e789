/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/sampler.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "base/vec.h"
#include "topics/likelihood.h"
#include "topics/model.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 64, WORD_BLOCK = PT_WORD_BLOCK, UNIT = 1 << 11, UNITS = 3 };

static uint64_t times(const pt_corpus *corpus, uint64_t i, uint32_t title_weight) {
    const uint8_t flags = corpus->flags[i];
    return flags & PT_TOKEN_PART ? 0 : flags & PT_TOKEN_TITLE ? title_weight : 1;
}

static void repeat_tokens(pt_sampler *sampler, const pt_corpus *corpus) {
    const uint32_t title_weight = sampler->params.title_weight;
    sampler->own_word = pt_alloc(sampler->N, sizeof *sampler->own_word);
    sampler->word = sampler->own_word;
    uint64_t n = 0;
    for (uint32_t d = 0; d < corpus->D; d++) {
        sampler->doc_start[d] = n;
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++)
            for (uint64_t copies = times(corpus, i, title_weight); copies > 0; copies--)
                sampler->own_word[n++] = corpus->word[i];
    }
    sampler->doc_start[corpus->D] = n;
}

static void take_tokens(pt_sampler *sampler, const pt_corpus *corpus, bool once_each) {
    sampler->z = pt_zalloc(sampler->N, sizeof *sampler->z);
    sampler->doc_start = pt_alloc((size_t)sampler->D + 1, sizeof *sampler->doc_start);
    if (!once_each) {
        repeat_tokens(sampler, corpus);
        return;
    }
    memcpy(sampler->doc_start, corpus->doc_start, ((size_t)sampler->D + 1) * sizeof *sampler->doc_start);
    sampler->word = corpus->word;
}

/* Which part of the whole corpus this is. */
static void take_place(pt_sampler *sampler, const pt_corpus *corpus, uint64_t all_tokens) {
    pt_ranks *ranks = sampler->ranks = sampler->params.ranks;
    sampler->first_doc = corpus->first_doc;
    sampler->all_docs = pt_corpus_total(corpus);
    sampler->all_tokens = all_tokens;
    const uint32_t n_shards = pt_shards_of(sampler->all_docs);
    sampler->first_shard = (uint32_t)pt_ranks_first(n_shards, pt_ranks_rank(ranks), pt_ranks_size(ranks));
    sampler->end_shard = (uint32_t)pt_ranks_first(n_shards, pt_ranks_rank(ranks) + 1, pt_ranks_size(ranks));
    assert(pt_shard_document(sampler->all_docs, sampler->first_shard) == corpus->first_doc);
    assert(pt_shard_document(sampler->all_docs, sampler->end_shard) == corpus->first_doc + corpus->D);
}

static uint64_t bytes_of_rows(const pt_sampler *sampler) {
    const uint64_t K = sampler->params.K, row = (K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    return sampler->V * (K * sizeof(uint32_t) + row * sizeof(uint16_t));
}

/* Counts and rows: alone; of all ranks whole; or, where that does not fit, each word's with its owner. */
static void make_rows(pt_sampler *sampler) {
    const pt_sampler_params *params = &sampler->params;
    const int size = pt_ranks_size(sampler->ranks);
    const bool is_split =
        size > 1 && params->counts_bytes > 0 && bytes_of_rows(sampler) > params->counts_bytes;
    sampler->rows =
        pt_word_rows_new(sampler->V, params->K, params->beta, size == 1, is_split ? (uint32_t)size : 1);
    if (size > 1)
        sampler->exchange = pt_exchange_new(sampler->ranks, sampler->V, params->K, is_split, params->threads);
    if (!is_split)
        return;
    sampler->fetched = pt_fetched_rows_new(sampler->ranks, sampler->V, sampler->rows.r,
                                           sampler->rows.row * sizeof *sampler->rows.r);
    sampler->place = pt_alloc(sampler->N, sizeof *sampler->place);
}

/* A count of a word in a topic has 32 bits, the number of tokens has not: is every word rare enough? */
static pt_status check_words(const pt_corpus *corpus, const pt_sampler_params *params, uint64_t all_tokens,
                             pt_error *err) {
    if (all_tokens <= UINT32_MAX)
        return PT_OK;
    int64_t *n = pt_zalloc(corpus->V, sizeof *n);
    for (uint64_t i = 0; i < corpus->doc_start[corpus->D]; i++)
        n[corpus->word[i]] += (int64_t)times(corpus, i, params->title_weight);
    pt_ranks_sum(params->ranks, n, corpus->V);
    pt_status status = PT_OK;
    for (uint32_t w = 0; w < corpus->V && !status; w++)
        if (n[w] > UINT32_MAX)
            status = pt_fail(err, PT_ERR_DATA, "word %u occurs %lld times: the sampler counts up to %u", w,
                             (long long)n[w], UINT32_MAX);
    free(n);
    return status;
}

pt_status pt_sampler_new(const pt_corpus *corpus, const pt_sampler_params *params, pt_sampler **out,
                         pt_error *err) {
    *out = NULL;
    uint64_t N = 0;
    bool once_each = true;
    for (uint64_t i = 0; i < corpus->doc_start[corpus->D]; i++) {
        const uint64_t n = times(corpus, i, params->title_weight);
        N += n;
        once_each = once_each && n == 1;
    }
    int64_t all_tokens = (int64_t)N;
    pt_ranks_sum(params->ranks, &all_tokens, 1);
    pt_status status = check_words(corpus, params, (uint64_t)all_tokens, err);
    if (all_tokens == 0)
        status = pt_fail(err, PT_ERR_DATA, "no token to sample");
    if (status)
        return status;
    pt_sampler *sampler = pt_zalloc(1, sizeof *sampler);
    sampler->params = *params;
    take_place(sampler, corpus, (uint64_t)all_tokens);
    sampler->params.threads = pt_threads(params->threads);
    sampler->D = corpus->D;
    sampler->V = corpus->V;
    sampler->N = N;
    take_tokens(sampler, corpus, once_each);
    make_rows(sampler);
    const size_t row = sampler->rows.row;
    sampler->topic_total = pt_zalloc(params->K, sizeof *sampler->topic_total);
    sampler->alpha = pt_zalloc(params->K, sizeof *sampler->alpha);
    sampler->alpha_row = pt_zalloc_aligned(row, sizeof *sampler->alpha_row);
    sampler->scale = pt_zalloc_aligned(row, sizeof *sampler->scale);
    sampler->own_scale = pt_zalloc_aligned(row, sizeof *sampler->own_scale);
    sampler->plain_theta = pt_zalloc_aligned(row, sizeof *sampler->plain_theta);
    sampler->ones = pt_zalloc_aligned(row, sizeof *sampler->ones);
    for (uint32_t k = 0; k < params->K; k++)
        sampler->ones[k] = pt_bfloat16(1);
    sampler->space = pt_alloc((size_t)sampler->params.threads, sizeof *sampler->space);
    for (int i = 0; i < sampler->params.threads; i++)
        sampler->space[i] = pt_kernel_space_new(row);
    sampler->block_likelihood = pt_zalloc(pt_sampler_word_blocks(sampler), sizeof *sampler->block_likelihood);
    sampler->n_log_n = pt_likelihood_table(params->beta);
    *out = sampler;
    return PT_OK;
}

void pt_sampler_free(pt_sampler *sampler) {
    if (!sampler)
        return;
    for (int i = 0; i < sampler->params.threads; i++)
        pt_kernel_space_free(sampler->space[i]);
    free(sampler->space);
    free(sampler->doc_start);
    free(sampler->own_word);
    free(sampler->z);
    free(sampler->topic_total);
    free(sampler->alpha);
    free(sampler->boosts.start);
    free(sampler->boosts.topic);
    free(sampler->boosts.value);
    pt_keywords_free(sampler->keywords);
    pt_word_rows_free(&sampler->rows);
    pt_fetched_rows_free(sampler->fetched);
    free(sampler->place);
    free(sampler->alpha_row);
    free(sampler->scale);
    free(sampler->own_scale);
    free(sampler->plain_theta);
    free(sampler->ones);
    free(sampler->block_likelihood);
    free(sampler->n_log_n);
    pt_exchange_free(sampler->exchange);
    free(sampler);
}

const uint32_t *pt_sampler_counts(const pt_sampler *sampler, uint32_t w, uint32_t *room) {
    return sampler->exchange ? pt_exchange_row(sampler->exchange, w)
                             : pt_word_rows_counts(&sampler->rows, w, room);
}

/* pt_exchange_source */
static pt_words list_changes(void *user, int worker, uint32_t block, int32_t *change) {
    (void)worker;
    const pt_sampler *sampler = user;
    pt_words words = 0;
    for (int i = 0; i < sampler->params.threads; i++) {
        const pt_changes *changes = pt_kernel_space_changes(sampler->space[i]);
        words |=
            pt_changes_sum(&changes->bucket[block % PT_CHANGE_BUCKETS], block, sampler->params.K, change);
    }
    return words;
}

static void sort_bucket(void *user, int worker, size_t unit) {
    (void)worker;
    const pt_sampler *sampler = user;
    for (int i = 0; i < sampler->params.threads; i++)
        pt_changes_sort(&pt_kernel_space_changes(sampler->space[i])->bucket[unit]);
}

static void pack_block(void *user, int worker, size_t unit) {
    (void)worker;
    const pt_sampler *sampler = user;
    const pt_words touched = pt_exchange_touched(sampler->exchange, (uint32_t)unit);
    for (size_t w = unit * WORD_BLOCK; touched && w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++)
        if (touched >> w % PT_WORD_BLOCK & 1)
            pt_word_rows_pack(&sampler->rows, (uint32_t)w, pt_exchange_row(sampler->exchange, (uint32_t)w));
}

/* n_kw and rows of all ranks from what the workers of this one have changed. */
static void exchange_changes(pt_sampler *sampler) {
    const int threads = sampler->params.threads;
    pt_parallel_for(threads, PT_CHANGE_BUCKETS, sort_bucket, sampler);
    pt_exchange_run(sampler->exchange, list_changes, sampler);
    for (int i = 0; i < threads; i++)
        pt_changes_clear(pt_kernel_space_changes(sampler->space[i]));
    pt_parallel_for(threads, pt_sampler_word_blocks(sampler), pack_block, sampler);
}

/* Changes of all threads and ranks since the last merge into n_k, n_kw and rows. */
static void merge(pt_sampler *sampler, int64_t *change) {
    const uint32_t K = sampler->params.K;
    pt_ranks_sum(sampler->ranks, change, (size_t)K + 1);
    for (uint32_t k = 0; k < K; k++)
        sampler->topic_total[k] += (uint64_t)change[k]; /* modulo 2^64: a negative change subtracts */
    sampler->n_changed += (uint64_t)change[K];
    if (sampler->exchange)
        exchange_changes(sampler);
    else
        pt_word_rows_apply(&sampler->rows, sampler->space, sampler->params.threads);
}

/* Where topics are many. Not for seeded words, whose rows hold more than counts; and not where counts may
 * have to be split among ranks, however many ranks there are today. */
static bool wants_lists(const pt_sampler *sampler) {
    const pt_sampler_params *params = &sampler->params;
    const bool may_split = params->counts_bytes > 0 && bytes_of_rows(sampler) > params->counts_bytes;
    return params->K >= PT_LIST_TOPICS && !sampler->keywords && !may_split;
}

static void make_room(pt_sampler *sampler) {
    const pt_keywords *keywords = sampler->keywords;
    int64_t *n_w = pt_zalloc(sampler->V, sizeof *n_w);
    for (uint64_t t = 0; t < sampler->N; t++)
        n_w[sampler->word[t]]++;
    pt_ranks_sum(sampler->ranks, n_w, sampler->V);
    for (uint32_t i = 0; keywords && i < keywords->start[keywords->n_items]; i++)
        n_w[keywords->word[i]] = PT_WORD_WHOLE;
    pt_word_rows_begin(&sampler->rows, n_w, wants_lists(sampler));
    free(n_w);
}

void pt_sampler_begin(pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    make_room(sampler);
    int64_t *change = pt_zalloc((size_t)K + 1, sizeof *change);
    for (uint64_t t = 0; t < sampler->N; t++)
        change[sampler->z[t]]++;
    if (sampler->exchange) {
        pt_exchange_clear(sampler->exchange);
        for (uint32_t w = 0; w < sampler->V; w++)
            if (pt_exchange_row(sampler->exchange, w))
                pt_word_rows_pack(&sampler->rows, w, pt_exchange_row(sampler->exchange, w));
        for (uint64_t t = 0; t < sampler->N; t++)
            pt_changes_add(pt_kernel_space_changes(sampler->space[0]),
                           (pt_change){sampler->word[t], PT_NO_TOPIC, sampler->z[t]});
    } else {
        pt_word_rows_count(&sampler->rows, sampler->word, sampler->z, sampler->N, sampler->params.threads);
    }
    memset(sampler->topic_total, 0, K * sizeof *sampler->topic_total);
    merge(sampler, change);
    free(change);
}

static void prepare_lists(pt_sampler *sampler) {
    sampler->plain_total = 0;
    for (uint32_t k = 0; sampler->rows.lists && k < sampler->params.K; k++) {
        sampler->plain_theta[k] = pt_bfloat16(sampler->alpha_row[k] * sampler->scale[k]);
        sampler->plain_total += pt_float_of(sampler->plain_theta[k]);
    }
}

/* What the kernel needs of each topic. Taking one token out of n0_k turns (n0 + beta) full into
 * (n0 - 1 + beta) full', full' = own_scale; the token of a keyword is taken out of n0 too, which is nearly
 * the same because full and key are both close to 1 / n_k. */
static void prepare_topics(pt_sampler *sampler) {
    const pt_keywords *keywords = sampler->keywords;
    const double mass = sampler->V * sampler->params.beta;
    for (uint32_t k = 0; k < sampler->params.K; k++) {
        const double n = (double)sampler->topic_total[k];
        const bool is_item = keywords && k < keywords->n_items;
        const double n1 = is_item ? (double)keywords->n1_total[k] : 0, n0 = n - n1;
        const bool has_keywords = is_item && keywords->start[k + 1] > keywords->start[k];
        double less = n0 >= 1 ? (n0 + mass) / (n0 - 1 + mass) : 1;
        if (has_keywords && n0 >= 1) {
            const double gammas = keywords->gamma0 + keywords->gamma1;
            less *= (n0 - 1 + keywords->gamma0) * (n + gammas) / ((n0 + keywords->gamma0) * (n - 1 + gammas));
        }
        sampler->scale[k] = (float)(is_item ? keywords->full[k] : 1 / (n + mass));
        sampler->own_scale[k] = (float)less * sampler->scale[k];
        sampler->alpha_row[k] = (float)sampler->alpha[k];
    }
    prepare_lists(sampler);
}

/* n_kw of the i-th pair's word; NULL where another rank keeps it. A word that is WHOLE takes no room. */
static const uint32_t *keyword_counts(const pt_sampler *sampler, uint32_t i) {
    return pt_sampler_counts(sampler, sampler->keywords->word[i], NULL);
}

static void pack_keywords(pt_sampler *sampler) {
    const pt_keywords *keywords = sampler->keywords;
    for (uint32_t k = 0; k < keywords->n_items; k++)
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++)
            if (keyword_counts(sampler, i))
                pt_word_rows_set(&sampler->rows, keywords->word[i], k,
                                 (float)pt_sampler_keyword_cell(keywords, k, i));
}

/* Every pair was counted by the rank that keeps its word. */
static void share_keywords(pt_sampler *sampler) {
    pt_keywords *keywords = sampler->keywords;
    int64_t *n = pt_zalloc(2 * (size_t)keywords->n_pairs, sizeof *n);
    for (uint32_t i = 0; i < keywords->n_pairs; i++)
        if (keyword_counts(sampler, i)) {
            n[2 * i] = keywords->n0[i];
            n[2 * i + 1] = keywords->n1[i];
        }
    pt_ranks_sum(sampler->ranks, n, 2 * (size_t)keywords->n_pairs);
    for (uint32_t i = 0; i < keywords->n_pairs; i++) {
        keywords->n0[i] = (uint32_t)n[2 * i];
        keywords->n1[i] = (uint32_t)n[2 * i + 1];
    }
    free(n);
}

/* n0 and n1 of all keywords: drawn anew, or as the last draw left them. */
static void count_keywords(pt_sampler *sampler, bool is_draw) {
    pt_keywords *keywords = sampler->keywords;
    for (uint32_t k = 0; k < keywords->n_items; k++)
        for (uint32_t i = keywords->start[k]; i < keywords->start[k + 1]; i++) {
            const uint32_t *n_k = keyword_counts(sampler, i);
            if (n_k && is_draw)
                pt_keywords_draw(keywords, k, i, n_k[k], sampler->params.seed);
            else if (n_k)
                pt_keywords_take(keywords, i, n_k[k]);
        }
    if (sampler->fetched)
        share_keywords(sampler);
    if (is_draw)
        pt_keywords_close_draws(keywords);
    pt_keywords_weigh(keywords, sampler->topic_total, sampler->V);
}

/* scale and the cells of keywords as the counts are. */
static void prepare(pt_sampler *sampler, bool is_draw) {
    if (sampler->keywords)
        count_keywords(sampler, is_draw);
    prepare_topics(sampler);
    if (sampler->keywords)
        pack_keywords(sampler);
}

void pt_sampler_refresh(pt_sampler *sampler, bool with_likelihood) {
    prepare(sampler, true);
    if (with_likelihood)
        sampler->log_likelihood = pt_sampler_likelihood(sampler);
}

typedef struct slice {
    pt_sampler *sampler;
    pt_kernel *kernel;
    pt_kernel_job job;
    const pt_kernel_piece *piece;
    const size_t *unit; /* first piece of each unit of work, and the number of pieces behind the last */
} slice;

static void sample_unit(void *user, int worker, size_t unit) {
    const slice *part = user;
    const size_t first = part->unit[unit];
    part->kernel(&part->job, part->sampler->space[worker], part->piece + first, part->unit[unit + 1] - first);
}

/* First document from low on that ends behind token t; it is before `end`. */
static uint32_t document_of(const pt_sampler *sampler, uint64_t t, uint32_t low, uint32_t end) {
    uint32_t high = end - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sampler->doc_start[middle + 1] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef PT_VEC(pt_kernel_piece) piece_vec;
typedef PT_VEC(size_t) unit_vec;

/* Tokens of the next unit of work, of those that are left: large at first, because a unit ends with few
 * documents in flight, and small at last, so that no thread waits long for another. */
static uint64_t unit_of(const pt_sampler *sampler, uint64_t left) {
    const uint64_t share = left / ((uint64_t)sampler->params.threads * UNITS);
    return share > UNIT ? share : UNIT;
}

/* The s-th of S parts of every shard, in pieces of at most DOC_BLOCK documents, and in units of work. */
static void list_work(const pt_sampler *sampler, uint64_t s, uint64_t S, piece_vec *pieces, unit_vec *units) {
    uint64_t left = sampler->N / S, unit = 0, n_tokens = 0;
    for (uint32_t l = sampler->first_shard; l < sampler->end_shard; l++) {
        const uint32_t first_doc = pt_sampler_shard(sampler, l), end_doc = pt_sampler_shard(sampler, l + 1);
        const uint64_t first = sampler->doc_start[first_doc], n = sampler->doc_start[end_doc] - first;
        const uint64_t begin = first + n / S * s + n % S * s / S,
                       end = first + n / S * (s + 1) + n % S * (s + 1) / S;
        if (begin == end)
            continue;
        const uint32_t open = document_of(sampler, begin, first_doc, end_doc),
                       last = document_of(sampler, end - 1, open, end_doc) + 1;
        for (uint32_t d = open; d < last; d += DOC_BLOCK) {
            const uint32_t stop = last - d < DOC_BLOCK ? last : d + DOC_BLOCK;
            if (n_tokens == 0) {
                pt_vec_push(units, pieces->n);
                unit = unit_of(sampler, left);
            }
            pt_vec_push(pieces, ((pt_kernel_piece){begin, end, d, stop}));
            n_tokens += (end < sampler->doc_start[stop] ? end : sampler->doc_start[stop]) -
                        (begin > sampler->doc_start[d] ? begin : sampler->doc_start[d]);
            if (n_tokens < unit)
                continue;
            left -= n_tokens < left ? n_tokens : left;
            n_tokens = 0;
        }
    }
    pt_vec_push(units, pieces->n);
}

static pt_kernel_job job_of(const pt_sampler *sampler) {
    return (pt_kernel_job){.K = sampler->params.K,
                           .row = sampler->rows.row,
                           .doc_start = sampler->doc_start,
                           .word = sampler->word,
                           .place = sampler->fetched ? sampler->place : sampler->word,
                           .z = sampler->z,
                           .r = sampler->rows.r,
                           .alpha = sampler->alpha_row,
                           .lists = sampler->rows.lists,
                           .row_of = sampler->rows.place,
                           .plain_theta = sampler->plain_theta,
                           .plain_total = sampler->plain_total,
                           .ones = sampler->ones,
                           .boost_start = sampler->boosts.start,
                           .boost_topic = sampler->boosts.topic,
                           .boost = sampler->boosts.value,
                           .scale = sampler->scale,
                           .own_scale = sampler->own_scale,
                           .beta = (float)sampler->params.beta,
                           .seed = sampler->params.seed,
                           .sweep = sampler->n_sweeps,
                           .first_doc = sampler->first_doc};
}

/* Wants the rows of a unit of work. */
static void want_rows(pt_sampler *sampler, const pt_kernel_piece *pieces, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const uint64_t first = sampler->doc_start[pieces[i].doc_begin],
                       last = sampler->doc_start[pieces[i].doc_end];
        const uint64_t begin = first > pieces[i].token_begin ? first : pieces[i].token_begin,
                       end = last < pieces[i].token_end ? last : pieces[i].token_end;
        for (uint64_t t = begin; t < end; t++)
            sampler->place[t] = pt_fetched_rows_want(sampler->fetched, sampler->word[t]);
    }
}

/* As many units at a time as the rows of their words have room; all ranks go on until none has any left. */
static void sample_in_batches(slice *part, const unit_vec *units) {
    pt_sampler *sampler = part->sampler;
    const uint64_t most = sampler->params.counts_bytes / 2 / (sampler->rows.row * sizeof(uint16_t));
    const size_t n = units->n - 1;
    size_t next = 0;
    for (int64_t is_more = 1; is_more;) {
        const size_t begin = next;
        pt_fetched_rows_forget(sampler->fetched);
        for (; next < n && (next == begin || sampler->fetched->n_wanted < most); next++)
            want_rows(sampler, part->piece + units->at[next], units->at[next + 1] - units->at[next]);
        pt_fetched_rows_fetch(sampler->fetched);
        part->job.r = sampler->fetched->rows;
        part->unit = units->at + begin;
        pt_parallel_for(sampler->params.threads, next - begin, sample_unit, part);
        is_more = next < n;
        pt_ranks_max(sampler->ranks, &is_more, 1);
    }
}

static void sub_sweep(pt_sampler *sampler, uint64_t s, uint64_t S) {
    piece_vec pieces = {0};
    unit_vec units = {0};
    list_work(sampler, s, S, &pieces, &units);
    pt_kernel *kernel = sampler->rows.lists ? pt_kernel_choose_lists(sampler->params.kernel)
                                            : pt_kernel_choose(sampler->params.kernel);
    slice part = {sampler, kernel, job_of(sampler), pieces.at, units.at};
    if (sampler->fetched)
        sample_in_batches(&part, &units);
    else
        pt_parallel_for(sampler->params.threads, units.n - 1, sample_unit, &part);
    pt_vec_free(&pieces);
    pt_vec_free(&units);
    const uint32_t K = sampler->params.K;
    int64_t *change = pt_zalloc((size_t)K + 1, sizeof *change);
    for (int i = 0; i < sampler->params.threads; i++) {
        pt_kernel_space_collect(sampler->space[i], K, change);
        change[K] += (int64_t)pt_changes_count(pt_kernel_space_changes(sampler->space[i]));
    }
    merge(sampler, change);
    free(change);
}

static void settle_block(void *user, int worker, size_t unit) {
    (void)worker;
    const pt_sampler *sampler = user;
    uint32_t *room = pt_alloc(sampler->params.K, sizeof *room);
    for (size_t w = unit * WORD_BLOCK; w < sampler->V && w < (unit + 1) * WORD_BLOCK; w++)
        if (!pt_word_lists_has(sampler->rows.lists, (uint32_t)w))
            pt_word_rows_settle(&sampler->rows, (uint32_t)w, pt_sampler_counts(sampler, (uint32_t)w, room));
    free(room);
}

void pt_sampler_sweep(pt_sampler *sampler) {
    const uint64_t N = sampler->all_tokens,
                   S = sampler->params.sub_sweeps < N ? sampler->params.sub_sweeps : N;
    assert(S > 0);
    sampler->n_changed = 0;
    if (sampler->rows.lists)
        pt_parallel_for(sampler->params.threads, pt_sampler_word_blocks(sampler), settle_block, sampler);
    for (uint64_t s = 0; s < S; s++) {
        if (s == 0)
            pt_sampler_refresh(sampler, true);
        else
            prepare(sampler, false);
        sub_sweep(sampler, s, S);
    }
    sampler->n_sweeps++;
}

void pt_sampler_rest(pt_sampler *sampler) {
    for (int i = 0; i < sampler->params.threads; i++)
        pt_changes_shrink(pt_kernel_space_changes(sampler->space[i]));
}

bool pt_sampler_is_consistent(const pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    int64_t *total = pt_zalloc(K, sizeof *total);
    bool is_good = true;
    for (uint64_t t = 0; t < sampler->N; t++) {
        is_good = is_good && sampler->z[t] < K;
        if (sampler->z[t] < K)
            total[sampler->z[t]]++;
    }
    pt_ranks_sum(sampler->ranks, total, K);
    is_good = is_good && memcmp(total, sampler->topic_total, K * sizeof *total) == 0;
    free(total);
    return is_good;
}
