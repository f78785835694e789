/* SPDX-License-Identifier: Apache-2.0 */
#include "study/item_diff.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

typedef struct changes {
    PT_VEC(pt_item_change) list;
} changes;

static void add(changes *c, pt_item_change_kind kind, const pt_item *before, const pt_item *after) {
    const pt_item_change change = {kind, before, after};
    pt_vec_push(&c->list, change);
}

static const pt_item *find_name(const pt_items *items, const char *name) {
    for (uint32_t k = 0; k < items->n; k++)
        if (strcmp(items->at[k].name, name) == 0)
            return &items->at[k];
    return NULL;
}

static void compare(changes *c, const pt_item *before, const pt_item *after) {
    if (strcmp(before->id, after->id) != 0)
        add(c, PT_CHANGE_RENUMBERED, before, after);
    if (strcmp(before->name, after->name) != 0)
        add(c, PT_CHANGE_RENAMED, before, after);
    if (strcmp(before->theme, after->theme) != 0 || strcmp(before->field, after->field) != 0)
        add(c, PT_CHANGE_MOVED, before, after);
    if (before->is_method != after->is_method)
        add(c, PT_CHANGE_KIND, before, after);
    if (strcmp(before->seeds, after->seeds) != 0 || strcmp(before->negatives, after->negatives) != 0)
        add(c, PT_CHANGE_SEEDS, before, after);
}

pt_item_change *pt_items_diff(const pt_items *before, const pt_items *after, size_t *n) {
    changes c = {0};
    bool *is_met = pt_zalloc(before->n, sizeof *is_met);
    for (uint32_t k = 0; k < after->n; k++) {
        const uint32_t same_id = pt_items_find(before, after->at[k].id);
        const pt_item *old =
            same_id != UINT32_MAX ? &before->at[same_id] : find_name(before, after->at[k].name);
        if (!old) {
            add(&c, PT_CHANGE_ADDED, NULL, &after->at[k]);
            continue;
        }
        is_met[old - before->at] = true;
        compare(&c, old, &after->at[k]);
    }
    for (uint32_t k = 0; k < before->n; k++)
        if (!is_met[k])
            add(&c, PT_CHANGE_REMOVED, &before->at[k], NULL);
    free(is_met);
    *n = c.list.n;
    return c.list.at;
}

const char *pt_item_change_name(pt_item_change_kind kind) {
    static const char *const names[] = {"added", "removed", "renamed", "renumbered",
                                        "moved", "kind",    "seeds"};
    return names[kind];
}
