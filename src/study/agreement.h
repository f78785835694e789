/* SPDX-License-Identifier: Apache-2.0 */
/* agreement.h - from a wished agreement of best items with classification codes to the sureness that a
 * patent must have to get an item (dict/agreement.tsv: measured, bench/mapping.sh agreement). */
#ifndef PT_STUDY_AGREEMENT_H
#define PT_STUDY_AGREEMENT_H

#include "base/status.h"

/* The least sureness (pt_mapping_params.least_sureness) of which the table states at least this
 * agreement, over 0 and at most 1. Errors: PT_ERR_NO_INPUT; PT_ERR_CONFIG with file:line (a column that is
 * not there, rows out of order, no number), or because no row states so much. */
pt_status pt_agreement_sureness(const char *path, double agreement, float *sureness,
                                pt_error *err) PT_WARN_UNUSED;

#endif
