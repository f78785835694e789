/* SPDX-License-Identifier: Apache-2.0 */
/* status.h - how a function of ours fails: it fills the caller's pt_error and returns the status. */
#ifndef PT_BASE_STATUS_H
#define PT_BASE_STATUS_H

#include "patopic.h"

/* pt_fail - write a printf-style message into err (may be NULL) and return status, so that a failing
 * function ends with `return pt_fail(err, PT_ERR_DATA, "%s:%u: ...", file, line);`. */
pt_status pt_fail(pt_error *err, pt_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* pt_fail_errno - the same, with ": " and the text of the current errno appended. */
pt_status pt_fail_errno(pt_error *err, pt_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
