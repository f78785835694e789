/* SPDX-License-Identifier: Apache-2.0 */
#include "study/tally.h"
#include "base/mem.h"
#include "base/vec.h"
#include "study/bootstrap.h"
#include "study/indicators.h"

#include <math.h>
#include <string.h>

enum { UNPUBLISHED_MONTHS = 18, GROWTH_YEARS = 10, MEAN_YEARS = 3 };

pt_window pt_window_of(const pt_documents *documents, const pt_study *study) {
    uint32_t newest = 0, first = UINT32_MAX;
    for (uint32_t d = 0; d < documents->D; d++) {
        const pt_document *document = &documents->at[d];
        if (document->application_date > newest)
            newest = document->application_date;
        if (document->in_period && document->weight > 0 && document->application_date)
            first = pt_document_year(document) < first ? pt_document_year(document) : first;
    }
    if (first == UINT32_MAX)
        return (pt_window){0};
    const uint32_t month =
        newest / 10000 * 12 + newest / 100 % 100 - UNPUBLISHED_MONTHS; /* this one is whole */
    pt_window window = {.last = month / 12 - 1};
    if (study->to && study->to < window.last)
        window.last = study->to;
    window.first = study->from ? study->from : first;
    if (!study->from && window.first + GROWTH_YEARS - 1 < window.last)
        window.first = window.last - GROWTH_YEARS + 1;
    window.recent = window.last - MEAN_YEARS + 1;
    return window;
}

pt_counted *pt_counted_new(const pt_documents *documents, const pt_mapping *mapping, pt_window window,
                           size_t *n) {
    PT_VEC(pt_counted) counted = {0};
    for (uint32_t d = 0; d < documents->D; d++) {
        const pt_document *document = &documents->at[d];
        if (!document->in_period || (document->weight <= 0 && !document->in_reference) ||
            mapping->start[d] == mapping->start[d + 1])
            continue;
        const uint32_t year = pt_document_year(document);
        const bool in_window = year >= window.first && year <= window.last && window.last;
        const pt_counted row = {.doc = d,
                                .weight = document->weight,
                                .in_reference = document->in_reference,
                                .is_dated = year > 0,
                                .is_early = in_window && year < window.first + MEAN_YEARS,
                                .is_late = in_window && year + MEAN_YEARS > window.last,
                                .is_recent = window.last && year >= window.recent};
        pt_vec_push(&counted, row);
    }
    *n = counted.n;
    return counted.at;
}

pt_tally *pt_tally_new(uint32_t n_items) {
    pt_tally *tally = pt_zalloc(1, sizeof *tally);
    tally->n_items = n_items;
    double **sums[] = {&tally->x_rk, &tally->x_k, &tally->early, &tally->late, &tally->recent, &tally->dated};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        *sums[i] = pt_zalloc(n_items, sizeof(double));
    return tally;
}

void pt_tally_free(pt_tally *tally) {
    if (!tally)
        return;
    free(tally->x_rk);
    free(tally->x_k);
    free(tally->early);
    free(tally->late);
    free(tally->recent);
    free(tally->dated);
    free(tally);
}

void pt_tally_clear(pt_tally *tally) {
    double *sums[] = {tally->x_rk, tally->x_k, tally->early, tally->late, tally->recent, tally->dated};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        memset(sums[i], 0, tally->n_items * sizeof(double));
    tally->x_r = tally->x = tally->recent_r = tally->dated_r = 0;
}

void pt_tally_add(pt_tally *tally, const pt_counted *counted, const pt_mapping *mapping) {
    for (uint32_t i = mapping->start[counted->doc]; i < mapping->start[counted->doc + 1]; i++) {
        const uint32_t k = mapping->at[i].item;
        const double share = mapping->at[i].share, x = share * counted->weight;
        if (counted->in_reference) {
            tally->x_k[k] += share;
            tally->x += share;
        }
        tally->x_rk[k] += x;
        tally->x_r += x;
        tally->early[k] += counted->is_early ? x : 0;
        tally->late[k] += counted->is_late ? x : 0;
        tally->recent[k] += counted->is_recent ? x : 0;
        tally->recent_r += counted->is_recent ? x : 0;
        tally->dated[k] += counted->is_dated ? x : 0;
        tally->dated_r += counted->is_dated ? x : 0;
    }
}

pt_scorer *pt_scorer_new(uint32_t n_items, const pt_study *study, pt_window window, bool has_reference) {
    pt_scorer *scorer = pt_zalloc(1, sizeof *scorer);
    scorer->n_items = n_items;
    scorer->window = window;
    scorer->has_reference = has_reference;
    scorer->kappa = study->kappa;
    const double weight[] = {study->w_share, study->w_lq, study->w_growth, study->w_recency};
    for (int part = 0; part < PT_SCORE_PARTS; part++) {
        scorer->weight[part] = weight[part];
        scorer->value[part] = pt_zalloc(n_items, sizeof(double));
        scorer->rank_of[part] = pt_zalloc(n_items, sizeof(double));
    }
    scorer->score = pt_zalloc(n_items, sizeof *scorer->score);
    scorer->present = pt_zalloc(n_items, sizeof *scorer->present);
    scorer->order = pt_zalloc(n_items, sizeof *scorer->order);
    scorer->item = pt_zalloc(n_items, sizeof *scorer->item);
    return scorer;
}

void pt_scorer_free(pt_scorer *scorer) {
    if (!scorer)
        return;
    for (int part = 0; part < PT_SCORE_PARTS; part++) {
        free(scorer->value[part]);
        free(scorer->rank_of[part]);
    }
    free(scorer->score);
    free(scorer->present);
    free(scorer->order);
    free(scorer->item);
    free(scorer);
}

static void measure(pt_scorer *s, const pt_tally *t) {
    const uint32_t n_years = s->window.last >= s->window.first ? s->window.last - s->window.first + 1 : 0;
    for (uint32_t k = 0; k < s->n_items; k++) {
        s->value[PT_PART_SHARE][k] = t->x_r > 0 ? t->x_rk[k] / t->x_r : NAN;
        s->value[PT_PART_LQ][k] =
            s->has_reference ? pt_lq_shrunk(t->x_rk[k], t->x_r, t->x_k[k], t->x, s->kappa) : NAN;
        s->value[PT_PART_GROWTH][k] =
            s->window.last && t->dated_r > 0
                ? pt_growth_of_means(t->early[k] / MEAN_YEARS, t->late[k] / MEAN_YEARS, n_years)
                : NAN;
        s->value[PT_PART_RECENCY][k] = t->recent_r > 0 && t->dated[k] > 0
                                           ? (t->recent[k] / t->dated[k]) / (t->recent_r / t->dated_r)
                                           : NAN;
    }
}

void pt_scorer_score(pt_scorer *s, const pt_tally *tally) {
    measure(s, tally);
    uint32_t n = 0;
    for (uint32_t k = 0; k < s->n_items; k++) {
        s->score[k] = 0;
        if (tally->x_rk[k] > 0)
            s->item[n++] = k;
    }
    for (int part = 0; part < PT_SCORE_PARTS; part++) {
        for (uint32_t i = 0; i < n; i++)
            s->present[i] = s->value[part][s->item[i]];
        pt_percentile_ranks(s->present, n, s->rank_of[part], s->order);
    }
    for (uint32_t i = 0; i < n; i++) {
        double log_score = 0, total = 0;
        for (int part = 0; part < PT_SCORE_PARTS; part++) {
            if (isnan(s->rank_of[part][i]) || s->weight[part] <= 0)
                continue;
            log_score += s->weight[part] * log(s->rank_of[part][i]);
            total += s->weight[part];
        }
        /* When every weighted indicator is empty, the share is all that is left to go by. */
        s->score[s->item[i]] = total > 0 ? exp(log_score / total) : s->rank_of[PT_PART_SHARE][i];
    }
}
