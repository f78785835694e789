/* SPDX-License-Identifier: Apache-2.0 */
/* ward.c - see ward.h. */
#include "study/ward.h"
#include "base/mem.h"
#include "base/sort.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct chain {
    uint32_t n, length;
    uint32_t *at;   /* the chain of nearest neighbours */
    double *mass;   /* [n] of the cluster named by its smallest point; 0 = merged away */
    double *height; /* condensed matrix of merge heights */
} chain;

/* Nearest living cluster; the one before it in the chain wins ties, then the smallest. */
static uint32_t nearest(const chain *c, uint32_t i, uint32_t previous, double *height) {
    uint32_t best = previous;
    double lowest = previous == UINT32_MAX ? 0 : c->height[pt_pair(c->n, i, previous)];
    for (uint32_t j = 0; j < c->n; j++) {
        if (j == i || c->mass[j] == 0)
            continue;
        const double h = c->height[pt_pair(c->n, i, j)];
        if (best == UINT32_MAX || h < lowest) {
            best = j;
            lowest = h;
        }
    }
    *height = lowest;
    return best;
}

/* Lance-Williams: h(a∪b, j) = ((m_a+m_j) h(a,j) + (m_b+m_j) h(b,j) - m_j h(a,b)) / (m_a+m_b+m_j). */
static void join(chain *c, uint32_t a, uint32_t b, double height) {
    const double m_a = c->mass[a], m_b = c->mass[b];
    for (uint32_t j = 0; j < c->n; j++) {
        if (j == a || j == b || c->mass[j] == 0)
            continue;
        const double m_j = c->mass[j];
        double *to_a = &c->height[pt_pair(c->n, a, j)];
        const double to_b = c->height[pt_pair(c->n, b, j)];
        *to_a = ((m_a + m_j) * *to_a + (m_b + m_j) * to_b - m_j * height) / (m_a + m_b + m_j);
    }
    c->mass[a] = m_a + m_b;
    c->mass[b] = 0;
}

static int by_height(const void *x, const void *y) {
    const pt_merge *a = x, *b = y;
    if (a->height != b->height)
        return a->height < b->height ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

void pt_ward(uint32_t n, const double *weight, double *squared, pt_merge *merge) {
    if (n < 2)
        return;
    chain c = {
        .n = n, .at = pt_alloc(n, sizeof *c.at), .mass = pt_alloc(n, sizeof *c.mass), .height = squared};
    for (uint32_t i = 0; i < n; i++) {
        assert(weight[i] > 0);
        c.mass[i] = weight[i];
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++)
            squared[pt_pair(n, i, j)] *= 2 * weight[i] * weight[j] / (weight[i] + weight[j]);
    uint32_t first = 0;
    for (uint32_t done = 0; done < n - 1;) {
        if (c.length == 0) {
            while (c.mass[first] == 0)
                first++;
            c.at[c.length++] = first;
        }
        const uint32_t top = c.at[c.length - 1], previous = c.length > 1 ? c.at[c.length - 2] : UINT32_MAX;
        double height;
        const uint32_t next = nearest(&c, top, previous, &height);
        if (next != previous) {
            c.at[c.length++] = next;
            continue;
        }
        const uint32_t a = top < next ? top : next, b = top < next ? next : top;
        join(&c, a, b, height);
        merge[done++] = (pt_merge){a, b, height};
        c.length -= 2;
    }
    free(c.at);
    free(c.mass);
    pt_sort(merge, n - 1, sizeof *merge, by_height);
}

static uint32_t root(uint32_t *parent, uint32_t i) {
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

void pt_ward_cut(uint32_t n, const pt_merge *merge, uint32_t k, uint32_t *label) {
    assert(k >= 1 && k <= n);
    uint32_t *parent = pt_alloc(n, sizeof *parent), *number = pt_alloc(n, sizeof *number), clusters = 0;
    for (uint32_t i = 0; i < n; i++)
        parent[i] = i;
    for (uint32_t m = 0; m + k < n; m++) {
        const uint32_t a = root(parent, merge[m].a), b = root(parent, merge[m].b);
        parent[a < b ? b : a] = a < b ? a : b;
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t r = root(parent, i);
        if (r == i)
            number[i] = clusters++;
        label[i] = number[r];
    }
    assert(clusters == k);
    free(parent);
    free(number);
}
