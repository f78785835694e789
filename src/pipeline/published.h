/* SPDX-License-Identifier: Apache-2.0 */
/* published.h - the reports under OUT/STUDY: whole or not, and what killed runs left beside them. */
#ifndef PT_PIPELINE_PUBLISHED_H
#define PT_PIPELINE_PUBLISHED_H

#include "base/status.h"

bool pt_is_link(const char *path);
/* The folder that OUT/STUDY/current points to; "" = none. */
void pt_published_name(const char *folder, char *name, size_t room);
/* Every output that run.json names is there with the digest that it names; *n of them. PT_ERR_DATA says which
 * is not. */
pt_status pt_published_check(const char *folder, uint64_t *n, pt_error *err) PT_WARN_UNUSED;
/* How many half-written runs and temporary files lie in OUT/STUDY; `remove` takes them away, which is safe
 * under the lock of the study alone. */
size_t pt_leftovers(const char *folder, bool remove);
/* Where OUT/STUDY/current is gone or points to no whole report: swings it to the newest whole one, whose name
 * it tells. False when it was right, or there is none. */
bool pt_published_mend(const char *folder, char *name, size_t room);
/* Removes a folder of files, one level deep. */
void pt_remove_folder(const char *folder);
/* Points OUT/STUDY/current to the folder `name` beside it, by rename. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_published_swing(const char *folder, const char *name, pt_error *err) PT_WARN_UNUSED;
pt_status pt_sync_folder(const char *folder, pt_error *err) PT_WARN_UNUSED;

#endif
