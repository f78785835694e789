/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - what a clock says, in seconds: CLOCK_MONOTONIC for waiting and for wall time,
 * CLOCK_PROCESS_CPUTIME_ID for what this process has computed. */
#ifndef PT_BASE_CLOCK_H
#define PT_BASE_CLOCK_H

#include <time.h>

static inline double pt_clock(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
