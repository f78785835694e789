/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/quality.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/foldin.h"
#include "topics/matching.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 64 };

typedef struct completion {
    const pt_corpus *corpus;
    const pt_foldin *foldin;
    uint32_t K;
    double *log_p;      /* [blocks] */
    uint64_t *n_scored; /* [blocks] */
} completion;

static void score_document(completion *job, size_t d, size_t block, float *theta) {
    const pt_corpus *corpus = job->corpus;
    const uint64_t begin = corpus->doc_start[d], end = corpus->doc_start[d + 1];
    uint32_t *word = pt_alloc(end - begin, sizeof *word);
    size_t n_seen = 0, n_held = 0, place = 0;
    for (uint64_t i = begin; i < end; i++) {
        if (corpus->flags[i] & PT_TOKEN_PART)
            continue;
        if (place++ % 2 == 0)
            word[n_seen++] = corpus->word[i];
        else
            word[end - begin - ++n_held] = corpus->word[i];
    }
    if (n_held) {
        pt_foldin_document(job->foldin, word, NULL, n_seen, NULL, theta);
        for (size_t i = 1; i <= n_held; i++)
            job->log_p[block] += pt_foldin_log_probability(job->foldin, theta, word[end - begin - i]);
        job->n_scored[block] += n_held;
    }
    free(word);
}

static void score_block(void *user, int worker, size_t unit) {
    (void)worker;
    completion *job = user;
    float *theta = pt_alloc(job->K, sizeof *theta);
    for (size_t d = unit * DOC_BLOCK; d < job->corpus->D && d < (unit + 1) * DOC_BLOCK; d++)
        score_document(job, d, unit, theta);
    free(theta);
}

pt_status pt_quality_perplexity(const pt_model *model, const pt_corpus *corpus, int threads,
                                double *perplexity, pt_error *err) {
    if (corpus->V != model->V)
        return pt_fail(err, PT_ERR_DATA, "held-out corpus has %u words, the model %u", corpus->V, model->V);
    const size_t n_blocks = ((size_t)corpus->D + DOC_BLOCK - 1) / DOC_BLOCK;
    pt_foldin *foldin = pt_foldin_new(model);
    completion job = {corpus, foldin, model->K, pt_zalloc(n_blocks, sizeof *job.log_p),
                      pt_zalloc(n_blocks, sizeof *job.n_scored)};
    pt_parallel_for(pt_threads(threads), n_blocks, score_block, &job);
    double log_p = 0;
    uint64_t n = 0;
    for (size_t b = 0; b < n_blocks; b++) {
        log_p += job.log_p[b];
        n += job.n_scored[b];
    }
    pt_foldin_free(foldin);
    free(job.log_p);
    free(job.n_scored);
    if (n == 0)
        return pt_fail(err, PT_ERR_DATA, "no held-out document has two words");
    *perplexity = exp(-log_p / (double)n);
    return PT_OK;
}

/* Documents of each word that is asked for, as sorted lists. */
typedef struct postings {
    uint64_t *start; /* [V+1]; empty for words not asked for */
    uint32_t *doc;
} postings;

static postings list_documents(const pt_corpus *corpus, const bool *is_asked) {
    postings list = {pt_zalloc((size_t)corpus->V + 1, sizeof *list.start), NULL};
    for (uint32_t w = 0; w < corpus->V; w++)
        list.start[w + 1] = list.start[w] + (is_asked[w] ? corpus->doc_freq[w] : 0);
    list.doc = pt_alloc(list.start[corpus->V], sizeof *list.doc);
    uint64_t *next = pt_alloc(corpus->V, sizeof *next);
    memcpy(next, list.start, (size_t)corpus->V * sizeof *next);
    for (uint32_t d = 0; d < corpus->D; d++)
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
            const uint32_t w = corpus->word[i];
            if (is_asked[w] && (next[w] == list.start[w] || list.doc[next[w] - 1] != d))
                list.doc[next[w]++] = d;
        }
    free(next);
    return list;
}

static uint64_t count_common(const postings *list, uint32_t a, uint32_t b) {
    uint64_t i = list->start[a], j = list->start[b], n = 0;
    while (i < list->start[a + 1] && j < list->start[b + 1]) {
        const uint32_t x = list->doc[i], y = list->doc[j];
        n += x == y;
        i += x <= y;
        j += y <= x;
    }
    return n;
}

/* ln(p(a,b) / p(a)p(b)) / -ln p(a,b): -1 never together, 1 never apart. */
static double npmi(double n_a, double n_b, double n_ab, double D) {
    if (n_ab == 0)
        return -1;
    return n_ab == D ? 1 : log(n_ab * D / (n_a * n_b)) / -log(n_ab / D);
}

/* NPMI of the top words of every topic, [K][n_words][n_words]. */
typedef struct word_pairs {
    size_t n_words, *n_found; /* [K] */
    double *npmi;
} word_pairs;

static void fill_pairs(word_pairs *pairs, const pt_top_word *top, const pt_corpus *corpus,
                       const postings *list, uint32_t k) {
    const size_t n = pairs->n_words;
    double *cell = pairs->npmi + k * n * n;
    for (size_t i = 0; i < pairs->n_found[k]; i++) {
        cell[i * n + i] = 1;
        for (size_t j = 0; j < i; j++) {
            const uint32_t a = top[k * n + i].word, b = top[k * n + j].word;
            cell[i * n + j] = cell[j * n + i] =
                npmi(corpus->doc_freq[a], corpus->doc_freq[b], (double)count_common(list, a, b), corpus->D);
        }
    }
}

static word_pairs word_pairs_new(const pt_model *model, const pt_corpus *corpus, size_t n_words) {
    word_pairs pairs = {n_words, pt_alloc(model->K, sizeof *pairs.n_found),
                        pt_zalloc(model->K * n_words * n_words, sizeof *pairs.npmi)};
    pt_top_word *top = pt_alloc(model->K * n_words, sizeof *top);
    pt_model_top_words_all(model, n_words, top, pairs.n_found);
    bool *is_asked = pt_zalloc(corpus->V, sizeof *is_asked);
    for (uint32_t k = 0; k < model->K; k++)
        for (size_t i = 0; i < pairs.n_found[k]; i++)
            is_asked[top[k * n_words + i].word] = true;
    postings list = list_documents(corpus, is_asked);
    for (uint32_t k = 0; k < model->K; k++)
        fill_pairs(&pairs, top, corpus, &list, k);
    free(list.start);
    free(list.doc);
    free(is_asked);
    free(top);
    return pairs;
}

static double mean_npmi(const word_pairs *pairs, uint32_t k) {
    const size_t n = pairs->n_words, found = pairs->n_found[k];
    const double *cell = pairs->npmi + k * n * n;
    double sum = 0;
    for (size_t i = 1; i < found; i++)
        for (size_t j = 0; j < i; j++)
            sum += cell[i * n + j];
    return sum / ((double)found * (double)(found - 1) / 2);
}

/* Mean cosine of each word's vector of NPMI with the sum of all. */
static double mean_cosine(const word_pairs *pairs, uint32_t k) {
    const size_t n = pairs->n_words, found = pairs->n_found[k];
    const double *cell = pairs->npmi + k * n * n;
    double *sum = pt_zalloc(n, sizeof *sum), total_square = 0, mean = 0;
    for (size_t i = 0; i < found; i++)
        for (size_t j = 0; j < found; j++)
            sum[j] += cell[i * n + j];
    for (size_t j = 0; j < found; j++)
        total_square += sum[j] * sum[j];
    for (size_t i = 0; i < found; i++) {
        double dot = 0, square = 0;
        for (size_t j = 0; j < found; j++) {
            dot += cell[i * n + j] * sum[j];
            square += cell[i * n + j] * cell[i * n + j];
        }
        mean +=
            total_square > 0 ? dot / sqrt(square * total_square) : 0; /* square >= 1: a word with itself */
    }
    free(sum);
    return mean / (double)found;
}

static double coherence(const pt_model *model, const pt_corpus *corpus, size_t n_words, double *of_topic,
                        double (*measure)(const word_pairs *, uint32_t)) {
    word_pairs pairs = word_pairs_new(model, corpus, n_words);
    double total = 0;
    uint32_t n_topics = 0;
    for (uint32_t k = 0; k < model->K; k++) {
        const double value = pairs.n_found[k] < 2 ? NAN : measure(&pairs, k);
        if (of_topic)
            of_topic[k] = value;
        total += pairs.n_found[k] < 2 ? 0 : value;
        n_topics += pairs.n_found[k] >= 2;
    }
    free(pairs.n_found);
    free(pairs.npmi);
    return n_topics ? total / n_topics : 0;
}

double pt_quality_coherence(const pt_model *model, const pt_corpus *corpus, size_t n_words,
                            double *of_topic) {
    return coherence(model, corpus, n_words, of_topic, mean_npmi);
}

double pt_quality_cv(const pt_model *model, const pt_corpus *corpus, size_t n_words, double *of_topic) {
    return coherence(model, corpus, n_words, of_topic, mean_cosine);
}

double pt_quality_overlap(const pt_model *a, const pt_model *b, size_t n_words) {
    const size_t K = a->K;
    pt_top_word *top_a = pt_alloc(K * n_words, sizeof *top_a), *top_b = pt_alloc(K * n_words, sizeof *top_b);
    size_t *found_a = pt_alloc(K, sizeof *found_a), *found_b = pt_alloc(K, sizeof *found_b);
    pt_model_top_words_all(a, n_words, top_a, found_a);
    pt_model_top_words_all(b, n_words, top_b, found_b);
    double *gain = pt_zalloc(K * K, sizeof *gain);
    uint32_t *stamp = pt_zalloc(a->V, sizeof *stamp), *column_of = pt_alloc(K, sizeof *column_of);
    for (size_t i = 0; i < K; i++) {
        for (size_t w = 0; w < found_a[i]; w++)
            stamp[top_a[i * n_words + w].word] = (uint32_t)i + 1;
        for (size_t j = 0; j < K; j++)
            for (size_t w = 0; w < found_b[j]; w++)
                gain[i * K + j] += stamp[top_b[j * n_words + w].word] == i + 1 ? 1 / (double)n_words : 0;
    }
    double total = pt_matching_best(gain, K, column_of);
    uint32_t n_topics = 0;
    for (size_t i = 0; i < K; i++)
        n_topics += found_a[i] == n_words;
    free(top_a);
    free(top_b);
    free(found_a);
    free(found_b);
    free(gain);
    free(stamp);
    free(column_of);
    return n_topics ? fmin(total / n_topics, 1) : 0;
}

double pt_quality_diversity(const pt_model *model, size_t n_words) {
    pt_top_word *top = pt_alloc(model->K * n_words, sizeof *top);
    size_t *n_found = pt_alloc(model->K, sizeof *n_found), n = 0, n_different = 0;
    pt_model_top_words_all(model, n_words, top, n_found);
    bool *is_seen = pt_zalloc(model->V, sizeof *is_seen);
    for (uint32_t k = 0; k < model->K; k++)
        for (size_t i = 0; i < n_found[k]; i++, n++) {
            n_different += !is_seen[top[k * n_words + i].word];
            is_seen[top[k * n_words + i].word] = true;
        }
    free(is_seen);
    free(n_found);
    free(top);
    return n ? (double)n_different / (double)n : 0;
}
