/* SPDX-License-Identifier: Apache-2.0 */
/* test_coverage.c - shares for counting, claims, and the choice of items that together tell the patents. */
#include "base/mem.h"
#include "study/common_name.h"
#include "study/coverage.h"
#include "study/membership.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { D = 6, M = 4, K = 5 };

/* Patents 0 to 2: item 0, then 2; 3 and 4: item 1, then 2; 5: item 3, and item 4 by a word too weak to count.
 */
static uint32_t item[D * M] = {0, 2, 4, 1, 0, 2, 4, 1, 0, 2, 4, 1, 1, 2, 4, 0, 1, 2, 4, 0, 3, 4, 0, 1};
static float S[D * M] = {16, 8, 4, 1, 16, 8, 4, 1, 16, 8, 4, 1, 16, 8, 4, 1, 16, 8, 4, 1, 9, 8, 1, 0};
static float A[D * M] = {30, 20, 3, 0, 30, 20, 3, 0, 30, 20, 3, 0, 30, 20, 3, 0, 30, 20, 3, 0, 30, 5, 0, 0};
static bool speaks[D * M];

/* What is said of the group that patents 0 to 2 are in. */
static float words[K], seeds[K];

static pt_mapping *memberships(void) {
    static uint32_t start[D + 1] = {0, 1, 2, 3, 4, 5, 6};
    static pt_assignment at[D];
    static float margin[D];
    static uint8_t confidence[D];
    for (int i = 0; i < D * M; i++)
        speaks[i] = A[i] > 0;
    const pt_evidence evidence = {
        .D = D, .n_items = K, .per_document = M, .item = item, .S = S, .A = A, .has_any_evidence = speaks};
    const pt_mapping mapping = {
        .D = D, .n_items = K, .start = start, .at = at, .margin = margin, .confidence = confidence};
    uint32_t of[D];
    for (int d = 0; d < D; d++)
        of[d] = d < 3 ? 0 : PT_NO_GROUP;
    const pt_patent_groups groups = {.n = 1, .D = D, .of = of};
    const pt_group_evidence said = {.n_items = K, .words = words, .seeds = seeds};
    return pt_memberships_new(&evidence, &mapping, &groups, &said);
}

static void test_memberships(void **state) {
    (void)state;
    pt_mapping *m = memberships();
    assert_int_equal(m->start[1] - m->start[0], 2); /* A = 3 is too little for a kin */
    const double e = exp(-1);                       /* S apart by the temperature */
    assert_int_equal(m->at[0].item, 0);
    assert_float_equal(m->at[0].share, 1 / (1 + e), 1e-6);
    assert_float_equal(m->at[1].share, e / (1 + e), 1e-6);
    assert_int_equal(m->start[6] - m->start[5], 1); /* 5 is less than a fifth of 30 */
    assert_float_equal(m->at[m->start[5]].share, 1, 1e-6);
    pt_mapping_free(m);
}

/* What others say moves the patents of the group alone. */
static void test_a_group_moves(void **state) {
    (void)state;
    words[2] = 15;
    seeds[2] = 8;
    pt_mapping *m = memberships();
    words[2] = seeds[2] = 0;
    assert_int_equal(m->at[0].item, 2);
    assert_float_equal(m->at[0].share, 1 / (1 + exp(-1)), 1e-6); /* 8 + 12 + 4 against 16 */
    assert_float_equal(m->at[0].score, 8, 1e-6);
    assert_int_equal(m->at[m->start[3]].item, 1);
    pt_mapping_free(m);
}

/* An item that the patents' own seeds do not speak for, but those of the group do; at most two of them. */
static void test_items_of_a_group(void **state) {
    (void)state;
    seeds[1] = 20;
    seeds[3] = 32;
    seeds[4] = 19;
    pt_mapping *m = memberships();
    seeds[1] = 7; /* under 8: too little */
    seeds[3] = seeds[4] = 0;
    pt_mapping *little = memberships();
    seeds[1] = 0;
    assert_int_equal(m->start[1], 3);
    assert_int_equal(m->at[0].item, 3); /* not among those kept: the score of the last one, 1 + 16 */
    assert_float_equal(m->at[0].score, 1, 1e-6);
    assert_int_equal(m->at[1].item, 0);
    assert_float_equal(m->at[1].share / m->at[0].share, exp(-1.0 / 8), 1e-5);
    assert_int_equal(m->at[2].item, 1); /* 1 + 10; item 4 is third by seeds */
    assert_float_equal(m->at[2].share / m->at[0].share, exp(-6.0 / 8), 1e-5);
    assert_int_equal(little->start[1], 2);
    assert_int_equal(little->at[1].item, 2);
    pt_mapping_free(m);
    pt_mapping_free(little);
}

static pt_claims *claims_of(const pt_mapping *m) {
    pt_counted counted[D];
    for (uint32_t d = 0; d < D; d++)
        counted[d] = (pt_counted){.doc = d, .weight = d == 4 ? 0.5f : d == 5 ? 0 : 1};
    return pt_claims_new(counted, D, m);
}

static void test_claims(void **state) {
    (void)state;
    pt_mapping *m = memberships();
    pt_claims *claims = claims_of(m);
    assert_int_equal(claims->n_patents, 5); /* patent 5 is of the reference alone */
    assert_int_equal(claims->patent_of[5], UINT32_MAX);
    assert_int_equal(claims->leads[0], 3);
    assert_int_equal(claims->leads[2], 0);
    assert_int_equal(claims->start[3] - claims->start[2], 5);
    assert_float_equal(claims->at[claims->start[2] + 4].share, 0.5 * exp(-1) / (1 + exp(-1)), 1e-6);
    pt_claims_free(claims);
    pt_mapping_free(m);
}

static void test_coverage(void **state) {
    (void)state;
    pt_mapping *m = memberships();
    pt_claims *claims = claims_of(m);
    pt_coverage *c = pt_coverage_new(claims, K);
    const double score[K] = {1, 1, 1, 1, 0}, own = 1 / (1 + exp(-1)), kin = 1 - own;
    pt_coverage_start(c, score, SIZE_MAX);
    assert_float_equal(pt_coverage_gain(c, 0, 0), 3 * own, 1e-5);
    assert_float_equal(pt_coverage_gain(c, 2, 0), 4.5 * kin, 1e-5);
    pt_coverage_take(c, 0);
    assert_float_equal(pt_coverage_gain(c, 2, 0), 1.5 * kin, 1e-5); /* what item 0 does not tell better */
    double part;
    assert_int_equal(pt_coverage_rival(c, 2, &part), 0);
    assert_float_equal(part, 3 / 4.5, 1e-5);
    assert_float_equal(pt_coverage_gain(c, 2, 9), 1.5 * kin, 1e-5); /* a bound is enough to lose */
    const double weak[K] = {pow(0.5, 1.0 / 16), 1, 1, 1, 0};
    pt_coverage_start(c, weak, SIZE_MAX);
    pt_coverage_take(c, 0);
    /* a patent that item 0 tells is worth what item 2 tells of it, less half of that */
    assert_float_equal(pt_coverage_gain(c, 2, 0), 3 * (kin - 0.25 * own) + 1.5 * kin, 1e-5);
    pt_coverage_start(c, score, 3);
    double drawn = 0;
    for (uint32_t p = 0; p < claims->n_patents; p++)
        drawn += c->copies[p];
    assert_true(drawn <= D && drawn > 0);
    pt_coverage_free(c);
    pt_claims_free(claims);
    pt_mapping_free(m);
}

static void expect_name(const char *const *title, uint32_t n, const char *const *noun, uint32_t n_nouns,
                        unsigned try, const char *wanted) {
    char *name = pt_common_name(title, n, noun, n_nouns, try);
    if (!wanted)
        assert_null(name);
    else
        assert_string_equal(name ? name : "", wanted);
    free(name);
}

static void test_common_name(void **state) {
    (void)state;
    static const char *const extracts[] = {"딸기 추출물을 유효성분으로 포함하는 비만 예방 또는 치료용 조성물",
                                           "침향 추출물을 함유하는 퇴행성 뇌질환의 예방 또는 치료용 조성물",
                                           "부채마 추출물을 유효성분으로 함유하는 비만의 예방용 조성물"};
    static const char *const nouns[] = {"추출물", "비만", "침향"};
    expect_name(extracts, 3, nouns, 3, 0, "추출물 함유 비만 예방·치료용 조성물");
    expect_name(extracts, 3, nouns, 3, 1, "추출물 함유 질환 예방·치료용 조성물");
    expect_name(extracts, 3, nouns, 3, 2, "추출물 함유 조성물");
    expect_name(extracts, 3, nouns, 3, 3, "비만 예방·치료용 조성물");
    expect_name(extracts, 3, nouns, 3, 4, NULL);
    static const char *const mixed[] = {"차량 위치 추적 시스템", "창고 관리 서버", "드론용 배터리 팩"};
    expect_name(mixed, 3, nouns, 3, 0, NULL); /* no head in common */
    static const char *const acts[] = {"억제", "유효성"};
    expect_name(extracts, 3, acts, 2, 2, NULL);
    static const char *const clots[] = {"푸룬 추출물을 함유하는 혈전증의 예방 또는 치료용 조성물",
                                        "갈화 추출물을 함유하는 혈전증의 예방 또는 치료용 조성물"};
    static const char *const stems[] = {"혈전", "추출"};
    expect_name(clots, 2, stems, 2, 0, "추출물 함유 혈전증 예방·치료용 조성물");
    static const char *const women[] = {"갱년기 여성의 건강 조성물", "여성 갱년기 개선용 조성물",
                                        "남성 갱년기 개선용 조성물"};
    static const char *const ages[] = {"갱년기", "여성"};
    expect_name(women, 3, ages, 2, 0, "여성 갱년기 개선용 조성물");
    static const char *const carers[] = {"숙취용 음료 조성물", "숙취 해소 음료 조성물", "숙취용 환 조성물"};
    static const char *const hangover[] = {"숙취"};
    expect_name(carers, 3, hangover, 1, 1, "숙취용 조성물");
    static const char *const sepsis[] = {"지실 추출물을 포함하는 염증성 장질환 치료용 조성물",
                                         "파두 추출물을 포함하는 염증성 패혈증의 예방용 조성물",
                                         "황금 추출물을 함유하는 패혈증의 예방용 조성물"};
    static const char *const cut[] = {"증성", "염증성", "패혈증"};
    expect_name(sepsis, 3, cut, 3, 1, "패혈증 예방용 조성물"); /* no 증성 패혈증, no 염증성 패혈증 */
    static const char *const tubers[] = {"돼지감자 지상부를 함유하는 사료 조성물",
                                         "돼지감자를 함유하는 음료 조성물"};
    static const char *const pig[] = {"돼지"};
    expect_name(tubers, 2, pig, 1, 2, NULL);
    static const char *const vaccines[] = {"면역 활성 백신 조성물", "면역 증강 나노 조성물"};
    static const char *const immunity[] = {"면역"};
    expect_name(vaccines, 2, immunity, 1, 2, NULL); /* 면역 조성물 */
    assert_true(pt_common_name_is_of_heap("추출물 함유 질환 예방·치료용 조성물"));
    assert_false(pt_common_name_is_of_heap("추출물 함유 패혈증 예방·치료용 조성물"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memberships),      cmocka_unit_test(test_a_group_moves),
        cmocka_unit_test(test_items_of_a_group), cmocka_unit_test(test_claims),
        cmocka_unit_test(test_coverage),         cmocka_unit_test(test_common_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
