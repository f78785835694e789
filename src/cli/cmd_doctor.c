/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/doctor.h"

#include <stdio.h>

static pt_status doctor(const pt_options *options, pt_console *console, pt_error *err) {
    (void)console;
    pt_status status = pt_refuse_paths(options, "doctor", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    pt_buf lines = {0};
    status = pt_doctor(&call.params, options->repair, &lines, err);
    fputs(pt_buf_text(&lines), stdout);
    pt_buf_free(&lines);
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_doctor = {
    "doctor",
    PT_FOR_DOCTOR,
    "--study FILE [--repair] [--out DIR] [--store FILE] [--model FILE]",
    "is everything whole? dictionary, tables, store, model, report, disk",
    NULL,
    doctor,
};
