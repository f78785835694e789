/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: the report is written into OUT/STUDY/.run-ID, renamed to run-ID when whole, and the link
 * OUT/STUDY/current is swung to it by rename: a reader sees the old report or the new one. */
#include "base/file.h"
#include "base/mem.h"
#include "pipeline/published.h"
#include "pipeline/session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int is_run(const struct dirent *entry) {
    return strncmp(entry->d_name, "run-", 4) == 0 || strncmp(entry->d_name, ".run-", 5) == 0;
}

/* Keeps the newest `keep` runs (their names sort by time) and drops what a killed run left half written.
 * What has just been published stays, also where the clock was set back and its name sorts first. */
static void drop_old_runs(const char *folder, const char *published, uint32_t keep) {
    struct dirent **entries;
    const int n = scandir(folder, &entries, is_run, alphasort);
    int whole = 0;
    for (int i = 0; i < n; i++)
        whole += entries[i]->d_name[0] == 'r';
    for (int i = 0; i < n; i++) {
        const bool is_half = entries[i]->d_name[0] == '.';
        if (is_half || (whole > (int)keep && strcmp(entries[i]->d_name, published) != 0)) {
            char *path = pt_path_join(folder, entries[i]->d_name);
            pt_remove_folder(path);
            free(path);
            whole -= !is_half;
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

/* "20260101T120000Z", later within one second "…-2" and so on: the name of a folder that is not there. */
static char *new_run_name(const char *folder) {
    const time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    char stamp[32];
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    for (unsigned i = 1;; i++) {
        char *name = i == 1 ? pt_strfmt("run-%s", stamp) : pt_strfmt("run-%s-%u", stamp, i);
        char *path = pt_path_join(folder, name);
        const bool taken = pt_file_exists(path);
        free(path);
        if (!taken)
            return name;
        free(name);
    }
}

void pt_session_name_run(pt_session *s) {
    free(s->run_name);
    s->run_name = new_run_name(s->folder);
}

pt_status pt_session_publish(pt_session *s, char **published, pt_error *err) {
    pt_session_stage(s, "report");
    const char *name = s->run_name;
    char *hidden_name = pt_strfmt(".%s", name);
    char *hidden = pt_path_join(s->folder, hidden_name), *whole = pt_path_join(s->folder, name);
    char *current = pt_path_join(s->folder, "current");
    *published = NULL;
    pt_status status = pt_make_folder(hidden, err);
    if (!status) {
        const pt_findings findings = pt_session_findings(s);
        const pt_report_params params = {.no_bom = s->params->no_bom, .lf = s->params->lf};
        status = pt_report_write(&findings, &params, hidden, s->monitor, err);
    }
    if (!status)
        status = pt_sync_folder(hidden, err);
    if (!status && rename(hidden, whole) != 0)
        status = pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot rename to %s", hidden, whole);
    if (!status)
        status = pt_published_swing(s->folder, name, err);
    if (status)
        pt_remove_folder(hidden);
    else
        drop_old_runs(s->folder, name, s->study->keep_runs);
    if (!status)
        *published = pt_strdup(current);
    free(hidden_name);
    free(hidden);
    free(whole);
    free(current);
    return status;
}
