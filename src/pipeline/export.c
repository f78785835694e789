/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/export.h"
#include "base/file.h"
#include "pipeline/session.h"
#include "report/exports.h"

#include <stdlib.h>

static pt_status find_everything(pt_session *session, pt_error *err) {
    static pt_status (*const stages[])(pt_session *, pt_error *) = {
        pt_session_tables, pt_session_read_model, pt_session_load,        pt_session_judge,
        pt_session_map,    pt_session_select,     pt_session_technologies};
    pt_status status = PT_OK;
    for (size_t i = 0; i < sizeof stages / sizeof *stages && !status; i++)
        status = stages[i](session, err);
    return status;
}

pt_status pt_export(const pt_params *params, const char *format, char **folder, const pt_monitor *monitor,
                    pt_error *err) {
    *folder = NULL;
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = find_everything(&session, err);
    if (!status) {
        pt_session_stage(&session, "export");
        const pt_findings findings = pt_session_findings(&session);
        char *name = pt_strfmt("export-%s", format);
        *folder = pt_path_join(session.folder, name);
        free(name);
        status = pt_export_write(&findings, format, *folder, err);
    }
    pt_session_stage(&session, NULL);
    if (status) {
        free(*folder);
        *folder = NULL;
    }
    pt_session_close(&session);
    return status;
}
