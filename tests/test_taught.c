/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/taught_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static pt_items *two_items(void) {
    char *path = scratch_file("items.tsv",
                              "item_id\ttheme\tfield\titem\tedition\tsource\tksic\tkind\tdefinition\tseeds\t"
                              "negatives\tsiblings\n"
                              "A1\tt\tf\ta\te\ts\t\tfield\td\tx\t\t\nB1\tt\tf\tb\te\ts\t\tfield\td\ty\t\t\n");
    pt_items *items;
    pt_error err = {0};
    if (pt_items_load(path, &items, &err) != PT_OK)
        fail_msg("%s", err.message);
    free(path);
    return items;
}

/* Three patents over the words 물 불 흙: the first of A, the second of A and B (weights .4 and .2), the third
 * of B. */
static pt_corpus *three_patents(void) {
    static const char *const words[3][3] = {{"물", "불", NULL}, {"불", NULL, NULL}, {"흙", "흙", NULL}};
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (int d = 0; d < 3; d++) {
        pt_corpus_builder_begin_document(builder);
        for (int i = 0; words[d][i]; i++)
            pt_corpus_builder_add(builder, words[d][i], strlen(words[d][i]), 0);
        pt_corpus_builder_end_document(builder);
    }
    const pt_corpus_params params = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    pt_corpus *corpus;
    pt_error err = {0};
    if (pt_corpus_build(builder, &params, &corpus, &err) != PT_OK)
        fail_msg("%s", err.message);
    pt_corpus_builder_free(builder);
    return corpus;
}

static uint64_t codes_start[] = {0, 1, 3, 4};
static uint32_t codes_item[] = {0, 0, 1, 1};
static float codes_value[] = {.7f, .4f, .2f, 1};

static double mass_of(const pt_taught *taught, uint32_t w, uint32_t item) {
    for (uint64_t i = taught->start[w]; i < taught->start[w + 1]; i++)
        if (taught->item[i] == item)
            return (double)taught->mass[i];
    return 0;
}

static uint32_t word(const pt_corpus *corpus, const char *form) {
    return pt_corpus_find_word(corpus, form, strlen(form));
}

static void patents_teach_their_words(void **state) {
    (void)state;
    pt_items *items = two_items();
    pt_corpus *corpus = three_patents();
    const pt_table_evidence table = {codes_start, codes_item, codes_value};
    pt_taught *taught = pt_taught_words_learn(corpus, &table, 2, NULL, 0.01);
    assert_float_equal(mass_of(taught, word(corpus, "물"), 0), 1, 1e-6);
    assert_float_equal(mass_of(taught, word(corpus, "불"), 0), 1 + .8, 1e-6); /* .16 / (.16 + .04) */
    assert_float_equal(mass_of(taught, word(corpus, "불"), 1), 0, 0); /* .2 is less than chance gives */
    assert_float_equal(mass_of(taught, word(corpus, "흙"), 1), 1.5849625, 1e-6); /* log2(1 + 2) */
    assert_float_equal(taught->share[word(corpus, "불")], 2 / 4.5849625, 1e-6);

    pt_buf text = {0};
    assert_true(pt_taught_words_row(taught, corpus, items, word(corpus, "불"), &text));
    assert_string_equal(pt_buf_text(&text), "불\t0.436\tA1:1.8");
    char *table_text = pt_strfmt("word\tshare\titems\n%s\n", pt_buf_text(&text));
    char *path = scratch_file("t.tsv", table_text);
    pt_taught_words *words;
    pt_error err = {0};
    assert_int_equal(pt_taught_words_load(path, items, &words, &err), PT_OK);
    pt_taught *again = pt_taught_words_of(words, corpus);
    assert_float_equal(mass_of(again, word(corpus, "불"), 0), 1.8, 1e-6);
    assert_int_equal(again->start[corpus->V], 1);
    pt_taught_free(again);
    pt_taught_words_free(words);
    free(path);
    free(table_text);
    pt_buf_free(&text);
    pt_taught_free(taught);

    const bool is_left_out[] = {true, false, true};
    taught = pt_taught_words_learn(corpus, &table, 2, is_left_out, 0.01);
    assert_int_equal(taught->start[corpus->V], 2); /* 불 alone, of A and of B */
    pt_taught_free(taught);
    pt_corpus_free(corpus);
    pt_items_free(items);
}

static void tables_are_checked(void **state) {
    (void)state;
    static const struct {
        const char *rows, *message;
    } bad[] = {
        {"\t.1\tA1:1\n", ":2"},        {"물\t0\tA1:1\n", "(0, 1]"},    {"물\t.1\tA1:1\n물\t.1\tA1:1\n", ":3"},
        {"물\t.1\tA1\n", "A1"},        {"물\t.1\tA1:x\n", "A1:x"},     {"물\t.1\tA1:-1\n", "A1:-1"},
        {"물\tnan\tA1:1\n", "(0, 1]"}, {"물\t.1\tA1:inf\n", "A1:inf"},
    };
    pt_items *items = two_items();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *text = pt_strfmt("word\tshare\titems\n%s", bad[i].rows), *path = scratch_file("bad.tsv", text);
        pt_taught_words *words;
        pt_error err = {0};
        assert_int_equal(pt_taught_words_load(path, items, &words, &err), PT_ERR_CONFIG);
        assert_non_null(strstr(err.message, bad[i].message));
        free(path);
        free(text);
    }
    char *path = scratch_file("other.tsv", "word\tshare\titems\n물\t.1\tZ9:4|B1:2\n");
    pt_taught_words *words;
    pt_error err = {0};
    assert_int_equal(pt_taught_words_load(path, items, &words, &err), PT_OK); /* another edition's item */
    pt_taught_words_free(words);
    free(path);
    pt_items_free(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patents_teach_their_words),
        cmocka_unit_test(tables_are_checked),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
