/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* SQLite makes its journal beside the store; errno says why it cannot. */
static bool folder_is_closed(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? pt_strndup(path, (size_t)(slash - path) + 1) : pt_strdup("./");
    const bool is_closed = access(folder, W_OK) != 0;
    const int why = errno;
    free(folder);
    errno = why;
    return is_closed;
}

pt_status pt_db_fail(const pt_db *db, const char *doing, pt_error *err) {
    const char *why = sqlite3_errmsg(db->handle);
    switch (sqlite3_errcode(db->handle) & 0xff) {
    case SQLITE_FULL:
        return pt_fail(err, PT_ERR_IO, "%s: the disk is full while %s; nothing of the open source was kept",
                       db->path, doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return pt_fail(err, PT_ERR_AGAIN,
                       "%s: another program is writing to this store (%s); try again later", db->path, why);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return pt_fail(err, PT_ERR_DATA, "%s: not a patopic store, or a damaged one (%s)", db->path, why);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return pt_fail(err, PT_ERR_CREATE, "%s: cannot open or write this store (%s)", db->path,
                       folder_is_closed(db->path) ? strerror(errno) : why);
    case SQLITE_IOERR:
        return pt_fail(err, PT_ERR_IO, "%s: reading or writing failed while %s (%s)", db->path, doing, why);
    case SQLITE_NOMEM:
        return pt_fail(err, PT_ERR_BUG, "%s: out of memory while %.80s", db->path, doing);
    default:
        return pt_fail(err, PT_ERR_BUG, "%s: %.80s failed: %s", db->path, doing, why);
    }
}

pt_status pt_db_exec(const pt_db *db, const char *sql, pt_error *err) {
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? PT_OK : pt_db_fail(db, sql, err);
}

pt_status pt_db_prepare(const pt_db *db, const char *sql, sqlite3_stmt **out, pt_error *err) {
    return sqlite3_prepare_v2(db->handle, sql, -1, out, NULL) == SQLITE_OK ? PT_OK : pt_db_fail(db, sql, err);
}

pt_status pt_db_run(const pt_db *db, sqlite3_stmt *statement, pt_error *err) {
    const int code = sqlite3_step(statement);
    pt_status status = PT_OK;
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        status = pt_db_fail(db, sqlite3_sql(statement), err);
    sqlite3_reset(statement);
    return status;
}

pt_status pt_db_step(const pt_db *db, sqlite3_stmt *statement, bool *has_row, pt_error *err) {
    const int code = sqlite3_step(statement);
    *has_row = code == SQLITE_ROW;
    if (*has_row)
        return PT_OK;
    const pt_status status = code == SQLITE_DONE ? PT_OK : pt_db_fail(db, sqlite3_sql(statement), err);
    sqlite3_reset(statement);
    return status;
}

pt_status pt_db_integer(const pt_db *db, const char *sql, int64_t *value, pt_error *err) {
    sqlite3_stmt *statement;
    *value = 0;
    pt_status status = pt_db_prepare(db, sql, &statement, err);
    if (status)
        return status;
    bool has_row;
    status = pt_db_step(db, statement, &has_row, err);
    if (!status && has_row)
        *value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return status;
}

void pt_db_bind_text(sqlite3_stmt *statement, int index, const char *text) {
    if (text && text[0])
        sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, index);
}

const char *pt_db_text(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}
