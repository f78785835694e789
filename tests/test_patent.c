/* SPDX-License-Identifier: Apache-2.0 */
/* test_patent.c - the patent record: numbers, dates, codes, texts, and which of two records is fuller. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "patent/codes.h"
#include "patent/countries.h"
#include "patent/dates.h"
#include "patent/numbers.h"
#include "patent/texts.h"
#include "patent/xml_syntax.h"

static void numbers_have_one_form(void **state) {
    (void)state;
    static const struct {
        const char *country, *text;
        pt_right told, right;
        const char *number;
    } cases[] = {
        {"KR", "1020190100885", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "1020190100885"},
        {"KR", "10-2019-0100885", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "1020190100885"},
        {"", "10-2019-0100885", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "1020190100885"},
        {"", "KR 10-2019-0100885", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "1020190100885"},
        {"KR", "20-2002-0028364", PT_RIGHT_UNKNOWN, PT_RIGHT_UTILITY, "2020020028364"},
        {"KR", "3020140017534", PT_RIGHT_UNKNOWN, PT_RIGHT_DESIGN, "3020140017534"},
        {"KR", "4020130008475", PT_RIGHT_UNKNOWN, PT_RIGHT_TRADEMARK, "4020130008475"},
        {"KR", "2013-0005074", PT_RIGHT_PATENT, PT_RIGHT_PATENT, "1020130005074"},
        {"KR", "2013-0005074", PT_RIGHT_UTILITY, PT_RIGHT_UTILITY, "2020130005074"},
        {"KR", "2013-0005074", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"KR", "1020210147821.0", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "1020210147821"},
        {"KR", "", PT_RIGHT_PATENT, PT_RIGHT_UNKNOWN, ""},
        {"KR", "9920190100885", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"KR", "1017770000001", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"KR", "10201901008855", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"KR", "10-2019-010088A", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"", "1.02021E+12", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"", "12345", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"US", "13/797,521", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "US13797521"},
        {"US", "1992-957301", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "US1992957301"},
        {"", "US20040023667", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "US20040023667"},
        {"EP", "01963450.0", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "EP01963450"},
        {"EP", "2001-963450", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "EP01963450"},
        {"CN", "201410408762.5", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "CN201410408762"},
        {"CN", "201410408762.X", PT_RIGHT_UTILITY, PT_RIGHT_UTILITY, "CN201410408762"},
        {"JP", "2019165329", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "JP2019165329"},
        {"DE", "B0077613", PT_RIGHT_UNKNOWN, PT_RIGHT_PATENT, "DEB0077613"},
        {"US", "12#34", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
        {"US", "999999999999999999999999999999999999999999", PT_RIGHT_UNKNOWN, PT_RIGHT_UNKNOWN, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char number[PT_NUMBER_BYTES];
        const pt_right right = pt_number_parse(cases[i].country, cases[i].text, cases[i].told, number);
        assert_string_equal(number, cases[i].number);
        assert_int_equal(right, cases[i].right);
    }
    assert_int_equal(pt_right_of_kind("A1"), PT_RIGHT_PATENT);
    assert_int_equal(pt_right_of_kind("Y1"), PT_RIGHT_UTILITY);
    assert_int_equal(pt_right_of_kind("U"), PT_RIGHT_UTILITY);
    assert_int_equal(pt_right_of_kind("S1"), PT_RIGHT_DESIGN);
    assert_int_equal(pt_right_of_kind(""), PT_RIGHT_UNKNOWN);
}

static void dates_in_every_form(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t date;
        bool is_bad;
    } cases[] = {
        {"20130121", 20130121, false},
        {"2013.01.21", 20130121, false},
        {"2013. 1. 21.", 20130121, false},
        {"1985/12/30 00:00:00", 19851230, false},
        {"2024-04-24", 20240424, false},
        {"2024-04-24+09:00", 20240424, false},
        {"2024-04-24T00:00:00Z", 20240424, false},
        {"2013년 1월 21일", 20130121, false},
        {"20130121.0", 20130121, false},
        {" \n20130121 ", 20130121, false},
        {"(2016.01.01)", 20160101, false},
        {"20240229", 20240229, false},
        {"20000229", 20000229, false},
        {"", 0, false},
        {"  ", 0, false},
        {"00000000", 0, false},
        {"0000-00-00", 0, false},
        {"-", 0, false},
        {"20230229", 0, true},
        {"19000229", 0, true},
        {"20231301", 0, true},
        {"20230100", 0, true},
        {"20230431", 0, true},
        {"201301211", 0, true},
        {"2013", 0, true},
        {"17770101", 0, true},
        {"곧", 0, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_bad = !cases[i].is_bad;
        assert_int_equal(pt_date_parse(cases[i].text, &is_bad), cases[i].date);
        assert_int_equal(is_bad, cases[i].is_bad);
    }
}

static void codes_in_one_spelling(void **state) {
    (void)state;
    static const struct {
        const char *text, *symbol;
    } cases[] = {
        {"A62B 17/00", "A62B17/00"},
        {"A62B-017/00", "A62B17/00"},
        {"A61K0031/7048", "A61K31/7048"},
        {"a62b17/00", "A62B17/00"},
        {"G06F 3/0481", "G06F3/0481"},
        {"7C 07C  29/44   A", "C07C29/44"},
        {"2A 01N 43/08 -", "A01N43/08"},
        {"// A01N43/08", "A01N43/08"},
        {"H01L  21/301       20060101AFI20210219BHJP", "H01L21/301"},
        {"A61F   2/   01            A I", "A61F2/01"},
        {"A24B   15/18    (2006.01)", "A24B15/18"},
        {"G06F017/60", "G06F17/60"},
        {"G06F 1516", "G06F15/16"},
        {"A61B  500", "A61B5/00"},
        {"H01L 21301", "H01L21/301"},
        {"A61K\n    36/45", "A61K36/45"},
        {"Y02E 60/10", "Y02E60/10"},
        {"A62B", "A62B"},
        {"A62B 17", NULL},
        {"A62B 17/0", NULL},
        {"A62B 0/00", NULL},
        {"Z99Z 1/00", NULL},
        {"600/585", NULL},
        {"", NULL},
        {"A", NULL},
        {"ABC", NULL},
        {"Applicant", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char symbol[24];
        const bool is_code = pt_code_parse(cases[i].text, strlen(cases[i].text), symbol);
        assert_int_equal(is_code, cases[i].symbol != NULL);
        assert_string_equal(symbol, cases[i].symbol == NULL ? "" : cases[i].symbol);
    }
}

static void codes_of_a_cell(void **state) {
    (void)state;
    pt_codes codes = {0};
    assert_int_equal(pt_codes_add(&codes, PT_SCHEME_IPC, "A62B-017/00 | A62B 18/02|B01D 5/00"), 0);
    assert_int_equal(pt_codes_add(&codes, PT_SCHEME_CPC, "A62B 17/00, Y02E 60/10"), 0);
    assert_int_equal(pt_codes_add(&codes, PT_SCHEME_IPC, "A62B 18/02|없음||A61K\n 36/45\nA61K 36/46"), 1);
    static const pt_code expected[] = {{PT_SCHEME_IPC, "A62B17/00", 0}, {PT_SCHEME_IPC, "A62B18/02", 1},
                                       {PT_SCHEME_IPC, "B01D5/00", 2},  {PT_SCHEME_CPC, "A62B17/00", 0},
                                       {PT_SCHEME_CPC, "Y02E60/10", 1}, {PT_SCHEME_IPC, "A61K36/45", 3},
                                       {PT_SCHEME_IPC, "A61K36/46", 4}};
    assert_int_equal(codes.n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < codes.n; i++) {
        assert_int_equal(codes.at[i].scheme, expected[i].scheme);
        assert_string_equal(codes.at[i].symbol, expected[i].symbol);
        assert_int_equal(codes.at[i].rank, expected[i].rank);
    }
    pt_vec_free(&codes);
}

static void texts_are_tidied(void **state) {
    (void)state;
    const char *raw = " \n가\t 나\xC2\xA0\xE3\x80\x80다\xE2\x80\x82 ";
    char *clean = pt_text_clean(raw, strlen(raw));
    assert_string_equal(clean, "가 나 다");
    free(clean);

    static const char *const cut[] = {"단계를 포함한다. ...(이하생략)", "단계를 포함한다...(이하 생략).",
                                      "단계를 포함한다…이하생략"};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        char *text = pt_strdup(cut[i]);
        assert_true(pt_text_uncut(text));
        assert_string_equal(text, "단계를 포함한다");
        free(text);
    }
    char whole[] = "이하생략이라는 표시를 다루는 장치.";
    assert_false(pt_text_uncut(whole));
    assert_string_equal(whole, "이하생략이라는 표시를 다루는 장치.");

    assert_true(pt_text_is_no_content("내용 없음."));
    assert_true(pt_text_is_no_content("내용없음"));
    assert_true(pt_text_is_no_content(""));
    assert_false(pt_text_is_no_content("내용 없음을 알리는 장치"));
}

static void titles_are_split(void **state) {
    (void)state;
    static const struct {
        const char *title, *korean, *english;
    } cases[] = {
        {"펌프{PUMP}", "펌프", "PUMP"},
        {"회전체의 센서 (SENSOR AND ENCODER FOR ROTATOR)", "회전체의 센서", "SENSOR AND ENCODER FOR ROTATOR"},
        {"이형 (둘(AN ODD (AND NESTED) TITLE))", "이형 (둘(AN ODD (AND NESTED) TITLE))", NULL},
        {"센서(AN ODD (AND NESTED) TITLE)", "센서", "AN ODD (AND NESTED) TITLE"},
        {"발광 소자(LED)", "발광 소자(LED)", NULL},
        {"장치(성수동2가)", "장치(성수동2가)", NULL},
        {"PUMP (FOR ALL KINDS OF WATER)", "PUMP (FOR ALL KINDS OF WATER)", NULL},
        {"장치)", "장치)", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *title = pt_strdup(cases[i].title);
        char *english = pt_text_split_title(title);
        assert_string_equal(title, cases[i].korean);
        if (cases[i].english == NULL)
            assert_null(english);
        else
            assert_string_equal(english, cases[i].english);
        free(english);
        free(title);
    }
}

static void countries_have_letters(void **state) {
    (void)state;
    assert_string_equal(pt_country_code("대한민국"), "KR");
    assert_string_equal(pt_country_code("kr"), "KR");
    assert_string_equal(pt_country_code("일본"), "JP");
    assert_null(pt_country_code("아틀란티스"));
}

static void references_are_told_apart(void **state) {
    (void)state;
    static const struct {
        const char *text;
        pt_xml_reference kind;
        size_t bytes;
    } cases[] = {
        {"&amp; x", PT_XML_REFERENCE_GOOD, 5},     {"&#65;", PT_XML_REFERENCE_GOOD, 5},
        {"&#xAC00;", PT_XML_REFERENCE_GOOD, 8},    {"&#0;", PT_XML_REFERENCE_FORBIDDEN, 4},
        {"&#x1F;", PT_XML_REFERENCE_FORBIDDEN, 6}, {"&#x110000;", PT_XML_REFERENCE_FORBIDDEN, 10},
        {"&nbsp;", PT_XML_REFERENCE_UNKNOWN, 6},   {"& B;", PT_XML_REFERENCE_NONE, 1},
        {"&D 시설;", PT_XML_REFERENCE_NONE, 1},    {"&;", PT_XML_REFERENCE_NONE, 1},
        {"&#;", PT_XML_REFERENCE_NONE, 1},         {"&#xZZ;", PT_XML_REFERENCE_NONE, 1},
        {"&amp", PT_XML_REFERENCE_NONE, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bytes;
        assert_int_equal(pt_xml_scan_reference(cases[i].text, strlen(cases[i].text), &bytes), cases[i].kind);
        assert_int_equal(bytes, cases[i].bytes);
    }
}

static void start_tags_are_told_from_text(void **state) {
    (void)state;
    static const struct {
        const char *inside;
        bool is_tag, is_empty;
    } cases[] = {
        {"a", true, false},
        {"a/", true, true},
        {"a:b c='1' d=\"2\" /", true, true},
        {"출원번호", true, false},
        {"a b = '>' ", true, false},
        {"First Embodiment", false, false},
        {"a b=1", false, false},
        {"a b='1'c='2'", false, false},
        {"a b='1' b='2'", false, false},
        {"1", false, false},
        {":a", false, false},
        {"a b='1", false, false},
        {"a&b", false, false},
        {"a:1", false, false},
        {"a b:1='2'", false, false},
        {"a::b", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n_name;
        bool is_empty = false;
        const bool is_tag =
            pt_xml_scan_start_tag(cases[i].inside, strlen(cases[i].inside), &n_name, &is_empty);
        assert_int_equal(is_tag, cases[i].is_tag);
        if (is_tag)
            assert_int_equal(is_empty, cases[i].is_empty);
    }
}

/* --- fullness --- */

static pt_patent example(pt_form form, bool is_cut, const char *abstract, size_t parties, const char *title) {
    pt_patent patent;
    pt_patent_init(&patent);
    patent.form = form;
    patent.is_cut = is_cut;
    patent.application_number = pt_strdup("1020210000001");
    patent.abstract = pt_strdup(abstract);
    patent.title = pt_strdup(title);
    for (size_t i = 0; i < parties; i++)
        pt_vec_push(&patent.applicants,
                    ((pt_party){.name = pt_strdup("갑"), .address = pt_strdup("김해시")}));
    return patent;
}

static void the_fuller_record_wins(void **state) {
    (void)state;
    /* Rising. */
    pt_patent ladder[] = {
        example(PT_FORM_LIST, true, "아주 긴 초록", 2, "가"),
        example(PT_FORM_LIST, false, "짧다", 2, "가"),
        example(PT_FORM_LIST, false, "조금 길다", 0, "가"),
        example(PT_FORM_LIST, false, "조금 길다", 1, "가"),
        example(PT_FORM_LIST, false, "조금 길다", 1, "나"),
        example(PT_FORM_DETAIL, true, "짧다", 0, "가"),
        example(PT_FORM_DETAIL, false, "", 0, "가"),
    };
    const size_t n = sizeof ladder / sizeof *ladder;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const int order = pt_patent_fullness(&ladder[i], &ladder[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    for (size_t i = 0; i < n; i++)
        pt_patent_free(&ladder[i]);
}

static void every_difference_decides(void **state) {
    (void)state;
    enum { N = 9 };
    pt_patent many[N];
    for (size_t i = 0; i < N; i++)
        many[i] = example(PT_FORM_LIST, false, "초록", 1, "제목");
    many[1].status = pt_strdup("등록");
    many[2].registration_date = 20200101;
    many[3].title_en = pt_strdup("Title");
    many[4].kind = PT_KIND_UTILITY;
    many[5].applicants.at[0].name[0] = 'x';
    pt_codes_add(&many[6].codes, PT_SCHEME_IPC, "A62B 17/00");
    pt_vec_push(&many[7].claims, pt_strdup("청구항"));
    many[8].line = 77; /* where it stood is no difference */
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            const int order = pt_patent_fullness(&many[i], &many[j]);
            const int back = pt_patent_fullness(&many[j], &many[i]);
            const bool is_same = i == j || (i == 0 && j == 8) || (i == 8 && j == 0);
            assert_int_equal(order == 0, is_same);
            assert_int_equal((order > 0) - (order < 0), (back < 0) - (back > 0));
        }
    for (size_t i = 0; i < N; i++)
        pt_patent_free(&many[i]);
}

static void free_takes_anything(void **state) {
    (void)state;
    pt_patent_free(NULL);
    pt_patent a = example(PT_FORM_LIST, false, "초록", 2, "제목"), b;
    pt_patent_init(&b);
    pt_patent_take(&b, &a);
    assert_null(a.title);
    assert_int_equal(b.applicants.n, 2);
    pt_patent_free(&a);
    pt_patent_free(&b);
    pt_patent_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_one_form),
        cmocka_unit_test(dates_in_every_form),
        cmocka_unit_test(codes_in_one_spelling),
        cmocka_unit_test(codes_of_a_cell),
        cmocka_unit_test(texts_are_tidied),
        cmocka_unit_test(titles_are_split),
        cmocka_unit_test(countries_have_letters),
        cmocka_unit_test(references_are_told_apart),
        cmocka_unit_test(start_tags_are_told_from_text),
        cmocka_unit_test(the_fuller_record_wins),
        cmocka_unit_test(every_difference_decides),
        cmocka_unit_test(free_takes_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
