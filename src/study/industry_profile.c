/* SPDX-License-Identifier: Apache-2.0 */
/* industry_profile.c - see industry_profile.h. */
#include "study/industry_profile.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#include <math.h>
#include <stdlib.h>

typedef struct holding {
    uint32_t industry, applicant;
    double x;
} holding;

static int compare_holdings(const void *a, const void *b) {
    const holding *x = a, *y = b;
    if (x->industry != y->industry)
        return (x->industry > y->industry) - (x->industry < y->industry);
    return (x->applicant > y->applicant) - (x->applicant < y->applicant);
}

typedef PT_VEC(holding) holdings;

/* One patent of the region: what it gives to the applicants and the reach of each industry it touches. */
static void add_patent(const pt_items *items, const pt_document *document, const pt_assignment *row,
                       uint32_t n, holdings *all, double *touched, double *shared) {
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t industry = items->at[row[i].item].industry;
        if (industry == PT_NO_INDUSTRY)
            continue;
        for (uint32_t a = 0; a < document->n_applicants; a++)
            pt_vec_push(all, ((holding){industry, document->applicant[a],
                                        (double)row[i].share * document->weight / document->n_applicants}));
        bool is_first = true, leaves = false;
        for (uint32_t j = 0; j < n; j++) {
            is_first = is_first && (j >= i || items->at[row[j].item].industry != industry);
            leaves = leaves || items->at[row[j].item].industry != industry;
        }
        if (is_first) {
            touched[industry] += document->weight;
            shared[industry] += leaves ? document->weight : 0;
        }
    }
}

static void fill_applicants(holdings *all, pt_industry_profile *profile) {
    if (all->n)
        pt_sort(all->at, all->n, sizeof *all->at, compare_holdings);
    double *counts = pt_alloc(all->n, sizeof *counts);
    for (size_t from = 0, to; from < all->n; from = to) {
        size_t n = 0;
        for (to = from; to < all->n && all->at[to].industry == all->at[from].industry; to++) {
            if (to == from || all->at[to].applicant != all->at[to - 1].applicant)
                counts[n++] = 0;
            counts[n - 1] += all->at[to].x;
        }
        profile[all->at[from].industry].applicants = (uint32_t)n;
        profile[all->at[from].industry].hhi = pt_hhi(counts, n);
    }
    free(counts);
}

/* Growth and recency of the yearly counts between the years of the window. */
static void fill_years(const pt_items *items, const pt_indicators *indicators, pt_window window,
                       uint32_t industry, pt_industry_profile *p) {
    p->growth = p->recency = NAN;
    if (!indicators->first_year || !window.last || window.first < indicators->first_year ||
        window.last > indicators->last_year || window.first > window.last)
        return;
    const size_t years = indicators->last_year - indicators->first_year + 1;
    const size_t n = window.last - window.first + 1;
    double *own = pt_zalloc(years, sizeof *own), recent = 0, all = 0, recent_r = 0, all_r = 0;
    for (uint32_t k = 0; k < items->n; k++)
        for (size_t y = 0; y < years; y++) {
            const double x = indicators->by_year[k * years + y];
            const bool is_recent = indicators->first_year + y >= window.recent;
            all_r += x;
            recent_r += is_recent ? x : 0;
            if (items->at[k].industry == industry) {
                own[y] += x;
                all += x;
                recent += is_recent ? x : 0;
            }
        }
    p->growth = pt_growth(own + (window.first - indicators->first_year), n);
    p->recency = all > 0 && recent_r > 0 ? (recent / all) / (recent_r / all_r) : NAN;
    free(own);
}

void pt_industry_profiles(const pt_items *items, const pt_industries *industries,
                          const pt_documents *documents, const pt_mapping *mapping,
                          const pt_indicators *indicators, const pt_selection *selection,
                          const pt_study *study, pt_industry_profile *profile) {
    for (uint32_t i = 0; i < industries->n; i++)
        profile[i] = (pt_industry_profile){.hhi = NAN};
    for (uint32_t k = 0; k < items->n; k++)
        if (items->at[k].industry != PT_NO_INDUSTRY) {
            pt_industry_profile *p = &profile[items->at[k].industry];
            p->items++;
            p->patents += indicators->at[k].patents;
            p->patents_reference += indicators->at[k].patents_reference;
        }
    for (uint32_t i = 0; i < selection->n; i++)
        profile[selection->at[i].industry].selected++;
    holdings all = {0};
    double *touched = pt_zalloc(industries->n, sizeof *touched),
           *shared = pt_zalloc(industries->n, sizeof *shared);
    for (uint32_t d = 0; d < documents->D; d++)
        if (documents->at[d].in_period && documents->at[d].weight > 0)
            add_patent(items, &documents->at[d], mapping->at + mapping->start[d],
                       mapping->start[d + 1] - mapping->start[d], &all, touched, shared);
    fill_applicants(&all, profile);
    const pt_window window = pt_window_of(documents, study);
    for (uint32_t i = 0; i < industries->n; i++) {
        pt_industry_profile *p = &profile[i];
        p->share = indicators->region_patents > 0 ? p->patents / indicators->region_patents : NAN;
        p->lq_shrunk = indicators->lq_note
                           ? NAN
                           : pt_lq_shrunk(p->patents, indicators->region_patents, p->patents_reference,
                                          indicators->reference_patents, study->kappa);
        p->reach = touched[i] > 0 ? shared[i] / touched[i] : NAN;
        fill_years(items, indicators, window, i, p);
    }
    pt_vec_free(&all);
    free(touched);
    free(shared);
}
