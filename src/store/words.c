/* SPDX-License-Identifier: Apache-2.0 */
#include "store/words.h"
#include "store/batch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1024 };

typedef struct page_row {
    int64_t id;
    char *title, *abstract;
} page_row;

typedef PT_VEC(page_row) page_rows;

/* The next rows in order of id: read whole before anything is written. */
static pt_status read_page(pt_store *store, sqlite3_stmt *select, int64_t after, page_rows *rows,
                           pt_error *err) {
    sqlite3_bind_int64(select, 1, after);
    sqlite3_bind_int(select, 2, PAGE);
    for (;;) {
        bool has_row;
        const pt_status status = pt_db_step(&store->db, select, &has_row, err);
        if (status || !has_row)
            return status;
        const page_row row = {sqlite3_column_int64(select, 0), pt_strdup(pt_db_text(select, 1)),
                              pt_strdup(pt_db_text(select, 2))};
        pt_vec_push(rows, row);
    }
}

static pt_status write_page(pt_record_writer *writer, pt_analyzer *analyzer, page_rows *rows, pt_error *err) {
    pt_buf title = {0}, abstract = {0};
    pt_status status = PT_OK;
    for (size_t i = 0; i < rows->n; i++) {
        const page_row *row = &rows->at[i];
        pt_buf_clear(&title);
        pt_buf_clear(&abstract);
        pt_batch_nouns(analyzer, row->title, &title);
        pt_batch_nouns(analyzer, row->abstract, &abstract);
        if (!status)
            status = pt_record_write_tokens(writer, row->id, &title, &abstract, err);
        free(row->title);
        free(row->abstract);
    }
    pt_vec_clear(rows);
    pt_buf_free(&title);
    pt_buf_free(&abstract);
    return status;
}

static pt_status analyse_all(pt_store *store, pt_record_writer *writer, pt_analyzer *analyzer,
                             const pt_monitor *monitor, pt_error *err) {
    uint64_t total = 0, done = 0;
    sqlite3_stmt *select = NULL;
    pt_status status = pt_store_count(store, &total, err);
    if (!status)
        status = pt_db_prepare(&store->db,
                               "SELECT id, title, abstract FROM patent WHERE id > ?1 ORDER BY id LIMIT ?2",
                               &select, err);
    page_rows rows = {0};
    int64_t after = 0;
    while (!status) {
        status = read_page(store, select, after, &rows, err);
        if (status || rows.n == 0)
            break;
        after = rows.at[rows.n - 1].id;
        done += rows.n;
        status = write_page(writer, analyzer, &rows, err);
        pt_progress(monitor, "words", done, total);
    }
    pt_vec_free(&rows);
    sqlite3_finalize(select);
    return status;
}

void pt_words_identity(const pt_lexicon *lexicon, char text[64]) {
    snprintf(text, 64, "%s %016" PRIx64, PT_VERSION, pt_lexicon_identity(lexicon));
}

pt_status pt_words_follow_lexicon(pt_store *store, pt_record_writer *writer, const pt_lexicon *lexicon,
                                  pt_analyzer *analyzer, const pt_monitor *monitor, pt_error *err) {
    char digest[64], stored[64];
    pt_words_identity(lexicon, digest);
    pt_status status = pt_store_dictionary(store, stored, err);
    if (status || strcmp(stored, digest) == 0)
        return status;
    status = pt_store_begin(store, err);
    if (status)
        return status;
    status = analyse_all(store, writer, analyzer, monitor, err);
    if (!status)
        status = pt_store_note(store, "dictionary", digest, err);
    if (!status)
        status = pt_store_touch(store, err);
    const pt_status ended = pt_store_end(store, !status, status ? NULL : err);
    return status ? status : ended;
}
