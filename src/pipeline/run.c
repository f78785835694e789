/* SPDX-License-Identifier: Apache-2.0 */
/* The public stages: which parts of a session each one runs, in which order. */
#include "pipeline/result.h"
#include "pipeline/session.h"
#include "pipeline/sharded.h"

typedef pt_status (*stage)(pt_session *, pt_error *);

static const stage INGEST[] = {pt_session_ingest, NULL};
/* clang-format off */
static const stage TRAIN[] = {pt_session_tables, pt_session_lock, pt_session_load, pt_session_evidence,
                              pt_session_train, NULL};
static const stage MAP[] = {pt_session_tables, pt_session_lock, pt_session_read_model, pt_session_load,
                            pt_session_judge, pt_session_map, pt_session_keep_mapping, NULL};
static const stage SELECT[] = {pt_session_tables, pt_session_read_model, pt_session_load, pt_session_judge,
                               pt_session_map, pt_session_select, NULL};
static const stage REPORT[] = {pt_session_tables, pt_session_lock, pt_session_read_model, pt_session_load,
                               pt_session_judge, pt_session_map, pt_session_select, pt_session_technologies, NULL};
static const stage RUN[] = {pt_session_tables, pt_session_lock, pt_session_ingest, pt_session_load,
                            pt_session_evidence, pt_session_train, pt_session_map, pt_session_keep_mapping,
                            pt_session_select, pt_session_technologies, NULL};
static const stage UPDATE[] = {pt_session_tables, pt_session_lock, pt_session_sources, pt_session_ingest_quietly,
                               pt_session_news, pt_session_refresh, pt_session_keep_mapping, pt_session_select,
                               pt_session_technologies, pt_session_news_since, NULL};
/* clang-format on */

static pt_status run_stages(const pt_params *params, const stage *stages, bool publish, pt_result **result,
                            const pt_monitor *monitor, pt_error *err) {
    pt_session session;
    char *folder = NULL;
    if (result)
        *result = NULL;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status && publish)
        pt_session_name_run(&session);
    for (size_t i = 0; stages[i] && !status && !session.nothing_new; i++) {
        status = stages[i](&session, err);
        if (!status && pt_stop_requested(monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request after '%s'; what was done is kept",
                             session.stage ? session.stage : "start");
    }
    if (!status && publish && !session.nothing_new)
        status = pt_session_publish(&session, &folder, err);
    if (!session.nothing_new)
        pt_session_stage(&session, NULL);
    if (!status && result)
        *result = pt_result_make(&session, folder);
    else
        free(folder);
    if (!status && session.quarantined)
        status = PT_OK_QUARANTINED;
    pt_session_close(&session);
    return status;
}

pt_params pt_params_default(void) {
    return (pt_params){.out = "out", .general_topics = -1, .checkpoint_minutes = 10};
}

pt_status pt_ingest(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, INGEST, false, NULL, monitor, err);
}

pt_status pt_train_model(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    if (params->shards || pt_ranks_size(params->ranks) > 1)
        return pt_train_shards(params, monitor, err);
    return run_stages(params, TRAIN, false, NULL, monitor, err);
}

pt_status pt_map_patents(const pt_params *params, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, MAP, false, NULL, monitor, err);
}

pt_status pt_select(const pt_params *params, pt_result **result, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, SELECT, false, result, monitor, err);
}

pt_status pt_report(const pt_params *params, pt_result **result, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, REPORT, true, result, monitor, err);
}

pt_status pt_run(const pt_params *params, pt_result **result, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, RUN, true, result, monitor, err);
}

pt_status pt_update(const pt_params *params, pt_result **result, const pt_monitor *monitor, pt_error *err) {
    return run_stages(params, UPDATE, true, result, monitor, err);
}
