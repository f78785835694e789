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

/* What is done with a page of texts; it does not free them. */
typedef pt_status (*page_use)(void *user, const page_rows *rows, pt_error *err);

static void free_rows(page_rows *rows) {
    for (size_t i = 0; i < rows->n; i++) {
        free(rows->at[i].title);
        free(rows->at[i].abstract);
    }
    pt_vec_clear(rows);
}

static pt_status each_page(pt_store *store, page_use use, void *user, const char *what,
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
        status = use(user, &rows, err);
        free_rows(&rows);
        pt_progress(monitor, what, done, total);
    }
    free_rows(&rows);
    pt_vec_free(&rows);
    sqlite3_finalize(select);
    return status;
}

typedef struct rewriting {
    pt_record_writer *writer;
    pt_analyzer *analyzer;
} rewriting;

static pt_status rewrite_page(void *user, const page_rows *rows, pt_error *err) {
    const rewriting *r = user;
    pt_buf title = {0}, abstract = {0};
    pt_status status = PT_OK;
    for (size_t i = 0; i < rows->n && !status; i++) {
        pt_buf_clear(&title);
        pt_buf_clear(&abstract);
        pt_batch_nouns(r->analyzer, rows->at[i].title, &title);
        pt_batch_nouns(r->analyzer, rows->at[i].abstract, &abstract);
        status = pt_record_write_tokens(r->writer, rows->at[i].id, &title, &abstract, err);
    }
    pt_buf_free(&title);
    pt_buf_free(&abstract);
    return status;
}

typedef struct reading {
    void (*use)(void *user, const char *text);
    void *user;
} reading;

static pt_status hand_out_page(void *user, const page_rows *rows, pt_error *err) {
    (void)err;
    const reading *r = user;
    for (size_t i = 0; i < rows->n; i++) {
        r->use(r->user, rows->at[i].title);
        r->use(r->user, rows->at[i].abstract);
    }
    return PT_OK;
}

pt_status pt_words_each_text(pt_store *store, void (*use)(void *user, const char *text), void *user,
                             const pt_monitor *monitor, pt_error *err) {
    reading r = {use, user};
    return each_page(store, hand_out_page, &r, "new words", monitor, err);
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
    rewriting r = {writer, analyzer};
    status = each_page(store, rewrite_page, &r, "words", monitor, err);
    if (!status)
        status = pt_store_note(store, "dictionary", digest, err);
    if (!status)
        status = pt_store_touch(store, err);
    const pt_status ended = pt_store_end(store, !status, status ? NULL : err);
    return status ? status : ended;
}

pt_status pt_words_use_lexicon(pt_store *store, const pt_lexicon *lexicon, const pt_monitor *monitor,
                               pt_error *err) {
    pt_record_writer *writer = NULL;
    pt_analyzer *analyzer = pt_analyzer_new(lexicon);
    pt_status status = pt_record_writer_new(store, &writer, err);
    if (!status)
        status = pt_words_follow_lexicon(store, writer, lexicon, analyzer, monitor, err);
    pt_record_writer_free(writer);
    pt_analyzer_free(analyzer);
    return status;
}
