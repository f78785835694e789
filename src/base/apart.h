/* SPDX-License-Identifier: Apache-2.0 */
/* apart.h - work that may end its process is done in a child, so that the caller lives to tell: libraries
 * that do not look whether they got memory. */
#ifndef PT_BASE_APART_H
#define PT_BASE_APART_H

#include "base/status.h"

/* Calls work(user, err) in a child process and returns its status and message. What work changes in memory is
 * lost; what it writes to files stays. It must not use threads. The child goes when the caller's thread does.
 * Where no process can be made (a limit, strict accounting of memory) the work is done in this one. Errors:
 * those of work; PT_ERR_BUG when the child ended without a word, with the signal or exit status that ended
 * it; `what` opens that message. */
pt_status pt_run_apart(pt_status (*work)(void *user, pt_error *err), void *user, const char *what,
                       pt_error *err) PT_WARN_UNUSED;

#endif
