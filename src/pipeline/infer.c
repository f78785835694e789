/* SPDX-License-Identifier: Apache-2.0 */
/* infer.c - patents are read in order; a batch of them is analysed on all cores, folded in, mapped and handed
 * out before the next one is read. */
#include "pipeline/infer.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/shard.h"
#include "patent/reader.h"
#include "pipeline/session.h"
#include "report/outline.h"
#include "store/batch.h"
#include "store/words.h"
#include "topics/fold.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 4096, UNIT = 16 };

typedef struct inferring {
    pt_session *session;
    const pt_fold *fold;
    pt_analyzer **analyzers; /* [threads] */
    int threads;
    pt_batch batch;
    void (*use)(void *user, const pt_inferred *row);
    void *user;
    uint64_t first, end, seen; /* patents of this shard, and read so far */
    uint64_t put_aside;
    pt_status status;
    pt_error *err;
} inferring;

static void analyse_unit(void *user, int worker, size_t unit) {
    inferring *in = user;
    for (size_t i = unit * UNIT; i < in->batch.records.n && i < (unit + 1) * UNIT; i++)
        pt_batch_tokenize(&in->batch.records.at[i], in->analyzers[worker]);
}

typedef PT_VEC(pt_term) terms;

static void add_words(const pt_session *s, pt_corpus_builder *builder, const pt_buf *nouns, bool is_title,
                      terms *scratch) {
    pt_term term;
    pt_vec_clear(scratch);
    for (size_t at = 0; pt_batch_next_noun(nouns, &at, &term.form, &term.bytes, &term.flags);)
        pt_vec_push(scratch, term);
    pt_terms_add(s->terms, builder, scratch->at, scratch->n, is_title);
}

static pt_status build_corpus(const inferring *in, pt_corpus **corpus, pt_error *err) {
    const pt_session *s = in->session;
    pt_corpus_builder *builder = pt_corpus_builder_new();
    terms scratch = {0};
    for (size_t i = 0; i < in->batch.records.n; i++) {
        pt_corpus_builder_begin_document(builder);
        add_words(s, builder, &in->batch.records.at[i].title, true, &scratch);
        add_words(s, builder, &in->batch.records.at[i].abstract, false, &scratch);
        pt_corpus_builder_end_document(builder);
    }
    const pt_status status = pt_corpus_build_known(builder, s->model->form, s->model->V, corpus, err);
    pt_corpus_builder_free(builder);
    pt_vec_free(&scratch);
    return status;
}

/* What the study's table of codes says, when it has a voice. */
static pt_table_evidence table_of(const inferring *in) {
    const pt_session *s = in->session;
    const uint32_t n_items = s->items->n;
    const size_t n = in->batch.records.n;
    PT_VEC(uint32_t) item = {0};
    PT_VEC(float) value = {0};
    uint64_t *start = pt_zalloc(n + 1, sizeof *start);
    float *row = pt_alloc(n_items, sizeof *row);
    for (size_t i = 0; i < n; i++) {
        const pt_patent *patent = &in->batch.records.at[i].patent;
        memset(row, 0, n_items * sizeof *row);
        size_t main = 0; /* IPC before CPC, the lowest rank first, as the store lists them */
        for (size_t c = 1; c < patent->codes.n; c++) {
            const pt_code *a = &patent->codes.at[c], *b = &patent->codes.at[main];
            if (a->scheme != b->scheme ? a->scheme == PT_SCHEME_IPC : a->rank < b->rank)
                main = c;
        }
        if (patent->codes.n && s->study->table_weight > 0)
            pt_concordance_add(s->concordance, patent->codes.at[main].symbol, 1.0f, row);
        for (uint32_t k = 0; k < n_items; k++)
            if (row[k] > 0) {
                pt_vec_push(&item, k);
                pt_vec_push(&value, row[k]);
            }
        start[i + 1] = item.n;
    }
    free(row);
    return (pt_table_evidence){start, item.at, value.at};
}

static void hand_out(const inferring *in, const pt_corpus *corpus, const pt_evidence *evidence,
                     const pt_mapping *mapping, uint32_t d) {
    const pt_items *items = in->session->items;
    const uint32_t from = mapping->start[d], to = mapping->start[d + 1];
    pt_inferred row = {.application_number = in->batch.records.at[d].patent.application_number,
                       .item_id = "",
                       .item = PT_UNCLASSIFIED,
                       .score = NAN,
                       .share = NAN,
                       .confidence = "",
                       .evidence = ""};
    if (from == to)
        in->use(in->user, &row);
    for (uint32_t i = from; i < to; i++) {
        pt_buf words = {0};
        pt_evidence_text(evidence, corpus, d, mapping->at[i].item, &words);
        row.rank = i - from + 1;
        row.item_id = items->at[mapping->at[i].item].id;
        row.item = items->at[mapping->at[i].item].name;
        row.score = (double)mapping->at[i].score;
        row.share = (double)mapping->at[i].share;
        row.confidence = pt_confidence_name((pt_confidence)mapping->confidence[d]);
        row.evidence = pt_buf_text(&words);
        in->use(in->user, &row);
        pt_buf_free(&words);
    }
}

static pt_status judge(const inferring *in, const pt_corpus *corpus, const pt_table_evidence *table,
                       const uint64_t *key, pt_error *err) {
    const pt_session *s = in->session;
    pt_evidence *evidence = NULL;
    pt_model view = *s->model; /* with the topics of this batch */
    pt_status status = pt_frozen_evidence(s->model->frozen, corpus, table, s->study->table_weight,
                                          in->threads, s->monitor, &evidence, err);
    if (status)
        return status;
    status = pt_fold_topics(in->fold, corpus, evidence, key, NULL, in->threads, s->monitor, &view.theta_topic,
                            &view.theta, err);
    if (!status) {
        view.D = corpus->D;
        float *outside = pt_frozen_outside(s->model->frozen, corpus, in->threads);
        const pt_mapping_params params = pt_session_mapping_params(s, outside);
        pt_mapping *mapping = pt_map(evidence, &view, &params);
        for (uint32_t d = 0; d < corpus->D; d++)
            hand_out(in, corpus, evidence, mapping, d);
        pt_mapping_free(mapping);
        free(outside);
        free(view.theta_topic);
        free(view.theta);
    }
    pt_evidence_free(evidence);
    return status;
}

static void flush(inferring *in) {
    const size_t n = in->batch.records.n;
    if (n == 0 || in->status)
        return;
    pt_parallel_for(in->threads, (n + UNIT - 1) / UNIT, analyse_unit, in);
    uint64_t *key = pt_alloc(n, sizeof *key);
    for (size_t i = 0; i < n; i++)
        key[i] = pt_patent_key(in->batch.records.at[i].patent.application_number);
    pt_corpus *corpus = NULL;
    in->status = build_corpus(in, &corpus, in->err);
    if (!in->status) {
        pt_table_evidence table = table_of(in);
        in->status = judge(in, corpus, &table, key, in->err);
        free(table.start);
        free(table.item);
        free(table.value);
    }
    pt_corpus_free(corpus);
    free(key);
    pt_batch_clear(&in->batch);
    pt_progress(in->session->monitor, "infer", in->seen - in->first,
                in->end == UINT64_MAX ? 0 : in->end - in->first);
    if (!in->status && pt_stop_requested(in->session->monitor))
        in->status = pt_fail(in->err, PT_ERR_AGAIN, "stopped on request");
}

static void take_patent(void *user, pt_patent *patent) {
    inferring *in = user;
    const uint64_t at = in->seen++;
    if (in->status || at < in->first || at >= in->end)
        return;
    pt_batch_take_patent(&in->batch, patent);
    if (in->batch.records.n >= BATCH)
        flush(in);
}

static void take_issue(void *user, const char *path, unsigned line, const char *reason, const char *excerpt) {
    inferring *in = user;
    (void)excerpt; /* may hold text of a patent: not for the log */
    in->put_aside++;
    if (line)
        pt_say(in->session->monitor, PT_LEVEL_WARN, "%s:%u: put aside: %s", path, line, reason);
    else
        pt_say(in->session->monitor, PT_LEVEL_WARN, "%s: put aside: %s", path, reason);
}

static void count_patent(void *user, pt_patent *patent) {
    (void)patent;
    ++*(uint64_t *)user;
}

static void pass_issue(void *user, const char *path, unsigned line, const char *reason, const char *excerpt) {
    (void)user, (void)path, (void)line, (void)reason, (void)excerpt;
}

static pt_status read_all(const pt_sources *sources, const pt_reader_sink *sink, pt_error *err) {
    pt_status status = PT_OK;
    for (size_t i = 0; i < sources->paths.n && !status; i++) {
        pt_reader_counts counts = {0};
        status = pt_reader_read(sources->paths.at[i], sink, &counts, err);
    }
    return status;
}

/* The patents of this part; all of them are counted first when it is not the whole. */
static pt_status find_shard(inferring *in, const pt_sources *sources, pt_error *err) {
    pt_shard shard;
    pt_status status = pt_shard_parse(in->session->params->shard, &shard, err);
    in->end = UINT64_MAX;
    if (status || shard.count == 1)
        return status;
    uint64_t n = 0;
    const pt_reader_sink sink = {count_patent, pass_issue, &n};
    status = read_all(sources, &sink, err);
    in->first = pt_shard_first(shard, n);
    in->end = pt_shard_end(shard, n);
    return status;
}

static pt_status check_model(pt_session *s, pt_error *err) {
    pt_status status = pt_model_load(s->model_path, &s->model, err);
    if (status)
        return status;
    const pt_frozen *frozen = s->model->frozen;
    char words[64], digest[65];
    if (!frozen || !s->model->form)
        return pt_fail(err, PT_ERR_DATA, "%s: it cannot judge patents that it was not fitted to; train again",
                       s->model_path);
    if (strcmp(frozen->items_digest, s->items->digest) != 0)
        return pt_fail(err, PT_ERR_DATA,
                       "%s: trained for another standard than %s; name that one with --items", s->model_path,
                       s->items->path);
    pt_words_identity(s->lexicon, words);
    pt_digest(words, strlen(words), digest);
    if (strcmp(frozen->words_digest, digest) != 0)
        pt_say(s->monitor, PT_LEVEL_WARN,
               "%s: trained with another dictionary or program: words may be read differently",
               s->model_path);
    if (frozen->code_weight > 0)
        pt_say(s->monitor, PT_LEVEL_WARN,
               "%s: trained with code_weight = %g; what codes say is left out here", s->model_path,
               (double)frozen->code_weight);
    return PT_OK;
}

static pt_status infer(pt_session *s, inferring *in, pt_error *err) {
    pt_sources sources = {0};
    pt_status status = pt_sources_list(s->params->paths, s->params->n_paths, &sources, err);
    if (!status)
        status = find_shard(in, &sources, err);
    pt_fold *fold = pt_fold_new(s->model);
    in->fold = fold;
    in->analyzers = pt_alloc((size_t)in->threads, sizeof *in->analyzers);
    for (int i = 0; i < in->threads; i++)
        in->analyzers[i] = pt_analyzer_new(s->lexicon);
    const pt_reader_sink sink = {take_patent, take_issue, in};
    if (!status)
        status = read_all(&sources, &sink, err);
    if (!status)
        flush(in);
    for (int i = 0; i < in->threads; i++)
        pt_analyzer_free(in->analyzers[i]);
    free(in->analyzers);
    pt_batch_free(&in->batch);
    pt_fold_free(fold);
    pt_sources_free(&sources);
    return status ? status : in->status;
}

pt_status pt_infer(const pt_params *params, void (*use)(void *user, const pt_inferred *row), void *user,
                   const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    pt_status status = pt_session_start(&session, params, monitor, err);
    if (!status)
        status = pt_session_tables(&session, err);
    if (!status)
        status = check_model(&session, err);
    if (!status)
        status = pt_session_read_learned(&session, err);
    inferring in = {
        .session = &session, .use = use, .user = user, .err = err, .threads = pt_threads(params->threads)};
    if (!status)
        status = infer(&session, &in, err);
    pt_session_close(&session);
    return !status && in.put_aside ? PT_OK_QUARANTINED : status;
}
