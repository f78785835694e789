/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/matching.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Rows and columns from 1; column 0 stands for the row that is being placed. cost = -gain. */
typedef struct search {
    const double *gain;
    size_t n;
    double *row_potential, *column_potential, *slack;
    size_t *row_of, *before;
    unsigned char *is_used;
} search;

static void place_row(search *s, size_t row) {
    size_t at = 0;
    s->row_of[0] = row;
    for (size_t c = 0; c <= s->n; c++) {
        s->slack[c] = INFINITY;
        s->is_used[c] = 0;
    }
    do {
        s->is_used[at] = 1;
        const size_t r = s->row_of[at];
        double delta = INFINITY;
        size_t next = 0;
        for (size_t c = 1; c <= s->n; c++) {
            if (s->is_used[c])
                continue;
            const double reduced =
                -s->gain[(r - 1) * s->n + c - 1] - s->row_potential[r] - s->column_potential[c];
            if (reduced < s->slack[c]) {
                s->slack[c] = reduced;
                s->before[c] = at;
            }
            if (s->slack[c] < delta) {
                delta = s->slack[c];
                next = c;
            }
        }
        for (size_t c = 0; c <= s->n; c++)
            if (s->is_used[c]) {
                s->row_potential[s->row_of[c]] += delta;
                s->column_potential[c] -= delta;
            } else {
                s->slack[c] -= delta;
            }
        at = next;
    } while (s->row_of[at] != 0);
    for (size_t previous; at; at = previous) {
        previous = s->before[at];
        s->row_of[at] = s->row_of[previous];
    }
}

double pt_matching_best(const double *gain, size_t n, uint32_t *column_of) {
    search s = {.gain = gain,
                .n = n,
                .row_potential = pt_zalloc(n + 1, sizeof(double)),
                .column_potential = pt_zalloc(n + 1, sizeof(double)),
                .slack = pt_alloc(n + 1, sizeof(double)),
                .row_of = pt_zalloc(n + 1, sizeof(size_t)),
                .before = pt_zalloc(n + 1, sizeof(size_t)),
                .is_used = pt_zalloc(n + 1, 1)};
    for (size_t row = 1; row <= n; row++)
        place_row(&s, row);
    double total = 0;
    for (size_t c = 1; c <= n; c++) {
        column_of[s.row_of[c] - 1] = (uint32_t)(c - 1);
        total += gain[(s.row_of[c] - 1) * n + c - 1];
    }
    free(s.row_potential);
    free(s.column_potential);
    free(s.slack);
    free(s.row_of);
    free(s.before);
    free(s.is_used);
    return total;
}
