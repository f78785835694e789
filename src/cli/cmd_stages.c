/* SPDX-License-Identifier: Apache-2.0 */
/* The later stages alone: train, map, select, report. Each starts from the files of the stage before. */
#include "cli/stage_params.h"

#include <math.h>
#include <stdio.h>

typedef pt_status (*stage_without_result)(const pt_params *, const pt_monitor *, pt_error *);

static pt_status call_stage(const char *name, stage_without_result stage, const pt_options *options,
                            pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, name, err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    status = stage(&call.params, &console->monitor, err);
    pt_stage_call_free(&call);
    return status;
}

static pt_status train(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "train", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    call.params.ranks = console->ranks;
    call.params.threads = pt_ranks_threads(console->ranks, options->threads);
    pt_ranks_set_patience(console->ranks, options->patience);
    status = pt_train_model(&call.params, &console->monitor, err);
    pt_stage_call_free(&call);
    return status;
}

static pt_status map(const pt_options *options, pt_console *console, pt_error *err) {
    return call_stage("map", pt_map_patents, options, console, err);
}

static void print_number(double value) {
    if (isnan(value))
        putchar('\t');
    else
        printf("\t%.4g", value);
}

static pt_status select_items(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "select", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    pt_result *result = NULL;
    status = pt_select(&call.params, &result, &console->monitor, err);
    pt_console_close(console);
    if (!status) {
        const pt_result_item *items;
        const size_t n = pt_result_items(result, &items);
        puts("industry\titem_id\titem\tpatents\tshare\tlq_shrunk\tgrowth\tstability");
        for (size_t i = 0; i < n; i++) {
            printf("%s\t%s\t%s", items[i].industry, items[i].item_id, items[i].item);
            print_number(items[i].patents);
            print_number(items[i].share);
            print_number(items[i].lq_shrunk);
            print_number(items[i].growth);
            print_number(items[i].stability);
            putchar('\n');
        }
    }
    pt_result_free(result);
    pt_stage_call_free(&call);
    return status;
}

static pt_status report(const pt_options *options, pt_console *console, pt_error *err) {
    const pt_status status = pt_refuse_paths(options, "report", err);
    return status ? status : pt_call_with_report(pt_report, options, console, err);
}

const pt_command pt_cmd_train = {
    "train",
    PT_FOR_TRAIN,
    "--store FILE --study FILE [--model FILE]",
    "store to model: seeded LDA with a topic for every item",
    NULL,
    train,
};
const pt_command pt_cmd_map = {
    "map",
    PT_FOR_MAP,
    "--store FILE --study FILE [--model FILE]",
    "items of every patent, into the store's table `assignment`",
    NULL,
    map,
};
const pt_command pt_cmd_select = {
    "select",
    PT_FOR_SELECT,
    "--store FILE --study FILE [--model FILE]",
    "the region's leading items, as TSV on stdout",
    NULL,
    select_items,
};
const pt_command pt_cmd_report = {
    "report",
    PT_FOR_REPORT,
    "--store FILE --study FILE [--model FILE] [--out DIR]",
    "store and model to tables, workbook and page",
    NULL,
    report,
};
