/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"

static pt_status run(const pt_options *options, pt_console *console, pt_error *err) {
    const pt_status status = pt_need_paths(options, "run", err);
    return status ? status : pt_call_with_report(pt_run, options, console, err);
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
