/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/doctor.h"
#include "base/file.h"
#include "pipeline/published.h"
#include "pipeline/session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
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

/* A model beside a report of another one is what a killed update leaves; the next one makes it good. */
static void tell_model(visit *v, const pt_session *s, const pt_model *model) {
    char digest[65] = "", published[65] = "", run[256];
    pt_error unused = {0};
    pt_published_name(s->folder, run, sizeof run);
    if (pt_file_digest(s->model_path, digest, &unused) == PT_OK && run[0] &&
        pt_store_model_of(s->store, s->study->name, run, published, &unused) != PT_OK)
        published[0] = '\0';
    pt_buf_printf(
        v->lines, "\t%u topics, %u words, %u patents, digest %.16s%s%s", model->K, model->V, model->D, digest,
        published[0] && strcmp(published, digest) != 0 ? "; the report was made with another model" : "",
        model->frozen ? "" : "; cannot judge later patents: the next update fits anew");
}

static void check_model(visit *v, const pt_session *s) {
    pt_error found = {0};
    if (!pt_file_exists(s->model_path)) {
        pt_buf_puts(v->lines, "model\tok\tnot trained yet\n");
        return;
    }
    pt_model *model = NULL;
    if (note(v, "model", pt_model_load(s->model_path, &model, &found), &found))
        tell_model(v, s, model);
    pt_buf_putc(v->lines, '\n');
    pt_model_free(model);
}

static void check_report(visit *v, const pt_session *s) {
    char *current = pt_path_join(s->folder, "current");
    pt_error found = {0};
    uint64_t n = 0;
    if (!pt_file_exists(current) && !pt_is_link(current)) {
        pt_buf_puts(v->lines, "report\tok\tnot published yet\n");
    } else {
        note(v, "report", pt_published_check(current, &n, &found), &found);
        pt_buf_printf(v->lines, "\t%s, %" PRIu64 " files as published\n", current, n);
    }
    free(current);
}

static void tell_leftovers(visit *v, const pt_session *s) {
    const size_t n = pt_leftovers(s->folder, false);
    if (n)
        pt_buf_printf(v->lines, "leftovers\tok\t%zu of killed runs; --repair removes them\n", n);
}

static void tell_quarantine(void *user, const pt_quarantined *row) {
    (void)row;
    ++*(uint64_t *)user;
}

static void check_quarantine(visit *v, pt_session *s) {
    uint64_t n = 0;
    pt_error found = {0};
    if (note(v, "quarantine", pt_store_quarantine(s->store, tell_quarantine, &n, &found), &found))
        pt_buf_printf(v->lines, "\t%" PRIu64 " records%s", n, n ? "; see `patopic quarantine list`" : "");
    pt_buf_putc(v->lines, '\n');
}

/* Under the lock: nobody is writing what looks like a leftover. */
static void repair_all(visit *v, pt_session *s) {
    pt_error found = {0};
    uint64_t n_sources = 0;
    pt_status status = pt_session_lock(s, &found);
    if (!status && pt_store_check(s->store, &found)) {
        found = (pt_error){0};
        status = pt_store_repair(s->store, &n_sources, &found);
        if (!status)
            pt_buf_printf(v->lines, "repaired\tok\tstore; the next ingest reads %" PRIu64 " sources again\n",
                          n_sources);
    }
    if (status) {
        note(v, "repair", status, &found);
        pt_buf_putc(v->lines, '\n');
        return;
    }
    const size_t n = pt_leftovers(s->folder, true);
    if (n)
        pt_buf_printf(v->lines, "repaired\tok\t%zu leftovers of killed runs removed\n", n);
    char name[256];
    if (pt_published_mend(s->folder, name, sizeof name))
        pt_buf_printf(v->lines, "repaired\tok\tcurrent points to %s, the newest whole report\n", name);
}

static void tell_space(visit *v, const pt_session *s) {
    struct statvfs space;
    if (statvfs(s->folder, &space) == 0)
        pt_buf_printf(v->lines, "disk\tok\t%" PRIu64 " MB free\n",
                      (uint64_t)space.f_bavail * space.f_frsize / 1000000);
}

pt_status pt_doctor(const pt_params *params, bool repair, pt_buf *lines, pt_error *err) {
    visit v = {.lines = lines, .err = err};
    pt_session session;
    pt_error found = {0};
    pt_buf_printf(lines, "program\tok\tpatopic %s\n", PT_VERSION);
    if (note(&v, "study, dictionary, store", pt_session_open(&session, params, NULL, &found), &found)) {
        pt_buf_printf(lines, "\t%016" PRIx64 "\n", pt_lexicon_identity(session.lexicon));
        note(&v, "tables", pt_session_tables(&session, &found), &found);
        pt_buf_printf(lines, "\t%u items\n", session.items ? session.items->n : 0);
        if (repair)
            repair_all(&v, &session);
        check_store(&v, &session);
        check_quarantine(&v, &session);
        check_model(&v, &session);
        check_report(&v, &session);
        tell_leftovers(&v, &session);
        tell_space(&v, &session);
    } else {
        pt_buf_putc(lines, '\n');
    }
    pt_session_close(&session);
    return v.worst;
}
