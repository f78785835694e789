/* SPDX-License-Identifier: Apache-2.0 */
/* sampler.c - tokens a second of the sampler, as TSV on stdout; on a UCI file or on a synthetic corpus. */
#include "topics/sampler.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Documents of 3 topics each. */
static pt_corpus *synthetic(uint32_t D, uint32_t V, uint32_t K, uint32_t mean_length) {
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = D;
    corpus->V = V;
    corpus->doc_start = pt_alloc((size_t)D + 1, sizeof *corpus->doc_start);
    corpus->doc_start[0] = 0;
    for (uint32_t d = 0; d < D; d++)
        corpus->doc_start[d + 1] = corpus->doc_start[d] + draw_length(d, mean_length);
    const uint64_t N = corpus->doc_start[D];
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_zalloc(N, sizeof *corpus->flags);
    corpus->doc_freq = pt_zalloc(V, sizeof *corpus->doc_freq);
    for (uint32_t d = 0; d < D; d++)
        for (uint64_t t = corpus->doc_start[d]; t < corpus->doc_start[d + 1]; t++) {
            const uint64_t which = pt_rng_below(pt_rng_key(1, 1, t), 3);
            const uint64_t topic = pt_rng_below(pt_rng_key(1, 2 + which, d), K);
            corpus->word[t] = draw_word(V, topic, pt_rng_key(1, 5, t));
        }
    return corpus;
}

static pt_kernel_path path_of(const char *name) {
    return strcmp(name, "plain") == 0    ? PT_KERNEL_PLAIN
           : strcmp(name, "avx2") == 0   ? PT_KERNEL_AVX2
           : strcmp(name, "avx512") == 0 ? PT_KERNEL_AVX512
           : strcmp(name, "bf16") == 0   ? PT_KERNEL_BF16
                                         : PT_KERNEL_BEST;
}

static pt_status open_corpus(const char *name, uint32_t K, pt_corpus **corpus, pt_error *err) {
    unsigned D = 0, V = 0, mean_length = 0;
    if (sscanf(name, "%u:%u:%u", &D, &V, &mean_length) != 3)
        return pt_corpus_read_uci(name, NULL, corpus, err);
    *corpus = synthetic(D, V, K, mean_length);
    return PT_OK;
}

static void start_at_random(pt_sampler *sampler) {
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->z[t] = (uint16_t)pt_rng_below(pt_rng_at(3, t), sampler->params.K);
    for (uint32_t k = 0; k < sampler->params.K; k++)
        sampler->alpha[k] = .05;
    pt_sampler_begin(sampler);
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fprintf(stderr, "usage: sampler CORPUS TOPICS SWEEPS SUB_SWEEPS THREADS [plain|avx2|avx512|bf16]\n"
                        "CORPUS: a UCI file, or DOCUMENTS:WORDS:MEAN_LENGTH for a synthetic one\n");
        return PT_ERR_USAGE;
    }
    const pt_sampler_params params = {.K = (uint32_t)atol(argv[2]),
                                      .beta = .01,
                                      .title_weight = 1,
                                      .sub_sweeps = (uint64_t)atol(argv[4]),
                                      .seed = 1,
                                      .threads = atoi(argv[5]),
                                      .kernel = path_of(argc > 6 ? argv[6] : "")};
    pt_corpus *corpus = NULL;
    pt_sampler *sampler = NULL;
    pt_error err = {.message = "this machine has no such kernel"};
    if (!pt_kernel_choose(params.kernel) || open_corpus(argv[1], params.K, &corpus, &err) ||
        pt_sampler_new(corpus, &params, &sampler, &err)) {
        fprintf(stderr, "sampler: %s\n", err.message);
        return PT_ERR_DATA;
    }
    start_at_random(sampler);
    for (int i = 1; i <= atoi(argv[3]); i++) {
        const double begin = pt_clock(CLOCK_MONOTONIC), cpu_begin = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
        pt_sampler_sweep(sampler);
        const double seconds = pt_clock(CLOCK_MONOTONIC) - begin,
                     cpu = pt_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu_begin;
        printf("%s\t%s\t%s\t%u\t%s\t%llu\t%d\t%.2f\t%.2f\t%.4f\n", argv[1], pt_kernel_name(params.kernel),
               argv[5], params.K, argv[4], (unsigned long long)sampler->N, i,
               (double)sampler->N / seconds / 1e6, (double)sampler->N / cpu / 1e6,
               sampler->log_likelihood / (double)sampler->N);
    }
    pt_sampler_free(sampler);
    pt_corpus_free(corpus);
    return 0;
}
