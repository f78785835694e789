/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/console.h"
#include "base/clock.h"
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A signal handler reaches nothing but a global; this one only ever turns on. */
static volatile sig_atomic_t stop_requested;

static void on_signal(int number) {
    stop_requested = 1;
    if (number != SIGUSR1)
        signal(number, SIG_DFL); /* the second one ends the process */
}

static const char *level_name(pt_level level) {
    static const char *const names[] = {"debug", "info", "warning", "error"};
    return names[level];
}

/* A line of its own, with the time: what cron appends to a file has no other. */
static void print_json(json_t *event) {
    char now[32];
    const time_t seconds = time(NULL);
    struct tm utc;
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
    json_object_set_new(event, "time", json_string(now));
    char *text = json_dumps(event, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(event);
    if (!text)
        return;
    fprintf(stderr, "%s\n", text);
    free(text);
}

static void end_line(pt_console *console) {
    if (console->line_open)
        fputs("\r\033[K", stderr);
    console->line_open = false;
}

static void on_message(void *user, pt_level level, const char *text) {
    pt_console *console = user;
    if (level == PT_LEVEL_DEBUG || (console->quiet && level < PT_LEVEL_ERROR) ||
        pt_ranks_rank(console->ranks) > 0)
        return;
    if (console->json) {
        print_json(json_pack("{s:s, s:s}", "level", level_name(level), "message", text));
        return;
    }
    end_line(console);
    fprintf(stderr, "patopic: %s%s%s\n", level >= PT_LEVEL_WARN ? level_name(level) : "",
            level >= PT_LEVEL_WARN ? ": " : "", text);
}

static void show_progress(pt_console *console, uint64_t done, uint64_t total, double elapsed) {
    if (console->json) {
        print_json(json_pack("{s:s, s:I, s:I, s:f}", "stage", console->stage, "done", (json_int_t)done,
                             "total", (json_int_t)total, "seconds", elapsed));
        return;
    }
    char left[64] = "";
    if (total && done && done < total) {
        const double remaining = elapsed * (double)(total - done) / (double)done;
        snprintf(left, sizeof left, ", %.0f s left", remaining);
    }
    const char *start = console->is_terminal ? "\r\033[K" : "";
    const char *end = console->is_terminal ? "" : "\n";
    if (total)
        fprintf(stderr, "%s%s: %" PRIu64 " of %" PRIu64 " (%.0f %%)%s%s", start, console->stage, done, total,
                100.0 * (double)done / (double)total, left, end);
    else
        fprintf(stderr, "%s%s: %" PRIu64 "%s", start, console->stage, done, end);
    console->line_open = console->is_terminal;
    fflush(stderr);
}

/* A line a second on a terminal, a line a minute elsewhere. */
static void on_progress(void *user, const char *stage, uint64_t done, uint64_t total) {
    pt_console *console = user;
    const double now = pt_clock(CLOCK_MONOTONIC);
    if (strncmp(console->stage, stage, sizeof console->stage - 1) != 0) {
        snprintf(console->stage, sizeof console->stage, "%s", stage);
        console->stage_start = console->last_shown = now;
        return;
    }
    if (console->quiet || now - console->last_shown < (console->is_terminal ? 1.0 : 60.0))
        return;
    console->last_shown = now;
    show_progress(console, done, total, now - console->stage_start);
}

void pt_console_open(pt_console *console, const pt_options *options, pt_ranks *ranks) {
    *console = (pt_console){
        .monitor = {on_message, on_progress, &stop_requested, console},
        .quiet = options->quiet || pt_ranks_rank(ranks) > 0,
        .ranks = ranks,
        .json = options->log_json,
        .is_terminal = isatty(STDERR_FILENO) && !options->log_json,
    };
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    signal(SIGUSR1, on_signal);
}

void pt_console_close(pt_console *console) {
    end_line(console);
}

void pt_console_error(pt_console *console, const pt_error *err) {
    on_message(console, PT_LEVEL_ERROR, err->message[0] ? err->message : "unknown failure");
}
