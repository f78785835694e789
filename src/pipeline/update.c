/* SPDX-License-Identifier: Apache-2.0 */
/* What a scheduler runs: read what is new, and if anything has changed, make the whole study again. The model
 * is fitted anew each time rather than folded in: a fit of 4,000 patents takes a second, and the outcome is
 * the very bytes that one run from scratch over the same sources gives. */
#include "base/file.h"
#include "pipeline/session.h"

#include <ctype.h>
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
    pt_store_run last;
    bool found;
    const pt_status status = pt_store_last_run(s->store, s->study->name, &last, &found, err);
    if (status)
        return status;
    char *current = pt_path_join(s->folder, "current");
    s->nothing_new = s->fresh == 0 && found && pt_file_exists(current) && last.seed == s->study->seed &&
                     strcmp(last.study_digest, s->study->digest) == 0 &&
                     strcmp(last.items_digest, s->items->digest) == 0;
    free(current);
    if (s->nothing_new)
        pt_say(s->monitor, PT_LEVEL_INFO, "nothing new: the report stays as it is");
    return PT_OK;
}
