/* SPDX-License-Identifier: Apache-2.0 */
/* The stages of a study, each a few lines: the work is done in the rooms below. */
#include "base/file.h"
#include "base/parallel.h"
#include "pipeline/session.h"
#include "store/ingest.h"
#include "study/group_evidence.h"
#include "study/membership.h"
#include "topics/checkpoint.h"
#include "topics/fold.h"
#include "topics/seed_scores.h"
#include "topics/train.h"
#include "topics/warm.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell_ingest(const pt_session *s, const char *start, const char *end) {
    const pt_ingest_counts *n = &s->ingested;
    pt_say(s->monitor, PT_LEVEL_INFO,
           "%s: %" PRIu64 " sources (%" PRIu64 " unchanged), %" PRIu64 " new patents, %" PRIu64
           " replaced by fuller records, %" PRIu64 " duplicates, %" PRIu64 " quarantined%s",
           start, n->sources, n->unchanged, n->patents, n->replaced, n->duplicates, n->quarantined, end);
}

void pt_session_tell_ingest(const pt_session *s) {
    if (s->nothing_new)
        tell_ingest(s, "nothing new", "; the report stays as it is");
    else
        tell_ingest(s, "ingest", "");
}

pt_status pt_session_ingest(pt_session *s, pt_error *err) {
    const pt_status status = pt_session_ingest_quietly(s, err);
    if (!status)
        pt_session_tell_ingest(s);
    return status;
}

pt_status pt_session_ingest_quietly(pt_session *s, pt_error *err) {
    pt_session_stage(s, "ingest");
    const bool own = s->paths.n > 0;
    const char *const *paths = own ? (const char *const *)s->paths.at : s->params->paths;
    const size_t n_paths = own ? s->paths.n : s->params->n_paths;
    pt_shard shard;
    pt_status status = pt_shard_parse(s->params->shard, &shard, err);
    if (status)
        return status;
    if (s->params->merge)
        status = pt_ingest_merge(s->store, s->lexicon, paths, n_paths, &s->ingested, s->monitor, err);
    else
        status = pt_ingest_paths(s->store, s->lexicon, paths, n_paths, shard, pt_threads(s->params->threads),
                                 &s->ingested, s->monitor, err);
    s->quarantined = s->ingested.quarantined;
    s->fresh = s->ingested.patents + s->ingested.replaced;
    return status;
}

pt_status pt_session_evidence(pt_session *s, pt_error *err) {
    pt_session_stage(s, "evidence");
    pt_mixture_params params = pt_mixture_params_default();
    params.threads = s->params->threads;
    params.monitor = s->monitor;
    params.code_weight = s->study->code_weight;
    params.table_lambda = s->study->table_weight;
    params.ranks = s->params->ranks;
    params.counts_bytes = (uint64_t)(s->params->counts_memory * 1048576);
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

pt_status pt_session_describe_fit(const pt_session *s, pt_frozen *frozen, pt_error *err) {
    pt_seeds *outside = pt_terms_seeds(s->outside_terms, s->outside, s->corpus, NULL, NULL);
    pt_frozen_set_outside(frozen, outside, s->corpus);
    pt_seeds_free(outside);
    char words[64] = "";
    snprintf(frozen->items_digest, sizeof frozen->items_digest, "%s", s->items->digest);
    const pt_status status = pt_store_dictionary(s->store, words, err);
    pt_digest(words, strlen(words), frozen->words_digest);
    return status;
}

pt_status pt_session_complete_model(pt_session *s, pt_error *err) {
    pt_frozen *frozen = s->model->frozen = s->evidence->frozen;
    s->evidence->frozen = NULL;
    if (s->known) { /* from shards; the frame is with rank 0 */
        s->model->known = s->known;
        s->model->n_known = s->corpus->D;
        s->known = NULL;
        if (!s->frame)
            return PT_OK;
        pt_frozen_take_outside(frozen, s->frame);
        return pt_session_fit_digest(s, frozen->fit_digest, err);
    }
    pt_fold_know(s->model, s->corpus, s->keys.at);
    const pt_status status = pt_session_describe_fit(s, frozen, err);
    return status ? status : pt_session_fit_digest(s, frozen->fit_digest, err);
}

pt_status pt_session_fit_digest(const pt_session *s, char hex[65], pt_error *err) {
    static const char *const tables[] = {"outside.tsv", "ipc_items.tsv", "code_words.tsv",
                                         "korean/stopwords.tsv"};
    char words[64] = "", digest[65];
    pt_status status = s->store ? pt_store_dictionary(s->store, words, err) : PT_OK;
    pt_buf text = {0};
    pt_buf_printf(&text, "%s\n%s\n", s->dictionary ? s->dictionary : words,
                  s->items ? s->items->digest : s->model->frozen->items_digest);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && !status; i++) {
        char *path = pt_path_join(s->params->dict_folder, tables[i]);
        status = pt_file_digest(path, digest, err);
        pt_buf_printf(&text, "%s\n", digest);
        free(path);
    }
    char *taught = pt_session_taught_path(s);
    if (taught && !status) {
        status = pt_file_digest(taught, digest, err);
        pt_buf_printf(&text, "%s\n", digest);
    }
    free(taught);
    const pt_study *study = s->study;
    pt_buf_printf(&text, "%u %u %" PRIu64 " %a %a %a %u %a %u", study->general_topics, study->sweeps,
                  study->seed, study->title_weight, study->code_weight, study->table_weight,
                  study->min_patents_per_word, study->max_share_of_patents, study->collocations);
    if (study->new_words)
        pt_buf_printf(&text, " %u", study->new_words);
    pt_digest(text.at, text.n, hex);
    pt_buf_free(&text);
    return status;
}

/* goes_on: from a checkpoint that is of this very training, whoever left it; another one is removed. */
static pt_status train(pt_session *s, pt_train_params params, bool goes_on, pt_error *err) {
    char *checkpoint = pt_path_join(s->folder, "train.ckpt");
    params.checkpoint = checkpoint;
    params.checkpoint_every = (uint32_t)s->params->checkpoint_every;
    params.checkpoint_minutes = s->params->checkpoint_minutes;
    params.resume = s->params->resume || goes_on;
    params.ranks = s->params->ranks;
    params.counts_bytes = (uint64_t)(s->params->counts_memory * 1048576);
    const bool is_there = goes_on && pt_checkpoint_exists(checkpoint);
    pt_status status = pt_train(s->corpus, s->seeds, s->evidence, &params, &s->model, s->monitor, err);
    if (status == PT_ERR_DATA && is_there) {
        pt_say(s->monitor, PT_LEVEL_INFO, "%s; training from the start", err ? err->message : checkpoint);
        pt_checkpoint_remove(checkpoint, params.ranks);
        params.resume = false;
        status = pt_train(s->corpus, s->seeds, s->evidence, &params, &s->model, s->monitor, err);
    }
    if (!status)
        status = pt_session_complete_model(s, err);
    if (!status && pt_ranks_rank(params.ranks) == 0)
        status = pt_session_keep_learned(s, err);
    status = pt_ranks_agree(params.ranks, status, err);
    if (!status)
        status = pt_model_save_all(s->model, params.ranks, s->model_path, err);
    if (!status)
        pt_checkpoint_remove(checkpoint, params.ranks);
    free(checkpoint);
    return status;
}

pt_status pt_session_train(pt_session *s, pt_error *err) {
    pt_session_stage(s, "train");
    const pt_train_params params = pt_session_train_params(s);
    return train(s, params, false, err);
}

/* Topics that are there already move little: a third of the sweeps, and those that are kept. */
pt_status pt_session_train_from(pt_session *s, const pt_model *before, pt_error *err) {
    enum { FEWEST = 5 };
    pt_session_stage(s, "train");
    pt_train_params params = pt_session_train_params(s);
    if (before && pt_warm_fits(before, s->items->n + params.general_topics, s->items->n)) {
        const uint32_t sweeps =
            params.sweeps / 3 > params.kept_sweeps + FEWEST ? params.sweeps / 3 : params.kept_sweeps + FEWEST;
        params.before = before;
        params.sweeps = sweeps < params.sweeps ? sweeps : params.sweeps;
    }
    return train(s, params, true, err);
}

pt_status pt_session_read_model(pt_session *s, pt_error *err) {
    pt_session_stage(s, "model");
    pt_status status = pt_model_load(s->model_path, &s->model, err);
    if (status || !s->model->frozen)
        return status;
    char words[64], digest[65];
    status = pt_store_dictionary(s->store, words, err);
    pt_digest(words, strlen(words), digest);
    if (!status && strcmp(s->model->frozen->items_digest, s->items->digest) != 0)
        status =
            pt_fail(err, PT_ERR_DATA, "%s: trained for another standard than %s; run `patopic train` again",
                    s->model_path, s->items->path);
    if (!status && strcmp(s->model->frozen->words_digest, digest) != 0)
        status = pt_fail(err, PT_ERR_DATA,
                         "%s: trained with another dictionary or program than the store's words; run "
                         "`patopic train` again",
                         s->model_path);
    return status;
}

static pt_status check_same_corpus(const pt_session *s, pt_error *err) {
    char digest[65];
    pt_corpus_digest(s->corpus, digest);
    if (strcmp(digest, s->model->corpus_digest) == 0)
        return PT_OK;
    return pt_fail(
        err, PT_ERR_DATA,
        "%s: trained on other patents or words than the store now gives; run `patopic train` again",
        s->model_path);
}

pt_status pt_session_judge(pt_session *s, pt_error *err) {
    const pt_frozen *frozen = s->model->frozen;
    if (frozen && frozen->code_weight > 0) /* what codes say was learned from the others, and is not kept */
        frozen = NULL;
    if (!frozen) {
        const pt_status status = check_same_corpus(s, err);
        return status ? status : pt_session_evidence(s, err);
    }
    pt_session_stage(s, "fold in");
    pt_status status = pt_frozen_evidence(frozen, s->corpus, &s->table, s->study->table_weight,
                                          s->params->threads, s->monitor, &s->evidence, err);
    if (status)
        return status;
    uint16_t *topic;
    float *theta;
    s->is_known = pt_zalloc(s->corpus->D, sizeof *s->is_known);
    pt_fold *fold = pt_fold_new(s->model);
    status = pt_fold_topics(fold, s->corpus, s->evidence, s->keys.at, s->is_known, s->params->threads,
                            s->monitor, &topic, &theta, err);
    pt_fold_free(fold);
    if (status)
        return status;
    free(s->model->theta_topic);
    free(s->model->theta);
    s->model->theta_topic = topic;
    s->model->theta = theta;
    s->model->D = s->corpus->D;
    return PT_OK;
}

/* Best A of what the standard does not cover. */
static float *outside_scores(const pt_session *s) {
    if (s->model && s->model->frozen)
        return pt_frozen_outside(s->model->frozen, s->corpus, s->params->threads);
    pt_seeds *seeds = pt_terms_seeds(s->outside_terms, s->outside, s->corpus, NULL, NULL);
    float *outside = pt_seed_scores_best(s->corpus, seeds, s->params->threads);
    pt_seeds_free(seeds);
    return outside;
}

pt_mapping_params pt_session_mapping_params(const pt_session *s, const float *outside) {
    pt_mapping_params params = pt_mapping_params_default();
    params.outside = outside;
    params.least_sureness = s->least_sureness;
    return params;
}

pt_status pt_session_map(pt_session *s, pt_error *err) {
    pt_session_stage(s, "map");
    (void)err;
    float *outside = outside_scores(s);
    const pt_mapping_params params = pt_session_mapping_params(s, outside);
    s->mapping = pt_map(s->evidence, s->model, &params);
    free(outside);
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

static uint64_t count_folded(const pt_session *s) {
    uint64_t n = 0;
    for (uint32_t d = 0; s->is_known && d < s->corpus->D; d++)
        n += !s->is_known[d];
    return n;
}

static pt_status keep_assignments(pt_session *s, pt_error *err) {
    int64_t id;
    const pt_store_run run = {.study = s->study->name,
                              .study_digest = s->study->digest,
                              .items_digest = s->items->digest,
                              .folder = s->run_name ? s->run_name : "",
                              .model = s->model_digest,
                              .reason = s->reason,
                              .seed = s->study->seed,
                              .patents = s->documents->D,
                              .folded = count_folded(s),
                              .revision = s->revision,
                              .fitted = s->fitted,
                              .divergence = s->drift.value[PT_DRIFT_ITEMS],
                              .unclassified = s->drift.unclassified_fresh,
                              .unknown_words = s->drift.unknown_fresh};
    pt_status status = pt_store_add_run(s->store, &run, &id, err);
    for (uint32_t d = 0; d < s->mapping->D && !status; d++)
        for (uint32_t i = s->mapping->start[d]; i < s->mapping->start[d + 1] && !status; i++)
            status = pt_store_assign(s->store, id, s->patent_ids.at[d], i - s->mapping->start[d] + 1,
                                     s->items->at[s->mapping->at[i].item].id, s->mapping->at[i].score, err);
    return status ? status : pt_store_drop_runs(s->store, s->study->name, s->study->keep_runs, err);
}

pt_status pt_session_keep_mapping(pt_session *s, pt_error *err) {
    pt_session_stage(s, "keep");
    pt_status status = pt_file_digest(s->model_path, s->model_digest, err);
    if (!status)
        status = pt_store_begin(s->store, err);
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
    pt_patent_groups *groups = pt_patent_groups_new(s->corpus, s->documents, s->mapping);
    pt_group_evidence *said = pt_group_evidence_find(s->corpus, s->seeds, s->evidence, groups);
    s->memberships = pt_memberships_new(s->evidence, s->mapping, groups, said);
    pt_group_evidence_free(said);
    pt_patent_groups_free(groups);
    pt_status status = pt_indicators_compute(s->documents, s->memberships, s->study, &s->indicators, err);
    if (!status)
        status = pt_select_items(s->items, s->industries, s->indicators, s->study, &s->selection, err);
    return status;
}

pt_status pt_session_technologies(pt_session *s, pt_error *err) {
    pt_session_stage(s, "technologies");
    s->network = pt_network_new(s->documents, s->mapping);
    return pt_technologies_find(s->corpus, s->documents, s->memberships, s->items, s->selection, s->analyzer,
                                s->study->technologies, &s->technologies, err);
}
