/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of patents.db. They are public: people query them with SQL, so names and meanings are kept. A
 * new store is made as version 1 and brought up step by step, like every older one. */
#include "store/db.h"

#include <stdio.h>

static const char TABLES[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE source(id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, digest TEXT NOT NULL,"
    " bytes INTEGER NOT NULL, patents INTEGER NOT NULL, quarantined INTEGER NOT NULL);"
    "CREATE TABLE patent(id INTEGER PRIMARY KEY, application_number TEXT UNIQUE NOT NULL, kind TEXT NOT NULL,"
    " country TEXT, title TEXT, title_en TEXT, abstract TEXT, application_date TEXT, open_date TEXT,"
    " publication_date TEXT, registration_date TEXT, registration_number TEXT, status TEXT, form TEXT NOT "
    "NULL, cut INTEGER NOT NULL,"
    " line INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES source(id));"
    "CREATE INDEX patent_source ON patent(source_id);"
    "CREATE TABLE code(patent_id INTEGER NOT NULL REFERENCES patent(id) ON DELETE CASCADE, scheme TEXT NOT "
    "NULL,"
    " rank INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY(patent_id, scheme, rank)) WITHOUT ROWID;"
    "CREATE TABLE applicant(patent_id INTEGER NOT NULL REFERENCES patent(id) ON DELETE CASCADE,"
    " rank INTEGER NOT NULL, name TEXT, address TEXT, country TEXT, region TEXT, region_rule TEXT,"
    " PRIMARY KEY(patent_id, rank)) WITHOUT ROWID;"
    "CREATE TABLE inventor(patent_id INTEGER NOT NULL REFERENCES patent(id) ON DELETE CASCADE,"
    " rank INTEGER NOT NULL, name TEXT, address TEXT, country TEXT, PRIMARY KEY(patent_id, rank)) WITHOUT "
    "ROWID;"
    "CREATE TABLE claim(patent_id INTEGER NOT NULL REFERENCES patent(id) ON DELETE CASCADE,"
    " rank INTEGER NOT NULL, text TEXT, PRIMARY KEY(patent_id, rank)) WITHOUT ROWID;"
    "CREATE TABLE word(id INTEGER PRIMARY KEY, form TEXT UNIQUE NOT NULL);"
    /* Nouns in order of the text, each as one LEB128 varint: word id * 16 + flags (store/tokens.h). */
    "CREATE TABLE token(patent_id INTEGER PRIMARY KEY REFERENCES patent(id) ON DELETE CASCADE, title BLOB,"
    " abstract BLOB);"
    "CREATE TABLE quarantine(id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES source(id)"
    " ON DELETE CASCADE, position INTEGER NOT NULL, reason TEXT NOT NULL, excerpt TEXT);"
    "CREATE TABLE counter(source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE, name TEXT NOT "
    "NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY(source_id, name)) WITHOUT ROWID;"
    "CREATE TABLE run(id INTEGER PRIMARY KEY, started TEXT NOT NULL, study TEXT NOT NULL, study_digest TEXT,"
    " items_digest TEXT, seed INTEGER, patents INTEGER);"
    "CREATE TABLE assignment(run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,"
    " patent_id INTEGER NOT NULL REFERENCES patent(id) ON DELETE CASCADE, rank INTEGER NOT NULL,"
    " item_id TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY(run_id, patent_id, rank)) WITHOUT ROWID;";

/* From version i + 1 to i + 2. */
static const char *const STEPS[] = {
    /* What the run was made of: state of the store (meta.revision), model, its folder under OUT/STUDY,
     * whether it fitted the model anew and why, how many patents the model had not seen, and how far those
     * are from the others (pipeline/drift.h). */
    "ALTER TABLE run ADD COLUMN revision INTEGER;"
    "ALTER TABLE run ADD COLUMN folder TEXT;"
    "ALTER TABLE run ADD COLUMN model TEXT;"
    "ALTER TABLE run ADD COLUMN fitted INTEGER;"
    "ALTER TABLE run ADD COLUMN reason TEXT;"
    "ALTER TABLE run ADD COLUMN folded INTEGER;"
    "ALTER TABLE run ADD COLUMN divergence REAL;"
    "ALTER TABLE run ADD COLUMN unclassified REAL;"
    "ALTER TABLE run ADD COLUMN unknown_words REAL;"
    "CREATE INDEX run_study ON run(study, id);"
    "INSERT OR IGNORE INTO meta(key, value) VALUES('revision', '0');",
};
enum { SCHEMA_VERSION = 1 + sizeof STEPS / sizeof STEPS[0] };

static pt_status bring_up(const pt_db *db, int64_t version, pt_error *err) {
    pt_status status = version == 0 ? pt_db_exec(db, TABLES, err) : PT_OK;
    for (int64_t v = version > 0 ? version : 1; v < SCHEMA_VERSION && !status; v++)
        status = pt_db_exec(db, STEPS[v - 1], err);
    char note[64];
    snprintf(note, sizeof note, "PRAGMA user_version = %d", SCHEMA_VERSION);
    return status ? status : pt_db_exec(db, note, err);
}

/* Another process may have been faster: the version is looked at again under the lock. */
static pt_status bring_up_whole(const pt_db *db, pt_error *err) {
    pt_status status = pt_db_exec(db, "BEGIN IMMEDIATE", err);
    if (status)
        return status;
    int64_t version = 0;
    status = pt_db_integer(db, "PRAGMA user_version", &version, err);
    if (!status && version < SCHEMA_VERSION)
        status = bring_up(db, version, err);
    if (!status)
        status = pt_db_exec(db, "COMMIT", err);
    if (status)
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

pt_status pt_schema_prepare(const pt_db *db, pt_error *err) {
    int64_t version, tables;
    pt_status status = pt_db_integer(db, "PRAGMA user_version", &version, err);
    if (!status)
        status = pt_db_integer(db, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (status)
        return status;
    if (version > SCHEMA_VERSION)
        return pt_fail(err, PT_ERR_DATA,
                       "%s: written by a newer patopic (store version %lld, this program knows %d)", db->path,
                       (long long)version, SCHEMA_VERSION);
    if (version < 0 || (version == 0 && tables > 0))
        return pt_fail(err, PT_ERR_DATA, "%s: an SQLite file, but not a patopic store", db->path);
    return version == SCHEMA_VERSION ? PT_OK : bring_up_whole(db, err);
}
