/* SPDX-License-Identifier: Apache-2.0 */
/* corpus.c - the builder: collect, count document frequencies, prune, renumber. */
#include "topics/corpus.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/sort.h"
#include "base/vec.h"

#include <assert.h>
#include <string.h>

struct pt_corpus_builder {
    pt_intern *words;
    PT_VEC(uint64_t) doc_start; /* one entry a begun document */
    PT_VEC(uint32_t) word;      /* ids of `words` */
    PT_VEC(uint8_t) flags;
    bool in_document;
    /* of two rounds */
    uint32_t n_dropped;        /* documents that were counted and forgotten */
    PT_VEC(uint32_t) doc_freq; /* theirs, by id of `words` */
    PT_VEC(uint32_t) new_id;   /* of pt_corpus_build_words; words that came later have none */
};

pt_corpus_params pt_corpus_params_default(void) {
    return (pt_corpus_params){.min_patents_per_word = 3, .max_share_of_patents = 0.4};
}

pt_corpus_builder *pt_corpus_builder_new(void) {
    pt_corpus_builder *builder = pt_zalloc(1, sizeof *builder);
    builder->words = pt_intern_new();
    return builder;
}

void pt_corpus_builder_free(pt_corpus_builder *builder) {
    if (!builder)
        return;
    pt_intern_free(builder->words);
    pt_vec_free(&builder->doc_start);
    pt_vec_free(&builder->word);
    pt_vec_free(&builder->flags);
    pt_vec_free(&builder->doc_freq);
    pt_vec_free(&builder->new_id);
    free(builder);
}

void pt_corpus_builder_begin_document(pt_corpus_builder *builder) {
    assert(!builder->in_document);
    builder->in_document = true;
    pt_vec_push(&builder->doc_start, builder->word.n);
}

void pt_corpus_builder_add(pt_corpus_builder *builder, const char *form, size_t bytes, uint8_t flags) {
    assert(builder->in_document);
    pt_vec_push(&builder->word, pt_intern_add(builder->words, form, bytes));
    pt_vec_push(&builder->flags, flags);
}

void pt_corpus_builder_end_document(pt_corpus_builder *builder) {
    assert(builder->in_document);
    builder->in_document = false;
}

/* doc_freq[w] = documents in which w occurs at least once. */
static void count_documents(uint32_t *doc_freq, uint32_t V, const uint64_t *doc_start, uint32_t D,
                            const uint32_t *word) {
    uint32_t *last = pt_alloc(V, sizeof *last);
    memset(last, 0xFF, (size_t)V * sizeof *last);
    for (uint32_t d = 0; d < D; d++)
        for (uint64_t i = doc_start[d]; i < doc_start[d + 1]; i++)
            if (last[word[i]] != d) {
                last[word[i]] = d;
                doc_freq[word[i]]++;
            }
    free(last);
}

typedef struct ranked_word {
    const char *form;
    size_t bytes;
    uint32_t id, doc_freq;
} ranked_word;

static int by_frequency_then_bytes(const void *a, const void *b) {
    const ranked_word *x = a, *y = b;
    if (x->doc_freq != y->doc_freq)
        return x->doc_freq > y->doc_freq ? -1 : 1;
    const int order = memcmp(x->form, y->form, x->bytes < y->bytes ? x->bytes : y->bytes);
    return order ? order : (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

/* The words that stay, in the order of their new ids; free it. */
static ranked_word *choose_words(const pt_corpus_builder *builder, const uint32_t *doc_freq, uint32_t D,
                                 const pt_corpus_params *params, uint32_t *n_chosen) {
    const uint32_t n = pt_intern_count(builder->words);
    const double most = params->max_share_of_patents * D;
    bool *keep = pt_zalloc(n, sizeof *keep);
    for (size_t i = 0; i < params->n_keep; i++) {
        const uint32_t id = pt_intern_find(builder->words, params->keep[i], strlen(params->keep[i]));
        if (id != PT_NO_ID)
            keep[id] = true;
    }
    ranked_word *chosen = pt_alloc(n, sizeof *chosen);
    uint32_t m = 0;
    for (uint32_t id = 0; id < n; id++) {
        const bool in_range = doc_freq[id] >= params->min_patents_per_word && doc_freq[id] <= most;
        if (doc_freq[id] && (keep[id] || in_range))
            chosen[m++] = (ranked_word){pt_intern_text(builder->words, id),
                                        pt_intern_bytes(builder->words, id), id, doc_freq[id]};
    }
    free(keep);
    pt_sort(chosen, m, sizeof *chosen, by_frequency_then_bytes);
    *n_chosen = m;
    return chosen;
}

/* Copies the tokens of the chosen words under their new ids. */
static void fill_tokens(pt_corpus *corpus, const pt_corpus_builder *builder, const uint32_t *new_id) {
    const size_t N = builder->word.n;
    corpus->doc_start = pt_alloc((size_t)corpus->D + 1, sizeof *corpus->doc_start);
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_alloc(N, sizeof *corpus->flags);
    uint64_t n = 0;
    for (uint32_t d = 0; d < corpus->D; d++) {
        const uint64_t end = d + 1 < corpus->D ? builder->doc_start.at[d + 1] : N;
        corpus->doc_start[d] = n;
        for (uint64_t i = builder->doc_start.at[d]; i < end; i++) {
            const uint32_t w = new_id[builder->word.at[i]];
            if (w == PT_NO_ID)
                continue;
            corpus->word[n] = w;
            corpus->flags[n++] = builder->flags.at[i];
        }
    }
    corpus->doc_start[corpus->D] = n;
}

/* Adds the documents that are held to doc_freq, by id of builder->words. */
static void count_held(const pt_corpus_builder *builder, uint32_t *doc_freq) {
    const uint32_t D = (uint32_t)builder->doc_start.n;
    uint64_t *start = pt_alloc((size_t)D + 1, sizeof *start);
    if (D)
        memcpy(start, builder->doc_start.at, (size_t)D * sizeof *start);
    start[D] = builder->word.n;
    count_documents(doc_freq, pt_intern_count(builder->words), start, D, builder->word.at);
    free(start);
}

static uint64_t all_documents(const pt_corpus_builder *builder) {
    return builder->n_dropped + (uint64_t)builder->doc_start.n;
}

/* The words of all documents, and where those of the builder are among them. */
static pt_corpus *prune(const pt_corpus_builder *builder, const pt_corpus_params *params, uint32_t **ids) {
    const uint32_t D = (uint32_t)all_documents(builder), n_words = pt_intern_count(builder->words);
    uint32_t *doc_freq = pt_zalloc(n_words, sizeof *doc_freq);
    if (builder->doc_freq.n)
        memcpy(doc_freq, builder->doc_freq.at, builder->doc_freq.n * sizeof *doc_freq);
    count_held(builder, doc_freq);
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = D;
    ranked_word *chosen = choose_words(builder, doc_freq, D, params, &corpus->V);
    uint32_t *new_id = *ids = pt_alloc(n_words, sizeof *new_id);
    memset(new_id, 0xFF, (size_t)n_words * sizeof *new_id);
    corpus->index = pt_intern_new();
    corpus->form = pt_alloc(corpus->V, sizeof *corpus->form);
    corpus->doc_freq = pt_alloc(corpus->V, sizeof *corpus->doc_freq);
    for (uint32_t w = 0; w < corpus->V; w++) {
        pt_intern_add(corpus->index, chosen[w].form, chosen[w].bytes);
        corpus->doc_freq[w] = chosen[w].doc_freq;
        new_id[chosen[w].id] = w;
    }
    for (uint32_t w = 0; w < corpus->V; w++)
        corpus->form[w] = (char *)pt_intern_text(corpus->index, w);
    free(chosen);
    free(doc_freq);
    return corpus;
}

static pt_status build_words(const pt_corpus_builder *builder, const pt_corpus_params *params,
                             pt_corpus **out, uint32_t **ids, pt_error *err) {
    assert(!builder->in_document);
    *out = NULL;
    *ids = NULL;
    const uint64_t D = all_documents(builder);
    if (!(params->max_share_of_patents > 0 && params->max_share_of_patents <= 1))
        return pt_fail(err, PT_ERR_CONFIG, "max_share_of_patents is %g, but must be over 0 and at most 1",
                       params->max_share_of_patents);
    if (D == 0 || D >= UINT32_MAX)
        return pt_fail(err, PT_ERR_DATA, "%zu documents: there is nothing to count", (size_t)D);
    pt_corpus *corpus = prune(builder, params, ids);
    if (corpus->V == 0) {
        pt_corpus_free(corpus);
        return pt_fail(err, PT_ERR_DATA,
                       "no word of %zu documents occurs in at least %u of them and in at most %g of all: "
                       "add documents or lower min_patents_per_word",
                       (size_t)D, params->min_patents_per_word, params->max_share_of_patents);
    }
    *out = corpus;
    return PT_OK;
}

pt_status pt_corpus_build(const pt_corpus_builder *builder, const pt_corpus_params *params, pt_corpus **out,
                          pt_error *err) {
    assert(builder->n_dropped == 0);
    uint32_t *new_id;
    const pt_status status = build_words(builder, params, out, &new_id, err);
    if (!status)
        fill_tokens(*out, builder, new_id);
    free(new_id);
    return status;
}

static void forget_documents(pt_corpus_builder *builder) {
    pt_vec_clear(&builder->doc_start);
    pt_vec_clear(&builder->word);
    pt_vec_clear(&builder->flags);
}

void pt_corpus_builder_drop(pt_corpus_builder *builder) {
    assert(!builder->in_document && builder->new_id.n == 0);
    while (builder->doc_freq.n < pt_intern_count(builder->words))
        pt_vec_push(&builder->doc_freq, 0);
    count_held(builder, builder->doc_freq.at);
    builder->n_dropped += (uint32_t)builder->doc_start.n;
    forget_documents(builder);
}

pt_status pt_corpus_build_words(pt_corpus_builder *builder, const pt_corpus_params *params, pt_corpus **out,
                                pt_error *err) {
    uint32_t *new_id;
    const pt_status status = build_words(builder, params, out, &new_id, err);
    for (uint32_t id = 0; !status && id < pt_intern_count(builder->words); id++)
        pt_vec_push(&builder->new_id, new_id[id]);
    free(new_id);
    forget_documents(builder);
    return status;
}

pt_corpus *pt_corpus_take_part(pt_corpus_builder *builder) {
    assert(!builder->in_document && builder->new_id.n > 0);
    while (builder->new_id.n < pt_intern_count(builder->words))
        pt_vec_push(&builder->new_id, PT_NO_ID);
    pt_corpus *part = pt_zalloc(1, sizeof *part);
    part->D = (uint32_t)builder->doc_start.n;
    fill_tokens(part, builder, builder->new_id.at);
    forget_documents(builder);
    return part;
}

uint64_t pt_corpus_builder_held(const pt_corpus_builder *builder) {
    return builder->word.n;
}

pt_status pt_corpus_build_known(const pt_corpus_builder *builder, char *const *form, uint32_t V,
                                pt_corpus **out, pt_error *err) {
    assert(!builder->in_document);
    *out = NULL;
    if (builder->doc_start.n >= UINT32_MAX)
        return pt_fail(err, PT_ERR_DATA, "%zu documents are too many", (size_t)builder->doc_start.n);
    const uint32_t n_words = pt_intern_count(builder->words);
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = (uint32_t)builder->doc_start.n;
    corpus->V = V;
    uint32_t *new_id = pt_alloc(n_words, sizeof *new_id);
    memset(new_id, 0xFF, (size_t)n_words * sizeof *new_id);
    corpus->index = pt_intern_new();
    corpus->form = pt_alloc(V, sizeof *corpus->form);
    corpus->doc_freq = pt_zalloc(V, sizeof *corpus->doc_freq);
    for (uint32_t w = 0; w < V; w++) {
        const size_t bytes = strlen(form[w]);
        pt_intern_add(corpus->index, form[w], bytes);
        const uint32_t id = pt_intern_find(builder->words, form[w], bytes);
        if (id != PT_NO_ID)
            new_id[id] = w;
    }
    const bool is_once_each = pt_intern_count(corpus->index) == V;
    for (uint32_t w = 0; w < V && is_once_each; w++)
        corpus->form[w] = (char *)pt_intern_text(corpus->index, w);
    if (is_once_each) {
        fill_tokens(corpus, builder, new_id);
        count_documents(corpus->doc_freq, V, corpus->doc_start, corpus->D, corpus->word);
    }
    free(new_id);
    if (!is_once_each) {
        pt_corpus_free(corpus);
        return pt_fail(err, PT_ERR_DATA, "a vocabulary in which a word stands twice");
    }
    *out = corpus;
    return PT_OK;
}

uint64_t pt_corpus_builder_length(const pt_corpus_builder *builder, uint32_t d) {
    const uint64_t end = d + 1 < builder->doc_start.n ? builder->doc_start.at[d + 1] : builder->word.n;
    return end - builder->doc_start.at[d];
}

pt_corpus *pt_corpus_select(const pt_corpus *corpus, const bool *is_kept) {
    pt_corpus *part = pt_zalloc(1, sizeof *part);
    part->V = corpus->V;
    part->doc_start = pt_zalloc((size_t)corpus->D + 1, sizeof *part->doc_start);
    part->word = pt_alloc(corpus->doc_start[corpus->D], sizeof *part->word);
    part->flags = pt_alloc(corpus->doc_start[corpus->D], sizeof *part->flags);
    part->doc_freq = pt_zalloc(corpus->V, sizeof *part->doc_freq);
    uint64_t n = 0;
    for (uint32_t d = 0; d < corpus->D; d++) {
        if (!is_kept[d])
            continue;
        const uint64_t length = corpus->doc_start[d + 1] - corpus->doc_start[d];
        memcpy(part->word + n, corpus->word + corpus->doc_start[d], length * sizeof *part->word);
        memcpy(part->flags + n, corpus->flags + corpus->doc_start[d], length * sizeof *part->flags);
        n += length;
        part->doc_start[++part->D] = n;
    }
    count_documents(part->doc_freq, part->V, part->doc_start, part->D, part->word);
    return part;
}

void pt_corpus_free(pt_corpus *corpus) {
    if (!corpus)
        return;
    free(corpus->doc_start);
    free(corpus->word);
    free(corpus->flags);
    free(corpus->form);
    free(corpus->doc_freq);
    pt_intern_free(corpus->index);
    free(corpus);
}

uint32_t pt_corpus_find_word(const pt_corpus *corpus, const char *form, size_t bytes) {
    return corpus->index ? pt_intern_find(corpus->index, form, bytes) : PT_NO_ID;
}

void pt_corpus_digest(const pt_corpus *corpus, char hex[65]) {
    if (corpus->total_docs) {
        memcpy(hex, corpus->digest, sizeof corpus->digest);
        return;
    }
    const uint64_t N = corpus->doc_start[corpus->D];
    pt_buf sums = {0};
    pt_buf_printf(&sums, "%u %u %llu ", corpus->D, corpus->V, (unsigned long long)N);
    pt_digest(corpus->doc_start, ((size_t)corpus->D + 1) * sizeof *corpus->doc_start, hex);
    pt_buf_puts(&sums, hex);
    pt_digest(corpus->word, N * sizeof *corpus->word, hex);
    pt_buf_puts(&sums, hex);
    pt_digest(corpus->flags, N, hex);
    pt_buf_puts(&sums, hex);
    pt_digest(sums.at, sums.n, hex);
    pt_buf_free(&sums);
}
