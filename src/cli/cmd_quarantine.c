/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/quarantine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_row(void *user, const pt_quarantined *row) {
    (void)user;
    printf("%" PRId64 "\t%s\t%u\t%s\n", row->id, row->path, row->line, row->reason);
}

typedef struct wanted {
    int64_t id;
    bool is_found;
} wanted;

static void show_row(void *user, const pt_quarantined *row) {
    wanted *self = user;
    if (row->id != self->id)
        return;
    self->is_found = true;
    printf("%s:%u\n%s\n", row->path, row->line, row->reason);
    if (row->excerpt[0])
        printf("\n%s\n", row->excerpt);
}

static pt_status show(const pt_params *params, const char *text, pt_error *err) {
    char *end;
    wanted self = {.id = strtoll(text, &end, 10)};
    if (end == text || *end)
        return pt_fail(err, PT_ERR_USAGE,
                       "quarantine show %s: the number of a record is wanted; see "
                       "`patopic quarantine list`",
                       text);
    const pt_status status = pt_quarantine_list(params, show_row, &self, err);
    if (status || self.is_found)
        return status;
    return pt_fail(err, PT_ERR_NO_INPUT, "quarantine: no record %s; see `patopic quarantine list`", text);
}

static pt_status quarantine(const pt_options *options, pt_console *console, pt_error *err) {
    const char *action = options->n_paths ? options->paths[0] : "";
    const size_t n = options->n_paths;
    pt_stage_call call = pt_stage_call_make(options);
    call.params.paths = NULL;
    call.params.n_paths = 0;
    pt_status status;
    if (strcmp(action, "list") == 0 && n == 1) {
        puts("id\tsource\tline\treason");
        status = pt_quarantine_list(&call.params, print_row, NULL, err);
    } else if (strcmp(action, "show") == 0 && n == 2) {
        status = show(&call.params, options->paths[1], err);
    } else if (strcmp(action, "retry") == 0 && n == 1) {
        status = pt_quarantine_retry(&call.params, &console->monitor, err);
    } else {
        status =
            pt_fail(err, PT_ERR_USAGE, "quarantine: list, show ID or retry? see `patopic help quarantine`");
    }
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_quarantine = {
    "quarantine",
    PT_FOR_QUARANTINE,
    "list | show ID | retry  --study FILE | --store FILE",
    "what could not be read: list it, show one record, read its sources again",
    "list: TSV of id, source, line (0: the file as a whole) and reason. retry: after the files have been "
    "put\n"
    "right, or with a newer program; what can be read now goes into the store.",
    quarantine,
};
