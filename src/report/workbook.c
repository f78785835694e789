/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are written from the top down in constant-memory mode: a sheet costs one row of memory. */
#include "report/workbook.h"
#include "base/apart.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/csv_writer.h"
#include "report/settings.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

typedef enum style {
    STYLE_TEXT,
    STYLE_COUNT,
    STYLE_AMOUNT,
    STYLE_RATIO,
    STYLE_PERCENT,
    STYLE_YEAR,
    N_STYLES
} style;

typedef struct book {
    const pt_outline *outline;
    lxw_workbook *workbook;
    lxw_format *style[N_STYLES], *header, *title, *note, *warning;
    uint32_t most_rows; /* a sheet */
    lxw_error error;    /* the first one */
} book;

typedef struct column {
    const char *title;
    double width;
    style style;
} column;

typedef struct sheet {
    book *book;
    lxw_worksheet *worksheet;
    const column *columns;
    uint16_t n_columns, cell;
    uint32_t row;          /* next to be written */
    const char *name;      /* of the first part */
    unsigned part;         /* from 1 */
    lxw_row_t frozen_rows; /* 0 = the sheet is no table: it is never split */
    lxw_col_t frozen_columns;
} sheet;

#define COLUMNS(c) c, sizeof(c) / sizeof *(c)

enum { MOST_CELL_BYTES = 32767, CREATED = 946684800 /* 2000-01-01, for equal bytes */ };

static void check(book *b, lxw_error error) {
    if (b->error == LXW_NO_ERROR)
        b->error = error;
}

static lxw_format *new_format(book *b, const char *numbers) {
    lxw_format *format = workbook_add_format(b->workbook);
    format_set_font_name(format, "맑은 고딕");
    format_set_font_size(format, 10);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (numbers)
        format_set_num_format(format, numbers);
    return format;
}

static void make_formats(book *b) {
    b->style[STYLE_TEXT] = new_format(b, "@");
    format_set_text_wrap(b->style[STYLE_TEXT]);
    b->style[STYLE_COUNT] = new_format(b, "#,##0");
    b->style[STYLE_AMOUNT] = new_format(b, "#,##0.0");
    b->style[STYLE_RATIO] = new_format(b, "0.00");
    b->style[STYLE_PERCENT] = new_format(b, "0.0%");
    b->style[STYLE_YEAR] = new_format(b, "0");
    b->header = new_format(b, NULL);
    format_set_bold(b->header);
    format_set_text_wrap(b->header);
    format_set_font_color(b->header, 0xFFFFFF);
    format_set_bg_color(b->header, 0x1F4E79);
    format_set_border(b->header, LXW_BORDER_THIN);
    format_set_align(b->header, LXW_ALIGN_VERTICAL_CENTER);
    b->title = new_format(b, NULL);
    format_set_bold(b->title);
    format_set_font_size(b->title, 16);
    b->note = new_format(b, NULL);
    format_set_font_color(b->note, 0x595959);
    b->warning = new_format(b, NULL);
    format_set_bold(b->warning);
    format_set_font_color(b->warning, 0xB4470F);
}

static void add_worksheet(sheet *s, const char *name) {
    s->worksheet = workbook_add_worksheet(s->book->workbook, name);
    s->row = 0;
    for (uint16_t i = 0; i < s->n_columns; i++)
        check(s->book, worksheet_set_column(s->worksheet, i, i, s->columns[i].width, NULL));
    worksheet_set_landscape(s->worksheet);
    worksheet_set_paper(s->worksheet, 9); /* A4 */
    worksheet_fit_to_pages(s->worksheet, 1, 0);
}

static sheet add_sheet(book *b, const char *name, const column *columns, size_t n_columns) {
    sheet s = {.book = b, .columns = columns, .n_columns = (uint16_t)n_columns, .name = name, .part = 1};
    add_worksheet(&s, name);
    return s;
}

static void write_header(sheet *s) {
    check(s->book, worksheet_set_row(s->worksheet, s->row, 30, NULL));
    for (uint16_t i = 0; i < s->n_columns; i++)
        check(s->book, worksheet_write_string(s->worksheet, s->row, i, s->columns[i].title, s->book->header));
    s->row++;
}

static void head_table(sheet *s) {
    write_header(s);
    worksheet_freeze_panes(s->worksheet, s->frozen_rows, s->frozen_columns);
    check(s->book, worksheet_repeat_rows(s->worksheet, 0, 0));
}

/* A sheet that is one table: header and the leading columns frozen, filter over all. */
static sheet start_table(book *b, const char *name, const column *columns, size_t n_columns,
                         lxw_col_t frozen_columns) {
    sheet s = add_sheet(b, name, columns, n_columns);
    s.frozen_rows = 1;
    s.frozen_columns = frozen_columns;
    head_table(&s);
    return s;
}

static void end_table(sheet *s) {
    check(s->book, worksheet_autofilter(s->worksheet, 0, 0, s->row > 1 ? s->row - 1 : 1,
                                        (lxw_col_t)(s->n_columns - 1)));
}

/* Where a table is full, its next row opens another sheet. */
static void start_row(sheet *s) {
    if (s->cell || !s->frozen_rows || s->row < s->book->most_rows)
        return;
    end_table(s);
    char *name = pt_strfmt("%s %u", s->name, ++s->part);
    add_worksheet(s, name);
    free(name);
    head_table(s);
}

static void skip(sheet *s) {
    assert(s->cell < s->n_columns);
    s->cell++;
}

static void put_text(sheet *s, const char *text) {
    start_row(s);
    lxw_format *format = s->book->style[STYLE_TEXT];
    size_t n = text ? strlen(text) : 0;
    if (n > MOST_CELL_BYTES) {
        n = MOST_CELL_BYTES;
        while (((unsigned char)text[n] & 0xC0) == 0x80)
            n--;
        char *cut = pt_strndup(text, n);
        check(s->book, worksheet_write_string(s->worksheet, s->row, s->cell, cut, format));
        free(cut);
    } else if (n) {
        check(s->book, worksheet_write_string(s->worksheet, s->row, s->cell, text, format));
    }
    skip(s);
}

static void put_number(sheet *s, double value) {
    start_row(s);
    if (isfinite(value))
        check(s->book, worksheet_write_number(s->worksheet, s->row, s->cell, value,
                                              s->book->style[s->columns[s->cell].style]));
    skip(s);
}

static void put_year(sheet *s, uint32_t year) {
    put_number(s, year ? year : NAN);
}

static void end_row(sheet *s) {
    s->cell = 0;
    s->row++;
}

static void put_note(sheet *s, lxw_format *format, const char *text) {
    check(s->book, worksheet_write_string(s->worksheet, s->row++, 0, text, format));
}

/* ---- 요약 */

static const column summary_columns[] = {{"번호", 6, STYLE_COUNT},     {"산업", 16, STYLE_TEXT},
                                         {"품목", 26, STYLE_TEXT},     {"점수", 8, STYLE_RATIO},
                                         {"특허 수", 9, STYLE_AMOUNT}, {"특화도", 9, STYLE_RATIO},
                                         {"안정성", 9, STYLE_PERCENT}};

static void add_score_chart(sheet *s, uint32_t first, uint32_t last) {
    lxw_chart *chart = workbook_add_chart(s->book->workbook, LXW_CHART_BAR);
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    const char *name = "요약";
    chart_series_set_categories(series, name, first, 2, last, 2);
    chart_series_set_values(series, name, first, 3, last, 3);
    chart_series_set_name(series, "점수");
    chart_title_set_name(chart, "선정 품목의 점수");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 1);
    lxw_chart_options place = {.x_scale = 1.3, .y_scale = 2.2};
    check(s->book, worksheet_insert_chart_opt(s->worksheet, first - 1, 8, chart, &place));
}

static void write_summary(book *b) {
    const pt_findings *f = b->outline->findings;
    sheet s = add_sheet(b, "요약", COLUMNS(summary_columns));
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
    check(b, worksheet_set_row(s.worksheet, 0, 26, NULL));
    for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
        put_note(&s, i ? b->note : b->title, line[i]);
        free(line[i]);
    }
    if (f->study->note[0])
        put_note(&s, b->warning, f->study->note);
    if (f->selection->shortage)
        put_note(&s, b->note, f->selection->shortage);
    s.row++;
    const uint32_t first = s.row + 1;
    write_header(&s);
    for (uint32_t i = 0; i < f->selection->n; i++) {
        const pt_selected *selected = &f->selection->at[i];
        const pt_indicator *x = &f->indicators->at[selected->item];
        put_number(&s, i + 1);
        put_text(&s, pt_industry_name(f, selected->industry));
        put_text(&s, f->items->at[selected->item].name);
        put_number(&s, x->score);
        put_number(&s, x->patents);
        put_number(&s, x->lq_shrunk);
        put_number(&s, selected->stability);
        end_row(&s);
    }
    if (f->selection->n)
        add_score_chart(&s, first, s.row - 1);
}

/* ---- 산업-품목-기술 */

static const column technology_columns[] = {
    {"산업", 16, STYLE_TEXT},      {"품목 번호", 8, STYLE_COUNT}, {"품목", 24, STYLE_TEXT},
    {"기술 번호", 8, STYLE_COUNT}, {"기술", 36, STYLE_TEXT},      {"특허 수", 8, STYLE_COUNT},
    {"처음 출원", 8, STYLE_YEAR},  {"최근 출원", 8, STYLE_YEAR},  {"출원인 수", 8, STYLE_COUNT},
    {"응집도", 8, STYLE_RATIO},    {"표시", 9, STYLE_TEXT},       {"주요 낱말", 36, STYLE_TEXT},
    {"대표 특허", 44, STYLE_TEXT}};

static void write_technologies(book *b) {
    const pt_findings *f = b->outline->findings;
    sheet s = start_table(b, "산업-품목-기술", COLUMNS(technology_columns), 0);
    pt_buf text = {0};
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        const pt_item *item = &f->items->at[technology->item];
        put_text(&s, pt_industry_name(f, item->industry));
        put_number(&s, b->outline->item_no[technology->item]);
        put_text(&s, item->name);
        put_number(&s, technology->number);
        put_text(&s, technology->name);
        put_number(&s, technology->n_patents);
        put_year(&s, technology->first_year);
        put_year(&s, technology->last_year);
        put_number(&s, technology->n_applicants);
        put_number(&s, (double)technology->cohesion);
        put_text(&s, technology->cohesion < PT_COHESIVE ? "이질적" : NULL);
        pt_buf_clear(&text);
        for (uint32_t i = 0; i < technology->n_words; i++)
            pt_buf_printf(&text, "%s%s", i ? ", " : "", f->corpus->form[technology->word[i]]);
        put_text(&s, pt_buf_text(&text));
        pt_buf_clear(&text);
        pt_outline_representatives(b->outline, technology, &text);
        put_text(&s, pt_buf_text(&text));
        end_row(&s);
    }
    pt_buf_free(&text);
    end_table(&s);
}

/* ---- 품목 지표 */

static const column item_columns[] = {{"품목 ID", 9, STYLE_TEXT},
                                      {"테마", 18, STYLE_TEXT},
                                      {"분야", 18, STYLE_TEXT},
                                      {"품목", 26, STYLE_TEXT},
                                      {"산업", 14, STYLE_TEXT},
                                      {"선정 번호", 8, STYLE_COUNT},
                                      {"순위", 7, STYLE_COUNT},
                                      {"점수", 8, STYLE_RATIO},
                                      {"지역 특허", 9, STYLE_AMOUNT},
                                      {"비교 집단 특허", 10, STYLE_AMOUNT},
                                      {"비중", 8, STYLE_PERCENT},
                                      {"특화도(LQ)", 9, STYLE_RATIO},
                                      {"특화도(수축)", 9, STYLE_RATIO},
                                      {"구간 5 %", 9, STYLE_RATIO},
                                      {"구간 95 %", 9, STYLE_RATIO},
                                      {"연평균 성장", 9, STYLE_PERCENT},
                                      {"최근성", 8, STYLE_RATIO},
                                      {"출원인 수", 8, STYLE_COUNT},
                                      {"출원인 집중도(HHI)", 10, STYLE_RATIO},
                                      {"안정성", 8, STYLE_PERCENT},
                                      {"이름의 출처", 20, STYLE_TEXT}};

static void write_items(book *b) {
    const pt_findings *f = b->outline->findings;
    sheet s = start_table(b, "품목 지표", COLUMNS(item_columns), 4);
    for (uint32_t k = 0; k < f->items->n; k++) {
        const pt_item *item = &f->items->at[k];
        const pt_indicator *x = &f->indicators->at[k];
        put_text(&s, item->id);
        put_text(&s, item->theme);
        put_text(&s, item->field);
        put_text(&s, item->name);
        put_text(&s, pt_industry_name(f, item->industry));
        put_number(&s, b->outline->item_no[k] ? b->outline->item_no[k] : NAN);
        put_number(&s, x->rank ? x->rank : NAN);
        put_number(&s, x->score);
        put_number(&s, x->patents);
        put_number(&s, x->patents_reference);
        put_number(&s, x->share);
        put_number(&s, x->lq);
        put_number(&s, x->lq_shrunk);
        put_number(&s, x->lq_low);
        put_number(&s, x->lq_high);
        put_number(&s, x->growth);
        put_number(&s, x->recency);
        put_number(&s, x->applicants);
        put_number(&s, x->hhi);
        put_number(&s, b->outline->stability[k]);
        put_text(&s, item->source);
        end_row(&s);
    }
    end_table(&s);
}

/* ---- 연도별 */

static void write_years(book *b) {
    const pt_findings *f = b->outline->findings;
    const uint32_t years = pt_outline_years(b->outline);
    const size_t n = 3 + (size_t)years;
    column *columns = pt_zalloc(n, sizeof *columns);
    char(*title)[16] = pt_zalloc(n, sizeof *title);
    columns[0] = (column){"품목 ID", 9, STYLE_TEXT};
    columns[1] = (column){"품목", 28, STYLE_TEXT};
    columns[2] = (column){"선정 번호", 8, STYLE_COUNT};
    for (uint32_t y = 0; y < years; y++) {
        snprintf(title[y], sizeof title[y], "%u", f->indicators->first_year + y);
        columns[3 + y] = (column){title[y], 7, STYLE_AMOUNT};
    }
    sheet s = start_table(b, "연도별", columns, n, 3);
    for (uint32_t k = 0; k < f->items->n; k++) {
        if (!b->outline->item_no[k] && !(f->indicators->at[k].patents > 0))
            continue;
        put_text(&s, f->items->at[k].id);
        put_text(&s, f->items->at[k].name);
        put_number(&s, b->outline->item_no[k] ? b->outline->item_no[k] : NAN);
        for (uint32_t y = 0; y < years; y++)
            put_number(&s, f->indicators->by_year[(size_t)k * years + y]);
        end_row(&s);
    }
    end_table(&s);
    free(title);
    free(columns);
}

/* ---- 특허 목록, 미분류 */

static const column patent_columns[] = {
    {"출원번호", 16, STYLE_TEXT},   {"출원일", 11, STYLE_TEXT},     {"제목", 50, STYLE_TEXT},
    {"출원인", 30, STYLE_TEXT},     {"확실성", 8, STYLE_TEXT},      {"1순위 품목", 24, STYLE_TEXT},
    {"1순위 근거", 40, STYLE_TEXT}, {"2순위 품목", 24, STYLE_TEXT}, {"2순위 근거", 40, STYLE_TEXT},
    {"3순위 품목", 24, STYLE_TEXT}, {"3순위 근거", 40, STYLE_TEXT}, {"초록", 10, STYLE_TEXT}};
static const column unclassified_columns[] = {{"출원번호", 16, STYLE_TEXT},
                                              {"출원일", 11, STYLE_TEXT},
                                              {"제목", 60, STYLE_TEXT},
                                              {"출원인", 30, STYLE_TEXT},
                                              {"초록", 10, STYLE_TEXT}};

static void put_patent(sheet *s, const pt_document *document) {
    const pt_intern *names = s->book->outline->findings->documents->names;
    char date[PT_DATE_BYTES];
    pt_buf applicants = {0};
    for (uint32_t i = 0; i < document->n_applicants; i++)
        pt_buf_printf(&applicants, "%s%s", i ? "; " : "", pt_intern_text(names, document->applicant[i]));
    put_text(s, document->application_number);
    put_text(s, pt_date_text(date, document->application_date));
    put_text(s, document->title);
    put_text(s, pt_buf_text(&applicants));
    pt_buf_free(&applicants);
}

static void put_items(sheet *s, uint32_t d, pt_buf *evidence) {
    const pt_findings *f = s->book->outline->findings;
    const uint32_t from = f->mapping->start[d], n = f->mapping->start[d + 1] - from;
    put_text(s, pt_confidence_name((pt_confidence)f->mapping->confidence[d]));
    for (uint32_t i = 0; i < PT_MAX_ITEMS_PER_PATENT; i++) {
        if (i >= n) {
            skip(s);
            skip(s);
            continue;
        }
        const uint32_t item = f->mapping->at[from + i].item;
        pt_buf_clear(evidence);
        pt_outline_evidence(s->book->outline, d, item, evidence);
        put_text(s, f->items->at[item].name);
        put_text(s, pt_buf_text(evidence));
    }
}

/* The region's patents, those with an item or those without. */
static void write_patents(book *b, const char *name, const column *columns, size_t n_columns,
                          bool classified) {
    const pt_findings *f = b->outline->findings;
    sheet s = start_table(b, name, columns, n_columns, 0);
    pt_buf evidence = {0};
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const pt_document *document = &f->documents->at[d];
        if (!pt_in_region(document) || (f->mapping->start[d] < f->mapping->start[d + 1]) != classified)
            continue;
        put_patent(&s, document);
        if (classified)
            put_items(&s, d, &evidence);
        put_text(&s, document->is_cut ? "잘림" : NULL);
        end_row(&s);
    }
    pt_buf_free(&evidence);
    end_table(&s);
}

/* ---- 용어 */

static const column word_columns[] = {{"주제 번호", 8, STYLE_COUNT}, {"품목 ID", 9, STYLE_TEXT},
                                      {"품목", 28, STYLE_TEXT},      {"순위", 7, STYLE_COUNT},
                                      {"낱말", 22, STYLE_TEXT},      {"확률", 9, STYLE_PERCENT},
                                      {"씨앗말", 8, STYLE_TEXT}};

static void write_words(book *b) {
    const pt_findings *f = b->outline->findings;
    const uint32_t K = f->model->K;
    sheet s = start_table(b, "용어", COLUMNS(word_columns), 0);
    pt_top_word *words = pt_alloc((size_t)K * PT_TOPIC_WORDS, sizeof *words);
    size_t *n_found = pt_alloc(K, sizeof *n_found);
    pt_model_top_words_all(f->model, PT_TOPIC_WORDS, words, n_found);
    for (uint32_t k = 0; k < K; k++) {
        char *name = pt_outline_topic_name(b->outline, k);
        for (size_t i = 0; i < n_found[k]; i++) {
            const pt_top_word *top = &words[(size_t)k * PT_TOPIC_WORDS + i];
            put_number(&s, k + 1);
            put_text(&s, k < f->items->n ? f->items->at[k].id : NULL);
            put_text(&s, name);
            put_number(&s, (double)(i + 1));
            put_text(&s, f->corpus->form[top->word]);
            put_number(&s, top->probability);
            put_text(&s, top->is_seed ? "씨앗말" : NULL);
            end_row(&s);
        }
        free(name);
    }
    free(n_found);
    free(words);
    end_table(&s);
}

/* ---- 설정과 출처 */

static const column setting_columns[] = {
    {"구분", 14, STYLE_TEXT}, {"항목", 30, STYLE_TEXT}, {"값", 70, STYLE_TEXT}};

static void put_setting(sheet *s, const char *section, const char *name, const char *value) {
    put_text(s, section);
    put_text(s, name);
    put_text(s, value);
    end_row(s);
}

static void write_settings(book *b) {
    const pt_findings *f = b->outline->findings;
    char text[PT_NUMBER_BYTES];
    pt_settings settings;
    pt_settings_init(&settings, b->outline);
    sheet s = start_table(b, "설정과 출처", COLUMNS(setting_columns), 0);
    for (size_t i = 0; i < PT_N_DEFINITIONS; i++)
        put_setting(&s, "뜻", pt_definitions[i].korean, pt_definitions[i].korean_text);
    for (size_t i = 0; i < settings.n; i++)
        put_setting(&s, settings.at[i].section, settings.at[i].korean,
                    pt_setting_text(&settings.at[i], text));
    for (uint32_t i = 0; i < f->study->n_quota; i++)
        put_setting(&s, "quota", f->study->quota[i].industry, pt_number_text(text, f->study->quota[i].n));
    for (size_t i = 0; i < f->n_counts; i++)
        put_setting(&s, "읽은 자료", pt_count_korean(f->counts[i].name),
                    pt_number_text(text, (double)f->counts[i].n));
    for (size_t i = 0; i < f->n_sources; i++) {
        const pt_source_row *row = &f->sources[i];
        char *value = pt_strfmt("%s%s특허 %llu, 격리 %llu, SHA-256 %s", row->dialect ? row->dialect : "",
                                row->dialect ? ", " : "", (unsigned long long)row->patents,
                                (unsigned long long)row->quarantined, row->digest);
        char *path = pt_valid_text(row->path);
        put_setting(&s, "파일", path, value);
        free(path);
        free(value);
    }
    pt_settings_free(&settings);
    end_table(&s);
}

/* ---- the file */

static void write_sheets(book *b) {
    lxw_doc_properties properties = {
        .title = b->outline->findings->study->name, .comments = "patopic " PT_VERSION, .created = CREATED};
    make_formats(b);
    check(b, workbook_set_properties(b->workbook, &properties));
    write_summary(b);
    write_technologies(b);
    write_items(b);
    write_years(b);
    write_patents(b, "특허 목록", COLUMNS(patent_columns), true);
    write_patents(b, "미분류", COLUMNS(unclassified_columns), false);
    write_words(b);
    write_settings(b);
    check(b, workbook_close(b->workbook));
}

static pt_status move_into_place(const char *temporary, const char *path, pt_error *err) {
    const int fd = open(temporary, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        done = close(fd) == 0 && done;
    if (!done || rename(temporary, path) != 0)
        return pt_fail_errno(err, PT_ERR_IO, "%s: cannot write; free some space or choose another place",
                             path);
    return PT_OK;
}

/* The library opens what is there, and leaves its mode as it is. */
static bool create(const char *path) {
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    return fd >= 0 && close(fd) == 0;
}

static pt_status write_once(const pt_outline *outline, uint32_t rows, const char *folder, const char *path,
                            char digest[65], pt_error *err) {
    if (!create(path))
        return pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot create", path);
    char *own_folder = pt_strdup(folder); /* the option is not const */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = own_folder};
    book b = {.outline = outline, .workbook = workbook_new_opt(path, &options), .most_rows = rows};
    pt_status status = PT_OK;
    if (!b.workbook) {
        status = pt_fail(err, PT_ERR_CREATE, "%s: cannot create", path);
    } else {
        write_sheets(&b);
        if (b.error)
            status = pt_fail(err, PT_ERR_IO, "%s: cannot write: %s", path, lxw_strerror(b.error));
        else
            status = pt_file_digest(path, digest, err);
    }
    free(own_folder);
    return status;
}

typedef struct writing {
    const pt_outline *outline;
    uint32_t rows;
    const char *folder, *path, *temporary;
} writing;

/* libxlsxwriter does not look at the errors of its temporary files: a disk that fails for a moment would
 * leave a workbook with a hole. Equal findings are equal bytes, so it is written twice and compared. */
static pt_status write_twice(void *user, pt_error *err) {
    const writing *w = user;
    char first[65], second[65];
    pt_status status = write_once(w->outline, w->rows, w->folder, w->temporary, first, err);
    if (!status)
        status = write_once(w->outline, w->rows, w->folder, w->temporary, second, err);
    if (!status && strcmp(first, second) != 0)
        status = pt_fail(err, PT_ERR_IO,
                         "%s: written twice, read back as two different files; is the disk sound?", w->path);
    return status;
}

/* Nor at what it gets when memory runs out: it writes there, and ends. So another process does this. */
pt_status pt_workbook_write(const pt_outline *outline, uint32_t rows, const char *folder, pt_error *err) {
    char *path = pt_path_join(folder, "report.xlsx");
    char *temporary = pt_strfmt("%s.tmp-%ld", path, (long)getpid());
    writing w = {outline, rows, folder, path, temporary};
    pt_status status = pt_run_apart(write_twice, &w, path, err);
    if (!status)
        status = move_into_place(temporary, path, err);
    if (status)
        unlink(temporary);
    free(temporary);
    free(path);
    return status;
}

const char *pt_workbook_library_version(void) {
    return lxw_version();
}
