/* SPDX-License-Identifier: Apache-2.0 */
#include "study/bootstrap.h"
#include "base/sort.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static int compare_doubles(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double pt_quantile(double *values, size_t n, double p) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            values[m++] = values[i];
    for (size_t i = m; i < n; i++)
        values[i] = NAN;
    if (m == 0)
        return NAN;
    pt_sort(values, m, sizeof *values, compare_doubles);
    const double at = (double)(m - 1) * p;
    const size_t low = (size_t)at;
    return low + 1 < m ? values[low] + (at - (double)low) * (values[low + 1] - values[low]) : values[low];
}

static int compare_values(const void *a, const void *b, void *values) {
    const size_t i = *(const size_t *)a, j = *(const size_t *)b;
    const double x = ((const double *)values)[i], y = ((const double *)values)[j];
    return x != y ? (x > y) - (x < y) : (i > j) - (i < j);
}

/* Sums of the same parts in another order: no difference that a rank may rest on. */
static bool is_tie(double low, double high) {
    return high - low <= 1e-9 * fabs(low);
}

void pt_percentile_ranks(const double *values, size_t n, double *rank, size_t *order) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        rank[i] = NAN;
        if (!isnan(values[i]))
            order[m++] = i;
    }
    qsort_r(order, m, sizeof *order, compare_values, (void *)(uintptr_t)values);
    for (size_t from = 0, to; from < m; from = to) {
        for (to = from + 1; to < m && is_tie(values[order[from]], values[order[to]]);)
            to++;
        const double mid = ((double)from + 0.5 * (double)(to - from)) / (double)m;
        for (size_t i = from; i < to; i++)
            rank[order[i]] = mid;
    }
}
