/* SPDX-License-Identifier: Apache-2.0 */
/* Picking one by one what adds most to what is told already; when as many places are left as industries have
 * none, those alone may pick. Items with fewer patents than the study asks for (a growth rate over one or two
 * patents is noise) come after all others. The same picking, done again on every bootstrap draw, gives the
 * stability. */
#include "study/selection.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/coverage.h"

#include <assert.h>
#include <string.h>

static const char by_score[] = "점수와 새로 설명하는 특허에 따라 선정";
static const char best_of_industry[] = "전체 순위 밖이나 산업에서 가장 앞서 선정";
static const char by_quota[] = "산업별 할당에 따라 선정";

static const double told_share = 0.5;

typedef struct candidate {
    uint32_t item, industry, rank;
    bool is_supported; /* by the patents that the study asks for */
    bool is_picked, for_industry;
    double score;
} candidate;

typedef struct picking {
    const pt_items *items;
    const pt_industries *industries;
    const uint32_t *quota; /* [industries], or NULL */
    double min_patents;
    uint32_t wanted;
    pt_coverage *coverage;
    double *score;                     /* [items] of this picking */
    candidate *candidate;              /* [n] workspace */
    uint32_t n, *filled, *competitors; /* [industries] workspace */
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

/* The candidate that adds most, of those that may come; the first of equals; NULL = none. */
static candidate *best_candidate(picking *p, bool only_empty) {
    candidate *best = NULL;
    double most = 0; /* an item that adds nothing is no finding */
    for (uint32_t i = 0; i < p->n; i++) {
        candidate *c = &p->candidate[i];
        const uint32_t room = p->quota ? p->quota[c->industry] : only_empty ? 1 : UINT32_MAX;
        if (c->is_picked || p->filled[c->industry] >= room)
            continue;
        if (best && best->is_supported && !c->is_supported)
            break; /* those with support stand first */
        const double gain = pt_coverage_gain(p->coverage, c->item, most);
        if (gain > most) {
            most = gain;
            best = c;
        }
    }
    return best;
}

/* Industries that have candidates and none of them picked. */
static uint32_t empty_industries(const picking *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->industries->n; i++)
        n += p->competitors[i] > 0 && p->filled[i] == 0;
    return n;
}

/* Marks the picked ones of p->candidate; returns how many. */
static uint32_t pick(picking *p, size_t replicate) {
    memset(p->filled, 0, p->industries->n * sizeof *p->filled);
    memset(p->competitors, 0, p->industries->n * sizeof *p->competitors);
    if (p->n)
        pt_sort(p->candidate, p->n, sizeof *p->candidate, compare_candidates);
    memset(p->score, 0, p->items->n * sizeof *p->score);
    for (uint32_t i = 0; i < p->n; i++) {
        p->competitors[p->candidate[i].industry]++;
        p->score[p->candidate[i].item] = p->candidate[i].score;
    }
    pt_coverage_start(p->coverage, p->score, replicate);
    uint32_t n_picked = 0;
    for (; n_picked < p->wanted; n_picked++) {
        const uint32_t empty = empty_industries(p);
        const bool only_empty = !p->quota && empty > 0 && p->wanted - n_picked <= empty;
        candidate *c = best_candidate(p, only_empty);
        if (!c)
            break;
        c->is_picked = true;
        c->for_industry = only_empty;
        p->filled[c->industry]++;
        pt_coverage_take(p->coverage, c->item);
    }
    return n_picked;
}

/* An item that is second or third choice of a patent or two is no candidate. */
static void add_candidate(picking *p, const pt_indicators *indicators, uint32_t item, double score) {
    const bool is_supported = indicators->at[item].patents >= p->min_patents;
    if (p->items->at[item].industry != PT_NO_INDUSTRY && score > 0 &&
        (is_supported || !indicators->claims || indicators->claims->leads[item] > 0))
        p->candidate[p->n++] = (candidate){.item = item,
                                           .industry = p->items->at[item].industry,
                                           .rank = indicators->at[item].rank,
                                           .is_supported = is_supported,
                                           .score = score};
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

/* A picking for each thread. */
typedef struct stability {
    const pt_indicators *indicators;
    picking **picking; /* [threads] */
    uint32_t **stays;  /* [threads][items] */
} stability;

static void pick_again(void *shared, int worker, size_t draw) {
    stability *s = shared;
    picking *p = s->picking[worker];
    p->n = 0;
    for (uint32_t k = 0; k < p->items->n; k++)
        add_candidate(p, s->indicators, k, (double)s->indicators->draw_score[draw * p->items->n + k]);
    pick(p, draw);
    for (uint32_t i = 0; i < p->n; i++)
        s->stays[worker][p->candidate[i].item] += p->candidate[i].is_picked;
}

static picking *picking_new(const picking *like, const pt_claims *claims) {
    picking *p = pt_alloc(1, sizeof *p);
    *p = *like;
    p->n = 0;
    p->coverage = pt_coverage_new(claims, p->items->n);
    p->score = pt_zalloc(p->items->n, sizeof *p->score);
    p->candidate = pt_alloc(p->items->n, sizeof *p->candidate);
    p->filled = pt_zalloc(p->industries->n, sizeof *p->filled);
    p->competitors = pt_zalloc(p->industries->n, sizeof *p->competitors);
    return p;
}

static void picking_free(picking *p) {
    pt_coverage_free(p->coverage);
    free(p->score);
    free(p->candidate);
    free(p->filled);
    free(p->competitors);
    free(p);
}

static void fill_stability(const picking *like, const pt_indicators *indicators, pt_selection *selection) {
    const int threads = pt_threads(0);
    stability s = {.indicators = indicators};
    s.picking = pt_alloc((size_t)threads, sizeof *s.picking);
    s.stays = pt_alloc((size_t)threads, sizeof *s.stays);
    for (int t = 0; t < threads; t++) {
        s.picking[t] = picking_new(like, indicators->claims);
        s.stays[t] = pt_zalloc(like->items->n, sizeof **s.stays);
    }
    pt_parallel_for(threads, indicators->draws, pick_again, &s);
    for (uint32_t i = 0; i < selection->n && indicators->draws; i++) {
        uint32_t stays = 0;
        for (int t = 0; t < threads; t++)
            stays += s.stays[t][selection->at[i].item];
        selection->at[i].stability = (double)stays / indicators->draws;
    }
    for (int t = 0; t < threads; t++) {
        picking_free(s.picking[t]);
        free(s.stays[t]);
    }
    free(s.picking);
    free(s.stays);
}

/* What keeps the others out. */
static void fill_told(const picking *p, pt_selection *selection) {
    const uint32_t n = p->items->n;
    selection->told_by = pt_alloc(n, sizeof *selection->told_by);
    selection->told_part = pt_zalloc(n, sizeof *selection->told_part);
    selection->untold = pt_zalloc(n, sizeof *selection->untold);
    for (uint32_t k = 0; k < n; k++)
        selection->told_by[k] = UINT32_MAX;
    for (uint32_t i = 0; i < p->n; i++) {
        const uint32_t k = p->candidate[i].item;
        if (p->candidate[i].is_picked)
            continue;
        const uint32_t rival = pt_coverage_rival(p->coverage, k, &selection->told_part[k]);
        if (selection->told_part[k] > told_share)
            selection->told_by[k] = rival;
        if (p->coverage->claims)
            selection->untold[k] = pt_coverage_gain(p->coverage, k, 0) / p->coverage->value[k];
    }
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
            if (c->is_picked)
                selection->at[n++] =
                    (pt_selected){.industry = industry,
                                  .item = c->item,
                                  .reason = p->quota                            ? by_quota
                                            : c->for_industry && i >= p->wanted ? best_of_industry
                                                                                : by_score};
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
    picking *p = picking_new(&(picking){.items = items,
                                        .industries = industries,
                                        .quota = study->n_quota ? quota : NULL,
                                        .min_patents = study->min_patents,
                                        .wanted = study->items},
                             indicators->claims);
    for (uint32_t k = 0; k < items->n; k++)
        if (indicators->at[k].rank)
            add_candidate(p, indicators, k, indicators->at[k].score);
    const uint32_t n_picked = pick(p, SIZE_MAX);
    if (!status && n_picked == 0)
        status = pt_fail(err, PT_ERR_DATA,
                         "no item of any industry has a patent in region '%s'; look at the industries table "
                         "and at the quotas",
                         study->region);
    if (!status) {
        pt_selection *selection = pt_zalloc(1, sizeof *selection);
        selection->n = n_picked;
        selection->n_items = items->n;
        selection->shortage = explain_shortage(p, n_picked);
        fill_selected(p, selection);
        fill_told(p, selection);
        fill_stability(p, indicators, selection);
        *out = selection;
    }
    picking_free(p);
    free(quota);
    return status;
}

void pt_selection_free(pt_selection *selection) {
    if (!selection)
        return;
    free(selection->at);
    free(selection->runner_up);
    free(selection->told_by);
    free(selection->told_part);
    free(selection->untold);
    free(selection->shortage);
    free(selection);
}

bool pt_selection_has(const pt_selection *selection, uint32_t item) {
    for (uint32_t i = 0; i < selection->n; i++)
        if (selection->at[i].item == item)
            return true;
    return false;
}
