/* SPDX-License-Identifier: Apache-2.0 */
/* The stages of a study, each a few lines: the work is done in the rooms below. */
#include "base/file.h"
#include "base/parallel.h"
#include "pipeline/session.h"
#include "store/ingest.h"
#include "study/membership.h"
#include "topics/checkpoint.h"
#include "topics/seed_scores.h"
#include "topics/train.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

pt_status pt_session_ingest(pt_session *s, pt_error *err) {
    pt_session_stage(s, "ingest");
    pt_ingest_counts counts;
    const bool own = s->paths.n > 0;
    const char *const *paths = own ? (const char *const *)s->paths.at : s->params->paths;
    const pt_status status =
        pt_ingest_paths(s->store, s->lexicon, paths, own ? s->paths.n : s->params->n_paths,
                        pt_threads(s->params->threads), &counts, s->monitor, err);
    s->quarantined = counts.quarantined;
    s->fresh = counts.patents + counts.replaced;
    if (!status)
        pt_say(s->monitor, PT_LEVEL_INFO,
               "ingest: %" PRIu64 " sources (%" PRIu64 " unchanged), %" PRIu64 " new patents, %" PRIu64
               " replaced by fuller records, %" PRIu64 " duplicates, %" PRIu64 " quarantined",
               counts.sources, counts.unchanged, counts.patents, counts.replaced, counts.duplicates,
               counts.quarantined);
    return status;
}

pt_status pt_session_evidence(pt_session *s, pt_error *err) {
    pt_session_stage(s, "evidence");
    pt_mixture_params params = pt_mixture_params_default();
    params.threads = s->params->threads;
    params.monitor = s->monitor;
    params.code_weight = s->study->code_weight;
    params.table_lambda = s->study->table_weight;
    return pt_evidence_find(s->corpus, s->seeds, params.code_weight > 0 ? &s->codes : NULL,
                            params.table_lambda > 0 ? &s->table : NULL, &params, &s->evidence, err);
}

pt_train_params pt_session_train_params(const pt_session *s) {
    pt_train_params params = pt_train_params_default();
    params.general_topics = s->study->general_topics;
    params.sweeps = s->study->sweeps;
    params.seed = s->study->seed;
    params.title_weight = (uint32_t)(s->study->title_weight + 0.5);
    params.threads = s->params->threads;
    if (params.kept_sweeps > params.sweeps)
        params.kept_sweeps = params.sweeps;
    return params;
}

pt_status pt_session_train(pt_session *s, pt_error *err) {
    pt_session_stage(s, "train");
    pt_train_params params = pt_session_train_params(s);
    char *checkpoint = pt_path_join(s->folder, "train.ckpt");
    params.checkpoint = checkpoint;
    params.checkpoint_every = (uint32_t)s->params->checkpoint_every;
    params.checkpoint_minutes = s->params->checkpoint_minutes;
    params.resume = s->params->resume;
    pt_status status = pt_train(s->corpus, s->seeds, s->evidence, &params, &s->model, s->monitor, err);
    if (!status)
        status = pt_model_save(s->model, s->model_path, err);
    if (!status)
        pt_checkpoint_remove(checkpoint, params.ranks);
    free(checkpoint);
    return status;
}

pt_status pt_session_read_model(pt_session *s, pt_error *err) {
    pt_session_stage(s, "model");
    pt_status status = pt_model_load(s->model_path, &s->model, err);
    char digest[65];
    pt_corpus_digest(s->corpus, digest);
    if (!status && strcmp(digest, s->model->corpus_digest) != 0)
        status = pt_fail(
            err, PT_ERR_DATA,
            "%s: trained on other patents or words than the store now gives; run `patopic train` again",
            s->model_path);
    return status;
}

pt_status pt_session_map(pt_session *s, pt_error *err) {
    pt_session_stage(s, "map");
    (void)err;
    pt_seeds *seeds = pt_terms_seeds(s->outside_terms, s->outside, s->corpus, NULL, NULL);
    float *outside = pt_seed_scores_best(s->corpus, seeds, s->params->threads);
    pt_mapping_params params = pt_mapping_params_default();
    params.outside = outside;
    s->mapping = pt_map(s->evidence, s->model, &params);
    free(outside);
    pt_seeds_free(seeds);
    pt_say(s->monitor, PT_LEVEL_INFO, "map: %u of %u patents have an item, %u are unclassified",
           s->mapping->D - s->mapping->unclassified, s->mapping->D, s->mapping->unclassified);
    return PT_OK;
}

static pt_status keep_places(pt_session *s, pt_error *err) {
    size_t place = 0;
    for (uint32_t d = 0; d < s->documents->D; d++)
        for (uint32_t i = 0; i < s->documents->at[d].n_applicants; i++, place++) {
            const pt_place at = s->places.at[place];
            const pt_status status =
                pt_store_place(s->store, s->patent_ids.at[d], i, pt_region_name(s->regions, at.unit),
                               pt_region_rule_name(at.rule), err);
            if (status)
                return status;
        }
    return PT_OK;
}

static pt_status keep_assignments(pt_session *s, pt_error *err) {
    int64_t run;
    pt_status status = pt_store_add_run(s->store, s->study->name, s->study->digest, s->items->digest,
                                        s->study->seed, s->documents->D, &run, err);
    for (uint32_t d = 0; d < s->mapping->D && !status; d++)
        for (uint32_t i = s->mapping->start[d]; i < s->mapping->start[d + 1] && !status; i++)
            status = pt_store_assign(s->store, run, s->patent_ids.at[d], i - s->mapping->start[d] + 1,
                                     s->items->at[s->mapping->at[i].item].id, s->mapping->at[i].score, err);
    return status;
}

pt_status pt_session_keep_mapping(pt_session *s, pt_error *err) {
    pt_session_stage(s, "keep");
    pt_status status = pt_store_begin(s->store, err);
    if (status)
        return status;
    status = keep_places(s, err);
    if (!status)
        status = keep_assignments(s, err);
    const pt_status ended = pt_store_end(s->store, !status, status ? NULL : err);
    return status ? status : ended;
}

pt_status pt_session_select(pt_session *s, pt_error *err) {
    pt_session_stage(s, "select");
    s->memberships = pt_memberships_new(s->evidence, s->mapping);
    pt_status status = pt_indicators_compute(s->documents, s->memberships, s->study, &s->indicators, err);
    if (!status)
        status = pt_select_items(s->items, s->industries, s->indicators, s->study, &s->selection, err);
    return status;
}

pt_status pt_session_technologies(pt_session *s, pt_error *err) {
    pt_session_stage(s, "technologies");
    s->network = pt_network_new(s->documents, s->mapping);
    return pt_technologies_find(s->corpus, s->documents, s->memberships, s->selection, s->analyzer,
                                s->study->technologies, &s->technologies, err);
}
