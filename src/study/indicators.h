/* SPDX-License-Identifier: Apache-2.0 */
/* indicators.h - how strong the region is in each item (architecture §5.8). NAN = the data cannot say. */
#ifndef PT_STUDY_INDICATORS_H
#define PT_STUDY_INDICATORS_H

#include "study/claims.h"
#include "study/documents.h"
#include "study/landscape.h"
#include "study/mapping.h"
#include "study/study.h"

typedef struct pt_indicator {
    double patents;                               /* x_rk = Σ_d w_dr π_dk */
    double patents_reference;                     /* x_k, the region included */
    double share, lq, lq_shrunk, lq_low, lq_high; /* low, high: 5 % and 95 % of the bootstrap of lq_shrunk */
    double growth, recency;
    double hhi; /* concentration of applicants, Σ s² */
    uint32_t applicants;
    double score;  /* geometric mean of weighted percentile ranks, 0 .. 1 */
    uint32_t rank; /* 1 = best score; 0 = no patent in the region */
} pt_indicator;

typedef struct pt_indicators {
    uint32_t n_items;
    pt_indicator *at;               /* [n_items] */
    double region_patents;          /* x_r = sum_k x_rk: classified patents, so that shares sum to 1 */
    double reference_patents;       /* x, likewise */
    uint32_t first_year, last_year; /* of the series; 0 when no date is known */
    double *by_year;                /* [n_items][last_year - first_year + 1] of the region */
    double *reference_by_year;
    uint32_t draws;    /* bootstrap replicates */
    float *draw_score; /* [draws][n_items] score in each replicate, for the stability of the selection */
    pt_landscape *landscape; /* relatedness density and complexity; NULL = not computed */
    pt_claims *claims;       /* what each item has in each patent of the region */
    const char *lq_note;     /* NULL, or why LQ is empty (Korean; a literal) */
    const char *growth_note;
} pt_indicators;

/* documents and mapping over the same D patents. PT_ERR_DATA: the region has no classified patent in the
 * period. */
pt_status pt_indicators_compute(const pt_documents *documents, const pt_mapping *mapping,
                                const pt_study *study, pt_indicators **out, pt_error *err) PT_WARN_UNUSED;
void pt_indicators_free(pt_indicators *indicators);

/* The formulas alone, tested against the published vectors. */
double pt_lq(double x_rk, double x_r, double x_k, double x);                      /* NAN if undefined */
double pt_lq_shrunk(double x_rk, double x_r, double x_k, double x, double kappa); /* NAN if undefined */
double pt_growth(const double *by_year, size_t n_years); /* CAGR between 3-year means (+0.5); NAN below 4 */
/* The same from the means of the first and the last three of n_years. */
double pt_growth_of_means(double first_mean, double last_mean, size_t n_years);
double pt_hhi(const double *counts, size_t n);

#endif
