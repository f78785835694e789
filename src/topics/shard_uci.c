/* SPDX-License-Identifier: Apache-2.0 */
/* shard_uci.c - a UCI bag of words into shards without holding it: the triples go to one temporary file a
 * shard file, by document; then each of these is read back, put in order and written as shards. */
#include "topics/shard_files.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "topics/shards.h"
#include "topics/uci.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 4096 };

typedef struct cutting {
    pt_uci *uci;
    uint32_t D, V;
    uint32_t n_files;
    uint32_t *first; /* [n_files + 1] first document of each file */
    FILE **bucket;   /* [n_files] */
    char **name;     /* [n_files] */
    pt_corpus whole; /* doc_freq, form */
} cutting;

static pt_status open_buckets(cutting *c, const char *folder, pt_error *err) {
    const uint32_t D = c->D, n_shards = pt_shards_of(D);
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

static pt_status deal_triples(cutting *c, const pt_monitor *monitor, pt_error *err) {
    pt_uci_triple *triple = pt_alloc(BATCH, sizeof *triple);
    pt_status status = PT_OK;
    uint64_t n_read = 0;
    for (size_t n = 1; n > 0 && !status;) {
        status = pt_uci_read(c->uci, triple, BATCH, &n, err);
        for (size_t i = 0; i < n && !status; i++) {
            const uint32_t f = bucket_of(c, triple[i].document);
            if (fwrite(&triple[i], sizeof *triple, 1, c->bucket[f]) != 1)
                status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot write", c->name[f]);
            c->whole.doc_freq[triple[i].word]++;
        }
        n_read += n;
        pt_progress(monitor, "shard", n_read, pt_uci_triples(c->uci));
        if (!status && pt_stop_requested(monitor))
            status = pt_fail(err, PT_ERR_AGAIN, "stopped on request; nothing was made");
    }
    free(triple);
    return status;
}

/* The documents of one file, tokens in the order of the triples. */
static pt_status read_bucket(const cutting *c, uint32_t f, pt_corpus *part, pt_error *err) {
    *part = (pt_corpus){.D = c->first[f + 1] - c->first[f], .V = c->V};
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
        for (pt_uci_triple t; fread(&t, sizeof t, 1, c->bucket[f]) == 1;)
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
    pt_uci_close(c->uci);
    pt_intern_free(c->whole.index);
    free(c->whole.form);
    free(c->whole.doc_freq);
}

pt_status pt_shards_from_uci(const char *path, const char *vocab, const char *folder, uint32_t n_files,
                             const pt_monitor *monitor, pt_error *err) {
    cutting c = {.n_files = n_files};
    pt_shard_writer *writer = NULL;
    pt_status status = pt_uci_open(path, &c.uci, err);
    if (!status) {
        c.D = pt_uci_documents(c.uci);
        c.V = c.whole.V = pt_uci_words(c.uci);
        c.whole.doc_freq = pt_zalloc(c.V, sizeof *c.whole.doc_freq);
        status = vocab ? pt_corpus_read_vocab(vocab, &c.whole, err) : PT_OK;
    }
    if (!status)
        status = pt_shard_writer_open(folder, c.D, c.V, n_files, &writer, err);
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
