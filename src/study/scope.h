/* SPDX-License-Identifier: Apache-2.0 */
/* scope.h - which patents count: for the region and how much (w_dr), for the reference, in the period. */
#ifndef PT_STUDY_SCOPE_H
#define PT_STUDY_SCOPE_H

#include "study/documents.h"
#include "study/region.h"
#include "study/study.h"

typedef struct pt_scope pt_scope;

/* regions and study are borrowed. Errors: those of pt_region_filter_new, with the study file's name. */
pt_status pt_scope_new(const pt_regions *regions, const pt_study *study, pt_scope **out,
                       pt_error *err) PT_WARN_UNUSED;
void pt_scope_free(pt_scope *scope); /* NULL is fine */

/* Whether inventors are to be judged instead of applicants, where a patent tells the address of any. */
bool pt_scope_asks_inventors(const pt_scope *scope);

/* Sets weight, municipality, in_period and in_reference of a document whose application_date is set, from the
 * places and raw addresses of its n applicants (or inventors) in order of rank. A patent of the region always
 * belongs to the reference too, unless there is none. Returns whether the places say where the patent is from
 * (abroad is an answer); false counts as pt_documents.unknown_region. One thread at a time. */
bool pt_scope_judge(const pt_scope *scope, const pt_place *place, const char *const *address, size_t n,
                    pt_document *document);

#endif
