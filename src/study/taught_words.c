/* SPDX-License-Identifier: Apache-2.0 */
#include "study/taught_words.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "topics/doc_terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double least_written = 0.02;

typedef struct cell {
    uint32_t item;
    float mass;
} cell;

struct pt_taught_words {
    pt_intern *words;
    bool is_written;        /* by hand: no share means anything */
    PT_VEC(float) share;    /* [words] */
    PT_VEC(uint64_t) start; /* [words + 1] offsets into cells */
    PT_VEC(cell) cells;     /* by item inside a word */
};

/* What is being read: cells of one row. */
typedef struct row_reader {
    pt_taught_words *words;
    const pt_items *items;
    bool is_good;
} row_reader;

static void read_cell(void *user, const char *part, size_t bytes) {
    row_reader *r = user;
    char id[64], *end = NULL;
    const char *colon = memchr(part, ':', bytes);
    const double mass = colon ? strtod(colon + 1, &end) : 0;
    if (!colon || (size_t)(colon - part) >= sizeof id || end != part + bytes || !(mass > 0 && mass < 1e9)) {
        r->is_good = false;
        return;
    }
    memcpy(id, part, (size_t)(colon - part));
    id[colon - part] = '\0';
    const uint32_t item = pt_items_find(r->items, id);
    if (item != UINT32_MAX) /* another edition of the standard may lack the item */
        pt_vec_push(&r->words->cells, ((cell){item, (float)mass}));
}

static int by_item(const void *x, const void *y) {
    const cell *a = x, *b = y;
    return (a->item > b->item) - (a->item < b->item);
}

static pt_status read_row(row_reader *r, const pt_tsv *table, size_t row, const size_t column[3],
                          pt_error *err) {
    pt_taught_words *words = r->words;
    const char *word = pt_tsv_cell(table, row, column[0]), *share_text = pt_tsv_cell(table, row, column[1]);
    char *end;
    const double share = strtod(share_text, &end);
    const uint32_t n = pt_intern_count(words->words);
    if (!word[0] || pt_intern_add(words->words, word, strlen(word)) != n || *end ||
        !(share > 0 && share <= 1))
        return pt_fail(
            err, PT_ERR_CONFIG,
            "%s:%u: expected a word that is not above and its share in (0, 1], found '%s' and '%s'",
            pt_tsv_path(table), pt_tsv_line(table, row), word, share_text);
    pt_split(pt_tsv_cell(table, row, column[2]), '|', read_cell, r);
    if (!r->is_good)
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: expected items and counts over 0 as IG001:2.5|IG126:0.7, found '%s'",
                       pt_tsv_path(table), pt_tsv_line(table, row), pt_tsv_cell(table, row, column[2]));
    pt_sort(words->cells.at + words->start.at[n], words->cells.n - words->start.at[n], sizeof(cell), by_item);
    pt_vec_push(&words->share, (float)share);
    pt_vec_push(&words->start, words->cells.n);
    return PT_OK;
}

pt_status pt_taught_words_load(const char *path, const pt_items *items, pt_taught_words **out,
                               pt_error *err) {
    *out = NULL;
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    static const char *const names[3] = {"word", "share", "items"};
    size_t column[3] = {0};
    for (int i = 0; i < 3 && !status; i++)
        status = pt_tsv_column(table, names[i], &column[i], err);
    pt_taught_words *words = pt_zalloc(1, sizeof *words);
    words->words = pt_intern_new();
    pt_vec_push(&words->start, 0);
    row_reader r = {words, items, true};
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++)
        status = read_row(&r, table, row, column, err);
    pt_tsv_close(table);
    if (status)
        pt_taught_words_free(words);
    else
        *out = words;
    return status;
}

void pt_taught_words_free(pt_taught_words *words) {
    if (!words)
        return;
    pt_intern_free(words->words);
    pt_vec_free(&words->share);
    pt_vec_free(&words->start);
    pt_vec_free(&words->cells);
    free(words);
}

size_t pt_taught_words_count(const pt_taught_words *words) {
    return pt_intern_count(words->words);
}

const char *pt_taught_words_form(const pt_taught_words *words, uint32_t i) {
    return pt_intern_text(words->words, i);
}

static pt_taught *taught_new(uint32_t V) {
    pt_taught *taught = pt_zalloc(1, sizeof *taught);
    taught->V = V;
    taught->start = pt_zalloc((size_t)V + 1, sizeof *taught->start);
    taught->share = pt_zalloc(V, sizeof *taught->share);
    return taught;
}

pt_taught *pt_taught_words_of(const pt_taught_words *words, const pt_corpus *corpus) {
    pt_taught *taught = taught_new(corpus->V);
    taught->item = pt_alloc(words->cells.n, sizeof *taught->item);
    taught->mass = pt_alloc(words->cells.n, sizeof *taught->mass);
    uint64_t n = 0;
    for (uint32_t w = 0; w < corpus->V; w++) {
        const uint32_t id = pt_intern_find(words->words, corpus->form[w], strlen(corpus->form[w]));
        for (uint64_t i = id == PT_NO_ID ? 0 : words->start.at[id];
             id != PT_NO_ID && i < words->start.at[id + 1]; i++) {
            taught->item[n] = words->cells.at[i].item;
            taught->mass[n++] = words->cells.at[i].mass;
        }
        taught->share[w] = id == PT_NO_ID ? 0 : words->share.at[id];
        taught->start[w + 1] = n;
    }
    if (words->is_written) {
        free(taught->share);
        taught->share = NULL;
    }
    return taught;
}

/* c_dk^2 / sum_j c_dj^2 for the items of d, in the order of the table. */
static float *lessons_of(const pt_table_evidence *table, uint32_t D, const bool *is_left_out) {
    float *lesson = pt_zalloc(table->start[D], sizeof *lesson);
    for (uint32_t d = 0; d < D; d++) {
        double sum = 0;
        for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++)
            sum += (double)table->value[i] * table->value[i];
        for (uint64_t i = table->start[d]; i < table->start[d + 1] && sum > 0; i++)
            lesson[i] = is_left_out && is_left_out[d] ? 0 : (float)(table->value[i] * table->value[i] / sum);
    }
    return lesson;
}

pt_taught *pt_taught_words_learn(const pt_corpus *corpus, const pt_table_evidence *table, uint32_t n_items,
                                 const bool *is_left_out, double least) {
    pt_doc_terms *terms = pt_doc_terms_new(corpus, 0);
    float *lesson = lessons_of(table, corpus->D, is_left_out);
    double *of_item = pt_zalloc(n_items, sizeof *of_item), *t = pt_zalloc(n_items, sizeof *t), all = 0;
    bool *teaches = pt_zalloc(corpus->D, sizeof *teaches);
    for (uint32_t d = 0; d < corpus->D; d++)
        for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++) {
            teaches[d] = teaches[d] || lesson[i] > 0;
            of_item[table->item[i]] += lesson[i] * terms->doc_mass[d];
        }
    for (uint32_t d = 0; d < corpus->D; d++)
        all += teaches[d] ? terms->doc_mass[d] : 0;
    PT_VEC(cell) cells = {0};
    pt_taught *taught = taught_new(corpus->V);
    for (uint32_t w = 0; w < corpus->V; w++) {
        double mass = 0;
        memset(t, 0, n_items * sizeof *t);
        for (uint64_t i = terms->word_start[w]; i < terms->word_start[w + 1]; i++) {
            const uint32_t d = terms->doc[i];
            mass += teaches[d] ? terms->x_by_word[i] : 0;
            for (uint64_t j = table->start[d]; j < table->start[d + 1]; j++)
                t[table->item[j]] += lesson[j] * terms->x_by_word[i];
        }
        for (uint32_t k = 0; k < n_items; k++)
            if (t[k] >= least && t[k] >= of_item[k] * mass / all)
                pt_vec_push(&cells, ((cell){k, (float)t[k]}));
        taught->share[w] = mass > 0 ? (float)(mass / all) : 0;
        taught->start[w + 1] = cells.n;
    }
    taught->item = pt_alloc(cells.n, sizeof *taught->item);
    taught->mass = pt_alloc(cells.n, sizeof *taught->mass);
    for (size_t i = 0; i < cells.n; i++) {
        taught->item[i] = cells.at[i].item;
        taught->mass[i] = cells.at[i].mass;
    }
    pt_vec_free(&cells);
    free(teaches);
    free(of_item);
    free(t);
    free(lesson);
    pt_doc_terms_free(terms);
    return taught;
}

bool pt_taught_words_row(const pt_taught *taught, const pt_corpus *corpus, const pt_items *items, uint32_t w,
                         pt_buf *text) {
    if (taught->start[w] == taught->start[w + 1])
        return false;
    pt_buf_printf(text, "%s\t%.3g\t", corpus->form[w], (double)taught->share[w]);
    for (uint64_t i = taught->start[w]; i < taught->start[w + 1]; i++)
        pt_buf_printf(text, "%s%s:%.1f", i > taught->start[w] ? "|" : "", items->at[taught->item[i]].id,
                      (double)taught->mass[i]);
    return true;
}

/* Rows of the table as documents, and the items of their codes. */
typedef struct code_rows {
    const pt_terms *terms;
    pt_analyzer *analyzer;
    pt_corpus_builder *builder;
    PT_VEC(uint64_t) start;
    PT_VEC(uint32_t) item;
    PT_VEC(float) value;
} code_rows;

static void add_word(void *user, const char *part, size_t bytes) {
    code_rows *rows = user;
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(rows->analyzer, part, bytes, &nouns);
    pt_term *terms = pt_alloc(n, sizeof *terms);
    for (size_t i = 0; i < n; i++)
        terms[i] = (pt_term){nouns[i].form, (uint32_t)nouns[i].bytes, nouns[i].flags};
    pt_terms_add(rows->terms, rows->builder, terms, n, false);
    free(terms);
}

static pt_status add_code(code_rows *rows, const pt_concordance *concordance, uint32_t n_items,
                          const pt_tsv *table, size_t row, const size_t column[2], pt_error *err) {
    const char *code = pt_tsv_cell(table, row, column[0]), *words = pt_tsv_cell(table, row, column[1]);
    if (!code[0] || !words[0])
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: expected a code and its words, found '%s' and '%s'",
                       pt_tsv_path(table), pt_tsv_line(table, row), code, words);
    pt_corpus_builder_begin_document(rows->builder);
    pt_split(words, '|', add_word, rows);
    pt_corpus_builder_end_document(rows->builder);
    float *items = pt_zalloc(n_items, sizeof *items);
    pt_concordance_add(concordance, code, 1, items);
    for (uint32_t k = 0; k < n_items; k++)
        if (items[k] > 0) {
            pt_vec_push(&rows->item, k);
            pt_vec_push(&rows->value, items[k]);
        }
    free(items);
    pt_vec_push(&rows->start, rows->item.n);
    return PT_OK;
}

static pt_taught_words *words_of(const pt_taught *taught, const pt_corpus *corpus) {
    pt_taught_words *words = pt_zalloc(1, sizeof *words);
    words->words = pt_intern_new();
    words->is_written = true;
    pt_vec_push(&words->start, 0);
    for (uint32_t w = 0; w < corpus->V; w++) {
        if (taught->start[w] == taught->start[w + 1])
            continue;
        pt_intern_add(words->words, corpus->form[w], strlen(corpus->form[w]));
        for (uint64_t i = taught->start[w]; i < taught->start[w + 1]; i++)
            pt_vec_push(&words->cells, ((cell){taught->item[i], taught->mass[i]}));
        pt_vec_push(&words->share, taught->share[w]);
        pt_vec_push(&words->start, words->cells.n);
    }
    return words;
}

pt_status pt_taught_words_of_codes(const char *path, const pt_concordance *concordance, const pt_items *items,
                                   const pt_terms *terms, pt_analyzer *analyzer, pt_taught_words **out,
                                   pt_error *err) {
    *out = NULL;
    size_t column[2] = {0};
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    code_rows rows = {.terms = terms, .analyzer = analyzer, .builder = pt_corpus_builder_new()};
    pt_vec_push(&rows.start, 0);
    status = pt_tsv_column(table, "code", &column[0], err);
    if (!status)
        status = pt_tsv_column(table, "words", &column[1], err);
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++)
        status = add_code(&rows, concordance, items->n, table, row, column, err);
    const pt_corpus_params all = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    pt_corpus *corpus = NULL;
    if (!status)
        status = pt_corpus_build(rows.builder, &all, &corpus, err);
    if (!status) {
        const pt_table_evidence evidence = {rows.start.at, rows.item.at, rows.value.at};
        pt_taught *taught = pt_taught_words_learn(corpus, &evidence, items->n, NULL, least_written);
        *out = words_of(taught, corpus);
        pt_taught_free(taught);
    }
    pt_tsv_close(table);
    pt_corpus_free(corpus);
    pt_corpus_builder_free(rows.builder);
    pt_vec_free(&rows.start);
    pt_vec_free(&rows.item);
    pt_vec_free(&rows.value);
    return status;
}
