/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/mem.h"
#include "topics/model.h"

#include <inttypes.h>
#include <stdlib.h>

static void write_parameters(const pt_model *model, pt_writer *writer) {
    const struct {
        const char *name;
        uint64_t value;
    } number[] = {
        {"topics", model->K},    {"items", model->n_items},
        {"documents", model->D}, {"words", model->V},
        {"tokens", model->N},    {"sweeps", model->n_sweeps},
        {"seed", model->seed},   {"title_weight", model->title_weight},
    };
    const struct {
        const char *name;
        double value;
    } real[] = {
        {"beta", model->beta},     {"lambda", model->lambda}, {"keyword_mass", model->keyword_mass},
        {"gamma0", model->gamma0}, {"gamma1", model->gamma1},
    };
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        pt_writer_printf(writer, "%s\t%" PRIu64 "\n", number[i].name, number[i].value);
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        pt_writer_printf(writer, "%s\t%.9g\n", real[i].name, real[i].value);
    pt_writer_printf(writer, "corpus\t%s\n\n", model->corpus_digest);
}

pt_status pt_model_dump(const pt_model *model, size_t n_words, const char *path, pt_error *err) {
    pt_writer *writer = NULL;
    pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    pt_top_word *top = pt_alloc(model->K * n_words, sizeof *top);
    size_t *n_found = pt_alloc(model->K, sizeof *n_found);
    pt_model_top_words_all(model, n_words, top, n_found);
    write_parameters(model, writer);
    pt_writer_puts(writer, "topic\talpha\ttokens\twords\n");
    for (uint32_t k = 0; k < model->K; k++) {
        pt_writer_printf(writer, "%u\t%.6g\t%" PRIu64 "\t", k + 1, model->alpha[k], model->topic_total[k]);
        for (size_t i = 0; i < n_found[k]; i++) {
            const uint32_t w = top[k * n_words + i].word;
            pt_writer_puts(writer, i ? " " : "");
            if (model->form)
                pt_writer_puts(writer, model->form[w]);
            else
                pt_writer_printf(writer, "%u", w + 1);
        }
        pt_writer_puts(writer, "\n");
    }
    free(n_found);
    free(top);
    return pt_writer_close(writer, err);
}
