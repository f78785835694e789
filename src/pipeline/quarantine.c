/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/quarantine.h"
#include "base/file.h"
#include "pipeline/session.h"

#include <stdlib.h>

/* A store that is not there is not made. */
static pt_status open_store(pt_session *s, const pt_params *params, const pt_monitor *monitor,
                            pt_error *err) {
    pt_status status = pt_session_start(s, params, monitor, err);
    if (!status && !pt_file_exists(s->store_path))
        status = pt_fail(err, PT_ERR_NO_INPUT, "%s: no such store; name it with --store or --study",
                         s->store_path);
    return status ? status : pt_store_open(&s->store, s->store_path, err);
}

pt_status pt_quarantine_list(const pt_params *params, void (*use)(void *user, const pt_quarantined *),
                             void *user, pt_error *err) {
    pt_session session;
    pt_status status = open_store(&session, params, NULL, err);
    if (!status)
        status = pt_store_quarantine(session.store, use, user, err);
    pt_session_close(&session);
    return status;
}

static void take_path(void *user, const char *path) {
    pt_session *s = user;
    if (pt_file_exists(path))
        pt_vec_push(&s->paths, pt_strdup(path));
    else
        pt_say(s->monitor, PT_LEVEL_WARN,
               "%s: is not there any more (paths are as they were given to ingest)", path);
}

pt_status pt_quarantine_retry(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    pt_status status = open_store(&session, params, monitor, err);
    if (!status)
        status = pt_store_retry(session.store, take_path, &session, err);
    if (!status && session.paths.n == 0)
        pt_say(monitor, PT_LEVEL_INFO, "no source to read again");
    else if (!status)
        status = pt_session_ingest(&session, err);
    pt_session_stage(&session, NULL);
    if (!status && session.quarantined)
        status = PT_OK_QUARANTINED;
    pt_session_close(&session);
    return status;
}
