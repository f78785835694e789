/* SPDX-License-Identifier: Apache-2.0 */
/* addresses.h - a user's table of applicants' addresses, for patents whose source gives none. */
#ifndef PT_PIPELINE_ADDRESSES_H
#define PT_PIPELINE_ADDRESSES_H

#include "base/status.h"

typedef struct pt_addresses pt_addresses;

/* A TSV with the columns applicant and address. A relative path is looked for beside the study file. Errors:
 * PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line (a column is missing, an applicant stands twice with
 * different addresses). Free with pt_addresses_free. */
pt_status pt_addresses_load(const char *path, const char *study_path, pt_addresses **out,
                            pt_error *err) PT_WARN_UNUSED;
void pt_addresses_free(pt_addresses *addresses); /* NULL is fine */
/* Borrowed; NULL when the applicant is not in the table. Names are compared byte by byte. */
const char *pt_addresses_find(const pt_addresses *addresses, const char *applicant);

#endif
