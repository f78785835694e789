/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/doctor.h"
#include "base/file.h"
#include "pipeline/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/statvfs.h>

typedef struct visit {
    pt_buf *lines;
    pt_error *err;
    pt_status worst;
} visit;

/* Notes the outcome of one check; the first failure is the one that is returned. */
static bool note(visit *v, const char *name, pt_status status, const pt_error *found) {
    pt_buf_printf(v->lines, "%s\t%s", name, status ? found->message : "ok");
    if (status && !v->worst) {
        v->worst = status;
        pt_fail(v->err, status, "%s", found->message);
    }
    return !status;
}

static void check_store(visit *v, pt_session *s) {
    pt_error found = {0};
    pt_store_totals totals = {0};
    pt_status status = pt_store_check(s->store, &found);
    if (!status)
        status = pt_store_total(s->store, &totals, &found);
    if (note(v, "store", status, &found))
        pt_buf_printf(v->lines,
                      "\t%" PRIu64 " patents of %" PRIu64 " sources, %" PRIu64 " words, %" PRIu64
                      " quarantined, %" PRIu64 " runs, last %s",
                      totals.patents, totals.sources, totals.words, totals.quarantined, totals.runs,
                      totals.last_run[0] ? totals.last_run : "never");
    pt_buf_putc(v->lines, '\n');
}

static void check_model(visit *v, const pt_session *s) {
    pt_error found = {0};
    if (!pt_file_exists(s->model_path)) {
        pt_buf_puts(v->lines, "model\tok\tnot trained yet\n");
        return;
    }
    pt_model *model = NULL;
    if (note(v, "model", pt_model_load(s->model_path, &model, &found), &found))
        pt_buf_printf(v->lines, "\t%u topics, %u words, %u patents", model->K, model->V, model->D);
    pt_buf_putc(v->lines, '\n');
    pt_model_free(model);
}

static void check_report(visit *v, const pt_session *s) {
    char *current = pt_path_join(s->folder, "current");
    char *json = pt_path_join(current, "run.json"), *page = pt_path_join(current, "report.html");
    pt_error found = {0};
    char digest[65];
    if (!pt_file_exists(current)) {
        pt_buf_puts(v->lines, "report\tok\tnot published yet\n");
    } else {
        pt_status status = pt_file_digest(json, digest, &found);
        if (!status)
            status = pt_file_digest(page, digest, &found);
        note(v, "report", status, &found);
        pt_buf_printf(v->lines, "\t%s\n", current);
    }
    free(current);
    free(json);
    free(page);
}

static void tell_space(visit *v, const pt_session *s) {
    struct statvfs space;
    if (statvfs(s->folder, &space) == 0)
        pt_buf_printf(v->lines, "disk\tok\t%" PRIu64 " MB free\n",
                      (uint64_t)space.f_bavail * space.f_frsize / 1000000);
}

pt_status pt_doctor(const pt_params *params, pt_buf *lines, pt_error *err) {
    visit v = {.lines = lines, .err = err};
    pt_session session;
    pt_error found = {0};
    pt_buf_printf(lines, "program\tok\tpatopic %s\n", PT_VERSION);
    if (note(&v, "study, dictionary, store", pt_session_open(&session, params, NULL, &found), &found)) {
        pt_buf_printf(lines, "\t%016" PRIx64 "\n", pt_lexicon_identity(session.lexicon));
        note(&v, "tables", pt_session_tables(&session, &found), &found);
        pt_buf_printf(lines, "\t%u items\n", session.items ? session.items->n : 0);
        check_store(&v, &session);
        check_model(&v, &session);
        check_report(&v, &session);
        tell_space(&v, &session);
    } else {
        pt_buf_putc(lines, '\n');
    }
    pt_session_close(&session);
    return v.worst;
}
