/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/mem.h"
#include "study/region.h"
#include "study/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static pt_regions *regions;

static int open_regions(void **state) {
    (void)state;
    pt_error err = {0};
    if (pt_regions_load("dict/regions.tsv", &regions, &err)) {
        print_error("%s\n", err.message);
        return 1;
    }
    return 0;
}

static int close_regions(void **state) {
    (void)state;
    pt_regions_free(regions);
    return 0;
}

typedef struct example {
    const char *address, *unit, *rule;
} example;

static void expect_all(const example *examples, size_t n) {
    size_t failed = 0;
    for (size_t i = 0; i < n; i++) {
        const pt_place place = pt_region_parse(regions, examples[i].address, "대한민국");
        const char *unit = pt_region_name(regions, place.unit), *rule = pt_region_rule_name(place.rule);
        if (strcmp(unit, examples[i].unit) != 0 || strcmp(rule, examples[i].rule) != 0) {
            print_error("'%s': %s (%s), not %s (%s)\n", examples[i].address, unit, rule, examples[i].unit,
                        examples[i].rule);
            failed++;
        }
    }
    assert_int_equal(failed, 0);
}
#define EXPECT_ALL(e) expect_all(e, sizeof(e) / sizeof *(e))

static void test_exact(void **state) {
    (void)state;
    static const example examples[] = {
        {"경상남도 김해시 인제로 ***...", "경상남도 김해시", "exact"},
        {"경남 김해 주촌면", "경상남도 김해시", "exact"},
        {"경상남도 창원시 성산구...", "경상남도 창원시 성산구", "exact"},
        {"경상남도 창원시성산구 **", "경상남도 창원시 성산구", "exact"},
        {"경상남도 창원시 **", "경상남도 창원시", "exact"},
        {"경기도 성남시분당구야탑동 1", "경기도 성남시 분당구", "exact"},
        {"경기도 성남시 분당구야탑동 1", "경기도 성남시 분당구", "exact"},
        {"서울특별시강남구 테헤란로", "서울특별시 강남구", "exact"},
        {"서울강남구 테헤란로", "서울특별시 강남구", "exact"},
        {"서울시 강서구", "서울특별시 강서구", "exact"},
        {"부산광역시 강서구...", "부산광역시 강서구", "exact"},
        {"강원도 고성군...", "강원특별자치도 고성군", "exact"},
        {"강원특별자치도 원주시...", "강원특별자치도 원주시", "exact"},
        {"전라북도 전주시 덕진구...", "전북특별자치도 전주시 덕진구", "exact"},
        {"전북특별자치도 익산시", "전북특별자치도 익산시", "exact"},
        {"대한민국, (50834) 경상남도 김해시 활천로", "경상남도 김해시", "exact"},
        {"621-*** 경상남도\u3000김해시 어방동", "경상남도 김해시", "exact"},
        {"대한민국경상남도 김해시", "경상남도 김해시", "exact"},
        {"강원도 원주시  (...", "강원특별자치도 원주시", "exact"},
        {"광주광역시 남구...", "광주광역시 남구", "exact"},
        {"광주 북구 첨단과기로", "광주광역시 북구", "exact"},
        {"광주시 동구 ...", "광주광역시 동구", "exact"},
        {"경기도 광주시 경안동", "경기도 광주시", "exact"},
        {"경기도광주시 경안동", "경기도 광주시", "exact"},
        {"전남광주통합특별시 여수시", "전라남도 여수시", "exact"},
        {"전남광주통합특별시 광산구", "광주광역시 광산구", "exact"},
        {"세종특별자치시 조치원읍...", "세종특별자치시", "exact"},
        {"세종...", "세종특별자치시", "exact"},
        {"제주특별자치도 제주시 첨단로동길 ***,...", "제주특별자치도 제주시", "exact"},
        {"", "", "unknown"},
        {"***", "", "unknown"},
    };
    EXPECT_ALL(examples);
}

static void test_former_units(void **state) {
    (void)state;
    static const example examples[] = {
        {"인천광역시 남구 용현동", "인천광역시 미추홀구", "exact"},
        {"인천광역시 북구", "인천광역시", "sido"}, /* split */
        {"경기도 고양시 일산구 장항동", "경기도 고양시", "exact"},
        {"경상남도 마산시 회원구", "경상남도 창원시 마산회원구", "exact"},
        {"경상남도 마산시 양덕동", "경상남도 창원시", "exact"},
        {"경상남도 진해시", "경상남도 창원시 진해구", "exact"},
        {"충청북도 청원군 오창읍", "충청북도 청주시", "exact"},
        {"충청남도 연기군", "세종특별자치시", "exact"},
        {"경상북도 군위군", "대구광역시 군위군", "exact"},
        {"제주도 북제주군", "제주특별자치도 제주시", "exact"},
        {"경상남도 울산시 남구 무거동", "울산광역시 남구", "exact"},
        {"경상남도 울산시 북구", "울산광역시 북구", "exact"},
        {"경상남도 울산시", "울산광역시", "sido"},
        {"충청남도 대전시 중구", "대전광역시 중구", "exact"},
        {"대구직할시 달서구", "대구광역시 달서구", "exact"},
        {"경기도 시흥군", "경기도", "sido"}, /* three successors */
        {"경기도 부천시 소사구...", "경기도 부천시 소사구", "exact"},
        {"경기도 송탄시", "경기도 평택시", "exact"},
    };
    EXPECT_ALL(examples);
}

static void test_cut_addresses(void **state) {
    (void)state;
    static const example examples[] = {
        {"경상남도 진주...", "경상남도 진주시", "prefix"},
        {"경상남도 진주… ", "경상남도 진주시", "prefix"},
        {"강원특별자치도 강릉...", "강원특별자치도 강릉시", "prefix"},
        {"경상남도 진...", "경상남도", "sido"}, /* 진주시, 진해시 */
        {"경기도 광...", "경기도", "sido"},     /* 광명시, 광주시 */
        {"경상남도 남...", "경상남도 남해군", "prefix"},
        {"서울특별시 동대...", "서울특별시 동대문구", "prefix"},
        {"경상남도 강릉...", "경상남도", "sido"}, /* never across 시도 */
        {"경상남도 동대", "경상남도", "sido"},    /* no mark, no completion */
        {"서울특별시 동대 ...", "서울특별시", "sido"},
        {"김해...", "", "unknown"},
        {"경상북도...", "경상북도", "sido"},
        {"경상...", "", "unknown"},
        {"포항시 남...", "경상북도 포항시", "unique"},
    };
    EXPECT_ALL(examples);
}

static void test_without_sido(void **state) {
    (void)state;
    static const example examples[] = {
        {"김해시 진영읍", "경상남도 김해시", "unique"},
        {"김해시진영읍", "경상남도 김해시", "unique"},
        {"포항시 남구 지곡동", "경상북도 포항시 남구", "unique"},
        {"광주시 경안동", "경기도 광주시", "unique"},
        {"고성군 고성읍", "", "ambiguous"},
        {"중구 을지로", "", "ambiguous"},
        {"강서구", "", "ambiguous"},
        {"광주 경안동", "", "ambiguous"},
        {"광주...", "", "ambiguous"},
        {"세종대로 110", "", "unknown"},
        {"부산대학로 63번길", "", "unknown"},
        {"행복시 사랑구", "", "unknown"},
    };
    EXPECT_ALL(examples);
}

static void test_country_decides(void **state) {
    (void)state;
    assert_int_equal(pt_region_parse(regions, "서울특별시 중구", "미국,").rule, PT_REGION_FOREIGN);
    assert_int_equal(pt_region_parse(regions, "경상남도 김해시", "일본국").rule, PT_REGION_FOREIGN);
    assert_int_equal(pt_region_parse(regions, "경상남도 김해시", "KR").rule, PT_REGION_EXACT);
    assert_int_equal(pt_region_parse(regions, "경상남도 김해시", " 대한민국 ").rule, PT_REGION_EXACT);
    assert_int_equal(pt_region_parse(regions, "경상남도 김해시", NULL).rule, PT_REGION_EXACT);
    assert_int_equal(pt_region_parse(regions, NULL, NULL).rule, PT_REGION_UNKNOWN);
    assert_int_equal(pt_region_parse(regions, "\xff\xfe\xed\xa0", "").rule, PT_REGION_UNKNOWN);
}

static bool has(const char *filter_text, const char *address) {
    pt_error err = {0};
    pt_region_filter *filter;
    if (pt_region_filter_new(regions, filter_text, &filter, &err))
        fail_msg("%s", err.message);
    const bool is_in = pt_region_filter_has(filter, pt_region_parse(regions, address, "대한민국"), address);
    pt_region_filter_free(filter);
    return is_in;
}

static void test_filter(void **state) {
    (void)state;
    assert_true(has("경상남도 김해시", "경남 김해시 내외동"));
    assert_true(has("김해", "경상남도 김해시..."));
    assert_false(has("김해", "경상남도 양산시"));
    assert_true(has("김해, 양산, 밀양, 창원", "경상남도 창원시 의창구"));
    assert_true(has("김해, 양산, 밀양, 창원", "경상남도 마산시 합포구"));
    assert_false(has("김해, 양산, 밀양, 창원", "경상남도 진주..."));
    assert_false(has("창원시 성산구", "경상남도 창원시"));
    assert_true(has("경남", "경상남도..."));
    assert_true(has("전라북도", "전북특별자치도 익산시"));
    assert_true(has("세종", "세종특별자치시 조치원읍"));
    assert_true(has("전남광주통합특별시", "광주광역시 북구"));
    assert_true(has("전남광주통합특별시", "전라남도 여수시"));
    assert_true(has("제주", "제주도 남제주군"));
    assert_true(has("/(주촌|진례)면/", "경상남도 김해시 진례면"));
    assert_false(has("/(주촌|진례)면/", "경상남도 김해시 장유면"));
    assert_true(has("", "***"));
}

static void refuse(const char *text, const char *word) {
    pt_error err = {0};
    pt_region_filter *filter;
    assert_int_equal(pt_region_filter_new(regions, text, &filter, &err), PT_ERR_CONFIG);
    if (!strstr(err.message, word))
        fail_msg("'%s' lacks '%s'", err.message, word);
}

static void test_filter_refuses(void **state) {
    (void)state;
    refuse("김헤시", "경상남도 김해시");
    refuse("고성군", "경상남도 고성군, 강원특별자치도 고성군");
    refuse("성산구", "경상남도 창원시 성산구");
    refuse("경상남도 김해시 진영읍", "김해시 진영읍");
    refuse("김해, 어디", "'어디'");
    refuse("/(김해/", "region");
}

static void test_scope(void **state) {
    (void)state;
    pt_error err = {0};
    pt_study *study = pt_study_default();
    free(study->region);
    study->region = pt_strdup("김해");
    study->from = 2010;
    const char *const address[] = {"경상남도 김해시", "서울특별시 중구", "경상남도 양산시"};
    pt_place place[3];
    for (int i = 0; i < 3; i++)
        place[i] = pt_region_parse(regions, address[i], "대한민국");
    const struct {
        pt_assignment_rule rule;
        const char *reference;
        size_t first, n;
        double weight;
        bool in_reference;
    } cases[] = {{PT_ASSIGN_FIRST, "rest", 0, 3, 1, true},
                 {PT_ASSIGN_FIRST, "rest", 1, 2, 0, true},
                 {PT_ASSIGN_FRACTIONAL, "none", 0, 3, 1.0 / 3, false},
                 {PT_ASSIGN_ANY, "경남", 0, 3, 1, true},
                 {PT_ASSIGN_FIRST, "경남", 1, 2, 0, false},
                 {PT_ASSIGN_FIRST, "경남", 2, 1, 0, true},
                 {PT_ASSIGN_FIRST, "rest", 0, 0, 0, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        study->assignment = cases[i].rule;
        free(study->reference);
        study->reference = pt_strdup(cases[i].reference);
        pt_scope *scope;
        assert_int_equal(pt_scope_new(regions, study, &scope, &err), PT_OK);
        pt_document document = {.application_date = 20120304};
        const bool known =
            pt_scope_judge(scope, place + cases[i].first, address + cases[i].first, cases[i].n, &document);
        assert_int_equal(known, cases[i].n > 0);
        assert_float_equal(document.weight, cases[i].weight, 1e-6);
        assert_int_equal(document.in_reference, cases[i].in_reference);
        assert_true(document.in_period);
        document.application_date = 20091231;
        pt_scope_judge(scope, place, address, 3, &document);
        assert_false(document.in_period);
        pt_scope_free(scope);
    }
    free(study->region);
    study->region = pt_strdup("김헤시");
    pt_scope *scope;
    assert_int_equal(pt_scope_new(regions, study, &scope, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "region = 김헤시"));
    pt_study_free(study);
}

/* What any reader can see: the 시도 begins alike, and the second word (less the cut) begins alike. */
static bool looks_wrong(const char *address, const char *unit) {
    const char *word = strchr(address, ' '), *own = strchr(unit, ' ');
    if (strncmp(address, unit, 3) != 0)
        return true;
    if (!word || !own)
        return false;
    const size_t n = strcspn(word + 1, " ."), m = strcspn(own + 1, " ");
    return strncmp(word + 1, own + 1, n < m ? n : m) != 0;
}

static void count_file(const char *path, int *n, int *reached, int *wrong) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    assert_non_null(file);
    while (getline(&line, &room, file) > 0) {
        json_t *patent = json_loads(line, 0, NULL);
        size_t i;
        json_t *applicant;
        json_array_foreach(json_object_get(patent, "applicants"), i, applicant) {
            const char *address = json_string_value(json_object_get(applicant, "address"));
            const char *country = json_string_value(json_object_get(applicant, "country"));
            const pt_place place = pt_region_parse(regions, address, country);
            if (place.rule == PT_REGION_FOREIGN)
                continue;
            ++*n;
            if (place.rule < PT_REGION_EXACT)
                continue;
            ++*reached;
            if (looks_wrong(address, pt_region_name(regions, place.unit))) {
                print_error("'%s' is not %s\n", address, pt_region_name(regions, place.unit));
                ++*wrong;
            }
        }
        json_decref(patent);
    }
    free(line);
    fclose(file);
}

static void test_real_addresses(void **state) {
    (void)state;
    const char *shared = getenv("PATOPIC_SHARED") ? getenv("PATOPIC_SHARED") : "../shared";
    int n = 0, reached = 0, wrong = 0;
    for (int part = 1; part <= 8; part++) {
        char *path = pt_strfmt("%s/data/77eileen-patent-rag/patents_part%02d.jsonl", shared, part);
        FILE *there = fopen(path, "r");
        if (!there) {
            print_message("skipped: no %s\n", path);
            free(path);
            skip();
        }
        fclose(there);
        count_file(path, &n, &reached, &wrong);
        free(path);
    }
    print_message("%d of %d Korean addresses reach a unit\n", reached, n);
    assert_int_equal(wrong, 0);
    assert_true(n > 2000 && reached >= 0.985 * n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),           cmocka_unit_test(test_former_units),
        cmocka_unit_test(test_cut_addresses),   cmocka_unit_test(test_without_sido),
        cmocka_unit_test(test_country_decides), cmocka_unit_test(test_filter),
        cmocka_unit_test(test_filter_refuses),  cmocka_unit_test(test_scope),
        cmocka_unit_test(test_real_addresses),
    };
    return cmocka_run_group_tests(tests, open_regions, close_regions);
}
