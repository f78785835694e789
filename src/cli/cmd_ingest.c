/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"

static pt_status ingest(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_need_paths(options, "ingest", err);
    if (!status && !options->store)
        status =
            pt_fail(err, PT_ERR_USAGE, "ingest: where to? usage: patopic ingest PATH... --store patents.db");
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    status = pt_ingest(&call.params, &console->monitor, err);
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_ingest = {
    "ingest",
    PT_FOR_INGEST,
    "PATH... --store FILE [--shard I/N] | --merge STORE... --store FILE",
    "patent files and folders into a store; unchanged sources are skipped",
    "--shard I/N reads every N-th source from the I-th on into a store of its own, as a job of an array; "
    "--merge\n"
    "puts such stores together. What comes out is what one ingest of all sources gives, for any N.",
    ingest,
};
