/* SPDX-License-Identifier: Apache-2.0 */
/* counts.c - sums and names. */
#include "patent/counts.h"
#include <assert.h>
#include <stddef.h>

void pt_reader_counts_add(pt_reader_counts *sum, const pt_reader_counts *more) {
    sum->records += more->records;
    sum->patents += more->patents;
    sum->designs += more->designs;
    sum->trademarks += more->trademarks;
    sum->other_records_skipped += more->other_records_skipped;
    sum->quarantined += more->quarantined;
    sum->quarantined_sources += more->quarantined_sources;
    sum->error_answers += more->error_answers;
    sum->cut_abstracts += more->cut_abstracts;
    sum->empty_abstracts += more->empty_abstracts;
    sum->bad_dates += more->bad_dates;
    sum->bad_codes += more->bad_codes;
    for (int i = 0; i < PT_N_REPAIRS; i++)
        sum->repairs[i] += more->repairs[i];
}

const char *pt_repair_name(pt_repair repair) {
    static const char *const names[PT_N_REPAIRS] = {
        [PT_REPAIR_PREFIX] = "undeclared prefix",
        [PT_REPAIR_EMPTY_ROOT] = "tag without a name",
        [PT_REPAIR_SEVERAL_ROOTS] = "several roots",
        [PT_REPAIR_BEFORE_DECLARATION] = "blank before the declaration",
        [PT_REPAIR_OUTSIDE] = "text outside the root",
        [PT_REPAIR_AMPERSAND] = "bare ampersand",
        [PT_REPAIR_LESS_THAN] = "bare less-than sign",
        [PT_REPAIR_ENTITY] = "unknown entity",
        [PT_REPAIR_CONTROL] = "forbidden character",
        [PT_REPAIR_ENCODING] = "wrong encoding",
        [PT_REPAIR_NUMBER] = "number from the drawing's name",
    };
    assert(repair >= 0 && repair < PT_N_REPAIRS);
    return names[repair];
}
