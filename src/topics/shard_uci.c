/* SPDX-License-Identifier: Apache-2.0 */
/* shard_uci.c - a UCI bag of words into shards without holding it: the triples go to one temporary file a
 * shard file, by document; then each of these is read back, put in order and written as shards. */
#include "topics/shard_files.h"

#include "base/file.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "base/vec.h"
#include "topics/shards.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 20 };

typedef struct triple {
    uint32_t document, word, count; /* from 0 */
} triple;

/* Numbers out of a stream of text. */
typedef struct scanner {
    const char *path;
    pt_gzip_stream *stream;
    char *block;
    size_t at, n;
    uint64_t line; /* from 1 */
} scanner;

/* The next byte, -1 at the end; fails in err. */
static int peek(scanner *in, pt_status *status, pt_error *err) {
    if (in->at == in->n) {
        in->at = 0;
        *status = pt_gzip_next(in->stream, in->block, BLOCK, &in->n, err);
        if (*status || in->n == 0) {
            in->n = 0;
            return -1;
        }
    }
    return (unsigned char)in->block[in->at];
}

static bool is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* n numbers alone on a line, value[i] <= most[i]; *found false where it is not so. */
static pt_status scan_line(scanner *in, int n, const uint64_t *most, uint64_t *value, bool *found,
                           pt_error *err) {
    pt_status status = PT_OK;
    int c = 0;
    *found = true;
    for (int i = 0; i < n && *found; i++) {
        while (is_blank(c = peek(in, &status, err)))
            in->at++;
        *found = c >= '0' && c <= '9';
        uint64_t x = 0;
        for (; c >= '0' && c <= '9' && x <= most[i]; c = peek(in, &status, err)) {
            x = x * 10 + (uint64_t)(c - '0');
            in->at++;
        }
        *found = *found && x <= most[i];
        value[i] = x;
    }
    while (*found && is_blank(c = peek(in, &status, err)))
        in->at++;
    *found = *found && (c == '\n' || c == -1);
    if (*found && c == '\n') {
        in->at++;
        in->line++;
    }
    return status;
}

typedef struct cutting {
    scanner in;
    uint64_t D, V, n_triples;
    uint32_t n_files;
    uint32_t *first; /* [n_files + 1] first document of each file */
    FILE **bucket;   /* [n_files] */
    char **name;     /* [n_files] */
    pt_corpus whole; /* doc_freq, form */
} cutting;

static pt_status read_head(cutting *c, pt_error *err) {
    uint64_t *const field[3] = {&c->D, &c->V, &c->n_triples};
    static const char *const name[3] = {"the number of documents", "the number of words",
                                        "the number of triples"};
    for (int i = 0; i < 3; i++) {
        const uint64_t line = c->in.line, most = i < 2 ? INT32_MAX - 1 : UINT64_MAX / 16;
        bool found;
        const pt_status status = scan_line(&c->in, 1, &most, field[i], &found, err);
        if (status)
            return status;
        if (!found || *field[i] == 0)
            return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": expected %s, alone on its line", c->in.path,
                           line, name[i]);
    }
    return PT_OK;
}

static pt_status open_buckets(cutting *c, const char *folder, pt_error *err) {
    const uint32_t D = (uint32_t)c->D, n_shards = pt_shards_of(D);
    c->n_files = c->n_files < 1 ? 1 : c->n_files > n_shards ? n_shards : c->n_files;
    c->first = pt_zalloc((size_t)c->n_files + 1, sizeof *c->first);
    c->bucket = pt_zalloc(c->n_files, sizeof *c->bucket);
    c->name = pt_zalloc(c->n_files, sizeof *c->name);
    for (uint32_t l = n_shards; l-- > 0;)
        c->first[(uint64_t)l * c->n_files / n_shards] = pt_shard_document(D, l);
    c->first[c->n_files] = D;
    for (uint32_t f = 0; f < c->n_files; f++) {
        c->name[f] = pt_strfmt("%s/corpus-triples-%04u", folder, f + 1);
        c->bucket[f] = fopen(c->name[f], "w+be");
        if (!c->bucket[f])
            return pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot create (at most %u files at once)",
                                 c->name[f], c->n_files);
    }
    return PT_OK;
}

static uint32_t bucket_of(const cutting *c, uint32_t d) {
    uint32_t low = 0, high = c->n_files - 1;
    while (low < high) {
        const uint32_t middle = low + (high - low + 1) / 2;
        if (c->first[middle] <= d)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Nothing but blanks may be left. */
static pt_status end_of_text(cutting *c, pt_error *err) {
    pt_status status = PT_OK;
    int left;
    while (is_blank(left = peek(&c->in, &status, err)) || left == '\n')
        c->in.at++;
    if (status || left == -1)
        return status;
    return pt_fail(err, PT_ERR_DATA, "%s:%" PRIu64 ": more lines than the %" PRIu64 " triples announced",
                   c->in.path, c->in.line, c->n_triples);
}

static pt_status deal_triples(cutting *c, const pt_monitor *monitor, pt_error *err) {
    const uint64_t most[3] = {c->D, c->V, UINT32_MAX};
    for (uint64_t i = 0; i < c->n_triples; i++) {
        uint64_t value[3] = {0};
        const uint64_t line = c->in.line;
        bool found;
        const pt_status status = scan_line(&c->in, 3, most, value, &found, err);
        if (status)
            return status;
        if (!found || value[0] == 0 || value[1] == 0 || value[2] == 0)
            return pt_fail(err, PT_ERR_DATA,
                           "%s:%" PRIu64 ": expected `document word count` with 1 <= document <= %" PRIu64
                           ", 1 <= word <= %" PRIu64 ", count >= 1 (triple %" PRIu64 " of %" PRIu64 ")",
                           c->in.path, line, c->D, c->V, i + 1, c->n_triples);
        const triple t = {(uint32_t)value[0] - 1, (uint32_t)value[1] - 1, (uint32_t)value[2]};
        const uint32_t f = bucket_of(c, t.document);
        if (fwrite(&t, sizeof t, 1, c->bucket[f]) != 1)
            return pt_fail_errno(err, PT_ERR_IO, "%s: cannot write", c->name[f]);
        c->whole.doc_freq[t.word]++;
        if (i % (1 << 20) == 0)
            pt_progress(monitor, "shard", i, c->n_triples);
        if (i % 4096 == 0 && pt_stop_requested(monitor))
            return pt_fail(err, PT_ERR_AGAIN, "stopped on request; nothing was made");
    }
    return end_of_text(c, err);
}

/* The documents of one file, tokens in the order of the triples. */
static pt_status read_bucket(const cutting *c, uint32_t f, pt_corpus *part, pt_error *err) {
    *part = (pt_corpus){.D = c->first[f + 1] - c->first[f], .V = (uint32_t)c->V};
    part->doc_start = pt_zalloc((size_t)part->D + 1, sizeof *part->doc_start);
    for (int pass = 0; pass < 2; pass++) {
        uint64_t *next = pt_alloc((size_t)part->D + 1, sizeof *next);
        if (pass == 1) {
            for (uint32_t d = 0; d < part->D; d++)
                part->doc_start[d + 1] += part->doc_start[d];
            memcpy(next, part->doc_start, ((size_t)part->D + 1) * sizeof *next);
            part->word = pt_alloc(part->doc_start[part->D], sizeof *part->word);
            part->flags = pt_zalloc(part->doc_start[part->D], sizeof *part->flags);
        }
        rewind(c->bucket[f]);
        for (triple t; fread(&t, sizeof t, 1, c->bucket[f]) == 1;)
            if (pass == 0)
                part->doc_start[t.document - c->first[f] + 1] += t.count;
            else
                for (uint32_t i = 0; i < t.count; i++)
                    part->word[next[t.document - c->first[f]]++] = t.word;
        free(next);
        if (ferror(c->bucket[f]))
            return pt_fail_errno(err, PT_ERR_IO, "%s: cannot read", c->name[f]);
    }
    return PT_OK;
}

static pt_status write_shards(const cutting *c, pt_shard_writer *writer, const pt_monitor *monitor,
                              pt_error *err) {
    pt_status status = PT_OK;
    for (uint32_t f = 0; f < c->n_files && !status; f++) {
        pt_corpus part;
        status = fflush(c->bucket[f]) == 0 ? read_bucket(c, f, &part, err)
                                           : pt_fail_errno(err, PT_ERR_IO, "%s: cannot write", c->name[f]);
        uint32_t n = 0;
        for (uint32_t d = 0; !status && d < part.D && (n = pt_shard_writer_wants(writer)) > 0; d += n)
            status = pt_shard_writer_add(writer, &part, d, NULL, err);
        free(part.doc_start);
        free(part.word);
        free(part.flags);
        pt_progress(monitor, "shards", f + 1, c->n_files);
        if (!status && pt_stop_requested(monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request; nothing was made");
    }
    return status;
}

static void close_all(cutting *c) {
    for (uint32_t f = 0; c->bucket && f < c->n_files; f++) {
        if (c->bucket[f]) {
            fclose(c->bucket[f]);
            unlink(c->name[f]);
        }
        free(c->name[f]);
    }
    free(c->first);
    free(c->bucket);
    free(c->name);
    pt_gzip_close(c->in.stream);
    free(c->in.block);
    pt_intern_free(c->whole.index);
    free(c->whole.form);
    free(c->whole.doc_freq);
}

pt_status pt_shards_from_uci(const char *path, const char *vocab, const char *folder, uint32_t n_files,
                             const pt_monitor *monitor, pt_error *err) {
    cutting c = {.in = {.path = path, .block = pt_alloc(BLOCK, 1), .line = 1}, .n_files = n_files};
    pt_shard_writer *writer = NULL;
    pt_status status = pt_gzip_open(path, &c.in.stream, err);
    if (!status)
        status = read_head(&c, err);
    if (!status) {
        c.whole.V = (uint32_t)c.V;
        c.whole.doc_freq = pt_zalloc(c.V, sizeof *c.whole.doc_freq);
        status = vocab ? pt_corpus_read_vocab(vocab, &c.whole, err) : PT_OK;
    }
    if (!status)
        status = pt_shard_writer_open(folder, (uint32_t)c.D, (uint32_t)c.V, n_files, &writer, err);
    if (!status)
        status = open_buckets(&c, folder, err);
    if (!status)
        status = deal_triples(&c, monitor, err);
    if (!status)
        status = write_shards(&c, writer, monitor, err);
    if (!status)
        status = pt_shard_writer_close(writer, &c.whole, NULL, err);
    else
        pt_shard_writer_abandon(writer);
    close_all(&c);
    return status;
}
