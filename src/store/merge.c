/* SPDX-License-Identifier: Apache-2.0 */
/* merge.c - stores ingested in parts become one: every source is written again as reading it had given it. */
#include "base/file.h"
#include "base/sort.h"
#include "store/ingest.h"
#include "store/source.h"
#include "store/tokens.h"
#include "store/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 4096 }; /* records in memory */

typedef struct part {
    pt_store *store;
    pt_record_writer *records; /* reads */
} part;

typedef struct entry { /* a source of a part */
    char *path, *digest;
    uint64_t bytes;
    size_t part;
    int64_t id;
} entry;

typedef struct merging {
    pt_source_writer writer;
    part *parts;
    size_t n_parts;
    PT_VEC(entry) entries;
    const pt_monitor *monitor;
} merging;

static pt_status open_part(merging *m, const char *path, const char *words, pt_error *err) {
    part *p = &m->parts[m->n_parts];
    if (!pt_file_exists(path))
        return pt_fail(err, PT_ERR_NO_INPUT, "%s: no such store", path);
    pt_status status = pt_store_open(&p->store, path, err);
    if (status)
        return status;
    m->n_parts++;
    char own[64] = "";
    status = pt_store_dictionary(p->store, own, err);
    if (!status && strcmp(own, words) != 0)
        status =
            pt_fail(err, PT_ERR_DATA,
                    "%s: ingested with another dictionary or program (%s) than this one (%s): ingest that "
                    "part again",
                    path, own, words);
    return status ? status : pt_record_writer_new(p->store, &p->records, err);
}

static pt_status list_sources(merging *m, size_t which, pt_error *err) {
    pt_store *store = m->parts[which].store;
    sqlite3_stmt *s = NULL;
    pt_status status =
        pt_db_prepare(&store->db, "SELECT path, digest, bytes, id FROM source ORDER BY id", &s, err);
    for (bool has_row = true; !status && has_row;) {
        status = pt_db_step(&store->db, s, &has_row, err);
        if (status || !has_row)
            break;
        const entry found = {pt_strdup(pt_db_text(s, 0)), pt_strdup(pt_db_text(s, 1)),
                             (uint64_t)sqlite3_column_int64(s, 2), which, sqlite3_column_int64(s, 3)};
        pt_vec_push(&m->entries, found);
    }
    sqlite3_finalize(s);
    return status;
}

static int by_path_then_part(const void *a, const void *b) {
    const entry *x = a, *y = b;
    const int order = strcmp(x->path, y->path);
    return order ? order : (x->part > y->part) - (x->part < y->part);
}

static pt_status take_nouns(const pt_store *store, sqlite3_stmt *row, int column, pt_buf *nouns,
                            pt_error *err) {
    const uint8_t *bytes = sqlite3_column_blob(row, column);
    const size_t n = (size_t)sqlite3_column_bytes(row, column);
    for (size_t position = 0; position < n;) {
        pt_stored_token token;
        if (!pt_tokens_get(bytes, n, &position, &token) || token.word >= pt_intern_count(store->words))
            return pt_fail(err, PT_ERR_DATA, "%s: damaged tokens of patent %s; ingest that part again",
                           store->db.path, pt_db_text(row, 0));
        pt_record_noun(nouns, pt_intern_text(store->words, token.word),
                       pt_intern_bytes(store->words, token.word), token.flags);
    }
    return PT_OK;
}

static pt_status take_record(part *p, sqlite3_stmt *row, pt_batch *batch, pt_error *err) {
    pt_batch_record record = {0};
    int64_t id;
    bool found = false, is_stale;
    pt_patent_init(&record.patent);
    pt_status status =
        pt_record_read(p->records, pt_db_text(row, 0), &record.patent, &id, &found, &is_stale, err);
    record.patent.line = (unsigned)sqlite3_column_int64(row, 1);
    if (!status)
        status = take_nouns(p->store, row, 2, &record.title, err);
    if (!status)
        status = take_nouns(p->store, row, 3, &record.abstract, err);
    pt_vec_push(&batch->records, record);
    return status;
}

static pt_status merge_records(merging *m, const entry *source, pt_batch *batch, pt_error *err) {
    part *p = &m->parts[source->part];
    sqlite3_stmt *s = NULL;
    pt_status status =
        pt_db_prepare(&p->store->db,
                      "SELECT p.application_number, p.line, t.title, t.abstract FROM patent p JOIN token t"
                      " ON t.patent_id = p.id WHERE p.source_id = ?1 ORDER BY p.id",
                      &s, err);
    if (!status)
        sqlite3_bind_int64(s, 1, source->id);
    for (bool has_row = true; !status && has_row;) {
        status = pt_db_step(&p->store->db, s, &has_row, err);
        if (!status && has_row)
            status = take_record(p, s, batch, err);
        if (!status && (batch->records.n == AT_ONCE || !has_row)) {
            status = pt_source_write(&m->writer, batch, err);
            pt_batch_clear(batch);
        }
    }
    sqlite3_finalize(s);
    return status;
}

static pt_status merge_issues(merging *m, const entry *source, pt_batch *batch, pt_error *err) {
    const pt_store *store = m->parts[source->part].store;
    sqlite3_stmt *s = NULL;
    pt_status status = pt_db_prepare(
        &store->db, "SELECT reason, excerpt, position FROM quarantine WHERE source_id = ?1 ORDER BY id", &s,
        err);
    if (!status)
        sqlite3_bind_int64(s, 1, source->id);
    for (bool has_row = true; !status && has_row;) {
        status = pt_db_step(&store->db, s, &has_row, err);
        if (!status && has_row)
            pt_batch_take_issue(batch, source->path, (unsigned)sqlite3_column_int64(s, 2), pt_db_text(s, 0),
                                pt_db_text(s, 1));
    }
    sqlite3_finalize(s);
    return status ? status : pt_source_write(&m->writer, batch, err);
}

static pt_status merge_counters(merging *m, const entry *source, pt_reader_counts *counts, pt_error *err) {
    const pt_store *store = m->parts[source->part].store;
    sqlite3_stmt *s = NULL;
    pt_status status = pt_db_prepare(&store->db, "SELECT name, n FROM counter WHERE source_id = ?1", &s, err);
    if (!status)
        sqlite3_bind_int64(s, 1, source->id);
    for (bool has_row = true; !status && has_row;) {
        status = pt_db_step(&store->db, s, &has_row, err);
        if (!status && has_row)
            pt_source_book(&m->writer, counts, pt_db_text(s, 0), (uint64_t)sqlite3_column_int64(s, 1));
    }
    sqlite3_finalize(s);
    return status;
}

static pt_status merge_source(merging *m, const entry *source, pt_error *err) {
    bool known;
    pt_status status = pt_source_is_known(m->writer.store, source->path, source->digest, &known, err);
    if (status || known) {
        m->writer.counts->unchanged += known;
        m->writer.counts->sources += known;
        return status;
    }
    status = pt_source_begin(&m->writer, source->path, source->digest, source->bytes, err);
    if (status)
        return status;
    pt_batch batch = {0};
    pt_reader_counts counts = {0};
    status = merge_records(m, source, &batch, err);
    if (!status)
        status = merge_issues(m, source, &batch, err);
    if (!status)
        status = merge_counters(m, source, &counts, err);
    pt_batch_free(&batch);
    const pt_status ended = pt_source_end(&m->writer, &counts, !status, status ? NULL : err);
    return status ? status : ended;
}

static pt_status merge_all(merging *m, pt_error *err) {
    pt_sort(m->entries.at, m->entries.n, sizeof *m->entries.at, by_path_then_part);
    pt_status status = PT_OK;
    for (size_t i = 0; i < m->entries.n && !status; i++) {
        const entry *source = &m->entries.at[i], *before = i ? source - 1 : NULL;
        if (before && strcmp(source->path, before->path) == 0 && strcmp(source->digest, before->digest) != 0)
            return pt_fail(
                err, PT_ERR_DATA, "%s: %s and %s have it with other contents: ingest one of them again",
                source->path, m->parts[before->part].store->db.path, m->parts[source->part].store->db.path);
        status = merge_source(m, source, err);
        pt_progress(m->monitor, "merge", i + 1, m->entries.n);
        if (!status && pt_stop_requested(m->monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request; whole sources are kept");
    }
    return status;
}

pt_status pt_ingest_merge(pt_store *store, const pt_lexicon *lexicon, const char *const *paths,
                          size_t n_paths, pt_ingest_counts *counts, const pt_monitor *monitor,
                          pt_error *err) {
    memset(counts, 0, sizeof *counts);
    merging m = {.writer = {.store = store, .counts = counts},
                 .parts = pt_zalloc(n_paths, sizeof *m.parts),
                 .monitor = monitor};
    char words[64];
    pt_words_identity(lexicon, words);
    pt_analyzer *analyzer = pt_analyzer_new(lexicon);
    pt_status status = pt_record_writer_new(store, &m.writer.records, err);
    if (!status)
        status = pt_words_follow_lexicon(store, m.writer.records, lexicon, analyzer, monitor, err);
    for (size_t i = 0; i < n_paths && !status; i++)
        status = open_part(&m, paths[i], words, err);
    for (size_t i = 0; i < m.n_parts && !status; i++)
        status = list_sources(&m, i, err);
    if (!status)
        status = merge_all(&m, err);
    pt_record_writer_free(m.writer.records);
    pt_analyzer_free(analyzer);
    for (size_t i = 0; i < m.n_parts; i++) {
        pt_record_writer_free(m.parts[i].records);
        pt_store_close(m.parts[i].store);
    }
    for (size_t i = 0; i < m.entries.n; i++) {
        free(m.entries.at[i].path);
        free(m.entries.at[i].digest);
    }
    pt_vec_free(&m.entries);
    free(m.parts);
    return status;
}
