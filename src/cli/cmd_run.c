/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"

#include <stdio.h>

static pt_status run(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_need_paths(options, "run", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    pt_result *result = NULL;
    status = pt_run(&call.params, &result, &console->monitor, err);
    pt_console_close(console);
    if (status == PT_OK || status == PT_OK_QUARANTINED) {
        if (!options->quiet)
            fputs(pt_result_table(result), stdout);
        printf("report: %s/report.html\n", pt_result_folder(result));
    }
    pt_result_free(result);
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_run = {
    "run",
    PT_FOR_RUN,
    "PATH... [--study FILE] [--out DIR]",
    "everything, from patent XML to the report",
    "PATH is a file or a folder: patent XML of any dialect, CSV exports, .gz, .zip, .tar.gz. What has been "
    "read\n"
    "before and has not changed is not read again. The report lands in OUT/STUDY/current/.",
    run,
};
