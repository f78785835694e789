/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/evaluate.h"

#include <math.h>
#include <stdio.h>

static void print_row(const char *name, double value) {
    if (isnan(value))
        printf("%s\t\n", name);
    else
        printf("%s\t%.4f\n", name, value);
}

static pt_status evaluate(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "evaluate", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    pt_evaluation e;
    status = pt_evaluate(&call.params, &e, &console->monitor, err);
    pt_console_close(console);
    pt_stage_call_free(&call);
    if (status)
        return status;
    puts("measure\tvalue");
    print_row("patents", (double)e.patents);
    print_row("coverage", e.coverage);
    print_row("coherence_npmi", e.coherence);
    print_row("topic_diversity", e.diversity);
    print_row("patents_with_known_code", (double)e.coded);
    print_row("agreement_top1", e.top1);
    print_row("agreement_top3", e.top3);
    print_row("agreement_macro_top1", e.macro);
    return PT_OK;
}

const pt_command pt_cmd_evaluate = {
    "evaluate",
    PT_FOR_EVALUATE,
    "--store FILE --study FILE [--model FILE]",
    "coherence, diversity, agreement with classification codes, as TSV on stdout",
    "Agreement: a patent whose main code is in ipc_items.tsv counts as right when the best item (one of the\n"
    "best three) is among those that the code admits; macro = mean over main groups. It says something only\n"
    "when the study does not use codes (code_weight and table_weight 0).",
    evaluate,
};
