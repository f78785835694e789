/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a UCI bag of words, and as its vocabulary. */
#include "fuzz.h"
#include "topics/corpus.h"

/* Numbers of over six digits ask for much memory, which a limit refuses (tests/test_corpus.c), not a check.
 */
static bool asks_for_much(const uint8_t *data, size_t size) {
    unsigned digits = 0;
    for (size_t i = 0; i < size; i++) {
        digits = data[i] >= '0' && data[i] <= '9' ? digits + 1 : 0;
        if (digits > 6 || (i > 1 && data[0] == 0x1f))
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (asks_for_much(data, size))
        return 0;
    const char *path = fuzz_file(data, size);
    for (int with_vocab = 0; with_vocab < 2; with_vocab++) {
        pt_corpus *corpus = NULL;
        pt_error err = {0};
        if (pt_corpus_read_uci(path, with_vocab ? path : NULL, &corpus, &err)) {
            expect(corpus == NULL && err.message[0], "refused without a message");
            continue;
        }
        for (uint32_t d = 0; d < corpus->D; d++)
            expect(corpus->doc_start[d] <= corpus->doc_start[d + 1], "documents that overlap");
        for (uint64_t i = 0; i < corpus->doc_start[corpus->D]; i++)
            expect(corpus->word[i] < corpus->V, "a word that is none");
        pt_corpus_free(corpus);
    }
    return 0;
}
