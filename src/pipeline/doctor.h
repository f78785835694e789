/* SPDX-License-Identifier: Apache-2.0 */
/* doctor.h - is everything that a study stands on whole? Dictionary, tables, store, model, published report.
 */
#ifndef PT_PIPELINE_DOCTOR_H
#define PT_PIPELINE_DOCTOR_H

#include "base/buf.h"
#include "patopic.h"

/* Appends one line a check to `lines`: name, tab, "ok" or what is wrong, tab, details. With `repair` what can
 * be put right without loss is, first and under the lock of the study: what killed runs left, rows of the
 * store that point to nothing, patents without words (their sources are read again by the next ingest), a
 * `current` that points to no whole report; each is told on a line "repaired". Returns PT_OK, or the status
 * of the first check that failed (err says what); all checks are made in any case. A model or a report that
 * is not there yet is no failure. */
pt_status pt_doctor(const pt_params *params, bool repair, pt_buf *lines, pt_error *err) PT_WARN_UNUSED;

#endif
