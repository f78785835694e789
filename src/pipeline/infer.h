/* SPDX-License-Identifier: Apache-2.0 */
/* infer.h - the items of patents that are in no store, by a model as it is. */
#ifndef PT_PIPELINE_INFER_H
#define PT_PIPELINE_INFER_H

#include "patopic.h"

/* An item of a patent, best first; a patent without one (미분류) has one row of rank 0. Borrowed. */
typedef struct pt_inferred {
    const char *application_number;
    unsigned rank;
    const char *item_id, *item;
    double score, share; /* S, π; NAN at rank 0 */
    const char *confidence;
    const char *evidence; /* the words that carried it, with their shares */
} pt_inferred;

/* Reads params->paths in order and hands the rows of every patent to `use`. A patent alone decides its rows:
 * they are the same in any batch, for any number of threads, and those that an update would publish. Without
 * a study file its defaults. params->shard "I/N": the I-th of N parts of the patents; the rows of all parts
 * one behind the other are those of the whole. What cannot be read is told as a warning and counts as
 * PT_OK_QUARANTINED. Errors: PT_ERR_DATA (a model of another standard, or one that cannot judge later
 * patents), those of reading. */
pt_status pt_infer(const pt_params *params, void (*use)(void *user, const pt_inferred *row), void *user,
                   const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
