/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of what the syllables on both sides of a boundary say of the words there. */
#include "base/mem.h"
#include "base/rng.h"
#include "trainer.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_AT_FIRST = 1 << 16, SEEN_MIN = 2 };

/* The slot of a key, or the empty one where it belongs. */
static size_t slot_of(const contexts *c, uint64_t key) {
    size_t at = pt_mix64(key) & c->mask;
    while (c->keys[at] && c->keys[at] != key)
        at = (at + 1) & c->mask;
    return at;
}

static void make_slots(contexts *c, size_t n) {
    c->mask = n - 1;
    c->keys = pt_zalloc(n, sizeof *c->keys);
    c->count = pt_zalloc(n, sizeof *c->count);
}

static void grow(contexts *c) {
    const contexts old = *c;
    make_slots(c, 2 * (old.mask + 1));
    for (size_t k = 0; k <= old.mask; k++)
        if (old.keys[k]) {
            const size_t at = slot_of(c, old.keys[k]);
            c->keys[at] = old.keys[k];
            c->count[at] = old.count[k];
        }
    free(old.keys);
    free(old.count);
}

static uint8_t cost_index(pt_tag tag, unsigned first) {
    const pt_context_kind kind = pt_context_kind_of(tag);
    return (uint8_t)(kind == PT_CONTEXT_NONE ? CONTEXT_COSTS : first + kind);
}

void open_contexts(trainer *t) {
    make_slots(&t->contexts, SLOTS_AT_FIRST);
    t->begin_cost = pt_zalloc(t->lexicon->n_left, 1);
    t->end_cost = pt_zalloc(t->lexicon->n_right, 1);
    for (uint32_t k = 0; k < t->lexicon->n_left; k++)
        t->begin_cost[k] = cost_index((pt_tag)t->lexicon->left_tags[k], 0);
    for (uint32_t k = 0; k < t->lexicon->n_right; k++)
        t->end_cost[k] = cost_index((pt_tag)t->lexicon->right_tags[k], PT_CONTEXT_KINDS);
}

void count_contexts(trainer *t) {
    contexts *c = &t->contexts;
    for (unsigned p = 0; p <= t->piece.n; p++) {
        uint64_t keys[PT_CONTEXT_KEYS];
        pt_context_keys(&t->piece, p, keys);
        for (int k = 0; k < PT_CONTEXT_KEYS; k++) {
            if (c->used > c->mask / 2)
                grow(c);
            const size_t at = slot_of(c, keys[k]);
            c->used += c->keys[at] == 0;
            c->keys[at] = keys[k];
            c->count[at]++;
        }
    }
}

void close_contexts(trainer *t, double rate, double pull) {
    contexts *c = &t->contexts;
    uint32_t rows = 0;
    for (size_t k = 0; k <= c->mask; k++)
        c->count[k] = c->count[k] >= SEEN_MIN ? ++rows : 0;
    c->weights = new_weights((size_t)rows * CONTEXT_COSTS, rate, pull);
}

void price_contexts(trainer *t) {
    contexts *c = &t->contexts;
    for (unsigned p = 0; p <= t->piece.n; p++) {
        uint64_t keys[PT_CONTEXT_KEYS];
        pt_context_keys(&t->piece, p, keys);
        memset(c->score[p], 0, sizeof c->score[p]);
        memset(c->gradient[p], 0, sizeof c->gradient[p]);
        for (int k = 0; k < PT_CONTEXT_KEYS; k++) {
            c->row[p][k] = c->count[slot_of(c, keys[k])];
            if (c->row[p][k])
                for (int j = 0; j < CONTEXT_COSTS; j++)
                    c->score[p][j] += c->weights.now[(size_t)(c->row[p][k] - 1) * CONTEXT_COSTS + (size_t)j];
        }
    }
}

double context_score(const trainer *t, const edge *e) {
    return t->contexts.score[e->begin][t->begin_cost[e->left]] +
           t->contexts.score[e->end][t->end_cost[e->right]];
}

void step_context(trainer *t, const edge *e, double gradient) {
    t->contexts.gradient[e->begin][t->begin_cost[e->left]] += gradient;
    t->contexts.gradient[e->end][t->end_cost[e->right]] += gradient;
}

void learn_contexts(trainer *t) {
    static const double SMALL = 1e-3;
    contexts *c = &t->contexts;
    for (unsigned p = 0; p <= t->piece.n; p++)
        for (int j = 0; j < CONTEXT_COSTS; j++) {
            const double gradient = c->gradient[p][j];
            if (gradient > -SMALL && gradient < SMALL)
                continue;
            for (int k = 0; k < PT_CONTEXT_KEYS; k++)
                if (c->row[p][k])
                    step(&c->weights, (size_t)(c->row[p][k] - 1) * CONTEXT_COSTS + (size_t)j, gradient);
        }
}
