/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/sharded.h"

#include "base/file.h"
#include "pipeline/session.h"
#include "topics/ranks.h"
#include "topics/shard_files.h"

#include <stdlib.h>
#include <string.h>

enum { FILES = 64 };

/* From the store to words and evidence, by one process, as training alone would. */
static pt_status load_all(pt_session *session, pt_error *err) {
    pt_status status = pt_session_tables(session, err);
    if (!status)
        status = pt_session_load(session, err);
    return status ? status : pt_session_evidence(session, err);
}

pt_status pt_shard_store(const pt_params *params, const char *folder, uint32_t n_files,
                         const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = load_all(&session, err);
    pt_session_stage(&session, status ? NULL : "shard");
    if (!status)
        status = pt_shards_write(folder, session.corpus, session.seeds, session.evidence, n_files, err);
    pt_session_stage(&session, NULL);
    pt_session_close(&session);
    return status;
}

static pt_status load_shards(pt_session *session, pt_error *err) {
    pt_session_stage(session, "load");
    pt_ranks *ranks = session->params->ranks;
    pt_shard_set set = {0};
    pt_status status =
        pt_shards_read(session->params->shards, pt_ranks_rank(ranks), pt_ranks_size(ranks), &set, err);
    if (!status && !set.seeds)
        status = pt_fail(err, PT_ERR_DATA, "%s: shards of a bag of words, not of a store; use `patopic lda`",
                         session->params->shards);
    session->corpus = set.corpus;
    session->seeds = set.seeds;
    session->evidence = set.evidence;
    return status;
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
