/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Names are cut to fit a terminal, and only there; colour likewise, unless NO_COLOR is set (no-color.org) or
 * the terminal has none. */
static void fit_terminal(pt_params *params) {
    if (!isatty(STDOUT_FILENO))
        return;
    struct winsize size = {0};
    const char *no_colour = getenv("NO_COLOR"), *kind = getenv("TERM");
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        params->table_width = size.ws_col;
    params->table_colour = !(no_colour && no_colour[0]) && kind && strcmp(kind, "dumb") != 0;
}

pt_stage_call pt_stage_call_make(const pt_options *options) {
    pt_stage_call call = {.params = pt_params_default()};
    call.dict_folder = pt_cli_dict_folder(options);
    call.lexicon = pt_cli_lexicon_path(options);
    pt_params *params = &call.params;
    params->dict_folder = call.dict_folder;
    params->lexicon = call.lexicon;
    params->user_dict = options->user_dict;
    params->items = options->items;
    params->study = options->study;
    params->out = options->out;
    params->store = options->store;
    params->model = options->model;
    params->paths = options->paths;
    params->n_paths = options->n_paths;
    params->threads = options->threads;
    params->seed = options->seed;
    params->sweeps = options->sweeps;
    params->general_topics = options->general_topics;
    params->no_bom = options->no_bom;
    params->lf = options->lf;
    fit_terminal(params);
    params->checkpoint_every = options->checkpoint_every;
    params->checkpoint_minutes = options->checkpoint_minutes;
    params->resume = options->resume;
    params->shards = options->shards;
    params->shard = options->shard;
    params->merge = options->merge;
    params->counts_memory = options->counts_memory;
    return call;
}

void pt_stage_call_free(pt_stage_call *call) {
    free(call->dict_folder);
    free(call->lexicon);
    *call = (pt_stage_call){0};
}

pt_status pt_need_paths(const pt_options *options, const char *command, pt_error *err) {
    if (options->n_paths > 0)
        return PT_OK;
    return pt_fail(err, PT_ERR_USAGE, "%s: which files or folders? usage: patopic %s PATH...", command,
                   command);
}

pt_status pt_refuse_paths(const pt_options *options, const char *command, pt_error *err) {
    if (options->n_paths == 0)
        return PT_OK;
    return pt_fail(err, PT_ERR_USAGE, "%s takes no path ('%s'); see `patopic help %s`", command,
                   options->paths[0], command);
}

pt_status pt_call_with_report(pt_status (*stage)(const pt_params *, pt_result **, const pt_monitor *,
                                                 pt_error *),
                              const pt_options *options, pt_console *console, pt_error *err) {
    pt_stage_call call = pt_stage_call_make(options);
    pt_result *result = NULL;
    const pt_status status = stage(&call.params, &result, &console->monitor, err);
    pt_console_close(console);
    if (status == PT_OK || status == PT_OK_QUARANTINED) {
        if (!options->quiet)
            fputs(pt_result_table(result), stdout);
        if (pt_result_folder(result)[0])
            printf("report: %s/report.html\n", pt_result_folder(result));
    }
    pt_result_free(result);
    pt_stage_call_free(&call);
    return status;
}
