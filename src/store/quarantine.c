/* SPDX-License-Identifier: Apache-2.0 */
/* What was put aside, and what can be put right. */
#include "base/vec.h"
#include "store/store_private.h"

#include <stdlib.h>

pt_status pt_store_quarantine(pt_store *store, void (*use)(void *user, const pt_quarantined *), void *user,
                              pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(&store->db,
                                     "SELECT q.id, s.path, q.position, q.reason, q.excerpt FROM quarantine q"
                                     " JOIN source s ON s.id = q.source_id ORDER BY s.path, q.position, q.id",
                                     &s, err);
    bool has_row = !status;
    while (!status && has_row) {
        status = pt_db_step(&store->db, s, &has_row, err);
        if (status || !has_row)
            break;
        const pt_quarantined row = {.id = sqlite3_column_int64(s, 0),
                                    .path = pt_db_text(s, 1),
                                    .line = (unsigned)sqlite3_column_int64(s, 2),
                                    .reason = pt_db_text(s, 3),
                                    .excerpt = pt_db_text(s, 4)};
        use(user, &row);
    }
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_retry(pt_store *store, void (*use)(void *user, const char *path), void *user,
                         pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(&store->db,
                                     "SELECT path FROM source WHERE id IN (SELECT source_id FROM quarantine)"
                                     " ORDER BY path",
                                     &s, err);
    bool has_row = !status;
    while (!status && has_row) {
        status = pt_db_step(&store->db, s, &has_row, err);
        if (!status && has_row)
            use(user, pt_db_text(s, 0));
    }
    sqlite3_finalize(s);
    return status ? status
                  : pt_db_exec(&store->db,
                               "UPDATE source SET digest = '' WHERE id IN (SELECT source_id FROM quarantine)",
                               err);
}

pt_status pt_store_repair(pt_store *store, uint64_t *n_sources, pt_error *err) {
    static const char *const steps[] = {
        "REINDEX",
        /* children of nothing */
        "DELETE FROM code WHERE patent_id NOT IN (SELECT id FROM patent)",
        "DELETE FROM applicant WHERE patent_id NOT IN (SELECT id FROM patent)",
        "DELETE FROM inventor WHERE patent_id NOT IN (SELECT id FROM patent)",
        "DELETE FROM claim WHERE patent_id NOT IN (SELECT id FROM patent)",
        "DELETE FROM token WHERE patent_id NOT IN (SELECT id FROM patent)",
        "DELETE FROM assignment WHERE patent_id NOT IN (SELECT id FROM patent)"
        " OR run_id NOT IN (SELECT id FROM run)",
        "DELETE FROM quarantine WHERE source_id NOT IN (SELECT id FROM source)",
        "DELETE FROM counter WHERE source_id NOT IN (SELECT id FROM source)",
        /* patents without words or source: forgotten, and their sources are read again */
        "UPDATE source SET digest = '' WHERE id IN"
        " (SELECT source_id FROM patent WHERE id NOT IN (SELECT patent_id FROM token))",
        "DELETE FROM patent WHERE id NOT IN (SELECT patent_id FROM token)"
        " OR source_id NOT IN (SELECT id FROM source)",
    };
    pt_status status = pt_store_begin(store, err);
    if (status)
        return status;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++)
        status = pt_db_exec(&store->db, steps[i], err);
    if (!status)
        status = pt_store_touch(store, err);
    const pt_status ended = pt_store_end(store, !status, status ? NULL : err);
    int64_t n = 0;
    if (!status && !ended)
        status = pt_db_integer(&store->db, "SELECT count(*) FROM source WHERE digest = ''", &n, err);
    *n_sources = (uint64_t)n;
    return status ? status : ended;
}
