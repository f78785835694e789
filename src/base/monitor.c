/* SPDX-License-Identifier: Apache-2.0 */
#include "base/monitor.h"

#include <stdarg.h>
#include <stdio.h>

void pt_say(const pt_monitor *monitor, pt_level level, const char *format, ...) {
    if (!monitor || !monitor->message)
        return;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    monitor->message(monitor->user, level, text);
}

void pt_progress(const pt_monitor *monitor, const char *stage, uint64_t done, uint64_t total) {
    if (monitor && monitor->progress)
        monitor->progress(monitor->user, stage, done, total);
}

bool pt_stop_requested(const pt_monitor *monitor) {
    return monitor && monitor->stop && *monitor->stop;
}
