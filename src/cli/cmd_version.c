/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "cli/command.h"

#include <stdio.h>

static pt_status version(const pt_options *options, pt_console *console, pt_error *err) {
    (void)options;
    (void)console;
    (void)err;
    printf("patopic %s\ncompiled by %s\njansson %s\n", PT_VERSION, __VERSION__, JANSSON_VERSION);
    return PT_OK;
}

const pt_command pt_cmd_version = {
    "version", PT_FOR_VERSION, "", "version of the program and its libraries", NULL, version,
};
