/* SPDX-License-Identifier: Apache-2.0 */
/* export.h - a study in the formats of other tools. */
#ifndef PT_PIPELINE_EXPORT_H
#define PT_PIPELINE_EXPORT_H

#include "patopic.h"

/* Reads store and model as pt_report does and writes OUT/STUDY/export-FORMAT/; *folder is that name, free it.
 * format: see report/exports.h. */
pt_status pt_export(const pt_params *params, const char *format, char **folder, const pt_monitor *monitor,
                    pt_error *err) PT_WARN_UNUSED;

#endif
