/* SPDX-License-Identifier: Apache-2.0 */
/* trends.h - yearly counts as a path of growth. Only complete years speak: the last 18 months before the
 * newest patent of the store are not published yet. */
#ifndef PT_STUDY_TRENDS_H
#define PT_STUDY_TRENDS_H

#include <stddef.h>

typedef enum pt_path {
    PT_PATH_UNKNOWN,  /* fewer than 6 complete years, or fewer than 5 patents in them */
    PT_PATH_EMERGING, /* growing, and less than 20 % of the patents are older than the last 5 years */
    PT_PATH_GROWING,  /* ratio >= 1.2 */
    PT_PATH_MATURE,   /* ratio between 0.8 and 1.2 */
    PT_PATH_DECLINING /* ratio <= 0.8 */
} pt_path;

typedef struct pt_trend {
    pt_path path;
    double mean_before, mean_now; /* of the last three complete years and of the three before; NAN below 6 */
    double ratio;                 /* (mean_now + 0.5) / (mean_before + 0.5) */
} pt_trend;

/* by_year [n_years] of complete years, oldest first. */
pt_trend pt_trend_of(const double *by_year, size_t n_years);
/* 태동, 성장, 성숙, 쇠퇴, "" for unknown. */
const char *pt_path_name(pt_path path);
/* Mean of year y and its two neighbours, [n] years; NAN at both ends. */
double pt_three_year_mean(const double *by_year, size_t n, size_t y);

#endif
