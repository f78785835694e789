/* SPDX-License-Identifier: Apache-2.0 */
/* membership.c - see membership.h. */
#include "study/membership.h"
#include "base/mem.h"
#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double temperature = 8, words_weight = .8, seeds_weight = .5;
enum { OF_GROUP = 2 };                 /* items of a group that all of its patents may belong to … */
static const float least_of_group = 8; /* … by its seeds; by 9 in 10 groups the best has more */
/* What the seeds must say for an item beside the best one, alone and against it. Of planted items 25.2
 * and 20.5 of 26 are found (8 corpora, see the header); without either limit 25.5 and 20.5, but then single
 * weak words of real patents make items; with half of the best 24.2 and 19. */
static const float least_evidence = 4, least_of_best = 0.2f;

static bool is_kin(const pt_evidence *evidence, size_t first, size_t i) {
    return evidence->has_any_evidence[i] && evidence->A[i] >= least_evidence &&
           evidence->A[i] >= least_of_best * evidence->A[first];
}

typedef struct choice {
    uint32_t item;
    float score;
    double value; /* score + what the group says */
} choice;

/* What is said of the group of a patent: words and seeds [n_items], the OF_GROUP best items by seeds. */
typedef struct said {
    const float *words, *seeds;
    uint32_t best[OF_GROUP], n_best;
} said;

static int by_value(const void *x, const void *y) {
    const choice *a = x, *b = y;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->score != b->score ? (a->score > b->score ? -1 : 1) : (a->item > b->item) - (a->item < b->item);
}

static said listen(const pt_group_evidence *evidence, uint32_t group) {
    said s = {.words = evidence->words + (size_t)group * evidence->n_items,
              .seeds = evidence->seeds + (size_t)group * evidence->n_items};
    for (; s.n_best < OF_GROUP; s.n_best++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t k = 0; k < evidence->n_items; k++)
            if (s.seeds[k] >= least_of_group && !(s.n_best && k == s.best[0]) &&
                (best == UINT32_MAX || s.seeds[k] > s.seeds[best]))
                best = k;
        if (best == UINT32_MAX)
            break;
        s.best[s.n_best] = best;
    }
    return s;
}

static bool is_best(const said *group, uint32_t item) {
    bool found = false;
    for (uint32_t i = 0; group && i < group->n_best; i++)
        found = found || group->best[i] == item;
    return found;
}

static void add_choice(choice *chosen, uint32_t *n, uint32_t item, float score, const said *group) {
    const double more = group ? words_weight * group->words[item] + seeds_weight * group->seeds[item] : 0;
    chosen[(*n)++] = (choice){item, score, score + more};
}

/* The items that document d could be told by; returns how many. */
static uint32_t list_choices(const pt_evidence *evidence, uint32_t d, const said *group, choice *chosen) {
    const size_t first = (size_t)d * evidence->per_document, end = first + evidence->per_document;
    uint32_t n = 0;
    for (size_t i = first; i < end; i++)
        if (i == first || is_kin(evidence, first, i) || is_best(group, evidence->item[i]))
            add_choice(chosen, &n, evidence->item[i], evidence->S[i], group);
    for (uint32_t b = 0; group && b < group->n_best; b++) {
        size_t i = first;
        while (i < end && evidence->item[i] != group->best[b])
            i++;
        if (i == end) /* not among those kept: it has at most the score of the last one that is */
            add_choice(chosen, &n, group->best[b], evidence->S[end - 1], group);
    }
    return n;
}

/* The items of document d into row; returns how many. group: NULL = it has none. */
static uint32_t share_out(const pt_evidence *evidence, uint32_t d, const said *group, pt_assignment *row) {
    choice chosen[PT_EVIDENCE_ITEMS + OF_GROUP];
    double weight[PT_MAX_ITEMS_PER_PATENT], total = 0;
    uint32_t n = list_choices(evidence, d, group, chosen);
    pt_sort(chosen, n, sizeof *chosen, by_value);
    n = n < PT_MAX_ITEMS_PER_PATENT ? n : PT_MAX_ITEMS_PER_PATENT;
    for (uint32_t i = 0; i < n; i++) {
        weight[i] = exp((chosen[i].value - chosen[0].value) / temperature);
        total += weight[i];
        row[i] = (pt_assignment){.item = chosen[i].item, .score = chosen[i].score};
    }
    for (uint32_t i = 0; i < n; i++)
        row[i].share = (float)(weight[i] / total);
    return n;
}

pt_mapping *pt_memberships_new(const pt_evidence *evidence, const pt_mapping *mapping,
                               const pt_patent_groups *groups, const pt_group_evidence *of_groups) {
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
    said *group = pt_alloc(groups->n, sizeof *group);
    for (uint32_t g = 0; g < groups->n; g++)
        group[g] = listen(of_groups, g);
    for (uint32_t d = 0; d < D; d++) {
        const said *own = groups->of[d] == PT_NO_GROUP ? NULL : &group[groups->of[d]];
        out->start[d + 1] = out->start[d] + (mapping->start[d] < mapping->start[d + 1]
                                                 ? share_out(evidence, d, own, out->at + out->start[d])
                                                 : 0);
    }
    free(group);
    return out;
}
