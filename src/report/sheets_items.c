/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets of items and technologies. */
#include "base/mem.h"
#include "report/sheets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- 요약 */

static const pt_sheet_column summary_columns[] = {
    {"번호", 6, PT_STYLE_COUNT},    {"산업", 16, PT_STYLE_TEXT},     {"품목", 26, PT_STYLE_TEXT},
    {"점수", 8, PT_STYLE_RATIO},    {"특허 수", 9, PT_STYLE_AMOUNT}, {"특화도", 9, PT_STYLE_RATIO},
    {"안정성", 9, PT_STYLE_PERCENT}};

void pt_sheets_summary(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    pt_sheet s = pt_sheet_add(b, "요약", PT_COLUMNS(summary_columns));
    char from[PT_DATE_BYTES], to[PT_DATE_BYTES];
    char *line[] = {
        pt_strfmt("%s: 지역 특허로 본 주도 품목과 특화 기술", pt_region_label(f->study)),
        pt_strfmt("연구 %s, 출원일 %s ~ %s, 특허 %u건 (미분류 %u건), 출원인 %u명", f->study->name,
                  pt_date_text(from, b->outline->first_date), pt_date_text(to, b->outline->last_date),
                  b->outline->region_patents, b->outline->region_unclassified, b->outline->applicants),
        pt_strfmt("비교 집단의 분류된 특허 %.0f건; 선정 품목 %u개, 기술 %u개",
                  f->indicators->reference_patents, f->selection->n, f->technologies->n),
        pt_strfmt("%s", f->indicators->lq_note ? f->indicators->lq_note
                                               : "특화도 1은 비교 집단과 같은 비중이라는 뜻입니다."),
    };
    pt_book_check(b, worksheet_set_row(s.worksheet, 0, 26, NULL));
    for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
        pt_sheet_note(&s, i ? b->note : b->title, line[i]);
        free(line[i]);
    }
    if (f->study->note[0])
        pt_sheet_note(&s, b->warning, f->study->note);
    if (f->selection->shortage)
        pt_sheet_note(&s, b->note, f->selection->shortage);
    s.row++;
    const uint32_t first = s.row + 1;
    pt_sheet_header(&s);
    for (uint32_t i = 0; i < f->selection->n; i++) {
        const pt_selected *selected = &f->selection->at[i];
        const pt_indicator *x = &f->indicators->at[selected->item];
        pt_sheet_number(&s, i + 1);
        pt_sheet_text(&s, pt_industry_name(f, selected->industry));
        pt_sheet_text(&s, f->items->at[selected->item].name);
        pt_sheet_number(&s, x->score);
        pt_sheet_number(&s, x->patents);
        pt_sheet_number(&s, x->lq_shrunk);
        pt_sheet_number(&s, selected->stability);
        pt_sheet_end_row(&s);
    }
    const pt_bars scores = {"선정 품목의 점수", first, s.row - 1, 2, 3, first - 1, 8};
    if (f->selection->n)
        pt_sheet_bars(&s, &scores);
}

/* ---- 산업-품목-기술 */

static const pt_sheet_column technology_columns[] = {
    {"산업", 16, PT_STYLE_TEXT},      {"품목 번호", 8, PT_STYLE_COUNT}, {"품목", 24, PT_STYLE_TEXT},
    {"기술 번호", 8, PT_STYLE_COUNT}, {"기술", 36, PT_STYLE_TEXT},      {"특허 수", 8, PT_STYLE_COUNT},
    {"처음 출원", 8, PT_STYLE_YEAR},  {"최근 출원", 8, PT_STYLE_YEAR},  {"출원인 수", 8, PT_STYLE_COUNT},
    {"응집도", 8, PT_STYLE_RATIO},    {"표시", 9, PT_STYLE_TEXT},       {"주요 낱말", 36, PT_STYLE_TEXT},
    {"대표 특허", 44, PT_STYLE_TEXT}};

void pt_sheets_technologies(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    pt_sheet s = pt_sheet_start(b, "산업-품목-기술", PT_COLUMNS(technology_columns), 0);
    pt_buf text = {0};
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        const pt_item *item = &f->items->at[technology->item];
        pt_sheet_text(&s, pt_industry_name(f, item->industry));
        pt_sheet_number(&s, b->outline->item_no[technology->item]);
        pt_sheet_text(&s, item->name);
        pt_sheet_number(&s, technology->number);
        pt_sheet_text(&s, technology->name);
        pt_sheet_number(&s, technology->n_patents);
        pt_sheet_year(&s, technology->first_year);
        pt_sheet_year(&s, technology->last_year);
        pt_sheet_number(&s, technology->n_applicants);
        pt_sheet_number(&s, (double)technology->cohesion);
        pt_sheet_text(&s, technology->cohesion < PT_COHESIVE ? "이질적" : NULL);
        pt_buf_clear(&text);
        for (uint32_t i = 0; i < technology->n_words; i++)
            pt_buf_printf(&text, "%s%s", i ? ", " : "", f->corpus->form[technology->word[i]]);
        pt_sheet_text(&s, pt_buf_text(&text));
        pt_buf_clear(&text);
        pt_outline_representatives(b->outline, technology, &text);
        pt_sheet_text(&s, pt_buf_text(&text));
        pt_sheet_end_row(&s);
    }
    pt_buf_free(&text);
    pt_sheet_end(&s);
}

/* ---- 품목 지표 */

static const pt_sheet_column item_columns[] = {{"품목 ID", 9, PT_STYLE_TEXT},
                                               {"테마", 18, PT_STYLE_TEXT},
                                               {"분야", 18, PT_STYLE_TEXT},
                                               {"품목", 26, PT_STYLE_TEXT},
                                               {"산업", 14, PT_STYLE_TEXT},
                                               {"선정 번호", 8, PT_STYLE_COUNT},
                                               {"순위", 7, PT_STYLE_COUNT},
                                               {"점수", 8, PT_STYLE_RATIO},
                                               {"지역 특허", 9, PT_STYLE_AMOUNT},
                                               {"비교 집단 특허", 10, PT_STYLE_AMOUNT},
                                               {"비중", 8, PT_STYLE_PERCENT},
                                               {"특화도(LQ)", 9, PT_STYLE_RATIO},
                                               {"특화도(수축)", 9, PT_STYLE_RATIO},
                                               {"구간 5 %", 9, PT_STYLE_RATIO},
                                               {"구간 95 %", 9, PT_STYLE_RATIO},
                                               {"연평균 성장", 9, PT_STYLE_PERCENT},
                                               {"최근성", 8, PT_STYLE_RATIO},
                                               {"출원인 수", 8, PT_STYLE_COUNT},
                                               {"출원인 집중도(HHI)", 10, PT_STYLE_RATIO},
                                               {"안정성", 8, PT_STYLE_PERCENT},
                                               {"이름의 출처", 20, PT_STYLE_TEXT}};

void pt_sheets_items(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    pt_sheet s = pt_sheet_start(b, "품목 지표", PT_COLUMNS(item_columns), 4);
    for (uint32_t k = 0; k < f->items->n; k++) {
        const pt_item *item = &f->items->at[k];
        const pt_indicator *x = &f->indicators->at[k];
        pt_sheet_text(&s, item->id);
        pt_sheet_text(&s, item->theme);
        pt_sheet_text(&s, item->field);
        pt_sheet_text(&s, item->name);
        pt_sheet_text(&s, pt_industry_name(f, item->industry));
        pt_sheet_number(&s, b->outline->item_no[k] ? b->outline->item_no[k] : NAN);
        pt_sheet_number(&s, x->rank ? x->rank : NAN);
        pt_sheet_number(&s, x->score);
        pt_sheet_number(&s, x->patents);
        pt_sheet_number(&s, x->patents_reference);
        pt_sheet_number(&s, x->share);
        pt_sheet_number(&s, x->lq);
        pt_sheet_number(&s, x->lq_shrunk);
        pt_sheet_number(&s, x->lq_low);
        pt_sheet_number(&s, x->lq_high);
        pt_sheet_number(&s, x->growth);
        pt_sheet_number(&s, x->recency);
        pt_sheet_number(&s, x->applicants);
        pt_sheet_number(&s, x->hhi);
        pt_sheet_number(&s, b->outline->stability[k]);
        pt_sheet_text(&s, item->source);
        pt_sheet_end_row(&s);
    }
    pt_sheet_end(&s);
}

/* ---- 연도별 */

/* Lines of the first selected items over the years, beside the table. */
static void add_year_chart(pt_sheet *s, uint32_t years) {
    enum { LINES = 6 };
    const pt_outline *outline = s->book->outline;
    lxw_chart *chart = workbook_add_chart(s->book->workbook, LXW_CHART_LINE);
    const lxw_col_t last = (lxw_col_t)(2 + years);
    lxw_row_t row = 1;
    for (uint32_t k = 0; k < outline->findings->items->n; k++) {
        if (!outline->item_no[k] && !(outline->findings->indicators->at[k].patents > 0))
            continue;
        if (outline->item_no[k] && outline->item_no[k] <= LINES) {
            lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
            chart_series_set_categories(series, s->name, 0, 3, 0, last);
            chart_series_set_values(series, s->name, row, 3, row, last);
            chart_series_set_name_range(series, s->name, row, 1);
        }
        row++;
    }
    chart_title_set_name(chart, "선정 품목 1~6의 연도별 특허");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    lxw_chart_options place = {.x_scale = 1.5, .y_scale = 1.5};
    pt_book_check(s->book, worksheet_insert_chart_opt(s->worksheet, 1, last + 2, chart, &place));
}

void pt_sheets_years(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    const uint32_t years = pt_outline_years(b->outline);
    const size_t n = 3 + (size_t)years;
    pt_sheet_column *columns = pt_zalloc(n, sizeof *columns);
    char(*title)[16] = pt_zalloc(n, sizeof *title);
    columns[0] = (pt_sheet_column){"품목 ID", 9, PT_STYLE_TEXT};
    columns[1] = (pt_sheet_column){"품목", 28, PT_STYLE_TEXT};
    columns[2] = (pt_sheet_column){"선정 번호", 8, PT_STYLE_COUNT};
    for (uint32_t y = 0; y < years; y++) {
        snprintf(title[y], sizeof title[y], "%u", f->indicators->first_year + y);
        columns[3 + y] = (pt_sheet_column){title[y], 7, PT_STYLE_AMOUNT};
    }
    pt_sheet s = pt_sheet_start(b, "연도별", columns, n, 3);
    for (uint32_t k = 0; k < f->items->n; k++) {
        if (!b->outline->item_no[k] && !(f->indicators->at[k].patents > 0))
            continue;
        pt_sheet_text(&s, f->items->at[k].id);
        pt_sheet_text(&s, f->items->at[k].name);
        pt_sheet_number(&s, b->outline->item_no[k] ? b->outline->item_no[k] : NAN);
        for (uint32_t y = 0; y < years; y++)
            pt_sheet_number(&s, f->indicators->by_year[(size_t)k * years + y]);
        pt_sheet_end_row(&s);
    }
    if (years && s.part == 1)
        add_year_chart(&s, years);
    pt_sheet_end(&s);
    free(title);
    free(columns);
}
