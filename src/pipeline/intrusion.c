/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/intrusion.h"
#include "base/mem.h"
#include "base/rng.h"
#include "report/csv_writer.h"

#include <stdlib.h>

enum { WORDS = 5, TOP = 50, TRIES = 100 };

/* A top word of another item topic that is not among the TOP words of topic k; UINT32_MAX when none is met.
 */
static uint32_t find_intruder(const pt_top_word *top, const size_t *n_found, uint32_t n_items, uint32_t k,
                              uint64_t key) {
    for (uint64_t i = 0; i < TRIES; i++) {
        const uint32_t other = (uint32_t)pt_rng_below(pt_rng_at(key, 2 * i), n_items);
        if (other == k || n_found[other] < WORDS)
            continue;
        const uint32_t word = top[(size_t)other * TOP + pt_rng_below(pt_rng_at(key, 2 * i + 1), WORDS)].word;
        size_t j = 0;
        while (j < n_found[k] && top[(size_t)k * TOP + j].word != word)
            j++;
        if (j == n_found[k])
            return word;
    }
    return UINT32_MAX;
}

static void write_topic(const pt_model *model, uint32_t k, const pt_top_word *top, uint32_t intruder,
                        uint64_t key, pt_csv *sheet, pt_csv *answers) {
    uint32_t word[WORDS + 1];
    for (size_t i = 0; i < WORDS; i++)
        word[i] = top[(size_t)k * TOP + i].word;
    word[WORDS] = intruder;
    for (size_t i = WORDS; i > 0; i--) {
        const size_t j = pt_rng_below(pt_rng_at(key, 2 * TRIES + i), i + 1);
        const uint32_t kept = word[i];
        word[i] = word[j];
        word[j] = kept;
    }
    pt_csv_integer(sheet, k + 1);
    for (size_t i = 0; i <= WORDS; i++) {
        pt_csv_text(sheet, model->form[word[i]]);
        if (word[i] == intruder) {
            pt_csv_integer(answers, k + 1);
            pt_csv_integer(answers, i + 1);
            pt_csv_text(answers, model->form[intruder]);
            pt_csv_end_row(answers);
        }
    }
    pt_csv_text(sheet, "");
    pt_csv_end_row(sheet);
}

pt_status pt_intrusion_write(const pt_model *model, uint64_t seed, const char *path, pt_error *err) {
    static const char *const sheet_columns[] = {"topic",  "word_1", "word_2",      "word_3", "word_4",
                                                "word_5", "word_6", "your_answer", NULL};
    static const char *const key_columns[] = {"topic", "answer", "intruder", NULL};
    char *key_path = pt_strfmt("%s.key", path);
    pt_csv *sheet = NULL, *answers = NULL;
    pt_status status = pt_csv_writer_open(&sheet, path, sheet_columns, (pt_csv_style){0}, err);
    if (!status)
        status = pt_csv_writer_open(&answers, key_path, key_columns, (pt_csv_style){0}, err);
    free(key_path);
    if (status) {
        const pt_status closed = sheet ? pt_csv_writer_close(sheet, NULL) : PT_OK;
        return closed ? closed : status;
    }
    pt_top_word *top = pt_alloc((size_t)model->K * TOP, sizeof *top);
    size_t *n_found = pt_alloc(model->K, sizeof *n_found);
    pt_model_top_words_all(model, TOP, top, n_found);
    for (uint32_t k = 0; k < model->n_items; k++) {
        const uint64_t key = pt_rng_key(seed, k, 0);
        const uint32_t intruder =
            n_found[k] < WORDS ? UINT32_MAX : find_intruder(top, n_found, model->n_items, k, key);
        if (intruder != UINT32_MAX)
            write_topic(model, k, top, intruder, key, sheet, answers);
    }
    free(top);
    free(n_found);
    status = pt_csv_writer_close(sheet, err);
    const pt_status closed = pt_csv_writer_close(answers, status ? NULL : err);
    return status ? status : closed;
}
