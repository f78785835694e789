/* SPDX-License-Identifier: Apache-2.0 */
/* coverage.c - see coverage.h. */
#include "study/coverage.h"
#include "base/mem.h"
#include "study/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double told_again = 0.5;

pt_coverage *pt_coverage_new(const pt_claims *claims, uint32_t n_items) {
    pt_coverage *c = pt_zalloc(1, sizeof *c);
    const uint32_t n = claims ? claims->n_patents : 0;
    c->claims = claims;
    c->n_items = n_items;
    c->copies = pt_zalloc(n, sizeof *c->copies);
    c->held = pt_zalloc(n, sizeof *c->held);
    c->holder = pt_alloc(n, sizeof *c->holder);
    c->value = pt_zalloc(n_items, sizeof *c->value);
    c->bound = pt_zalloc(n_items, sizeof *c->bound);
    return c;
}

void pt_coverage_free(pt_coverage *c) {
    if (!c)
        return;
    free(c->copies);
    free(c->held);
    free(c->holder);
    free(c->value);
    free(c->bound);
    free(c);
}

static void count_copies(pt_coverage *c, size_t replicate) {
    const pt_claims *claims = c->claims;
    for (uint32_t p = 0; p < claims->n_patents; p++)
        c->copies[p] = replicate == SIZE_MAX;
    for (size_t j = 0; replicate != SIZE_MAX && j < claims->n_counted; j++) {
        const uint32_t p = claims->patent_of[pt_bootstrap_draw(claims->n_counted, replicate, j)];
        if (p != UINT32_MAX)
            c->copies[p]++;
    }
}

void pt_coverage_start(pt_coverage *c, const double *score, size_t replicate) {
    for (uint32_t k = 0; k < c->n_items; k++) {
        const double square = score[k] * score[k], fourth = square * square, eighth = fourth * fourth;
        c->value[k] = eighth * eighth;
        c->bound[k] = INFINITY;
    }
    if (!c->claims)
        return;
    count_copies(c, replicate);
    for (uint32_t p = 0; p < c->claims->n_patents; p++) {
        c->held[p] = 0;
        c->holder[p] = UINT32_MAX;
    }
}

double pt_coverage_gain(pt_coverage *c, uint32_t item, double least) {
    if (!c->claims)
        return c->value[item];
    if (c->bound[item] < least)
        return c->bound[item];
    double gain = 0;
    for (uint32_t i = c->claims->start[item]; i < c->claims->start[item + 1]; i++) {
        const pt_claim *claim = &c->claims->at[i];
        const double more = c->value[item] * (double)claim->share - told_again * c->held[claim->patent];
        gain += more > 0 ? more * c->copies[claim->patent] : 0;
    }
    return c->bound[item] = gain;
}

void pt_coverage_take(pt_coverage *c, uint32_t item) {
    if (!c->claims)
        return;
    for (uint32_t i = c->claims->start[item]; i < c->claims->start[item + 1]; i++) {
        const pt_claim *claim = &c->claims->at[i];
        const double value = c->value[item] * (double)claim->share;
        if (value > c->held[claim->patent]) {
            c->held[claim->patent] = value;
            c->holder[claim->patent] = item;
        }
    }
}

uint32_t pt_coverage_rival(const pt_coverage *c, uint32_t item, double *part) {
    *part = 0;
    if (!c->claims)
        return UINT32_MAX;
    double *told = pt_zalloc(c->n_items, sizeof *told), all = 0;
    for (uint32_t i = c->claims->start[item]; i < c->claims->start[item + 1]; i++) {
        const pt_claim *claim = &c->claims->at[i];
        all += claim->share;
        if (c->holder[claim->patent] != UINT32_MAX &&
            c->held[claim->patent] >= c->value[item] * (double)claim->share)
            told[c->holder[claim->patent]] += claim->share;
    }
    uint32_t rival = UINT32_MAX;
    for (uint32_t k = 0; k < c->n_items; k++)
        if (told[k] > 0 && (rival == UINT32_MAX || told[k] > told[rival]))
            rival = k;
    if (rival != UINT32_MAX)
        *part = told[rival] / all;
    free(told);
    return rival;
}
