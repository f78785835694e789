/* SPDX-License-Identifier: Apache-2.0 */
#include "store/source.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

pt_status pt_source_is_known(pt_store *store, const char *path, const char *digest, bool *known,
                             pt_error *err) {
    sqlite3_stmt *s;
    pt_status status =
        pt_db_prepare(&store->db, "SELECT 1 FROM source WHERE path = ?1 AND digest = ?2", &s, err);
    *known = false;
    if (status)
        return status;
    pt_db_bind_text(s, 1, path);
    pt_db_bind_text(s, 2, digest);
    status = pt_db_step(&store->db, s, known, err);
    sqlite3_finalize(s);
    return status;
}

/* Runs one statement with a text, a text and an integer as far as it has parameters. */
static pt_status run_with(pt_store *store, const char *sql, int64_t id, const char *a, const char *b,
                          int64_t n, pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(&store->db, sql, &s, err);
    if (status)
        return status;
    sqlite3_bind_int64(s, 1, id);
    if (sqlite3_bind_parameter_count(s) >= 2)
        pt_db_bind_text(s, 2, a);
    if (sqlite3_bind_parameter_count(s) >= 3)
        pt_db_bind_text(s, 3, b);
    if (sqlite3_bind_parameter_count(s) >= 4)
        sqlite3_bind_int64(s, 4, n);
    status = pt_db_run(&store->db, s, err);
    sqlite3_finalize(s);
    return status;
}

static pt_status find_source(pt_store *store, const char *path, int64_t *id, bool *found, pt_error *err) {
    sqlite3_stmt *s;
    pt_status status = pt_db_prepare(&store->db, "SELECT id FROM source WHERE path = ?1", &s, err);
    if (status)
        return status;
    pt_db_bind_text(s, 1, path);
    status = pt_db_step(&store->db, s, found, err);
    if (!status && *found)
        *id = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return status;
}

static pt_status open_row(pt_source_writer *w, const char *path, const char *digest, uint64_t bytes,
                          pt_error *err) {
    bool found;
    pt_status status = find_source(w->store, path, &w->id, &found, err);
    if (status)
        return status;
    if (!found) {
        status = run_with(w->store,
                          "INSERT INTO source(id, path, digest, bytes, patents, quarantined)"
                          " VALUES((SELECT coalesce(max(id), 0) + 1 FROM source) + 0 * ?1, ?2, ?3, ?4, 0, 0)",
                          0, path, digest, (int64_t)bytes, err);
        w->id = sqlite3_last_insert_rowid(w->store->db.handle);
        return status;
    }
    status = run_with(w->store, "UPDATE source SET digest = ?3, bytes = ?4 WHERE id = ?1 AND path = ?2",
                      w->id, path, digest, (int64_t)bytes, err);
    if (!status)
        status = run_with(w->store, "UPDATE patent SET form = 'stale' WHERE source_id = ?1", w->id, NULL,
                          NULL, 0, err);
    if (!status)
        status = run_with(w->store, "DELETE FROM quarantine WHERE source_id = ?1", w->id, NULL, NULL, 0, err);
    return status ? status
                  : run_with(w->store, "DELETE FROM counter WHERE source_id = ?1", w->id, NULL, NULL, 0, err);
}

pt_status pt_source_begin(pt_source_writer *w, const char *path, const char *digest, uint64_t bytes,
                          pt_error *err) {
    w->patents = w->duplicates = w->replaced = 0;
    const pt_status status = pt_store_begin(w->store, err);
    return status ? status : open_row(w, path, digest, bytes, err);
}

static pt_status write_issue(pt_source_writer *w, const pt_batch_issue *issue, pt_error *err) {
    return run_with(w->store,
                    "INSERT INTO quarantine(source_id, reason, excerpt, position) VALUES(?1, ?2, ?3, ?4)",
                    w->id, issue->reason, issue->excerpt, issue->line, err);
}

pt_status pt_source_write(pt_source_writer *w, const pt_batch *batch, pt_error *err) {
    pt_status status = PT_OK;
    for (size_t i = 0; i < batch->records.n && !status; i++) {
        const pt_batch_record *record = &batch->records.at[i];
        pt_record_outcome outcome = PT_RECORD_NEW;
        status = pt_record_write(w->records, &record->patent, &record->title, &record->abstract, w->id,
                                 &outcome, err);
        w->patents += outcome == PT_RECORD_NEW;
        w->replaced += outcome == PT_RECORD_REPLACED;
        w->duplicates += outcome != PT_RECORD_NEW;
    }
    for (size_t i = 0; i < batch->issues.n && !status; i++)
        status = write_issue(w, &batch->issues.at[i], err);
    return status;
}

static pt_status write_counter(pt_source_writer *w, const char *name, uint64_t n, pt_error *err) {
    if (n == 0)
        return PT_OK;
    return run_with(w->store,
                    "INSERT INTO counter(source_id, name, n) VALUES(?1, ?2, ?4 + 0 * coalesce(?3, 0))", w->id,
                    name, NULL, (int64_t)n, err);
}

/* The counters of a source by name; those of duplicates and repairs are not among them. */
static const struct {
    const char *name;
    size_t field;
} COUNTERS[] = {
    {"records", offsetof(pt_reader_counts, records)},
    {"patents read", offsetof(pt_reader_counts, patents)},
    {"designs skipped", offsetof(pt_reader_counts, designs)},
    {"trademarks skipped", offsetof(pt_reader_counts, trademarks)},
    {"other records skipped", offsetof(pt_reader_counts, other_records_skipped)},
    {"quarantined", offsetof(pt_reader_counts, quarantined)},
    {"error answers", offsetof(pt_reader_counts, error_answers)},
    {"cut abstracts", offsetof(pt_reader_counts, cut_abstracts)},
    {"empty abstracts", offsetof(pt_reader_counts, empty_abstracts)},
    {"dates that do not exist", offsetof(pt_reader_counts, bad_dates)},
    {"codes that do not exist", offsetof(pt_reader_counts, bad_codes)},
};
enum { N_COUNTERS = sizeof COUNTERS / sizeof *COUNTERS };
static const char DUPLICATES[] = "duplicates", REPAIR[] = "repair: ";

static uint64_t *counter_of(pt_reader_counts *counts, size_t i) {
    return (uint64_t *)((char *)counts + COUNTERS[i].field);
}

void pt_source_book(pt_source_writer *w, pt_reader_counts *counts, const char *name, uint64_t n) {
    if (strcmp(name, DUPLICATES) == 0)
        w->duplicates += n;
    for (size_t i = 0; i < N_COUNTERS; i++)
        if (strcmp(name, COUNTERS[i].name) == 0)
            *counter_of(counts, i) += n;
    for (int i = 0; i < PT_N_REPAIRS; i++)
        if (strncmp(name, REPAIR, sizeof REPAIR - 1) == 0 &&
            strcmp(name + sizeof REPAIR - 1, pt_repair_name((pt_repair)i)) == 0)
            counts->repairs[i] += n;
}

static pt_status write_counters(pt_source_writer *w, const pt_reader_counts *counts, pt_error *err) {
    pt_reader_counts c = *counts;
    c.quarantined += c.quarantined_sources;
    pt_status status = write_counter(w, DUPLICATES, w->duplicates, err);
    for (size_t i = 0; i < N_COUNTERS && !status; i++)
        status = write_counter(w, COUNTERS[i].name, *counter_of(&c, i), err);
    for (int i = 0; i < PT_N_REPAIRS && !status; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", REPAIR, pt_repair_name((pt_repair)i));
        status = write_counter(w, name, c.repairs[i], err);
    }
    return status;
}

static pt_status close_row(pt_source_writer *w, pt_error *err) {
    return run_with(w->store,
                    "UPDATE source SET patents = (SELECT count(*) FROM patent WHERE source_id = ?1),"
                    " quarantined = (SELECT count(*) FROM quarantine WHERE source_id = ?1) WHERE id = ?1",
                    w->id, NULL, NULL, 0, err);
}

pt_status pt_source_end(pt_source_writer *w, const pt_reader_counts *counts, bool keep, pt_error *err) {
    pt_status status = keep ? write_counters(w, counts, err) : PT_OK;
    if (keep && !status)
        status = close_row(w, err);
    if (keep && !status && w->patents + w->replaced > 0)
        status = pt_store_touch(w->store, err);
    const pt_status ended = pt_store_end(w->store, keep && !status, status ? NULL : err);
    if (status || ended)
        return status ? status : ended;
    if (keep) {
        w->counts->sources++;
        w->counts->patents += w->patents;
        w->counts->duplicates += w->duplicates;
        w->counts->replaced += w->replaced;
        w->counts->quarantined += counts->quarantined + counts->quarantined_sources;
    }
    return PT_OK;
}
