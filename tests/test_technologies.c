/* SPDX-License-Identifier: Apache-2.0 */
/* test_technologies.c - technologies planted in a small country of patents come back with their names. */
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"
#include "dictionary.h"
#include "study/technologies.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
// clang-format off
#include <cmocka.h>
// clang-format on

enum { ITEMS = 8, THEMES = 13, OUTSIDE = 400, STRAY_EVERY = 6 };

/* A technology, the item it belongs to, how many patents it has, and what their abstracts speak of. */
typedef struct theme {
    uint32_t item, n;
    const char *name, *words;
} theme;

static const theme themes[THEMES] = {
    {0, 16, "척주 교정 치료기", "척주 교정 환자 압력 롤러 경추 요추 침대 견인 자세"},
    {0, 15, "보행 재활 치료기", "보행 재활 하지 무릎 근력 보조 관절 훈련 발판 구동"},
    {1, 14, "연료전지용 가습 장치", "가습 수분 연료전지 중공사막 공기 습도 스택 하우징 유로"},
    {1, 13, "액화수소 저장 탱크", "액화수소 저장 탱크 단열 내조 외조 증발 극저온 진공"},
    {2, 12, "불가사리를 이용한 비료 제조 시스템", "불가사리 비료 칼슘 분쇄 건조 액비 발효 토양 작물"},
    {3, 14, "빅데이터를 이용한 개인용 헬스케어 시스템",
     "빅데이터 헬스케어 생체 운동 식단 수면 분석 사용자 건강"},
    {4, 15, "차량 침수 모니터링 시스템", "침수 차량 수위 경보 주차장 강우 모니터링 센서 대피"},
    {4, 12, "용접용 로봇", "용접 로봇 토치 아크 비드 관절 궤적 용접선 와이어"},
    {5, 11, "가상현실 재활 시스템", "가상현실 재활 영상 환자 아바타 동작 헤드셋 콘텐츠 몰입"},
    {6, 10, "배터리 화재 진압 장치", "배터리 화재 진압 소화 열폭주 소화수 분사 온도 감지"},
    {6, 10, "전기차 충전 시스템", "전기차 충전 케이블 커넥터 전력 요금 인증 충전기 급속"},
    {7, 2, "토사 재해 방어 시스템", "토사 재해 산사태 방어 사면 강우 옹벽 계측"},
    {7, 0, NULL, NULL}, /* room for an item that is only a minor one everywhere */
};

typedef struct world {
    pt_corpus *corpus;
    pt_documents documents;
    PT_VEC(pt_document) list;
    PT_VEC(uint32_t) planted; /* theme of each patent, THEMES = stray, THEMES + 1 = outside the region */
    PT_VEC(pt_assignment) rows;
    PT_VEC(uint32_t) starts;
    pt_mapping mapping;
    pt_corpus_builder *builder;
    uint64_t seed;
    double damage; /* share of titles that lose a word */
} world;

static void add_text(world *w, const char *text, uint8_t flags) {
    const pt_noun *noun;
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &noun);
    for (size_t i = 0; i < n; i++)
        pt_corpus_builder_add(w->builder, noun[i].form, noun[i].bytes, flags);
}

/* Every title of a planted patent holds the name, in one of the ways attorneys have. */
static char *title_of(const world *w, const char *name, uint64_t key) {
    static const char *const pattern[] = {"%s",
                                          "%s 및 그 제어방법",
                                          "다기능 %s",
                                          "개선된 구조를 갖는 %s",
                                          "%s, 이의 제작 방법 및 이를 포함하는 설비",
                                          "안전성이 향상된 %s",
                                          "휴대용 %s 및 이의 동작 방법",
                                          "사용이 편리한 일체형 %s"};
    char *damaged = pt_strdup(name);
    if (pt_rng_double(pt_rng_at(key, 900)) < w->damage) {
        char *blank = strchr(damaged, ' '), *second = blank ? strchr(blank + 1, ' ') : NULL;
        if (second) /* the second word goes */
            memmove(blank, second, strlen(second) + 1);
    }
    const char *const form = pattern[pt_rng_below(pt_rng_at(key, 901), 8)];
    const char *const hole = strstr(form, "%s");
    char *title = pt_strfmt("%.*s%s%s", (int)(hole - form), form, damaged, hole + 2);
    free(damaged);
    return title;
}

static void add_words(world *w, const char *words, uint64_t key, uint64_t n) {
    size_t count = 1;
    for (const char *p = words; *p; p++)
        count += *p == ' ';
    for (uint64_t i = 0; i < n; i++) {
        const char *p = words;
        for (uint64_t skip = pt_rng_below(pt_rng_at(key, 2 * i), count); skip > 0; skip--)
            p = strchr(p, ' ') + 1;
        char *word = pt_strndup(p, strcspn(p, " "));
        add_text(w, word, 0);
        free(word);
    }
}

static const char *const common =
    "제어부 본체 결합 연결 이동 설치 고정 공급 회전 출력 입력 신호 상태 정보 단계 작업 표면 높이 폭 "
    "재료 비용 안전 효율 관리 성능 구간 범위 평가 수명 표시";

static void add_patent(world *w, uint32_t which, char *title, const char *words, uint32_t item, float share,
                       float weight) {
    const uint64_t d = w->list.n, key = pt_rng_key(w->seed, 3, d);
    pt_corpus_builder_begin_document(w->builder);
    add_text(w, title, PT_TOKEN_TITLE);
    if (words)
        add_words(w, words, key, 14);
    add_words(w, common, key + 1, 16);
    pt_corpus_builder_end_document(w->builder);
    uint32_t *applicant = pt_alloc(1, sizeof *applicant);
    *applicant = (uint32_t)(d % 97);
    pt_vec_push(&w->list, ((pt_document){.application_number = pt_strfmt("10%011u", (unsigned)d),
                                         .title = title,
                                         .application_date = 20150101 + 10000 * (uint32_t)(d % 8),
                                         .weight = weight,
                                         .in_period = true,
                                         .in_reference = true,
                                         .n_applicants = 1,
                                         .applicant = applicant}));
    pt_vec_push(&w->planted, which);
    if (share > 0)
        pt_vec_push(&w->rows, ((pt_assignment){.item = item, .score = 1, .share = share}));
    pt_vec_push(&w->starts, (uint32_t)w->rows.n);
}

static void world_make(world *w, uint64_t seed, double damage, bool with_strays) {
    *w = (world){.builder = pt_corpus_builder_new(), .seed = seed, .damage = damage};
    pt_vec_push(&w->starts, 0);
    for (uint32_t round = 0; round < 16; round++) /* technologies come mixed */
        for (uint32_t t = 0; t < THEMES; t++) {
            if (round >= themes[t].n)
                continue;
            char *title = title_of(w, themes[t].name, pt_rng_key(seed, t, round));
            add_patent(w, t, title, themes[t].words, themes[t].item, 1, 1);
            if (!with_strays || themes[t].n < 10 || round % STRAY_EVERY != 0)
                continue;
            const theme *foreign = &themes[(t + 3 + round / STRAY_EVERY) % 11];
            add_patent(w, THEMES, title_of(w, foreign->name, round), foreign->words, themes[t].item, 1, 1);
        }
    for (uint32_t o = 0; o < OUTSIDE; o++) {
        const theme *t = &themes[o / 3 % (THEMES - 1)];
        add_patent(w, THEMES + 1, pt_strdup(o % 3 ? "일반 기계 장치" : t->name), o % 3 ? NULL : t->words,
                   t->item, 1, 0);
    }
    pt_corpus_params params = {.min_patents_per_word = 2, .max_share_of_patents = 1};
    pt_error err = {0};
    assert_int_equal(pt_corpus_build(w->builder, &params, &w->corpus, &err), PT_OK);
    w->documents = (pt_documents){.D = (uint32_t)w->list.n, .at = w->list.at};
    w->mapping = (pt_mapping){.D = w->documents.D, .n_items = ITEMS, .start = w->starts.at, .at = w->rows.at};
}

static void world_free(world *w) {
    for (size_t d = 0; d < w->list.n; d++) {
        free(w->list.at[d].application_number);
        free(w->list.at[d].title);
        free(w->list.at[d].applicant);
    }
    pt_vec_free(&w->list);
    pt_vec_free(&w->planted);
    pt_vec_free(&w->rows);
    pt_vec_free(&w->starts);
    pt_corpus_free(w->corpus);
    pt_corpus_builder_free(w->builder);
}

static pt_technologies *find(const world *w, uint32_t n_items, uint32_t budget) {
    pt_item at[ITEMS];
    for (uint32_t i = 0; i < ITEMS; i++)
        at[i] = (pt_item){.name = "품목"};
    const pt_items items = {.n = ITEMS, .at = at};
    pt_selected chosen[ITEMS];
    for (uint32_t i = 0; i < n_items; i++)
        chosen[i] = (pt_selected){.item = i};
    const pt_selection selection = {.n = n_items, .at = chosen};
    pt_technologies *technologies;
    pt_error err = {0};
    assert_int_equal(pt_technologies_find(w->corpus, &w->documents, &w->mapping, &items, &selection, analyzer,
                                          budget, &technologies, &err),
                     PT_OK);
    return technologies;
}

/* The technology that has most patents of a theme, and how many of them. */
static const pt_technology *home_of(const world *w, const pt_technologies *technologies, uint32_t theme_no,
                                    uint32_t *hits) {
    const pt_technology *best = NULL;
    *hits = 0;
    for (uint32_t t = 0; t < technologies->n; t++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < technologies->at[t].n_patents; i++)
            n += w->planted.at[technologies->at[t].patent[i]] == theme_no;
        if (n > *hits) {
            *hits = n;
            best = &technologies->at[t];
        }
    }
    return best;
}

/* Planted technologies that are the majority of a technology with at least half of their patents, and how
 * many of those have exactly the planted name. */
static void count_found(const world *w, const pt_technologies *technologies, uint32_t *found,
                        uint32_t *named) {
    *found = *named = 0;
    for (uint32_t t = 0; t < THEMES; t++) {
        uint32_t hits;
        const pt_technology *home = home_of(w, technologies, t, &hits);
        if (!home || 2 * hits < themes[t].n || 2 * hits <= home->n_patents)
            continue;
        ++*found;
        *named += strcmp(home->name, themes[t].name) == 0;
        if (strcmp(home->name, themes[t].name) != 0)
            print_message("  %s, named %s\n", themes[t].name, home->name);
    }
}

static void check_form(const world *w, const pt_technologies *technologies) {
    for (uint32_t t = 0; t < technologies->n; t++) {
        const pt_technology *a = &technologies->at[t];
        assert_int_equal(a->number, t + 1);
        assert_true(strlen(a->name) > 0 && !strstr(a->name, " 및 "));
        for (uint32_t other = 0; other < t; other++)
            assert_string_not_equal(a->name, technologies->at[other].name);
        if (t > 0 && a->item == a[-1].item)
            assert_true(a[-1].n_patents >= a->n_patents);
        double sum = 0;
        for (uint32_t i = 0; i < a->n_patents; i++) {
            assert_true(i == 0 || a->weight[i - 1] >= a->weight[i]);
            assert_true(w->documents.at[a->patent[i]].weight > 0);
            const uint32_t year = pt_document_year(&w->documents.at[a->patent[i]]);
            assert_true(year >= a->first_year && year <= a->last_year);
            sum += a->weight[i];
        }
        assert_true(a->n_patents > 0 && a->cohesion > sum / a->n_patents - 1e-4 &&
                    a->cohesion < sum / a->n_patents + 1e-4);
        assert_true(a->n_applicants >= 1 && a->n_applicants <= a->n_patents);
    }
}

static void test_planted_technologies_are_found_and_named(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        world w;
        world_make(&w, seed, 0, false);
        pt_technologies *technologies = find(&w, ITEMS, 12);
        uint32_t found, named;
        count_found(&w, technologies, &found, &named);
        assert_int_equal(technologies->n, 12);
        assert_int_equal(found, 12);
        assert_true(named >= 11);
        check_form(&w, technologies);
        pt_technologies_free(technologies);
        world_free(&w);
    }
}

static void test_strays_do_no_harm(void **state) {
    (void)state;
    world w;
    world_make(&w, 21, 0, true);
    pt_technologies *technologies = find(&w, ITEMS, 12);
    uint32_t found, named, strays = 0, taken = 0;
    count_found(&w, technologies, &found, &named);
    for (size_t d = 0; d < w.planted.n; d++)
        strays += w.planted.at[d] == THEMES;
    for (uint32_t t = 0; t < technologies->n; t++)
        for (uint32_t i = 0; i < technologies->at[t].n_patents; i++)
            taken += w.planted.at[technologies->at[t].patent[i]] == THEMES;
    assert_true(strays > 20);
    assert_true(4 * taken <= strays);
    assert_true(found >= 11 && named >= 10);
    check_form(&w, technologies);
    pt_technologies_free(technologies);
    world_free(&w);
}

static void test_damaged_titles_still_name(void **state) {
    (void)state;
    world w;
    world_make(&w, 31, 0.5, false);
    pt_technologies *technologies = find(&w, ITEMS, 12);
    uint32_t found, named;
    count_found(&w, technologies, &found, &named);
    assert_true(found >= 11 && named >= 8);
    pt_technologies_free(technologies);
    world_free(&w);
}

static void test_the_budget_is_kept(void **state) {
    (void)state;
    world w;
    world_make(&w, 41, 0, true);
    for (uint32_t budget = 1; budget < 30; budget += 4) {
        pt_technologies *technologies = find(&w, ITEMS, budget);
        assert_true(technologies->n <= (budget > ITEMS ? budget : ITEMS));
        uint32_t items_seen = 0;
        for (uint32_t t = 0; t < technologies->n; t++) {
            items_seen += t == 0 || technologies->at[t].item != technologies->at[t - 1].item;
            assert_true(technologies->at[t].n_patents >= 3 || technologies->at[t].item == 7);
        }
        assert_int_equal(items_seen, ITEMS); /* at least one each, in the order of the selection */
        check_form(&w, technologies);
        pt_technologies_free(technologies);
    }
    world_free(&w);
}

static void test_two_runs_agree(void **state) {
    (void)state;
    world w;
    world_make(&w, 51, 0.2, true);
    pt_technologies *a = find(&w, ITEMS, 14), *b = find(&w, ITEMS, 14);
    assert_int_equal(a->n, b->n);
    for (uint32_t t = 0; t < a->n; t++) {
        assert_string_equal(a->at[t].name, b->at[t].name);
        assert_int_equal(a->at[t].n_patents, b->at[t].n_patents);
        assert_memory_equal(a->at[t].patent, b->at[t].patent, a->at[t].n_patents * sizeof *a->at[t].patent);
        assert_memory_equal(a->at[t].weight, b->at[t].weight, a->at[t].n_patents * sizeof *a->at[t].weight);
        assert_int_equal(a->at[t].n_words, b->at[t].n_words);
        assert_memory_equal(a->at[t].word, b->at[t].word, a->at[t].n_words * sizeof *a->at[t].word);
    }
    pt_technologies_free(a);
    pt_technologies_free(b);
    world_free(&w);
}

/* Only the region's patents of the period in which the item weighs enough; else those in which it is at all.
 */
static void test_who_is_asked(void **state) {
    (void)state;
    world w;
    world_make(&w, 61, 0, false);
    for (uint32_t d = 0; d < w.mapping.D; d++) {
        if (w.planted.at[d] == 2 && d % 3 == 0) /* a minor item of these */
            w.rows.at[w.starts.at[d]].share = 0.14f;
        if (w.planted.at[d] == 4)
            w.list.at[d].in_period = false;
        if (w.planted.at[d] == 5)
            w.rows.at[w.starts.at[d]].share = 0.1f;
    }
    pt_technologies *technologies = find(&w, ITEMS, 12);
    bool has_item_2 = false, has_item_3 = false;
    for (uint32_t t = 0; t < technologies->n; t++) {
        has_item_2 = has_item_2 || technologies->at[t].item == 2;
        has_item_3 = has_item_3 || technologies->at[t].item == 3;
        for (uint32_t i = 0; i < technologies->at[t].n_patents; i++) {
            const uint32_t d = technologies->at[t].patent[i];
            assert_false(w.planted.at[d] == 2 && d % 3 == 0);
        }
    }
    assert_false(has_item_2); /* no patent in the period: no technology */
    assert_true(has_item_3);  /* nowhere the main item, still one technology */
    check_form(&w, technologies);
    pt_technologies_free(technologies);
    const pt_selection none = {0};
    const pt_items nothing = {0};
    assert_int_equal(pt_technologies_find(w.corpus, &w.documents, &w.mapping, &nothing, &none, analyzer, 40,
                                          &technologies, NULL),
                     PT_OK);
    assert_int_equal(technologies->n, 0);
    pt_technologies_free(technologies);
    world_free(&w);
}

/* A patent that belongs to two selected items is told in the one where it weighs more. */
static void test_no_patent_twice(void **state) {
    (void)state;
    world w;
    world_make(&w, 91, 0, false);
    PT_VEC(pt_assignment) rows = {0};
    for (uint32_t d = 0; d < w.mapping.D; d++) {
        const pt_assignment only = w.rows.at[w.starts.at[d]];
        w.starts.at[d] = (uint32_t)rows.n;
        pt_vec_push(&rows, only);
        if (w.planted.at[d] != 6)
            continue;
        rows.at[rows.n - 1].share = 0.4f;
        pt_vec_push(&rows, ((pt_assignment){.item = 2, .score = 1, .share = 0.6f}));
    }
    w.starts.at[w.mapping.D] = (uint32_t)rows.n;
    w.mapping.at = rows.at;
    pt_technologies *technologies = find(&w, ITEMS, 12);
    uint32_t *told = pt_zalloc(w.mapping.D, sizeof *told);
    for (uint32_t t = 0; t < technologies->n; t++)
        for (uint32_t i = 0; i < technologies->at[t].n_patents; i++) {
            const uint32_t d = technologies->at[t].patent[i];
            assert_int_equal(told[d]++, 0);
            assert_true(w.planted.at[d] != 6 || technologies->at[t].item == 2);
        }
    check_form(&w, technologies);
    pt_technologies_free(technologies);
    free(told);
    pt_vec_free(&rows);
    world_free(&w);
}

/* The same technology in two items is told apart by its name. */
static void test_no_name_twice(void **state) {
    (void)state;
    world w;
    world_make(&w, 71, 0, false);
    for (uint32_t d = 0; d < w.mapping.D; d++)
        if (w.planted.at[d] == 6) /* every other patent of a technology moves to item 2 */
            w.rows.at[w.starts.at[d]].item = d % 2 ? 2 : 4;
    pt_technologies *technologies = find(&w, ITEMS, 12);
    check_form(&w, technologies);
    pt_technologies_free(technologies);
    world_free(&w);
}

/* Titles that hold no phrase: the item, and the words that set the cluster apart, stand in. */
static void test_names_without_phrases(void **state) {
    (void)state;
    world w;
    world_make(&w, 81, 0, false);
    for (size_t d = 0; d < w.list.n; d++) {
        free(w.list.at[d].title);
        w.list.at[d].title = pt_strdup(d % 2 ? "방법" : "");
    }
    pt_technologies *technologies = find(&w, ITEMS, 12);
    assert_int_equal(technologies->n, 12);
    for (uint32_t t = 0; t < technologies->n; t++)
        assert_true(strstr(technologies->at[t].name, " 기술") || strstr(technologies->at[t].name, "품목 "));
    check_form(&w, technologies);
    pt_technologies_free(technologies);
    world_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted_technologies_are_found_and_named),
        cmocka_unit_test(test_strays_do_no_harm),
        cmocka_unit_test(test_damaged_titles_still_name),
        cmocka_unit_test(test_the_budget_is_kept),
        cmocka_unit_test(test_two_runs_agree),
        cmocka_unit_test(test_who_is_asked),
        cmocka_unit_test(test_no_patent_twice),
        cmocka_unit_test(test_no_name_twice),
        cmocka_unit_test(test_names_without_phrases),
    };
    return cmocka_run_group_tests(tests, open_dictionary, close_dictionary);
}
