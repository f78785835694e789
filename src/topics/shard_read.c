/* SPDX-License-Identifier: Apache-2.0 */
/* shard_read.c - reads a rank's own shards (format: shard_format.h) and believes nothing: sizes are checked
 * against the bytes that are there before anything is allocated, indices before anyone can use them. */
#include "topics/shard_files.h"

#include "base/file.h"
#include "base/mem.h"
#include "topics/ranks.h"
#include "topics/shard_format.h"
#include "topics/shards.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CODES = 64 }; /* a document, subclasses counted apart */

typedef struct reading {
    const char *folder;
    char *head_path, *bytes;
    size_t n_bytes, at; /* of corpus.head */
    pt_shard_head head;
    const pt_shard_entry *entry; /* [n_shards] */
    uint32_t begin, end;         /* shards of this rank */
    pt_shard_set *out;
} reading;

bool pt_shards_are_there(const char *folder) {
    char *path = pt_path_join(folder, "corpus.head");
    const bool are_there = pt_file_exists(path);
    free(path);
    return are_there;
}

void pt_shard_set_free(pt_shard_set *set) {
    pt_corpus_free(set->corpus);
    pt_seeds_free(set->seeds);
    free(set->patents.known);
    free(set->patents.codes.start);
    free(set->patents.codes.code);
    free(set->patents.table.start);
    free(set->patents.table.item);
    free(set->patents.table.value);
    *set = (pt_shard_set){0};
}

static pt_status damaged(const reading *in, pt_error *err) {
    return pt_fail(err, PT_ERR_DATA, "%s: damaged; make the shards again with `patopic shard`",
                   in->head_path);
}

/* The next n elements of the head; NULL when there are no such many. */
static const void *take(reading *in, uint64_t n, size_t size) {
    const size_t left = in->n_bytes - PT_SHARD_DIGEST - in->at;
    if (n > left / size)
        return NULL;
    const void *taken = in->bytes + in->at;
    in->at += (size_t)n * size;
    return taken;
}

static pt_status open_head(reading *in, pt_error *err) {
    const pt_status status = pt_file_read(in->head_path, &in->bytes, &in->n_bytes, err);
    if (status)
        return status;
    pt_shard_head *head = &in->head;
    if (in->n_bytes < sizeof *head + PT_SHARD_DIGEST ||
        memcmp(in->bytes, PT_SHARD_MAGIC, sizeof head->magic) != 0)
        return pt_fail(err, PT_ERR_DATA, "%s: not the head of a sharded corpus", in->head_path);
    memcpy(head, take(in, 1, sizeof *head), sizeof *head);
    if (head->version != PT_SHARD_VERSION)
        return pt_fail(err, PT_ERR_DATA, "%s: version %u, but this program reads %d: make the shards again",
                       in->head_path, head->version, PT_SHARD_VERSION);
    char hex[65];
    pt_digest(in->bytes, in->n_bytes - PT_SHARD_DIGEST, hex);
    const bool is_good =
        memcmp(hex, in->bytes + in->n_bytes - PT_SHARD_DIGEST, PT_SHARD_DIGEST) == 0 && head->D > 0 &&
        head->V > 0 && head->V < INT32_MAX && head->n_shards == pt_shards_of(head->D) &&
        head->n_items < UINT16_MAX && head->n_files <= head->n_shards && head->is_of_patents <= 1 &&
        head->has_taught <= 1 && head->has_written <= 1 && (!head->is_of_patents || head->n_items > 0);
    in->entry = is_good ? take(in, head->n_shards, sizeof *in->entry) : NULL;
    return in->entry ? PT_OK : damaged(in, err);
}

static void *copy_of(const void *from, uint64_t n, size_t size) {
    void *to = pt_alloc(n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

/* Words by item, n in all. */
static bool take_words(reading *in, uint32_t n, uint32_t **start, uint32_t **word, float **weight) {
    const pt_shard_head *head = &in->head;
    const uint32_t *from = take(in, (uint64_t)head->n_items + 1, sizeof *from);
    const uint32_t *words = take(in, n, sizeof *words);
    const float *weights = take(in, n, sizeof *weights);
    bool is_good = from && words && weights && from[0] == 0 && from[head->n_items] == n;
    for (uint32_t k = 0; is_good && k < head->n_items; k++)
        is_good = from[k] <= from[k + 1];
    for (uint32_t i = 0; is_good && i < n; i++)
        is_good = words[i] < head->V && weights[i] > 0 && isfinite(weights[i]);
    if (!is_good)
        return false;
    *start = copy_of(from, (uint64_t)head->n_items + 1, sizeof *from);
    *word = copy_of(words, n, sizeof *words);
    *weight = copy_of(weights, n, sizeof *weights);
    return true;
}

/* Offsets of the n lists behind start[first], from how much each has; `all` in sum. */
static bool fill_offsets(uint64_t *start, uint32_t first, uint32_t n, uint64_t all, const void *lengths) {
    const char *at = lengths;
    for (uint32_t i = first; i < first + n; i++) {
        uint32_t length;
        memcpy(&length, at + (i - first) * sizeof length, sizeof length);
        if (length > all - (start[i] - start[first]))
            return false;
        start[i + 1] = start[i] + length;
    }
    return start[first + n] - start[first] == all;
}

/* Words taught, with their shares, or written for codes, without; n in all. */
static bool take_taught(reading *in, uint64_t n, bool has_share, pt_taught **out) {
    const pt_shard_head *head = &in->head;
    const uint32_t *counts = take(in, head->V, sizeof *counts), *item = take(in, n, sizeof *item);
    const float *mass = take(in, n, sizeof *mass),
                *share = has_share ? take(in, head->V, sizeof *share) : NULL;
    if (!counts || !item || !mass || (has_share && !share))
        return false;
    pt_taught *taught = *out = pt_zalloc(1, sizeof *taught);
    taught->V = head->V;
    taught->start = pt_zalloc((size_t)head->V + 1, sizeof *taught->start);
    taught->item = copy_of(item, n, sizeof *item);
    taught->mass = copy_of(mass, n, sizeof *mass);
    taught->share = share ? copy_of(share, head->V, sizeof *share) : NULL;
    bool is_good = fill_offsets(taught->start, 0, head->V, n, counts);
    for (uint64_t i = 0; is_good && i < n; i++)
        is_good = item[i] < head->n_items && mass[i] >= 0 && isfinite(mass[i]);
    for (uint32_t w = 0; is_good && share && w < head->V; w++)
        is_good = isfinite(share[w]) && (taught->start[w] == taught->start[w + 1] || share[w] > 0);
    return is_good;
}

static pt_status take_seeds(reading *in, pt_error *err) {
    const pt_shard_head *head = &in->head;
    if (head->n_items == 0)
        return PT_OK;
    pt_seeds *seeds = in->out->seeds = pt_zalloc(1, sizeof *seeds);
    seeds->n_items = head->n_items;
    if (!take_words(in, head->n_seeds, &seeds->start, &seeds->word, &seeds->weight) ||
        !take_words(in, head->n_negative, &seeds->negative_start, &seeds->negative_word,
                    &seeds->negative_weight))
        return damaged(in, err);
    if (head->has_taught && !take_taught(in, head->n_taught, true, &seeds->taught))
        return damaged(in, err);
    if (head->has_written && !take_taught(in, head->n_written, false, &seeds->written))
        return damaged(in, err);
    const uint8_t *is_method = take(in, head->n_items, 1);
    seeds->is_method = pt_zalloc(head->n_items, sizeof *seeds->is_method);
    for (uint32_t k = 0; is_method && k < head->n_items; k++)
        seeds->is_method[k] = is_method[k];
    return is_method ? PT_OK : damaged(in, err);
}

static pt_status take_forms(reading *in, bool is_wanted, pt_error *err) {
    const char *form = take(in, in->head.form_bytes, 1);
    if (!form || in->at != in->n_bytes - PT_SHARD_DIGEST)
        return damaged(in, err);
    if (in->head.form_bytes == 0 || !is_wanted)
        return PT_OK;
    pt_corpus *corpus = in->out->corpus;
    const char *const end = form + in->head.form_bytes;
    corpus->index = pt_intern_new();
    corpus->form = pt_zalloc(corpus->V, sizeof *corpus->form);
    for (uint32_t w = 0; w < corpus->V; w++) {
        const char *stop = form < end ? memchr(form, '\0', (size_t)(end - form)) : NULL;
        if (!stop || pt_intern_add(corpus->index, form, (size_t)(stop - form)) != w)
            return damaged(in, err);
        form = stop + 1;
    }
    for (uint32_t w = 0; w < corpus->V; w++)
        corpus->form[w] = (char *)(uintptr_t)pt_intern_text(corpus->index, w);
    return form == end ? PT_OK : damaged(in, err);
}

static void make_room_for_patents(reading *in, uint64_t n_codes, uint64_t n_cells) {
    pt_shard_patents *patents = &in->out->patents;
    const size_t D = in->out->corpus->D;
    in->out->is_of_patents = true;
    patents->known = pt_alloc(D, sizeof *patents->known);
    patents->codes.n_codes = in->head.n_codes;
    patents->codes.start = pt_zalloc(D + 1, sizeof *patents->codes.start);
    patents->codes.code = pt_alloc(n_codes, sizeof *patents->codes.code);
    patents->table.start = pt_zalloc(D + 1, sizeof *patents->table.start);
    patents->table.item = pt_alloc(n_cells, sizeof *patents->table.item);
    patents->table.value = pt_alloc(n_cells, sizeof *patents->table.value);
}

/* Bytes of a shard. */
static size_t bytes_of(const reading *in, const pt_shard_entry *entry) {
    return entry->n_docs * (4 + (in->head.is_of_patents ? 16 : 0)) + entry->n_tokens * 5 +
           entry->n_codes * 4 + entry->n_cells * 8;
}

/* Room for this rank's documents; their number is checked against the shards, their tokens against the head.
 */
static pt_status make_room(reading *in, pt_error *err) {
    const pt_shard_head *head = &in->head;
    uint64_t N = 0, all = 0, n_codes = 0, n_cells = 0;
    for (uint32_t l = 0; l < head->n_shards; l++) {
        const pt_shard_entry *entry = &in->entry[l];
        if (entry->n_docs != pt_shard_document(head->D, l + 1) - pt_shard_document(head->D, l) ||
            entry->n_tokens > head->N - all || entry->n_codes > MOST_CODES * entry->n_docs ||
            entry->n_cells > (uint64_t)head->n_items * entry->n_docs)
            return damaged(in, err);
        all += entry->n_tokens;
        if (l < in->begin || l >= in->end)
            continue;
        N += entry->n_tokens;
        n_codes += entry->n_codes;
        n_cells += entry->n_cells;
    }
    const uint32_t *doc_freq = take(in, head->V, sizeof *doc_freq);
    if (all != head->N || !doc_freq)
        return damaged(in, err);
    pt_corpus *corpus = in->out->corpus = pt_zalloc(1, sizeof *corpus);
    corpus->V = head->V;
    corpus->first_doc = pt_shard_document(head->D, in->begin);
    corpus->D = pt_shard_document(head->D, in->end) - corpus->first_doc;
    corpus->total_docs = head->D;
    memcpy(corpus->digest, head->corpus_digest, PT_SHARD_DIGEST);
    corpus->doc_start = pt_zalloc((size_t)corpus->D + 1, sizeof *corpus->doc_start);
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_alloc(N, sizeof *corpus->flags);
    corpus->doc_freq = copy_of(doc_freq, head->V, sizeof *doc_freq);
    if (head->is_of_patents)
        make_room_for_patents(in, n_codes, n_cells);
    return PT_OK;
}

/* NULL when something is out of range; else what follows. */
static const char *fill_patents(reading *in, const pt_shard_entry *entry, const char *bytes, uint32_t d) {
    pt_code_evidence *codes = &in->out->patents.codes;
    pt_table_evidence *table = &in->out->patents.table;
    const size_t counts = entry->n_docs * sizeof(uint32_t);
    if (!fill_offsets(codes->start, d, entry->n_docs, entry->n_codes, bytes) ||
        !fill_offsets(table->start, d, entry->n_docs, entry->n_cells, bytes + counts))
        return NULL;
    bytes += 2 * counts;
    uint32_t *code = codes->code + codes->start[d], *item = table->item + table->start[d];
    float *value = table->value + table->start[d];
    memcpy(code, bytes, entry->n_codes * sizeof *code);
    bytes += entry->n_codes * sizeof *code;
    memcpy(item, bytes, entry->n_cells * sizeof *item);
    bytes += entry->n_cells * sizeof *item;
    memcpy(value, bytes, entry->n_cells * sizeof *value);
    bytes += entry->n_cells * sizeof *value;
    for (uint64_t i = 0; i < entry->n_codes; i++)
        if (code[i] >= codes->n_codes)
            return NULL;
    for (uint64_t i = 0; i < entry->n_cells; i++)
        if (item[i] >= in->head.n_items || !(value[i] >= 0 && isfinite(value[i])))
            return NULL;
    memcpy(in->out->patents.known + d, bytes, entry->n_docs * sizeof *in->out->patents.known);
    return bytes + entry->n_docs * sizeof *in->out->patents.known;
}

static bool fill_documents(reading *in, const pt_shard_entry *entry, const char *bytes, uint32_t d) {
    pt_corpus *corpus = in->out->corpus;
    const uint64_t first = corpus->doc_start[d], at = first + entry->n_tokens;
    if (!fill_offsets(corpus->doc_start, d, entry->n_docs, entry->n_tokens, bytes))
        return false;
    bytes += entry->n_docs * sizeof(uint32_t);
    memcpy(corpus->word + first, bytes, entry->n_tokens * sizeof *corpus->word);
    bytes += entry->n_tokens * sizeof *corpus->word;
    for (uint64_t t = first; t < at; t++)
        if (corpus->word[t] >= corpus->V)
            return false;
    if (in->out->is_of_patents && !(bytes = fill_patents(in, entry, bytes, d)))
        return false;
    memcpy(corpus->flags + first, bytes, entry->n_tokens);
    return true;
}

static pt_status read_shard(reading *in, uint32_t l, uint32_t d, pt_error *err) {
    const pt_shard_entry *entry = &in->entry[l];
    const size_t n = bytes_of(in, entry);
    char *path = pt_shard_path(in->folder, entry->file), *bytes = pt_alloc(n, 1), hex[65];
    pt_status status = pt_file_read_part(path, entry->offset, bytes, n, err);
    if (!status) {
        pt_digest(bytes, n, hex);
        if (memcmp(hex, entry->digest, PT_SHARD_DIGEST) != 0 || !fill_documents(in, entry, bytes, d))
            status = pt_fail(err, PT_ERR_DATA,
                             "%s: damaged at byte %llu; make the shards again with `patopic shard`", path,
                             (unsigned long long)entry->offset);
    }
    free(bytes);
    free(path);
    return status;
}

pt_status pt_shards_read(const char *folder, int rank, int size, pt_shard_set *out, pt_error *err) {
    *out = (pt_shard_set){0};
    reading in = {.folder = folder, .head_path = pt_path_join(folder, "corpus.head"), .out = out};
    pt_status status = open_head(&in, err);
    if (!status) {
        in.begin = (uint32_t)pt_ranks_first(in.head.n_shards, rank, size);
        in.end = (uint32_t)pt_ranks_first(in.head.n_shards, rank + 1, size);
        status = make_room(&in, err);
    }
    if (!status)
        status = take_seeds(&in, err);
    if (!status)
        status = take_forms(&in, rank == 0, err);
    uint32_t d = 0;
    for (uint32_t l = in.begin; l < in.end && !status; l++) {
        status = read_shard(&in, l, d, err);
        d += in.entry[l].n_docs;
    }
    free(in.head_path);
    free(in.bytes);
    if (status)
        pt_shard_set_free(out);
    return status;
}
