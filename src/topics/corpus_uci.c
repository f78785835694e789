/* SPDX-License-Identifier: Apache-2.0 */
/* corpus_uci.c - a UCI bag of words as a corpus, in one pass: tokens are appended as they come, with a note
 * where each run of one document begins; only a file that comes back to a document is put in order after. */
#include "topics/corpus.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "topics/uci.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 4096 };

typedef struct doc_run { /* triples of one document, one behind the other */
    uint64_t first;      /* token */
    uint32_t document;
} doc_run;

typedef struct token_list {
    PT_VEC(uint32_t) word;
    PT_VEC(doc_run) runs;
    bool in_order; /* no run goes back */
} token_list;

pt_status pt_corpus_read_vocab(const char *path, pt_corpus *corpus, pt_error *err) {
    char *text = NULL;
    size_t bytes = 0;
    pt_status status = pt_file_read(path, &text, &bytes, err);
    if (status)
        return status;
    corpus->index = pt_intern_new();
    corpus->form = pt_zalloc(corpus->V, sizeof *corpus->form);
    uint32_t w = 0;
    for (const char *at = text, *end = text + bytes; at < end && w < corpus->V && !status; w++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t n = (size_t)((stop ? stop : end) - at);
        if (n && at[n - 1] == '\r')
            n--;
        if (n == 0 || pt_intern_add(corpus->index, at, n) != w)
            status = pt_fail(err, PT_ERR_DATA, "%s:%u: expected a word that is not there twice", path, w + 1);
        at = stop ? stop + 1 : end;
    }
    if (!status && w < corpus->V)
        status = pt_fail(err, PT_ERR_DATA, "%s: %u words, but the corpus announces %u", path, w, corpus->V);
    for (uint32_t i = 0; !status && i < corpus->V; i++)
        corpus->form[i] = (char *)pt_intern_text(corpus->index, i);
    free(text);
    return status;
}

/* A file of a few bytes may announce anything. */
static pt_status check_memory(const char *path, uint64_t line, uint64_t bytes, pt_error *err) {
    const uint64_t most = pt_machine_memory_bytes();
    return bytes <= most ? PT_OK
                         : pt_fail(err, PT_ERR_DATA,
                                   "%s:%" PRIu64
                                   ": so many documents, words and tokens need %.1f GB of memory, but this "
                                   "machine has %.1f GB",
                                   path, line, (double)bytes / 1e9, (double)most / 1e9);
}

static void append(token_list *tokens, const pt_uci_triple *triple) {
    const size_t n_runs = tokens->runs.n;
    if (n_runs == 0 || tokens->runs.at[n_runs - 1].document != triple->document) {
        tokens->in_order &= n_runs == 0 || tokens->runs.at[n_runs - 1].document < triple->document;
        pt_vec_push(&tokens->runs, ((doc_run){tokens->word.n, triple->document}));
    }
    pt_vec_reserve(&tokens->word, triple->count);
    for (uint32_t i = 0; i < triple->count; i++)
        tokens->word.at[tokens->word.n++] = triple->word;
}

static pt_status read_tokens(const char *path, pt_uci *uci, pt_corpus *corpus, token_list *tokens,
                             pt_error *err) {
    const uint64_t frame = ((uint64_t)corpus->D + 1) * sizeof *corpus->doc_start +
                           (uint64_t)corpus->V * sizeof *corpus->doc_freq,
                   token = sizeof *corpus->word + sizeof *corpus->flags;
    pt_status status = check_memory(path, pt_uci_line(uci), frame, err);
    if (status)
        return status;
    corpus->doc_start = pt_zalloc((size_t)corpus->D + 1, sizeof *corpus->doc_start);
    corpus->doc_freq = pt_zalloc(corpus->V, sizeof *corpus->doc_freq);
    pt_uci_triple *triple = pt_alloc(BATCH, sizeof *triple);
    for (size_t n = 1; n > 0 && !status;) {
        status = pt_uci_read(uci, triple, BATCH, &n, err);
        for (size_t i = 0; i < n && !status; i++) {
            const uint64_t N = tokens->word.n + triple[i].count;
            if (N > tokens->word.cap)
                status = check_memory(path, pt_uci_line(uci), frame + N * token, err);
            if (status)
                break;
            append(tokens, &triple[i]);
            corpus->doc_freq[triple[i].word]++;
        }
    }
    free(triple);
    return status;
}

static uint64_t end_of_run(const token_list *tokens, size_t r) {
    return r + 1 < tokens->runs.n ? tokens->runs.at[r + 1].first : tokens->word.n;
}

/* Hands the tokens over to the corpus, document after document. */
static void place_tokens(token_list *tokens, pt_corpus *corpus) {
    for (size_t r = 0; r < tokens->runs.n; r++)
        corpus->doc_start[tokens->runs.at[r].document + 1] +=
            end_of_run(tokens, r) - tokens->runs.at[r].first;
    for (uint32_t d = 0; d < corpus->D; d++)
        corpus->doc_start[d + 1] += corpus->doc_start[d];
    if (tokens->in_order) {
        corpus->word = pt_realloc(tokens->word.at, tokens->word.n, sizeof *corpus->word);
        tokens->word.at = NULL;
    } else {
        corpus->word = pt_alloc(tokens->word.n, sizeof *corpus->word);
        uint64_t *next = pt_alloc(corpus->D, sizeof *next);
        memcpy(next, corpus->doc_start, corpus->D * sizeof *next);
        for (size_t r = 0; r < tokens->runs.n; r++) {
            const doc_run *run = &tokens->runs.at[r];
            const uint64_t n = end_of_run(tokens, r) - run->first;
            memcpy(corpus->word + next[run->document], tokens->word.at + run->first,
                   n * sizeof *corpus->word);
            next[run->document] += n;
        }
        free(next);
    }
    corpus->flags = pt_zalloc(corpus->doc_start[corpus->D], sizeof *corpus->flags);
}

pt_status pt_corpus_read_uci(const char *path, const char *vocab_path, pt_corpus **out, pt_error *err) {
    *out = NULL;
    pt_uci *uci = NULL;
    pt_status status = pt_uci_open(path, &uci, err);
    if (status)
        return status;
    token_list tokens = {.in_order = true};
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = pt_uci_documents(uci);
    corpus->V = pt_uci_words(uci);
    status = read_tokens(path, uci, corpus, &tokens, err);
    if (!status)
        place_tokens(&tokens, corpus);
    if (!status && vocab_path)
        status = pt_corpus_read_vocab(vocab_path, corpus, err);
    pt_vec_free(&tokens.word);
    pt_vec_free(&tokens.runs);
    pt_uci_close(uci);
    if (status)
        pt_corpus_free(corpus);
    else
        *out = corpus;
    return status;
}
