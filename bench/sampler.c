/* SPDX-License-Identifier: Apache-2.0 */
/* sampler.c - tokens a second of the sampler on a synthetic corpus: TSV on stdout.
 * usage: sampler DOCUMENTS WORDS TOPICS MEAN_LENGTH SWEEPS SUB_SWEEPS THREADS [plain|avx2|avx512] */
#include "topics/sampler.h"
#include "base/mem.h"
#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A document mixes 3 topics; a topic's words are Zipfian ranks, shifted by topic: dense enough to be hard. */
static pt_corpus *synthetic(uint32_t D, uint32_t V, uint32_t K, uint32_t mean_length) {
    pt_corpus *corpus = pt_zalloc(1, sizeof *corpus);
    corpus->D = D;
    corpus->V = V;
    corpus->doc_start = pt_alloc((size_t)D + 1, sizeof *corpus->doc_start);
    corpus->doc_start[0] = 0;
    for (uint32_t d = 0; d < D; d++)
        corpus->doc_start[d + 1] =
            corpus->doc_start[d] + mean_length / 2 + pt_rng_below(pt_rng_key(1, 0, d), mean_length + 1);
    const uint64_t N = corpus->doc_start[D];
    corpus->word = pt_alloc(N, sizeof *corpus->word);
    corpus->flags = pt_zalloc(N, sizeof *corpus->flags);
    corpus->doc_freq = pt_zalloc(V, sizeof *corpus->doc_freq);
    for (uint32_t d = 0; d < D; d++) {
        const uint64_t key = pt_rng_key(1, 1, d);
        for (uint64_t t = corpus->doc_start[d]; t < corpus->doc_start[d + 1]; t++) {
            const uint64_t which = pt_rng_below(pt_rng_at(key, 3 * t), 3);
            const uint64_t topic = pt_rng_below(pt_rng_at(key ^ 7, which), K);
            const double rank = pow((double)V, pt_rng_double(pt_rng_at(key, 3 * t + 1))) - 1;
            const uint64_t is_common = pt_rng_below(pt_rng_at(key, 3 * t + 2), 3) == 0;
            corpus->word[t] = (uint32_t)(((uint64_t)rank + (is_common ? 0 : topic * (V / K))) % V);
        }
    }
    return corpus;
}

static pt_kernel_path path_of(const char *name) {
    return strcmp(name, "plain") == 0    ? PT_KERNEL_PLAIN
           : strcmp(name, "avx2") == 0   ? PT_KERNEL_AVX2
           : strcmp(name, "avx512") == 0 ? PT_KERNEL_AVX512
                                         : PT_KERNEL_BEST;
}

int main(int argc, char **argv) {
    if (argc < 8) {
        fprintf(stderr,
                "usage: sampler DOCUMENTS WORDS TOPICS MEAN_LENGTH SWEEPS SUB_SWEEPS THREADS [KERNEL]\n");
        return PT_ERR_USAGE;
    }
    const uint32_t D = (uint32_t)atol(argv[1]), V = (uint32_t)atol(argv[2]), K = (uint32_t)atol(argv[3]);
    pt_corpus *corpus = synthetic(D, V, K, (uint32_t)atol(argv[4]));
    const pt_sampler_params params = {.K = K,
                                      .beta = .01,
                                      .title_weight = 1,
                                      .sub_sweeps = (uint64_t)atol(argv[6]),
                                      .seed = 1,
                                      .threads = atoi(argv[7]),
                                      .kernel = path_of(argc > 8 ? argv[8] : "")};
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    if (!pt_kernel_choose(params.kernel) || pt_sampler_new(corpus, &params, &sampler, &err)) {
        fprintf(stderr, "sampler: %s\n", err.message);
        return PT_ERR_DATA;
    }
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->z[t] = (uint16_t)pt_rng_below(pt_rng_at(3, t), K);
    for (uint32_t k = 0; k < K; k++)
        sampler->alpha[k] = .05;
    pt_sampler_begin(sampler);
    printf("kernel\tthreads\ttopics\ttokens\tsweep\tmtokens_per_s\tlog_likelihood\n");
    for (int i = 1; i <= atoi(argv[5]); i++) {
        const double begin = now();
        pt_sampler_sweep(sampler);
        const double seconds = now() - begin;
        printf("%s\t%s\t%u\t%llu\t%d\t%.2f\t%.4f\n", pt_kernel_name(params.kernel), argv[7], K,
               (unsigned long long)sampler->N, i, (double)sampler->N / seconds / 1e6,
               sampler->log_likelihood / (double)sampler->N);
    }
    pt_sampler_free(sampler);
    pt_corpus_free(corpus);
    return 0;
}
