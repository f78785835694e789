/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/standard.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void print_finding(void *user, const pt_standard_row *row) {
    (void)user;
    printf("%s\t%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\n", row->item_id, row->item, row->after, row->what,
           row->others, row->patents);
}

static void print_change(void *user, const pt_standard_row *row) {
    (void)user;
    printf("%s\t%s\t%s\t%s\t%s\n", row->item_id, row->item, row->what, row->before, row->after);
}

static void print_proposal(void *user, const pt_standard_row *row) {
    (void)user;
    printf("%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t%.2f\n", row->item_id, row->item, row->after, row->patents,
           row->others, row->lift);
}

static void print_row(void *user, const char *row) {
    (void)user;
    puts(row);
}

static pt_status items(const pt_options *options, pt_console *console, pt_error *err) {
    const char *action = options->n_paths ? options->paths[0] : "";
    pt_stage_call call = pt_stage_call_make(options);
    pt_status status;
    if (options->n_paths > 0) {
        call.params.paths = options->paths + 1;
        call.params.n_paths = options->n_paths - 1;
    }
    if (strcmp(action, "check") == 0) {
        puts("item_id\titem\tseed\tproblem\titems_with_it\tpatents");
        status = pt_standard_check(&call.params, print_finding, NULL, &console->monitor, err);
    } else if (strcmp(action, "diff") == 0) {
        puts("item_id\titem\tchange\tbefore\tafter");
        status = pt_standard_diff(&call.params, print_change, NULL, err);
    } else if (strcmp(action, "suggest") == 0) {
        puts("item_id\titem\tword\tpatents\tof_item\tlift");
        status = pt_standard_suggest(&call.params, print_proposal, NULL, &console->monitor, err);
    } else if (strcmp(action, "teach") == 0) {
        status = pt_standard_teach(&call.params, print_row, NULL, &console->monitor, err);
    } else {
        status = pt_fail(err, PT_ERR_USAGE, "items: check, diff, suggest or teach? see `patopic help items`");
    }
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_items = {
    "items",
    PT_FOR_ITEMS,
    "check [--items FILE] [--store FILE] | diff OLD NEW | suggest --store FILE | teach --store FILE [EXCEPT]",
    "the standard: check its seeds, compare two editions, propose seeds, learn words; TSV on stdout",
    "check: one row a problem of a seed: lost (the analyser never gives it), cut (it gives less than the\n"
    "whole), shared (seed of several items), nested (inside a longer seed of the item), against (also a\n"
    "negative), and with --store: common (in over 5 % of the patents), never (in none).\n"
    "suggest: words of the store that no item uses and that stand mostly in patents of one item. They are\n"
    "proposals: accept a word by writing it into column seeds.\n"
    "teach: the words of the store's patents, counted for the items that their main codes admit\n"
    "(dict/ipc_items.tsv): the table that key taught_words of a study takes. EXCEPT: a file of application\n"
    "numbers that do not teach, so that they can be judged by what the others taught.",
    items,
};
