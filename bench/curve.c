/* SPDX-License-Identifier: Apache-2.0 */
/* curve.c - the sampler's counts after given sweeps, for an evaluator that scores many samplers alike.
 * Writes FOLDER/itNNNNN.nwk (int32 0x314B574E, V, K, then counts [V][K]) and FOLDER/times.txt (sweep, seconds
 * of sampling so far: no reading, no writing). */
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/start.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed(const pt_error *err) {
    fprintf(stderr, "curve: %s\n", err->message);
    return PT_ERR_DATA;
}

static pt_status write_counts(const pt_sampler *sampler, const char *folder, int sweep, pt_error *err) {
    const uint32_t K = sampler->params.K, V = sampler->V;
    int32_t *count = pt_zalloc((size_t)V * K, sizeof *count);
    for (uint64_t t = 0; t < sampler->N; t++)
        count[(size_t)sampler->word[t] * K + sampler->z[t]]++;
    char *path = pt_strfmt("%s/it%05d.nwk", folder, sweep);
    pt_writer *writer = NULL;
    pt_status status = pt_writer_open(&writer, path, err);
    if (!status) {
        const int32_t head[3] = {0x314B574E, (int32_t)V, (int32_t)K};
        pt_writer_bytes(writer, head, sizeof head);
        pt_writer_bytes(writer, count, (size_t)V * K * sizeof *count);
        status = pt_writer_close(writer, err);
    }
    free(path);
    free(count);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 9) {
        fprintf(stderr, "usage: curve UCI_FILE TOPICS ALPHA BETA SUB_SWEEPS THREADS FOLDER SWEEP...\n");
        return PT_ERR_USAGE;
    }
    const pt_sampler_params params = {.K = (uint32_t)atol(argv[2]),
                                      .beta = atof(argv[4]),
                                      .title_weight = 1,
                                      .sub_sweeps = (uint64_t)atol(argv[5]),
                                      .seed = 1,
                                      .threads = atoi(argv[6])};
    const char *folder = argv[7];
    pt_corpus *corpus = NULL;
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    if (pt_corpus_read_uci(argv[1], NULL, &corpus, &err) || pt_make_folder(folder, &err) ||
        pt_sampler_new(corpus, &params, &sampler, &err))
        return failed(&err);
    double seconds = pt_clock(CLOCK_MONOTONIC);
    for (uint32_t k = 0; k < params.K; k++)
        sampler->alpha[k] = atof(argv[3]);
    pt_start_topics(sampler, NULL, 0);
    pt_sampler_begin(sampler);
    seconds = pt_clock(CLOCK_MONOTONIC) - seconds;
    char *path = pt_strfmt("%s/times.txt", folder);
    FILE *times = fopen(path, "w");
    free(path);
    int sweep = 0;
    for (int i = 8; i < argc && times; i++) {
        const double begin = pt_clock(CLOCK_MONOTONIC);
        for (; sweep < atoi(argv[i]); sweep++)
            pt_sampler_sweep(sampler);
        seconds += pt_clock(CLOCK_MONOTONIC) - begin;
        fprintf(times, "%d %.4f\n", sweep, seconds);
        if (write_counts(sampler, folder, sweep, &err))
            return failed(&err);
    }
    pt_sampler_free(sampler);
    pt_corpus_free(corpus);
    return times && fclose(times) == 0 ? 0 : PT_ERR_IO;
}
