/* SPDX-License-Identifier: Apache-2.0 */
/* test_names.c - the name of one group of patents, from their titles. */
#include "base/mem.h"
#include "dictionary.h"
#include "study/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { OTHERS = 60, MAX_GROUP = 12 };

static void add_patent(pt_corpus_builder *builder, const char *title) {
    const pt_noun *noun;
    const size_t n = pt_analyzer_nouns(analyzer, title, strlen(title), &noun);
    pt_corpus_builder_begin_document(builder);
    for (size_t i = 0; i < n; i++)
        pt_corpus_builder_add(builder, noun[i].form, noun[i].bytes, PT_TOKEN_TITLE);
    pt_corpus_builder_end_document(builder);
}

static size_t nouns(void *user, const char *text, size_t bytes, const pt_noun **out) {
    return pt_analyzer_nouns(user, text, bytes, out);
}

/* The titles [n], all as central as each other, beside patents that speak of other things. */
static char *name_of(const char *const *title, uint32_t n, const char *item) {
    static const char *const others[] = {"차량용 조명 장치", "반도체 세정 장비의 배관", "창고 관리 서버",
                                         "질환 예방 또는 치료용 조성물", "식물 추출물의 제조방법"};
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (uint32_t d = 0; d < n; d++)
        add_patent(builder, title[d]);
    for (uint32_t d = 0; d < OTHERS; d++)
        add_patent(builder, others[d % 5]);
    pt_corpus_params params = pt_corpus_params_default();
    params.min_patents_per_word = 1;
    params.max_share_of_patents = 1;
    pt_error err = {0};
    pt_corpus *corpus;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, &err), PT_OK);
    pt_corpus_builder_free(builder);
    pt_document at[MAX_GROUP + OTHERS] = {0};
    uint32_t document[MAX_GROUP];
    float cosine[MAX_GROUP];
    double weight[MAX_GROUP];
    for (uint32_t d = 0; d < n + OTHERS; d++)
        at[d].title = pt_strdup(d < n ? title[d] : others[(d - n) % 5]);
    for (uint32_t i = 0; i < n; i++) {
        document[i] = i;
        cosine[i] = 0.7f;
        weight[i] = 1;
    }
    const pt_documents documents = {.D = n + OTHERS, .at = at};
    const pt_named_cluster cluster = {
        .n = n, .document = document, .cosine = cosine, .weight = weight, .item_name = item};
    char *name;
    pt_names_give(corpus, &documents, &cluster, 1, (pt_noun_source){nouns, analyzer}, &name);
    for (uint32_t d = 0; d < n + OTHERS; d++)
        free(at[d].title);
    pt_corpus_free(corpus);
    return name;
}

static void expect(const char *const *title, uint32_t n, const char *item, const char *wanted) {
    char *name = name_of(title, n, item);
    assert_string_equal(name, wanted);
    free(name);
}

/* 울금 is one title's own, though two speak of buds and all of extracts. */
static void test_words_of_one_title(void **state) {
    (void)state;
    static const char *const buds[] = {"울금 새싹 추출물 또는 이의 분획물을 포함하는 간질환 개선용 조성물",
                                       "숙성 새싹삼 추출물의 발효물을 함유하는 비만 개선용 조성물",
                                       "동백 뿌리 추출물을 유효성분으로 함유하는 대사 질환 예방용 조성물",
                                       "호두 추출물을 유효성분으로 포함하는 지방간 치료용 조성물"};
    char *name = name_of(buds, 4, "천연추출물");
    assert_null(strstr(name, "울금"));
    assert_non_null(strstr(name, "조성물"));
    free(name);
}

/* A substance alone is no technology. */
static void test_one_word(void **state) {
    (void)state;
    static const char *const proteins[] = {"오스모틴을 포함하는 우울증 예방 또는 치료용 조성물",
                                           "오스모틴 또는 이의 펩타이드를 함유하는 신장 질환의 치료용 조성물",
                                           "오스모틴을 유효성분으로 함유하는 치매의 예방용 조성물",
                                           "오스모틴을 포함하는 당뇨병 치료용 조성물"};
    expect(proteins, 4, "건강기능식품", "오스모틴 함유 질환 예방·치료용 조성물");
}

/* Three of seven titles speak of receptors, two end in them: too few to name the others. */
static void test_a_head_of_few(void **state) {
    (void)state;
    static const char *const mixed[] = {
        "신규한 키메라 항원 수용체", "아세틸콜린 수용체",   "수용체 결합 펩타이드", "골 형성 단백질 변이체",
        "항체 약물 복합체",          "혈관 내피 성장 인자", "재조합 바이러스 벡터"};
    expect(mixed, 7, "바이오신약", "바이오신약 기술");
}

/* What the item says already is not said again. */
static void test_the_item_says_it(void **state) {
    (void)state;
    static const char *const herbs[] = {"감초 추출물", "신규한 황금 추출물", "인삼의 발효 추출물",
                                        "쑥 줄기세포 배양 방법"};
    expect(herbs, 4, "천연추출물", "천연추출물 기술");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_one_title),
        cmocka_unit_test(test_one_word),
        cmocka_unit_test(test_a_head_of_few),
        cmocka_unit_test(test_the_item_says_it),
    };
    return cmocka_run_group_tests(tests, open_dictionary, close_dictionary);
}
