/* SPDX-License-Identifier: Apache-2.0 */
/* membership.c - see membership.h. */
#include "study/membership.h"
#include "base/mem.h"
#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double temperature = 8, group_weight = 1.2;
/* What the seeds must say for an item beside the best one, alone and against it. Of planted items 25.2
 * and 20.5 of 26 are found (8 corpora, see the header); without either limit 25.5 and 20.5, but then single
 * weak words of real patents make items; with half of the best 24.2 and 19. */
static const float least_evidence = 4, least_of_best = 0.2f;

static bool is_kin(const pt_evidence *evidence, size_t first, size_t i) {
    return evidence->has_any_evidence[i] && evidence->A[i] >= least_evidence &&
           evidence->A[i] >= least_of_best * evidence->A[first];
}

typedef struct choice {
    uint32_t entry; /* of the evidence */
    double value;   /* S + 1.2 G */
} choice;

static int by_value(const void *x, const void *y) {
    const choice *a = x, *b = y;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* The items of document d into row; returns how many. gain [n_items]: G of its group, NULL = none. */
static uint32_t share_out(const pt_evidence *evidence, uint32_t d, const float *gain, pt_assignment *row) {
    const size_t first = (size_t)d * evidence->per_document;
    choice chosen[PT_EVIDENCE_ITEMS];
    double weight[PT_MAX_ITEMS_PER_PATENT], total = 0;
    uint32_t n = 0;
    for (size_t i = first; i < first + evidence->per_document; i++)
        if (i == first || is_kin(evidence, first, i))
            chosen[n++] =
                (choice){(uint32_t)(i - first),
                         (double)evidence->S[i] + (gain ? group_weight * gain[evidence->item[i]] : 0)};
    pt_sort(chosen, n, sizeof *chosen, by_value);
    n = n < PT_MAX_ITEMS_PER_PATENT ? n : PT_MAX_ITEMS_PER_PATENT;
    for (uint32_t i = 0; i < n; i++) {
        const size_t at = first + chosen[i].entry;
        weight[i] = exp((chosen[i].value - chosen[0].value) / temperature);
        total += weight[i];
        row[i] = (pt_assignment){.item = evidence->item[at], .score = evidence->S[at]};
    }
    for (uint32_t i = 0; i < n; i++)
        row[i].share = (float)(weight[i] / total);
    return n;
}

pt_mapping *pt_memberships_new(const pt_evidence *evidence, const pt_mapping *mapping,
                               const pt_patent_groups *groups, const float *G) {
    assert(evidence->D == mapping->D && groups->D == mapping->D);
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
    for (uint32_t d = 0; d < D; d++) {
        const uint32_t group = groups->of[d];
        const float *gain = group == PT_NO_GROUP ? NULL : G + (size_t)group * mapping->n_items;
        out->start[d + 1] = out->start[d] + (mapping->start[d] < mapping->start[d + 1]
                                                 ? share_out(evidence, d, gain, out->at + out->start[d])
                                                 : 0);
    }
    return out;
}
