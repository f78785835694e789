/* SPDX-License-Identifier: Apache-2.0 */
/* patopic.h - the whole public interface of libpatopic: patent XML in, a region's leading items and
 * technologies out. The road has stages, each one call, each leaving a file that the next one reads:
 *
 *     pt_ingest        XML, CSV, archives  ->  patents.db
 *     pt_shard_store   patents.db          ->  a folder of shards, from which many processes can train
 *     pt_train_model   either              ->  model.bin
 *     pt_map_patents   both                ->  items of every patent, in patents.db
 *     pt_select        both                ->  the leading items, in memory
 *     pt_report        both                ->  tables, workbook, page under OUT/STUDY/current/
 *     pt_run           all of them
 *
 * Strings are UTF-8. Nothing here prints or exits and there is no global state, with one exception: when
 * memory runs out the process ends with a message and the status PT_ERR_BUG, since a half-built model has no
 * use and every file on disk is whole at any moment. */
#ifndef PATOPIC_H
#define PATOPIC_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PT_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

#define PT_WARN_UNUSED __attribute__((warn_unused_result))

/* The values are the exit codes of the command line (sysexits.h where one fits). */
typedef enum pt_status {
    PT_OK = 0,
    PT_OK_QUARANTINED = 2, /* done, but some records were put aside; see the quarantine table */
    PT_ERR_USAGE = 64,     /* the caller asked for something impossible */
    PT_ERR_DATA = 65,      /* input is there but wrong */
    PT_ERR_NO_INPUT = 66,  /* input is not there or may not be read */
    PT_ERR_BUG = 70,       /* an inner promise was broken */
    PT_ERR_CREATE = 73,    /* output cannot be created */
    PT_ERR_IO = 74,        /* reading or writing failed half way */
    PT_ERR_AGAIN = 75,     /* locked by another run, or stopped on request; try again */
    PT_ERR_CONFIG = 78     /* study file, dictionary or items file is wrong */
} pt_status;

/* Filled by the function that failed; empty message means no error. */
typedef struct pt_error {
    pt_status status;
    char message[1024]; /* one line: what, where (file:line), the way out */
} pt_error;

typedef enum pt_level { PT_LEVEL_DEBUG, PT_LEVEL_INFO, PT_LEVEL_WARN, PT_LEVEL_ERROR } pt_level;

/* How a long stage talks to its caller, and the caller to it. Every pointer may be NULL, and so may the
 * monitor itself. The callbacks come from one thread at a time. */
typedef struct pt_monitor {
    void (*message)(void *user, pt_level level, const char *text);
    void (*progress)(void *user, const char *stage, uint64_t done, uint64_t total); /* total 0 = unknown */
    const volatile sig_atomic_t *stop; /* non-zero: finish the unit of work, save, return PT_ERR_AGAIN */
    void *user;
} pt_monitor;

/* ---- the stages ------------------------------------------------------------------------------------- */

/* Other processes of the same job (MPI); only the command line makes one. */
typedef struct pt_ranks pt_ranks;

/* What a run needs to know. Zero the struct, or start from pt_params_default(); NULL and 0 mean the default.
 */
typedef struct pt_params {
    const char *dict_folder;  /* tables: items.tsv, industries.tsv, regions.tsv, korean/ … (required) */
    const char *lexicon;      /* compiled Korean dictionary, korean.dict (required) */
    const char *user_dict;    /* words of your own: TSV of term, class, cost; NULL = none */
    const char *items;        /* the standard; default dict_folder/items.tsv */
    const char *study;        /* study file; default: a study of the whole store */
    const char *out;          /* default "out"; results go to OUT/STUDY/ */
    const char *store;        /* default OUT/STUDY/patents.db */
    const char *model;        /* default OUT/STUDY/model.bin */
    const char *const *paths; /* files and folders to read */
    size_t n_paths;
    int threads;               /* 0 = all cores; never changes a result */
    uint64_t seed;             /* 0 = the study file's */
    int sweeps;                /* 0 = the study file's */
    int general_topics;        /* < 0 = the study file's */
    bool no_bom, lf;           /* CSV without byte order mark; LF instead of CR LF */
    int table_width;           /* cells of pt_result_table, at least 60; 0 = as wide as the longest name */
    bool table_colour;         /* ANSI colours in it */
    int checkpoint_every;      /* save the training every so many sweeps; 0 = by time alone */
    double checkpoint_minutes; /* save it when so many minutes have passed; 0 = never */
    bool resume;               /* go on from OUT/STUDY/train.ckpt, which a stopped training leaves */
    const char *shards;        /* folder that pt_shard_store made; pt_train_model then opens no store */
    bool merge;                /* pt_ingest: the paths are stores that were ingested in parts */
    const char *shard;         /* "I/N": pt_ingest takes the I-th of N parts of the sources; NULL = all */
    pt_ranks *ranks;           /* NULL = this process alone; else, of pt_train_model: */
    double counts_memory;      /* MB a process for topic-word counts; 0 = no limit */
} pt_params;

pt_params pt_params_default(void);

/* One leading item of the region, best first inside its industry. Strings are borrowed from the result. */
typedef struct pt_result_item {
    const char *industry, *item_id, *item;
    double patents;   /* x_rk, fractional */
    double share;     /* of the region's patents */
    double lq_shrunk; /* NaN without a reference corpus */
    double growth;    /* NaN where the years cannot say */
    double stability; /* share of bootstrap draws in which the item stays in */
} pt_result_item;

typedef struct pt_result_technology {
    uint32_t item; /* index among the items of the result */
    const char *name;
    uint32_t patents;
    double cohesion; /* mean cosine to the centre; under 0.40 the group is mixed */
} pt_result_technology;

typedef struct pt_result pt_result;

/* Each stage starts from the artefact of the stage before it. PT_OK_QUARANTINED: done, but some records were
 * put aside. result may be NULL where only the files are wanted; free it with pt_result_free. */
pt_status pt_ingest(const pt_params *params, const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
pt_status pt_train_model(const pt_params *params, const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
/* Words and evidence of all patents into n_files files of a folder. */
pt_status pt_shard_store(const pt_params *params, const char *folder, uint32_t n_files,
                         const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
pt_status pt_map_patents(const pt_params *params, const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
pt_status pt_select(const pt_params *params, pt_result **result, const pt_monitor *monitor,
                    pt_error *err) PT_WARN_UNUSED;
pt_status pt_report(const pt_params *params, pt_result **result, const pt_monitor *monitor,
                    pt_error *err) PT_WARN_UNUSED;
pt_status pt_run(const pt_params *params, pt_result **result, const pt_monitor *monitor,
                 pt_error *err) PT_WARN_UNUSED;

/* What a scheduler runs: pt_run over the study's [update] sources (or params->paths), but only when patents,
 * study file, items or seed have changed since the last published run; else PT_OK and a result without
 * folder. */
pt_status pt_update(const pt_params *params, pt_result **result, const pt_monitor *monitor,
                    pt_error *err) PT_WARN_UNUSED;

void pt_result_free(pt_result *result); /* NULL is fine */
size_t pt_result_items(const pt_result *result, const pt_result_item **items);
/* Empty after pt_select, which stops before the technologies. */
size_t pt_result_technologies(const pt_result *result, const pt_result_technology **technologies);
/* Folder of the published report; "" after pt_select. */
const char *pt_result_folder(const pt_result *result);
/* The table of items and technologies for a terminal, Korean two cells wide; see table_width, table_colour.
 */
const char *pt_result_table(const pt_result *result);

#ifdef __cplusplus
}
#endif
#endif
