/* SPDX-License-Identifier: Apache-2.0 */
/* Picking by score: the best of each industry first, the rest by score; or the best of each industry up to
 * its quota. Items with fewer patents than the study asks for (a growth rate over one or two patents is
 * noise) come after all others, and so do items that are told by another one. The same picking, done again on
 * the scores of every bootstrap draw, gives the stability. */
#include "study/selection.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#include <assert.h>
#include <string.h>

static const char by_score[] = "점수 순위에 따라 선정";
static const char best_of_industry[] = "전체 순위 밖이나 산업에서 점수가 가장 높아 선정";
static const char by_quota[] = "산업별 할당에 따라 선정";

static const double told_share = 0.5;

typedef struct candidate {
    uint32_t item, industry, rank;
    bool is_supported; /* by the patents that the study asks for, and not told by another item */
    double score;
} candidate;

typedef struct picking {
    const pt_items *items;
    const pt_industries *industries;
    const uint32_t *quota;   /* [industries], or NULL */
    const uint32_t *told_by; /* [items] */
    double min_patents;
    uint32_t wanted;
    candidate *candidate; /* [n] workspace, best first */
    uint32_t n;
    bool *is_picked;  /* [items] */
    uint32_t *filled; /* [industries] workspace */
} picking;

static int compare_candidates(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->is_supported != y->is_supported)
        return x->is_supported ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* Marks the picked ones of p->candidate; returns how many. */
static uint32_t pick(picking *p) {
    uint32_t n_picked = 0;
    memset(p->is_picked, 0, p->items->n * sizeof *p->is_picked);
    memset(p->filled, 0, p->industries->n * sizeof *p->filled);
    if (p->n)
        pt_sort(p->candidate, p->n, sizeof *p->candidate, compare_candidates);
    /* First round: up to the quota, or the best one, of each industry; second: whatever is best. */
    for (uint32_t i = 0; i < p->n && n_picked < p->wanted; i++) {
        const candidate *c = &p->candidate[i];
        if (p->filled[c->industry] < (p->quota ? p->quota[c->industry] : 1)) {
            p->filled[c->industry]++;
            p->is_picked[c->item] = true;
            n_picked++;
        }
    }
    for (uint32_t i = 0; i < p->n && n_picked < p->wanted && !p->quota; i++)
        if (!p->is_picked[p->candidate[i].item]) {
            p->is_picked[p->candidate[i].item] = true;
            n_picked++;
        }
    return n_picked;
}

static void add_candidate(picking *p, const pt_indicators *indicators, uint32_t item, double score) {
    if (p->items->at[item].industry != PT_NO_INDUSTRY && score > 0)
        p->candidate[p->n++] = (candidate){.item = item,
                                           .industry = p->items->at[item].industry,
                                           .rank = indicators->at[item].rank,
                                           .is_supported = indicators->at[item].patents >= p->min_patents &&
                                                           p->told_by[item] == UINT32_MAX,
                                           .score = score};
}

static bool is_candidate(const pt_items *items, const pt_indicators *indicators, uint32_t item) {
    return items->at[item].industry != PT_NO_INDUSTRY && indicators->at[item].rank > 0;
}

/* More patents first: an item is told only by one that is not told itself. */
static uint32_t *find_told(const pt_items *items, const pt_indicators *indicators) {
    uint32_t *told_by = pt_alloc(items->n, sizeof *told_by), *order = pt_alloc(items->n, sizeof *order),
             n = 0;
    for (uint32_t k = 0; k < items->n; k++) {
        told_by[k] = UINT32_MAX;
        if (!indicators->shared || !is_candidate(items, indicators, k))
            continue;
        uint32_t at = n++;
        for (; at > 0 && pt_shared_patents(indicators->shared, order[at - 1], order[at - 1]) <
                             pt_shared_patents(indicators->shared, k, k);
             at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < i && told_by[order[i]] == UINT32_MAX; j++)
            if (told_by[order[j]] == UINT32_MAX &&
                pt_shared_patents(indicators->shared, order[i], order[j]) >
                    told_share * pt_shared_patents(indicators->shared, order[i], order[i]))
                told_by[order[i]] = order[j];
    free(order);
    return told_by;
}

static pt_status read_quota(const pt_industries *industries, const pt_study *study, uint32_t *quota,
                            pt_error *err) {
    for (uint32_t q = 0; q < study->n_quota; q++) {
        uint32_t i = 0;
        while (i < industries->n && strcmp(industries->name[i], study->quota[q].industry) != 0)
            i++;
        if (i < industries->n) {
            quota[i] = study->quota[q].n;
            continue;
        }
        pt_buf names = {0};
        for (i = 0; i < industries->n; i++)
            pt_buf_printf(&names, "%s%s", i ? ", " : "", industries->name[i]);
        const pt_status status =
            pt_fail(err, PT_ERR_CONFIG, "%s: [quota] knows no industry '%s'; there are: %s", study->path,
                    study->quota[q].industry, pt_buf_text(&names));
        pt_buf_free(&names);
        return status;
    }
    return PT_OK;
}

static void fill_stability(picking *p, const pt_indicators *indicators, pt_selection *selection) {
    uint32_t *stays = pt_zalloc(p->items->n, sizeof *stays);
    for (uint32_t draw = 0; draw < indicators->draws; draw++) {
        p->n = 0;
        for (uint32_t k = 0; k < p->items->n; k++)
            add_candidate(p, indicators, k, indicators->draw_score[(size_t)draw * p->items->n + k]);
        pick(p);
        for (uint32_t k = 0; k < p->items->n; k++)
            stays[k] += p->is_picked[k];
    }
    for (uint32_t i = 0; i < selection->n && indicators->draws; i++)
        selection->at[i].stability = (double)stays[selection->at[i].item] / indicators->draws;
    free(stays);
}

/* By industry, inside it by score: two stable passes over candidates that are sorted best first. */
static void fill_selected(const picking *p, pt_selection *selection) {
    selection->at = pt_zalloc(selection->n, sizeof *selection->at);
    selection->runner_up = pt_alloc(p->industries->n, sizeof *selection->runner_up);
    selection->n_industries = p->industries->n;
    uint32_t n = 0;
    for (uint32_t industry = 0; industry < p->industries->n; industry++) {
        selection->runner_up[industry] = UINT32_MAX;
        for (uint32_t i = 0; i < p->n; i++) {
            const candidate *c = &p->candidate[i];
            if (c->industry != industry)
                continue;
            if (p->is_picked[c->item])
                selection->at[n++] = (pt_selected){.industry = industry,
                                                   .item = c->item,
                                                   .reason = p->quota        ? by_quota
                                                             : i < p->wanted ? by_score
                                                                             : best_of_industry};
            else if (selection->runner_up[industry] == UINT32_MAX)
                selection->runner_up[industry] = c->item;
        }
    }
    assert(n == selection->n);
}

static char *explain_shortage(const picking *p, uint32_t n_picked) {
    if (n_picked == p->wanted)
        return NULL;
    pt_buf text = {0};
    pt_buf_printf(&text, "품목 %u개를 요청했으나 이 지역에 특허가 있는 후보가 모자라 %u개만 선정", p->wanted,
                  n_picked);
    for (uint32_t i = 0; p->quota && i < p->industries->n; i++)
        if (p->filled[i] < p->quota[i])
            pt_buf_printf(&text, "; %s %u/%u", p->industries->name[i], p->filled[i], p->quota[i]);
    return pt_buf_take(&text);
}

pt_status pt_select_items(const pt_items *items, const pt_industries *industries,
                          const pt_indicators *indicators, const pt_study *study, pt_selection **out,
                          pt_error *err) {
    assert(indicators->n_items == items->n);
    *out = NULL;
    uint32_t *quota = pt_zalloc(industries->n, sizeof *quota);
    pt_status status = read_quota(industries, study, quota, err);
    picking p = {.items = items,
                 .industries = industries,
                 .quota = study->n_quota ? quota : NULL,
                 .told_by = find_told(items, indicators),
                 .min_patents = study->min_patents,
                 .wanted = study->items};
    p.candidate = pt_alloc(items->n, sizeof *p.candidate);
    p.is_picked = pt_zalloc(items->n, sizeof *p.is_picked);
    p.filled = pt_zalloc(industries->n, sizeof *p.filled);
    for (uint32_t k = 0; k < items->n; k++)
        if (indicators->at[k].rank)
            add_candidate(&p, indicators, k, indicators->at[k].score);
    const uint32_t n_picked = pick(&p);
    if (!status && n_picked == 0)
        status = pt_fail(err, PT_ERR_DATA,
                         "no item of any industry has a patent in region '%s'; look at the industries table "
                         "and at the quotas",
                         study->region);
    if (!status) {
        pt_selection *selection = pt_zalloc(1, sizeof *selection);
        selection->n = n_picked;
        selection->n_items = items->n;
        selection->told_by = pt_alloc(items->n, sizeof *selection->told_by);
        memcpy(selection->told_by, p.told_by, items->n * sizeof *p.told_by);
        selection->shortage = explain_shortage(&p, n_picked);
        fill_selected(&p, selection);
        fill_stability(&p, indicators, selection);
        *out = selection;
    }
    free(quota);
    free((void *)p.told_by);
    free(p.candidate);
    free(p.is_picked);
    free(p.filled);
    return status;
}

void pt_selection_free(pt_selection *selection) {
    if (!selection)
        return;
    free(selection->at);
    free(selection->runner_up);
    free(selection->told_by);
    free(selection->shortage);
    free(selection);
}

bool pt_selection_has(const pt_selection *selection, uint32_t item) {
    for (uint32_t i = 0; i < selection->n; i++)
        if (selection->at[i].item == item)
            return true;
    return false;
}
