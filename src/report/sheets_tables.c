/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the data dictionary that stand in the workbook as they are, with Korean headings. */
#include "base/mem.h"
#include "report/columns.h"
#include "report/sheets.h"
#include "report/tables.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column of the table (NULL name: the end) under the heading that it has in the sheet. */
typedef struct table_column {
    const char *name;
    pt_sheet_column shown;
} table_column;

enum { MOST_COLUMNS = 20 };

static const table_column news_columns[] = {{"subject", {"구분", 10, PT_STYLE_TEXT}},
                                            {"change", {"변화", 10, PT_STYLE_TEXT}},
                                            {"id", {"번호", 9, PT_STYLE_TEXT}},
                                            {"name", {"이름", 30, PT_STYLE_TEXT}},
                                            {"before", {"이전", 8, PT_STYLE_COUNT}},
                                            {"after", {"지금", 8, PT_STYLE_COUNT}},
                                            {"n_patents", {"새 특허", 8, PT_STYLE_COUNT}},
                                            {"patents", {"출원번호", 40, PT_STYLE_TEXT}},
                                            {"reason", {"까닭", 50, PT_STYLE_TEXT}},
                                            {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column reason_columns[] = {{"rank", {"점수 순위", 7, PT_STYLE_COUNT}},
                                              {"industry", {"산업", 16, PT_STYLE_TEXT}},
                                              {"item_id", {"품목 ID", 9, PT_STYLE_TEXT}},
                                              {"item", {"품목", 26, PT_STYLE_TEXT}},
                                              {"selected", {"선정", 6, PT_STYLE_YES}},
                                              {"runner_up", {"차점", 6, PT_STYLE_YES}},
                                              {"patents", {"지역 특허", 9, PT_STYLE_AMOUNT}},
                                              {"score", {"점수", 7, PT_STYLE_RATIO}},
                                              {"share", {"비중", 8, PT_STYLE_PERCENT}},
                                              {"share_rank", {"비중 백분위", 8, PT_STYLE_PERCENT}},
                                              {"lq_shrunk", {"특화도(수축)", 9, PT_STYLE_RATIO}},
                                              {"lq_rank", {"특화도 백분위", 8, PT_STYLE_PERCENT}},
                                              {"growth", {"연평균 성장", 9, PT_STYLE_PERCENT}},
                                              {"growth_rank", {"성장 백분위", 8, PT_STYLE_PERCENT}},
                                              {"recency", {"최근성", 8, PT_STYLE_RATIO}},
                                              {"recency_rank", {"최근성 백분위", 8, PT_STYLE_PERCENT}},
                                              {"compared_with", {"비교한 품목", 22, PT_STYLE_TEXT}},
                                              {"reason", {"까닭", 70, PT_STYLE_TEXT}},
                                              {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column industry_columns[] = {
    {"industry", {"산업", 20, PT_STYLE_TEXT}},
    {"items", {"후보 품목", 7, PT_STYLE_COUNT}},
    {"selected_items", {"선정 품목", 7, PT_STYLE_COUNT}},
    {"patents", {"지역 특허", 9, PT_STYLE_AMOUNT}},
    {"patents_reference", {"비교 집단 특허", 10, PT_STYLE_AMOUNT}},
    {"evidence_share", {"비중", 8, PT_STYLE_PERCENT}},
    {"evidence_lq_shrunk", {"특화도(수축)", 9, PT_STYLE_RATIO}},
    {"evidence_growth", {"연평균 성장", 9, PT_STYLE_PERCENT}},
    {"evidence_recency", {"최근성", 8, PT_STYLE_RATIO}},
    {"evidence_applicants", {"출원인 수", 8, PT_STYLE_COUNT}},
    {"evidence_hhi", {"출원인 집중도(HHI)", 10, PT_STYLE_RATIO}},
    {"evidence_reach", {"다른 산업과 겹침", 10, PT_STYLE_PERCENT}},
    {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column path_columns[] = {{"item_id", {"품목 ID", 9, PT_STYLE_TEXT}},
                                            {"item", {"품목", 28, PT_STYLE_TEXT}},
                                            {"selected", {"선정", 6, PT_STYLE_YES}},
                                            {"first_year", {"처음 연도", 8, PT_STYLE_YEAR}},
                                            {"last_complete_year", {"공개가 끝난 해", 9, PT_STYLE_YEAR}},
                                            {"mean_before", {"그 앞 3년 평균", 9, PT_STYLE_RATIO}},
                                            {"mean_now", {"최근 3년 평균", 9, PT_STYLE_RATIO}},
                                            {"ratio", {"두 평균의 비", 9, PT_STYLE_RATIO}},
                                            {"growth_path", {"성장 경로", 9, PT_STYLE_TEXT}},
                                            {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column technology_year_columns[] = {{"tech_no", {"기술 번호", 8, PT_STYLE_COUNT}},
                                                       {"technology", {"기술", 40, PT_STYLE_TEXT}},
                                                       {"year", {"연도", 8, PT_STYLE_YEAR}},
                                                       {"patents", {"특허 수", 8, PT_STYLE_COUNT}},
                                                       {"mean_3", {"3년 평균", 9, PT_STYLE_RATIO}},
                                                       {"complete", {"공개가 끝남", 9, PT_STYLE_YES}},
                                                       {"growth_path", {"성장 경로", 9, PT_STYLE_TEXT}},
                                                       {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column entry_columns[] = {
    {"rank", {"순위", 7, PT_STYLE_COUNT}},
    {"item_id", {"품목 ID", 9, PT_STYLE_TEXT}},
    {"item", {"품목", 28, PT_STYLE_TEXT}},
    {"industry", {"산업", 16, PT_STYLE_TEXT}},
    {"density", {"관련 밀도", 9, PT_STYLE_RATIO}},
    {"lq", {"특화도(LQ)", 9, PT_STYLE_RATIO}},
    {"complexity", {"기술 복잡도", 9, PT_STYLE_RATIO}},
    {"patents", {"지역 특허", 9, PT_STYLE_AMOUNT}},
    {"patents_reference", {"비교 집단 특허", 10, PT_STYLE_AMOUNT}},
    {"cluster", {"군집", 7, PT_STYLE_COUNT}},
    {"nearest_selected_item", {"가까운 선정 품목", 24, PT_STYLE_TEXT}},
    {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column cluster_columns[] = {{"cluster", {"군집", 7, PT_STYLE_COUNT}},
                                               {"kind", {"종류", 8, PT_STYLE_TEXT}},
                                               {"outside", {"밖으로 나가는 연결", 10, PT_STYLE_PERCENT}},
                                               {"item_id", {"품목 ID", 9, PT_STYLE_TEXT}},
                                               {"item", {"품목", 28, PT_STYLE_TEXT}},
                                               {"strength", {"연결 강도", 9, PT_STYLE_RATIO}},
                                               {"patents", {"지역 특허", 9, PT_STYLE_AMOUNT}},
                                               {"patents_reference", {"비교 집단 특허", 10, PT_STYLE_AMOUNT}},
                                               {"lq_shrunk", {"특화도(수축)", 9, PT_STYLE_RATIO}},
                                               {"selected", {"선정", 6, PT_STYLE_YES}},
                                               {NULL, {NULL, 0, PT_STYLE_TEXT}}};
static const table_column note_columns[] = {{"about", {"무엇", 16, PT_STYLE_TEXT}},
                                            {"note", {"설명", 110, PT_STYLE_TEXT}},
                                            {NULL, {NULL, 0, PT_STYLE_TEXT}}};

static void put_cell(pt_sheet *s, const json_t *value) {
    if (s->columns[s->cell].style == PT_STYLE_YES)
        pt_sheet_text(s, json_number_value(value) > 0 ? "예" : NULL);
    else if (json_is_number(value))
        pt_sheet_number(s, json_number_value(value));
    else
        pt_sheet_text(s, json_string_value(value));
}

/* Place of each column in the rows of the table. */
static size_t find_columns(const json_t *names, const table_column *columns, pt_sheet_column *shown,
                           size_t *place) {
    size_t n = 0;
    for (; columns[n].name; n++) {
        assert(n < MOST_COLUMNS);
        shown[n] = columns[n].shown;
        for (place[n] = 0; strcmp(json_string_value(json_array_get(names, place[n])), columns[n].name) != 0;)
            assert(++place[n] < json_array_size(names));
    }
    return n;
}

/* Bars of a column of the table; NULL = none. */
typedef struct bars {
    const char *title;
    uint16_t names, values;
} bars;

static void write_table(pt_book *b, const char *name, int table, const table_column *columns,
                        lxw_col_t frozen, const bars *drawn) {
    json_t *all = pt_table_json(b->outline, table);
    const json_t *rows = json_object_get(all, "rows"), *row;
    pt_sheet_column shown[MOST_COLUMNS];
    size_t place[MOST_COLUMNS], i;
    const size_t n = find_columns(json_object_get(all, "columns"), columns, shown, place);
    pt_sheet s = pt_sheet_start(b, name, shown, n, frozen);
    json_array_foreach(rows, i, row) {
        for (size_t c = 0; c < n; c++)
            put_cell(&s, json_array_get(row, place[c]));
        pt_sheet_end_row(&s);
    }
    if (drawn && json_array_size(rows) && s.part == 1) {
        const pt_bars chart = {.title = drawn->title,
                               .first = 1,
                               .last = s.row - 1,
                               .names = drawn->names,
                               .values = drawn->values,
                               .at_row = 1,
                               .at_column = (lxw_col_t)(n + 1)};
        pt_sheet_bars(&s, &chart);
    }
    pt_sheet_end(&s);
    json_decref(all);
}

void pt_sheets_news(pt_book *b) {
    if (pt_table_is_there(b->outline, PT_TABLE_CHANGES))
        write_table(b, "새 소식", PT_TABLE_CHANGES, news_columns, 0, NULL);
}

void pt_sheets_reasons(pt_book *b) {
    write_table(b, "선정 까닭", PT_TABLE_REASONS, reason_columns, 4, NULL);
}

void pt_sheets_industries(pt_book *b) {
    write_table(b, "산업 비교", PT_TABLE_INDUSTRIES, industry_columns, 1,
                &(const bars){"산업의 특화도(수축)", 0, 6});
}

void pt_sheets_paths(pt_book *b) {
    write_table(b, "성장 경로", PT_TABLE_ITEM_PATHS, path_columns, 2, NULL);
    write_table(b, "기술 연도별", PT_TABLE_TECHNOLOGY_YEARS, technology_year_columns, 2, NULL);
}

void pt_sheets_entries(pt_book *b) {
    write_table(b, "진입 후보", PT_TABLE_ENTRIES, entry_columns, 3,
                &(const bars){"진입 후보의 관련 밀도", 2, 4});
    write_table(b, "품목 군집", PT_TABLE_CLUSTERS, cluster_columns, 0, NULL);
}

void pt_sheets_notes(pt_book *b) {
    write_table(b, "빈칸과 규칙", PT_TABLE_NOTES, note_columns, 0, NULL);
}
