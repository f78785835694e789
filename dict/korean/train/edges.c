/* SPDX-License-Identifier: Apache-2.0 */
#include "base/rng.h"
#include "trainer.h"

#include <math.h>

/* Share of the rarer words that are taken for unseen: other texts have more new words than the treebanks. */
static const double DROP = 0.3;
enum { DROP_BELOW = 200 };

static void add_edge(trainer *t, edge e) {
    if (t->n_edges < EDGES_MAX)
        t->edges[t->n_edges++] = e;
}

/* Occurrences of a unit in the gold path at hand. */
static unsigned uses(const trainer *t, int32_t unit) {
    unsigned n = 0;
    for (unsigned k = 0; k < t->n_gold; k++)
        n += t->gold[k].unit == unit;
    return n;
}

/* A unit as if the row at hand had never been counted; false when nothing is left of it. */
static bool price_unit(const trainer *t, int32_t unit, edge *e) {
    const uint32_t seen = t->seen[unit];
    const unsigned here = uses(t, unit);
    const pt_unit *u = &t->lexicon->units[unit];
    unsigned source = t->from[unit];
    const bool plain = u->morphemes == 0 && pt_unknown_class_of((pt_tag)t->lexicon->left_tags[u->left]) >= 0;
    const bool dropped = here && plain && seen < DROP_BELOW &&
                         pt_rng_double(pt_rng_hash(pt_rng_key((uint64_t)unit, t->used, 0))) < DROP;
    const unsigned unseen = dropped ? seen : here;
    e->own = 0;
    e->unit = unit;
    if (seen && !here)
        source = 0;
    if (seen && here && seen > unseen)
        e->own = log((double)(seen - here) / seen);
    else if (here && source) /* once in the treebanks, but a list knows it */
        e->own = log(source == 1 ? PT_HUNSPELL_COUNT : PT_HANJA_COUNT) - log(here);
    else if (here && plain)
        return false;
    else if (here)
        e->own = -1;
    if (source && (!seen || unseen >= seen))
        e->source = (int32_t)(source * t->lexicon->n_left + u->left);
    return true;
}

static void add_words(trainer *t, unsigned begin) {
    const pt_lexicon *x = t->lexicon;
    uint32_t node = PT_TRIE_ROOT;
    for (unsigned end = begin; end < t->piece.n && t->piece.cell[end].letter;) {
        node = pt_trie_step(x->trie, node, t->piece.cell[end].letter);
        if (node == PT_TRIE_ROOT)
            return;
        end++;
        if (!x->trie[node].value)
            continue;
        for (uint32_t k = x->trie[node].value - 1;; k++) {
            edge e = {(uint16_t)begin, (uint16_t)end, x->units[k].left, x->units[k].right, -1, -1, -1, 0, 0};
            if (price_unit(t, (int32_t)k, &e))
                add_edge(t, e);
            if (x->units[k].last)
                break;
        }
    }
}

/* Cost of a letter behind another, as pt_lattice prices it. */
static double pair_cost(const pt_lexicon *x, uint32_t before, uint32_t letter, unsigned c) {
    const uint32_t key = before << 16 | letter;
    if (letter && before)
        for (uint32_t slot = pt_pair_slot(key, x->n_pairs); x->pairs[slot].key;
             slot = pt_next_slot(slot, x->n_pairs))
            if (x->pairs[slot].key == key)
                return x->pairs[slot].cost[c];
    const int low = letter ? x->syllables[(letter * PT_UNKNOWN_CLASSES + c) * 2] : x->unknown[c].strange;
    const int sum = low + (before ? x->syllables[(before * PT_UNKNOWN_CLASSES + c) * 2 + 1] : 0);
    return sum < PT_COST_MAX ? sum : PT_COST_MAX;
}

static void add_unknown(trainer *t, unsigned begin) {
    const pt_lexicon *x = t->lexicon;
    for (unsigned c = 0; c < PT_UNKNOWN_CLASSES; c++) {
        double cost = x->starts[(size_t)t->piece.cell[begin].letter * PT_UNKNOWN_CLASSES + c];
        for (unsigned n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            const pt_cell *last = &t->piece.cell[begin + n - 1];
            const unsigned size = pt_size_of(n);
            add_edge(t, (edge){(uint16_t)begin, (uint16_t)(begin + n), x->unknown[c].left[size],
                               x->unknown[c].right[size][last->final], -1,
                               (int32_t)(c * (PT_UNKNOWN_SYLLABLES + 1) + n), -1, -cost * NATS, 0});
            if (begin + n >= t->piece.n || last[1].tag)
                break;
            cost += pair_cost(x, last->letter, last[1].letter, c);
        }
    }
}

void make_edges(trainer *t) {
    t->n_edges = 0;
    for (unsigned begin = 0; begin < t->piece.n; begin++) {
        t->first[begin] = t->n_edges;
        const pt_cell *cell = &t->piece.cell[begin];
        if (cell->tag) {
            const pt_atom_ids *ids = &t->lexicon->atoms[cell->tag];
            add_edge(t, (edge){(uint16_t)begin, (uint16_t)(begin + 1), ids->left, ids->right[cell->final], -1,
                               -1, -1, 0, 0});
        } else {
            add_words(t, begin);
            add_unknown(t, begin);
        }
    }
    t->first[t->piece.n] = t->n_edges;
    price_contexts(t);
    for (unsigned k = 0; k < t->n_edges; k++) {
        edge *e = &t->edges[k];
        e->score = exp(e->own + context_score(t, e) + (e->unit >= 0 ? t->unit.now[e->unit] : 0) +
                       (e->unknown >= 0 ? t->unknown.now[e->unknown] : 0) +
                       (e->source >= 0 ? t->source.now[e->source] : 0));
    }
}
