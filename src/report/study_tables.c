/* SPDX-License-Identifier: Apache-2.0 */
/* study_tables.c - the tables that explain and follow up: reasons of the selection, industries side by side,
 * growth paths, clusters of items, items that the region could enter, notes on what is empty. */
#include "base/mem.h"
#include "base/sort.h"
#include "report/tables.h"
#include "study/industry_profile.h"
#include "study/network.h"
#include "study/reasons.h"
#include "study/trends.h"

#include <math.h>
#include <stdlib.h>

enum { ENTRIES = 20 };

static void item_cells(pt_csv *csv, const pt_findings *f, uint32_t item) {
    pt_csv_text(csv, f->items->at[item].id);
    pt_csv_text(csv, f->items->at[item].name);
}

static void count_cell(pt_csv *csv, uint64_t value) {
    if (value)
        pt_csv_integer(csv, value);
    else
        pt_csv_text(csv, NULL);
}

void pt_rows_reasons(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    pt_reasons *reasons = pt_reasons_new(f->items, f->indicators, f->selection, f->study);
    for (size_t i = 0; i < reasons->n; i++) {
        const pt_reason *r = &reasons->at[i];
        const pt_indicator *x = &f->indicators->at[r->item];
        const double value[PT_SCORE_PARTS] = {x->share, x->lq_shrunk, x->growth, x->recency};
        pt_csv_integer(csv, x->rank);
        pt_csv_text(csv, pt_industry_name(f, f->items->at[r->item].industry));
        item_cells(csv, f, r->item);
        pt_csv_integer(csv, r->is_selected);
        pt_csv_integer(csv, r->is_runner_up);
        pt_csv_number(csv, x->patents);
        pt_csv_number(csv, x->score);
        for (int part = 0; part < PT_SCORE_PARTS; part++) {
            pt_csv_number(csv, value[part]);
            pt_csv_number(csv, r->part_rank[part]);
        }
        pt_csv_text(csv, r->rival == UINT32_MAX ? NULL : f->items->at[r->rival].name);
        pt_csv_text(csv, r->text);
        pt_csv_end_row(csv);
    }
    pt_reasons_free(reasons);
}

void pt_rows_industries(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    pt_industry_profile *profile = pt_alloc(f->industries->n, sizeof *profile);
    pt_industry_profiles(f->items, f->industries, f->documents, f->mapping, f->indicators, f->selection,
                         f->study, profile);
    for (uint32_t i = 0; i < f->industries->n; i++) {
        const pt_industry_profile *p = &profile[i];
        pt_csv_text(csv, f->industries->name[i]);
        pt_csv_integer(csv, p->items);
        pt_csv_integer(csv, p->selected);
        const double value[] = {p->patents, p->patents_reference, p->share, p->lq_shrunk, p->growth,
                                p->recency};
        for (size_t v = 0; v < sizeof value / sizeof *value; v++)
            pt_csv_number(csv, value[v]);
        pt_csv_integer(csv, p->applicants);
        pt_csv_number(csv, p->hhi);
        pt_csv_number(csv, p->reach);
        pt_csv_end_row(csv);
    }
    free(profile);
}

/* Years of the series that are published in full. */
static uint32_t complete_years(const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    const uint32_t last = pt_window_of(f->documents, f->study).last, first = f->indicators->first_year;
    const uint32_t years = pt_outline_years(outline);
    return last < first ? 0 : last - first + 1 < years ? last - first + 1 : years;
}

void pt_rows_item_years(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const pt_indicators *x = f->indicators;
    const uint32_t years = pt_outline_years(outline), complete = complete_years(outline);
    for (uint32_t k = 0; k < f->items->n; k++)
        for (uint32_t y = 0; y < years; y++) {
            const double *count = x->by_year + (size_t)k * years;
            pt_csv_text(csv, f->items->at[k].id);
            pt_csv_text(csv, f->items->at[k].name);
            pt_csv_integer(csv, x->first_year + y);
            pt_csv_number(csv, count[y]);
            pt_csv_number(csv, x->reference_by_year[(size_t)k * years + y]);
            pt_csv_number(csv, y < complete ? pt_three_year_mean(count, complete, y) : NAN);
            pt_csv_integer(csv, y < complete);
            pt_csv_end_row(csv);
        }
}

void pt_rows_technology_years(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const uint32_t years = pt_outline_years(outline), complete = complete_years(outline);
    double *count = pt_alloc(years, sizeof *count);
    for (uint32_t t = 0; t < f->technologies->n && years; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        for (uint32_t y = 0; y < years; y++)
            count[y] = 0;
        for (uint32_t i = 0; i < technology->n_patents; i++) {
            const uint32_t year = pt_document_year(&f->documents->at[technology->patent[i]]);
            if (year >= f->indicators->first_year && year <= f->indicators->last_year)
                count[year - f->indicators->first_year]++;
        }
        const pt_trend trend = pt_trend_of(count, complete);
        for (uint32_t y = 0; y < years; y++) {
            pt_csv_integer(csv, technology->number);
            pt_csv_text(csv, technology->name);
            pt_csv_integer(csv, f->indicators->first_year + y);
            pt_csv_number(csv, count[y]);
            pt_csv_number(csv, y < complete ? pt_three_year_mean(count, complete, y) : NAN);
            pt_csv_integer(csv, y < complete);
            pt_csv_text(csv, pt_path_name(trend.path));
            pt_csv_end_row(csv);
        }
    }
    free(count);
}

void pt_rows_item_paths(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const uint32_t years = pt_outline_years(outline), complete = complete_years(outline);
    for (uint32_t k = 0; k < f->items->n && complete; k++) {
        if (f->indicators->at[k].patents <= 0)
            continue;
        const pt_trend trend = pt_trend_of(f->indicators->by_year + (size_t)k * years, complete);
        item_cells(csv, f, k);
        pt_csv_integer(csv, outline->item_no[k] != 0);
        pt_csv_integer(csv, f->indicators->first_year);
        pt_csv_integer(csv, f->indicators->first_year + complete - 1);
        pt_csv_number(csv, trend.mean_before);
        pt_csv_number(csv, trend.mean_now);
        pt_csv_number(csv, trend.ratio);
        pt_csv_text(csv, pt_path_name(trend.path));
        pt_csv_end_row(csv);
    }
}

void pt_rows_clusters(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const pt_network *network = f->network;
    for (uint32_t c = 1; c <= network->n_clusters; c++)
        for (uint32_t k = 0; k < f->items->n; k++) {
            if (network->cluster[k] != c)
                continue;
            pt_csv_integer(csv, c);
            pt_csv_text(csv, pt_network_is_independent(network, c) ? "독립" : "복합");
            pt_csv_number(csv, network->outside[c - 1]);
            item_cells(csv, f, k);
            pt_csv_number(csv, network->strength[k]);
            pt_csv_number(csv, f->indicators->at[k].patents);
            pt_csv_number(csv, f->indicators->at[k].patents_reference);
            pt_csv_number(csv, f->indicators->at[k].lq_shrunk);
            pt_csv_integer(csv, outline->item_no[k] != 0);
            pt_csv_end_row(csv);
        }
}

typedef struct entry {
    uint32_t item;
    double density;
} entry;

static int by_density(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->density != y->density)
        return x->density > y->density ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* The selected item nearest in the network; UINT32_MAX = none. */
static uint32_t nearest_selected(const pt_outline *outline, uint32_t item) {
    const pt_network *network = outline->findings->network;
    uint32_t found = UINT32_MAX;
    for (uint32_t j = 0; j < network->n_items; j++) {
        const double a = network->closeness[(size_t)item * network->n_items + j];
        if (outline->item_no[j] && a > 0 &&
            (found == UINT32_MAX || a > network->closeness[(size_t)item * network->n_items + found]))
            found = j;
    }
    return found;
}

/* Related variety: items in which the region is not specialised, amid items in which it is. */
void pt_rows_entries(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const pt_landscape *landscape = f->indicators->landscape;
    if (!landscape)
        return;
    entry *entries = pt_alloc(f->items->n, sizeof *entries);
    uint32_t n = 0;
    for (uint32_t k = 0; k < f->items->n; k++)
        if (!landscape->is_specialised[k] && landscape->density[k] > 0)
            entries[n++] = (entry){k, landscape->density[k]};
    pt_sort(entries, n, sizeof *entries, by_density);
    for (uint32_t i = 0; i < n && i < ENTRIES; i++) {
        const uint32_t k = entries[i].item, near = nearest_selected(outline, k);
        pt_csv_integer(csv, i + 1);
        item_cells(csv, f, k);
        pt_csv_text(csv, pt_industry_name(f, f->items->at[k].industry));
        pt_csv_number(csv, entries[i].density);
        pt_csv_number(csv, f->indicators->at[k].lq);
        pt_csv_number(csv, landscape->complexity[k]);
        pt_csv_number(csv, f->indicators->at[k].patents);
        pt_csv_number(csv, f->indicators->at[k].patents_reference);
        count_cell(csv, f->network->cluster[k]);
        pt_csv_text(csv, near == UINT32_MAX ? NULL : f->items->at[near].name);
        pt_csv_end_row(csv);
    }
    free(entries);
}

static void note(pt_csv *csv, const char *about, const char *text) {
    if (!text)
        return;
    pt_csv_text(csv, about);
    pt_csv_text(csv, text);
    pt_csv_end_row(csv);
}

void pt_rows_notes(const pt_outline *outline, pt_csv *csv) {
    const pt_findings *f = outline->findings;
    const pt_landscape *landscape = f->indicators->landscape;
    note(csv, "lq", f->indicators->lq_note);
    note(csv, "growth", f->indicators->growth_note);
    note(csv, "density", landscape ? landscape->density_note : NULL);
    note(csv, "complexity", landscape ? landscape->complexity_note : NULL);
    note(csv, "selection", f->selection->shortage);
    note(csv, "technologies", f->technologies->shortage);
    if (f->documents->unknown_region) {
        char *text =
            pt_strfmt("기간 안의 특허 %u건은 주소로 지역을 알 수 없음", f->documents->unknown_region);
        note(csv, "region", text);
        free(text);
    }
    note(csv, "complete",
         "저장소의 가장 늦은 출원일에서 18개월 이내의 해는 공개가 끝나지 않아 complete = 0이며 성장 경로에 "
         "쓰지 않음");
    note(
        csv, "growth_path",
        "최근 3년 평균과 그 앞 3년 평균의 비(+0.5): 1.2 이상 성장(5년보다 오래된 특허가 20 % 미만이면 태동), "
        "0.8 이하 쇠퇴, 그 사이 성숙; 완결된 해가 6개 미만이거나 특허가 5건 미만이면 비움");
    note(csv, "evidence",
         "industries.csv의 evidence_*는 특허로 본 근거일 뿐 정책성·파급성·가능성의 판정이 아님: "
         "share·lq_shrunk는 집적, "
         "growth·recency는 성장, applicants·hhi는 주체의 폭, reach는 다른 산업의 품목과 겹치는 특허의 비율");
}
