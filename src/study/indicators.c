/* SPDX-License-Identifier: Apache-2.0 */
/* x_rk = sum_d w_dr pi_dk over the classified patents of the period, so that the shares of a region sum to 1;
 * unclassified patents are reported elsewhere and count in no sum. Intervals by resampling patents, so that
 * region and reference move together. */
#include "study/indicators.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/bootstrap.h"
#include "study/tally.h"

#include <assert.h>
#include <math.h>

enum { MAX_DRAWS = 1000, MIN_DRAWS = 200 };
static const double max_resampled = 2e8; /* patents over all replicates */

double pt_lq(double x_rk, double x_r, double x_k, double x) {
    return x_r > 0 && x_k > 0 && x > 0 ? (x_rk / x_r) / (x_k / x) : NAN;
}

double pt_lq_shrunk(double x_rk, double x_r, double x_k, double x, double kappa) {
    if (!(x_k > 0 && x > 0 && x_r + kappa > 0))
        return NAN;
    const double p = x_k / x;
    return ((x_rk + kappa * p) / (x_r + kappa)) / p;
}

double pt_growth_of_means(double first_mean, double last_mean, size_t n_years) {
    if (n_years < 4)
        return NAN;
    return pow((last_mean + 0.5) / (first_mean + 0.5), 1 / (double)(n_years - 3)) - 1;
}

double pt_growth(const double *by_year, size_t n_years) {
    if (n_years < 4)
        return NAN;
    const double *last = by_year + n_years - 3;
    return pt_growth_of_means((by_year[0] + by_year[1] + by_year[2]) / 3, (last[0] + last[1] + last[2]) / 3,
                              n_years);
}

double pt_hhi(const double *counts, size_t n) {
    double total = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        total += counts[i];
    for (size_t i = 0; i < n; i++)
        squares += (counts[i] / total) * (counts[i] / total);
    return total > 0 ? squares : NAN;
}

/* Everything that the steps below share. */
typedef struct work {
    const pt_documents *documents;
    const pt_mapping *mapping;
    const pt_study *study;
    pt_indicators *out;
    pt_window window;
    pt_counted *counted;
    size_t n_counted;
    bool has_reference;
    pt_tally **tally; /* [threads] */
    pt_scorer **scorer;
    double *draw_lq; /* [n_items][draws] */
} work;

static bool is_rest_empty(const work *w) {
    for (size_t i = 0; i < w->n_counted; i++)
        if (w->counted[i].in_reference && w->counted[i].weight < 1)
            return false;
    return true;
}

static void note_what_is_empty(work *w) {
    bool any_reference = false;
    for (size_t i = 0; i < w->n_counted; i++)
        any_reference = any_reference || w->counted[i].in_reference;
    if (!any_reference)
        w->out->lq_note = "비교 기준을 두지 않아 특화도(LQ)를 비워 둠";
    else if (is_rest_empty(w))
        w->out->lq_note = "저장소에 연구 지역 밖의 특허가 없어 특화도(LQ)를 비워 둠";
    w->has_reference = !w->out->lq_note;
    if (!w->window.last)
        w->out->growth_note = "출원일을 알 수 없어 증가율과 최근성을 비워 둠";
    else if (w->window.last < w->window.first + 3)
        w->out->growth_note = "공개가 끝난 연도가 4개보다 적어 증가율을 비워 둠";
}

static void fill_years(work *w) {
    pt_indicators *out = w->out;
    for (size_t i = 0; i < w->n_counted; i++) {
        const uint32_t year = pt_document_year(&w->documents->at[w->counted[i].doc]);
        if (!year)
            continue;
        out->first_year = !out->first_year || year < out->first_year ? year : out->first_year;
        out->last_year = year > out->last_year ? year : out->last_year;
    }
    if (!out->first_year)
        return;
    const size_t n_years = out->last_year - out->first_year + 1;
    out->by_year = pt_zalloc(out->n_items * n_years, sizeof *out->by_year);
    out->reference_by_year = pt_zalloc(out->n_items * n_years, sizeof *out->reference_by_year);
    for (size_t i = 0; i < w->n_counted; i++) {
        const pt_counted *c = &w->counted[i];
        const uint32_t year = pt_document_year(&w->documents->at[c->doc]);
        for (uint32_t r = w->mapping->start[c->doc]; year && r < w->mapping->start[c->doc + 1]; r++) {
            const size_t at = w->mapping->at[r].item * n_years + year - out->first_year;
            out->by_year[at] += (double)w->mapping->at[r].share * c->weight;
            out->reference_by_year[at] += c->in_reference ? w->mapping->at[r].share : 0;
        }
    }
}

/* An applicant's part of an item: w_dr pi_dk shared evenly among the applicants of a patent. */
typedef struct holding {
    uint32_t item, applicant;
    double x;
} holding;

static int compare_holdings(const void *a, const void *b) {
    const holding *x = a, *y = b;
    if (x->item != y->item)
        return (x->item > y->item) - (x->item < y->item);
    if (x->applicant != y->applicant)
        return (x->applicant > y->applicant) - (x->applicant < y->applicant);
    return (x->x > y->x) - (x->x < y->x);
}

static void fill_applicants(work *w) {
    PT_VEC(holding) all = {0};
    for (size_t i = 0; i < w->n_counted; i++) {
        const pt_counted *c = &w->counted[i];
        const pt_document *document = &w->documents->at[c->doc];
        for (uint32_t r = w->mapping->start[c->doc]; c->weight > 0 && r < w->mapping->start[c->doc + 1]; r++)
            for (uint32_t a = 0; a < document->n_applicants; a++) {
                const holding h = {.item = w->mapping->at[r].item,
                                   .applicant = document->applicant[a],
                                   .x = (double)w->mapping->at[r].share * c->weight / document->n_applicants};
                pt_vec_push(&all, h);
            }
    }
    if (all.n)
        pt_sort(all.at, all.n, sizeof *all.at, compare_holdings);
    double *counts = pt_alloc(all.n, sizeof *counts);
    for (size_t from = 0, to; from < all.n; from = to) {
        size_t n = 0;
        for (to = from; to < all.n && all.at[to].item == all.at[from].item; to++) {
            if (to == from || all.at[to].applicant != all.at[to - 1].applicant)
                counts[n++] = 0;
            counts[n - 1] += all.at[to].x;
        }
        w->out->at[all.at[from].item].applicants = (uint32_t)n;
        w->out->at[all.at[from].item].hhi = pt_hhi(counts, n);
    }
    free(counts);
    pt_vec_free(&all);
}

typedef struct ranked {
    uint32_t item;
    bool is_supported; /* by the patents that the study asks for */
    const pt_indicator *indicator;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->is_supported != y->is_supported)
        return x->is_supported ? -1 : 1;
    if (x->indicator->score != y->indicator->score)
        return x->indicator->score > y->indicator->score ? -1 : 1;
    if (x->indicator->patents != y->indicator->patents)
        return x->indicator->patents > y->indicator->patents ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* A quotient over a sixtieth of a patent is no first place. */
static void fill_ranks(pt_indicators *out, double min_patents) {
    ranked *order = pt_alloc(out->n_items, sizeof *order);
    uint32_t n = 0;
    for (uint32_t k = 0; k < out->n_items; k++)
        if (out->at[k].patents > 0)
            order[n++] = (ranked){k, out->at[k].patents >= min_patents, &out->at[k]};
    pt_sort(order, n, sizeof *order, compare_ranked);
    for (uint32_t i = 0; i < n; i++)
        out->at[order[i].item].rank = i + 1;
    free(order);
}

static void fill_point_values(work *w) {
    pt_indicators *out = w->out;
    pt_tally *tally = w->tally[0];
    pt_scorer *scorer = w->scorer[0];
    pt_tally_clear(tally);
    for (size_t i = 0; i < w->n_counted; i++)
        pt_tally_add(tally, &w->counted[i], w->mapping);
    pt_scorer_score(scorer, tally);
    out->region_patents = tally->x_r;
    out->reference_patents = tally->x;
    for (uint32_t k = 0; k < out->n_items; k++) {
        const double x_rk = tally->x_rk[k], x_k = tally->x_k[k];
        out->at[k] = (pt_indicator){.patents = x_rk,
                                    .patents_reference = x_k,
                                    .share = scorer->value[PT_PART_SHARE][k],
                                    .lq = w->has_reference ? pt_lq(x_rk, tally->x_r, x_k, tally->x) : NAN,
                                    .lq_shrunk = scorer->value[PT_PART_LQ][k],
                                    .lq_low = NAN,
                                    .lq_high = NAN,
                                    .growth = scorer->value[PT_PART_GROWTH][k],
                                    .recency = scorer->value[PT_PART_RECENCY][k],
                                    .hhi = NAN,
                                    .score = scorer->score[k]};
    }
}

static void draw_replicate(void *shared, int worker, size_t replicate) {
    work *w = shared;
    pt_tally *tally = w->tally[worker];
    pt_scorer *scorer = w->scorer[worker];
    pt_tally_clear(tally);
    for (size_t j = 0; j < w->n_counted; j++)
        pt_tally_add(tally, &w->counted[pt_bootstrap_draw(w->n_counted, replicate, j)], w->mapping);
    pt_scorer_score(scorer, tally);
    for (uint32_t k = 0; k < w->out->n_items; k++) {
        w->out->draw_score[replicate * w->out->n_items + k] = (float)scorer->score[k];
        w->draw_lq[(size_t)k * w->out->draws + replicate] = scorer->value[PT_PART_LQ][k];
    }
}

static void bootstrap(work *w, int threads) {
    pt_indicators *out = w->out;
    const double draws = max_resampled / (double)w->n_counted;
    out->draws = draws < MIN_DRAWS ? MIN_DRAWS : draws > MAX_DRAWS ? MAX_DRAWS : (uint32_t)draws;
    out->draw_score = pt_zalloc((size_t)out->draws * out->n_items, sizeof *out->draw_score);
    w->draw_lq = pt_alloc((size_t)out->draws * out->n_items, sizeof *w->draw_lq);
    pt_parallel_for(threads, out->draws, draw_replicate, w);
    for (uint32_t k = 0; k < out->n_items; k++) {
        double *values = w->draw_lq + (size_t)k * out->draws;
        out->at[k].lq_low = pt_quantile(values, out->draws, 0.05);
        out->at[k].lq_high = pt_quantile(values, out->draws, 0.95);
    }
    free(w->draw_lq);
}

static void compute(work *w) {
    const int threads = pt_threads(0);
    w->tally = pt_alloc((size_t)threads, sizeof(pt_tally *));
    w->scorer = pt_alloc((size_t)threads, sizeof(pt_scorer *));
    note_what_is_empty(w);
    for (int t = 0; t < threads; t++) {
        w->tally[t] = pt_tally_new(w->out->n_items);
        w->scorer[t] = pt_scorer_new(w->out->n_items, w->study, w->window, w->has_reference);
    }
    fill_point_values(w);
    fill_ranks(w->out, w->study->min_patents);
    fill_years(w);
    fill_applicants(w);
    bootstrap(w, threads);
    w->out->landscape = pt_landscape_new(w->documents, w->mapping);
    w->out->claims = pt_claims_new(w->counted, w->n_counted, w->mapping);
    for (int t = 0; t < threads; t++) {
        pt_tally_free(w->tally[t]);
        pt_scorer_free(w->scorer[t]);
    }
    free(w->tally);
    free(w->scorer);
}

/* A region without a patent is a mistake in the study file or in the store; say where to look. */
static pt_status explain_nothing(const work *w, pt_error *err) {
    uint32_t in_period = 0, in_region = 0, both = 0;
    for (uint32_t d = 0; d < w->documents->D; d++) {
        const pt_document *document = &w->documents->at[d];
        in_period += document->in_period;
        in_region += document->weight > 0;
        both += document->in_period && document->weight > 0;
    }
    return pt_fail(err, PT_ERR_DATA,
                   "region '%s' has no classified patent in the period: of %u patents %u are in the period, "
                   "%u in the region, %u in both; check region, from and to in the study file",
                   w->study->region, w->documents->D, in_period, in_region, both);
}

pt_status pt_indicators_compute(const pt_documents *documents, const pt_mapping *mapping,
                                const pt_study *study, pt_indicators **out, pt_error *err) {
    assert(documents->D == mapping->D);
    *out = NULL;
    work w = {.documents = documents, .mapping = mapping, .study = study};
    w.window = pt_window_of(documents, study);
    w.counted = pt_counted_new(documents, mapping, w.window, &w.n_counted);
    bool any = false;
    for (size_t i = 0; i < w.n_counted; i++)
        any = any || w.counted[i].weight > 0;
    pt_status status = PT_OK;
    if (any) {
        w.out = pt_zalloc(1, sizeof *w.out);
        w.out->n_items = mapping->n_items;
        w.out->at = pt_zalloc(mapping->n_items, sizeof *w.out->at);
        compute(&w);
        *out = w.out;
    } else {
        status = explain_nothing(&w, err);
    }
    free(w.counted);
    return status;
}

void pt_indicators_free(pt_indicators *indicators) {
    if (!indicators)
        return;
    free(indicators->at);
    free(indicators->by_year);
    free(indicators->reference_by_year);
    free(indicators->draw_score);
    pt_landscape_free(indicators->landscape);
    pt_claims_free(indicators->claims);
    free(indicators);
}
