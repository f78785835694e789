/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"

static pt_status update(const pt_options *options, pt_console *console, pt_error *err) {
    if (!options->study)
        return pt_fail(err, PT_ERR_USAGE,
                       "update: which study? usage: patopic update --study FILE [PATH...]");
    return pt_call_with_report(pt_update, options, console, err);
}

const pt_command pt_cmd_update = {
    "update",
    PT_FOR_UPDATE,
    "--study FILE [PATH...] [--out DIR]",
    "what a scheduler runs: read what is new, publish a new report if anything has changed",
    "PATH: what to read; default: `sources` in [update] of the study file, relative to that file. Nothing "
    "new: no\n"
    "new report, exit 0. Another run under way: exit 75.",
    update,
};
