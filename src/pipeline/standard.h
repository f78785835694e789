/* SPDX-License-Identifier: Apache-2.0 */
/* standard.h - the standard (items.tsv) looked at: its seeds checked, another edition compared, seeds
 * proposed. Each function hands its rows to `use`, strings borrowed until that returns. */
#ifndef PT_PIPELINE_STANDARD_H
#define PT_PIPELINE_STANDARD_H

#include "patopic.h"

typedef struct pt_standard_row {
    const char *item_id, *item;
    const char *what;           /* problem of a seed, or kind of change; "" for a proposal */
    const char *before, *after; /* seed or proposed word in after; of a change the old and the new value */
    uint64_t patents;           /* that hold the word */
    uint64_t others;            /* check: items that use the seed; suggest: patents with the item as best */
    double lift;                /* suggest only */
} pt_standard_row;

typedef void pt_standard_use(void *user, const pt_standard_row *row);

/* Counts of patents only where params->store is given. Errors: those of reading the tables and the store. */
pt_status pt_standard_check(const pt_params *params, pt_standard_use *use, void *user,
                            const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
/* params->paths: the old and the new file. */
pt_status pt_standard_diff(const pt_params *params, pt_standard_use *use, void *user,
                           pt_error *err) PT_WARN_UNUSED;
/* Words of the store's patents (params->store) that ought to be seeds, for a person to accept. */
pt_status pt_standard_suggest(const pt_params *params, pt_standard_use *use, void *user,
                              const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
/* The table of words (study/taught_words.h) that the coded patents of params->store teach, row by row, head
 * included; params->paths: at most one file, of application numbers that do not teach. */
typedef void pt_standard_row_use(void *user, const char *row);
pt_status pt_standard_teach(const pt_params *params, pt_standard_row_use *use, void *user,
                            const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
