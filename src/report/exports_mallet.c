/* SPDX-License-Identifier: Apache-2.0 */
/* MALLET's text formats (McCallum 2002), topics from 0:
 *     mallet.txt               name, label, words: `mallet import-file --keep-sequence --token-regex '\S+'`
 *     word-topic-counts.txt    index word topic:n_kw …, largest count first
 *     topic-word-weights.txt   topic, word, n_kw + β
 *     doc-topics.txt           document, name, θ of every topic (the largest of each document, as the model
 * keeps) topic-keys.txt           topic, α_k, its twenty most probable words */
#include "base/file.h"
#include "base/mem.h"
#include "base/sort.h"
#include "report/exports.h"

#include <stdlib.h>

enum { KEY_WORDS = 20 };

typedef struct file {
    const char *name;
    void (*write)(const pt_findings *f, pt_writer *writer);
} file;

static void write_instances(const pt_findings *f, pt_writer *writer) {
    pt_buf text = {0};
    for (uint32_t d = 0; d < f->corpus->D; d++) {
        const uint32_t from = f->mapping->start[d], to = f->mapping->start[d + 1];
        pt_buf_clear(&text);
        pt_export_text(f, d, &text);
        pt_writer_printf(writer, "%s\t%s\t%s\n", f->documents->at[d].application_number,
                         from < to ? f->items->at[f->mapping->at[from].item].id : "unclassified",
                         pt_buf_text(&text));
    }
    pt_buf_free(&text);
}

typedef struct cell {
    uint32_t topic, count;
} cell;

static int by_count(const void *a, const void *b) {
    const cell *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->topic < y->topic ? -1 : x->topic > y->topic;
}

static void write_counts(const pt_findings *f, pt_writer *writer) {
    const pt_model *model = f->model;
    cell *row = pt_alloc(model->K, sizeof *row);
    pt_buf word = {0};
    for (uint32_t w = 0; w < model->V; w++) {
        size_t n = 0;
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            row[n++] = (cell){model->topic[i], model->count[i]};
        pt_sort(row, n, sizeof *row, by_count);
        pt_buf_clear(&word);
        pt_export_word(f, w, &word);
        pt_writer_printf(writer, "%u %s", w, pt_buf_text(&word));
        for (size_t i = 0; i < n; i++)
            pt_writer_printf(writer, " %u:%u", row[i].topic, row[i].count);
        pt_writer_puts(writer, "\n");
    }
    pt_buf_free(&word);
    free(row);
}

/* Words that never occur in a topic have the weight β there and are left out. */
static void write_weights(const pt_findings *f, pt_writer *writer) {
    const pt_model *model = f->model;
    pt_buf word = {0};
    for (uint32_t w = 0; w < model->V; w++) {
        pt_buf_clear(&word);
        pt_export_word(f, w, &word);
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            pt_writer_printf(writer, "%u\t%s\t%.9g\n", (unsigned)model->topic[i], pt_buf_text(&word),
                             model->count[i] + model->beta);
    }
    pt_buf_free(&word);
}

static void write_shares(const pt_findings *f, pt_writer *writer) {
    const pt_model *model = f->model;
    float *theta = pt_zalloc(model->K, sizeof *theta);
    for (uint32_t d = 0; d < model->D; d++) {
        const size_t row = (size_t)d * PT_MODEL_TOPICS;
        for (size_t i = 0; i < PT_MODEL_TOPICS && model->theta_topic[row + i] != PT_NO_TOPIC; i++)
            theta[model->theta_topic[row + i]] = model->theta[row + i];
        pt_writer_printf(writer, "%u\t%s", d, f->documents->at[d].application_number);
        for (uint32_t k = 0; k < model->K; k++)
            pt_writer_printf(writer, "\t%.6g", (double)theta[k]);
        pt_writer_puts(writer, "\n");
        for (size_t i = 0; i < PT_MODEL_TOPICS && model->theta_topic[row + i] != PT_NO_TOPIC; i++)
            theta[model->theta_topic[row + i]] = 0;
    }
    free(theta);
}

static void write_keys(const pt_findings *f, pt_writer *writer) {
    const uint32_t K = f->model->K;
    pt_top_word *words = pt_alloc((size_t)K * KEY_WORDS, sizeof *words);
    size_t *n_found = pt_alloc(K, sizeof *n_found);
    pt_model_top_words_all(f->model, KEY_WORDS, words, n_found);
    pt_buf text = {0};
    for (uint32_t k = 0; k < K; k++) {
        pt_buf_clear(&text);
        for (size_t i = 0; i < n_found[k]; i++) {
            pt_export_word(f, words[(size_t)k * KEY_WORDS + i].word, &text);
            pt_buf_putc(&text, ' ');
        }
        pt_writer_printf(writer, "%u\t%.9g\t%s\n", k, f->model->alpha[k], pt_buf_text(&text));
    }
    pt_buf_free(&text);
    free(n_found);
    free(words);
}

pt_status pt_export_mallet(const pt_outline *outline, const char *folder, pt_error *err) {
    static const file files[] = {{"mallet.txt", write_instances},
                                 {"word-topic-counts.txt", write_counts},
                                 {"topic-word-weights.txt", write_weights},
                                 {"doc-topics.txt", write_shares},
                                 {"topic-keys.txt", write_keys}};
    pt_status status = PT_OK;
    for (size_t i = 0; i < sizeof files / sizeof *files && !status; i++) {
        char *path = pt_path_join(folder, files[i].name);
        pt_writer *writer;
        status = pt_writer_open(&writer, path, err);
        free(path);
        if (status)
            break;
        files[i].write(outline->findings, writer);
        status = pt_writer_close(writer, err);
    }
    return status;
}
