/* SPDX-License-Identifier: Apache-2.0 */
/* item_diff.h - what another edition of the standard changes. Items meet by id; where only the name is the
 * same, the item got another id. */
#ifndef PT_STUDY_ITEM_DIFF_H
#define PT_STUDY_ITEM_DIFF_H

#include "study/items.h"

typedef enum pt_item_change_kind {
    PT_CHANGE_ADDED,
    PT_CHANGE_REMOVED,
    PT_CHANGE_RENAMED,
    PT_CHANGE_RENUMBERED,
    PT_CHANGE_MOVED, /* theme or field */
    PT_CHANGE_KIND,  /* field or method */
    PT_CHANGE_SEEDS  /* seeds or negatives */
} pt_item_change_kind;

typedef struct pt_item_change {
    pt_item_change_kind kind;
    const pt_item *before, *after; /* NULL where there is none */
} pt_item_change;

/* By row of the new edition, then the removed ones by row of the old; *n of them, free() them. */
pt_item_change *pt_items_diff(const pt_items *before, const pt_items *after, size_t *n);
/* added, removed, renamed, renumbered, moved, kind, seeds */
const char *pt_item_change_name(pt_item_change_kind kind);

#endif
