/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/mem.h"
#include "store/store_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pt_status load_words(pt_store *store, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(&store->db, "SELECT id, form FROM word ORDER BY id", &statement, err);
    bool has_row = !status;
    while (!status && has_row) {
        status = pt_db_step(&store->db, statement, &has_row, err);
        if (status || !has_row)
            break;
        const char *form = pt_db_text(statement, 1);
        const uint32_t id = pt_intern_add(store->words, form, strlen(form));
        if ((int64_t)id + 1 != sqlite3_column_int64(statement, 0))
            status = pt_fail(err, PT_ERR_DATA, "%s: the word table has gaps; ingest into a new store",
                             store->db.path);
    }
    sqlite3_finalize(statement);
    return status;
}

pt_status pt_store_open(pt_store **out, const char *path, pt_error *err) {
    *out = NULL;
    pt_status status = pt_make_parent(path, err);
    if (status)
        return status;
    pt_store *store = pt_zalloc(1, sizeof *store);
    store->db.path = pt_strdup(path);
    store->words = pt_intern_new();
    const int fresh = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640); /* SQLite would make it 0644 */
    if (fresh >= 0)
        close(fresh);
    if (sqlite3_open_v2(path, &store->db.handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
        SQLITE_OK)
        status = pt_db_fail(&store->db, "opening", err);
    if (!status) {
        sqlite3_busy_timeout(store->db.handle, 2000);
        status =
            pt_db_exec(&store->db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
                       "PRAGMA cache_size = -65536",
                       err);
    }
    if (!status)
        status = pt_schema_prepare(&store->db, err);
    if (!status)
        status = load_words(store, err);
    if (status)
        pt_store_close(store);
    else
        *out = store;
    return status;
}

void pt_store_close(pt_store *store) {
    if (!store)
        return;
    sqlite3_finalize(store->place);
    sqlite3_finalize(store->assign);
    sqlite3_close(store->db.handle);
    pt_intern_free(store->words);
    free(store->db.path);
    free(store);
}

pt_status pt_store_word(pt_store *store, sqlite3_stmt *insert, const char *form, size_t bytes, uint32_t *id,
                        pt_error *err) {
    const uint32_t before = pt_intern_count(store->words);
    *id = pt_intern_add(store->words, form, bytes);
    if (*id < before)
        return PT_OK;
    sqlite3_bind_int64(insert, 1, (int64_t)*id + 1);
    sqlite3_bind_text(insert, 2, form, (int)bytes, SQLITE_STATIC);
    return pt_db_run(&store->db, insert, err);
}

void pt_store_date_text(uint32_t date, char text[11]) {
    text[0] = '\0';
    if (date)
        snprintf(text, 11, "%04u-%02u-%02u", date / 10000 % 10000, date / 100 % 100, date % 100);
}

uint32_t pt_store_date_number(const char *text) {
    unsigned year, month, day;
    return sscanf(text, "%4u-%2u-%2u", &year, &month, &day) == 3 ? year * 10000 + month * 100 + day : 0;
}

pt_status pt_store_count(pt_store *store, uint64_t *patents, pt_error *err) {
    int64_t n;
    const pt_status status = pt_db_integer(&store->db, "SELECT count(*) FROM patent", &n, err);
    *patents = (uint64_t)n;
    return status;
}

pt_status pt_store_counters(pt_store *store, void (*use)(void *user, const char *name, uint64_t n),
                            void *user, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(
        &store->db, "SELECT name, sum(n) FROM counter GROUP BY name ORDER BY name", &statement, err);
    bool has_row = !status;
    while (!status && has_row) {
        status = pt_db_step(&store->db, statement, &has_row, err);
        if (!status && has_row)
            use(user, pt_db_text(statement, 0), (uint64_t)sqlite3_column_int64(statement, 1));
    }
    sqlite3_finalize(statement);
    return status;
}

pt_status pt_store_sources(pt_store *store,
                           void (*use)(void *user, const char *path, const char *digest, uint64_t patents,
                                       uint64_t quarantined),
                           void *user, pt_error *err) {
    sqlite3_stmt *statement;
    pt_status status = pt_db_prepare(
        &store->db, "SELECT path, digest, patents, quarantined FROM source ORDER BY path", &statement, err);
    bool has_row = !status;
    while (!status && has_row) {
        status = pt_db_step(&store->db, statement, &has_row, err);
        if (!status && has_row)
            use(user, pt_db_text(statement, 0), pt_db_text(statement, 1),
                (uint64_t)sqlite3_column_int64(statement, 2), (uint64_t)sqlite3_column_int64(statement, 3));
    }
    sqlite3_finalize(statement);
    return status;
}

pt_status pt_store_begin(pt_store *store, pt_error *err) {
    return pt_db_exec(&store->db, "BEGIN IMMEDIATE", err);
}

pt_status pt_store_end(pt_store *store, bool keep, pt_error *err) {
    const pt_status status = keep ? pt_db_exec(&store->db, "COMMIT", err) : PT_OK;
    if (status || !keep)
        sqlite3_exec(store->db.handle, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

pt_status pt_store_place(pt_store *store, int64_t patent, size_t rank, const char *region, const char *rule,
                         pt_error *err) {
    if (!store->place) {
        const pt_status status = pt_db_prepare(
            &store->db,
            "UPDATE applicant SET region = ?3, region_rule = ?4 WHERE patent_id = ?1 AND rank = ?2",
            &store->place, err);
        if (status)
            return status;
    }
    sqlite3_bind_int64(store->place, 1, patent);
    sqlite3_bind_int64(store->place, 2, (int64_t)rank);
    pt_db_bind_text(store->place, 3, region);
    pt_db_bind_text(store->place, 4, rule);
    return pt_db_run(&store->db, store->place, err);
}
