/* SPDX-License-Identifier: Apache-2.0 */
/* What a scheduler runs. New patents are judged by the model as it is (topics/fold.h): each alone, and those
 * that the fit has seen as the fit did. The model is fitted anew, from where it ends, when the study file
 * says so: it is old, it has seen too few of the patents, or the new ones are not like the others (drift.h).
 * What comes out is a function of the model before and of the store, so a run that was killed anywhere is
 * made good by the next one to the same bytes. */
#include "base/file.h"
#include "pipeline/published.h"
#include "pipeline/session.h"
#include "topics/frozen.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A path of the study file, relative to the folder of that file. */
static char *beside_study(const pt_study *study, const char *path) {
    const char *slash = strrchr(study->path, '/');
    if (path[0] == '/' || !slash)
        return pt_strdup(path);
    char *folder = pt_strndup(study->path, (size_t)(slash - study->path));
    char *joined = pt_path_join(folder, path);
    free(folder);
    return joined;
}

pt_status pt_session_sources(pt_session *s, pt_error *err) {
    if (s->params->n_paths > 0)
        return PT_OK;
    for (const char *part = s->study->sources; part;) {
        const char *comma = strchr(part, ',');
        size_t n = comma ? (size_t)(comma - part) : strlen(part);
        for (; n > 0 && isspace((unsigned char)*part); n--)
            part++;
        while (n > 0 && isspace((unsigned char)part[n - 1]))
            n--;
        if (n > 0) {
            char *path = pt_strndup(part, n);
            pt_vec_push(&s->paths, beside_study(s->study, path));
            free(path);
        }
        part = comma ? comma + 1 : NULL;
    }
    if (s->paths.n == 0)
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s: nothing to read; set sources = FOLDER in [update], or name paths",
                       s->study->path[0] ? s->study->path : "study");
    return PT_OK;
}

pt_status pt_session_news(pt_session *s, pt_error *err) {
    pt_store_last last;
    bool found;
    int64_t revision = 0;
    pt_status status = pt_store_last_run(s->store, s->study->name, &last, &found, err);
    if (!status)
        status = pt_store_revision(s->store, &revision, err);
    if (!status && found)
        status = pt_store_model_age(s->store, last.model, &s->age_days, err);
    if (status)
        return status;
    char current[NAME_MAX + 1];
    pt_published_name(s->folder, current, sizeof current);
    const bool is_due =
        s->study->refit == PT_REFIT_AUTO && last.folded > 0 && s->age_days > s->study->refit_after_days;
    s->nothing_new = found && current[0] && strcmp(last.folder, current) == 0 && last.revision == revision &&
                     last.seed == s->study->seed && strcmp(last.study_digest, s->study->digest) == 0 &&
                     strcmp(last.items_digest, s->items->digest) == 0 && !is_due;
    pt_session_tell_ingest(s);
    return PT_OK;
}

/* Why the model was fitted anew: kept by number, so the order stays. */
typedef struct reason {
    const char *english, *korean;
    bool is_cold; /* from scratch: what the model is made of is another */
} reason;
static const reason reasons[] = {
    {"", "", false},
    {"there was no model", "모형이 없었음", true},
    {"every update fits anew (refit = always)", "갱신할 때마다 새로 추정 (refit = always)", true},
    {"the model there was cannot judge new patents", "있던 모형으로는 새 특허를 판정할 수 없음", true},
    {"standard, dictionary, program or [model] of the study file are others",
     "품목 기준, 사전, 프로그램 또는 연구 파일의 [model]이 바뀜", true},
    {"what codes say is learned from all patents (code_weight)",
     "분류 코드의 몫은 모든 특허에서 배움 (code_weight)", true},
    {"the model was old (refit_after_days)", "모형이 오래됨 (refit_after_days)", false},
    {"the store has grown (refit_growth)", "특허가 많이 늘어남 (refit_growth)", false},
    {"new patents have other items (drift_limit)", "새 특허의 품목 구성이 다름 (drift_limit)", false},
    {"more of the new patents are 미분류 (drift_limit)", "새 특허에 미분류가 많음 (drift_limit)", false},
    {"new patents use other words (drift_limit)", "새 특허에 모르는 낱말이 많음 (drift_limit)", false},
};
enum {
    NONE,
    NO_MODEL,
    ALWAYS,
    USELESS,
    OTHERS,
    CODES,
    OLD,
    GROWN,
    DRIFT_ITEMS,
    DRIFT_UNCLASSIFIED,
    DRIFT_WORDS
};

/* Why the model that is there cannot stay, before a patent is looked at. */
static pt_status why_at_once(pt_session *s, int *why, pt_error *err) {
    *why = s->study->refit == PT_REFIT_ALWAYS ? ALWAYS : !pt_file_exists(s->model_path) ? NO_MODEL : NONE;
    if (*why)
        return PT_OK;
    pt_error wrong = {0};
    const pt_status found = pt_model_load(s->model_path, &s->model, &wrong);
    if (found == PT_ERR_IO)
        return pt_fail(err, found, "%s", wrong.message);
    if (found)
        pt_say(s->monitor, PT_LEVEL_WARN, "%s", wrong.message);
    if (found || !s->model->frozen || !s->model->form) {
        *why = USELESS;
        return PT_OK;
    }
    char digest[65];
    const pt_status status = pt_session_fit_digest(s, digest, err);
    if (strcmp(digest, s->model->frozen->fit_digest) != 0)
        *why = OTHERS;
    else if (s->model->frozen->code_weight > 0)
        *why = CODES;
    return status;
}

/* The same after the new patents have been judged and measured. */
static int why_by_measure(const pt_session *s) {
    const pt_study *study = s->study;
    if (study->refit != PT_REFIT_AUTO || s->drift.fresh == 0)
        return NONE;
    if ((double)s->drift.fresh > study->refit_growth * (double)s->drift.known)
        return GROWN;
    if (s->age_days > study->refit_after_days)
        return OLD;
    for (int kind = 0; kind < PT_N_DRIFTS; kind++)
        if (pt_drift_excess(&s->drift, kind) > study->drift_limit)
            return DRIFT_ITEMS + kind;
    return NONE;
}

/* Reason and measures are noted before the new model is there: the report that tells them may come from
 * another process, when this one is killed. */
static pt_status note_fit(pt_session *s, int why, pt_error *err) {
    pt_buf text = {0};
    const pt_drift *d = &s->drift;
    pt_buf_printf(&text, "%" PRId64 " %d %" PRIu64 " %" PRIu64 " %a %a %a %a %a", s->revision, why, d->known,
                  d->fresh, d->value[PT_DRIFT_ITEMS], d->unclassified_known, d->unclassified_fresh,
                  d->unknown_known, d->unknown_fresh);
    const pt_status status = pt_store_note(s->store, "fit", pt_buf_text(&text), err);
    pt_buf_free(&text);
    return status;
}

/* Whether the model is another than that of the published report, and why it was fitted. */
static pt_status recall_fit(pt_session *s, pt_error *err) {
    char digest[65], published[65], text[512], current[NAME_MAX + 1];
    pt_published_name(s->folder, current, sizeof current);
    pt_status status = pt_store_model_of(s->store, s->study->name, current, published, err);
    if (!status)
        status = pt_file_digest(s->model_path, digest, err);
    if (!status)
        status = pt_store_noted(s->store, "fit", text, sizeof text, err);
    if (status || strcmp(published, digest) == 0)
        return status;
    pt_drift d = pt_drift_none();
    int64_t revision;
    int why;
    if (sscanf(text, "%" SCNd64 " %d %" SCNu64 " %" SCNu64 " %la %la %la %la %la", &revision, &why, &d.known,
               &d.fresh, &d.value[PT_DRIFT_ITEMS], &d.unclassified_known, &d.unclassified_fresh,
               &d.unknown_known, &d.unknown_fresh) != 9 ||
        revision != s->revision || why < 0 || why >= (int)(sizeof reasons / sizeof *reasons))
        return PT_OK;
    s->fitted = true;
    s->reason = reasons[why].english;
    s->reason_korean = reasons[why].korean;
    s->drift = d;
    return PT_OK;
}

static pt_status fit_anew(pt_session *s, int why, pt_error *err) {
    pt_say(s->monitor, PT_LEVEL_INFO, "a new fit: %s", reasons[why].english);
    pt_model *before = reasons[why].is_cold ? NULL : s->model;
    if (!before)
        pt_model_free(s->model);
    s->model = NULL;
    pt_session_unload(s);
    pt_status status = pt_session_load(s, err);
    if (!status)
        status = note_fit(s, why, err);
    if (!status)
        status = pt_session_evidence(s, err);
    if (!status)
        status = pt_session_train_from(s, before, err);
    pt_model_free(before);
    s->fitted = true;
    s->reason = reasons[why].english;
    s->reason_korean = reasons[why].korean;
    return status ? status : pt_session_map(s, err);
}

static void tell_drift(const pt_session *s) {
    const pt_drift *d = &s->drift;
    if (d->fresh)
        pt_say(s->monitor, PT_LEVEL_INFO,
               "fold in: %" PRIu64 " new patents beside %" PRIu64
               " that the model was fitted to; divergence of items %.3f bits (chance %.3f), 미분류 %.3f "
               "(before %.3f), unknown words %.3f (before %.3f)",
               d->fresh, d->known, d->value[PT_DRIFT_ITEMS], d->chance[PT_DRIFT_ITEMS], d->unclassified_fresh,
               d->unclassified_known, d->unknown_fresh, d->unknown_known);
}

pt_status pt_session_refresh(pt_session *s, pt_error *err) {
    int why;
    pt_status status = why_at_once(s, &why, err);
    if (status)
        return status;
    if (why)
        return fit_anew(s, why, err);
    status = pt_session_load(s, err);
    if (!status)
        status = pt_session_judge(s, err);
    if (!status)
        status = pt_session_map(s, err);
    if (status)
        return status;
    s->drift = pt_drift_measure(s->mapping, s->corpus, s->is_known, s->lengths.at, s->study->seed);
    tell_drift(s);
    why = why_by_measure(s);
    return why ? fit_anew(s, why, err) : recall_fit(s, err);
}
