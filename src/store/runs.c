/* SPDX-License-Identifier: Apache-2.0 */
/* What was made of a store: runs and their assignments. */
#include "store/store_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

pt_status pt_store_revision(pt_store *store, int64_t *revision, pt_error *err) {
    return pt_db_integer(&store->db, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'revision'",
                         revision, err);
}

pt_status pt_store_touch(pt_store *store, pt_error *err) {
    return pt_db_exec(&store->db, "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'",
                      err);
}

pt_status pt_store_note(pt_store *store, const char *key, const char *text, pt_error *err) {
    sqlite3_stmt *s;
    pt_status status =
        pt_db_prepare(&store->db, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)", &s, err);
    if (status)
        return status;
    pt_db_bind_text(s, 1, key);
    sqlite3_bind_text(s, 2, text, -1, SQLITE_STATIC);
    status = pt_db_run(&store->db, s, err);
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_noted(pt_store *store, const char *key, char *text, size_t room, pt_error *err) {
    sqlite3_stmt *s;
    text[0] = '\0';
    pt_status status = pt_db_prepare(&store->db, "SELECT value FROM meta WHERE key = ?1", &s, err);
    if (status)
        return status;
    pt_db_bind_text(s, 1, key);
    bool has_row;
    status = pt_db_step(&store->db, s, &has_row, err);
    if (!status && has_row)
        snprintf(text, room, "%s", pt_db_text(s, 0));
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_dictionary(pt_store *store, char text[64], pt_error *err) {
    return pt_store_noted(store, "dictionary", text, 64, err);
}

static void bind_real(sqlite3_stmt *statement, int column, double value) {
    if (isnan(value))
        sqlite3_bind_null(statement, column);
    else
        sqlite3_bind_double(statement, column, value);
}

static void bind_run(sqlite3_stmt *statement, const pt_store_run *run) {
    char started[32];
    const time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &utc);
    sqlite3_bind_text(statement, 1, started, -1, SQLITE_TRANSIENT);
    const char *const texts[] = {run->study,  run->study_digest, run->items_digest,
                                 run->folder, run->model,        run->reason};
    for (int i = 0; i < 6; i++)
        pt_db_bind_text(statement, 2 + i, texts[i]);
    sqlite3_bind_int64(statement, 8, (int64_t)run->seed);
    sqlite3_bind_int64(statement, 9, (int64_t)run->patents);
    sqlite3_bind_int64(statement, 10, run->revision);
    sqlite3_bind_int(statement, 11, run->fitted);
    sqlite3_bind_int64(statement, 12, (int64_t)run->folded);
    bind_real(statement, 13, run->divergence);
    bind_real(statement, 14, run->unclassified);
    bind_real(statement, 15, run->unknown_words);
}

pt_status pt_store_add_run(pt_store *store, const pt_store_run *run, int64_t *id, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(
        &store->db,
        "INSERT INTO run(started, study, study_digest, items_digest, folder, model, reason, seed, patents,"
        " revision, fitted, folded, divergence, unclassified, unknown_words)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        &statement, err);
    if (status)
        return status;
    bind_run(statement, run);
    status = pt_db_run(&store->db, statement, err);
    *id = sqlite3_last_insert_rowid(store->db.handle);
    sqlite3_finalize(statement);
    return status;
}

pt_status pt_store_drop_runs(pt_store *store, const char *study, uint32_t keep, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(&store->db,
                                     "DELETE FROM run WHERE study = ?1 AND id NOT IN"
                                     " (SELECT id FROM run WHERE study = ?1 ORDER BY id DESC LIMIT ?2)",
                                     &statement, err);
    if (status)
        return status;
    pt_db_bind_text(statement, 1, study);
    sqlite3_bind_int64(statement, 2, keep);
    status = pt_db_run(&store->db, statement, err);
    sqlite3_finalize(statement);
    return status;
}

static void copy_text(sqlite3_stmt *row, int column, char *text, size_t room) {
    snprintf(text, room, "%s", pt_db_text(row, column));
}

pt_status pt_store_last_run(pt_store *store, const char *study, pt_store_last *last, bool *found,
                            pt_error *err) {
    sqlite3_stmt *s;
    pt_status status =
        pt_db_prepare(&store->db,
                      "SELECT study_digest, items_digest, folder, model, seed, revision, folded"
                      " FROM run WHERE study = ?1 ORDER BY id DESC LIMIT 1",
                      &s, err);
    *found = false;
    *last = (pt_store_last){0};
    if (status)
        return status;
    pt_db_bind_text(s, 1, study);
    status = pt_db_step(&store->db, s, found, err);
    if (!status && *found) {
        copy_text(s, 0, last->study_digest, sizeof last->study_digest);
        copy_text(s, 1, last->items_digest, sizeof last->items_digest);
        copy_text(s, 2, last->folder, sizeof last->folder);
        copy_text(s, 3, last->model, sizeof last->model);
        last->seed = (uint64_t)sqlite3_column_int64(s, 4);
        last->revision = sqlite3_column_type(s, 5) == SQLITE_NULL ? -1 : sqlite3_column_int64(s, 5);
        last->folded = (uint64_t)sqlite3_column_int64(s, 6);
    }
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_model_of(pt_store *store, const char *study, const char *folder, char model[65],
                            pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(
        &store->db, "SELECT model FROM run WHERE study = ?1 AND folder = ?2 ORDER BY id DESC LIMIT 1", &s,
        err);
    model[0] = '\0';
    if (status)
        return status;
    pt_db_bind_text(s, 1, study);
    pt_db_bind_text(s, 2, folder);
    bool has_row;
    status = pt_db_step(&store->db, s, &has_row, err);
    if (!status && has_row)
        copy_text(s, 0, model, 65);
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_model_age(pt_store *store, const char *model, double *days, pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(
        &store->db, "SELECT julianday('now') - julianday(min(started)) FROM run WHERE model = ?1", &s, err);
    *days = 0;
    if (status)
        return status;
    pt_db_bind_text(s, 1, model);
    bool has_row;
    status = pt_db_step(&store->db, s, &has_row, err);
    if (!status && has_row)
        *days = sqlite3_column_double(s, 0); /* 0 for no run */
    sqlite3_finalize(s);
    return status;
}

pt_status pt_store_assign(pt_store *store, int64_t run, int64_t patent, unsigned rank, const char *item_id,
                          double score, pt_error *err) {
    if (!store->assign) {
        const pt_status status = pt_db_prepare(
            &store->db,
            "INSERT INTO assignment(run_id, patent_id, rank, item_id, score) VALUES(?1,?2,?3,?4,?5)",
            &store->assign, err);
        if (status)
            return status;
    }
    sqlite3_bind_int64(store->assign, 1, run);
    sqlite3_bind_int64(store->assign, 2, patent);
    sqlite3_bind_int(store->assign, 3, (int)rank);
    pt_db_bind_text(store->assign, 4, item_id);
    sqlite3_bind_double(store->assign, 5, score);
    return pt_db_run(&store->db, store->assign, err);
}
