/* SPDX-License-Identifier: Apache-2.0 */
/* test_titles.c - titles of patents to phrases that may be names. */
#include "base/buf.h"
#include "study/title_words.h"
#include "study/titles.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

/* Phrases in order, separated by " | "; those inside a run of nouns are left out. */
typedef struct example {
    const char *title, *phrases;
} example;

static const example examples[] = {
    /* the names of the roadmap stay as they are */
    {"척주 교정 치료기", "척주 교정 치료기"},
    {"연료전지용 가습 장치", "연료전지용 가습 장치"},
    {"액화가스 저장 탱크용 멤브레인 시트", "액화가스 저장 탱크용 멤브레인 시트"},
    {"바이오플라스틱 제조 기술", "바이오플라스틱 제조 기술"},
    {"이차전지용 음극활물질 제조시스템", "이차전지용 음극활물질 제조시스템"},
    {"빅데이터를 이용한 개인용 헬스케어 시스템",
     "빅데이터를 이용한 개인용 헬스케어 시스템 | 개인용 헬스케어 시스템"},
    {"스마트센서를 활용한 설비 진단 시스템", "스마트센서를 활용한 설비 진단 시스템 | 설비 진단 시스템"},
    /* after an object the verb of its own meaning stays with it, or goes whole */
    {"피하지방 두께를 재는 스마트 워치", "피하지방 두께를 재는 스마트 워치 | 스마트 워치"},
    {"하수 슬러지와 톱밥을 섞은 고형 연료", "하수 슬러지와 톱밥을 섞은 고형 연료 | 고형 연료"},
    {"마찰력을 갖는 노면 블록", "노면 블록"},
    /* 1: width, brackets, quotes, the dot */
    {"{SYSTEM} 차량 위치 추적 시스템{VEHICLE TRACKING SYSTEM}.", "차량 위치 추적 시스템"},
    {"ＧＰＳ 기반 '차량' 위치 추적 시스템(GPS system)", "GPS 기반 차량 위치 추적 시스템"},
    {"융합 단백질 (IL-15)의 정제 장치", "융합 단백질 정제 장치"},
    {"닫히지 않은(괄호 차량 추적 시스템", "괄호 차량 추적 시스템"},
    /* 2 and 3: two inventions, and what points back */
    {"배터리 화재 진압 장치 및 그 제어방법", "배터리 화재 진압 장치"},
    {"양극 활물질, 이의 제조방법 및 이를 포함하는 리튬 이차 전지", "양극 활물질 | 리튬 이차 전지"},
    {"투명 면상 발열체 및 이를 포함하는 웨어러블 전자기기", "투명 면상 발열체 | 웨어러블 전자기기"},
    {"달팽이관 전극 및 그제조방법", "달팽이관 전극"},
    {"원단의 불량 위치 자동 검출 방법 및 이를 위한 시스템", "원단 불량 위치 자동 검출 시스템"},
    {"동형 암호문의 변환 장치 및 방법", "동형 암호문 변환 장치"},
    {"UAV-IRS 기반 무선 통신 방법 및 장치", "UAV-IRS 기반 무선 통신 장치"},
    {"배터리 팩 및 그 냉각 시스템", "배터리 팩"},
    {"가상현실을 이용한 언어 재활 시스템 및 이를 이용한 언어 재활 방법",
     "가상현실을 이용한 언어 재활 시스템 | 언어 재활 시스템 | 언어 재활 기술"},
    {"프로그램에 대한 중간 표현을 관리하는 방법 및 이를 수행하는 전자 장치", "중간 표현 관리 장치"},
    {"수소 저장 합금 및 촉매", "수소 저장 합금"},
    {"해상 연료 생산 설비및 그 설치방법", "해상 연료 생산 설비"},
    {"당뇨합병증 치료 및 예방용 약학적 조성물과 건강기능식품", "당뇨합병증 치료·예방용 조성물"},
    {"단말기와 서버를 연결하는 통신 장치", "단말기와 서버 연결 통신 장치 | 통신 장치"},
    /* never inside a list that shares its head */
    {"비만의 예방 및 치료용 조성물", "비만 예방·치료용 조성물"},
    {"근감소증의 예방, 개선 또는 치료용 약학적 조성물", "근감소증 예방·개선·치료용 조성물"},
    {"탈모방지 및 발모 촉진용 조성물", "탈모방지·발모 촉진용 조성물"},
    {"트립신 및 키모트립신 억제제", "트립신·키모트립신 억제제"},
    {"암의 진단 및 치료 방법", "암 진단·치료 기술"},
    {"휴대폰용 진동모터의 마그네트 로딩 및 부착장치", "휴대폰용 진동모터 마그네트 로딩·부착장치"},
    {"예방 또는 치료용 조성물", ""},
    {"IL-7, 및 IL-15를 포함하는 조성물", ""},
    /* 4: treatments go, other acts stay */
    {"바이오플라스틱의 제조방법", "바이오플라스틱 | 바이오플라스틱 제조 기술"},
    {"체인의 제조 방법", "체인 제조 기술"},
    {"메탄올 개질기의 운전 방법", "메탄올 개질기 | 메탄올 개질기 운전 기술"},
    {"1,3-부타디엔의 정제 방법", "1,3-부타디엔 정제 기술"},
    {"망막 색소 상피 세포의 생성 방법", "망막 색소 상피 세포 생성 기술"},
    {"신규 유산균 균주의 의약 용도", "유산균 균주"},
    {"질병을 예측하는 방법", "질병 예측 기술"},
    {"데이터를 처리하는 방법", ""},
    {"산출 방법 및 장치", ""},
    {"방법", ""},
    {"", ""},
    /* 5: endings, and nouns that look like them */
    {"회로의 온도 측정 장치", "회로 온도 측정 장치"},
    {"화상 회의 지원 시스템", "화상 회의 지원 시스템"},
    {"사용자의 편의를 위한 주차 안내 시스템", "사용자 편의를 위한 주차 안내 시스템 | 주차 안내 시스템"},
    {"길이 조절 보행 보조기", "길이 조절 보행 보조기"},
    {"효율이 향상된 판형 열교환기", "판형 열교환기"},
    {"미세먼지 저감 효과 분석 시스템", "미세먼지 저감 효과 분석 시스템"},
    {"접착공정이 없는 공압 디스펜서", "공압 디스펜서"},
    {"인슐린 생산세포로의 분화 유도제", ""},
    {"제한 속도 알림 장치", "제한 속도 알림 장치"},
    {"스마트 마을 방송 시스템", "스마트 마을 방송 시스템"},
    {"풍미가 향상된 식물성 대체육 및 그 제조방법과 그 가공방법", "식물성 대체육"},
    /* 6: where names may start */
    {"개선된 구조를 갖는 회전 가능한 다축 로봇용 모터", "다축 로봇용 모터"},
    {"젤리화를 통해 가루약 섭취가 용이한 젤리 키트", "젤리 키트"},
    {"딥러닝 기반의 용접 결함 검출 시스템", "딥러닝 기반 용접 결함 검출 시스템 | 용접 결함 검출 시스템"},
    {"해양에 유출된 오염 물질을 제거하는 시스템", "오염 물질 제거 시스템"},
    {"용접 결함을 검출하기 위한 로봇 시스템", "용접 결함 검출 로봇 시스템 | 로봇 시스템"},
    {"다기능 일체형 수조 청소 로봇", "수조 청소 로봇"},
    {"수소 연료전지 기술 개발", ""},
    {"ＭＴＢＫ ２４８２０ 척주 교정 치료기", "MTBK 24820 척주 교정 치료기 | 척주 교정 치료기"},
    {"차량의 실내 공기 질 관리 및 자동 환기 제어 통합 운영 시스템", ""}, /* too long whole */
    /* 7: the clause with its whole noun, or not at all */
    {"불가사리를 이용한 비료 제조 시스템 및 그 제어방법",
     "불가사리를 이용한 비료 제조 시스템 | 비료 제조 시스템"},
    {"피부 온도 감응형 기능성 하이드로 겔을 이용한 목 패치", "목 패치"},
    {"제품의 대칭성과 영상 유사도를 이용한 초경인서트 결함 검출장치", "초경인서트 결함 검출장치"},
    {"가스 토치를 이용한 전이금속 산화물의 제조 방법",
     "가스 토치를 이용한 전이금속 산화물 | 전이금속 산화물 | 전이금속 산화물 제조 기술"},
    {"수소를 포함하는 혼합 기체", "혼합 기체"},
    /* 8: numerals and Latin inside words */
    {"SUS316L 절단 기구", "SUS316L 절단 기구"},
    {"3D 프린터용 필라멘트", "3D 프린터용 필라멘트"},
};

static void test_phrases_of_titles(void **state) {
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        pt_phrases phrases = {0};
        pt_buf got = {0};
        pt_title_phrases(examples[i].title, &phrases);
        for (size_t p = 0; p < phrases.n; p++)
            if (!phrases.at[p].left)
                pt_buf_printf(&got, "%s%s", got.n > 0 ? " | " : "", phrases.at[p].text);
        if (strcmp(pt_buf_text(&got), examples[i].phrases) != 0) {
            print_message("%s\n  wanted %s\n  got    %s\n", examples[i].title, examples[i].phrases,
                          pt_buf_text(&got));
            wrong++;
        }
        pt_buf_free(&got);
        pt_phrases_free(&phrases);
    }
    assert_int_equal(wrong, 0);
}

/* A phrase inside a run of nouns says what stood on its left. */
static void expect_summary(const char *title, const char *expected) {
    char *summary = pt_title_summary(title);
    if (!expected)
        assert_null(summary);
    else
        assert_string_equal(summary, expected);
    free(summary);
}

/* Titles without a phrase that could be a name are told shortly. */
static void test_summaries(void **state) {
    (void)state;
    expect_summary("사자발쑥 추출물을 포함하는 약학 조성물", "사자발쑥 추출물 함유 조성물");
    expect_summary("말톨 에스테르를 포함하는치매 개선용 조성물", "말톨 에스테르 함유 치매 개선용 조성물");
    expect_summary("LETM1 억제제를 포함하는 조성물 및 이의 용도", "LETM1 억제제 함유 조성물");
    expect_summary("자색고구마 추출물을 유효성분으로 함유하는 조성물", "자색고구마 추출물 함유 조성물");
    expect_summary("봉독을 함유하는 치주질환, 충치 예방 및 치료용 조성물",
                   "치주질환·충치 예방·치료용 조성물");
    expect_summary("나이스타틴의 유도체 및 항진균제로서 그것의 용도", "나이스타틴 유도체");
    expect_summary("약학 조성물", NULL);
    expect_summary("", NULL);
}

static void test_inner_phrases_know_their_left(void **state) {
    (void)state;
    pt_phrases phrases = {0};
    pt_title_phrases("휴대용 바이오 센서", &phrases);
    assert_int_equal(phrases.n, 2);
    assert_string_equal(phrases.at[0].text, "휴대용 바이오 센서");
    assert_null(phrases.at[0].left);
    assert_string_equal(phrases.at[1].text, "바이오 센서");
    assert_string_equal(phrases.at[1].left, "휴대용");
    pt_phrases_free(&phrases);
    /* not where the word leans on its neighbour, nor after a genitive */
    pt_title_phrases("철분 함유 유산균 배양액", &phrases);
    for (size_t p = 0; p < phrases.n; p++)
        assert_string_not_equal(phrases.at[p].text, "함유 유산균 배양액");
    pt_title_phrases("배터리의 화재 진압 장치", &phrases);
    for (size_t p = 0; p < phrases.n; p++)
        assert_string_not_equal(phrases.at[p].text, "화재 진압 장치");
    pt_phrases_free(&phrases);
}

static void test_phrases_keep_their_measure(void **state) {
    (void)state;
    pt_phrases phrases = {0};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        pt_title_phrases(examples[i].title, &phrases);
    assert_true(phrases.n > 100);
    for (size_t p = 0; p < phrases.n; p++) {
        const pt_phrase *phrase = &phrases.at[p];
        const size_t syllables = pt_slice_syllables((pt_slice){phrase->text, strlen(phrase->text)});
        unsigned blanks = 0;
        for (const char *c = phrase->text; *c; c++)
            blanks += *c == ' ';
        assert_int_equal(blanks + 1, phrase->eojeols);
        assert_true(syllables <= PT_NAME_SYLLABLES && phrase->eojeols <= PT_NAME_EOJEOLS);
        assert_true(phrase->eojeols >= 2 || syllables >= 4);
        assert_null(strstr(phrase->text, " 및 "));
        assert_null(strstr(phrase->text, "  "));
        assert_null(strstr(phrase->text, "상기"));
    }
    pt_phrases_free(&phrases);
}

static void test_any_bytes_are_a_title(void **state) {
    (void)state;
    const char *const odd[] = {"\xff\xfe 장치", "((((",   "))))",        "및 및 및", ",,,", "그",
                               "이를 포함하는", "의의의", "을 를 이 가", "   ",      "A",   "및/또는",
                               "차량을",        "위한",   "\xea\xb0",    "장치 및"};
    pt_phrases phrases = {0};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        pt_title_phrases(odd[i], &phrases);
    pt_phrases_free(&phrases);
}

static pt_title_word kind(const char *word, const char *next) {
    return pt_title_word_kind((pt_slice){word, strlen(word)}, (pt_slice){next, strlen(next)});
}

static void test_kinds_of_words(void **state) {
    (void)state;
    assert_int_equal(kind("이용한", "시스템"), PT_TITLE_VERB);
    assert_int_equal(kind("포함하는", "전지"), PT_TITLE_VERB);
    assert_int_equal(kind("개발한", "전지"), PT_TITLE_VERB);
    assert_int_equal(kind("북한", "지역"), PT_TITLE_NOUN);
    assert_int_equal(kind("역할", "분담"), PT_TITLE_NOUN);
    assert_int_equal(kind("배터리의", "화재"), PT_TITLE_GENITIVE);
    assert_int_equal(kind("회의", "시스템"), PT_TITLE_NOUN);
    assert_int_equal(kind("조합의", "방법"), PT_TITLE_GENITIVE);
    assert_int_equal(kind("세포로의", "분화"), PT_TITLE_PARTICLE);
    assert_int_equal(kind("회로의", "온도"), PT_TITLE_GENITIVE);
    assert_int_equal(kind("효율이", "향상된"), PT_TITLE_PARTICLE);
    assert_int_equal(kind("길이", "조절"), PT_TITLE_NOUN);
    assert_int_equal(kind("평가", "시스템"), PT_TITLE_NOUN);
    assert_int_equal(kind("치료기", ""), PT_TITLE_NOUN);
    assert_int_equal(kind("온도", "센서"), PT_TITLE_NOUN);
    assert_int_equal(kind("마을", "방송"), PT_TITLE_NOUN);
    assert_int_equal(kind("오디오와", "비디오"), PT_TITLE_WITH);
    assert_int_equal(kind("효과", "분석"), PT_TITLE_NOUN);
    assert_int_equal(kind("및/또는", "염증"), PT_TITLE_AND);
    assert_int_equal(kind("기반의", "결함"), PT_TITLE_MANNER);
    assert_int_equal(kind("의", "결함"), PT_TITLE_NOUN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases_of_titles),
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_inner_phrases_know_their_left),
        cmocka_unit_test(test_phrases_keep_their_measure),
        cmocka_unit_test(test_any_bytes_are_a_title),
        cmocka_unit_test(test_kinds_of_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
