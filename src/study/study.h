/* SPDX-License-Identifier: Apache-2.0 */
/* study.h - the study file (INI): what region, which period, how many items and technologies, how scored. */
#ifndef PT_STUDY_STUDY_H
#define PT_STUDY_STUDY_H

#include "base/status.h"

typedef enum pt_assignment_rule { PT_ASSIGN_FIRST, PT_ASSIGN_ANY, PT_ASSIGN_FRACTIONAL } pt_assignment_rule;

typedef struct pt_quota {
    char *industry;
    uint32_t n;
} pt_quota;

typedef struct pt_study {
    char *name, *region, *reference; /* reference: rest (default), none, or the name of a 시도 */
    uint32_t from, to;               /* years of application, 0 = open */
    uint32_t items, technologies;    /* 26, 40 */
    pt_assignment_rule assignment;
    uint32_t general_topics, sweeps; /* [model] */
    uint64_t seed;
    double title_weight, code_weight;
    uint32_t min_patents_per_word;
    double max_share_of_patents;
    double w_share, w_lq, w_growth, w_recency, kappa; /* [score] */
    pt_quota *quota;                                  /* [quota] industry = n */
    uint32_t n_quota;
    char *path;
    char digest[65];
} pt_study;

pt_study *pt_study_default(void);
/* An unknown section or key, a value out of range: PT_ERR_CONFIG with file:line and the allowed ones. */
pt_status pt_study_load(const char *path, pt_study **out, pt_error *err) PT_WARN_UNUSED;
void pt_study_free(pt_study *study); /* NULL is fine */

#endif
