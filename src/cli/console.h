/* SPDX-License-Identifier: Apache-2.0 */
/* console.h - the only place that prints messages: progress with time left, warnings, JSON lines; and the
 * Ctrl-C that asks the running stage to save and stop (a second one ends the process at once). */
#ifndef PT_CLI_CONSOLE_H
#define PT_CLI_CONSOLE_H

#include "base/monitor.h"
#include "cli/options.h"
#include "topics/ranks.h"

typedef struct pt_console {
    pt_monitor monitor;
    bool quiet, json, is_terminal, line_open;
    char stage[32];
    double stage_start, last_shown;
    pt_ranks *ranks; /* NULL = the only process; of several, rank 0 alone speaks */
} pt_console;

/* Fills console->monitor; also installs the handlers of SIGINT, SIGTERM and SIGUSR1 (what a batch system
 * sends before it takes the machine away). */
void pt_console_open(pt_console *console, const pt_options *options, pt_ranks *ranks);
void pt_console_close(pt_console *console); /* ends an open progress line */
void pt_console_error(pt_console *console, const pt_error *err);

#endif
