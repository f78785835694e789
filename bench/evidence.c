/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.c - seconds of the mixture stage (pt_evidence_find):  evidence STORE [RUNS [THREADS...]]
 * TSV on stdout: patents, words, tokens, threads, runs, median wall seconds, median processor seconds. */
#include "base/clock.h"
#include "base/mem.h"
#include "pipeline/session.h"

#include <stdio.h>
#include <stdlib.h>

static void must(pt_status status, const pt_error *err) {
    if (status) {
        fprintf(stderr, "%s\n", err->message);
        exit(status);
    }
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x, size_t n) {
    qsort(x, n, sizeof *x, compare);
    return x[n / 2];
}

static void measure(const pt_session *s, int threads, size_t runs) {
    double *wall = pt_alloc(runs, sizeof *wall), *cpu = pt_alloc(runs, sizeof *cpu);
    for (size_t i = 0; i < runs; i++) {
        pt_mixture_params params = pt_mixture_params_default();
        params.threads = threads;
        pt_evidence *evidence;
        pt_error err = {0};
        const double wall_start = pt_clock(CLOCK_MONOTONIC), cpu_start = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
        must(pt_evidence_find(s->corpus, s->seeds, NULL, NULL, &params, &evidence, &err), &err);
        wall[i] = pt_clock(CLOCK_MONOTONIC) - wall_start;
        cpu[i] = pt_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
        pt_evidence_free(evidence);
    }
    printf("%u\t%u\t%llu\t%d\t%zu\t%.3f\t%.3f\n", s->corpus->D, s->corpus->V,
           (unsigned long long)s->corpus->doc_start[s->corpus->D], threads, runs, median(wall, runs),
           median(cpu, runs));
    free(wall);
    free(cpu);
}

int main(int argc, char **argv) {
    if (argc < 2)
        return fprintf(stderr, "usage: evidence STORE [RUNS [THREADS...]]\n"), 64;
    pt_error err = {0};
    pt_params params = pt_params_default();
    params.store = argv[1];
    params.dict_folder = "dict";
    params.lexicon = getenv("PATOPIC_LEXICON") ? getenv("PATOPIC_LEXICON") : "build/korean.dict";
    pt_session session;
    must(pt_session_open(&session, &params, NULL, &err), &err);
    must(pt_session_tables(&session, &err), &err);
    must(pt_session_load(&session, &err), &err);
    const size_t runs = argc > 2 ? strtoul(argv[2], NULL, 10) : 5;
    for (int i = 3; i < argc || i == 3; i++)
        measure(&session, i < argc ? atoi(argv[i]) : 1, runs);
    pt_session_close(&session);
    return 0;
}
