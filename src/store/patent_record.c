/* SPDX-License-Identifier: Apache-2.0 */
#include "store/patent_record.h"
#include "base/mem.h"
#include "store/batch.h"
#include "store/tokens.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIND,
    GET_CODES,
    GET_APPLICANTS,
    GET_INVENTORS,
    GET_CLAIMS,
    DROP_CODES,
    DROP_APPLICANTS,
    DROP_INVENTORS,
    DROP_CLAIMS,
    PUT_PATENT,
    PUT_CODE,
    PUT_APPLICANT,
    PUT_INVENTOR,
    PUT_CLAIM,
    PUT_TOKEN,
    PUT_WORD,
    N_STATEMENTS
};

static const char *const SQL[N_STATEMENTS] = {
    [FIND] =
        "SELECT id, kind, country, title, title_en, abstract, application_date, open_date, publication_date,"
        " registration_date, registration_number, status, form, cut FROM patent WHERE application_number = "
        "?1",
    [GET_CODES] = "SELECT scheme, rank, code FROM code WHERE patent_id = ?1 ORDER BY scheme DESC, rank",
    [GET_APPLICANTS] = "SELECT name, address, country FROM applicant WHERE patent_id = ?1 ORDER BY rank",
    [GET_INVENTORS] = "SELECT name, address, country FROM inventor WHERE patent_id = ?1 ORDER BY rank",
    [GET_CLAIMS] = "SELECT text FROM claim WHERE patent_id = ?1 ORDER BY rank",
    [DROP_CODES] = "DELETE FROM code WHERE patent_id = ?1",
    [DROP_APPLICANTS] = "DELETE FROM applicant WHERE patent_id = ?1",
    [DROP_INVENTORS] = "DELETE FROM inventor WHERE patent_id = ?1",
    [DROP_CLAIMS] = "DELETE FROM claim WHERE patent_id = ?1",
    [PUT_PATENT] =
        "INSERT INTO patent(application_number, kind, country, title, title_en, abstract, application_date,"
        " open_date, publication_date, registration_date, registration_number, status, form, cut, line, "
        "source_id)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
        " ON CONFLICT(application_number) DO UPDATE SET kind=?2, country=?3, title=?4, title_en=?5, "
        "abstract=?6,"
        " application_date=?7, open_date=?8, publication_date=?9, registration_date=?10,"
        " registration_number=?11, status=?12, form=?13, cut=?14, line=?15, source_id=?16 RETURNING id",
    [PUT_CODE] = "INSERT OR IGNORE INTO code(patent_id, scheme, rank, code) VALUES(?1,?2,?3,?4)",
    [PUT_APPLICANT] = "INSERT INTO applicant(patent_id, rank, name, address, country) VALUES(?1,?2,?3,?4,?5)",
    [PUT_INVENTOR] = "INSERT INTO inventor(patent_id, rank, name, address, country) VALUES(?1,?2,?3,?4,?5)",
    [PUT_CLAIM] = "INSERT INTO claim(patent_id, rank, text) VALUES(?1,?2,?3)",
    [PUT_TOKEN] = "INSERT OR REPLACE INTO token(patent_id, title, abstract) VALUES(?1,?2,?3)",
    [PUT_WORD] = "INSERT INTO word(id, form) VALUES(?1,?2)",
};

struct pt_record_writer {
    pt_store *store;
    sqlite3_stmt *statement[N_STATEMENTS];
    pt_buf title, abstract; /* encoded tokens */
};

void pt_record_noun(pt_buf *nouns, const char *form, size_t bytes, uint8_t flags) {
    assert(bytes <= UINT16_MAX);
    const char head[3] = {(char)flags, (char)(bytes & 0xff), (char)(bytes >> 8)};
    pt_buf_append(nouns, head, sizeof head);
    pt_buf_append(nouns, form, bytes);
}

pt_status pt_record_writer_new(pt_store *store, pt_record_writer **out, pt_error *err) {
    pt_record_writer *writer = pt_zalloc(1, sizeof *writer);
    writer->store = store;
    pt_status status = PT_OK;
    for (int i = 0; i < N_STATEMENTS && !status; i++)
        status = pt_db_prepare(&store->db, SQL[i], &writer->statement[i], err);
    if (status) {
        pt_record_writer_free(writer);
        writer = NULL;
    }
    *out = writer;
    return status;
}

void pt_record_writer_free(pt_record_writer *writer) {
    if (!writer)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(writer->statement[i]);
    pt_buf_free(&writer->title);
    pt_buf_free(&writer->abstract);
    free(writer);
}

static pt_status read_parties(pt_record_writer *w, int which, int64_t id, pt_parties *out, pt_error *err) {
    sqlite3_stmt *s = w->statement[which];
    sqlite3_bind_int64(s, 1, id);
    for (;;) {
        bool has_row;
        const pt_status status = pt_db_step(&w->store->db, s, &has_row, err);
        if (status || !has_row)
            return status;
        const pt_party party = {pt_strdup(pt_db_text(s, 0)), pt_strdup(pt_db_text(s, 1)),
                                pt_strdup(pt_db_text(s, 2))};
        pt_vec_push(out, party);
    }
}

static pt_status read_codes_and_claims(pt_record_writer *w, int64_t id, pt_patent *patent, pt_error *err) {
    sqlite3_stmt *s = w->statement[GET_CODES];
    sqlite3_bind_int64(s, 1, id);
    bool has_row = true;
    pt_status status = PT_OK;
    while (!status && has_row) {
        status = pt_db_step(&w->store->db, s, &has_row, err);
        if (status || !has_row)
            break;
        pt_code code = {.scheme = strcmp(pt_db_text(s, 0), "CPC") == 0 ? PT_SCHEME_CPC : PT_SCHEME_IPC,
                        .rank = (uint16_t)sqlite3_column_int(s, 1)};
        snprintf(code.symbol, sizeof code.symbol, "%s", pt_db_text(s, 2));
        pt_vec_push(&patent->codes, code);
    }
    s = w->statement[GET_CLAIMS];
    sqlite3_bind_int64(s, 1, id);
    has_row = true;
    while (!status && has_row) {
        status = pt_db_step(&w->store->db, s, &has_row, err);
        if (!status && has_row)
            pt_vec_push(&patent->claims, pt_strdup(pt_db_text(s, 0)));
    }
    return status;
}

pt_status pt_record_read(pt_record_writer *w, const char *number, pt_patent *stored, int64_t *id, bool *found,
                         bool *is_stale, pt_error *err) {
    sqlite3_stmt *s = w->statement[FIND];
    sqlite3_bind_text(s, 1, number, -1, SQLITE_STATIC);
    pt_status status = pt_db_step(&w->store->db, s, found, err);
    if (status || !*found)
        return status;
    *id = sqlite3_column_int64(s, 0);
    stored->application_number = pt_strdup(number);
    stored->kind = strcmp(pt_db_text(s, 1), "utility") == 0 ? PT_KIND_UTILITY : PT_KIND_PATENT;
    stored->country = pt_strdup(pt_db_text(s, 2));
    stored->title = pt_strdup(pt_db_text(s, 3));
    stored->title_en = pt_strdup(pt_db_text(s, 4));
    stored->abstract = pt_strdup(pt_db_text(s, 5));
    stored->application_date = pt_store_date_number(pt_db_text(s, 6));
    stored->open_date = pt_store_date_number(pt_db_text(s, 7));
    stored->publication_date = pt_store_date_number(pt_db_text(s, 8));
    stored->registration_date = pt_store_date_number(pt_db_text(s, 9));
    stored->registration_number = pt_strdup(pt_db_text(s, 10));
    stored->status = pt_strdup(pt_db_text(s, 11));
    *is_stale = strcmp(pt_db_text(s, 12), "stale") == 0;
    stored->form = strcmp(pt_db_text(s, 12), "detail") == 0 ? PT_FORM_DETAIL : PT_FORM_LIST;
    stored->is_cut = sqlite3_column_int(s, 13) != 0;
    sqlite3_reset(s);
    status = read_parties(w, GET_APPLICANTS, *id, &stored->applicants, err);
    if (!status)
        status = read_parties(w, GET_INVENTORS, *id, &stored->inventors, err);
    return status ? status : read_codes_and_claims(w, *id, stored, err);
}

static pt_status drop_children(pt_record_writer *w, int64_t id, pt_error *err) {
    for (int i = DROP_CODES; i <= DROP_CLAIMS; i++) {
        sqlite3_bind_int64(w->statement[i], 1, id);
        const pt_status status = pt_db_run(&w->store->db, w->statement[i], err);
        if (status)
            return status;
    }
    return PT_OK;
}

static pt_status put_patent(pt_record_writer *w, const pt_patent *patent, int64_t source, int64_t *id,
                            pt_error *err) {
    sqlite3_stmt *s = w->statement[PUT_PATENT];
    char application[11], opened[11], published[11], registered[11];
    pt_store_date_text(patent->application_date, application);
    pt_store_date_text(patent->open_date, opened);
    pt_store_date_text(patent->publication_date, published);
    pt_store_date_text(patent->registration_date, registered);
    const char *texts[] = {patent->application_number,
                           patent->kind == PT_KIND_UTILITY ? "utility" : "patent",
                           patent->country,
                           patent->title,
                           patent->title_en,
                           patent->abstract,
                           application,
                           opened,
                           published,
                           registered,
                           patent->registration_number,
                           patent->status,
                           patent->form == PT_FORM_DETAIL ? "detail" : "list"};
    for (int i = 0; i < (int)(sizeof texts / sizeof texts[0]); i++)
        pt_db_bind_text(s, i + 1, texts[i]);
    sqlite3_bind_int(s, 14, patent->is_cut);
    sqlite3_bind_int64(s, 15, patent->line);
    sqlite3_bind_int64(s, 16, source);
    bool has_row;
    const pt_status status = pt_db_step(&w->store->db, s, &has_row, err);
    if (status)
        return status;
    assert(has_row);
    *id = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return PT_OK;
}

static pt_status put_parties(pt_record_writer *w, int which, int64_t id, const pt_parties *parties,
                             pt_error *err) {
    sqlite3_stmt *s = w->statement[which];
    for (size_t i = 0; i < parties->n; i++) {
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (int64_t)i);
        pt_db_bind_text(s, 3, parties->at[i].name);
        pt_db_bind_text(s, 4, parties->at[i].address);
        pt_db_bind_text(s, 5, parties->at[i].country);
        const pt_status status = pt_db_run(&w->store->db, s, err);
        if (status)
            return status;
    }
    return PT_OK;
}

static pt_status put_codes_and_claims(pt_record_writer *w, int64_t id, const pt_patent *patent,
                                      pt_error *err) {
    pt_status status = PT_OK;
    for (size_t i = 0; i < patent->codes.n && !status; i++) {
        sqlite3_stmt *s = w->statement[PUT_CODE];
        sqlite3_bind_int64(s, 1, id);
        pt_db_bind_text(s, 2, patent->codes.at[i].scheme == PT_SCHEME_CPC ? "CPC" : "IPC");
        sqlite3_bind_int(s, 3, patent->codes.at[i].rank);
        pt_db_bind_text(s, 4, patent->codes.at[i].symbol);
        status = pt_db_run(&w->store->db, s, err);
    }
    for (size_t i = 0; i < patent->claims.n && !status; i++) {
        sqlite3_stmt *s = w->statement[PUT_CLAIM];
        sqlite3_bind_int64(s, 1, id);
        sqlite3_bind_int64(s, 2, (int64_t)i);
        pt_db_bind_text(s, 3, patent->claims.at[i]);
        status = pt_db_run(&w->store->db, s, err);
    }
    return status;
}

static pt_status encode(pt_record_writer *w, const pt_buf *nouns, pt_buf *out, pt_error *err) {
    pt_buf_clear(out);
    const char *form;
    uint32_t bytes, word;
    uint8_t flags;
    for (size_t at = 0; pt_batch_next_noun(nouns, &at, &form, &bytes, &flags);) {
        const pt_status status = pt_store_word(w->store, w->statement[PUT_WORD], form, bytes, &word, err);
        if (status)
            return status;
        pt_tokens_put(out, word, flags);
    }
    return PT_OK;
}

pt_status pt_record_write_tokens(pt_record_writer *w, int64_t patent, const pt_buf *title_nouns,
                                 const pt_buf *abstract_nouns, pt_error *err) {
    pt_status status = encode(w, title_nouns, &w->title, err);
    if (!status)
        status = encode(w, abstract_nouns, &w->abstract, err);
    if (status)
        return status;
    sqlite3_stmt *s = w->statement[PUT_TOKEN];
    sqlite3_bind_int64(s, 1, patent);
    sqlite3_bind_blob64(s, 2, pt_buf_text(&w->title), w->title.n, SQLITE_STATIC);
    sqlite3_bind_blob64(s, 3, pt_buf_text(&w->abstract), w->abstract.n, SQLITE_STATIC);
    return pt_db_run(&w->store->db, s, err);
}

pt_status pt_record_write(pt_record_writer *w, const pt_patent *patent, const pt_buf *title_nouns,
                          const pt_buf *abstract_nouns, int64_t source, pt_record_outcome *outcome,
                          pt_error *err) {
    pt_patent stored;
    pt_patent_init(&stored);
    int64_t id = 0;
    bool found = false, is_stale = false;
    pt_status status = pt_record_read(w, patent->application_number, &stored, &id, &found, &is_stale, err);
    *outcome = !found                                                ? PT_RECORD_NEW
               : is_stale || pt_patent_fullness(patent, &stored) > 0 ? PT_RECORD_REPLACED
                                                                     : PT_RECORD_DUPLICATE;
    pt_patent_free(&stored);
    if (status || *outcome == PT_RECORD_DUPLICATE)
        return status;
    if (found)
        status = drop_children(w, id, err);
    if (!status)
        status = put_patent(w, patent, source, &id, err);
    if (!status)
        status = put_parties(w, PUT_APPLICANT, id, &patent->applicants, err);
    if (!status)
        status = put_parties(w, PUT_INVENTOR, id, &patent->inventors, err);
    if (!status)
        status = put_codes_and_claims(w, id, patent, err);
    return status ? status : pt_record_write_tokens(w, id, title_nouns, abstract_nouns, err);
}
