/* SPDX-License-Identifier: Apache-2.0 */
/* monitor.h - messages, progress and the stop request; every function takes a NULL monitor. */
#ifndef PT_BASE_MONITOR_H
#define PT_BASE_MONITOR_H

#include "patopic.h"

void pt_say(const pt_monitor *monitor, pt_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void pt_progress(const pt_monitor *monitor, const char *stage, uint64_t done, uint64_t total);
bool pt_stop_requested(const pt_monitor *monitor);

#endif
