/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets of patents and words. */
#include "base/mem.h"
#include "report/sheets.h"

#include <math.h>
#include <stdlib.h>

/* ---- 특허 목록, 미분류 */

static const pt_sheet_column patent_columns[] = {
    {"출원번호", 16, PT_STYLE_TEXT},   {"출원일", 11, PT_STYLE_TEXT},     {"제목", 50, PT_STYLE_TEXT},
    {"출원인", 30, PT_STYLE_TEXT},     {"확실성", 8, PT_STYLE_TEXT},      {"1순위 품목", 24, PT_STYLE_TEXT},
    {"1순위 근거", 40, PT_STYLE_TEXT}, {"2순위 품목", 24, PT_STYLE_TEXT}, {"2순위 근거", 40, PT_STYLE_TEXT},
    {"3순위 품목", 24, PT_STYLE_TEXT}, {"3순위 근거", 40, PT_STYLE_TEXT}, {"초록", 10, PT_STYLE_TEXT}};
static const pt_sheet_column unclassified_columns[] = {{"출원번호", 16, PT_STYLE_TEXT},
                                                       {"출원일", 11, PT_STYLE_TEXT},
                                                       {"제목", 60, PT_STYLE_TEXT},
                                                       {"출원인", 30, PT_STYLE_TEXT},
                                                       {"초록", 10, PT_STYLE_TEXT}};

static void put_patent(pt_sheet *s, const pt_document *document) {
    const pt_intern *names = s->book->outline->findings->documents->names;
    char date[PT_DATE_BYTES];
    pt_buf applicants = {0};
    for (uint32_t i = 0; i < document->n_applicants; i++)
        pt_buf_printf(&applicants, "%s%s", i ? "; " : "", pt_intern_text(names, document->applicant[i]));
    pt_sheet_text(s, document->application_number);
    pt_sheet_text(s, pt_date_text(date, document->application_date));
    pt_sheet_text(s, document->title);
    pt_sheet_text(s, pt_buf_text(&applicants));
    pt_buf_free(&applicants);
}

static void put_items(pt_sheet *s, uint32_t d, pt_buf *evidence) {
    const pt_findings *f = s->book->outline->findings;
    const uint32_t from = f->mapping->start[d], n = f->mapping->start[d + 1] - from;
    pt_sheet_text(s, pt_confidence_name((pt_confidence)f->mapping->confidence[d]));
    for (uint32_t i = 0; i < PT_MAX_ITEMS_PER_PATENT; i++) {
        if (i >= n) {
            pt_sheet_skip(s);
            pt_sheet_skip(s);
            continue;
        }
        const uint32_t item = f->mapping->at[from + i].item;
        pt_buf_clear(evidence);
        pt_outline_evidence(s->book->outline, d, item, evidence);
        pt_sheet_text(s, f->items->at[item].name);
        pt_sheet_text(s, pt_buf_text(evidence));
    }
}

/* The region's patents, those with an item or those without. */
static void write_patents(pt_book *b, const char *name, const pt_sheet_column *columns, size_t n_columns,
                          bool classified) {
    const pt_findings *f = b->outline->findings;
    pt_sheet s = pt_sheet_start(b, name, columns, n_columns, 0);
    pt_buf evidence = {0};
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const pt_document *document = &f->documents->at[d];
        if (!pt_in_region(document) || (f->mapping->start[d] < f->mapping->start[d + 1]) != classified)
            continue;
        put_patent(&s, document);
        if (classified)
            put_items(&s, d, &evidence);
        pt_sheet_text(&s, document->is_cut ? "잘림" : NULL);
        pt_sheet_end_row(&s);
    }
    pt_buf_free(&evidence);
    pt_sheet_end(&s);
}

void pt_sheets_patents(pt_book *b) {
    write_patents(b, "특허 목록", PT_COLUMNS(patent_columns), true);
    write_patents(b, "미분류", PT_COLUMNS(unclassified_columns), false);
}

/* ---- 기술별 특허 */

static const pt_sheet_column technology_patent_columns[] = {
    {"기술 번호", 8, PT_STYLE_COUNT}, {"기술", 36, PT_STYLE_TEXT}, {"출원번호", 16, PT_STYLE_TEXT},
    {"출원일", 11, PT_STYLE_TEXT},    {"제목", 50, PT_STYLE_TEXT}, {"출원인", 30, PT_STYLE_TEXT},
    {"중심성", 8, PT_STYLE_RATIO},    {"대표", 6, PT_STYLE_YES}};

void pt_sheets_technology_patents(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    pt_sheet s = pt_sheet_start(b, "기술별 특허", PT_COLUMNS(technology_patent_columns), 2);
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        for (uint32_t i = 0; i < technology->n_patents; i++) {
            pt_sheet_number(&s, technology->number);
            pt_sheet_text(&s, technology->name);
            put_patent(&s, &f->documents->at[technology->patent[i]]);
            pt_sheet_number(&s, (double)technology->weight[i]);
            pt_sheet_text(&s, i < PT_REPRESENTATIVES ? "예" : NULL);
            pt_sheet_end_row(&s);
        }
    }
    pt_sheet_end(&s);
}

/* ---- 용어 */

static const pt_sheet_column word_columns[] = {
    {"주제 번호", 8, PT_STYLE_COUNT}, {"품목 ID", 9, PT_STYLE_TEXT}, {"품목", 28, PT_STYLE_TEXT},
    {"순위", 7, PT_STYLE_COUNT},      {"낱말", 22, PT_STYLE_TEXT},   {"확률", 9, PT_STYLE_PERCENT},
    {"씨앗말", 8, PT_STYLE_TEXT}};

void pt_sheets_words(pt_book *b) {
    const pt_findings *f = b->outline->findings;
    const uint32_t K = f->model->K;
    pt_sheet s = pt_sheet_start(b, "용어", PT_COLUMNS(word_columns), 0);
    pt_top_word *words = pt_alloc((size_t)K * PT_TOPIC_WORDS, sizeof *words);
    size_t *n_found = pt_alloc(K, sizeof *n_found);
    pt_model_top_words_all(f->model, PT_TOPIC_WORDS, words, n_found);
    for (uint32_t k = 0; k < K; k++) {
        char *name = pt_outline_topic_name(b->outline, k);
        for (size_t i = 0; i < n_found[k]; i++) {
            const pt_top_word *top = &words[(size_t)k * PT_TOPIC_WORDS + i];
            pt_sheet_number(&s, k + 1);
            pt_sheet_text(&s, k < f->items->n ? f->items->at[k].id : NULL);
            pt_sheet_text(&s, name);
            pt_sheet_number(&s, (double)(i + 1));
            pt_sheet_text(&s, f->corpus->form[top->word]);
            pt_sheet_number(&s, top->probability);
            pt_sheet_text(&s, top->is_seed ? "씨앗말" : NULL);
            pt_sheet_end_row(&s);
        }
        free(name);
    }
    free(n_found);
    free(words);
    pt_sheet_end(&s);
}
