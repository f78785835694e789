/* SPDX-License-Identifier: Apache-2.0 */
#include "base/gzip.h"
#include "base/vec.h"
#include "store/ingest.h"
#include "store/tokens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

#include <sqlite3.h>

static pt_lexicon *lexicon;

static char *kipris(const char *records) {
    return pt_strfmt(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><body><items>%s</items></body></response>",
        records);
}

static char *record(const char *number, const char *title, const char *abstract) {
    return pt_strfmt(
        "<PatentUtilityInfo><Applicant>주식회사 가나|다라</Applicant><ApplicationDate>20210304"
        "</ApplicationDate><ApplicationNumber>%s</ApplicationNumber><Abstract>%s</Abstract>"
        "<InventionName>%s</InventionName><InternationalpatentclassificationNumber>H01M 8/04|H01M 4/62"
        "</InternationalpatentclassificationNumber><RegistrationStatus>공개</RegistrationStatus>"
        "</PatentUtilityInfo>\n",
        number, abstract, title);
}

static void write_source(const char *name, const char *number, const char *title, const char *abstract) {
    char *one = record(number, title, abstract);
    char *xml = kipris(one);
    free(scratch_file(name, xml));
    free(one);
    free(xml);
}

static pt_ingest_counts ingest(const char *store_name, const char *source_folder, int threads) {
    char *store_path = scratch_path(store_name), *source_path = scratch_path(source_folder);
    pt_store *store;
    pt_error err = {0};
    pt_ingest_counts counts;
    if (pt_store_open(&store, store_path, &err) != PT_OK)
        fail_msg("%s", err.message);
    const char *paths[] = {source_path};
    if (pt_ingest_paths(store, lexicon, paths, 1, (pt_shard){0, 1}, threads, &counts, NULL, &err) != PT_OK)
        fail_msg("%s", err.message);
    pt_store_close(store);
    free(store_path);
    free(source_path);
    return counts;
}

/* One value of a query as text; "" for none. */
static char *query(const char *store_name, const char *sql) {
    char *path = scratch_path(store_name);
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    char *text = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0)
                     ? pt_strdup((const char *)sqlite3_column_text(s, 0))
                     : pt_strdup("");
    sqlite3_finalize(s);
    sqlite3_close(db);
    free(path);
    return text;
}

static void expect(const char *store_name, const char *sql, const char *value) {
    char *found = query(store_name, sql);
    assert_string_equal(found, value);
    free(found);
}

static void tokens_come_back_as_they_went(void **state) {
    (void)state;
    const pt_stored_token tokens[] = {{0, 0}, {0, 15}, {7, 3}, {UINT32_MAX, 9}, {1u << 20, 1}};
    pt_buf bytes = {0};
    for (size_t i = 0; i < 5; i++)
        pt_tokens_put(&bytes, tokens[i].word, tokens[i].flags);
    size_t position = 0;
    pt_stored_token token;
    for (size_t i = 0; i < 5; i++) {
        assert_true(pt_tokens_get((const uint8_t *)bytes.at, bytes.n, &position, &token));
        assert_int_equal(token.word, tokens[i].word);
        assert_int_equal(token.flags, tokens[i].flags);
    }
    assert_false(pt_tokens_get((const uint8_t *)bytes.at, bytes.n, &position, &token));
    position = 0;
    const uint8_t endless[8] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    assert_false(pt_tokens_get(endless, sizeof endless, &position, &token));
    pt_buf_free(&bytes);
}

static void unchanged_sources_are_skipped_and_changed_ones_win(void **state) {
    (void)state;
    write_source("a/1.xml", "1020210000001", "연료전지용 가습 장치", "연료전지의 막가습기에 관한 것이다.");
    write_source("a/2.xml", "1020210000002", "용접 로봇", "용접 로봇의 토치에 관한 것이다.");
    pt_ingest_counts counts = ingest("a.db", "a", 2);
    assert_int_equal(counts.patents, 2);
    assert_int_equal(counts.unchanged, 0);
    counts = ingest("a.db", "a", 1);
    assert_int_equal(counts.patents, 0);
    assert_int_equal(counts.unchanged, 2);
    write_source("a/2.xml", "1020210000002", "용접 로봇", "짧다.");
    counts = ingest("a.db", "a", 1);
    assert_int_equal(counts.replaced, 1);
    expect("a.db", "SELECT abstract FROM patent WHERE application_number = '1020210000002'", "짧다.");
    expect("a.db", "SELECT count(*) FROM source", "2");
    expect("a.db", "SELECT application_date FROM patent WHERE application_number = '1020210000001'",
           "2021-03-04");
    expect("a.db", "SELECT group_concat(code, ' ') FROM code WHERE patent_id = 1", "H01M8/04 H01M4/62");
    expect("a.db", "SELECT count(*) FROM applicant WHERE patent_id = 1", "2");
}

static void the_fuller_of_two_records_wins_in_any_order(void **state) {
    (void)state;
    const char *full = "연료전지의 막가습기와 그 하우징에 관한 것으로 물을 회수한다.";
    write_source("b/1.xml", "1020210000001", "가습 장치", full);
    write_source("b/2.xml", "10-2021-0000001", "가습 장치", "짧다.");
    write_source("c/1.xml", "10-2021-0000001", "가습 장치", "짧다.");
    write_source("c/2.xml", "1020210000001", "가습 장치", full);
    assert_int_equal(ingest("b.db", "b", 1).duplicates, 1);
    assert_int_equal(ingest("c.db", "c", 1).duplicates, 1);
    for (int i = 0; i < 2; i++) {
        expect(i ? "c.db" : "b.db", "SELECT abstract FROM patent", full);
        expect(i ? "c.db" : "b.db", "SELECT count(*) FROM patent", "1");
        expect(i ? "c.db" : "b.db", "SELECT n FROM counter WHERE name = 'duplicates'", "1");
    }
}

typedef struct listing {
    pt_buf text;
    int stop_after;
} listing;

static pt_status list_patent(void *user, const pt_stored_patent *p, pt_error *err) {
    listing *l = user;
    pt_buf_printf(&l->text, "%s %s %u %s:", p->application_number, p->title, p->application_date,
                  p->n_applicants ? p->applicants[0].name : "-");
    for (size_t i = 0; i < p->n_title_nouns; i++)
        pt_buf_printf(&l->text, "%s/%u ", p->title_nouns[i].form, p->title_nouns[i].flags);
    pt_buf_puts(&l->text, p->n_codes ? p->codes[0] : "-");
    pt_buf_puts(&l->text, "\n");
    return --l->stop_after == 0 ? pt_fail(err, PT_ERR_DATA, "enough") : PT_OK;
}

static char *list_store(const char *name, int stop_after, pt_status expected) {
    char *path = scratch_path(name);
    pt_store *store;
    pt_error err = {0};
    assert_int_equal(pt_store_open(&store, path, &err), PT_OK);
    listing l = {.stop_after = stop_after};
    assert_int_equal(pt_store_each(store, list_patent, &l, NULL, &err), expected);
    pt_store_close(store);
    free(path);
    return pt_buf_take(&l.text);
}

static void the_store_is_the_same_for_any_number_of_threads(void **state) {
    (void)state;
    enum { SOURCES = 600 }; /* three waves: one is written while the next is read */
    for (int i = 0; i < SOURCES; i++) {
        char name[32], number[32], title[64];
        snprintf(name, sizeof name, "d/%03d.xml", i);
        snprintf(number, sizeof number, "10202100%05d", SOURCES - i);
        snprintf(title, sizeof title, "%s %d 장치", i % 2 ? "용접 로봇" : "연료전지 가습", i % 7);
        write_source(name, number, title, "본 발명은 장치에 관한 것이다.");
    }
    ingest("d1.db", "d", 1);
    const char *const WORDS = "SELECT group_concat(form, ' ') FROM (SELECT form FROM word ORDER BY id)";
    char *words = query("d1.db", WORDS);
    assert_true(strlen(words) > 0);
    char *one = list_store("d1.db", 0, PT_OK);
    for (int threads = 2; threads <= 4; threads *= 2) {
        char name[16];
        snprintf(name, sizeof name, "d%d.db", threads);
        ingest(name, "d", threads);
        char *more = list_store(name, 0, PT_OK);
        assert_string_equal(one, more);
        free(more);
        expect(name, WORDS, words);
    }
    free(words);
    assert_true(strncmp(one, "1020210000001", 13) == 0);
    free(one);
    char *first = list_store("d1.db", 1, PT_ERR_DATA);
    assert_int_equal(strcspn(first, "\n") + 1, strlen(first));
    free(first);
}

static void broken_input_is_put_aside_and_the_rest_goes_on(void **state) {
    (void)state;
    free(scratch_file("e/bad.xml", "this is no XML\n"));
    write_source("e/good.xml", "1020210000009", "용접 로봇", "용접 로봇이다.");
    const pt_ingest_counts counts = ingest("e.db", "e", 2);
    assert_int_equal(counts.patents, 1);
    assert_int_equal(counts.quarantined, 1);
    expect("e.db",
           "SELECT count(*) FROM quarantine q JOIN source s ON s.id = q.source_id"
           " WHERE s.path LIKE '%bad.xml'",
           "1");
    char *reason = query("e.db", "SELECT reason FROM quarantine");
    assert_true(strlen(reason) > 10);
    free(reason);
}

static void strangers_are_refused(void **state) {
    (void)state;
    pt_store *store;
    pt_error err;
    free(scratch_file("text.db",
                      "this is a text file, long enough to be no SQLite header ..........................."));
    char *path = scratch_path("text.db");
    assert_int_equal(pt_store_open(&store, path, &err), PT_ERR_DATA);
    assert_non_null(strstr(err.message, "text.db"));
    free(path);
    free(query("other.db", "SELECT 1"));
    path = scratch_path("other.db");
    sqlite3 *db;
    sqlite3_open(path, &db);
    sqlite3_exec(db, "CREATE TABLE other(x)", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(pt_store_open(&store, path, &err), PT_ERR_DATA);
    sqlite3_open(path, &db);
    sqlite3_exec(db, "DROP TABLE other; PRAGMA user_version = 999", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(pt_store_open(&store, path, &err), PT_ERR_DATA);
    assert_non_null(strstr(err.message, "newer"));
    free(path);
    assert_int_equal(pt_store_open(&store, "/proc/none/x.db", &err), PT_ERR_CREATE);
}

static int set_up(void **state) {
    const char *build = getenv("BUILD");
    char *path = pt_path_join(build ? build : "build", "korean.dict");
    pt_error err;
    const pt_status status = pt_lexicon_open(&lexicon, path, &err);
    if (status)
        fprintf(stderr, "%s\n", err.message);
    free(path);
    return status ? -1 : scratch_make(state);
}

static int tear_down(void **state) {
    pt_lexicon_close(lexicon);
    return scratch_drop(state);
}

/* A store as version 1 of the tables left it, with one run. */
static char *old_store(const char *name) {
    char *bytes = NULL, *path = scratch_path(name);
    size_t n;
    pt_writer *writer;
    assert_int_equal(pt_gzip_read("tests/data/store-v1.db.gz", &bytes, &n, NULL), PT_OK);
    assert_int_equal(pt_writer_open(&writer, path, NULL), PT_OK);
    pt_writer_bytes(writer, bytes, n);
    assert_int_equal(pt_writer_close(writer, NULL), PT_OK);
    free(bytes);
    return path;
}

static int one_integer(const char *path, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void old_stores_are_brought_up_to_date(void **state) {
    (void)state;
    char *path = old_store("old.db");
    pt_error err = {0};
    pt_store *store;
    pt_store_last last;
    bool found;
    assert_int_equal(one_integer(path, "PRAGMA user_version"), 1);
    const int assignments = one_integer(path, "SELECT count(*) FROM assignment");
    for (int round = 0; round < 2; round++) { /* the second finds nothing to do */
        if (pt_store_open(&store, path, &err))
            fail_msg("%s", err.message);
        pt_store_totals totals;
        int64_t revision = -1;
        assert_int_equal(pt_store_check(store, &err), PT_OK);
        assert_int_equal(pt_store_total(store, &totals, &err), PT_OK);
        assert_true(totals.patents == 24 && totals.runs == 1 && totals.quarantined == 1);
        assert_int_equal(pt_store_last_run(store, "old", &last, &found, &err), PT_OK);
        assert_true(found && last.revision == -1 && last.folder[0] == '\0' &&
                    strlen(last.study_digest) == 64);
        assert_int_equal(pt_store_revision(store, &revision, &err), PT_OK);
        assert_true(revision == round); /* touched once, below */
        assert_int_equal(pt_store_touch(store, &err), PT_OK);
        pt_store_close(store);
    }
    assert_int_equal(one_integer(path, "PRAGMA user_version"), 2);
    assert_int_equal(one_integer(path, "SELECT count(*) FROM assignment"), assignments);
    free(path);
}

static void a_change_of_tables_is_whole_or_not_at_all(void **state) {
    (void)state;
    char *path = old_store("half.db");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK); /* in the way of the last step */
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE run_study(x)", NULL, NULL, NULL), SQLITE_OK);
    pt_error err = {0};
    pt_store *store;
    assert_int_not_equal(pt_store_open(&store, path, &err), PT_OK);
    assert_non_null(strstr(err.message, "half.db"));
    assert_int_equal(one_integer(path, "PRAGMA user_version"), 1);
    assert_int_equal(
        one_integer(path, "SELECT count(*) FROM pragma_table_info('run') WHERE name = 'revision'"), 0);
    assert_int_equal(sqlite3_exec(db, "DROP TABLE run_study", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(pt_store_open(&store, path, &err), PT_OK);
    pt_store_close(store);
    free(path);
}

static void stores_of_newer_programs_are_refused(void **state) {
    (void)state;
    char *path = old_store("new.db");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    pt_error err = {0};
    pt_store *store;
    assert_int_equal(pt_store_open(&store, path, &err), PT_ERR_DATA);
    assert_non_null(strstr(err.message, "newer patopic"));
    assert_int_equal(one_integer(path, "PRAGMA user_version"), 99);
    free(path);
}

static void count_row(void *user, const pt_quarantined *row) {
    assert_true(row->id > 0 && row->path[0] && row->reason[0]);
    ++*(int *)user;
}

static void count_path(void *user, const char *path) {
    assert_true(path[0]);
    ++*(int *)user;
}

/* Patents without words, rows that point to nothing: put right, and their source is read again. */
static void damage_that_sources_can_mend_is_mended(void **state) {
    (void)state;
    char *path = old_store("mend.db");
    pt_error err = {0};
    pt_store *store;
    assert_int_equal(pt_store_open(&store, path, &err), PT_OK);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "DELETE FROM token WHERE patent_id = (SELECT min(id) FROM patent);"
                                  "INSERT INTO code VALUES(987654, 'IPC', 0, 'A01B 1/00')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(pt_store_check(store, &err), PT_ERR_DATA);
    uint64_t n_sources = 0;
    assert_int_equal(pt_store_repair(store, &n_sources, &err), PT_OK);
    assert_int_equal(n_sources, 1);
    assert_int_equal(pt_store_check(store, &err), PT_OK);
    int rows = 0, paths = 0;
    assert_int_equal(pt_store_quarantine(store, count_row, &rows, &err), PT_OK);
    assert_int_equal(pt_store_retry(store, count_path, &paths, &err), PT_OK);
    assert_true(rows == 1 && paths == 1);
    pt_store_close(store);
    assert_int_equal(one_integer(path, "SELECT count(*) FROM source WHERE digest = ''"), 2);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_come_back_as_they_went),
        cmocka_unit_test(unchanged_sources_are_skipped_and_changed_ones_win),
        cmocka_unit_test(the_fuller_of_two_records_wins_in_any_order),
        cmocka_unit_test(the_store_is_the_same_for_any_number_of_threads),
        cmocka_unit_test(broken_input_is_put_aside_and_the_rest_goes_on),
        cmocka_unit_test(strangers_are_refused),
        cmocka_unit_test(old_stores_are_brought_up_to_date),
        cmocka_unit_test(a_change_of_tables_is_whole_or_not_at_all),
        cmocka_unit_test(stores_of_newer_programs_are_refused),
        cmocka_unit_test(damage_that_sources_can_mend_is_mended),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
