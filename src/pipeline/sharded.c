/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/sharded.h"

#include "base/file.h"
#include "base/mem.h"
#include "pipeline/patent_words.h"
#include "topics/fold.h"
#include "topics/ranks.h"
#include "topics/shard_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 64 };
static const char FRAME[] = "corpus-fit.bin", DICTIONARY[] = "corpus-dictionary",
                  LEARNED[] = "corpus-learned.tsv", NEW_WORDS[] = "corpus-new-words.tsv";

/* A model of no documents that holds what is known of the fit before it, to be put into the model that is
 * trained from the shards. */
static pt_model *frame_new(const pt_corpus *corpus, uint32_t n_items) {
    pt_model *frame = pt_zalloc(1, sizeof *frame);
    frame->K = frame->n_items = n_items;
    frame->V = corpus->V;
    frame->beta = 1;
    frame->alpha = pt_alloc(n_items, sizeof *frame->alpha);
    for (uint32_t k = 0; k < n_items; k++)
        frame->alpha[k] = 1;
    frame->topic_total = pt_zalloc(n_items, sizeof *frame->topic_total);
    frame->word_start = pt_zalloc((size_t)corpus->V + 1, sizeof *frame->word_start);
    frame->keyword_start = pt_zalloc((size_t)n_items + 1, sizeof *frame->keyword_start);
    return frame;
}

static pt_status write_text(const char *path, const char *text, pt_error *err) {
    pt_writer *writer = NULL;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    pt_writer_puts(writer, text);
    return pt_writer_close(writer, err);
}

/* The store is read twice: words and their frequencies first, then shard by shard; no more than that is in
 * memory at a time. */
typedef struct cutting {
    pt_session *session;
    pt_patent_words words;
    pt_shard_writer *writer; /* NULL in the first round */
    uint32_t wants;          /* patents of the shard under way */
    uint64_t n_patents;      /* of the first round */
} cutting;

static pt_status count_patent(void *user, const pt_stored_patent *patent, pt_error *err) {
    (void)err;
    enum { HELD = 1 << 22 };
    cutting *c = user;
    c->n_patents++;
    pt_patent_words_add(&c->words, patent);
    if (pt_corpus_builder_held(c->words.builder) > HELD)
        pt_corpus_builder_drop(c->words.builder);
    return PT_OK;
}

static pt_status write_shard(cutting *c, pt_error *err) {
    pt_corpus *part = pt_corpus_take_part(c->words.builder);
    const pt_shard_patents patents = {pt_alloc(part->D, sizeof *patents.known),
                                      pt_patent_words_codes(&c->words), pt_patent_words_table(&c->words)};
    for (uint32_t d = 0; d < part->D; d++)
        patents.known[d] = pt_document_fingerprint(part, d, c->words.keys.at[d]);
    const pt_status status = pt_shard_writer_add(c->writer, part, 0, &patents, err);
    c->wants = pt_shard_writer_wants(c->writer);
    free(patents.known);
    pt_corpus_free(part);
    pt_patent_words_clear(&c->words);
    return status;
}

static pt_status changed(const pt_session *s, pt_error *err) {
    return pt_fail(err, PT_ERR_AGAIN, "%s: was changed while it was cut; try again", s->store_path);
}

static pt_status cut_patent(void *user, const pt_stored_patent *patent, pt_error *err) {
    cutting *c = user;
    if (c->wants == 0)
        return changed(c->session, err);
    pt_patent_words_add(&c->words, patent);
    pt_patent_words_add_codes(&c->words, patent);
    return c->words.keys.n == c->wants ? write_shard(c, err) : PT_OK;
}

/* session->corpus: D, words and frequencies. */
static pt_status count_words(cutting *c, pt_error *err) {
    pt_session *s = c->session;
    pt_status status = pt_session_learn(s, err);
    if (!status)
        status = pt_store_each(s->store, count_patent, c, s->monitor, err);
    if (!status && c->n_patents == 0)
        status = pt_fail(err, PT_ERR_NO_INPUT, "%s: the store holds no patent; see its table quarantine",
                         s->store_path);
    if (status)
        return status;
    pt_corpus_builder_drop(c->words.builder);
    const char **keep;
    const pt_corpus_params params = pt_session_corpus_params(s, &keep);
    status = pt_corpus_build_words(c->words.builder, &params, &s->corpus, err);
    free(keep);
    if (!status)
        s->seeds = pt_session_seeds(s);
    return status;
}

static pt_status write_shards(cutting *c, const char *folder, uint32_t n_files, pt_error *err) {
    pt_session *s = c->session;
    pt_status status = pt_shard_writer_open(folder, s->corpus->D, s->corpus->V, n_files, &c->writer, err);
    if (status)
        return status;
    c->wants = pt_shard_writer_wants(c->writer);
    status = pt_store_each(s->store, cut_patent, c, s->monitor, err);
    if (!status && c->wants > 0)
        status = changed(s, err);
    if (!status)
        return pt_shard_writer_close(c->writer, s->corpus, s->seeds, err);
    pt_shard_writer_abandon(c->writer);
    return status;
}

/* What is known of the fit before it, the store's dictionary, and the compounds learned. */
static pt_status write_frame(pt_session *s, const char *folder, pt_error *err) {
    pt_model *frame = s->model = frame_new(s->corpus, s->items->n);
    frame->frozen = pt_frozen_new(s->corpus->V, s->items->n);
    pt_status status = pt_session_describe_fit(s, frame->frozen, err);
    char *path = pt_path_join(folder, FRAME), *dictionary = pt_path_join(folder, DICTIONARY),
         *learned = pt_path_join(folder, LEARNED), *new_words = pt_path_join(folder, NEW_WORDS), words[64];
    if (!status)
        status = pt_make_folder(folder, err);
    if (!status)
        status = pt_model_save(frame, path, err);
    if (!status && s->learned.n)
        status = pt_collocations_write(&s->learned, learned, err);
    else
        remove(learned); /* of shards before these */
    if (!status)
        status = pt_session_keep_new_words(s, new_words, err);
    if (!status)
        status = pt_store_dictionary(s->store, words, err);
    if (!status)
        status = write_text(dictionary, words, err);
    free(path);
    free(dictionary);
    free(learned);
    free(new_words);
    return status;
}

pt_status pt_shard_store(const pt_params *params, const char *folder, uint32_t n_files,
                         const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = pt_session_tables(&session, err);
    if (!status) {
        cutting c = {.session = &session};
        pt_patent_words_open(&c.words, &session);
        pt_session_stage(&session, "count");
        status = count_words(&c, err);
        pt_session_stage(&session, "shard");
        if (!status)
            status = write_frame(&session, folder, err);
        if (!status)
            status = write_shards(&c, folder, n_files, err);
        pt_patent_words_close(&c.words);
    }
    pt_session_stage(&session, NULL);
    pt_session_close(&session);
    return status;
}

static pt_status load_frame(pt_session *session, pt_error *err) {
    char *path = pt_path_join(session->params->shards, FRAME);
    char *dictionary = pt_path_join(session->params->shards, DICTIONARY);
    char *learned = pt_path_join(session->params->shards, LEARNED);
    char *new_words = pt_path_join(session->params->shards, NEW_WORDS);
    pt_model *frame = NULL;
    size_t n = 0;
    pt_status status = pt_model_load(path, &frame, err);
    if (!status)
        status = pt_file_read(dictionary, &session->dictionary, &n, err);
    if (!status && pt_file_exists(learned))
        status = pt_collocations_read(&session->learned, learned, err);
    free(session->new_words); /* of a model before this one */
    session->new_words = NULL;
    if (!status && pt_file_exists(new_words))
        status = pt_file_read(new_words, &session->new_words, &n, err);
    if (!status && !(frame->frozen && frame->V == session->corpus->V))
        status = pt_fail(err, PT_ERR_DATA, "%s: of other shards; make them again with `patopic shard`", path);
    if (!status) {
        session->frame = frame->frozen;
        frame->frozen = NULL;
    }
    pt_model_free(frame);
    free(path);
    free(dictionary);
    free(learned);
    free(new_words);
    return status;
}

static pt_status load_shards(pt_session *session, pt_error *err) {
    pt_session_stage(session, "load");
    pt_ranks *ranks = session->params->ranks;
    pt_shard_set set = {0};
    pt_status status =
        pt_shards_read(session->params->shards, pt_ranks_rank(ranks), pt_ranks_size(ranks), &set, err);
    if (!status && !set.is_of_patents)
        status = pt_fail(err, PT_ERR_DATA, "%s: shards of a bag of words, not of a store; use `patopic lda`",
                         session->params->shards);
    session->corpus = set.corpus;
    session->seeds = set.seeds;
    session->known = set.patents.known;
    session->codes = set.patents.codes;
    session->table = set.patents.table;
    return status || pt_ranks_rank(ranks) > 0 ? status : load_frame(session, err);
}

static pt_status train(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    pt_ranks *ranks = params->ranks;
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status && pt_ranks_rank(ranks) == 0)
        status = pt_session_lock(&session, err);
    if (!status)
        status = load_shards(&session, err);
    status = pt_ranks_agree(ranks, status, err);
    if (!status)
        status = pt_session_evidence(&session, err);
    if (!status)
        status = pt_session_train(&session, err);
    pt_session_stage(&session, NULL);
    pt_session_close(&session);
    return status;
}

/* Where shards that are made for one training lie: beside the model. free() it. */
static pt_status own_folder(const pt_params *params, const pt_monitor *monitor, char **folder,
                            pt_error *err) {
    pt_params without = *params;
    without.shards = "shards"; /* so that the store is not opened */
    pt_session session;
    const pt_status status = pt_session_open(&session, &without, monitor, err);
    if (!status)
        *folder = pt_path_join(session.folder, without.shards);
    pt_session_close(&session);
    return status;
}

pt_status pt_train_shards(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    if (params->shards)
        return train(params, monitor, err);
    char *folder = NULL;
    pt_status status = own_folder(params, monitor, &folder, err);
    if (!status && pt_ranks_rank(params->ranks) == 0)
        status = pt_shard_store(params, folder, FILES, monitor, err);
    status = pt_ranks_agree(params->ranks, status, err);
    if (!status) {
        pt_params with = *params;
        with.shards = folder;
        status = train(&with, monitor, err);
    }
    if (folder && pt_ranks_rank(params->ranks) == 0)
        pt_shards_remove(folder);
    free(folder);
    return status;
}
