/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - what changed between two published results of a study, and why. */
#ifndef PT_PIPELINE_COMPARE_H
#define PT_PIPELINE_COMPARE_H

#include "base/buf.h"
#include "base/status.h"

/* Appends a TSV of the changes from folder `before` to folder `after` (each holds run.json and the CSV files
 * of a report): first the causes (new patents, other parameters, another standard, another program), then
 * items that are in, out, up or down, then technologies, which are the same when they share more than half of
 * the patents of the smaller one, or the name. Errors: PT_ERR_NO_INPUT, PT_ERR_DATA (no such results). */
pt_status pt_compare(const char *before, const char *after, pt_buf *out, pt_error *err) PT_WARN_UNUSED;

#endif
