/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "pipeline/compare.h"

#include <stdio.h>

static pt_status compare(const pt_options *options, pt_console *console, pt_error *err) {
    (void)console;
    if (options->n_paths != 2)
        return pt_fail(err, PT_ERR_USAGE, "compare takes two folders of results, before and after");
    pt_buf table = {0};
    const pt_status status = pt_compare(options->paths[0], options->paths[1], &table, err);
    if (!status)
        fputs(pt_buf_text(&table), stdout);
    pt_buf_free(&table);
    return status;
}

const pt_command pt_cmd_compare = {
    "compare",
    PT_FOR_COMPARE,
    "BEFORE AFTER",
    "what changed between two results: items and technologies in, out, up, down, with reasons",
    "BEFORE and AFTER are folders such as out/STUDY/current or out/STUDY/run-…. TSV on stdout: kind, change, "
    "id,\n"
    "name, before, after, reason. Ranks are compared for items, patents for technologies; a technology is "
    "the same\n"
    "when it shares more than half of the patents of the smaller one.",
    compare,
};
