/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum option_kind { FLAG, INTEGER, NUMBER, REAL, TEXT } option_kind;

typedef struct option_row {
    const char *name;
    option_kind kind;
    size_t field;
    double low, high;
    const char *argument;
    const char *text;
    pt_command_set commands;
} option_row;

#define FIELD(f) offsetof(pt_options, f)
#define STAGES                                                                                               \
    (PT_FOR_TRAIN | PT_FOR_SHARD | PT_FOR_MAP | PT_FOR_SELECT | PT_FOR_REPORT | PT_FOR_EVALUATE |            \
     PT_FOR_EXPORT | PT_FOR_DOCTOR | PT_FOR_UPDATE)
#define PLACED (STAGES | PT_FOR_QUARANTINE) /* find their files by the study */

static const option_row TABLE[] = {
    {"study", TEXT, FIELD(study), 0, 0, "FILE", "study file (INI); without one, a study of the whole store",
     PT_FOR_RUN | PT_FOR_INFER | PLACED},
    {"store", TEXT, FIELD(store), 0, 0, "FILE", "patents.db; default OUT/STUDY/patents.db",
     PT_FOR_RUN | PT_FOR_INGEST | PT_FOR_ITEMS | PLACED},
    {"model", TEXT, FIELD(model), 0, 0, "FILE", "model; default OUT/STUDY/model.bin",
     PT_FOR_RUN | PT_FOR_INFER | STAGES},
    {"out", TEXT, FIELD(out), 0, 0, "DIR", "where results go",
     PT_FOR_RUN | PT_FOR_INFER | PLACED | PT_FOR_LDA | PT_FOR_SYNTH | PT_FOR_DICT},
    {"no-bom", FLAG, FIELD(no_bom), 0, 0, NULL, "CSV without byte order mark (R, pandas)",
     PT_FOR_RUN | PT_FOR_REPORT | PT_FOR_UPDATE},
    {"lf", FLAG, FIELD(lf), 0, 0, NULL, "CSV lines end in LF, not CR LF",
     PT_FOR_RUN | PT_FOR_REPORT | PT_FOR_UPDATE},
    {"nouns", FLAG, FIELD(nouns), 0, 0, NULL, "print the content nouns (default)", PT_FOR_TOKENIZE},
    {"morphemes", FLAG, FIELD(morphemes), 0, 0, NULL, "print every morpheme with its tag", PT_FOR_TOKENIZE},
    {"eojeol", FLAG, FIELD(eojeol), 0, 0, NULL,
     "a line an eojeol: sentence, eojeol index, eojeol, morphemes (tab-separated)", PT_FOR_TOKENIZE},
    {"new-words", FLAG, FIELD(new_words), 0, 0, NULL,
     "print a table of words that the dictionary lacks and the text shows 5 times or more, behind 3 "
     "different eojeols "
     "and before 3 different particles; --user-dict takes it",
     PT_FOR_TOKENIZE},
    {"explain", FLAG, FIELD(explain), 0, 0, NULL,
     "print the lattice of every eojeol: words, costs and the path taken", PT_FOR_TOKENIZE},
    {"docword", TEXT, FIELD(docword), 0, 0, "FILE",
     "UCI bag of words, or a folder that `shard` made (required)", PT_FOR_LDA},
    {"docword", TEXT, FIELD(docword), 0, 0, "FILE", "UCI bag of words to cut, instead of a store",
     PT_FOR_SHARD},
    {"vocab", TEXT, FIELD(vocab), 0, 0, "FILE", "the words, one a line", PT_FOR_LDA | PT_FOR_SHARD},
    {"files", INTEGER, FIELD(files), 1, 1024, "N", "files to make, at most one for 256 documents",
     PT_FOR_SHARD},
    {"shards", TEXT, FIELD(shards), 0, 0, "DIR", "train on what `shard` made of the store, not on the store",
     PT_FOR_TRAIN},
    {"merge", FLAG, FIELD(merge), 0, 0, NULL,
     "PATH... are stores that were ingested in parts: put them together", PT_FOR_INGEST},
    {"shard", TEXT, FIELD(shard), 0, 0, "I/N",
     "do the I-th of N equal parts of the work, as a job of an array", PT_FOR_INGEST | PT_FOR_INFER},
    {"topics", INTEGER, FIELD(topics), 1, 65535, "K", "number of topics", PT_FOR_LDA},
    {"general-topics", INTEGER, FIELD(general_topics), 0, 10000, "B",
     "topics beside those of the items; default: the study file's", PT_FOR_RUN | PT_FOR_TRAIN},
    {"sweeps", INTEGER, FIELD(sweeps), 1, 100000, "N", "Gibbs sweeps; default: the study file's, 200 for lda",
     PT_FOR_RUN | PT_FOR_TRAIN | PT_FOR_LDA},
    {"alpha", REAL, FIELD(alpha), 1e-9, 1e6, "A", "document-topic prior, each topic", PT_FOR_LDA},
    {"beta", REAL, FIELD(beta), 1e-9, 1e6, "B", "topic-word prior", PT_FOR_LDA},
    {"sub-sweeps", INTEGER, FIELD(sub_sweeps), 1, INT_MAX, "N",
     "refreshes of the topics a sweep; as many as tokens: exact collapsed Gibbs", PT_FOR_LDA},
    {"holdout", TEXT, FIELD(holdout), 0, 0, "FILE",
     "UCI bag of words of other documents, whose perplexity goes into sweeps.tsv", PT_FOR_LDA},
    {"eval-every", INTEGER, FIELD(eval_every), 1, 100000, "N", "measure it every N sweeps", PT_FOR_LDA},
    {"until", REAL, FIELD(until), 1, 1e18, "PERPLEXITY", "stop when it is not above this", PT_FOR_LDA},
    {"nwk", FLAG, FIELD(nwk), 0, 0, NULL, "write topic_word.nwk too: all counts, binary", PT_FOR_LDA},
    {"checkpoint-every", INTEGER, FIELD(checkpoint_every), 1, 100000, "N",
     "save the chain every N sweeps too, not only by time", PT_FOR_RUN | PT_FOR_TRAIN | PT_FOR_LDA},
    {"checkpoint-minutes", REAL, FIELD(checkpoint_minutes), 0, 1e6, "M",
     "save the chain when M minutes have passed; 0 = never", PT_FOR_RUN | PT_FOR_TRAIN | PT_FOR_LDA},
    {"resume", FLAG, FIELD(resume), 0, 0, NULL,
     "go on from the saved chain (train.ckpt beside the result) if there is one",
     PT_FOR_RUN | PT_FOR_TRAIN | PT_FOR_LDA},
    {"counts-memory", REAL, FIELD(counts_memory), 1e-3, 1e9, "MB",
     "several ranks: memory for counts and phi on each; where they take more, a rank keeps those of its own\n"
     "                         words only (the result is the same; without seeds and from 1,200 topics on it "
     "is\n"
     "                         that of this limit, for any number of ranks)",
     PT_FOR_TRAIN | PT_FOR_LDA},
    {"patience", REAL, FIELD(patience), 0.01, 1e6, "M",
     "give up when the other ranks say nothing for M minutes", PT_FOR_TRAIN | PT_FOR_LDA},
    {"patents", NUMBER, FIELD(patents), 1, 1e9, "N", "patents to write", PT_FOR_SYNTH},
    {"regional", NUMBER, FIELD(regional), 0, 1e9, "N", "of them in the region", PT_FOR_SYNTH},
    {"region", TEXT, FIELD(region), 0, 0, "NAME", "the region, 시도 and 시군구", PT_FOR_SYNTH},
    {"truth", TEXT, FIELD(truth), 0, 0, "FILE", "where the truth goes; default OUT/truth.tsv", PT_FOR_SYNTH},
    {"gzip", FLAG, FIELD(gzip), 0, 0, NULL, "write .xml.gz", PT_FOR_SYNTH},
    {"format", TEXT, FIELD(format), 0, 0, "NAME", "the format (required)", PT_FOR_EXPORT},
    {"held-out", FLAG, FIELD(held_out), 0, 0, NULL, "train once more and tell the perplexity of the held-out",
     PT_FOR_EVALUATE},
    {"seeds", INTEGER, FIELD(seeds), 2, 100, "N", "train N models and tell how stable they are",
     PT_FOR_EVALUATE},
    {"intrusion", TEXT, FIELD(intrusion), 0, 0, "FILE", "write a word-intrusion sheet; answers to FILE.key",
     PT_FOR_EVALUATE},
    {"repair", FLAG, FIELD(repair), 0, 0, NULL,
     "put right what is safe to: leftovers of killed runs, rows that point to nothing, a lost `current`",
     PT_FOR_DOCTOR},
    {"json", FLAG, FIELD(json), 0, 0, NULL, "JSON instead of TSV", PT_FOR_EVALUATE},
    {"items", TEXT, FIELD(items), 0, 0, "FILE", "the standard; default DICT/items.tsv",
     PT_FOR_RUN | PT_FOR_ITEMS | PT_FOR_INFER | STAGES},
    {"dict", TEXT, FIELD(dict), 0, 0, "DIR", "folder of tables; default: dict/ beside the program's folder",
     PT_FOR_ALL & ~(PT_FOR_LDA | PT_FOR_COMPARE | PT_FOR_VERSION)},
    {"lexicon", TEXT, FIELD(lexicon), 0, 0, "FILE",
     "compiled Korean dictionary; default: korean.dict beside the program",
     PT_FOR_ALL & ~(PT_FOR_LDA | PT_FOR_SYNTH | PT_FOR_DICT | PT_FOR_COMPARE | PT_FOR_VERSION)},
    {"user-dict", TEXT, FIELD(user_dict), 0, 0, "FILE",
     "your own words (TSV with a header: term, class, and cost if wanted), kept whole",
     PT_FOR_RUN | PT_FOR_INGEST | PT_FOR_INFER | PT_FOR_TOKENIZE | PLACED},
    {"seed", NUMBER, FIELD(seed), 1, 1.8e19, "N",
     "seed of every random number; default: the study file's, else 1",
     PT_FOR_RUN | STAGES | PT_FOR_LDA | PT_FOR_SYNTH},
    {"threads", INTEGER, FIELD(threads), 1, 4096, "N", "threads; default: all cores; never changes a result",
     PT_FOR_ALL & ~(PT_FOR_COMPARE | PT_FOR_VERSION)},
    {"quiet", FLAG, FIELD(quiet), 0, 0, NULL, "errors only", PT_FOR_ALL},
    {"log-json", FLAG, FIELD(log_json), 0, 0, NULL, "messages and progress as JSON lines on stderr",
     PT_FOR_ALL},
    {"help", FLAG, FIELD(help), 0, 0, NULL, "this text", PT_FOR_ALL},
};
enum { ROWS = sizeof TABLE / sizeof TABLE[0] };

pt_options pt_options_default(void) {
    return (pt_options){
        .out = "out",
        .topics = 100,
        .alpha = 0.1,
        .beta = 0.01,
        .checkpoint_minutes = 10,
        .patience = 30,
        .counts_memory = 8192,
        .files = 64,
        .eval_every = 10,
        .sub_sweeps = 32,
        .patents = 4000,
        .regional = 700,
        .region = "경상남도 김해시",
        .general_topics = -1,
    };
}

static pt_status out_of_range(const option_row *row, const char *value, pt_error *err) {
    return pt_fail(err, PT_ERR_USAGE, "--%s %s: expected a number from %.15g to %.15g", row->name, value,
                   row->low, row->high);
}

static pt_status set_value(pt_options *options, const option_row *row, const char *value, pt_error *err) {
    void *field = (char *)options + row->field;
    char *end;
    errno = 0;
    switch (row->kind) {
    case FLAG:
        *(bool *)field = true;
        return PT_OK;
    case TEXT:
        if (!value[0])
            return pt_fail(err, PT_ERR_USAGE, "--%s: empty value", row->name);
        *(const char **)field = value;
        return PT_OK;
    case INTEGER: {
        const long n = strtol(value, &end, 10);
        if (errno || *end || end == value || (double)n < row->low || (double)n > row->high)
            return out_of_range(row, value, err);
        *(int *)field = (int)n;
        return PT_OK;
    }
    case NUMBER: {
        const unsigned long long n = strtoull(value, &end, 10);
        if (errno || *end || end == value || value[0] == '-' || (double)n < row->low || (double)n > row->high)
            return out_of_range(row, value, err);
        *(uint64_t *)field = n;
        return PT_OK;
    }
    case REAL: {
        const double x = strtod(value, &end);
        if (errno || *end || end == value || !(x >= row->low && x <= row->high))
            return out_of_range(row, value, err);
        *(double *)field = x;
        return PT_OK;
    }
    }
    return PT_ERR_BUG;
}

pt_status pt_options_parse(pt_options *options, pt_command_set command, int argc, char **argv,
                           pt_error *err) {
    struct option longs[ROWS + 1] = {0};
    size_t n = 0;
    for (int i = 0; i < ROWS; i++)
        if (TABLE[i].commands & command)
            longs[n++] = (struct option){
                TABLE[i].name, TABLE[i].kind == FLAG ? no_argument : required_argument, NULL, 256 + i};
    opterr = 0;
    optind = 0;
    int code;
    while ((code = getopt_long(argc, argv, ":h", longs, NULL)) != -1) {
        if (code == 'h') {
            options->help = true;
        } else if (code == ':') {
            return pt_fail(err, PT_ERR_USAGE, "%s needs a value; see `patopic help %s`", argv[optind - 1],
                           argv[0]);
        } else if (code == '?') {
            return pt_fail(err, PT_ERR_USAGE, "%s: no such option; see `patopic help %s`", argv[optind - 1],
                           argv[0]);
        } else {
            const pt_status status = set_value(options, &TABLE[code - 256], optarg, err);
            if (status)
                return status;
        }
    }
    options->paths = (const char **)(argv + optind);
    options->n_paths = (size_t)(argc - optind);
    return PT_OK;
}

/* " [default]" where the default is a real value; options that default to something computed say so in their
 * text. */
static void print_default(const option_row *row) {
    const pt_options defaults = pt_options_default();
    const void *field = (const char *)&defaults + row->field;
    if (row->kind == TEXT && *(const char *const *)field)
        printf(" [%s]", *(const char *const *)field);
    else if (row->kind == INTEGER && *(const int *)field > 0)
        printf(" [%d]", *(const int *)field);
    else if (row->kind == NUMBER && *(const uint64_t *)field > 0)
        printf(" [%" PRIu64 "]", *(const uint64_t *)field);
    else if (row->kind == REAL && *(const double *)field > 0)
        printf(" [%g]", *(const double *)field);
}

void pt_options_help(pt_command_set command) {
    puts("\nOptions:");
    for (int i = 0; i < ROWS; i++) {
        const option_row *row = &TABLE[i];
        if (!(row->commands & command))
            continue;
        char left[48];
        snprintf(left, sizeof left, "--%s%s%s", row->name, row->argument ? " " : "",
                 row->argument ? row->argument : "");
        printf("  %-22s %s", left, row->text);
        print_default(row);
        putchar('\n');
    }
}
