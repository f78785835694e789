/* SPDX-License-Identifier: Apache-2.0 */
/* stage_params.h - from the command line to the parameters of a stage. */
#ifndef PT_CLI_STAGE_PARAMS_H
#define PT_CLI_STAGE_PARAMS_H

#include "cli/command.h"

typedef struct pt_stage_call {
    pt_params params;
    char *dict_folder, *lexicon; /* owned; borrowed by params */
} pt_stage_call;

pt_stage_call pt_stage_call_make(const pt_options *options);
void pt_stage_call_free(pt_stage_call *call);
/* Refuses a command without, or with, paths. */
pt_status pt_need_paths(const pt_options *options, const char *command, pt_error *err);
pt_status pt_refuse_paths(const pt_options *options, const char *command, pt_error *err);

/* Runs a stage that publishes a report, prints the table and where the report is. */
pt_status pt_call_with_report(pt_status (*stage)(const pt_params *, pt_result **, const pt_monitor *,
                                                 pt_error *),
                              const pt_options *options, pt_console *console, pt_error *err);

#endif
