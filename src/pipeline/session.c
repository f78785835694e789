/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/session.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "study/agreement.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

void pt_session_stage(pt_session *session, const char *stage) {
    const double now = pt_clock(CLOCK_MONOTONIC);
    if (session->stage) {
        const pt_stage_time time = {session->stage, now - session->stage_start};
        pt_vec_push(&session->times, time);
        pt_say(session->monitor, PT_LEVEL_INFO, "%s: %.1f s", time.stage, time.seconds);
    }
    session->stage = stage;
    session->stage_start = now;
}

/* A study's name as the name of a folder: no slash, not hidden. */
static char *folder_of(const char *out, const char *name) {
    char *safe = pt_strdup(name[0] ? name : "study");
    for (char *p = safe; *p; p++)
        if (*p == '/' || (unsigned char)*p < 0x20)
            *p = '_';
    if (safe[0] == '.')
        safe[0] = '_';
    char *folder = pt_path_join(out, safe);
    free(safe);
    return folder;
}

static char *default_path(const char *given, const char *folder, const char *name) {
    return given ? pt_strdup(given) : pt_path_join(folder, name);
}

/* NULL: the themes of the standard. */
static char *industries_path(const pt_session *s) {
    const char *name = s->study->industries;
    return strcmp(name, "themes") == 0 ? NULL
           : name[0]                   ? pt_path_beside(s->study->path, name)
                                       : pt_path_join(s->params->dict_folder, "industries.tsv");
}

char *pt_session_taught_path(const pt_session *s) {
    const char *name = s->study->taught_words;
    return strcmp(name, "none") == 0 ? NULL
           : name[0]                 ? pt_path_beside(s->study->path, name)
                                     : pt_path_join(s->params->dict_folder, "taught_words.tsv");
}

static pt_status load_taught(pt_session *s, pt_error *err) {
    char *path = pt_session_taught_path(s);
    const pt_status status = path ? pt_taught_words_load(path, s->items, &s->taught, err) : PT_OK;
    free(path);
    return status;
}

static pt_status look_up_sureness(pt_session *s, pt_error *err) {
    if (s->study->least_agreement <= 0)
        return PT_OK;
    char *path = pt_path_join(s->params->dict_folder, "agreement.tsv");
    const pt_status status = pt_agreement_sureness(path, s->study->least_agreement, &s->least_sureness, err);
    free(path);
    return status;
}

static pt_status load_tables(pt_session *s, pt_error *err) {
    const char *dict = s->params->dict_folder;
    char *standard = pt_path_join(dict, "items.tsv");
    char *items = default_path(s->params->items, dict, "items.tsv");
    char *industries = industries_path(s);
    char *regions = pt_path_join(dict, "regions.tsv");
    char *outside = pt_path_join(dict, "outside.tsv");
    char *concordance = pt_path_join(dict, "ipc_items.tsv");
    uint32_t n_without = 0;
    pt_status status = pt_items_load(items, &s->items, err);
    if (!status)
        status = pt_items_inherit(s->items, standard, &n_without, err);
    if (n_without)
        pt_say(
            s->monitor, PT_LEVEL_WARN,
            "%s: %u items have no seeds and no namesake in %s; only the words of their names speak for them",
            items, n_without, standard);
    if (!status && !industries)
        s->industries = pt_industries_of_themes(s->items);
    else if (!status)
        status = pt_industries_load(industries, s->items, s->params->items != NULL, &s->industries, err);
    if (!status)
        status = pt_items_load(outside, &s->outside, err);
    if (!status)
        status = pt_regions_load(regions, &s->regions, err);
    if (!status)
        status = pt_concordance_load(concordance, s->items, &s->concordance, err);
    if (!status)
        status = load_taught(s, err);
    if (!status)
        status = look_up_sureness(s, err);
    free(items);
    free(standard);
    free(industries);
    free(regions);
    free(outside);
    free(concordance);
    return status;
}

static pt_status open_study(pt_session *s, pt_error *err) {
    if (!s->params->study) {
        s->study = pt_study_default();
    } else {
        const pt_status status = pt_study_load(s->params->study, &s->study, err);
        if (status)
            return status;
    }
    if (s->params->seed)
        s->study->seed = s->params->seed;
    if (s->params->sweeps > 0)
        s->study->sweeps = (uint32_t)s->params->sweeps;
    if (s->params->general_topics >= 0)
        s->study->general_topics = (uint32_t)s->params->general_topics;
    s->folder = folder_of(s->params->out, s->study->name);
    s->store_path = s->params->store            ? pt_strdup(s->params->store)
                    : s->study->store[0] == '/' ? pt_strdup(s->study->store)
                                                : pt_path_join(s->folder, s->study->store);
    s->model_path = default_path(s->params->model, s->folder, "model.bin");
    return PT_OK;
}

pt_status pt_session_open_lexicon(const pt_session *s, const char *new_words, pt_lexicon **lexicon,
                                  pt_error *err) {
    pt_status status = pt_lexicon_open(lexicon, s->params->lexicon, err);
    if (!status && s->params->user_dict)
        status = pt_lexicon_add_user(*lexicon, s->params->user_dict, err);
    if (!status && new_words)
        status = pt_lexicon_add_learned(*lexicon, "new_words.tsv", new_words, err);
    return status;
}

pt_status pt_session_start(pt_session *session, const pt_params *params, const pt_monitor *monitor,
                           pt_error *err) {
    *session =
        (pt_session){.params = params, .monitor = monitor, .lock = -1, .reason = "", .reason_korean = ""};
    session->drift = pt_drift_none();
    pt_json_prepare();
    if (!params->dict_folder || !params->lexicon)
        return pt_fail(err, PT_ERR_USAGE, "dict_folder and lexicon must be given");
    if (params->threads < 0)
        return pt_fail(err, PT_ERR_USAGE, "threads = %d: expected 1 or more, or 0 for all cores",
                       params->threads);
    pt_status status = open_study(session, err);
    if (!status)
        status = pt_session_read_new_words(session, err);
    return status ? status : pt_session_open_lexicon(session, session->new_words, &session->lexicon, err);
}

pt_status pt_session_open(pt_session *session, const pt_params *params, const pt_monitor *monitor,
                          pt_error *err) {
    const pt_status status = pt_session_start(session, params, monitor, err);
    return status || params->shards ? status : pt_store_open(&session->store, session->store_path, err);
}

static pt_status load_written(pt_session *s, pt_error *err) {
    char *path = pt_path_join(s->params->dict_folder, "code_words.tsv");
    const pt_status status =
        pt_taught_words_of_codes(path, s->concordance, s->items, s->terms, s->analyzer, &s->written, err);
    free(path);
    return status;
}

pt_status pt_session_tables(pt_session *s, pt_error *err) {
    pt_status status = load_tables(s, err);
    if (!status)
        status = pt_scope_new(s->regions, s->study, &s->scope, err);
    if (!status && s->study->addresses[0])
        status = pt_addresses_load(s->study->addresses, s->study->path, &s->addresses, err);
    if (status)
        return status;
    return pt_session_read_items(s, err);
}

pt_status pt_session_read_items(pt_session *s, pt_error *err) {
    s->analyzer = pt_analyzer_new(s->lexicon);
    pt_status status = pt_terms_new(s->items, s->analyzer, s->params->dict_folder, NULL, &s->terms, err);
    if (!status)
        status = load_written(s, err);
    return status
               ? status
               : pt_terms_new(s->outside, s->analyzer, s->params->dict_folder, NULL, &s->outside_terms, err);
}

void pt_session_unload(pt_session *s) {
    pt_network_free(s->network);
    pt_technologies_free(s->technologies);
    pt_selection_free(s->selection);
    pt_indicators_free(s->indicators);
    pt_mapping_free(s->memberships);
    pt_mapping_free(s->mapping);
    pt_evidence_free(s->evidence);
    pt_seeds_free(s->seeds);
    pt_collocations_free(&s->learned);
    pt_documents_free(s->documents);
    pt_corpus_free(s->corpus);
    s->network = NULL;
    s->technologies = NULL;
    s->selection = NULL;
    s->indicators = NULL;
    s->memberships = NULL;
    s->mapping = NULL;
    s->evidence = NULL;
    s->seeds = NULL;
    s->documents = NULL;
    s->corpus = NULL;
    free(s->codes.start);
    free(s->codes.code);
    free(s->table.start);
    free(s->table.item);
    free(s->table.value);
    s->codes = (pt_code_evidence){0};
    s->table = (pt_table_evidence){0};
    pt_vec_free(&s->patent_ids);
    pt_vec_free(&s->keys);
    pt_vec_free(&s->lengths);
    pt_vec_free(&s->places);
    free(s->is_known);
    free(s->known);
    free(s->dictionary);
    pt_frozen_free(s->frame);
    s->frame = NULL;
    s->is_known = NULL;
    for (size_t i = 0; i < s->counts.n; i++)
        free(s->counts.at[i].name);
    for (size_t i = 0; i < s->sources.n; i++) {
        free(s->sources.at[i].path);
        free(s->sources.at[i].digest);
    }
    pt_vec_free(&s->counts);
    pt_vec_free(&s->sources);
}

void pt_session_close(pt_session *s) {
    pt_session_unload(s);
    pt_model_free(s->model);
    pt_news_free(s->news);
    pt_store_close(s->store);
    pt_terms_free(s->terms);
    pt_terms_free(s->outside_terms);
    pt_analyzer_free(s->analyzer);
    pt_lexicon_close(s->lexicon);
    free(s->new_words);
    pt_concordance_free(s->concordance);
    pt_taught_words_free(s->taught);
    pt_taught_words_free(s->written);
    pt_addresses_free(s->addresses);
    pt_scope_free(s->scope);
    pt_regions_free(s->regions);
    pt_industries_free(s->industries);
    pt_items_free(s->items);
    pt_items_free(s->outside);
    pt_study_free(s->study);
    for (size_t i = 0; i < s->paths.n; i++)
        free(s->paths.at[i]);
    pt_vec_free(&s->paths);
    pt_vec_free(&s->times);
    free(s->folder);
    free(s->store_path);
    free(s->model_path);
    free(s->run_name);
    if (s->lock >= 0)
        close(s->lock);
    *s = (pt_session){.lock = -1};
}

enum { HOLDER_BYTES = 256 };

/* "process 12 on host since 2026-01-01T03:00:00Z": who holds a lock, for people. */
static pt_status sign_lock(int lock, const char *path, pt_error *err) {
    char host[128] = "", since[32], text[HOLDER_BYTES];
    const time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    const int n = snprintf(text, sizeof text, "process %ld on %s since %s\n", (long)getpid(), host, since);
    if (ftruncate(lock, 0) != 0 || pwrite(lock, text, (size_t)n, 0) != n)
        return pt_fail_errno(err, PT_ERR_IO, "%s: cannot write", path);
    return PT_OK;
}

pt_status pt_session_lock(pt_session *s, pt_error *err) {
    pt_status status = pt_make_folder(s->folder, err);
    if (status)
        return status;
    char *path = pt_path_join(s->folder, ".lock");
    s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (s->lock < 0) {
        status = pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot create", path);
    } else if (flock(s->lock, LOCK_EX | LOCK_NB) != 0) {
        char holder[HOLDER_BYTES] = "";
        const ssize_t n = read(s->lock, holder, sizeof holder - 1);
        holder[n > 0 ? n : 0] = '\0';
        holder[strcspn(holder, "\n")] = '\0';
        status =
            pt_fail(err, PT_ERR_AGAIN, "%s: another run of this study is under way (%s); try again later",
                    path, holder[0] ? holder : "it has not said which");
    } else {
        status = sign_lock(s->lock, path, err);
    }
    free(path);
    return status;
}

uint64_t pt_peak_memory_bytes(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
}

pt_findings pt_session_findings(const pt_session *s) {
    return (pt_findings){
        .study = s->study,
        .items = s->items,
        .industries = s->industries,
        .documents = s->documents,
        .corpus = s->corpus,
        .evidence = s->evidence,
        .model = s->model,
        .mapping = s->mapping,
        .indicators = s->indicators,
        .selection = s->selection,
        .technologies = s->technologies,
        .network = s->network,
        .news = s->news,
        .counts = s->counts.at,
        .n_counts = s->counts.n,
        .sources = s->sources.at,
        .n_sources = s->sources.n,
        .times = s->times.at,
        .n_times = s->times.n,
        .peak_memory_bytes = pt_peak_memory_bytes(),
        .threads = pt_threads(s->params->threads),
    };
}
