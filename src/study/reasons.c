/* SPDX-License-Identifier: Apache-2.0 */
/* reasons.c - see reasons.h. */
#include "study/reasons.h"
#include "base/buf.h"
#include "base/mem.h"
#include "study/bootstrap.h"

#include <math.h>
#include <stdlib.h>

static const char *const part_names[PT_SCORE_PARTS] = {"비중", "특화도", "증가율", "최근성"};

typedef struct work {
    const pt_items *items;
    const pt_indicators *indicators;
    const pt_selection *selection;
    const pt_study *study;
    double *rank_of[PT_SCORE_PARTS]; /* [n_items] */
} work;

static void rank_parts(work *w) {
    const uint32_t n = w->items->n;
    double *value = pt_alloc(n, sizeof *value);
    size_t *order = pt_alloc(n, sizeof *order);
    for (int part = 0; part < PT_SCORE_PARTS; part++) {
        w->rank_of[part] = pt_alloc(n, sizeof(double));
        for (uint32_t k = 0; k < n; k++) {
            const pt_indicator *x = &w->indicators->at[k];
            const double parts[] = {x->share, x->lq_shrunk, x->growth, x->recency};
            value[k] = x->rank ? parts[part] : NAN;
        }
        pt_percentile_ranks(value, n, w->rank_of[part], order);
    }
    free(value);
    free(order);
}

/* The lowest selected item of an industry, or of all of them: what an item had to beat. */
static uint32_t weakest(const work *w, uint32_t industry) {
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < w->selection->n; i++) {
        const pt_selected *s = &w->selection->at[i];
        if ((industry == PT_NO_INDUSTRY || s->industry == industry) &&
            (found == UINT32_MAX || w->indicators->at[s->item].rank > w->indicators->at[found].rank))
            found = s->item;
    }
    return found;
}

/* The weighted part in which the item stays furthest behind its rival; -1 = in none. */
static int weakest_part(const work *w, uint32_t item, uint32_t rival) {
    const double weight[] = {w->study->w_share, w->study->w_lq, w->study->w_growth, w->study->w_recency};
    int found = -1;
    double largest = 0;
    for (int part = 0; part < PT_SCORE_PARTS; part++) {
        const double behind = weight[part] * (log(w->rank_of[part][rival]) - log(w->rank_of[part][item]));
        if (behind > largest) {
            largest = behind;
            found = part;
        }
    }
    return found;
}

static void compare(const work *w, pt_reason *reason, pt_buf *text) {
    const pt_indicator *x = &w->indicators->at[reason->item], *y = &w->indicators->at[reason->rival];
    const int part = weakest_part(w, reason->item, reason->rival);
    pt_buf_printf(text, "제외: '%s'(점수 %.3f)보다 점수가 낮음(%.3f)", w->items->at[reason->rival].name,
                  y->score, x->score);
    if (part >= 0)
        pt_buf_printf(text, "; 가장 크게 뒤진 요소는 %s(백분위 %.2f 대 %.2f)", part_names[part],
                      w->rank_of[part][reason->item], w->rank_of[part][reason->rival]);
}

static void explain_absence(const work *w, pt_reason *reason, pt_buf *text) {
    const uint32_t k = reason->item, industry = w->items->at[k].industry;
    const uint32_t told_by = w->selection->told_by ? w->selection->told_by[k] : UINT32_MAX;
    if (industry == PT_NO_INDUSTRY) {
        pt_buf_puts(text, "제외: 전략산업에 속하지 않는 품목");
    } else if (told_by != UINT32_MAX) {
        reason->rival = told_by;
        pt_buf_printf(text,
                      "제외: 지역 특허의 %.0f %%를 선정 품목 '%s'도 설명하여 같은 특허로 두 번 선정하지 않음",
                      100.0 * w->selection->told_part[k], w->items->at[told_by].name);
    } else if (w->indicators->at[k].patents < w->study->min_patents) {
        pt_buf_printf(text, "제외: 지역 특허 %.1f건으로 최소 %g건에 못 미침", w->indicators->at[k].patents,
                      w->study->min_patents);
    } else {
        reason->rival = weakest(w, industry);
        if (reason->rival == UINT32_MAX ||
            w->indicators->at[reason->rival].score < w->indicators->at[k].score)
            reason->rival = weakest(w, PT_NO_INDUSTRY);
        if (w->indicators->at[reason->rival].score > w->indicators->at[k].score)
            compare(w, reason, text);
        else
            pt_buf_printf(text, "제외: 점수는 %.3f이나 선정 품목이 설명하지 않은 특허가 %.1f건뿐임",
                          w->indicators->at[k].score, w->selection->untold[k]);
    }
}

static pt_reason explain(const work *w, uint32_t item, const pt_selected *selected) {
    pt_reason reason = {.item = item, .is_selected = selected != NULL, .rival = UINT32_MAX};
    for (int part = 0; part < PT_SCORE_PARTS; part++)
        reason.part_rank[part] = w->rank_of[part][item];
    const uint32_t industry = w->items->at[item].industry;
    reason.is_runner_up =
        industry != PT_NO_INDUSTRY && w->selection->runner_up && w->selection->runner_up[industry] == item;
    pt_buf text = {0};
    if (selected) {
        int best = 0;
        for (int part = 1; part < PT_SCORE_PARTS; part++)
            if (isnan(reason.part_rank[best]) || reason.part_rank[part] > reason.part_rank[best])
                best = part;
        pt_buf_printf(&text, "선정: %s (전체 %u위, 가장 앞선 요소는 %s)", selected->reason,
                      w->indicators->at[item].rank, part_names[best]);
    } else {
        explain_absence(w, &reason, &text);
    }
    reason.text = pt_buf_take(&text);
    return reason;
}

pt_reasons *pt_reasons_new(const pt_items *items, const pt_indicators *indicators,
                           const pt_selection *selection, const pt_study *study) {
    work w = {.items = items, .indicators = indicators, .selection = selection, .study = study};
    rank_parts(&w);
    const pt_selected **selected = pt_zalloc(items->n, sizeof *selected);
    uint32_t *by_rank = pt_zalloc((size_t)items->n + 1, sizeof *by_rank), last = 0; /* item + 1 */
    for (uint32_t i = 0; i < selection->n; i++) {
        selected[selection->at[i].item] = &selection->at[i];
        const uint32_t rank = indicators->at[selection->at[i].item].rank;
        last = rank > last ? rank : last;
    }
    for (uint32_t k = 0; k < items->n; k++)
        if (indicators->at[k].rank && indicators->at[k].rank <= items->n)
            by_rank[indicators->at[k].rank] = k + 1;
    pt_reasons *reasons = pt_zalloc(1, sizeof *reasons);
    reasons->at = pt_zalloc(items->n, sizeof *reasons->at);
    for (uint32_t rank = 1; rank <= items->n; rank++) {
        if (!by_rank[rank])
            continue;
        pt_reason reason = explain(&w, by_rank[rank] - 1, selected[by_rank[rank] - 1]);
        if (reason.is_selected || reason.is_runner_up || rank <= last)
            reasons->at[reasons->n++] = reason;
        else
            free(reason.text);
    }
    for (int part = 0; part < PT_SCORE_PARTS; part++)
        free(w.rank_of[part]);
    free(selected);
    free(by_rank);
    return reasons;
}

void pt_reasons_free(pt_reasons *reasons) {
    if (!reasons)
        return;
    for (size_t i = 0; i < reasons->n; i++)
        free(reasons->at[i].text);
    free(reasons->at);
    free(reasons);
}
