/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/doc_terms.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/fixed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 };

static float token_weight(uint8_t flags) {
    const bool title = flags & PT_TOKEN_TITLE;
    const float means = flags & PT_TOKEN_MEANS ? (title ? 0.2f : 0.5f) : 1.0f;
    const float part = flags & PT_TOKEN_PART ? 0.2f : 1.0f;
    return (title ? 3.0f : 1.0f) * means * part;
}

/* Where a worker keeps the place of each word of the document at hand: valid while stamp[w] = d + 1. */
typedef struct workspace {
    uint32_t *stamp, *place; /* [V] */
} workspace;

typedef struct job {
    const pt_corpus *corpus;
    pt_doc_terms *terms;
    workspace *of_worker;
} job;

static workspace *worker_space(job *shared, int worker) {
    workspace *space = &shared->of_worker[worker];
    if (!space->stamp) {
        space->stamp = pt_zalloc(shared->corpus->V, sizeof *space->stamp);
        space->place = pt_alloc(shared->corpus->V, sizeof *space->place);
    }
    return space;
}

static size_t collect(const pt_corpus *corpus, uint32_t d, workspace *space, uint32_t *word, float *x) {
    size_t n = 0;
    for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
        const uint32_t w = corpus->word[i];
        if (space->stamp[w] != d + 1) {
            space->stamp[w] = d + 1;
            space->place[w] = (uint32_t)n;
            word[n] = w;
            x[n++] = 0;
        }
        x[space->place[w]] += token_weight(corpus->flags[i]);
    }
    for (size_t i = 0; i < n; i++)
        x[i] = log2f(1 + x[i]);
    return n;
}

/* First into the slots of the document's tokens: there is always room; compact() moves them together. */
static void collect_block(void *user, int worker, size_t unit) {
    job *shared = user;
    pt_doc_terms *terms = shared->terms;
    const pt_corpus *corpus = shared->corpus;
    workspace *space = worker_space(shared, worker);
    const size_t end = (unit + 1) * BLOCK < corpus->D ? (unit + 1) * BLOCK : corpus->D;
    for (size_t d = unit * BLOCK; d < end; d++) {
        const uint64_t at = corpus->doc_start[d];
        const size_t n = collect(corpus, (uint32_t)d, space, terms->word + at, terms->x + at);
        terms->doc_start[d + 1] = n;
        for (size_t i = 0; i < n; i++)
            terms->doc_mass[d] += terms->x[at + i];
    }
}

static void compact(pt_doc_terms *terms, const pt_corpus *corpus) {
    for (uint32_t d = 0; d < terms->D; d++) {
        const uint64_t n = terms->doc_start[d + 1], to = terms->doc_start[d];
        memmove(terms->word + to, terms->word + corpus->doc_start[d], n * sizeof *terms->word);
        memmove(terms->x + to, terms->x + corpus->doc_start[d], n * sizeof *terms->x);
        terms->doc_start[d + 1] = to + n;
    }
    const size_t n = terms->doc_start[terms->D];
    terms->word = pt_realloc(terms->word, n, sizeof *terms->word);
    terms->x = pt_realloc(terms->x, n, sizeof *terms->x);
}

static void transpose(pt_doc_terms *terms) {
    const uint64_t n = terms->doc_start[terms->D];
    terms->word_start = pt_zalloc((size_t)terms->V + 1, sizeof *terms->word_start);
    terms->word_mass = pt_zalloc(terms->V, sizeof *terms->word_mass);
    terms->doc = pt_alloc(n, sizeof *terms->doc);
    terms->x_by_word = pt_alloc(n, sizeof *terms->x_by_word);
    for (uint64_t i = 0; i < n; i++)
        terms->word_start[terms->word[i] + 1]++;
    for (uint32_t w = 0; w < terms->V; w++)
        terms->word_start[w + 1] += terms->word_start[w];
    uint64_t *next = pt_alloc(terms->V, sizeof *next);
    memcpy(next, terms->word_start, (size_t)terms->V * sizeof *next);
    for (uint32_t d = 0; d < terms->D; d++)
        for (uint64_t i = terms->doc_start[d]; i < terms->doc_start[d + 1]; i++) {
            const uint64_t to = next[terms->word[i]]++;
            terms->doc[to] = d;
            terms->x_by_word[to] = terms->x[i];
            terms->word_mass[terms->word[i]] += pt_fixed(terms->x[i]);
        }
    free(next);
}

pt_doc_terms *pt_doc_terms_new(const pt_corpus *corpus, int threads) {
    const uint64_t N = corpus->doc_start[corpus->D];
    pt_doc_terms *terms = pt_zalloc(1, sizeof *terms);
    terms->D = corpus->D;
    terms->V = corpus->V;
    terms->doc_start = pt_zalloc((size_t)corpus->D + 1, sizeof *terms->doc_start);
    terms->doc_mass = pt_zalloc(corpus->D, sizeof *terms->doc_mass);
    terms->word = pt_alloc(N, sizeof *terms->word);
    terms->x = pt_alloc(N, sizeof *terms->x);
    const int n_workers = pt_threads(threads);
    job shared = {corpus, terms, pt_zalloc((size_t)n_workers, sizeof *shared.of_worker)};
    pt_parallel_for(n_workers, ((size_t)corpus->D + BLOCK - 1) / BLOCK, collect_block, &shared);
    for (int i = 0; i < n_workers; i++) {
        free(shared.of_worker[i].stamp);
        free(shared.of_worker[i].place);
    }
    free(shared.of_worker);
    compact(terms, corpus);
    transpose(terms);
    return terms;
}

void pt_doc_terms_free(pt_doc_terms *terms) {
    if (!terms)
        return;
    free(terms->doc_start);
    free(terms->word);
    free(terms->x);
    free(terms->doc_mass);
    free(terms->word_start);
    free(terms->doc);
    free(terms->x_by_word);
    free(terms->word_mass);
    free(terms);
}

size_t pt_doc_terms_of(const pt_corpus *corpus, uint32_t d, uint32_t *word, float *x) {
    size_t n = 0;
    for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
        size_t at = 0;
        while (at < n && word[at] != corpus->word[i])
            at++;
        if (at == n) {
            word[n] = corpus->word[i];
            x[n++] = 0;
        }
        x[at] += token_weight(corpus->flags[i]);
    }
    for (size_t i = 0; i < n; i++)
        x[i] = log2f(1 + x[i]);
    return n;
}
