/* SPDX-License-Identifier: Apache-2.0 */
/* read_uci.c - megabytes a second of reading a UCI bag of words, as TSV on stdout, one row a reading. */
#include "base/clock.h"
#include "topics/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
    struct stat about;
    if (argc < 3 || stat(argv[1], &about)) {
        fprintf(stderr, "usage: read_uci FILE TIMES\n");
        return PT_ERR_USAGE;
    }
    printf("file\tbytes\tdocuments\twords\ttokens\tmb_per_s\tmb_per_cpu_s\n");
    for (int i = 0; i < atoi(argv[2]); i++) {
        pt_corpus *corpus = NULL;
        pt_error err = {0};
        const double begin = pt_clock(CLOCK_MONOTONIC), cpu = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
        if (pt_corpus_read_uci(argv[1], NULL, &corpus, &err)) {
            fprintf(stderr, "read_uci: %s\n", err.message);
            return PT_ERR_DATA;
        }
        const double mb = (double)about.st_size / 1e6;
        printf("%s\t%lld\t%u\t%u\t%llu\t%.1f\t%.1f\n", argv[1], (long long)about.st_size, corpus->D,
               corpus->V, (unsigned long long)corpus->doc_start[corpus->D],
               mb / (pt_clock(CLOCK_MONOTONIC) - begin), mb / (pt_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu));
        pt_corpus_free(corpus);
    }
    return 0;
}
