/* SPDX-License-Identifier: Apache-2.0 */
/* trends.c - see trends.h. */
#include "study/trends.h"

#include <math.h>

enum { MEAN_YEARS = 3, YOUNG_YEARS = 5 };
static const double fewest_patents = 5, young_share = 0.2, grows = 1.2, shrinks = 0.8;

static double sum(const double *values, size_t n) {
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += values[i];
    return total;
}

pt_trend pt_trend_of(const double *by_year, size_t n_years) {
    pt_trend trend = {.path = PT_PATH_UNKNOWN, .mean_before = NAN, .mean_now = NAN, .ratio = NAN};
    if (n_years < 2 * MEAN_YEARS)
        return trend;
    const double *now = by_year + n_years - MEAN_YEARS, total = sum(by_year, n_years);
    trend.mean_now = sum(now, MEAN_YEARS) / MEAN_YEARS;
    trend.mean_before = sum(now - MEAN_YEARS, MEAN_YEARS) / MEAN_YEARS;
    trend.ratio = (trend.mean_now + 0.5) / (trend.mean_before + 0.5);
    if (total < fewest_patents)
        return trend;
    if (trend.ratio >= grows)
        trend.path =
            sum(by_year, n_years - YOUNG_YEARS) < young_share * total ? PT_PATH_EMERGING : PT_PATH_GROWING;
    else
        trend.path = trend.ratio <= shrinks ? PT_PATH_DECLINING : PT_PATH_MATURE;
    return trend;
}

const char *pt_path_name(pt_path path) {
    static const char *const names[] = {"", "태동", "성장", "성숙", "쇠퇴"};
    return names[path];
}

double pt_three_year_mean(const double *by_year, size_t n, size_t y) {
    return y > 0 && y + 1 < n ? (by_year[y - 1] + by_year[y] + by_year[y + 1]) / 3 : NAN;
}
