/* SPDX-License-Identifier: Apache-2.0 */
#include "report/columns.h"
#include "base/file.h"

#include <stdlib.h>

#define ITEM_ID                                                                                              \
    { "item_id", "text", "품목 기준의 품목 ID", "id of the item in the standard" }
#define ITEM                                                                                                 \
    { "item", "text", "품목 이름", "name of the item" }
#define TECH_NO                                                                                              \
    { "tech_no", "integer", "보고서의 기술 번호 (1부터)", "number of the technology in the report (from 1)" }
#define TECHNOLOGY                                                                                           \
    { "technology", "text", "기술 이름", "name of the technology" }
#define NUMBER                                                                                               \
    { "application_number", "text", "출원번호 (앞의 0도 글자)", "application number (text: zeros count)" }
#define TITLE                                                                                                \
    { "title", "text", "발명의 명칭", "title of the invention" }
#define ITEM_NO                                                                                              \
    {                                                                                                        \
        "item_no", "integer", "보고서의 선정 품목 번호 (1부터)",                                             \
            "number of the selected item in the report (from 1)"                                             \
    }
#define X_RK                                                                                                 \
    {                                                                                                        \
        "patents", "number", "지역 특허 수 x_rk = Σ_d w_dr π_dk (나누어 세어 소수가 나옴)",                  \
            "patents of the region, x_rk = Σ_d w_dr π_dk (counted in parts)"                               \
    }
#define SHARE                                                                                                \
    { "share", "number", "비중 x_rk / x_r (0~1)", "share x_rk / x_r (0 to 1)" }
#define LQ_SHRUNK                                                                                            \
    {                                                                                                        \
        "lq_shrunk", "number", "수축 특화도 ((x_rk + κ p_k) / (x_r + κ)) / p_k; 비교 집단이 없으면 빈칸",    \
            "shrunk LQ ((x_rk + κ p_k) / (x_r + κ)) / p_k; empty without a reference"                      \
    }
#define GROWTH                                                                                               \
    {                                                                                                        \
        "growth", "number", "연평균 성장률 (처음 3년 평균에서 마지막 3년 평균까지); 4년이 안 되면 빈칸",     \
            "compound yearly growth, mean of the first 3 years to that of the last 3; empty below 4 years"   \
    }
#define SCORE                                                                                                \
    {                                                                                                        \
        "score", "number", "점수: 비중·특화도·성장·최근성 백분위 순위의 가중 기하 평균 (0~1)",               \
            "score: weighted geometric mean of percentile ranks (0 to 1)"                                    \
    }

#define SELECTED                                                                                             \
    { "selected", "0/1", "1 = 주도 품목으로 선정", "1 = among the leading items" }
#define COMPLEXITY                                                                                           \
    { "complexity", "number", "기술 복잡도 (KCI)", "technological complexity (KCI)" }
#define INDUSTRY                                                                                             \
    { "industry", "text", "산업", "industry" }
#define REFERENCE                                                                                            \
    {                                                                                                        \
        "patents_reference", "number", "비교 집단과 지역의 특허 수 x_k",                                     \
            "patents x_k, reference and region together"                                                     \
    }
#define RECENCY                                                                                              \
    { "recency", "number", "최근 3년 비중의 비", "share of the last 3 years over that of the region" }
#define PATH                                                                                                 \
    {                                                                                                        \
        "growth_path", "text", "태동, 성장, 성숙, 쇠퇴 (규칙은 notes.csv)",                                  \
            "emerging, growing, mature, declining (rule: notes.csv)"                                         \
    }
#define MEAN_3                                                                                               \
    { "mean_3", "number", "3년 평균", "mean of 3 years" }
#define COMPLETE                                                                                             \
    { "complete", "0/1", "0 = 공개가 끝나지 않은 해", "0 = not yet published in full" }
#define RANK_OF(name, korean)                                                                                \
    { name, "number", korean " 백분위 순위", "its percentile rank" }

const pt_table_columns pt_tables[PT_N_TABLES] = {
    [PT_TABLE_ITEMS] =
        {"items.csv",
         "품목 기준의 품목마다 한 줄",
         "a row for each item of the standard",
         {ITEM_ID,
          {"theme", "text", "테마", "theme"},
          {"field", "text", "분야", "field"},
          ITEM,
          X_RK,
          {"patents_reference", "number", "비교 집단과 지역의 특허 수 x_k",
           "patents x_k, reference and region together"},
          SHARE,
          {"lq", "number", "특화도 (x_rk / x_r) / (x_k / x)", "location quotient (x_rk / x_r) / (x_k / x)"},
          LQ_SHRUNK,
          {"lq_low", "number", "수축 특화도의 붓스트랩 5 %", "5 % of the bootstrap of the shrunk LQ"},
          {"lq_high", "number", "수축 특화도의 붓스트랩 95 %", "95 % of the bootstrap of the shrunk LQ"},
          GROWTH,
          {"recency", "number", "최근 3년 몫 / 지역 전체의 최근 3년 몫",
           "part filed in the last 3 years over that of the region"},
          {"applicants", "integer", "지역 출원인 수", "applicants of the region"},
          SCORE,
          {"rank", "integer",
           "점수 순위 (1이 가장 높음; 특허가 min_patents보다 적은 품목은 그 뒤); 지역 특허가 없으면 빈칸",
           "rank by score (1 = best; items of fewer than min_patents patents behind); empty without a "
           "patent"},
          SELECTED,
          {"density", "number", "관련 밀도 (지역 10곳 미만이면 빈칸)",
           "relatedness density; empty with fewer than 10 regions"},
          COMPLEXITY}},
    [PT_TABLE_SELECTED] = {"selected_items.csv",
                           "선정된 주도 품목마다 한 줄",
                           "a row for each leading item",
                           {{"industry", "text", "산업", "industry"},
                            ITEM_NO,
                            ITEM_ID,
                            ITEM,
                            X_RK,
                            SHARE,
                            LQ_SHRUNK,
                            GROWTH,
                            SCORE,
                            {"stability", "number", "붓스트랩에서 선정에 남은 비율 (0~1)",
                             "share of bootstrap draws in which it stays selected (0 to 1)"}}},
    [PT_TABLE_TECHNOLOGIES] =
        {"technologies.csv",
         "기술마다 한 줄",
         "a row for each technology",
         {{"industry", "text", "산업", "industry"},
          ITEM_NO,
          ITEM,
          TECH_NO,
          TECHNOLOGY,
          {"patents", "integer", "기술에 묶인 지역 특허 수", "patents of the region in it (whole ones)"},
          {"first_year", "integer", "처음 출원 연도", "year of the first application"},
          {"last_year", "integer", "최근 출원 연도", "year of the last application"},
          {"applicants", "integer", "출원인 수", "applicants"},
          {"representative_patents", "text", "대표 특허의 출원번호 (세미콜론으로 나눔)",
           "application numbers of the representatives, separated by semicolons"},
          {"cohesion", "number", "응집도: 중심과의 평균 코사인", "mean cosine to the centre"},
          {"mixed", "0/1", "1 = 응집도 0.40 미만, 이질적", "1 = cohesion under 0.40: a mixed group"},
          {"words", "text", "다른 기술과 구별되는 낱말", "words that set it apart"}}},
    [PT_TABLE_PATENTS] =
        {"patents.csv",
         "특허와 그 품목(최대 3개)마다 한 줄; 미분류는 특허마다 한 줄",
         "a row for each patent and item (at most 3); one row where the model abstains",
         {NUMBER,
          {"application_date", "date", "출원일 (YYYY-MM-DD, 모르는 부분은 없음)",
           "date of application (YYYY-MM-DD, unknown parts left out)"},
          TITLE,
          {"in_region", "0/1", "1 = 연구 지역과 기간의 특허", "1 = a patent of the region and period"},
          {"item_rank", "integer", "그 특허에서 품목의 순위 (1~3)",
           "rank of the item in the patent (1 to 3)"},
          {"item_id", "text", "품목 ID; 미분류이면 빈칸", "id of the item; empty where unclassified"},
          {"item", "text", "품목 이름 또는 미분류", "name of the item, or 미분류 (unclassified)"},
          {"score", "number", "품목 근거 S_dk (로그 오즈)", "evidence S_dk (log-odds)"},
          {"evidence", "text", "근거가 된 낱말과 그 몫 (세미콜론으로 나눔)",
           "words that spoke for the item, with their shares"},
          {"confidence", "text", "첫 품목의 신뢰도: 높음, 중간, 낮음; 미분류이면 빈칸",
           "confidence in the first item: 높음 (high), 중간 (medium), 낮음 (low); empty where unclassified"},
          {"agreement", "text",
           "그 신뢰도에서 분류 코드와 일치한 비율 (실제 특허에서 잰 범위; 정확도가 아님)",
           "share of real patents of that confidence whose code admits the item, from the strictest to the "
           "mildest "
           "measurement; it is no accuracy"},
          {"nearest", "text", "가장 가까운 품목 3개의 ID (배정하지 않은 것도 포함)",
           "ids of the three nearest items, also where none is assigned"}}},
    [PT_TABLE_TOPICS] = {"topics.csv",
                         "주제와 그 낱말(최대 30개)마다 한 줄",
                         "a row for each topic and word (at most 30)",
                         {{"topic", "integer", "주제 번호 (1부터; 품목 기준의 차례와 같음)",
                           "number of the topic (from 1; the item's place in the standard)"},
                          {"item_id", "text", "품목 ID; 일반 주제이면 빈칸",
                           "id of the item; empty for general topics"},
                          {"item", "text", "품목 또는 일반 주제의 이름", "name of the item or general topic"},
                          {"rank", "integer", "확률 순위", "rank by probability"},
                          {"word", "text", "낱말", "word"},
                          {"probability", "number", "φ_kw (0~1)", "φ_kw (0 to 1)"},
                          {"is_seed", "0/1", "1 = 품목의 씨앗말", "1 = seed word of the item"}}},
    [PT_TABLE_TECHNOLOGY_PATENTS] = {"technology_patents.csv",
                                     "기술과 그 특허마다 한 줄",
                                     "a row for each technology and patent",
                                     {TECH_NO,
                                      TECHNOLOGY,
                                      NUMBER,
                                      TITLE,
                                      {"weight", "number", "기술의 중심과 이루는 코사인 (0~1)",
                                       "cosine to the centre of the technology (0 to 1)"}}},
    [PT_TABLE_ITEM_YEARS] = {"item_years.csv",
                             "품목과 출원 연도마다 한 줄",
                             "a row for each item and year of application",
                             {ITEM_ID,
                              ITEM,
                              {"year", "integer", "출원 연도", "year of application"},
                              {"patents", "number", "그해 지역 특허 수 (나누어 셈)",
                               "patents of the region in that year (in parts)"},
                              {"patents_reference", "number", "그해 비교 집단과 지역의 특허 수",
                               "reference and region together in that year"},
                              MEAN_3,
                              COMPLETE}},
    [PT_TABLE_ITEM_WORDS] = {"item_words.csv",
                             "품목과 지역 특허의 낱말(최대 20개)마다 한 줄",
                             "a row for each item and word of the region's patents (at most 20)",
                             {ITEM_ID,
                              ITEM,
                              {"rank", "integer", "무게 순위", "rank by weight"},
                              {"word", "text", "낱말", "word"},
                              {"patents", "integer", "그 낱말을 쓰는 지역 특허 수",
                               "patents of the region in the item that use the word"},
                              {"weight", "number", "Σ_d π_dk w_dr ln(D / 그 낱말의 특허 수)",
                               "Σ_d π_dk w_dr ln(D / patents with the word)"}}},
    [PT_TABLE_REASONS] = {"selection_reasons.csv",
                          "선정된 품목과 산업마다의 차점 품목, 그 까닭",
                          "why this item, why not that one: selected items and runners-up",
                          {{"rank", "integer", "점수 순위", "rank by score"},
                           INDUSTRY,
                           ITEM_ID,
                           ITEM,
                           SELECTED,
                           {"runner_up", "0/1", "1 = 산업의 차점 품목", "1 = runner-up of its industry"},
                           X_RK,
                           SCORE,
                           SHARE,
                           RANK_OF("share_rank", "비중의"),
                           LQ_SHRUNK,
                           RANK_OF("lq_rank", "특화도의"),
                           GROWTH,
                           RANK_OF("growth_rank", "성장의"),
                           RECENCY,
                           RANK_OF("recency_rank", "최근성의"),
                           {"compared_with", "text", "비교한 품목", "the item that it is compared with"},
                           {"reason", "text", "까닭", "the reason, in words"}}},
    [PT_TABLE_INDUSTRIES] = {"industries.csv",
                             "산업마다 한 줄: 특허로 본 근거이며 정책성·파급성·가능성의 판정이 아님",
                             "a row for each industry: evidence from patents, no verdict on policy",
                             {INDUSTRY,
                              {"items", "integer", "후보 품목 수", "items that may compete"},
                              {"selected_items", "integer", "선정된 품목 수", "selected items"},
                              X_RK,
                              REFERENCE,
                              {"evidence_share", "number", "비중", "share"},
                              {"evidence_lq_shrunk", "number", "수축 특화도", "shrunk LQ"},
                              {"evidence_growth", "number", "성장률", "growth"},
                              {"evidence_recency", "number", "최근성", "recency"},
                              {"evidence_applicants", "integer", "출원인 수", "applicants"},
                              {"evidence_hhi", "number", "출원인 집중도 HHI",
                               "concentration of applicants, HHI"},
                              {"evidence_reach", "number", "다른 산업 품목과 겹치는 특허의 비율",
                               "share of patents that also have items of other industries"}}},
    [PT_TABLE_TECHNOLOGY_YEARS] = {"technology_years.csv",
                                   "기술과 연도마다 한 줄",
                                   "a row for each technology and year",
                                   {TECH_NO,
                                    TECHNOLOGY,
                                    {"year", "integer", "출원 연도", "year of application"},
                                    {"patents", "integer", "특허 수", "patents"},
                                    MEAN_3,
                                    COMPLETE,
                                    PATH}},
    [PT_TABLE_ITEM_PATHS] = {"item_paths.csv",
                             "지역 특허가 있는 품목의 성장 경로",
                             "growth path of every item with patents of the region",
                             {ITEM_ID,
                              ITEM,
                              SELECTED,
                              {"first_year", "integer", "처음 출원 연도", "year of the first application"},
                              {"last_complete_year", "integer", "공개가 끝난 마지막 해",
                               "last year published in full"},
                              {"mean_before", "number", "그 앞 3년 평균", "mean of the 3 years before"},
                              {"mean_now", "number", "최근 3년 평균", "mean of the last 3 years"},
                              {"ratio", "number", "두 평균의 비 (+0.5)", "ratio of the two means (+0.5)"},
                              PATH}},
    [PT_TABLE_CLUSTERS] = {"clusters_of_items.csv",
                           "특허에 함께 나오는 품목의 군집 (연관 강도, Leiden)",
                           "clusters of items that occur together (association strength, Leiden)",
                           {{"cluster", "integer", "군집 번호", "number of the cluster"},
                            {"kind", "text", "복합 또는 독립", "complex or independent"},
                            {"outside", "number", "군집 밖으로 나가는 연결의 비율",
                             "share of its edges that leave it"},
                            ITEM_ID,
                            ITEM,
                            {"strength", "number", "연결 강도의 합", "sum of the item's edges"},
                            X_RK,
                            REFERENCE,
                            LQ_SHRUNK,
                            SELECTED}},
    [PT_TABLE_ENTRIES] = {"entry_candidates.csv",
                          "지역이 다음에 들어갈 만한 이웃 품목 (밀도는 높고 특화도는 낮음)",
                          "items that the region could enter next: high density, low LQ",
                          {{"rank", "integer", "밀도 순위", "rank by density"},
                           ITEM_ID,
                           ITEM,
                           INDUSTRY,
                           {"density", "number", "관련 밀도", "relatedness density"},
                           {"lq", "number", "특화도", "location quotient"},
                           COMPLEXITY,
                           X_RK,
                           REFERENCE,
                           {"cluster", "integer", "군집 번호", "number of the cluster"},
                           {"nearest_selected_item", "text", "가장 가까운 선정 품목",
                            "nearest selected item"}}},
    [PT_TABLE_NOTES] = {"notes.csv",
                        "빈칸과 규칙에 대한 설명",
                        "why cells are empty, and the rules",
                        {{"about", "text", "무엇에 대한 것인가", "what it is about"},
                         {"note", "text", "설명", "the note"}}},
    [PT_TABLE_CHANGES] = {"changes.csv",
                          "이전 보고서에서 바뀐 것 (patopic update만 씀)",
                          "what has changed since the report before (written by patopic update alone)",
                          {{"subject", "text", "patents(품목별 새 지역 특허), item(품목), technology(기술)",
                            "patents (new ones of the region, by item), item, technology"},
                           {"change", "text",
                            "new(새로), in(들어옴), out(빠짐), up(오름), down(내림), renamed(이름 바뀜)",
                            "new, in, out, up, down, renamed"},
                           {"id", "text", "품목 ID 또는 기술 번호; 미분류는 빈칸",
                            "id of the item or number of the technology; empty: 미분류"},
                           {"name", "text", "이름", "name"},
                           {"before", "number", "이전 값: 품목은 순위, 기술과 특허는 특허 수",
                            "before: rank of an item, patents of the others"},
                           {"after", "number", "지금 값", "now"},
                           {"n_patents", "integer", "그 까닭이 된 새 특허 수", "new patents behind it"},
                           {"patents", "text", "그 출원번호 (최대 10개, | 로 나눔)",
                            "their application numbers (at most 10, separated by |)"},
                           {"reason", "text", "까닭", "reason, in words"}}},
};

pt_status pt_columns_write(const char *folder, pt_csv_style style, pt_error *err) {
    char *path = pt_path_join(folder, "columns.md");
    pt_writer *writer;
    pt_status status = pt_writer_open(&writer, path, err);
    free(path);
    if (status)
        return status;
    pt_writer_printf(writer,
                     "# 표와 열 / Tables and columns\n\n"
                     "CSV, UTF-8%s, %s, RFC 4180. 빈칸은 ‘자료로 알 수 없음’입니다. 수식으로 실행될 글자 "
                     "앞에는 '가 붙습니다.\n"
                     "An empty cell means that the data cannot say. A text that a spreadsheet would run as a "
                     "formula has a ' "
                     "before it.\n",
                     style.no_bom ? "" : " + BOM", style.lf ? "LF" : "CRLF");
    for (int i = 0; i < PT_N_TABLES; i++) {
        const pt_table_columns *table = &pt_tables[i];
        pt_writer_printf(
            writer, "\n## %s\n\n%s. / %s.\n\n| 열 column | 형 type | 뜻 | meaning |\n|---|---|---|---|\n",
            table->file, table->korean, table->english);
        for (const pt_column *column = table->at; column->name; column++)
            pt_writer_printf(writer, "| `%s` | %s | %s | %s |\n", column->name, column->type, column->korean,
                             column->english);
    }
    return pt_writer_close(writer, err);
}
