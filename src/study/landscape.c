/* SPDX-License-Identifier: Apache-2.0 */
/* landscape.c - see landscape.h. */
#include "study/landscape.h"
#include "base/mem.h"
#include "study/complexity.h"
#include "study/indicators.h"

#include <math.h>
#include <stdlib.h>

/* Patents by region and item; row 0 is the region of study, row m the 시군구 m of the table. */
typedef struct counts {
    uint32_t n_items, n_rows;
    double *x, *x_r, *x_k; /* [n_rows][n_items], [n_rows], [n_items] */
    double total;
} counts;

static void add(counts *c, uint32_t row, double weight, const pt_mapping *mapping, uint32_t d) {
    for (uint32_t a = mapping->start[d]; a < mapping->start[d + 1]; a++) {
        const double x = weight * mapping->at[a].share;
        c->x[(size_t)row * c->n_items + mapping->at[a].item] += x;
        c->x_r[row] += x;
        c->x_k[mapping->at[a].item] += x;
        c->total += x;
    }
}

static counts count(const pt_documents *documents, const pt_mapping *mapping) {
    counts c = {.n_items = mapping->n_items, .n_rows = 1};
    for (uint32_t d = 0; d < documents->D; d++)
        if (documents->at[d].municipality >= c.n_rows)
            c.n_rows = documents->at[d].municipality + 1;
    c.x = pt_zalloc((size_t)c.n_rows * c.n_items, sizeof *c.x);
    c.x_r = pt_zalloc(c.n_rows, sizeof *c.x_r);
    c.x_k = pt_zalloc(c.n_items, sizeof *c.x_k);
    for (uint32_t d = 0; d < documents->D; d++) {
        const pt_document *document = &documents->at[d];
        if (!document->in_period)
            continue;
        const double inside = document->weight;
        if (inside > 0)
            add(&c, 0, inside, mapping, d);
        if (inside < 1 && document->municipality)
            add(&c, document->municipality, 1 - inside, mapping, d);
    }
    return c;
}

/* M over the rows with enough patents, row 0 first if it is one of them. */
static uint8_t *specialisation(const counts *c, uint32_t *n_regions, bool *has_study) {
    uint8_t *M = pt_zalloc((size_t)c->n_rows * c->n_items, sizeof *M);
    uint32_t n = 0;
    *has_study = c->x_r[0] >= PT_LANDSCAPE_PATENTS;
    for (uint32_t r = 0; r < c->n_rows; r++) {
        if (c->x_r[r] < PT_LANDSCAPE_PATENTS)
            continue;
        for (uint32_t k = 0; k < c->n_items; k++) {
            const double x = c->x[(size_t)r * c->n_items + k];
            M[(size_t)n * c->n_items + k] = x >= 1 && pt_lq(x, c->x_r[r], c->x_k[k], c->total) >= 1;
        }
        n++;
    }
    *n_regions = n;
    return M;
}

static void fill_density(pt_landscape *out, const uint8_t *M) {
    double *phi = pt_alloc((size_t)out->n_items * out->n_items, sizeof *phi);
    pt_proximity(M, out->n_regions, out->n_items, phi);
    for (uint32_t k = 0; k < out->n_items; k++) {
        out->is_specialised[k] = M[k];
        out->density[k] = pt_relatedness_density(M, phi, out->n_items, k);
    }
    free(phi);
}

static void fill_complexity(pt_landscape *out, const uint8_t *M, bool has_study) {
    double *eci = pt_alloc(out->n_regions, sizeof *eci);
    switch (pt_complexity(M, out->n_regions, out->n_items, eci, out->complexity)) {
    case PT_COMPLEXITY_KNOWN:
        out->eci = has_study ? eci[0] : NAN;
        break;
    case PT_COMPLEXITY_DISCONNECTED:
        out->complexity_note = "지역과 품목의 연결이 끊어져 있어 기술 복잡도를 비워 둠";
        break;
    case PT_COMPLEXITY_UNSIGNED:
        out->complexity_note = "다양성과의 상관이 0.1보다 작아 부호를 정할 수 없으므로 기술 복잡도를 비워 둠";
        break;
    }
    free(eci);
}

pt_landscape *pt_landscape_new(const pt_documents *documents, const pt_mapping *mapping) {
    pt_landscape *out = pt_zalloc(1, sizeof *out);
    out->n_items = mapping->n_items;
    out->is_specialised = pt_zalloc(out->n_items, sizeof *out->is_specialised);
    out->density = pt_alloc(out->n_items, sizeof *out->density);
    out->complexity = pt_alloc(out->n_items, sizeof *out->complexity);
    out->eci = NAN;
    for (uint32_t k = 0; k < out->n_items; k++)
        out->density[k] = out->complexity[k] = NAN;
    counts c = count(documents, mapping);
    bool has_study;
    uint8_t *M = specialisation(&c, &out->n_regions, &has_study);
    if (out->n_regions < PT_LANDSCAPE_REGIONS) {
        out->density_note = "분류된 특허가 20건 이상인 시군구가 10곳보다 적어 관련성 밀도를 비워 둠";
        out->complexity_note = "분류된 특허가 20건 이상인 시군구가 10곳보다 적어 기술 복잡도를 비워 둠";
    } else {
        if (has_study)
            fill_density(out, M);
        else
            out->density_note = "지역의 분류된 특허가 20건보다 적어 관련성 밀도를 비워 둠";
        fill_complexity(out, M, has_study);
    }
    free(M);
    free(c.x);
    free(c.x_r);
    free(c.x_k);
    return out;
}

void pt_landscape_free(pt_landscape *landscape) {
    if (!landscape)
        return;
    free(landscape->is_specialised);
    free(landscape->density);
    free(landscape->complexity);
    free(landscape);
}
