/* SPDX-License-Identifier: Apache-2.0 */
/* watchdog.h - ends the process when a call into somebody else's library does not come back. */
#ifndef PT_BASE_WATCHDOG_H
#define PT_BASE_WATCHDOG_H

typedef struct pt_watchdog pt_watchdog;

/* Unless it is stopped within so many seconds, writes the message and a line end to stderr and ends the
 * process with exit_code, at once and without cleaning up. The message is borrowed until then. NULL when
 * there can be no further thread; the call is then not watched. */
pt_watchdog *pt_watchdog_start(double seconds, int exit_code, const char *message);
void pt_watchdog_stop(pt_watchdog *watchdog); /* frees it; NULL is fine */

#endif
