/* SPDX-License-Identifier: Apache-2.0 */
/* model_file.c - the model on disk: magic, version, sizes, then each array in one go, little-endian, and a
 * SHA-256 over all before it. Format 3 added what judges later documents; 2 is read as a model without. The
 * loader believes nothing: sizes are checked against the bytes that are there before anything is allocated,
 * indices before anyone can use them. */
#include "topics/model.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/frozen.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the model file is little-endian; swap bytes in put() and get() here"
#endif

static const char MAGIC[8] = "PTMODEL\n";
enum { VERSION = 3, OLDEST = 2, DIGEST_BYTES = 64 };

/* Every fixed-size field, in file order; sizes first, so that the loader can check the rest. */
typedef struct header {
    char magic[8];
    uint32_t version, K, n_items, D, V, n_sweeps, title_weight, has_forms;
    uint64_t N, seed, n_cells, form_bytes;
    uint32_t n_pairs, unused;
    double beta, lambda, keyword_mass, gamma0, gamma1;
    char corpus_digest[DIGEST_BYTES];
    /* since format 3 */
    uint32_t n_known, has_frozen, n_outside, unused_too;
    uint64_t n_frozen_cells, n_frozen_uses, n_outside_uses;
    float per_T, seed_weight, code_weight, unused_number;
    char items_digest[DIGEST_BYTES], words_digest[DIGEST_BYTES], fit_digest[DIGEST_BYTES];
} header;

static size_t header_bytes(uint32_t version) {
    return version >= 3 ? sizeof(header) : offsetof(header, n_known);
}

static header header_of(const pt_model *model) {
    header head = {.version = VERSION,
                   .K = model->K,
                   .n_items = model->n_items,
                   .D = model->D,
                   .V = model->V,
                   .n_sweeps = model->n_sweeps,
                   .title_weight = model->title_weight,
                   .has_forms = model->form != NULL,
                   .N = model->N,
                   .seed = model->seed,
                   .n_cells = model->word_start[model->V],
                   .n_pairs = model->keyword_start[model->n_items],
                   .beta = model->beta,
                   .lambda = model->lambda,
                   .keyword_mass = model->keyword_mass,
                   .gamma0 = model->gamma0,
                   .gamma1 = model->gamma1};
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    memcpy(head.corpus_digest, model->corpus_digest, DIGEST_BYTES);
    for (uint32_t w = 0; model->form && w < model->V; w++)
        head.form_bytes += strlen(model->form[w]) + 1;
    head.n_known = model->n_known;
    const pt_frozen *frozen = model->frozen;
    if (!frozen)
        return head;
    head.has_frozen = 1;
    head.n_outside = frozen->n_outside;
    head.n_frozen_cells = frozen->cell_start[model->V];
    head.n_frozen_uses = frozen->use_start[model->V];
    head.n_outside_uses = frozen->outside_start[model->V];
    head.per_T = frozen->per_T;
    head.seed_weight = frozen->seed_weight;
    head.code_weight = frozen->code_weight;
    memcpy(head.items_digest, frozen->items_digest, DIGEST_BYTES);
    memcpy(head.words_digest, frozen->words_digest, DIGEST_BYTES);
    memcpy(head.fit_digest, frozen->fit_digest, DIGEST_BYTES);
    return head;
}

/* The arrays behind the header: one list for writing, sizing and reading. */
typedef struct array {
    void **at;
    uint64_t count;
    size_t size;
} array;

enum { FIRST_OF_EVIDENCE = 13, N_ARRAYS = 24 };

/* frozen: where the arrays of the evidence are, with has_frozen alone. */
static void list_arrays(pt_model *model, pt_frozen *frozen, const header *head, array list[N_ARRAYS]) {
    const uint64_t n_theta = (uint64_t)head->D * PT_MODEL_TOPICS, is_frozen = head->has_frozen != 0;
    const uint64_t n_items = is_frozen * head->n_items, n_words = is_frozen * head->V,
                   n_starts = is_frozen * ((uint64_t)head->V + 1);
    const array all[N_ARRAYS] = {
        {(void **)&model->alpha, head->K, sizeof *model->alpha},
        {(void **)&model->word_start, (uint64_t)head->V + 1, sizeof *model->word_start},
        {(void **)&model->topic_total, head->K, sizeof *model->topic_total},
        {(void **)&model->sweep, head->n_sweeps, sizeof *model->sweep},
        {(void **)&model->count, head->n_cells, sizeof *model->count},
        {(void **)&model->keyword_start, (uint64_t)head->n_items + 1, sizeof *model->keyword_start},
        {(void **)&model->keyword, head->n_pairs, sizeof *model->keyword},
        {(void **)&model->keyword_strength, head->n_pairs, sizeof *model->keyword_strength},
        {(void **)&model->keyword_count, head->n_pairs, sizeof *model->keyword_count},
        {(void **)&model->theta, n_theta, sizeof *model->theta},
        {(void **)&model->topic, head->n_cells, sizeof *model->topic},
        {(void **)&model->theta_topic, n_theta, sizeof *model->theta_topic},
        {(void **)&model->known, head->n_known, sizeof *model->known},
        {(void **)&frozen->log_size, n_items, sizeof *frozen->log_size},
        {(void **)&frozen->scale, n_items, sizeof *frozen->scale},
        {(void **)&frozen->prior, n_words, sizeof *frozen->prior},
        {(void **)&frozen->share, n_words, sizeof *frozen->share},
        {(void **)&frozen->cell_start, n_starts, sizeof *frozen->cell_start},
        {(void **)&frozen->cell_item, head->n_frozen_cells, sizeof *frozen->cell_item},
        {(void **)&frozen->cell_mass, head->n_frozen_cells, sizeof *frozen->cell_mass},
        {(void **)&frozen->use_start, n_starts, sizeof *frozen->use_start},
        {(void **)&frozen->use, head->n_frozen_uses, sizeof *frozen->use},
        {(void **)&frozen->outside_start, n_starts, sizeof *frozen->outside_start},
        {(void **)&frozen->outside, head->n_outside_uses, sizeof *frozen->outside},
    };
    memcpy(list, all, sizeof all);
}

/* A file and the digest of what has gone into it. */
typedef struct output {
    pt_writer *writer;
    pt_hash *hash;
} output;

static void put(output *out, const void *bytes, size_t n) {
    if (n == 0)
        return;
    pt_writer_bytes(out->writer, bytes, n);
    pt_hash_add(out->hash, bytes, n);
}

/* An array of which every rank has the part of its own documents: rank 0 puts them one behind the other, a
 * few at a time; an empty message ends a rank's part. */
static void put_shared(output *out, pt_ranks *ranks, const char *bytes, uint64_t n) {
    enum { AT_ONCE = 1 << 24 };
    const int rank = pt_ranks_rank(ranks), size = pt_ranks_size(ranks);
    if (rank == 0)
        put(out, bytes, n);
    for (uint64_t at = 0; rank > 0 && at < n; at += AT_ONCE)
        pt_ranks_send(ranks, 0, bytes + at, n - at < AT_ONCE ? n - at : AT_ONCE);
    if (rank > 0)
        pt_ranks_send(ranks, 0, NULL, 0);
    pt_buf part = {0};
    for (int r = 1; rank == 0 && r < size; r++)
        do {
            pt_buf_clear(&part);
            pt_ranks_receive(ranks, r, &part);
            put(out, part.at, part.n);
        } while (part.n);
    pt_buf_free(&part);
}

static void put_arrays(output *out, pt_ranks *ranks, const pt_model *model, const header *head) {
    pt_model borrowed = *model; /* list_arrays wants places to write to; only read here */
    pt_frozen frozen = model->frozen ? *model->frozen : (pt_frozen){0};
    header own = *head; /* sizes of what is in memory here */
    own.D = model->D;
    own.n_known = model->n_known;
    array list[N_ARRAYS];
    list_arrays(&borrowed, &frozen, &own, list);
    for (int i = 0; i < N_ARRAYS; i++) {
        const bool is_shared = list[i].at == (void **)&borrowed.theta ||
                               list[i].at == (void **)&borrowed.theta_topic ||
                               list[i].at == (void **)&borrowed.known;
        const void *at = list[i].count ? *list[i].at : NULL;
        if (is_shared)
            put_shared(out, ranks, at, list[i].count * list[i].size);
        else if (pt_ranks_rank(ranks) == 0)
            put(out, at, list[i].count * list[i].size);
    }
}

pt_status pt_model_save_all(const pt_model *model, pt_ranks *ranks, const char *path, pt_error *err) {
    const bool is_first = pt_ranks_rank(ranks) == 0;
    int64_t documents[2] = {model->D, model->n_known};
    pt_ranks_sum(ranks, documents, 2);
    header head = header_of(model);
    head.D = (uint32_t)documents[0];
    head.n_known = (uint32_t)documents[1];
    output out = {0};
    const pt_status opened = is_first ? pt_writer_open(&out.writer, path, err) : PT_OK;
    pt_status status = pt_ranks_agree(ranks, opened, err);
    if (status)
        return status;
    if (is_first) {
        out.hash = pt_hash_new();
        put(&out, &head, sizeof head);
    }
    put_arrays(&out, ranks, model, &head);
    if (is_first) {
        for (uint32_t w = 0; model->form && w < model->V; w++)
            put(&out, model->form[w], strlen(model->form[w]) + 1);
        char hex[DIGEST_BYTES + 1];
        pt_hash_end(out.hash, hex);
        pt_writer_bytes(out.writer, hex, DIGEST_BYTES);
        status = pt_writer_close(out.writer, err);
    }
    return pt_ranks_agree(ranks, status, err);
}

pt_status pt_model_save(const pt_model *model, const char *path, pt_error *err) {
    return pt_model_save_all(model, NULL, path, err);
}

/* The fields that the file's format has; 0 in the others. */
static header take_header(const char *bytes, size_t n) {
    header head = {0};
    memcpy(&head, bytes, header_bytes(OLDEST));
    if (head.version > OLDEST && n >= sizeof head)
        memcpy(&head, bytes, sizeof head);
    return head;
}

static pt_status check_header(const header *head, size_t n_bytes, const char *path, pt_error *err) {
    if (head->version > VERSION)
        return pt_fail(err, PT_ERR_DATA,
                       "%s: written by a newer patopic (model format %u, this program reads %d to %d)", path,
                       head->version, OLDEST, VERSION);
    if (head->version < OLDEST)
        return pt_fail(err, PT_ERR_DATA, "%s: model format %u, but this program reads %d to %d: train again",
                       path, head->version, OLDEST, VERSION);
    pt_model unused = {0};
    pt_frozen none = {0};
    array list[N_ARRAYS];
    list_arrays(&unused, &none, head, list);
    const uint64_t most = n_bytes;
    uint64_t need = header_bytes(head->version) + DIGEST_BYTES;
    bool is_good =
        head->form_bytes <= most && head->n_items <= head->K && head->K > 0 && head->K < PT_NO_TOPIC &&
        (head->n_known == 0 || head->n_known == head->D) && head->has_frozen <= 1 &&
        (head->has_frozen || head->n_frozen_cells + head->n_frozen_uses + head->n_outside_uses == 0);
    for (int i = 0; i < N_ARRAYS && is_good; i++) {
        is_good = list[i].count <= most;
        need += is_good ? list[i].count * list[i].size : 0;
    }
    if (!is_good || need + head->form_bytes != n_bytes)
        return pt_fail(err, PT_ERR_DATA, "%s: the sizes in the model do not fit its %zu bytes: it is damaged",
                       path, n_bytes);
    return PT_OK;
}

/* Offsets that start at 0, never fall, and end at n. */
#define DEFINE_IS_RISING(name, type)                                                                         \
    static bool name(const type *start, uint64_t count, uint64_t n) {                                        \
        bool is_good = start[0] == 0 && start[count] == n;                                                   \
        for (uint64_t i = 0; i < count && is_good; i++)                                                      \
            is_good = start[i] <= start[i + 1];                                                              \
        return is_good;                                                                                      \
    }
DEFINE_IS_RISING(is_rising_u64, uint64_t)
DEFINE_IS_RISING(is_rising_u32, uint32_t)

static bool are_counts_good(const pt_model *model) {
    uint64_t *total = pt_zalloc(model->K, sizeof *total), N = 0;
    bool is_good = true;
    for (uint32_t w = 0; w < model->V && is_good; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1] && is_good; i++) {
            is_good = model->topic[i] < model->K && model->count[i] > 0 &&
                      (i == model->word_start[w] || model->topic[i - 1] < model->topic[i]);
            if (is_good)
                total[model->topic[i]] += model->count[i];
        }
    for (uint32_t k = 0; k < model->K; k++) {
        is_good =
            is_good && total[k] == model->topic_total[k] && model->alpha[k] > 0 && isfinite(model->alpha[k]);
        N += total[k];
    }
    free(total);
    return is_good && N == model->N;
}

static bool are_keywords_good(const pt_model *model) {
    bool is_good = true;
    for (uint32_t k = 0; k < model->n_items && is_good; k++) {
        uint64_t n1 = 0;
        for (uint32_t i = model->keyword_start[k]; i < model->keyword_start[k + 1] && is_good; i++) {
            n1 += model->keyword_count[i];
            is_good = model->keyword[i] < model->V && model->keyword_strength[i] > 0 &&
                      isfinite(model->keyword_strength[i]) &&
                      (i == model->keyword_start[k] || model->keyword[i - 1] < model->keyword[i]);
        }
        is_good = is_good && n1 <= model->topic_total[k];
    }
    return is_good;
}

static bool is_theta_good(const pt_model *model) {
    bool is_good = true;
    for (uint64_t i = 0; i < (uint64_t)model->D * PT_MODEL_TOPICS && is_good; i++)
        is_good = (model->theta_topic[i] < model->K || model->theta_topic[i] == PT_NO_TOPIC) &&
                  model->theta[i] >= 0 && model->theta[i] <= 1.001f;
    return is_good;
}

/* The ends of the offsets first: behind them nothing is read. */
static bool is_frozen_good(const pt_model *model, const header *head) {
    const pt_frozen *frozen = model->frozen;
    return !frozen || (frozen->cell_start[model->V] == head->n_frozen_cells &&
                       frozen->use_start[model->V] == head->n_frozen_uses &&
                       frozen->outside_start[model->V] == head->n_outside_uses && pt_frozen_is_good(frozen));
}

static pt_status check_content(const pt_model *model, const header *head, const char *path, pt_error *err) {
    const bool is_good = is_rising_u64(model->word_start, model->V, head->n_cells) &&
                         is_rising_u32(model->keyword_start, model->n_items, head->n_pairs) &&
                         are_counts_good(model) && are_keywords_good(model) && is_theta_good(model) &&
                         model->beta > 0 && isfinite(model->beta) && is_frozen_good(model, head);
    return is_good ? PT_OK
                   : pt_fail(err, PT_ERR_DATA, "%s: the model contradicts itself: it is damaged, train again",
                             path);
}

/* The words, each ended by a NUL; false when there are fewer or more than V. */
static bool take_forms(pt_model *model, const char *at, uint64_t n_bytes) {
    model->form = pt_zalloc(model->V, sizeof *model->form);
    const char *const end = at + n_bytes;
    for (uint32_t w = 0; w < model->V; w++) {
        const char *stop = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
        if (!stop)
            return false;
        model->form[w] = pt_strndup(at, (size_t)(stop - at));
        at = stop + 1;
    }
    return at == end;
}

static pt_frozen *frozen_of(const header *head) {
    pt_frozen *frozen = pt_zalloc(1, sizeof *frozen);
    frozen->n_items = head->n_items;
    frozen->V = head->V;
    frozen->n_outside = head->n_outside;
    frozen->per_T = head->per_T;
    frozen->seed_weight = head->seed_weight;
    frozen->code_weight = head->code_weight;
    memcpy(frozen->items_digest, head->items_digest, DIGEST_BYTES);
    memcpy(frozen->words_digest, head->words_digest, DIGEST_BYTES);
    memcpy(frozen->fit_digest, head->fit_digest, DIGEST_BYTES);
    return frozen;
}

static pt_status fill(pt_model *model, const header *head, const char *bytes, const char *path,
                      pt_error *err) {
    *model = (pt_model){.K = head->K,
                        .n_items = head->n_items,
                        .D = head->D,
                        .V = head->V,
                        .n_sweeps = head->n_sweeps,
                        .title_weight = head->title_weight,
                        .N = head->N,
                        .seed = head->seed,
                        .beta = head->beta,
                        .lambda = head->lambda,
                        .keyword_mass = head->keyword_mass,
                        .gamma0 = head->gamma0,
                        .gamma1 = head->gamma1};
    memcpy(model->corpus_digest, head->corpus_digest, DIGEST_BYTES);
    model->n_known = head->n_known;
    if (head->has_frozen)
        model->frozen = frozen_of(head);
    pt_frozen none = {0};
    array list[N_ARRAYS];
    list_arrays(model, model->frozen ? model->frozen : &none, head, list);
    const char *at = bytes + header_bytes(head->version);
    for (int i = 0; i < N_ARRAYS; i++) {
        if (i >= FIRST_OF_EVIDENCE && !model->frozen)
            break;
        *list[i].at = pt_alloc(list[i].count, list[i].size);
        memcpy(*list[i].at, at, list[i].count * list[i].size);
        at += list[i].count * list[i].size;
    }
    if (head->has_forms && !take_forms(model, at, head->form_bytes))
        return pt_fail(err, PT_ERR_DATA, "%s: the model's words are damaged, train again", path);
    return check_content(model, head, path, err);
}

pt_status pt_model_load(const char *path, pt_model **out, pt_error *err) {
    *out = NULL;
    char *bytes = NULL;
    size_t n = 0;
    pt_status status = pt_file_read(path, &bytes, &n, err);
    if (status)
        return status;
    header head;
    char hex[DIGEST_BYTES + 1];
    if (n < header_bytes(OLDEST) + DIGEST_BYTES || memcmp(bytes, MAGIC, sizeof MAGIC)) {
        free(bytes);
        return pt_fail(err, PT_ERR_DATA, "%s is no model file", path);
    }
    head = take_header(bytes, n);
    status = check_header(&head, n, path, err);
    pt_digest(bytes, n - DIGEST_BYTES, hex);
    if (!status && memcmp(hex, bytes + n - DIGEST_BYTES, DIGEST_BYTES))
        status =
            pt_fail(err, PT_ERR_DATA, "%s: the digest does not fit: the model is damaged, train again", path);
    if (!status) {
        pt_model *model = pt_alloc(1, sizeof *model);
        if ((status = fill(model, &head, bytes, path, err)))
            pt_model_free(model);
        else
            *out = model;
    }
    free(bytes);
    return status;
}
