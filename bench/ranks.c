/* SPDX-License-Identifier: Apache-2.0 */
/* ranks.c - what several ranks cost: TSV on stdout, one row a sweep and rank. The corpus is synthetic, each
 * rank makes its own documents; the chain is the same for any number of ranks. Started by mpirun
 * (bench/ranks.sh). */
#include "base/clock.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "topics/sampler.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The documents of this rank, of 3 topics each; a document is a function of its number alone. */
static pt_corpus *own_part(pt_ranks *ranks, uint32_t D, uint32_t V, uint32_t K, uint32_t mean_length) {
    const uint32_t n = pt_shards_of(D);
    const int rank = pt_ranks_rank(ranks), size = pt_ranks_size(ranks);
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->V = V;
    corpus->total_docs = D;
    corpus->first_doc = pt_shard_document(D, (uint32_t)pt_ranks_first(n, rank, size));
    corpus->D = pt_shard_document(D, (uint32_t)pt_ranks_first(n, rank + 1, size)) - corpus->first_doc;
    corpus->doc_start = pt_zalloc((size_t)corpus->D + 1, sizeof *corpus->doc_start);
    for (uint32_t i = 0; i < corpus->D; i++)
        corpus->doc_start[i + 1] = corpus->doc_start[i] + draw_length(corpus->first_doc + i, mean_length);
    const uint64_t N = corpus->doc_start[corpus->D];
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_zalloc(N, sizeof *corpus->flags);
    corpus->doc_freq = pt_zalloc(V, sizeof *corpus->doc_freq);
    for (uint32_t i = 0; i < corpus->D; i++) {
        const uint64_t d = corpus->first_doc + i, key = pt_rng_key(1, 1, d);
        for (uint64_t t = corpus->doc_start[i]; t < corpus->doc_start[i + 1]; t++) {
            const uint64_t at = 2 * (t - corpus->doc_start[i]);
            const uint64_t topic = pt_rng_below(pt_rng_key(1, 2 + pt_rng_below(pt_rng_at(key, at), 3), d), K);
            corpus->word[t] = draw_word(V, topic, pt_rng_at(key, at + 1));
        }
    }
    return corpus;
}

static void start_at_random(pt_sampler *sampler) {
    for (uint32_t d = 0; d < sampler->D; d++)
        for (uint64_t t = sampler->doc_start[d]; t < sampler->doc_start[d + 1]; t++)
            sampler->z[t] = (uint16_t)pt_rng_below(
                pt_rng_at(pt_rng_key(3, 0, sampler->first_doc + d), t - sampler->doc_start[d]),
                sampler->params.K);
    for (uint32_t k = 0; k < sampler->params.K; k++)
        sampler->alpha[k] = .05;
    pt_sampler_begin(sampler);
}

static pt_row_form form_of(const char *name) {
    return strcmp(name, "sparse") == 0  ? PT_ROW_SPARSE
           : strcmp(name, "dense") == 0 ? PT_ROW_DENSE
                                        : PT_ROW_SHORTER;
}

int main(int argc, char **argv) {
    if (argc < 8) {
        fprintf(stderr, "usage: ranks DOCUMENTS WORDS MEAN_LENGTH TOPICS SUB_SWEEPS SWEEPS THREADS"
                        " [shorter|sparse|dense] [COUNTS_MB]\n");
        return PT_ERR_USAGE;
    }
    pt_ranks *ranks = NULL;
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    if (pt_ranks_open(&ranks, &err)) {
        fprintf(stderr, "ranks: %s\n", err.message);
        return PT_ERR_CONFIG;
    }
    const uint32_t D = (uint32_t)atol(argv[1]), V = (uint32_t)atol(argv[2]), K = (uint32_t)atol(argv[4]);
    const char *form = argc > 8 ? argv[8] : "shorter";
    pt_corpus *corpus = own_part(ranks, D, V, K, (uint32_t)atol(argv[3]));
    const pt_sampler_params params = {.K = K,
                                      .beta = .01,
                                      .title_weight = 1,
                                      .sub_sweeps = (uint64_t)atol(argv[5]),
                                      .seed = 1,
                                      .threads = atoi(argv[7]),
                                      .ranks = ranks,
                                      .counts_bytes = argc > 9 ? (uint64_t)(atof(argv[9]) * 1048576) : 0};
    if (pt_sampler_new(corpus, &params, &sampler, &err))
        pt_ranks_abort(ranks, err.message);
    if (sampler->exchange && strcmp(form, "plain") != 0)
        pt_exchange_measure(sampler->exchange, form_of(form));
    start_at_random(sampler);
    pt_ranks_cost before = pt_ranks_cost_so_far(ranks);
    pt_exchange_cost had =
        sampler->exchange ? pt_exchange_cost_so_far(sampler->exchange) : (pt_exchange_cost){0};
    for (int i = 1; i <= atoi(argv[6]); i++) {
        const double begin = pt_clock(CLOCK_MONOTONIC), cpu_begin = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
        pt_sampler_sweep(sampler);
        const double seconds = pt_clock(CLOCK_MONOTONIC) - begin,
                     cpu = pt_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin;
        const pt_ranks_cost cost = pt_ranks_cost_so_far(ranks);
        const pt_exchange_cost x =
            sampler->exchange ? pt_exchange_cost_so_far(sampler->exchange) : (pt_exchange_cost){0};
        printf(
            "%d\t%d\t%s\t%d\t%s\t%s\t%llu\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%llu\t%llu\t%llu\t%llu\t%.0f\t%."
            "4f\t%.6f\n",
            pt_ranks_size(ranks), pt_ranks_rank(ranks), argv[7], K, argv[5], form,
            (unsigned long long)sampler->N, i, seconds, cpu, cost.seconds - before.seconds,
            x.encode_seconds - had.encode_seconds, x.apply_seconds - had.apply_seconds,
            (unsigned long long)(cost.bytes_sent - before.bytes_sent),
            (unsigned long long)(x.rows - had.rows), (unsigned long long)(x.cells - had.cells),
            (unsigned long long)(x.bytes - had.bytes), x.least_bytes - had.least_bytes,
            (double)sampler->n_changed / (double)sampler->all_tokens,
            sampler->log_likelihood / (double)sampler->all_tokens);
        fflush(stdout);
        before = cost;
        had = x;
    }
    pt_sampler_free(sampler);
    pt_corpus_free(corpus);
    pt_ranks_close(ranks, 0);
    return 0;
}
