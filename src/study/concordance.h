/* SPDX-License-Identifier: Apache-2.0 */
/* concordance.h - classification codes to items (dict/ipc_items.tsv): the row with the longest code that is a
 * prefix of the patent's code at a boundary of the scheme (subclass, main group, group) speaks; several rows
 * of one code speak together. */
#ifndef PT_STUDY_CONCORDANCE_H
#define PT_STUDY_CONCORDANCE_H

#include "study/items.h"

typedef struct pt_concordance pt_concordance;

/* Errors: PT_ERR_NO_INPUT; PT_ERR_CONFIG with file:line (no code, weight outside (0, 1]). A row whose item
 * the standard in use lacks is passed over: another edition may have other items. */
pt_status pt_concordance_load(const char *path, const pt_items *items, pt_concordance **out,
                              pt_error *err) PT_WARN_UNUSED;
void pt_concordance_free(pt_concordance *concordance); /* NULL is fine */
/* Adds factor x weight of every item that the code (canonical: H01M8/04) admits to row [items]; returns how
 * many items that were. */
uint32_t pt_concordance_add(const pt_concordance *concordance, const char *code, float factor, float *row);

#endif
