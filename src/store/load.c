/* SPDX-License-Identifier: Apache-2.0 */
/* Stored patents, one by one in order of application number. */
#include "base/mem.h"
#include "base/vec.h"
#include "store/store_private.h"
#include "store/tokens.h"

#include <stdlib.h>
#include <string.h>

typedef PT_VEC(pt_stored_noun) noun_vec;
typedef PT_VEC(pt_stored_party) party_vec;
typedef PT_VEC(const char *) text_vec;

typedef struct loading {
    pt_store *store;
    sqlite3_stmt *patents, *applicants, *inventors, *codes;
    noun_vec title, abstract;
    party_vec parties, people; /* applicants, inventors */
    text_vec code;
    PT_VEC(char *) copies; /* texts of applicants and codes: SQLite's own die with the next step */
} loading;

static const char *keep(loading *l, const char *text) {
    char *copy = pt_strdup(text);
    pt_vec_push(&l->copies, copy);
    return copy;
}

static void drop_copies(loading *l) {
    for (size_t i = 0; i < l->copies.n; i++)
        free(l->copies.at[i]);
    pt_vec_clear(&l->copies);
}

static pt_status read_nouns(const pt_store *store, sqlite3_stmt *row, int column, noun_vec *out,
                            pt_error *err) {
    const uint8_t *bytes = sqlite3_column_blob(row, column);
    const size_t n = (size_t)sqlite3_column_bytes(row, column);
    size_t position = 0;
    pt_vec_clear(out);
    while (position < n) {
        pt_stored_token token;
        if (!pt_tokens_get(bytes, n, &position, &token) || token.word >= pt_intern_count(store->words))
            return pt_fail(err, PT_ERR_DATA, "%s: damaged tokens of patent %s; ingest into a new store",
                           store->db.path, pt_db_text(row, 1));
        const pt_stored_noun noun = {pt_intern_text(store->words, token.word),
                                     (uint32_t)pt_intern_bytes(store->words, token.word), token.flags};
        pt_vec_push(out, noun);
    }
    return PT_OK;
}

static pt_status read_parties(loading *l, sqlite3_stmt *query, int64_t id, party_vec *out, pt_error *err) {
    pt_vec_clear(out);
    sqlite3_bind_int64(query, 1, id);
    for (;;) {
        bool has_row;
        const pt_status status = pt_db_step(&l->store->db, query, &has_row, err);
        if (status || !has_row)
            return status;
        const pt_stored_party party = {keep(l, pt_db_text(query, 0)), keep(l, pt_db_text(query, 1)),
                                       keep(l, pt_db_text(query, 2))};
        pt_vec_push(out, party);
    }
}

static pt_status read_codes(loading *l, int64_t id, pt_error *err) {
    pt_vec_clear(&l->code);
    sqlite3_bind_int64(l->codes, 1, id);
    for (;;) {
        bool has_row;
        const pt_status status = pt_db_step(&l->store->db, l->codes, &has_row, err);
        if (status || !has_row)
            return status;
        pt_vec_push(&l->code, keep(l, pt_db_text(l->codes, 0)));
    }
}

static pt_status read_patent(loading *l, pt_stored_patent *patent, pt_error *err) {
    drop_copies(l);
    sqlite3_stmt *row = l->patents;
    pt_status status = read_nouns(l->store, row, 5, &l->title, err);
    if (!status)
        status = read_nouns(l->store, row, 6, &l->abstract, err);
    const int64_t id = sqlite3_column_int64(row, 0);
    if (!status)
        status = read_parties(l, l->applicants, id, &l->parties, err);
    if (!status)
        status = read_parties(l, l->inventors, id, &l->people, err);
    if (!status)
        status = read_codes(l, id, err);
    if (status)
        return status;
    *patent = (pt_stored_patent){
        .id = id,
        .application_number = pt_db_text(row, 1),
        .title = pt_db_text(row, 2),
        .application_date = pt_store_date_number(pt_db_text(row, 3)),
        .is_cut = sqlite3_column_int(row, 4) != 0,
        .title_nouns = l->title.at,
        .abstract_nouns = l->abstract.at,
        .n_title_nouns = l->title.n,
        .n_abstract_nouns = l->abstract.n,
        .applicants = l->parties.at,
        .n_applicants = l->parties.n,
        .inventors = l->people.at,
        .n_inventors = l->people.n,
        .codes = l->code.at,
        .n_codes = l->code.n,
    };
    return PT_OK;
}

static pt_status prepare(loading *l, pt_error *err) {
    const pt_db *db = &l->store->db;
    pt_status status = pt_db_prepare(db,
                                     "SELECT p.id, p.application_number, p.title, p.application_date, p.cut,"
                                     " t.title, t.abstract FROM patent p JOIN token t ON t.patent_id = p.id"
                                     " ORDER BY p.application_number",
                                     &l->patents, err);
    if (!status)
        status = pt_db_prepare(
            db, "SELECT name, address, country FROM applicant WHERE patent_id = ?1 ORDER BY rank",
            &l->applicants, err);
    if (!status)
        status = pt_db_prepare(
            db, "SELECT name, address, country FROM inventor WHERE patent_id = ?1 ORDER BY rank",
            &l->inventors, err);
    if (!status)
        status = pt_db_prepare(db, "SELECT code FROM code WHERE patent_id = ?1 ORDER BY scheme DESC, rank",
                               &l->codes, err);
    return status;
}

pt_status pt_store_each(pt_store *store, pt_status (*use)(void *user, const pt_stored_patent *, pt_error *),
                        void *user, const pt_monitor *monitor, pt_error *err) {
    loading l = {.store = store};
    uint64_t total = 0, done = 0;
    pt_status status = pt_store_count(store, &total, err);
    if (!status)
        status = prepare(&l, err);
    while (!status) {
        bool has_row;
        status = pt_db_step(&store->db, l.patents, &has_row, err);
        if (status || !has_row)
            break;
        pt_stored_patent patent;
        status = read_patent(&l, &patent, err);
        if (!status)
            status = use(user, &patent, err);
        if (++done % 1024 == 0)
            pt_progress(monitor, "load", done, total);
        if (!status && pt_stop_requested(monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request while loading the store");
    }
    sqlite3_finalize(l.patents);
    sqlite3_finalize(l.applicants);
    sqlite3_finalize(l.inventors);
    sqlite3_finalize(l.codes);
    drop_copies(&l);
    pt_vec_free(&l.copies);
    pt_vec_free(&l.title);
    pt_vec_free(&l.abstract);
    pt_vec_free(&l.parties);
    pt_vec_free(&l.people);
    pt_vec_free(&l.code);
    return status;
}
