/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the user on top of the compiled dictionary, and the lattice spelled out. */
#include "base/file.h"
#include "base/mem.h"
#include "korean/analyzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char table[] = "/tmp/patopic-words-XXXXXX";
static pt_lexicon *lexicon;
static pt_error err;

static int set_up(void **state) {
    (void)state;
    const char *build = getenv("BUILD");
    char *path = pt_path_join(build ? build : "build", "korean.dict");
    const pt_status status = pt_lexicon_open(&lexicon, path, &err);
    free(path);
    const int fd = mkstemp(table);
    if (fd >= 0)
        close(fd);
    return status || fd < 0 ? -1 : 0;
}

static int tear_down(void **state) {
    (void)state;
    pt_lexicon_close(lexicon);
    return unlink(table);
}

static pt_status use(const char *rows) {
    pt_writer *writer;
    assert_int_equal(pt_writer_open(&writer, table, &err), PT_OK);
    pt_writer_bytes(writer, rows, strlen(rows));
    assert_int_equal(pt_writer_close(writer, &err), PT_OK);
    return pt_lexicon_add_user(lexicon, table, &err);
}

static void expect_nouns(const char *text, const char *nouns) {
    pt_analyzer *analyzer = pt_analyzer_new(lexicon);
    const pt_noun *noun;
    pt_buf got = {0};
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &noun);
    for (size_t k = 0; k < n; k++) {
        pt_buf_puts(&got, k ? " " : "");
        pt_buf_append(&got, noun[k].form, noun[k].bytes);
    }
    assert_string_equal(pt_buf_text(&got), nouns);
    pt_buf_free(&got);
    pt_analyzer_free(analyzer);
}

static void terms_stay_whole(void **state) {
    (void)state;
    const uint64_t plain = pt_lexicon_identity(lexicon);
    expect_nouns("연료전지용 가습장치를", "연료 전지 가습 장치");
    assert_int_equal(use("term\tclass\n연료전지\tNNG\n가습장치\tNNG\n"), PT_OK);
    expect_nouns("연료전지용 가습장치를", "연료전지 가습장치");
    assert_int_not_equal(pt_lexicon_identity(lexicon), plain);
    assert_int_equal(use("term\tclass\tcost\n뷁쀍뛟\tNNP\t\n연료전지\tNNG\t30000\n"), PT_OK);
    expect_nouns("뷁쀍뛟에서 연료전지를", "뷁쀍뛟 연료 전지"); /* a dear word gives way to its parts */
}

static void wrong_rows_are_told(void **state) {
    (void)state;
    static const char *const WRONG[][2] = {
        {"term\tclass\n연료 전지\tNNG\n", ":2: '연료 전지'"},
        {"term\tclass\nLED\tNNG\n", ":2: 'LED'"},
        {"term\tclass\n전지\tSL\n", ":2: class 'SL'"},
        {"term\tclass\n전지\t명사\n", ":2: class '명사'"},
        {"term\tclass\tcost\n전지\tNNG\tcheap\n", ":2: cost 'cheap'"},
        {"term\tclass\tcost\n전지\tNNG\t99999\n", ":2: cost '99999'"},
        {"word\tclass\n전지\tNNG\n", "term"},
    };
    for (size_t k = 0; k < sizeof WRONG / sizeof *WRONG; k++) {
        assert_int_equal(use(WRONG[k][0]), PT_ERR_CONFIG);
        assert_non_null(strstr(err.message, WRONG[k][1]));
    }
    assert_int_equal(pt_lexicon_add_user(lexicon, "/nonexistent/words.tsv", &err), PT_ERR_NO_INPUT);
}

/* Every eojeol has one path without holes from its first to its last cell. */
static void the_path_is_told(void **state) {
    (void)state;
    pt_analyzer *analyzer = pt_analyzer_new(lexicon);
    pt_buf out = {0};
    static const char TEXT[] = "가습장치를 CO2로 만든다";
    pt_analyzer_explain(analyzer, TEXT, strlen(TEXT), &out);
    unsigned eojeol = 0, reached = 0, taken = 0;
    for (const char *row = pt_buf_text(&out), *end; (end = strchr(row, '\n')); row = end + 1) {
        unsigned of, from, to;
        assert_int_equal(sscanf(row, "%u\t%u\t%u\t", &of, &from, &to), 3);
        if (end[-1] != '*')
            continue;
        reached = of == eojeol ? reached : 0;
        eojeol = of;
        assert_int_equal(from, reached);
        reached = to;
        taken++;
    }
    assert_int_equal(eojeol, 2);
    assert_true(taken >= 6);
    assert_non_null(strstr(out.at, "\tCO2\tSL\trun\t"));
    pt_buf_free(&out);
    pt_analyzer_free(analyzer);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_path_is_told), cmocka_unit_test(terms_stay_whole),
                                       cmocka_unit_test(wrong_rows_are_told)};
    return cmocka_run_group_tests_name("user_words", tests, set_up, tear_down);
}
