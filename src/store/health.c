/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a store is whole, and how much it holds. */
#include "store/store_private.h"

#include <stdio.h>
#include <string.h>

/* First column of the first row as text; "" when there is no row. */
static pt_status first_text(pt_store *store, const char *sql, char *text, size_t room, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(&store->db, sql, &statement, err);
    if (status)
        return status;
    bool has_row;
    status = pt_db_step(&store->db, statement, &has_row, err);
    snprintf(text, room, "%s", !status && has_row ? pt_db_text(statement, 0) : "");
    sqlite3_finalize(statement);
    return status;
}

pt_status pt_store_check(pt_store *store, pt_error *err) {
    char text[256];
    pt_status status = first_text(store, "PRAGMA integrity_check", text, sizeof text, err);
    if (status)
        return status;
    if (strcmp(text, "ok") != 0)
        return pt_fail(err, PT_ERR_DATA, "%s: damaged (%s); ingest into a new store", store->db.path, text);
    status = first_text(store, "PRAGMA foreign_key_check", text, sizeof text, err);
    if (!status && text[0])
        status = pt_fail(err, PT_ERR_DATA, "%s: rows of table %s point to nothing; ingest into a new store",
                         store->db.path, text);
    int64_t without = 0;
    if (!status)
        status = pt_db_integer(&store->db,
                               "SELECT count(*) FROM patent WHERE id NOT IN (SELECT patent_id FROM token)",
                               &without, err);
    if (!status && without)
        status = pt_fail(err, PT_ERR_DATA, "%s: %lld patents have no words; ingest into a new store",
                         store->db.path, (long long)without);
    return status;
}

pt_status pt_store_total(pt_store *store, pt_store_totals *totals, pt_error *err) {
    const struct {
        const char *sql;
        uint64_t *total;
    } rows[] = {
        {"SELECT count(*) FROM source", &totals->sources},
        {"SELECT count(*) FROM patent", &totals->patents},
        {"SELECT count(*) FROM word", &totals->words},
        {"SELECT count(*) FROM quarantine", &totals->quarantined},
        {"SELECT count(*) FROM run", &totals->runs},
    };
    pt_status status = PT_OK;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && !status; i++) {
        int64_t n;
        status = pt_db_integer(&store->db, rows[i].sql, &n, err);
        *rows[i].total = (uint64_t)n;
    }
    return status ? status
                  : first_text(store, "SELECT max(started) FROM run", totals->last_run,
                               sizeof totals->last_run, err);
}
