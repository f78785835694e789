/* SPDX-License-Identifier: Apache-2.0 */
#include "study/mapping.h"
#include "base/mem.h"
#include "base/vec.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* S alone decides where theta is silent about every admitted item: part of softmax(S) mixed into theta. */
static const double softmax_part = 0.05;

pt_mapping_params pt_mapping_params_default(void) {
    return (pt_mapping_params){.least_support = 0,
                               .medium_confidence = 0.55f,
                               .high_confidence = 0.85f,
                               .admit_below_best = 3,
                               .min_share = 0.1f};
}

typedef struct candidate {
    uint32_t item;
    double S, theta, share;
} candidate;

static double theta_of(const pt_model *model, uint32_t d, uint32_t item) {
    for (size_t i = 0; model && i < PT_MODEL_TOPICS; i++)
        if (model->theta_topic[(size_t)d * PT_MODEL_TOPICS + i] == item)
            return model->theta[(size_t)d * PT_MODEL_TOPICS + i];
    return 0;
}

/* pi_k ~ theta_k + softmax_part * softmax(S)_k over the first n, in sum 1. */
static void share_out(candidate *c, size_t n) {
    double best = -INFINITY, softmax = 0, total = 0;
    for (size_t i = 0; i < n; i++)
        best = fmax(best, c[i].S);
    for (size_t i = 0; i < n; i++)
        softmax += exp(c[i].S - best);
    for (size_t i = 0; i < n; i++) {
        c[i].share = c[i].theta + softmax_part * exp(c[i].S - best) / softmax;
        total += c[i].share;
    }
    for (size_t i = 0; i < n; i++)
        c[i].share /= total;
}

/* A standard of three items or fewer has none that could not be admitted: as if its lead were clear. */
static float lead_of(const pt_evidence *evidence, size_t row) {
    static const float clear = 3;
    return evidence->per_document <= PT_MAX_ITEMS_PER_PATENT
               ? clear
               : evidence->S[row] - evidence->S[row + PT_MAX_ITEMS_PER_PATENT];
}

/* Share of the best item in what the seeds say for all kept items. */
static float clarity_of(const pt_evidence *evidence, uint32_t d) {
    const size_t row = (size_t)d * evidence->per_document;
    float all = 1;
    for (size_t i = row; i < row + evidence->per_document; i++)
        all += fmaxf(evidence->A[i], 0);
    return evidence->per_document ? fmaxf(evidence->A[row], 0) / all : 0;
}

static float sureness_of(const pt_evidence *evidence, uint32_t d) {
    return clarity_of(evidence, d) + fminf(evidence->margin[d], 4) / 8;
}

static pt_confidence class_of(float sureness, const pt_mapping_params *params) {
    return sureness >= params->high_confidence     ? PT_CONFIDENCE_HIGH
           : sureness >= params->medium_confidence ? PT_CONFIDENCE_MEDIUM
                                                   : PT_CONFIDENCE_LOW;
}

/* Codes speak for an item without adding to A. */
static bool speaks(const pt_evidence *evidence, const pt_mapping_params *params, uint32_t d) {
    const size_t row = (size_t)d * evidence->per_document;
    if (evidence->per_document == 0 || !evidence->has_any_evidence[row] ||
        sureness_of(evidence, d) < params->least_sureness)
        return false;
    const float others = fmaxf(evidence->A[row] - evidence->strongest[row], 0);
    const float outside = params->outside ? params->outside[d] : 0;
    return lead_of(evidence, row) + 2 * logf(1 + others) - 3 * logf(1 + outside) >= params->least_support;
}

/* Items of a patent, best first; 0 for 미분류. */
static size_t admit(const pt_evidence *evidence, const pt_model *model, const pt_mapping_params *params,
                    uint32_t d, candidate out[PT_EVIDENCE_ITEMS]) {
    const size_t row = (size_t)d * evidence->per_document;
    if (!speaks(evidence, params, d))
        return 0;
    size_t n = 0;
    for (size_t i = row; i < row + evidence->per_document; i++) {
        if (!evidence->has_any_evidence[i] || evidence->S[i] < evidence->S[row] - params->admit_below_best)
            continue;
        candidate *c = &out[n++];
        c->item = evidence->item[i];
        c->S = evidence->S[i];
        c->theta = theta_of(model, d, c->item);
    }
    n = n < PT_MAX_ITEMS_PER_PATENT ? n : PT_MAX_ITEMS_PER_PATENT;
    share_out(out, n);
    size_t kept = 1; /* the best stays whatever its share */
    for (size_t i = 1; i < n; i++)
        if (out[i].share >= params->min_share)
            out[kept++] = out[i];
    share_out(out, kept);
    return kept;
}

pt_mapping *pt_map(const pt_evidence *evidence, const pt_model *model, const pt_mapping_params *params) {
    assert(!model || model->D == evidence->D);
    pt_mapping *mapping = pt_zalloc(1, sizeof *mapping);
    mapping->D = evidence->D;
    mapping->n_items = evidence->n_items;
    mapping->start = pt_zalloc((size_t)evidence->D + 1, sizeof *mapping->start);
    mapping->margin = pt_alloc(evidence->D, sizeof *mapping->margin);
    mapping->sureness = pt_alloc(evidence->D, sizeof *mapping->sureness);
    mapping->confidence = pt_alloc(evidence->D, sizeof *mapping->confidence);
    PT_VEC(pt_assignment) rows = {0};
    for (uint32_t d = 0; d < evidence->D; d++) {
        candidate admitted[PT_EVIDENCE_ITEMS];
        const size_t n = admit(evidence, model, params, d, admitted);
        for (size_t i = 0; i < n; i++) {
            const pt_assignment row = {
                .item = admitted[i].item, .score = (float)admitted[i].S, .share = (float)admitted[i].share};
            pt_vec_push(&rows, row);
        }
        mapping->unclassified += n == 0;
        mapping->margin[d] = evidence->margin[d];
        mapping->sureness[d] = sureness_of(evidence, d);
        mapping->confidence[d] = (uint8_t)class_of(mapping->sureness[d], params);
        mapping->start[d + 1] = (uint32_t)rows.n;
    }
    mapping->at = rows.at;
    return mapping;
}

void pt_mapping_free(pt_mapping *mapping) {
    if (!mapping)
        return;
    free(mapping->start);
    free(mapping->at);
    free(mapping->margin);
    free(mapping->sureness);
    free(mapping->confidence);
    free(mapping);
}

const char *pt_confidence_name(pt_confidence confidence) {
    static const char *const names[] = {"낮음", "중간", "높음"};
    assert((size_t)confidence < sizeof names / sizeof names[0]);
    return names[confidence];
}

pt_agreement pt_confidence_agreement(pt_confidence confidence) {
    static const pt_agreement measured[] = {{0.26, 0.63}, {0.38, 0.79}, {0.63, 0.87}};
    assert((size_t)confidence < sizeof measured / sizeof measured[0]);
    return measured[confidence];
}
