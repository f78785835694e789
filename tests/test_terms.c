/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "korean/lexicon.h"
#include "study/collocations.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static pt_lexicon *lexicon;
static pt_analyzer *analyzer;
static pt_items *items;
static pt_terms *terms;
static char folder[] = "/tmp/test_terms_XXXXXX";

static const char table[] =
    "item_id\ttheme\tfield\titem\tedition\tsource\tkind\tdefinition\tseeds\tnegatives\tsiblings\n"
    "A\t\t\t연료전지 시스템\te\ts\tfield\t\t고분자연료전지|연료전지스택|가습장치|LiDAR\t축전지\tB\n"
    "B\t\t\t영상 시스템\te\ts\tmethod\t\t파워트레인|영상처리\t\tA\n"
    "C\t\t\t검사 시스템\te\ts\tfield\t도구를 검사하는 특허\t수술용|비파괴검사\t\t\n"
    "D\t\t\t압전소자\te\ts\tfield\t\t아무데도없는낱말뭉치\t\t\n";

static int set_up(void **state) {
    (void)state;
    pt_error err = {0};
    assert_non_null(mkdtemp(folder));
    char *path = pt_strfmt("%s/items.tsv", folder), *dict = pt_strfmt("%s/korean.dict", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(table, file);
    fclose(file);
    if (pt_items_load(path, &items, &err) || pt_lexicon_build("dict", dict, NULL, &err) ||
        pt_lexicon_open(&lexicon, dict, &err))
        fail_msg("%s", err.message);
    analyzer = pt_analyzer_new(lexicon);
    if (pt_terms_new(items, analyzer, "dict", NULL, &terms, &err))
        fail_msg("%s", err.message);
    unlink(path);
    unlink(dict);
    rmdir(folder);
    free(path);
    free(dict);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    pt_terms_free(terms);
    pt_analyzer_free(analyzer);
    pt_lexicon_close(lexicon);
    pt_items_free(items);
    return 0;
}

static void add_text(pt_corpus_builder *builder, const char *text, bool is_title) {
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &nouns);
    pt_term *copy = pt_alloc(n, sizeof *copy);
    for (size_t i = 0; i < n; i++)
        copy[i] = (pt_term){.form = nouns[i].form, .bytes = nouns[i].bytes, .flags = (uint8_t)nouns[i].flags};
    pt_terms_add(terms, builder, copy, n, is_title);
    free(copy);
}

static pt_corpus *corpus_of(const char *const *texts, size_t n) {
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (size_t d = 0; d < n; d++) {
        pt_corpus_builder_begin_document(builder);
        add_text(builder, texts[d], d == 0);
        pt_corpus_builder_end_document(builder);
    }
    pt_corpus_params params = pt_corpus_params_default();
    params.min_patents_per_word = 1;
    params.max_share_of_patents = 1;
    pt_corpus *corpus;
    pt_error err = {0};
    if (pt_corpus_build(builder, &params, &corpus, &err))
        fail_msg("%s", err.message);
    pt_corpus_builder_free(builder);
    return corpus;
}

/* Flags of the first token of that form in a document, or -1. */
static int flags_of(const pt_corpus *corpus, uint32_t d, const char *form) {
    for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++)
        if (strcmp(corpus->form[corpus->word[i]], form) == 0)
            return corpus->flags[i];
    return -1;
}

static void test_phrases(void **state) {
    (void)state;
    static const char *const texts[] = {"고분자 연료전지의 가습 장치", "연료 전지 스택과 고분자, 연료전지",
                                        "비파괴 검사를 이용한 LiDAR 영상처리"};
    pt_corpus *corpus = corpus_of(texts, 3);
    assert_int_equal(flags_of(corpus, 0, "고분자연료전지"), PT_TOKEN_TITLE | PT_TOKEN_TERM);
    assert_int_equal(flags_of(corpus, 0, "고분자"), PT_TOKEN_TITLE | PT_TOKEN_PART);
    assert_int_equal(flags_of(corpus, 0, "가습장치"), PT_TOKEN_TITLE | PT_TOKEN_TERM);
    assert_int_equal(flags_of(corpus, 1, "연료전지스택"), PT_TOKEN_TERM);
    assert_int_equal(flags_of(corpus, 1, "고분자연료전지"), -1); /* a comma stands between */
    assert_int_equal(flags_of(corpus, 1, "고분자"), 0);
    assert_true(flags_of(corpus, 2, "lidar") >= 0);
    assert_true(flags_of(corpus, 2, "영상처리") >= 0);
    pt_corpus_free(corpus);
}

static float weight_of(const pt_seeds *seeds, const pt_corpus *corpus, uint32_t item, const char *form,
                       bool is_negative) {
    const uint32_t word = pt_corpus_find_word(corpus, form, strlen(form));
    const uint32_t *start = is_negative ? seeds->negative_start : seeds->start;
    for (uint32_t i = start[item]; i < start[item + 1]; i++)
        if ((is_negative ? seeds->negative_word : seeds->word)[i] == word)
            return (is_negative ? seeds->negative_weight : seeds->weight)[i];
    return 0;
}

typedef struct heard {
    int n;
    char last[256];
} heard;

static void hear(void *user, pt_level level, const char *text) {
    heard *h = user;
    h->n += level == PT_LEVEL_WARN;
    snprintf(h->last, sizeof h->last, "%s", text);
}

static void test_seeds(void **state) {
    (void)state;
    static const char *const texts[] = {"고분자 연료전지의 가습 장치 시스템", "파워트레인의 영상 처리",
                                        "수술 도구의 비파괴 검사", "축전지와 스택 및 LiDAR"};
    pt_corpus *corpus = corpus_of(texts, 4);
    heard h = {0};
    const pt_monitor monitor = {.message = hear, .user = &h};
    uint32_t without;
    pt_seeds *seeds = pt_terms_seeds(terms, items, corpus, &monitor, &without);
    assert_float_equal(weight_of(seeds, corpus, 0, "고분자연료전지", false), 1, 0);
    assert_float_equal(weight_of(seeds, corpus, 0, "고분자", false), 0.2f, 0);
    assert_float_equal(weight_of(seeds, corpus, 0, "lidar", false), 1, 0);
    assert_float_equal(weight_of(seeds, corpus, 0, "축전지", true), 1, 0);
    assert_float_equal(weight_of(seeds, corpus, 0, "축전지", false), 0, 0);
    assert_float_equal(weight_of(seeds, corpus, 0, "시스템", false), 0, 0); /* in three names */
    assert_float_equal(weight_of(seeds, corpus, 1, "파워트레인", false), 1, 0);
    assert_float_equal(weight_of(seeds, corpus, 1, "영상", false), 0.5f, 0); /* name word before part */
    assert_float_equal(weight_of(seeds, corpus, 2, "수술", false), 0.2f, 0);
    assert_float_equal(weight_of(seeds, corpus, 2, "도구", false), 0.4f, 0); /* of the definition */
    assert_true(seeds->is_method[1] && !seeds->is_method[0]);
    assert_int_equal(without, 1);
    assert_int_equal(h.n, 1);
    assert_non_null(strstr(h.last, "압전소자"));
    pt_seeds_free(seeds);
    pt_corpus_free(corpus);
}

static void test_keep(void **state) {
    (void)state;
    size_t n;
    const char *const *keep = pt_terms_forms(terms, &n);
    bool found = false;
    for (size_t i = 0; i < n; i++)
        found = found || strcmp(keep[i], "연료전지스택") == 0;
    assert_true(found);
}

static size_t nouns_of(const char *text, pt_term out[64]) {
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &nouns);
    assert_true(n <= 64);
    for (size_t i = 0; i < n; i++)
        out[i] = (pt_term){nouns[i].form, nouns[i].bytes, (uint8_t)nouns[i].flags};
    return n;
}

/* 음극 활물질 stands together 12 times, in both spellings. */
static void test_collocations(void **state) {
    (void)state;
    static const char *const texts[] = {"음극 활물질의 용량", "음극활물질을 도포", "전극과 음극",
                                        "하우징의 전극",      "용량을 측정",       "음극, 활물질"};
    pt_collocation_counts *counts = pt_collocation_counts_new(NULL);
    for (int round = 0; round < 6; round++)
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            pt_term nouns[64];
            const size_t n = nouns_of(texts[i], nouns);
            pt_collocation_counts_add(counts, terms, nouns, n);
        }
    const pt_collocation_params params = {.min_count = 10, .min_pmi = 0.5, .min_t = 1};
    pt_collocations found = {0};
    assert_int_equal(pt_collocations_learn(counts, &params, &found), 1);
    assert_int_equal(found.n, 1);
    assert_string_equal(found.at[0].term, "음극활물질");
    assert_string_equal(found.at[0].parts, "음극+활물질");
    assert_int_equal(found.at[0].count, 12); /* not across a comma */
    char path[] = "/tmp/test_learned_XXXXXX";
    close(mkstemp(path));
    pt_error err = {0};
    assert_int_equal(pt_collocations_write(&found, path, &err), PT_OK);
    pt_collocations again;
    assert_int_equal(pt_collocations_read(&again, path, &err), PT_OK);
    assert_int_equal(again.n, 1);
    assert_string_equal(again.at[0].term, found.at[0].term);
    assert_int_equal(again.at[0].count, 12);
    assert_int_equal(pt_lexicon_add_user(lexicon, path, &err), PT_OK); /* the table is a user's table too */
    unlink(path);
    pt_collocations_free(&again);
    static const pt_collocation_params strict[] = {{13, 0.5, 1}, {10, 2, 1}, {10, 0.5, 3}};
    for (size_t k = 0; k < 3; k++) {
        pt_collocations none = {0};
        assert_int_equal(pt_collocations_learn(counts, &strict[k], &none), 0);
        assert_int_equal(none.n, 0);
        pt_collocations_free(&none);
    }

    const char *const text[] = {"음극 활물질의 용량"};
    pt_terms_add_phrase(terms, found.at[0].term);
    pt_corpus *corpus = corpus_of(text, 1);
    assert_int_equal(flags_of(corpus, 0, "음극활물질"), PT_TOKEN_TITLE | PT_TOKEN_TERM);
    assert_int_equal(flags_of(corpus, 0, "음극"), PT_TOKEN_TITLE | PT_TOKEN_PART);
    pt_corpus_free(corpus);
    pt_terms_forget_phrases(terms);
    corpus = corpus_of(text, 1);
    assert_int_equal(flags_of(corpus, 0, "음극활물질"), -1);
    pt_corpus_free(corpus);
    pt_collocations_free(&found);
    pt_collocation_counts_free(counts);
}

static const pt_collocation *term_of(const pt_collocations *found, const char *term) {
    for (size_t i = 0; i < found->n; i++)
        if (strcmp(found->at[i].term, term) == 0)
            return &found->at[i];
    return NULL;
}

/* 고체 산화물 연료 전지 in every spacing, and its parts in other company: rounds join it whole. */
static void test_long_compounds(void **state) {
    (void)state;
    static const char *const texts[] = {
        "고체 산화물 연료 전지의 성능", "고체산화물 연료전지를 제조", "고체 산화물 연료전지", "하우징의 전극",
        "측정된 온도와 음극",           "펌프의 하우징, 온도 측정",   "고체와 액체",          "연료와 음극",
        "이차 전지, 고체 산화물"};
    const pt_collocation_params params = {.min_count = 10, .min_pmi = 0.5, .min_t = 1};
    pt_collocations found = {0};
    size_t fresh = 1;
    for (int round = 0; round < 3; round++) {
        pt_collocation_counts *counts = pt_collocation_counts_new(round ? &found : NULL);
        for (int again = 0; again < 6; again++)
            for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
                pt_term nouns[64];
                const size_t n = nouns_of(texts[i], nouns);
                pt_collocation_counts_add(counts, terms, nouns, n);
            }
        fresh = pt_collocations_learn(counts, &params, &found);
        pt_collocation_counts_free(counts);
    }
    assert_int_equal(fresh, 0); /* nothing is left to join */
    const pt_collocation *whole = term_of(&found, "고체산화물연료전지");
    assert_non_null(whole);
    assert_string_equal(whole->parts, "고체+산화물+연료+전지");
    assert_int_equal(whole->count, 18);

    pt_terms_add_phrase(terms, whole->term);
    pt_corpus *corpus = corpus_of(texts, 3);
    for (uint32_t d = 0; d < 3; d++) /* one choice, however it is written */
        assert_true(flags_of(corpus, d, "고체산화물연료전지") & PT_TOKEN_TERM);
    pt_corpus_free(corpus);
    pt_terms_forget_phrases(terms);
    pt_collocations_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases),        cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_keep),           cmocka_unit_test(test_collocations),
        cmocka_unit_test(test_long_compounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
