/* SPDX-License-Identifier: Apache-2.0 */
/* corpus_uci.c - reads the UCI bag-of-words format. One pass checks and counts, the next places tokens. */
#include "topics/corpus.h"

#include "base/file.h"
#include "base/gzip.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const char *path, *at, *end;
    uint64_t line; /* from 1 */
} reader;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* One number within the line; false when there is none or it is over `most`. */
static bool read_number(reader *in, uint64_t most, uint64_t *value) {
    while (in->at < in->end && is_blank(*in->at))
        in->at++;
    const char *begin = in->at;
    uint64_t x = 0;
    for (; in->at < in->end && *in->at >= '0' && *in->at <= '9'; in->at++) {
        x = x * 10 + (uint64_t)(*in->at - '0');
        if (x > most)
            return false;
    }
    *value = x;
    return in->at > begin;
}

/* The rest of the line must be blank. */
static bool end_line(reader *in) {
    while (in->at < in->end && is_blank(*in->at))
        in->at++;
    if (in->at < in->end && *in->at++ != '\n')
        return false;
    in->line++;
    return true;
}

static void skip_empty_lines(reader *in) {
    while (in->at < in->end && (is_blank(*in->at) || *in->at == '\n'))
        in->line += *in->at++ == '\n';
}

typedef struct header {
    uint64_t D, V, n_triples;
} header;

static pt_status read_header(reader *in, header *head, pt_error *err) {
    uint64_t *const field[3] = {&head->D, &head->V, &head->n_triples};
    static const char *const name[3] = {"the number of documents", "the number of words",
                                        "the number of triples"};
    for (int i = 0; i < 3; i++) {
        const uint64_t line = in->line;
        if (!read_number(in, i < 2 ? INT32_MAX : UINT64_MAX / 16, field[i]) || !end_line(in))
            return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": expected %s, alone on its line", in->path, line,
                           name[i]);
    }
    if (head->D == 0 || head->V == 0 || head->n_triples == 0)
        return pt_fail(err, PT_ERR_DATA, "%s:1: no documents, no words or no triples", in->path);
    return PT_OK;
}

/* A few bytes of a file can ask for any amount of memory: not for more than there is. */
static pt_status check_size(const reader *in, uint64_t n, uint64_t size, const char *what, pt_error *err) {
    const uint64_t memory = pt_machine_memory_bytes();
    if (memory == 0 || n <= memory / size)
        return PT_OK;
    return pt_fail(err, PT_ERR_DATA, "%s: %" PRIu64 " %s need %" PRIu64 " GB, but this machine has %" PRIu64,
                   in->path, n, what, n / 1000000000 * size + n % 1000000000 * size / 1000000000,
                   memory / 1000000000);
}

/* Calls use for every triple (from 0); all of them are checked against the header. */
static pt_status each_triple(reader in, const header *head,
                             void (*use)(void *user, uint32_t d, uint32_t w, uint64_t count), void *user,
                             pt_error *err) {
    for (uint64_t i = 0; i < head->n_triples; i++) {
        uint64_t d = 0, w = 0, count = 0;
        const uint64_t line = in.line;
        if (!read_number(&in, head->D, &d) || !read_number(&in, head->V, &w) ||
            !read_number(&in, UINT32_MAX, &count) || !end_line(&in) || d == 0 || w == 0 || count == 0)
            return pt_fail(err, PT_ERR_DATA,
                           "%s:%" PRIu64 ": expected `document word count` with 1 <= document <= %" PRIu64
                           ", 1 <= word <= %" PRIu64 ", count >= 1 (triple %" PRIu64 " of %" PRIu64 ")",
                           in.path, line, head->D, head->V, i + 1, head->n_triples);
        use(user, (uint32_t)d - 1, (uint32_t)w - 1, count);
    }
    skip_empty_lines(&in);
    if (in.at < in.end)
        return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": more lines than the %" PRIu64 " triples announced",
                       in.path, in.line, head->n_triples);
    return PT_OK;
}

static void count_triple(void *user, uint32_t d, uint32_t w, uint64_t count) {
    pt_corpus *corpus = user;
    corpus->doc_start[d + 1] += count;
    corpus->doc_freq[w]++;
}

typedef struct filler {
    pt_corpus *corpus;
    uint64_t *next; /* [D] where the next token of a document goes */
} filler;

static void place_triple(void *user, uint32_t d, uint32_t w, uint64_t count) {
    filler *fill = user;
    for (uint64_t i = 0; i < count; i++)
        fill->corpus->word[fill->next[d]++] = w;
}

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

pt_status pt_corpus_read_uci(const char *path, const char *vocab_path, pt_corpus **out, pt_error *err) {
    *out = NULL;
    char *text = NULL;
    size_t bytes = 0;
    pt_status status = pt_gzip_read(path, &text, &bytes, err);
    if (status)
        return status;
    reader in = {path, text, text + bytes, 1};
    header head = {0};
    pt_corpus *corpus = NULL;
    if ((status = read_header(&in, &head, err)))
        goto done;
    if ((status =
             check_size(&in, head.D + head.V, 2 * sizeof *corpus->doc_start, "documents and words", err)))
        goto done;
    corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = (uint32_t)head.D;
    corpus->V = (uint32_t)head.V;
    corpus->doc_start = pt_zalloc(head.D + 1, sizeof *corpus->doc_start);
    corpus->doc_freq = pt_zalloc(head.V, sizeof *corpus->doc_freq);
    if ((status = each_triple(in, &head, count_triple, corpus, err)))
        goto done;
    for (uint32_t d = 0; d < corpus->D; d++)
        corpus->doc_start[d + 1] += corpus->doc_start[d];
    const uint64_t N = corpus->doc_start[corpus->D];
    if ((status = check_size(&in, N, sizeof *corpus->word + sizeof *corpus->flags, "tokens", err)))
        goto done;
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_zalloc(N, sizeof *corpus->flags);
    filler fill = {corpus, pt_alloc(head.D, sizeof *fill.next)};
    memcpy(fill.next, corpus->doc_start, head.D * sizeof *fill.next);
    status = each_triple(in, &head, place_triple, &fill, err);
    free(fill.next);
    if (!status && vocab_path)
        status = pt_corpus_read_vocab(vocab_path, corpus, err);
done:
    free(text);
    if (status)
        pt_corpus_free(corpus);
    else
        *out = corpus;
    return status;
}
