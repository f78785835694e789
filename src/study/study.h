/* SPDX-License-Identifier: Apache-2.0 */
/* study.h - the study file (INI): what region, which period, how many items and technologies, how scored. */
#ifndef PT_STUDY_STUDY_H
#define PT_STUDY_STUDY_H

#include "base/status.h"

typedef enum pt_assignment_rule {
    PT_ASSIGN_FIRST,
    PT_ASSIGN_ANY,
    PT_ASSIGN_FRACTIONAL,
    PT_ASSIGN_INVENTORS
} pt_assignment_rule;

typedef enum pt_refit_rule { PT_REFIT_AUTO, PT_REFIT_ALWAYS, PT_REFIT_NEVER } pt_refit_rule;

typedef struct pt_quota {
    char *industry;
    uint32_t n;
} pt_quota;

typedef struct pt_study {
    char *name, *region,
        *reference;               /* region "" = the whole store; reference: rest (default), none, a 시도 */
    char *addresses;              /* TSV of applicants' addresses for patents without one; "" = none */
    char *industries;             /* "" = industries.tsv of the dictionary, "themes", or a path */
    char *note;                   /* for the top of every report; "" = none */
    uint32_t from, to;            /* years of application, 0 = open */
    uint32_t items, technologies; /* 26, 40 */
    pt_assignment_rule assignment;
    uint32_t general_topics, sweeps; /* [model] */
    uint64_t seed;
    double title_weight, code_weight, table_weight;
    double least_agreement; /* of the best items that are given, 0 = as the rules of the mapping are */
    char *taught_words;     /* "" = taught_words.tsv of the dictionary, "none", or a path */
    uint32_t new_words;     /* fewest occurrences of a learned word, 0 = none are learned */
    uint32_t collocations;  /* fewest occurrences of a learned compound, 0 = none are learned */
    uint32_t min_patents_per_word;
    double max_share_of_patents;
    double w_share, w_lq, w_growth, w_recency, kappa, min_patents; /* [score] */
    pt_quota *quota;                                               /* [quota] industry = n */
    uint32_t n_quota;
    char *store, *sources; /* [update] sources: comma-separated files and folders */
    pt_refit_rule refit;   /* when an update fits the model anew, and not only judges new patents by it: */
    uint32_t refit_after_days; /* it is older, and there are patents that it has not seen */
    double refit_growth;       /* so many of them for each one that it was fitted to */
    double drift_limit;        /* they differ from those by more than this over chance (pipeline/drift.h) */
    uint32_t keep_runs;
    char *path;      /* "" for the defaults */
    char digest[65]; /* "" for the defaults */
} pt_study;

pt_study *pt_study_default(void);
/* An unknown section or key, a value out of range, a key given twice: PT_ERR_CONFIG with file:line and what
 * is allowed. */
pt_status pt_study_load(const char *path, pt_study **out, pt_error *err) PT_WARN_UNUSED;
void pt_study_free(pt_study *study); /* NULL is fine */
/* Every section and key with its default and meaning, as a study file with comments; free() it. */
char *pt_study_describe(void);
/* "auto", "always", "never". */
const char *pt_refit_rule_name(pt_refit_rule rule);
/* "first", "any", "fractional", "inventors". */
const char *pt_assignment_rule_name(pt_assignment_rule rule);

#endif
