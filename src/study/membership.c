/* SPDX-License-Identifier: Apache-2.0 */
/* membership.c - see membership.h. */
#include "study/membership.h"
#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double temperature = 8;
/* What the seeds must say for an item beside the best one, alone and against it. Of planted items 25.2
 * and 20.5 of 26 are found (8 corpora, see the header); without either limit 25.5 and 20.5, but then single
 * weak words of real patents make items; with half of the best 24.2 and 19. */
static const float least_evidence = 4, least_of_best = 0.2f;

static bool is_kin(const pt_evidence *evidence, size_t first, size_t i) {
    return evidence->has_any_evidence[i] && evidence->A[i] >= least_evidence &&
           evidence->A[i] >= least_of_best * evidence->A[first];
}

/* The items of document d into row; returns how many. */
static uint32_t share_out(const pt_evidence *evidence, uint32_t d, pt_assignment *row) {
    const size_t first = (size_t)d * evidence->per_document;
    double weight[PT_MAX_ITEMS_PER_PATENT], total = 0;
    uint32_t n = 0;
    for (size_t i = first; i < first + evidence->per_document && n < PT_MAX_ITEMS_PER_PATENT; i++) {
        if (i > first && !is_kin(evidence, first, i))
            continue;
        weight[n] = exp(((double)evidence->S[i] - evidence->S[first]) / temperature);
        total += weight[n];
        row[n++] = (pt_assignment){.item = evidence->item[i], .score = evidence->S[i]};
    }
    for (uint32_t i = 0; i < n; i++)
        row[i].share = (float)(weight[i] / total);
    return n;
}

pt_mapping *pt_memberships_new(const pt_evidence *evidence, const pt_mapping *mapping) {
    assert(evidence->D == mapping->D);
    pt_mapping *out = pt_zalloc(1, sizeof *out);
    const uint32_t D = mapping->D;
    out->D = D;
    out->n_items = mapping->n_items;
    out->unclassified = mapping->unclassified;
    out->start = pt_zalloc((size_t)D + 1, sizeof *out->start);
    out->margin = pt_alloc(D, sizeof *out->margin);
    out->confidence = pt_alloc(D, sizeof *out->confidence);
    out->at = pt_alloc((size_t)(D - mapping->unclassified) * PT_MAX_ITEMS_PER_PATENT, sizeof *out->at);
    memcpy(out->margin, mapping->margin, D * sizeof *out->margin);
    memcpy(out->confidence, mapping->confidence, D * sizeof *out->confidence);
    for (uint32_t d = 0; d < D; d++)
        out->start[d + 1] =
            out->start[d] +
            (mapping->start[d] < mapping->start[d + 1] ? share_out(evidence, d, out->at + out->start[d]) : 0);
    return out;
}
