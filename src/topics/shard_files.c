/* SPDX-License-Identifier: Apache-2.0 */
/* shard_files.c - writes a corpus shard by shard (format: shard_format.h). */
#include "topics/shard_files.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/shard_format.h"
#include "topics/shards.h"

#include <assert.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pt_shard_writer {
    char *folder;
    pt_shard_head head;
    pt_shard_entry *entry; /* [n_shards] */
    uint32_t next;         /* shard to be written */
    pt_writer *file;       /* being written; NULL between files */
    uint64_t offset;
    pt_hash *starts, *words, *flags; /* the parts of pt_corpus_digest */
};

char *pt_shard_path(const char *folder, uint32_t file) {
    char *name = pt_strfmt("corpus-%04u", file + 1), *path = pt_path_join(folder, name);
    free(name);
    return path;
}

pt_status pt_shard_writer_open(const char *folder, uint32_t D, uint32_t V, uint32_t n_files,
                               pt_shard_writer **out, pt_error *err) {
    *out = NULL;
    const pt_status status = pt_make_folder(folder, err);
    if (status)
        return status;
    pt_shard_writer *writer = pt_zalloc(1, sizeof *writer);
    writer->folder = pt_strdup(folder);
    const uint32_t n_shards = pt_shards_of(D);
    writer->head = (pt_shard_head){.version = PT_SHARD_VERSION,
                                   .D = D,
                                   .V = V,
                                   .n_shards = n_shards,
                                   .n_files = n_files < 1          ? 1
                                              : n_files > n_shards ? n_shards
                                                                   : n_files};
    memcpy(writer->head.magic, PT_SHARD_MAGIC, sizeof writer->head.magic);
    writer->entry = pt_zalloc(n_shards, sizeof *writer->entry);
    writer->starts = pt_hash_new();
    writer->words = pt_hash_new();
    writer->flags = pt_hash_new();
    const uint64_t zero = 0;
    pt_hash_add(writer->starts, &zero, sizeof zero);
    *out = writer;
    return PT_OK;
}

/* Files hold whole runs of shards. */
static uint32_t file_of(const pt_shard_head *head, uint32_t l) {
    return (uint32_t)((uint64_t)l * head->n_files / head->n_shards);
}

uint32_t pt_shard_writer_wants(const pt_shard_writer *writer) {
    const uint32_t l = writer->next;
    return l == writer->head.n_shards
               ? 0
               : pt_shard_document(writer->head.D, l + 1) - pt_shard_document(writer->head.D, l);
}

static void append_lengths(pt_shard_writer *writer, const pt_corpus *part, uint32_t first, uint32_t n,
                           pt_buf *bytes) {
    for (uint32_t d = first; d < first + n; d++) {
        const uint32_t length = (uint32_t)(part->doc_start[d + 1] - part->doc_start[d]);
        pt_buf_append(bytes, &length, sizeof length);
        const uint64_t end = writer->head.N + part->doc_start[d + 1] - part->doc_start[first];
        pt_hash_add(writer->starts, &end, sizeof end);
    }
}

static pt_status open_file(pt_shard_writer *writer, uint32_t file, pt_error *err) {
    char *path = pt_shard_path(writer->folder, file);
    const pt_status status = pt_writer_open(&writer->file, path, err);
    free(path);
    writer->offset = 0;
    return status;
}

static void append_counts(const uint64_t *start, uint32_t first, uint32_t n, pt_buf *bytes) {
    for (uint32_t d = first; d < first + n; d++) {
        const uint32_t count = (uint32_t)(start[d + 1] - start[d]);
        pt_buf_append(bytes, &count, sizeof count);
    }
}

static void append_patents(const pt_shard_patents *patents, uint32_t first, uint32_t n, pt_shard_entry *entry,
                           pt_buf *bytes) {
    const pt_code_evidence *codes = &patents->codes;
    const pt_table_evidence *table = &patents->table;
    const uint64_t code = codes->start[first], cell = table->start[first];
    entry->n_codes = codes->start[first + n] - code;
    entry->n_cells = table->start[first + n] - cell;
    append_counts(codes->start, first, n, bytes);
    append_counts(table->start, first, n, bytes);
    pt_buf_append(bytes, codes->code + code, entry->n_codes * sizeof *codes->code);
    pt_buf_append(bytes, table->item + cell, entry->n_cells * sizeof *table->item);
    pt_buf_append(bytes, table->value + cell, entry->n_cells * sizeof *table->value);
    pt_buf_append(bytes, patents->known + first, n * sizeof *patents->known);
}

pt_status pt_shard_writer_add(pt_shard_writer *writer, const pt_corpus *part, uint32_t first,
                              const pt_shard_patents *patents, pt_error *err) {
    const uint32_t l = writer->next, n = pt_shard_writer_wants(writer), file = file_of(&writer->head, l);
    assert(n > 0 && first + n <= part->D);
    pt_status status = writer->file ? PT_OK : open_file(writer, file, err);
    if (status)
        return status;
    const uint64_t at = part->doc_start[first], n_tokens = part->doc_start[first + n] - at;
    pt_shard_entry *entry = &writer->entry[l];
    *entry = (pt_shard_entry){.file = file, .n_docs = n, .offset = writer->offset, .n_tokens = n_tokens};
    pt_buf bytes = {0};
    append_lengths(writer, part, first, n, &bytes);
    pt_buf_append(&bytes, part->word + at, n_tokens * sizeof *part->word);
    if (patents) {
        writer->head.is_of_patents = 1;
        writer->head.n_codes = patents->codes.n_codes;
        append_patents(patents, first, n, entry, &bytes);
    }
    pt_buf_append(&bytes, part->flags + at, n_tokens);
    pt_hash_add(writer->words, part->word + at, n_tokens * sizeof *part->word);
    pt_hash_add(writer->flags, part->flags + at, n_tokens);
    char hex[65];
    pt_digest(bytes.at, bytes.n, hex);
    memcpy(entry->digest, hex, sizeof entry->digest);
    pt_writer_bytes(writer->file, bytes.at, bytes.n);
    writer->offset += bytes.n;
    writer->head.N += n_tokens;
    pt_buf_free(&bytes);
    writer->next++;
    if (writer->next == writer->head.n_shards || file_of(&writer->head, writer->next) != file) {
        status = pt_writer_close(writer->file, err);
        writer->file = NULL;
    }
    return status;
}

static void discard(pt_shard_writer *writer) {
    pt_writer_abandon(writer->file);
    free(writer->folder);
    free(writer->entry);
    free(writer);
}

void pt_shard_writer_abandon(pt_shard_writer *writer) {
    if (!writer)
        return;
    char unused[65];
    pt_hash_end(writer->starts, unused);
    pt_hash_end(writer->words, unused);
    pt_hash_end(writer->flags, unused);
    discard(writer);
}

/* As pt_corpus_digest. */
static void end_digest(pt_shard_writer *writer) {
    char hex[65];
    pt_buf sums = {0};
    pt_buf_printf(&sums, "%u %u %llu ", writer->head.D, writer->head.V, (unsigned long long)writer->head.N);
    pt_hash *const hash[] = {writer->starts, writer->words, writer->flags};
    for (size_t i = 0; i < sizeof hash / sizeof *hash; i++) {
        pt_hash_end(hash[i], hex);
        pt_buf_puts(&sums, hex);
    }
    pt_digest(sums.at, sums.n, hex);
    memcpy(writer->head.corpus_digest, hex, sizeof writer->head.corpus_digest);
    pt_buf_free(&sums);
}

static void append_taught(const pt_taught *taught, pt_buf *bytes) {
    append_counts(taught->start, 0, taught->V, bytes);
    const uint64_t n = taught->start[taught->V];
    pt_buf_append(bytes, taught->item, n * sizeof *taught->item);
    pt_buf_append(bytes, taught->mass, n * sizeof *taught->mass);
    if (taught->share)
        pt_buf_append(bytes, taught->share, taught->V * sizeof *taught->share);
}

static void append_seeds(const pt_seeds *seeds, pt_shard_head *head, pt_buf *bytes) {
    const uint32_t K = seeds->n_items;
    pt_buf_append(bytes, seeds->start, ((size_t)K + 1) * sizeof *seeds->start);
    pt_buf_append(bytes, seeds->word, head->n_seeds * sizeof *seeds->word);
    pt_buf_append(bytes, seeds->weight, head->n_seeds * sizeof *seeds->weight);
    pt_buf_append(bytes, seeds->negative_start, ((size_t)K + 1) * sizeof *seeds->negative_start);
    pt_buf_append(bytes, seeds->negative_word, head->n_negative * sizeof *seeds->negative_word);
    pt_buf_append(bytes, seeds->negative_weight, head->n_negative * sizeof *seeds->negative_weight);
    if (seeds->taught)
        append_taught(seeds->taught, bytes);
    if (seeds->written)
        append_taught(seeds->written, bytes);
    for (uint32_t k = 0; k < K; k++) {
        const uint8_t is_method = seeds->is_method[k];
        pt_buf_append(bytes, &is_method, 1);
    }
}

static void append_head(pt_shard_writer *writer, const pt_corpus *whole, const pt_seeds *seeds,
                        pt_buf *bytes) {
    pt_shard_head *head = &writer->head;
    head->n_items = seeds ? seeds->n_items : 0;
    head->n_seeds = seeds ? seeds->start[seeds->n_items] : 0;
    head->has_taught = seeds && seeds->taught;
    head->n_taught = head->has_taught ? seeds->taught->start[head->V] : 0;
    head->has_written = seeds && seeds->written;
    head->n_written = head->has_written ? seeds->written->start[head->V] : 0;
    head->n_negative = seeds ? seeds->negative_start[seeds->n_items] : 0;
    for (uint32_t w = 0; whole->form && w < head->V; w++)
        head->form_bytes += strlen(whole->form[w]) + 1;
    pt_buf_append(bytes, head, sizeof *head);
    pt_buf_append(bytes, writer->entry, head->n_shards * sizeof *writer->entry);
    pt_buf_append(bytes, whole->doc_freq, head->V * sizeof *whole->doc_freq);
    if (seeds)
        append_seeds(seeds, head, bytes);
    for (uint32_t w = 0; whole->form && w < head->V; w++)
        pt_buf_append(bytes, whole->form[w], strlen(whole->form[w]) + 1);
}

pt_status pt_shard_writer_close(pt_shard_writer *writer, const pt_corpus *whole, const pt_seeds *seeds,
                                pt_error *err) {
    assert(writer->next == writer->head.n_shards);
    end_digest(writer);
    pt_buf bytes = {0};
    append_head(writer, whole, seeds, &bytes);
    char hex[65], *path = pt_path_join(writer->folder, "corpus.head");
    pt_digest(bytes.at, bytes.n, hex);
    pt_writer *file = NULL;
    pt_status status = pt_writer_open(&file, path, err);
    if (!status) {
        pt_writer_bytes(file, bytes.at, bytes.n);
        pt_writer_bytes(file, hex, PT_SHARD_DIGEST);
        status = pt_writer_close(file, err);
    }
    free(path);
    pt_buf_free(&bytes);
    discard(writer);
    return status;
}

pt_status pt_shards_write(const char *folder, const pt_corpus *corpus, const pt_seeds *seeds,
                          const pt_shard_patents *patents, uint32_t n_files, pt_error *err) {
    pt_shard_writer *writer = NULL;
    pt_status status = pt_shard_writer_open(folder, corpus->D, corpus->V, n_files, &writer, err);
    uint32_t n = 0;
    for (uint32_t d = 0; !status && (n = pt_shard_writer_wants(writer)) > 0; d += n)
        status = pt_shard_writer_add(writer, corpus, d, patents, err);
    if (!status)
        return pt_shard_writer_close(writer, corpus, seeds, err);
    pt_shard_writer_abandon(writer);
    return status;
}

void pt_shards_remove(const char *folder) {
    DIR *entries = opendir(folder);
    if (!entries)
        return;
    for (const struct dirent *entry; (entry = readdir(entries));)
        if (strncmp(entry->d_name, "corpus-", 7) == 0 || strcmp(entry->d_name, "corpus.head") == 0) {
            char *path = pt_path_join(folder, entry->d_name);
            unlink(path);
            free(path);
        }
    closedir(entries);
    rmdir(folder); /* stays when something else is in it */
}
