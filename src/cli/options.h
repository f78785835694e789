/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - one table of options for all commands: parsing, bounds, defaults and help come from it. */
#ifndef PT_CLI_OPTIONS_H
#define PT_CLI_OPTIONS_H

#include "base/status.h"

typedef struct pt_options {
    int threads;   /* 0 = all cores */
    uint64_t seed; /* 0 = the study file's, or 1 */
    bool quiet, log_json, help;
    const char *out, *dict, *items, *study, *store, *model;
    bool no_bom, lf;
    /* tokenize */
    bool nouns, morphemes, eojeol;
    const char *lexicon;
    /* lda, train */
    const char *docword, *vocab;
    int topics, general_topics, sweeps;
    double alpha, beta;
    /* synth */
    uint64_t patents, regional;
    const char *region, *truth;
    bool gzip;
    /* evaluate */
    bool json, held_out;
    int seeds;
    const char *intrusion;
    /* left over */
    const char **paths;
    size_t n_paths;
} pt_options;

/* Which commands know an option: a set of bits, one a command. */
typedef uint32_t pt_command_set;
enum {
    PT_FOR_RUN = 1 << 0,
    PT_FOR_INGEST = 1 << 1,
    PT_FOR_TOKENIZE = 1 << 2,
    PT_FOR_TRAIN = 1 << 3,
    PT_FOR_MAP = 1 << 4,
    PT_FOR_SELECT = 1 << 5,
    PT_FOR_REPORT = 1 << 6,
    PT_FOR_LDA = 1 << 7,
    PT_FOR_SYNTH = 1 << 8,
    PT_FOR_DICT = 1 << 9,
    PT_FOR_EVALUATE = 1 << 10,
    PT_FOR_VERSION = 1 << 11,
    PT_FOR_ITEMS = 1 << 12,
    PT_FOR_ALL = (1 << 13) - 1
};

pt_options pt_options_default(void);
/* Parses argv[1..] of one command. A wrong option, value or combination: PT_ERR_USAGE with the way out. */
pt_status pt_options_parse(pt_options *options, pt_command_set command, int argc, char **argv,
                           pt_error *err) PT_WARN_UNUSED;
/* The options of a command with their defaults, to stdout. */
void pt_options_help(pt_command_set command);

#endif
