/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a model: as they are, and with the digest that belongs to them, so that all checks behind it
 * are reached. What is taken is used: phi, top words, fold-in. */
#include "base/file.h"
#include "base/mem.h"
#include "fuzz.h"
#include "topics/foldin.h"

#include <string.h>

enum { DIGEST_BYTES = 64, TOP = 5, MOST_CELLS = 1 << 20 };

static void use(const pt_model *model) {
    if ((uint64_t)model->V * model->K > MOST_CELLS)
        return; /* phi is dense: slow, not wrong */
    pt_top_word *top = pt_alloc((size_t)model->K * TOP, sizeof *top);
    size_t *n_found = pt_alloc(model->K, sizeof *n_found);
    pt_model_top_words_all(model, TOP, top, n_found);
    for (uint32_t k = 0; k < model->K; k++)
        for (size_t i = 0; i < n_found[k]; i++)
            expect(top[k * TOP + i].word < model->V, "a word that is none");
    free(top);
    free(n_found);
    pt_foldin *foldin = pt_foldin_new(model);
    float *theta = pt_alloc(model->K, sizeof *theta);
    const uint32_t words[] = {0, model->V / 2, model->V, 0};
    pt_foldin_document(foldin, words, NULL, 4, NULL, theta);
    free(theta);
    pt_foldin_free(foldin);
}

static void load(const void *bytes, size_t n) {
    pt_model *model = NULL;
    pt_error err = {0};
    if (pt_model_load(fuzz_file(bytes, n), &model, &err))
        expect(model == NULL && err.message[0], "refused without a message");
    else
        use(model);
    pt_model_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    load(data, size);
    const size_t body = size > DIGEST_BYTES ? size - DIGEST_BYTES : 0;
    char *sealed = pt_alloc(body + DIGEST_BYTES + 1, 1);
    memcpy(sealed, data ? (const char *)data : "", body);
    pt_digest(sealed, body, sealed + body);
    load(sealed, body + DIGEST_BYTES);
    free(sealed);
    return 0;
}
