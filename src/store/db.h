/* SPDX-License-Identifier: Apache-2.0 */
/* db.h - the door to SQLite: checked calls whose failure is a pt_error that names the file. Private to
 * src/store. */
#ifndef PT_STORE_DB_H
#define PT_STORE_DB_H

#include "base/status.h"
#include <sqlite3.h>

typedef struct pt_db {
    sqlite3 *handle;
    char *path;
} pt_db;

/* Turns the last SQLite failure into a pt_error (full disk, locked, corrupt, read-only …). */
pt_status pt_db_fail(const pt_db *db, const char *doing, pt_error *err);
pt_status pt_db_exec(const pt_db *db, const char *sql, pt_error *err) PT_WARN_UNUSED;
pt_status pt_db_prepare(const pt_db *db, const char *sql, sqlite3_stmt **out, pt_error *err) PT_WARN_UNUSED;
/* Runs a statement that returns no row, then resets it. */
pt_status pt_db_run(const pt_db *db, sqlite3_stmt *statement, pt_error *err) PT_WARN_UNUSED;
/* Next row: *has_row false at the end (the statement is then reset). */
pt_status pt_db_step(const pt_db *db, sqlite3_stmt *statement, bool *has_row, pt_error *err) PT_WARN_UNUSED;
/* One integer of a query without parameters; 0 when there is no row. */
pt_status pt_db_integer(const pt_db *db, const char *sql, int64_t *value, pt_error *err) PT_WARN_UNUSED;

/* NULL or "" binds NULL; the text must live until the statement has run. */
void pt_db_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* Column text, "" for NULL; borrowed until the next step. */
const char *pt_db_text(sqlite3_stmt *statement, int column);

/* Creates or checks the tables (schema.c). A store of a newer program is refused. */
pt_status pt_schema_prepare(const pt_db *db, pt_error *err) PT_WARN_UNUSED;

#endif
