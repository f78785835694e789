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
    pt_evidence_free(set->evidence);
    free(set->known);
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
    const bool is_good = memcmp(hex, in->bytes + in->n_bytes - PT_SHARD_DIGEST, PT_SHARD_DIGEST) == 0 &&
                         head->D > 0 && head->V > 0 && head->V < INT32_MAX &&
                         head->n_shards == pt_shards_of(head->D) && head->per_document <= PT_EVIDENCE_ITEMS &&
                         head->n_items < UINT16_MAX &&
                         (head->per_document == 0 || head->per_document <= head->n_items) &&
                         head->n_files <= head->n_shards && head->has_known <= 1;
    in->entry = is_good ? take(in, head->n_shards, sizeof *in->entry) : NULL;
    return in->entry ? PT_OK : damaged(in, err);
}

static void *copy_of(const void *from, uint64_t n, size_t size) {
    void *to = pt_alloc(n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

static pt_status take_seeds(reading *in, pt_error *err) {
    const pt_shard_head *head = &in->head;
    if (head->n_items == 0)
        return PT_OK;
    const uint32_t *start = take(in, (uint64_t)head->n_items + 1, sizeof *start);
    const uint32_t *word = take(in, head->n_seeds, sizeof *word);
    const float *weight = take(in, head->n_seeds, sizeof *weight);
    bool is_good = start && word && weight && start[0] == 0 && start[head->n_items] == head->n_seeds;
    for (uint32_t k = 0; is_good && k < head->n_items; k++)
        is_good = start[k] <= start[k + 1];
    for (uint32_t i = 0; is_good && i < head->n_seeds; i++)
        is_good = word[i] < head->V && weight[i] > 0 && isfinite(weight[i]);
    if (!is_good)
        return damaged(in, err);
    pt_seeds *seeds = pt_zalloc(1, sizeof *seeds);
    seeds->n_items = head->n_items;
    seeds->start = copy_of(start, (uint64_t)head->n_items + 1, sizeof *start);
    seeds->word = copy_of(word, head->n_seeds, sizeof *word);
    seeds->weight = copy_of(weight, head->n_seeds, sizeof *weight);
    seeds->negative_start = pt_zalloc((size_t)head->n_items + 1, sizeof *seeds->negative_start);
    seeds->negative_word = pt_alloc(0, sizeof *seeds->negative_word);
    seeds->negative_weight = pt_alloc(0, sizeof *seeds->negative_weight);
    seeds->is_method = pt_zalloc(head->n_items, sizeof *seeds->is_method);
    in->out->seeds = seeds;
    return PT_OK;
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

/* Room for this rank's documents; their number is checked against the shards, their tokens against the head.
 */
static pt_status make_room(reading *in, pt_error *err) {
    const pt_shard_head *head = &in->head;
    uint64_t N = 0, all = 0;
    for (uint32_t l = 0; l < head->n_shards; l++) {
        const pt_shard_entry *entry = &in->entry[l];
        if (entry->n_docs != pt_shard_document(head->D, l + 1) - pt_shard_document(head->D, l) ||
            entry->n_tokens > head->N - all)
            return damaged(in, err);
        all += entry->n_tokens;
        N += l >= in->begin && l < in->end ? entry->n_tokens : 0;
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
    if (head->has_known)
        in->out->known = pt_alloc(corpus->D, sizeof *in->out->known);
    if (head->per_document == 0)
        return PT_OK;
    pt_evidence *evidence = in->out->evidence = pt_zalloc(1, sizeof *evidence);
    evidence->D = corpus->D;
    evidence->V = corpus->V;
    evidence->n_items = head->n_items;
    evidence->per_document = head->per_document;
    const size_t n = (size_t)corpus->D * head->per_document;
    evidence->item = pt_alloc(n, sizeof *evidence->item);
    evidence->q = pt_alloc(n, sizeof *evidence->q);
    return PT_OK;
}

static bool fill_documents(reading *in, const pt_shard_entry *entry, const char *bytes, uint32_t d) {
    pt_corpus *corpus = in->out->corpus;
    uint64_t at = corpus->doc_start[d];
    for (uint32_t i = 0; i < entry->n_docs; i++) {
        uint32_t length;
        memcpy(&length, bytes + i * sizeof length, sizeof length);
        if (length > entry->n_tokens - (at - corpus->doc_start[d]))
            return false;
        at += length;
        corpus->doc_start[d + i + 1] = at;
    }
    bytes += entry->n_docs * sizeof(uint32_t);
    if (at - corpus->doc_start[d] != entry->n_tokens)
        return false;
    const uint64_t first = corpus->doc_start[d];
    memcpy(corpus->word + first, bytes, entry->n_tokens * sizeof *corpus->word);
    bytes += entry->n_tokens * sizeof *corpus->word;
    for (uint64_t t = first; t < at; t++)
        if (corpus->word[t] >= corpus->V)
            return false;
    const size_t M = in->head.per_document, n = entry->n_docs * M;
    pt_evidence *evidence = in->out->evidence;
    if (evidence) {
        memcpy(evidence->item + d * M, bytes, n * sizeof *evidence->item);
        memcpy(evidence->q + d * M, bytes + n * sizeof *evidence->item, n * sizeof *evidence->q);
        bytes += n * (sizeof *evidence->item + sizeof *evidence->q);
        for (size_t i = d * M; i < d * M + n; i++)
            if (evidence->item[i] >= evidence->n_items || !(evidence->q[i] >= 0 && evidence->q[i] <= 1.001f))
                return false;
    }
    if (in->out->known) {
        memcpy(in->out->known + d, bytes, entry->n_docs * sizeof *in->out->known);
        bytes += entry->n_docs * sizeof *in->out->known;
    }
    memcpy(corpus->flags + first, bytes, entry->n_tokens);
    return true;
}

static pt_status read_shard(reading *in, uint32_t l, uint32_t d, pt_error *err) {
    const pt_shard_entry *entry = &in->entry[l];
    const size_t n = (size_t)entry->n_docs * (4 + 8 * ((size_t)in->head.per_document + in->head.has_known)) +
                     entry->n_tokens * 5;
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
