/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/lda_files.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

typedef struct table {
    const char *name;
    void (*write)(const pt_model *model, size_t n_words, pt_writer *writer);
} table;

static void write_topic_word(const pt_model *model, size_t n_words, pt_writer *writer) {
    pt_top_word *top = pt_alloc(model->K * n_words, sizeof *top);
    size_t *n_found = pt_alloc(model->K, sizeof *n_found);
    pt_model_top_words_all(model, n_words, top, n_found);
    pt_writer_puts(writer, "topic\trank\tword\tprobability\tis_seed\n");
    for (uint32_t k = 0; k < model->K; k++)
        for (size_t i = 0; i < n_found[k]; i++) {
            const pt_top_word *word = &top[k * n_words + i];
            pt_writer_printf(writer, "%u\t%zu\t", k + 1, i + 1);
            if (model->form)
                pt_writer_puts(writer, model->form[word->word]);
            else
                pt_writer_printf(writer, "%u", word->word + 1);
            pt_writer_printf(writer, "\t%.6g\t%d\n", word->probability, word->is_seed);
        }
    free(n_found);
    free(top);
}

/* The lines of documents begin .. end-1. */
static void append_documents(const pt_model *model, uint32_t begin, uint32_t end, pt_buf *out) {
    for (size_t d = begin; d < end; d++)
        for (size_t i = d * PT_MODEL_TOPICS; i < (d + 1) * PT_MODEL_TOPICS; i++)
            if (model->theta_topic[i] != PT_NO_TOPIC)
                pt_buf_printf(out, "%zu\t%u\t%.6g\n", model->first_doc + d + 1, model->theta_topic[i] + 1u,
                              (double)model->theta[i]);
}

/* Rank after rank, a few documents at a time; an empty message ends a rank's part. */
static void write_doc_topic(const pt_model *model, pt_ranks *ranks, pt_writer *writer) {
    enum { DOCUMENTS = 4096 };
    const int rank = pt_ranks_rank(ranks), size = pt_ranks_size(ranks);
    pt_buf text = {0};
    if (writer)
        pt_writer_puts(writer, "document\ttopic\tshare\n");
    for (uint32_t d = 0; d < model->D; d += DOCUMENTS) {
        pt_buf_clear(&text);
        append_documents(model, d, model->D - d < DOCUMENTS ? model->D : d + DOCUMENTS, &text);
        if (rank > 0 && text.n)
            pt_ranks_send(ranks, 0, text.at, text.n);
        else if (writer)
            pt_writer_bytes(writer, text.at, text.n);
    }
    if (rank > 0)
        pt_ranks_send(ranks, 0, NULL, 0);
    for (int r = 1; rank == 0 && r < size; r++)
        do {
            pt_buf_clear(&text);
            pt_ranks_receive(ranks, r, &text);
            pt_writer_bytes(writer, text.at, text.n);
        } while (text.n);
    pt_buf_free(&text);
}

static void write_sweeps(const pt_model *model, size_t n_words, pt_writer *writer) {
    (void)n_words;
    pt_writer_puts(writer, "sweep\tlog_likelihood\tchanged\talpha_sum\tperplexity\n");
    for (uint32_t i = 0; i < model->n_sweeps; i++) {
        const pt_sweep_record *record = &model->sweep[i];
        pt_writer_printf(writer, "%u\t%.6f\t%.6f\t%.6g\t", record->sweep, record->log_likelihood,
                         record->changed, record->alpha_sum);
        if (record->perplexity > 0)
            pt_writer_printf(writer, "%.3f", record->perplexity);
        pt_writer_puts(writer, "\n");
    }
}

static pt_status write_tables(const pt_model *model, const char *folder, size_t n_words, pt_error *err) {
    static const table tables[] = {{"topic_word.tsv", write_topic_word}, {"sweeps.tsv", write_sweeps}};
    pt_status status = pt_make_folder(folder, err);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && !status; i++) {
        char *path = pt_path_join(folder, tables[i].name);
        pt_writer *writer = NULL;
        status = pt_writer_open(&writer, path, err);
        if (!status) {
            tables[i].write(model, n_words, writer);
            status = pt_writer_close(writer, err);
        }
        free(path);
    }
    return status;
}

pt_status pt_lda_files_write(const pt_model *model, pt_ranks *ranks, const char *folder, size_t n_words,
                             pt_error *err) {
    const bool is_first = pt_ranks_rank(ranks) == 0;
    char *path = pt_path_join(folder, "doc_topic.tsv");
    pt_writer *writer = NULL;
    pt_status status = is_first ? write_tables(model, folder, n_words, err) : PT_OK;
    if (!status && is_first)
        status = pt_writer_open(&writer, path, err);
    free(path);
    if ((status = pt_ranks_agree(ranks, status, err)))
        return status;
    write_doc_topic(model, ranks, writer);
    return pt_ranks_agree(ranks, writer ? pt_writer_close(writer, err) : PT_OK, err);
}

pt_status pt_lda_counts_write(const pt_model *model, const char *path, pt_error *err) {
    pt_writer *writer = NULL;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    const int32_t head[3] = {0x314B574E, (int32_t)model->V, (int32_t)model->K};
    pt_writer_bytes(writer, head, sizeof head);
    int32_t *row = pt_alloc(model->K, sizeof *row);
    for (uint32_t w = 0; w < model->V; w++) {
        memset(row, 0, model->K * sizeof *row);
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            row[model->topic[i]] = (int32_t)model->count[i];
        pt_writer_bytes(writer, row, model->K * sizeof *row);
    }
    free(row);
    return pt_writer_close(writer, err);
}
