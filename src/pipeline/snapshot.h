/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot.h - what two results of a study are compared by: items, technologies, patents. From the folder of
 * a published report (pt_snapshot_read), or from what a session has found (news.c). */
#ifndef PT_PIPELINE_SNAPSHOT_H
#define PT_PIPELINE_SNAPSHOT_H

#include "base/intern.h"
#include "base/status.h"
#include "base/vec.h"

typedef struct pt_snapshot_item {
    char *id, *name;
    char *rank, *patents, *lq; /* as the tables show them; "" = empty */
    bool is_selected;
} pt_snapshot_item;

typedef struct pt_snapshot_technology {
    char *number, *name;
    PT_VEC(uint32_t) patents; /* ids in pt_snapshot.numbers */
} pt_snapshot_technology;

typedef struct pt_snapshot_patent {
    uint32_t number; /* id in pt_snapshot.numbers */
    char *item_id;   /* of its best item, "" = 미분류 */
    bool in_region;
} pt_snapshot_patent;

typedef struct pt_snapshot {
    pt_intern *numbers; /* application numbers */
    PT_VEC(pt_snapshot_item) items;
    PT_VEC(pt_snapshot_technology) technologies;
    PT_VEC(pt_snapshot_patent) patents; /* each once; empty where not asked for */
} pt_snapshot;

/* Reads items.csv, technologies.csv, technology_patents.csv and, with_patents, patents.csv. A column that an
 * older report does not have is empty. Errors: PT_ERR_NO_INPUT, PT_ERR_DATA. Free in any case. */
pt_status pt_snapshot_read(const char *folder, bool with_patents, pt_snapshot *out,
                           pt_error *err) PT_WARN_UNUSED;
void pt_snapshot_free(pt_snapshot *snapshot);

/* Which technology of `before` each one of `after` continues: the one that shares most patents, if they are
 * more than half of the smaller one, or the name; each is continued once. [after->technologies.n] UINT32_MAX
 * = a new one; free() it. */
uint32_t *pt_snapshot_match(const pt_snapshot *before, const pt_snapshot *after);

#endif
