/* SPDX-License-Identifier: Apache-2.0 */
/* report_fixture.h - a small made-up study with everything a report shows: 32 items in 9 industries, 26
 * selected, 40 technologies, 320 patents, two of them with titles that mean harm. */
#ifndef PT_TESTS_REPORT_FIXTURE_H
#define PT_TESTS_REPORT_FIXTURE_H

#include "base/mem.h"
#include "base/rng.h"
#include "report/findings.h"
#include "topics/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    N_ITEMS = 32,
    N_SELECTED = 26,
    N_TECHNOLOGIES = 40,
    N_DOCUMENTS = 320,
    FIRST_YEAR = 2012,
    N_YEARS = 10
};

#define HARMFUL_TITLE "</script><script>alert(1)</script> <!-- , \"따옴표\"\r\n둘째 줄"
#define FORMULA_TITLE "=1+1"

typedef struct fixture {
    pt_findings findings;
    pt_study *study;
    pt_items items;
    pt_industries industries;
    pt_documents documents;
    pt_corpus *corpus;
    pt_seeds *seeds;
    pt_evidence *evidence;
    pt_model *model;
    pt_mapping mapping;
    pt_indicators indicators;
    pt_selection selection;
    pt_technologies technologies;
    pt_network *network;
    char id[N_ITEMS][8];
} fixture;

static const char *const item_names[N_ITEMS] = {"첨단의료기기",
                                                "바이오화학소재",
                                                "고령친화 의료기기",
                                                "맞춤형웰니스케어",
                                                "웨어러블 전자기기",
                                                "의료용 화학재료",
                                                "사물인터넷",
                                                "스마트물류시스템",
                                                "실시간 위치추적시스템",
                                                "정밀농업",
                                                "생물비료",
                                                "수소에너지",
                                                "연료전지",
                                                "스마트센서",
                                                "지능형로봇",
                                                "무인이동체",
                                                "전기자동차",
                                                "자율주행차",
                                                "항공기 부품",
                                                "무인항공기",
                                                "인공지능",
                                                "가상현실",
                                                "디지털콘텐츠",
                                                "3D프린팅",
                                                "능동형 조명",
                                                "차세대반도체",
                                                "해양플랜트",
                                                "태양광발전",
                                                "스마트홈",
                                                "모듈러 건축",
                                                "3차원 건설정보 모델링(BIM)",
                                                "정밀 금형·성형 기술"};
static const char *const industry_names[] = {"의생명산업", "디지털물류",  "식품산업",
                                             "수소산업",   "스마트센서",  "지능형로봇",
                                             "미래자동차", "민군MRO산업", "메타버스&콘텐츠산업"};
static const char *const suffixes[] = {"장치", "센서", "부재", "제어", "모듈", "소재"};
enum { N_INDUSTRIES = sizeof industry_names / sizeof *industry_names, N_SUFFIXES = 6 };

static double chance(uint64_t a, uint64_t b) {
    return pt_rng_double(pt_rng_at(pt_rng_key(7, a, b), 0));
}

static void make_items(fixture *x) {
    x->items =
        (pt_items){.n = N_ITEMS, .at = pt_zalloc(N_ITEMS, sizeof *x->items.at), .path = (char *)"items.tsv"};
    memset(x->items.digest, 'a', 64);
    x->industries = (pt_industries){.n = N_INDUSTRIES, .name = (char **)industry_names};
    for (uint32_t k = 0; k < N_ITEMS; k++) {
        snprintf(x->id[k], sizeof x->id[k], "IG%03u", k + 1);
        x->items.at[k] =
            (pt_item){.id = x->id[k],
                      .theme = "첨단제조·자동화",
                      .field = "신제조공정",
                      .name = item_names[k],
                      .edition = "working-copy",
                      .source = k % 8 == 7 ? "constructed" : "found",
                      .industry = k < N_SELECTED ? k * N_INDUSTRIES / N_SELECTED : PT_NO_INDUSTRY};
    }
}

static uint32_t item_of(uint32_t d) {
    return d % N_ITEMS;
}

static void make_documents(fixture *x) {
    x->documents = (pt_documents){.D = N_DOCUMENTS,
                                  .at = pt_zalloc(N_DOCUMENTS, sizeof *x->documents.at),
                                  .names = pt_intern_new(),
                                  .unknown_region = 12};
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        pt_document *document = &x->documents.at[d];
        char name[64];
        const int bytes = snprintf(name, sizeof name, "주식회사 김해%u테크", d % 37);
        document->application_number = pt_strfmt("1020%02u%07u", 12 + d % N_YEARS, 1000 + d);
        document->title = d == 0   ? pt_strdup(HARMFUL_TITLE)
                          : d == 1 ? pt_strdup(FORMULA_TITLE)
                                   : pt_strfmt("%s용 %s 및 이를 이용한 %s 제조 방법", item_names[item_of(d)],
                                               suffixes[d % N_SUFFIXES], suffixes[(d + 1) % N_SUFFIXES]);
        document->application_date = (FIRST_YEAR + d * 7 % N_YEARS) * 10000 + 100 * (1 + d % 12) + 1 + d % 28;
        document->weight = d / N_ITEMS % 4 == 3 ? 0 : 1;
        document->in_period = document->in_reference = true;
        document->is_cut = d % 29 == 5;
        document->n_applicants = 1;
        document->applicant = pt_alloc(1, sizeof *document->applicant);
        document->applicant[0] = pt_intern_add(x->documents.names, name, (size_t)bytes);
    }
}

static void make_topics(fixture *x) {
    static const char *const general[] = {"구조", "결합", "방법", "형성", "공정", "데이터"};
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        pt_corpus_builder_begin_document(builder);
        for (uint32_t i = 0; i < 12; i++) {
            char word[96];
            snprintf(word, sizeof word, "%s%s", item_names[item_of(d)], suffixes[(d + i * i) % N_SUFFIXES]);
            pt_corpus_builder_add(builder, word, strlen(word), i < 2 ? PT_TOKEN_TITLE : 0);
            const char *other = general[(d * 3 + i) % 6];
            pt_corpus_builder_add(builder, other, strlen(other), 0);
        }
        pt_corpus_builder_end_document(builder);
    }
    pt_corpus_params corpus_params = pt_corpus_params_default();
    corpus_params.max_share_of_patents = 1;
    pt_error err;
    if (pt_corpus_build(builder, &corpus_params, &x->corpus, &err))
        abort();
    pt_corpus_builder_free(builder);
    pt_seeds_builder *seeds = pt_seeds_builder_new(N_ITEMS);
    for (uint32_t k = 0; k < N_ITEMS; k++)
        for (uint32_t i = 0; i < 2; i++) {
            char word[96];
            snprintf(word, sizeof word, "%s%s", item_names[k], suffixes[i]);
            const uint32_t w = pt_corpus_find_word(x->corpus, word, strlen(word));
            if (w != PT_NO_ID)
                pt_seeds_builder_add(seeds, k, w, 1);
        }
    x->seeds = pt_seeds_build(seeds);
    pt_seeds_builder_free(seeds);
    pt_mixture_params mixture = pt_mixture_params_default();
    pt_train_params train = pt_train_params_default();
    train.general_topics = 3;
    train.sweeps = 4;
    train.kept_sweeps = 2;
    if (pt_evidence_find(x->corpus, x->seeds, NULL, NULL, &mixture, &x->evidence, &err) ||
        pt_train(x->corpus, x->seeds, x->evidence, &train, &x->model, NULL, &err))
        abort();
}

static void make_mapping(fixture *x) {
    x->mapping = (pt_mapping){.D = N_DOCUMENTS,
                              .n_items = N_ITEMS,
                              .start = pt_zalloc(N_DOCUMENTS + 1, sizeof *x->mapping.start),
                              .at = pt_zalloc(3 * N_DOCUMENTS, sizeof *x->mapping.at),
                              .margin = pt_zalloc(N_DOCUMENTS, sizeof *x->mapping.margin),
                              .confidence = pt_zalloc(N_DOCUMENTS, 1)};
    uint32_t n = 0;
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        const uint32_t rows = d % 13 == 12 ? 0 : 1 + d % 3;
        x->mapping.start[d] = n;
        x->mapping.unclassified += rows == 0;
        x->mapping.confidence[d] = (uint8_t)(d % 3);
        for (uint32_t i = 0; i < rows; i++)
            x->mapping.at[n++] =
                (pt_assignment){(item_of(d) + 5 * i) % N_ITEMS, 12.5F - (float)i, 1.0F / (float)rows};
    }
    x->mapping.start[N_DOCUMENTS] = n;
}

static void make_indicators(fixture *x) {
    x->indicators = (pt_indicators){.n_items = N_ITEMS,
                                    .at = pt_zalloc(N_ITEMS, sizeof *x->indicators.at),
                                    .region_patents = 220,
                                    .reference_patents = 295,
                                    .first_year = FIRST_YEAR,
                                    .last_year = FIRST_YEAR + N_YEARS - 1,
                                    .by_year = pt_zalloc(N_ITEMS * N_YEARS, sizeof(double)),
                                    .reference_by_year = pt_zalloc(N_ITEMS * N_YEARS, sizeof(double)),
                                    .draws = 200};
    for (uint32_t k = 0; k < N_ITEMS; k++) {
        const double lq = exp(2 * chance(k, 1) - 0.7);
        x->indicators.at[k] = (pt_indicator){.patents = floor(3 + 30 * chance(k, 0) * chance(k, 0)),
                                             .patents_reference = floor(40 + 60 * chance(k, 2)),
                                             .share = chance(k, 3) / 12,
                                             .lq = lq,
                                             .lq_shrunk = pow(lq, 0.8),
                                             .lq_low = pow(lq, 0.8) * 0.7,
                                             .lq_high = pow(lq, 0.8) * 1.4,
                                             .growth = k % 9 == 4 ? NAN : 0.4 * chance(k, 4) - 0.1,
                                             .recency = 0.5 + chance(k, 5),
                                             .hhi = 0.2,
                                             .applicants = 4 + k % 9,
                                             .score = 1 - (double)k / N_ITEMS,
                                             .rank = k + 1};
        for (uint32_t y = 0; y < N_YEARS; y++) {
            x->indicators.by_year[k * N_YEARS + y] = floor(8 * chance(k, 10 + y) * (y + 3) / N_YEARS);
            x->indicators.reference_by_year[k * N_YEARS + y] = 10 + y;
        }
    }
    x->indicators.at[N_ITEMS - 1] = (pt_indicator){
        .lq = NAN, .lq_shrunk = NAN, .lq_low = NAN, .lq_high = NAN, .growth = NAN, .recency = NAN};
}

static void make_selection(fixture *x) {
    x->selection = (pt_selection){
        .n = N_SELECTED, .at = pt_zalloc(N_SELECTED, sizeof *x->selection.at), .n_industries = N_INDUSTRIES};
    for (uint32_t i = 0; i < N_SELECTED; i++)
        x->selection.at[i] = (pt_selected){x->items.at[i].industry, i, 0.5 + 0.5 * chance(i, 99), "점수"};
}

static void make_technologies(fixture *x) {
    x->technologies =
        (pt_technologies){.n = N_TECHNOLOGIES, .at = pt_zalloc(N_TECHNOLOGIES, sizeof *x->technologies.at)};
    for (uint32_t t = 0; t < N_TECHNOLOGIES; t++) {
        pt_technology *technology = &x->technologies.at[t];
        technology->number = t + 1;
        technology->item = t * N_SELECTED / N_TECHNOLOGIES;
        technology->name =
            pt_strfmt("%s용 %s 가공 시스템", item_names[technology->item], suffixes[t % N_SUFFIXES]);
        technology->patent = pt_alloc(10, sizeof *technology->patent);
        technology->weight = pt_alloc(10, sizeof *technology->weight);
        for (uint32_t d = technology->item; d < N_DOCUMENTS; d += N_ITEMS)
            if (x->documents.at[d].weight > 0) {
                technology->weight[technology->n_patents] = 0.9F - 0.05F * (float)technology->n_patents;
                technology->patent[technology->n_patents++] = d;
            }
        technology->first_year = FIRST_YEAR;
        technology->last_year = FIRST_YEAR + t % N_YEARS;
        technology->n_applicants = 2 + t % 3;
        technology->cohesion = t % 10 == 9 ? 0.31F : 0.62F;
        for (uint32_t w = 0; w < 6; w++)
            technology->word[technology->n_words++] = (t * 6 + w) % x->corpus->V;
    }
}

static const pt_count fixture_counts[] = {{(char *)"sources", 4},
                                          {(char *)"records", 350},
                                          {(char *)"duplicates", 21},
                                          {(char *)"quarantined", 9},
                                          {(char *)"repair: bare ampersand", 3}};
static const pt_source_row fixture_sources[] = {
    {(char *)"corpus/a.xml", (char *)"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
     (char *)"kipris", 200, 4},
    {(char *)"corpus/\xB1\xE8.xml",
     (char *)"fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210", NULL, 120, 5}};
static const pt_stage_time fixture_times[] = {{"ingest", 1.5}, {"train", 20.25}};

/* In place: the findings point into the fixture. */
static void fixture_init(fixture *x) {
    *x = (fixture){.study = pt_study_default()};
    free(x->study->name);
    x->study->name = pt_strdup("김해 <연구> & 시험");
    free(x->study->region);
    x->study->region = pt_strdup("경상남도 김해시");
    free(x->study->note);
    x->study->note = pt_strdup("지어낸 자료입니다");
    make_items(x);
    make_documents(x);
    make_topics(x);
    make_mapping(x);
    make_indicators(x);
    make_selection(x);
    make_technologies(x);
    x->network = pt_network_new(&x->documents, &x->mapping);
    static pt_news_row rows[] = {
        {PT_NEWS_PATENTS, PT_NEWS_NEW, "F001", "품목", 3, 5, "", "1020260000001|1020260000002", 2},
        {PT_NEWS_ITEM, PT_NEWS_IN, "F001", "=품목<b>", NAN, 7, "특허 3 → 5", "1020260000001", 1},
        {PT_NEWS_TECHNOLOGY, PT_NEWS_OUT, "4", "용접 로봇", 6, NAN, "", "", 0},
    };
    static const pt_news news = {.before = "run-20260101T000000Z",
                                 .fitted = true,
                                 .reason = "the store has grown (refit_growth)",
                                 .reason_korean = "특허가 많이 늘어남 (refit_growth)",
                                 .patents_before = 298,
                                 .patents_new = 2,
                                 .folded = 2,
                                 .divergence = 0.02,
                                 .unclassified_known = 0.1,
                                 .unclassified_new = 0.5,
                                 .unknown_words_known = 0.05,
                                 .unknown_words_new = 0.07,
                                 .at = rows,
                                 .n = sizeof rows / sizeof *rows};
    x->findings = (pt_findings){.news = &news,
                                .study = x->study,
                                .items = &x->items,
                                .industries = &x->industries,
                                .documents = &x->documents,
                                .corpus = x->corpus,
                                .evidence = x->evidence,
                                .model = x->model,
                                .mapping = &x->mapping,
                                .indicators = &x->indicators,
                                .selection = &x->selection,
                                .technologies = &x->technologies,
                                .network = x->network,
                                .counts = fixture_counts,
                                .n_counts = sizeof fixture_counts / sizeof *fixture_counts,
                                .sources = fixture_sources,
                                .n_sources = sizeof fixture_sources / sizeof *fixture_sources,
                                .times = fixture_times,
                                .n_times = sizeof fixture_times / sizeof *fixture_times,
                                .peak_memory_bytes = 1 << 20,
                                .threads = 2};
}

static void fixture_free(fixture *x) {
    for (uint32_t d = 0; d < N_DOCUMENTS; d++) {
        free(x->documents.at[d].application_number);
        free(x->documents.at[d].title);
        free(x->documents.at[d].applicant);
    }
    for (uint32_t t = 0; t < N_TECHNOLOGIES; t++) {
        free(x->technologies.at[t].name);
        free(x->technologies.at[t].patent);
        free(x->technologies.at[t].weight);
    }
    free(x->documents.at);
    pt_intern_free(x->documents.names);
    free(x->technologies.at);
    free(x->selection.at);
    free(x->indicators.at);
    free(x->indicators.by_year);
    free(x->indicators.reference_by_year);
    free(x->mapping.start);
    free(x->mapping.at);
    free(x->mapping.margin);
    free(x->mapping.confidence);
    free(x->items.at);
    pt_network_free(x->network);
    pt_model_free(x->model);
    pt_evidence_free(x->evidence);
    pt_seeds_free(x->seeds);
    pt_corpus_free(x->corpus);
    pt_study_free(x->study);
}

#endif
