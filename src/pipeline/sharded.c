/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/sharded.h"

#include "base/file.h"
#include "base/mem.h"
#include "pipeline/session.h"
#include "topics/fold.h"
#include "topics/ranks.h"
#include "topics/shard_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 64 };
static const char FRAME[] = "corpus-fit.bin", DICTIONARY[] = "corpus-dictionary",
                  LEARNED[] = "corpus-learned.tsv";

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

static pt_status write_all(pt_session *s, const char *folder, uint32_t n_files, pt_error *err) {
    pt_session_stage(s, "shard");
    pt_model *frame = s->model = frame_new(s->corpus, s->items->n);
    frame->frozen = pt_frozen_new(s->corpus->V, s->items->n);
    pt_status status = pt_session_describe_fit(s, frame->frozen, err);
    pt_fold_know(frame, s->corpus, s->keys.at);
    const pt_shard_patents patents = {frame->known, s->codes, s->table};
    frame->known = NULL;
    frame->n_known = 0;
    char *path = pt_path_join(folder, FRAME), *dictionary = pt_path_join(folder, DICTIONARY),
         *learned = pt_path_join(folder, LEARNED), words[64];
    if (!status)
        status = pt_make_folder(folder, err);
    if (!status)
        status = pt_model_save(frame, path, err);
    if (!status && s->learned.n)
        status = pt_collocations_write(&s->learned, learned, err);
    else
        remove(learned); /* of shards before these */
    if (!status)
        status = pt_store_dictionary(s->store, words, err);
    if (!status)
        status = write_text(dictionary, words, err);
    if (!status)
        status = pt_shards_write(folder, s->corpus, s->seeds, &patents, n_files, err);
    free(path);
    free(dictionary);
    free(learned);
    free(patents.known);
    return status;
}

pt_status pt_shard_store(const pt_params *params, const char *folder, uint32_t n_files,
                         const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = pt_session_tables(&session, err);
    if (!status)
        status = pt_session_load(&session, err);
    if (!status)
        status = write_all(&session, folder, n_files, err);
    pt_session_stage(&session, NULL);
    pt_session_close(&session);
    return status;
}

static pt_status load_frame(pt_session *session, pt_error *err) {
    char *path = pt_path_join(session->params->shards, FRAME);
    char *dictionary = pt_path_join(session->params->shards, DICTIONARY);
    char *learned = pt_path_join(session->params->shards, LEARNED);
    pt_model *frame = NULL;
    size_t n = 0;
    pt_status status = pt_model_load(path, &frame, err);
    if (!status)
        status = pt_file_read(dictionary, &session->dictionary, &n, err);
    if (!status && pt_file_exists(learned))
        status = pt_collocations_read(&session->learned, learned, err);
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
