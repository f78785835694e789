/* SPDX-License-Identifier: Apache-2.0 */
/* doctor.h - is everything that a study stands on whole? Dictionary, tables, store, model, published report.
 */
#ifndef PT_PIPELINE_DOCTOR_H
#define PT_PIPELINE_DOCTOR_H

#include "base/buf.h"
#include "patopic.h"

/* Appends one line a check to `lines`: name, tab, "ok" or what is wrong, tab, details. Returns PT_OK, or the
 * status of the first check that failed (err says what); all checks are made in any case. A model or a report
 * that is not there yet is no failure. */
pt_status pt_doctor(const pt_params *params, pt_buf *lines, pt_error *err) PT_WARN_UNUSED;

#endif
