/* SPDX-License-Identifier: Apache-2.0 */
#include "report/tables.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/columns.h"

#include <math.h>
#include <stdlib.h>

static void write_items(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    for (uint32_t k = 0; k < f->items->n; k++) {
        const pt_item *item = &f->items->at[k];
        const pt_indicator *x = &f->indicators->at[k];
        pt_csv_text(csv, item->id);
        pt_csv_text(csv, item->theme);
        pt_csv_text(csv, item->field);
        pt_csv_text(csv, item->name);
        pt_csv_number(csv, x->patents);
        pt_csv_number(csv, x->patents_reference);
        pt_csv_number(csv, x->share);
        pt_csv_number(csv, x->lq);
        pt_csv_number(csv, x->lq_shrunk);
        pt_csv_number(csv, x->lq_low);
        pt_csv_number(csv, x->lq_high);
        pt_csv_number(csv, x->growth);
        pt_csv_number(csv, x->recency);
        pt_csv_integer(csv, x->applicants);
        pt_csv_number(csv, x->score);
        if (x->rank)
            pt_csv_integer(csv, x->rank);
        else
            pt_csv_text(csv, NULL);
        pt_csv_integer(csv, outline->item_no[k] != 0);
        const pt_landscape *landscape = f->indicators->landscape;
        pt_csv_number(csv, landscape ? landscape->density[k] : NAN);
        pt_csv_number(csv, landscape ? landscape->complexity[k] : NAN);
        pt_csv_end_row(csv);
    }
}

static void write_selected(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    for (uint32_t i = 0; i < f->selection->n; i++) {
        const pt_selected *selected = &f->selection->at[i];
        const pt_indicator *x = &f->indicators->at[selected->item];
        pt_csv_text(csv, pt_industry_name(f, selected->industry));
        pt_csv_integer(csv, i + 1);
        pt_csv_text(csv, f->items->at[selected->item].id);
        pt_csv_text(csv, f->items->at[selected->item].name);
        pt_csv_number(csv, x->patents);
        pt_csv_number(csv, x->share);
        pt_csv_number(csv, x->lq_shrunk);
        pt_csv_number(csv, x->growth);
        pt_csv_number(csv, x->score);
        pt_csv_number(csv, selected->stability);
        pt_csv_end_row(csv);
    }
}

static void year_cell(pt_csv *csv, uint32_t year) {
    if (year)
        pt_csv_integer(csv, year);
    else
        pt_csv_text(csv, NULL);
}

static void write_technologies(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    pt_buf numbers = {0};
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        pt_csv_text(csv, pt_industry_name(f, f->items->at[technology->item].industry));
        pt_csv_integer(csv, outline->item_no[technology->item]);
        pt_csv_text(csv, f->items->at[technology->item].name);
        pt_csv_integer(csv, technology->number);
        pt_csv_text(csv, technology->name);
        pt_csv_integer(csv, technology->n_patents);
        year_cell(csv, technology->first_year);
        year_cell(csv, technology->last_year);
        pt_csv_integer(csv, technology->n_applicants);
        pt_buf_clear(&numbers);
        pt_outline_representatives(outline, technology, &numbers);
        pt_csv_text(csv, pt_buf_text(&numbers));
        pt_csv_number(csv, (double)technology->cohesion);
        pt_csv_integer(csv, technology->cohesion < PT_COHESIVE);
        pt_buf_clear(&numbers);
        for (uint32_t i = 0; i < technology->n_words; i++)
            pt_buf_printf(&numbers, "%s%s", i ? " " : "", f->corpus->form[technology->word[i]]);
        pt_csv_text(csv, pt_buf_text(&numbers));
        pt_csv_end_row(csv);
    }
    pt_buf_free(&numbers);
}

static void start_patent(pt_csv *csv, const pt_document *document) {
    char date[PT_DATE_BYTES];
    pt_csv_text(csv, document->application_number);
    pt_csv_text(csv, pt_date_text(date, document->application_date));
    pt_csv_text(csv, document->title);
    pt_csv_integer(csv, pt_in_region(document));
}

/* confidence, agreement, nearest */
static void end_patent(const pt_findings *f, uint32_t d, pt_csv *csv) {
    const bool is_classified = f->mapping->start[d] < f->mapping->start[d + 1];
    const pt_confidence confidence = (pt_confidence)f->mapping->confidence[d];
    const pt_agreement agreement = pt_confidence_agreement(confidence);
    char text[64] = "";
    snprintf(text, sizeof text, "%.2f-%.2f", agreement.low, agreement.high);
    pt_csv_text(csv, is_classified ? pt_confidence_name(confidence) : NULL);
    pt_csv_text(csv, is_classified ? text : NULL);
    pt_buf nearest = {0};
    const uint32_t M = f->evidence->per_document;
    for (uint32_t i = 0; i < M && i < PT_MAX_ITEMS_PER_PATENT; i++)
        pt_buf_printf(&nearest, "%s%s", i ? ";" : "", f->items->at[f->evidence->item[(size_t)d * M + i]].id);
    pt_csv_text(csv, pt_buf_text(&nearest));
    pt_buf_free(&nearest);
    pt_csv_end_row(csv);
}

static void write_patents(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    pt_buf evidence = {0};
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const uint32_t from = f->mapping->start[d], to = f->mapping->start[d + 1];
        for (uint32_t i = from; i < to; i++) {
            const pt_assignment *row = &f->mapping->at[i];
            start_patent(csv, &f->documents->at[d]);
            pt_csv_integer(csv, i - from + 1);
            pt_csv_text(csv, f->items->at[row->item].id);
            pt_csv_text(csv, f->items->at[row->item].name);
            pt_csv_number(csv, (double)row->score);
            pt_buf_clear(&evidence);
            pt_outline_evidence(outline, d, row->item, &evidence);
            pt_csv_text(csv, pt_buf_text(&evidence));
            end_patent(f, d, csv);
        }
        if (from == to) {
            start_patent(csv, &f->documents->at[d]);
            pt_csv_text(csv, NULL);
            pt_csv_text(csv, NULL);
            pt_csv_text(csv, PT_UNCLASSIFIED);
            pt_csv_text(csv, NULL);
            pt_csv_text(csv, NULL);
            end_patent(f, d, csv);
        }
    }
    pt_buf_free(&evidence);
}

static void write_topics(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const uint32_t K = f->model->K;
    pt_top_word *words = pt_alloc((size_t)K * PT_TOPIC_WORDS, sizeof *words);
    size_t *n_found = pt_alloc(K, sizeof *n_found);
    pt_model_top_words_all(f->model, PT_TOPIC_WORDS, words, n_found);
    for (uint32_t k = 0; k < K; k++) {
        char *name = pt_outline_topic_name(outline, k);
        for (size_t i = 0; i < n_found[k]; i++) {
            const pt_top_word *top = &words[(size_t)k * PT_TOPIC_WORDS + i];
            pt_csv_integer(csv, k + 1);
            pt_csv_text(csv, k < f->items->n ? f->items->at[k].id : NULL);
            pt_csv_text(csv, name);
            pt_csv_integer(csv, i + 1);
            pt_csv_text(csv, f->corpus->form[top->word]);
            pt_csv_number(csv, top->probability);
            pt_csv_integer(csv, top->is_seed);
            pt_csv_end_row(csv);
        }
        free(name);
    }
    free(n_found);
    free(words);
}

static void write_technology_patents(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        for (uint32_t i = 0; i < technology->n_patents; i++) {
            const pt_document *document = &f->documents->at[technology->patent[i]];
            pt_csv_integer(csv, technology->number);
            pt_csv_text(csv, technology->name);
            pt_csv_text(csv, document->application_number);
            pt_csv_text(csv, document->title);
            pt_csv_number(csv, (double)technology->weight[i]);
            pt_csv_end_row(csv);
        }
    }
}

static void write_item_words(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    pt_item_word *scratch = pt_zalloc(f->corpus->V, sizeof *scratch);
    for (uint32_t k = 0; k < f->items->n; k++) {
        pt_item_word words[PT_ITEM_WORDS];
        const size_t n = pt_outline_item_words(outline, k, scratch, words);
        for (size_t i = 0; i < n; i++) {
            pt_csv_text(csv, f->items->at[k].id);
            pt_csv_text(csv, f->items->at[k].name);
            pt_csv_integer(csv, i + 1);
            pt_csv_text(csv, f->corpus->form[words[i].word]);
            pt_csv_integer(csv, words[i].patents);
            pt_csv_number(csv, words[i].weight);
            pt_csv_end_row(csv);
        }
    }
    free(scratch);
}

static void write_changes(const pt_outline *outline, pt_csv *csv) {
    const pt_news *news = outline->findings->news;
    for (size_t i = 0; i < news->n; i++) {
        const pt_news_row *row = &news->at[i];
        pt_csv_text(csv, pt_news_subject_name(row->subject));
        pt_csv_text(csv, pt_news_change_name(row->change));
        pt_csv_text(csv, row->id);
        pt_csv_text(csv, row->name);
        pt_csv_number(csv, row->before);
        pt_csv_number(csv, row->after);
        pt_csv_integer(csv, row->n_patents);
        pt_csv_text(csv, row->patents);
        pt_csv_text(csv, row->reason);
        pt_csv_end_row(csv);
    }
}

static void (*const write_rows[PT_N_TABLES])(const pt_outline *, pt_csv *) = {
    [PT_TABLE_ITEMS] = write_items,
    [PT_TABLE_SELECTED] = write_selected,
    [PT_TABLE_TECHNOLOGIES] = write_technologies,
    [PT_TABLE_PATENTS] = write_patents,
    [PT_TABLE_TOPICS] = write_topics,
    [PT_TABLE_TECHNOLOGY_PATENTS] = write_technology_patents,
    [PT_TABLE_ITEM_YEARS] = pt_rows_item_years,
    [PT_TABLE_ITEM_WORDS] = write_item_words,
    [PT_TABLE_REASONS] = pt_rows_reasons,
    [PT_TABLE_INDUSTRIES] = pt_rows_industries,
    [PT_TABLE_TECHNOLOGY_YEARS] = pt_rows_technology_years,
    [PT_TABLE_ITEM_PATHS] = pt_rows_item_paths,
    [PT_TABLE_CLUSTERS] = pt_rows_clusters,
    [PT_TABLE_ENTRIES] = pt_rows_entries,
    [PT_TABLE_NOTES] = pt_rows_notes,
    [PT_TABLE_CHANGES] = write_changes,
};

bool pt_table_is_there(const pt_outline *outline, int table) {
    return table != PT_TABLE_CHANGES || outline->findings->news;
}

json_t *pt_table_json(const pt_outline *outline, int table) {
    json_t *names = json_array();
    for (const pt_column *column = pt_tables[table].at; column->name; column++)
        json_array_append_new(names, json_string(column->name));
    pt_csv *csv = pt_csv_rows_new(json_array_size(names));
    write_rows[table](outline, csv);
    return json_pack("{s:o, s:o}", "columns", names, "rows", pt_csv_rows_take(csv));
}

pt_status pt_tables_write(const pt_outline *outline, const char *folder, pt_csv_style style, pt_error *err) {
    for (int i = 0; i < PT_N_TABLES; i++) {
        if (!pt_table_is_there(outline, i))
            continue;
        const char *columns[PT_MOST_COLUMNS + 1] = {0};
        for (size_t c = 0; pt_tables[i].at[c].name; c++)
            columns[c] = pt_tables[i].at[c].name;
        char *path = pt_path_join(folder, pt_tables[i].file);
        pt_csv *csv;
        pt_status status = pt_csv_writer_open(&csv, path, columns, style, err);
        if (!status) {
            write_rows[i](outline, csv);
            status = pt_csv_writer_close(csv, err);
        }
        free(path);
        if (status)
            return status;
    }
    return PT_OK;
}
