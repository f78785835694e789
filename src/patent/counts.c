/* SPDX-License-Identifier: Apache-2.0 */
/* counts.c - sums and names. */
#include "patent/counts.h"
#include <assert.h>
#include <stddef.h>

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
