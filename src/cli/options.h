/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - one table of options for all commands: parsing, bounds, defaults and help come from it. */
#ifndef PT_CLI_OPTIONS_H
#define PT_CLI_OPTIONS_H

#include "base/status.h"
#include "cli/commands.h"

typedef struct pt_options {
    int threads;   /* 0 = all cores */
    uint64_t seed; /* 0 = the study file's, or 1 */
    bool quiet, log_json, help;
    const char *out, *dict, *items, *study, *store, *model;
    bool no_bom, lf;
    /* tokenize */
    bool nouns, morphemes, eojeol;
    bool explain, new_words;
    const char *lexicon, *user_dict;
    /* lda, train */
    const char *docword, *vocab;
    int topics, general_topics, sweeps;
    double alpha, beta, until, checkpoint_minutes;
    const char *holdout;
    int eval_every, checkpoint_every, sub_sweeps;
    bool resume, nwk;
    double patience, counts_memory;
    const char *shards; /* folder that shard made */
    /* shard */
    int files;
    /* ingest, infer */
    const char *shard;
    bool merge;
    /* synth */
    uint64_t patents, regional;
    const char *region, *truth;
    bool gzip;
    /* export */
    const char *format;
    /* doctor */
    bool repair;
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
#define PT_COMMAND_INDEX(name, set) PT_INDEX_##set,
#define PT_COMMAND_BIT(name, set) PT_FOR_##set = 1 << PT_INDEX_##set,
enum { PT_COMMANDS(PT_COMMAND_INDEX) PT_N_COMMANDS };
enum { PT_COMMANDS(PT_COMMAND_BIT) PT_FOR_ALL = (1 << PT_N_COMMANDS) - 1 };
#undef PT_COMMAND_INDEX
#undef PT_COMMAND_BIT

pt_options pt_options_default(void);
/* Parses argv[1..] of one command. A wrong option, value or combination: PT_ERR_USAGE with the way out. */
pt_status pt_options_parse(pt_options *options, pt_command_set command, int argc, char **argv,
                           pt_error *err) PT_WARN_UNUSED;
/* The options of a command with their defaults, to stdout. */
void pt_options_help(pt_command_set command);

#endif
