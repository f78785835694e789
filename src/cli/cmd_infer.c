/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/infer.h"

#include <stdio.h>
#include <string.h>

static void print_row(void *user, const pt_inferred *row) {
    (void)user;
    if (row->rank)
        printf("%s\t%u\t%s\t%s\t%.4f\t%.3f\t%s\t%s\n", row->application_number, row->rank, row->item_id,
               row->item, row->score, row->share, row->confidence, row->evidence);
    else
        printf("%s\t\t\t%s\t\t\t\t\n", row->application_number, row->item);
}

static pt_status infer(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_need_paths(options, "infer", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    if (!options->shard || strncmp(options->shard, "1/", 2) == 0)
        puts("application_number\titem_rank\titem_id\titem\tscore\tshare\tconfidence\tevidence");
    status = pt_infer(&call.params, print_row, NULL, &console->monitor, err);
    if (fflush(stdout) != 0 && !status)
        status = pt_fail_errno(err, PT_ERR_IO, "standard output: cannot write");
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_infer = {
    "infer",
    PT_FOR_INFER,
    "PATH... --model FILE [--study FILE]",
    "the items of new patents by a model as it is, as TSV on stdout; nothing is stored",
    "A patent alone decides its rows: they do not depend on what else is read. With --study instead of "
    "--model:\n"
    "the model of that study. --shard I/N reads the I-th of N parts; the outputs of all parts, one behind "
    "the\n"
    "other, are those of the whole.",
    infer,
};
