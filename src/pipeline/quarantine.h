/* SPDX-License-Identifier: Apache-2.0 */
/* quarantine.h - what could not be read: told, and tried again. */
#ifndef PT_PIPELINE_QUARANTINE_H
#define PT_PIPELINE_QUARANTINE_H

#include "patopic.h"
#include "store/store.h"

/* Hands every record that was put aside to `use`, by source and position. Errors: PT_ERR_NO_INPUT when there
 * is no store. */
pt_status pt_quarantine_list(const pt_params *params, void (*use)(void *user, const pt_quarantined *),
                             void *user, pt_error *err) PT_WARN_UNUSED;
/* Reads the sources behind them again, as pt_ingest would if they had changed; one that is gone is told as a
 * warning and passed over. PT_OK_QUARANTINED: something is still put aside. */
pt_status pt_quarantine_retry(const pt_params *params, const pt_monitor *monitor,
                              pt_error *err) PT_WARN_UNUSED;

#endif
