/* SPDX-License-Identifier: Apache-2.0 */
/* The Korean room: Unicode, patterns, the dictionary's round trip and its refusals, the analyser on what
 * patents do, and on bytes that are no text. */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "korean/analyzer.h"
#include "korean/lexicon.h"
#include "korean/patterns.h"
#include "korean/stopwords.h"
#include "korean/tokenize.h"
#include "korean/trie.h"
#include "korean/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/patopic-korean-XXXXXX";
static char *dictionary;
static pt_lexicon *lexicon;
static pt_analyzer *analyzer;

static char *in_folder(const char *name) {
    return pt_path_join(folder, name);
}

static int set_up(void **state) {
    (void)state;
    pt_error err = {0};
    if (!mkdtemp(folder))
        return -1;
    dictionary = in_folder("korean.dict");
    if (pt_lexicon_build("dict", dictionary, NULL, &err) || pt_lexicon_open(&lexicon, dictionary, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    analyzer = pt_analyzer_new(lexicon);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    pt_analyzer_free(analyzer);
    pt_lexicon_close(lexicon);
    unlink(dictionary);
    free(dictionary);
    return rmdir(folder);
}

/* Nouns of a text joined by blanks, each with the letters of its flags: a G(lued), a(djacent), m(eans),
 * l(atin). */
static char *nouns_of(const char *text, bool flags) {
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &nouns);
    pt_buf out = {0};
    for (size_t k = 0; k < n; k++) {
        pt_buf_puts(&out, k ? " " : "");
        pt_buf_append(&out, nouns[k].form, nouns[k].bytes);
        if (!flags)
            continue;
        pt_buf_putc(&out, '/');
        pt_buf_puts(&out, nouns[k].flags & PT_NOUN_GLUED      ? "g"
                          : nouns[k].flags & PT_NOUN_ADJACENT ? "a"
                                                              : "");
        pt_buf_puts(&out, nouns[k].flags & PT_NOUN_MEANS ? "m" : "");
        pt_buf_puts(&out, nouns[k].flags & PT_NOUN_LATIN ? "l" : "");
    }
    return pt_buf_take(&out);
}

static void expect_nouns(const char *text, const char *nouns) {
    char *got = nouns_of(text, false);
    assert_string_equal(got, nouns);
    free(got);
}

static void expect_flags(const char *text, const char *nouns) {
    char *got = nouns_of(text, true);
    assert_string_equal(got, nouns);
    free(got);
}

static void expect_morphemes(const char *text, const char *morphemes) {
    pt_buf out = {0};
    pt_tokenize_line(analyzer, text, strlen(text), 1, PT_TOKENIZE_MORPHEMES, &out);
    out.at[out.n - 1] = '\0';
    assert_string_equal(out.at, morphemes);
    pt_buf_free(&out);
}

static void expect_folded(const char *text, size_t n, const char *folded) {
    pt_buf out = {0};
    pt_fold_text(text, n, &out);
    assert_string_equal(pt_buf_text(&out), folded);
    pt_buf_free(&out);
}

static void folds_text(void **state) {
    (void)state;
    expect_folded("하우징", 9, "하우징");
    expect_folded("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 9, "한"); /* conjoining jamo */
    expect_folded("e\xCC\x81", 3, "é");                             /* letter + accent */
    expect_folded("q\xCC\xA3\xCC\x87", 5, "q\xCC\xA3\xCC\x87");     /* nothing to compose: left alone */
    expect_folded("q\xCC\x87\xCC\xA3", 5, "q\xCC\xA3\xCC\x87");     /* canonical order */
    expect_folded("ＡＢ１％", 12, "AB1%");
    expect_folded("㎛℃", 6, "㎛℃");
    expect_folded("\xE2\x84\xAB", 3, "Å"); /* angstrom sign: canonical singleton */
    expect_folded("a\xFF\xC0\x80z", 5, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    expect_folded("\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a surrogate */
    expect_folded("", 0, "");
}

static void knows_scripts(void **state) {
    (void)state;
    assert_int_equal(pt_script_of(0xAC00), PT_SCRIPT_HANGUL);
    assert_int_equal(pt_script_of(0xD7A3), PT_SCRIPT_HANGUL);
    assert_int_equal(pt_script_of(0xD7A4), PT_SCRIPT_OTHER);
    assert_int_equal(pt_script_of(0x3131), PT_SCRIPT_JAMO);
    assert_int_equal(pt_script_of('z'), PT_SCRIPT_LATIN);
    assert_int_equal(pt_script_of(0x3B1), PT_SCRIPT_LATIN);
    assert_int_equal(pt_script_of(0x6DB2), PT_SCRIPT_HANJA);
    assert_int_equal(pt_script_of('7'), PT_SCRIPT_DIGIT);
    assert_int_equal(pt_script_of(0x3042), PT_SCRIPT_LETTER);
    assert_int_equal(pt_script_of(0x3000), PT_SCRIPT_SPACE);
    assert_int_equal(pt_script_of(0x1F600), PT_SCRIPT_OTHER);
    assert_int_equal(pt_lower(0x391), 0x3B1);
}

static void codes_round_trip(void **state) {
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 97) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char text[4];
        size_t used;
        const size_t n = pt_utf8_encode(code, text);
        assert_int_equal(pt_utf8_decode(text, n, &used), code);
        assert_int_equal(used, n);
    }
}

static void matches_patterns(void **state) {
    (void)state;
    pt_error err = {0};
    pt_pattern *pattern;
    assert_int_equal(pt_pattern_compile(&pattern, "(\\p{Hangul}+시)|(\\d+)", "test", &err), PT_OK);
    pt_match match;
    const char *text = "경상남도 김해시 12";
    assert_true(pt_pattern_match(pattern, text, strlen(text), 0, &match));
    assert_int_equal(match.mark, 1);
    assert_memory_equal(text + match.begin, "김해시", match.end - match.begin);
    assert_true(pt_pattern_match(pattern, text, strlen(text), match.end, &match));
    assert_int_equal(match.mark, 2);
    assert_false(pt_pattern_match(pattern, text, strlen(text), strlen(text), &match));
    assert_false(pt_pattern_match(pattern, "\xFF\xFE", 2, 0, &match));
    pt_pattern_free(pattern);
    assert_int_equal(pt_pattern_compile(&pattern, "(unclosed", "regions.tsv:7", &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "regions.tsv:7"));
    assert_null(pattern);
}

static void patterns_have_a_limit(void **state) {
    (void)state;
    pt_error err = {0};
    pt_pattern *pattern;
    assert_int_equal(pt_pattern_compile(&pattern, "(a+)+$", "test", &err), PT_OK);
    char text[64];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = 'b';
    pt_match match;
    assert_false(pt_pattern_match(pattern, text, sizeof text, 0, &match));
    pt_pattern_free(pattern);
}

/* Value + 1 of the key that these letters spell; 0 = none. */
static uint64_t value_of(const pt_trie_nodes *trie, const uint16_t *letters, size_t n) {
    uint32_t node = PT_TRIE_ROOT;
    for (size_t k = 0; k < n; k++)
        if ((node = pt_trie_step(trie->at, node, letters[k])) == PT_TRIE_ROOT)
            return 0;
    return trie->at[node].value;
}

static size_t nodes_in_use(const pt_trie_nodes *trie) {
    size_t used = 0;
    for (size_t k = 0; k < trie->n; k++)
        used += trie->at[k].letter != 0;
    return used;
}

/* All words of letters 1 … 9 with three of them, and the prefixes 1 and 12: each is found with its value,
 * nothing else is, and equal endings stand once. */
static void the_trie_shares_endings(void **state) {
    (void)state;
    static uint16_t letters[9 * 9 * 9 + 2][3];
    pt_trie_key keys[9 * 9 * 9 + 2];
    size_t n = 0;
    for (uint16_t a = 1; a <= 9; a++)
        for (uint16_t b = 1; b <= 9; b++)
            for (uint16_t c = 1; c <= 9; c++) {
                if (c == 1 && b == 1 && a == 1)
                    keys[n] = (pt_trie_key){letters[n], 1, 100}, letters[n++][0] = 1;
                if (c == 1 && b == 2 && a == 1)
                    keys[n] = (pt_trie_key){letters[n], 2, 200}, letters[n][0] = 1, letters[n++][1] = 2;
                keys[n] = (pt_trie_key){letters[n], 3, c};
                memcpy(letters[n++], (uint16_t[]){a, b, c}, sizeof letters[0]);
            }
    pt_trie_nodes trie = {0};
    pt_trie_build(&trie, keys, n, 10);
    for (size_t k = 0; k < n; k++)
        assert_int_equal(value_of(&trie, keys[k].letters, keys[k].n), keys[k].value + 1);
    assert_int_equal(value_of(&trie, (uint16_t[]){1, 1}, 2), 0);
    assert_int_equal(value_of(&trie, (uint16_t[]){2}, 1), 0);
    assert_int_equal(value_of(&trie, (uint16_t[]){3, 3, 3, 3}, 4), 0);
    assert_true(nodes_in_use(&trie) < 50); /* 4 sets of nine; apart they would be 9 + 81 + 729 */
    pt_vec_free(&trie);
    pt_trie_build(&trie, NULL, 0, 10);
    assert_int_equal(value_of(&trie, (uint16_t[]){9}, 1), 0);
    pt_vec_free(&trie);
}

static void builds_the_same_bytes(void **state) {
    (void)state;
    pt_error err = {0};
    char *again = in_folder("again.dict");
    assert_int_equal(pt_lexicon_build("dict", again, NULL, &err), PT_OK);
    char first[65], second[65];
    assert_int_equal(pt_file_digest(dictionary, first, &err), PT_OK);
    assert_int_equal(pt_file_digest(again, second, &err), PT_OK);
    assert_string_equal(first, second);
    unlink(again);
    free(again);
}

static void count_warnings(void *user, pt_level level, const char *text) {
    (void)text;
    *(unsigned *)user += level == PT_LEVEL_WARN;
}

static void works_without_debian_lists(void **state) {
    (void)state;
    pt_error err = {0};
    unsigned warnings = 0;
    const pt_monitor monitor = {.message = count_warnings, .user = &warnings};
    const pt_lexicon_sources nowhere = {.hunspell = "/nonexistent/ko.dic", .hanja = "/nonexistent/hanja.txt"};
    char *path = in_folder("small.dict");
    assert_int_equal(pt_lexicon_build_from("dict", &nowhere, path, &monitor, &err), PT_OK);
    assert_int_equal(warnings, 2);
    pt_lexicon *small;
    assert_int_equal(pt_lexicon_open(&small, path, &err), PT_OK);
    pt_analyzer *a = pt_analyzer_new(small);
    const pt_noun *nouns;
    assert_int_equal(pt_analyzer_nouns(a, "사람이", 9, &nouns), 1);
    assert_memory_equal(nouns[0].form, "사람", 6);
    pt_analyzer_free(a);
    pt_lexicon_close(small);
    unlink(path);
    free(path);
}

/* Writes a copy of the dictionary with one change and expects a refusal that says `why`. */
static void expect_refused(const char *bytes, size_t n, const char *why) {
    pt_error err = {0};
    char *path = in_folder("bad.dict");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
    pt_lexicon *bad = NULL;
    assert_int_equal(pt_lexicon_open(&bad, path, &err), PT_ERR_CONFIG);
    assert_null(bad);
    assert_non_null(strstr(err.message, why));
    unlink(path);
    free(path);
}

static void refuses_damage(void **state) {
    (void)state;
    pt_error err = {0};
    char *bytes;
    size_t n;
    assert_int_equal(pt_file_read(dictionary, &bytes, &n, &err), PT_OK);
    expect_refused(bytes, n / 2, "size differs");
    expect_refused(bytes, 10, "not a compiled dictionary");
    expect_refused("", 0, "not a compiled dictionary");
    bytes[n / 3] ^= 1;
    expect_refused(bytes, n, "checksum");
    bytes[n / 3] ^= 1;
    bytes[8] ^= 1;
    expect_refused(bytes, n, "another version");
    bytes[8] ^= 1;
    bytes[0] ^= 1;
    expect_refused(bytes, n, "not a compiled dictionary");
    free(bytes);
    pt_lexicon *none;
    assert_int_equal(pt_lexicon_open(&none, "/nonexistent/korean.dict", &err), PT_ERR_NO_INPUT);
}

static void particle_follows_the_final_consonant(void **state) {
    (void)state;
    /* 가이드 ends in a vowel and takes 가: the 이 of 가이 is no particle */
    expect_morphemes("장치가", "장치/NNG 가/JKS");
    expect_morphemes("센서로", "센서/NNG 로/JKB");
    expect_morphemes("철판으로", "철판/NNG 으로/JKB");
    expect_morphemes("밸브를", "밸브/NNG 를/JKO");
    expect_morphemes("모듈을", "모듈/NNG 을/JKO");
    expect_morphemes("차이가", "차이/NNG 가/JKS");
    /* unknown words too */
    expect_nouns("쿠팔렌은", "쿠팔렌");
    expect_nouns("쿠팔레는", "쿠팔레");
}

static void melted_forms_are_taken_apart(void **state) {
    (void)state;
    expect_morphemes("형성한다.", "형성/NNG 하/XSV ㄴ다/EF ./SF");
    expect_morphemes("형성했다", "형성/NNG 하/XSV 었/EP 다/EF");
    const pt_morpheme *m;
    const char text[] = "형성했다";
    assert_int_equal(pt_analyzer_morphemes(analyzer, text, strlen(text), &m), 4);
    assert_int_equal(m[1].begin, 6);
    assert_int_equal(m[1].end, 9);
    assert_int_equal(m[2].begin, 6);
    assert_int_equal(m[2].end, 9);
}

static void offsets_are_of_the_input(void **state) {
    (void)state;
    const char text[] = "  \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8은\t좋다";
    const pt_morpheme *m;
    const size_t n = pt_analyzer_morphemes(analyzer, text, strlen(text), &m);
    assert_true(n >= 3);
    assert_memory_equal(m[0].form, "한국", 6);
    assert_int_equal(m[0].begin, 2);
    assert_int_equal(m[0].end, 20);
    assert_int_equal(m[0].eojeol, 2);
    assert_int_equal(m[n - 1].eojeol, 3);
    assert_int_equal(m[n - 1].end, strlen(text));
}

static void reference_numerals_are_cut(void **state) {
    (void)state;
    expect_nouns("김모(34)씨에게", "김모"); /* no word goes across what was cut */
    expect_nouns("액정(液晶)표시장치를", "액정 표시 장치");
    expect_morphemes("하우징(10)은", "하우징/NNG 은/JX");
    expect_nouns("유입구(12)와 날개(12a,12b)를", "유입구 날개");
    expect_nouns("날개(12a, 12b)를", "날개");
    expect_nouns("온도센서100를 제1전극(110')에", "온도 센서 전극");
    expect_nouns("액정(液晶)을", "액정");
    expect_nouns("제1항 내지 제3항에 있어서", "");
}

static void quantities_are_no_nouns(void **state) {
    (void)state;
    expect_nouns("두께 5㎛ 및 10 중량%의 용액", "두께 용액");
    expect_nouns("10~20mm 간격으로 5 mm 이격", "간격 이격");
    expect_nouns("50℃에서 3.5kg의 CO2와", "co2");
}

static void latin_runs_are_folded(void **state) {
    (void)state;
    expect_flags("CO2와 LiFePO4, Wi-Fi 5G", "co2/l lifepo4/l wi-fi/l 5g/al");
    expect_nouns("α-아미노산과 β-글루칸", "α-아미노산 β-글루칸");
    expect_flags("LED는", "led/l");
    expect_nouns("ＬＥＤ조명", "led 조명");
}

static void suffixes_stay_or_fall(void **state) {
    (void)state;
    expect_nouns("여과기, 제어부, 보호막, 내식성, 최적화하여", "여과기 제어부 보호막 내식성 최적화");
    expect_nouns("연료전지용 작업자들", "연료 전지 작업자");
}

static void chemical_names_stay_whole(void **state) {
    (void)state;
    expect_nouns("폴리에틸렌글리콜과 염화나트륨", "폴리에틸렌글리콜 염화나트륨");
    expect_nouns("폴리에틸렌테레프탈레이트필름", "폴리에틸렌테레프탈레이트 필름");
    expect_nouns("폴리우레탄필름", "폴리우레탄 필름");
}

static void compounds_come_in_parts(void **state) {
    (void)state;
    expect_flags("연료전지 가습 장치와 스택", "연료/ 전지/g 가습/a 장치/a 스택/");
    expect_flags("이차전지, 음극활물질", "이차/ 전지/g 음극/ 활물질/g");
    expect_flags("센서  모듈", "센서/ 모듈/"); /* two blanks */
}

static void technical_text_is_read(void **state) {
    (void)state;
    expect_nouns("이차전지팩과 가습장치를 음극활물질에", "이차 전지 팩 가습 장치 음극 활물질");
    expect_nouns("α-아미노산과 β-글루칸을", "α-아미노산 β-글루칸");
    expect_nouns("TFT(Thin Film Transistor)는 LED(발광다이오드)가",
                 "tft thin film transistor led 발광 다이오드");
    expect_nouns("발광다이오드(LED)는 고체산화물 연료전지(SOFC: Solid Oxide Fuel Cell)의",
                 "발광 다이오드 led 고체 산화물 연료 전지 sofc solid oxide fuel cell");
    expect_nouns("리튬이차전지의양극활물질을제조하는방법",
                 "리튬 이차 전지 양극 활물질 제조 방법"); /* no blanks */
    expect_nouns("폴리에틸렌글리콜 수용액 5 ㎎/㎖", "폴리에틸렌글리콜 수용액");
}

static void means_are_flagged(void **state) {
    (void)state;
    expect_flags("태양광 발전을 이용한 온실", "태양광/m 발전/am 이용/ 온실/");
    expect_flags("필터를 설치하고 열펌프를 활용하여 건조", "필터/ 설치/ 열펌프/m 활용/ 건조/");
    expect_flags("기계학습을 통한 예측", "기계/m 학습/gm 예측/");
    expect_flags("영상 인식 기반의 로봇", "영상/m 인식/am 기반/a 로봇/");
    expect_flags("AI기반 제어", "ai/ml 기반/g 제어/a");
    expect_flags("로봇을 제어하는 장치", "로봇/ 제어/ 장치/");
}

static void lines_have_the_scorers_shape(void **state) {
    (void)state;
    pt_buf out = {0};
    const char line[] = "연료전지는  좋은\t장치";
    pt_tokenize_line(analyzer, line, strlen(line), 7, PT_TOKENIZE_EOJEOL_NOUNS, &out);
    assert_string_equal(out.at, "7\t0\t연료전지는\t연료 전지\n7\t1\t\t\n7\t2\t좋은 장치\t장치\n");
    pt_buf_clear(&out);
    pt_tokenize_line(analyzer, "사람이 CO2를", strlen("사람이 CO2를"), 1, PT_TOKENIZE_EOJEOL_MORPHEMES, &out);
    assert_string_equal(out.at, "1\t0\t사람이\t사람/NNG 이/JKS\n1\t1\tCO2를\tCO2/SL 를/JKO\n");
    pt_buf_clear(&out);
    pt_tokenize_line(analyzer, "", 0, 1, PT_TOKENIZE_NOUNS, &out);
    assert_string_equal(out.at, "\n");
    pt_buf_free(&out);
}

static void the_cache_changes_nothing(void **state) {
    (void)state;
    const char text[] = "하우징(10)은 태양광 발전을 이용한 하우징(10)은 CO2 5 mm 연료전지용 하우징(10)은";
    char *cached = nouns_of(text, true);
    pt_analyzer_use_cache(analyzer, false);
    char *fresh = nouns_of(text, true);
    pt_analyzer_use_cache(analyzer, true);
    assert_string_equal(cached, fresh);
    free(cached);
    free(fresh);
}

/* More eojeols than the cache holds, some of them again and again: what is thrown out comes back the same. */
static void a_full_cache_changes_nothing(void **state) {
    (void)state;
    pt_buf text = {0};
    for (unsigned k = 0; k < 120000; k++) {
        pt_buf_printf(&text, "하우징%u은 %u번째LiDAR센서를 ", k, k);
        if (k % 16 == 0)
            pt_buf_puts(&text, "연료전지용 가습장치와 ");
    }
    pt_analyzer_use_cache(analyzer, true);
    char *cached = nouns_of(pt_buf_text(&text), true), *again = nouns_of(pt_buf_text(&text), true);
    pt_analyzer_use_cache(analyzer, false);
    char *fresh = nouns_of(pt_buf_text(&text), true);
    pt_analyzer_use_cache(analyzer, true);
    assert_true(strcmp(cached, fresh) == 0 && strcmp(again, fresh) == 0);
    free(cached);
    free(again);
    free(fresh);
    pt_buf_free(&text);
}

/* Morphemes lie inside the text and in order. */
static void check_any_bytes(const char *text, size_t n) {
    const pt_morpheme *m;
    const pt_noun *nouns;
    const size_t count = pt_analyzer_morphemes(analyzer, text, n, &m);
    for (size_t k = 0; k < count; k++) {
        assert_true(m[k].begin < m[k].end && m[k].end <= n && m[k].bytes > 0);
        assert_true(k == 0 || m[k].begin >= m[k - 1].begin);
    }
    const size_t n_nouns = pt_analyzer_nouns(analyzer, text, n, &nouns);
    for (size_t k = 0; k < n_nouns; k++)
        assert_true(nouns[k].bytes > 0);
}

static void any_bytes_are_survived(void **state) {
    (void)state;
    static const char *const TEXTS[] = {"\xFF\xFE\xFD",
                                        "\xEA\xB0",
                                        "가\xEA",
                                        "😀👨‍👩‍👧‍👦이모지를",
                                        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                                        "ㄱㄴㄷㅏㅑ",
                                        "\xEE\x80\x80\xEF\xBF\xBF",
                                        "\xE1\x85\xA1\xE1\x86\xA8",
                                        "((((((10",
                                        "￦１００"};
    for (size_t k = 0; k < sizeof TEXTS / sizeof *TEXTS; k++)
        check_any_bytes(TEXTS[k], strlen(TEXTS[k]));
    check_any_bytes("가\0나다\0", 11);
    static const char HANGUL[] = "\xEA\xB0\x80\xE1\x84\x92 (";
    uint64_t seed = 1;
    char noise[512];
    for (int round = 0; round < 300; round++) {
        for (size_t k = 0; k < sizeof noise; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const unsigned byte = (unsigned)(seed >> 56);
            noise[k] = round % 3 == 0 ? (char)byte : round % 3 == 1 ? HANGUL[byte % 8] : (char)(byte % 128);
        }
        check_any_bytes(noise, sizeof noise);
    }
}

static void megabytes_without_a_blank(void **state) {
    (void)state;
    static const char *const PARTS[] = {"가",   "장치를",       "a",   "\xCC\x81", "1,",
                                        "(10)", "\xE1\x85\xA1", "\xFF"};
    const size_t bytes = 2000000;
    char *text = pt_alloc(bytes + 16, 1);
    for (size_t p = 0; p < sizeof PARTS / sizeof *PARTS; p++) {
        const size_t n = strlen(PARTS[p]);
        size_t at = 0;
        while (at + n <= bytes) {
            memcpy(text + at, PARTS[p], n);
            at += n;
        }
        check_any_bytes(text, at);
    }
    free(text);
}

/* Four times the text is four times the work, whatever it is made of, and a syllable has a bound. */
static void work_is_linear(void **state) {
    (void)state;
    static const char *const PARTS[] = {"가",       "이",    "연료전지용가습장치를", "하였다는것을", "a가",
                                        "(10)장치", "\xFF가"};
    enum { SYLLABLES = 20000, PER_SYLLABLE = 400 };
    for (size_t p = 0; p < sizeof PARTS / sizeof *PARTS; p++) {
        uint64_t work[2];
        for (int large = 0; large < 2; large++) {
            pt_buf text = {0};
            const size_t bytes = (large ? 4 : 1) * 3 * SYLLABLES;
            while (text.n < bytes)
                pt_buf_puts(&text, PARTS[p]);
            const pt_morpheme *m;
            const uint64_t before = pt_analyzer_steps(analyzer);
            (void)pt_analyzer_morphemes(analyzer, text.at, text.n, &m);
            work[large] = pt_analyzer_steps(analyzer) - before;
            assert_true(work[large] <= PER_SYLLABLE * (text.n / 3 + 1));
            pt_buf_free(&text);
        }
        assert_true(work[1] <= 4 * work[0] + work[0] / 20);
    }
}

static void stop_words_are_found(void **state) {
    (void)state;
    pt_error err = {0};
    pt_stopwords *words;
    assert_int_equal(pt_stopwords_load(&words, "dict", &err), PT_OK);
    assert_true(pt_stopwords_has(words, "상기", strlen("상기")));
    assert_false(pt_stopwords_has(words, "상", strlen("상")));
    assert_false(pt_stopwords_has(words, "연료", strlen("연료")));
    pt_stopwords_free(words);
    assert_int_equal(pt_stopwords_load(&words, "/nonexistent", &err), PT_ERR_NO_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_text),
        cmocka_unit_test(knows_scripts),
        cmocka_unit_test(codes_round_trip),
        cmocka_unit_test(matches_patterns),
        cmocka_unit_test(patterns_have_a_limit),
        cmocka_unit_test(the_trie_shares_endings),
        cmocka_unit_test(builds_the_same_bytes),
        cmocka_unit_test(works_without_debian_lists),
        cmocka_unit_test(refuses_damage),
        cmocka_unit_test(particle_follows_the_final_consonant),
        cmocka_unit_test(melted_forms_are_taken_apart),
        cmocka_unit_test(offsets_are_of_the_input),
        cmocka_unit_test(reference_numerals_are_cut),
        cmocka_unit_test(quantities_are_no_nouns),
        cmocka_unit_test(latin_runs_are_folded),
        cmocka_unit_test(suffixes_stay_or_fall),
        cmocka_unit_test(chemical_names_stay_whole),
        cmocka_unit_test(compounds_come_in_parts),
        cmocka_unit_test(technical_text_is_read),
        cmocka_unit_test(means_are_flagged),
        cmocka_unit_test(lines_have_the_scorers_shape),
        cmocka_unit_test(the_cache_changes_nothing),
        cmocka_unit_test(a_full_cache_changes_nothing),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test(megabytes_without_a_blank),
        cmocka_unit_test(work_is_linear),
        cmocka_unit_test(stop_words_are_found),
    };
    return cmocka_run_group_tests_name("korean", tests, set_up, tear_down);
}
