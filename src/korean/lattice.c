/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/lattice.h"

#include <assert.h>
#include <string.h>

enum { STATES_MAX = 48 }; /* ways to stand at one position; the dearest gives way */

typedef struct state {
    int32_t cost;
    uint16_t right;
    uint16_t begin;      /* cell where its unit begins */
    uint16_t from;       /* state there that it continues */
    uint16_t tag;        /* of an unknown word or a run */
    const pt_unit *unit; /* NULL then */
} state;

struct pt_lattice {
    const pt_lexicon *lexicon;
    state at[PT_PIECE_GLYPHS + 1][STATES_MAX];
    uint16_t n[PT_PIECE_GLYPHS + 1];
    int16_t pair[PT_PIECE_GLYPHS][PT_UNKNOWN_CLASSES]; /* cost of a syllable after the one before it */
    /* best way to reach a left id from the current position, found once */
    uint32_t stamp;
    uint32_t *seen;
    int32_t *best;
    uint16_t *best_from;
};

pt_lattice *pt_lattice_new(const pt_lexicon *lexicon) {
    pt_lattice *lattice = pt_zalloc(1, sizeof *lattice);
    lattice->lexicon = lexicon;
    lattice->seen = pt_zalloc(lexicon->n_left, sizeof *lattice->seen);
    lattice->best = pt_zalloc(lexicon->n_left, sizeof *lattice->best);
    lattice->best_from = pt_zalloc(lexicon->n_left, sizeof *lattice->best_from);
    return lattice;
}

void pt_lattice_free(pt_lattice *lattice) {
    if (!lattice)
        return;
    free(lattice->seen);
    free(lattice->best);
    free(lattice->best_from);
    free(lattice);
}

static void next_stamp(pt_lattice *x) {
    if (++x->stamp == 0) {
        memset(x->seen, 0, x->lexicon->n_left * sizeof *x->seen);
        x->stamp = 1;
    }
}

/* min over states s at `begin` of cost(s) + connection(s, left). */
static int32_t reach(pt_lattice *x, unsigned begin, uint16_t left) {
    if (x->seen[left] == x->stamp)
        return x->best[left];
    const int16_t *row = x->lexicon->connections + (size_t)left * x->lexicon->n_right;
    const state *s = x->at[begin];
    int32_t best = s[0].cost + row[s[0].right];
    uint16_t from = 0;
    for (uint16_t k = 1; k < x->n[begin]; k++) {
        const int32_t cost = s[k].cost + row[s[k].right];
        if (cost < best) {
            best = cost;
            from = k;
        }
    }
    x->seen[left] = x->stamp;
    x->best_from[left] = from;
    return x->best[left] = best;
}

/* Keeps the cheapest state for each right id. */
static void arrive(pt_lattice *x, unsigned end, const state *s) {
    state *all = x->at[end];
    unsigned n = x->n[end], dearest = 0;
    for (unsigned k = 0; k < n; k++) {
        if (all[k].right == s->right) {
            if (s->cost < all[k].cost)
                all[k] = *s;
            return;
        }
        if (all[k].cost > all[dearest].cost)
            dearest = k;
    }
    if (n < STATES_MAX) {
        all[n] = *s;
        x->n[end] = (uint16_t)(n + 1);
    } else if (s->cost < all[dearest].cost)
        all[dearest] = *s;
}

static void try_words(pt_lattice *x, const pt_piece *piece, unsigned begin) {
    const pt_lexicon *lexicon = x->lexicon;
    uint32_t node = PT_TRIE_ROOT;
    for (unsigned end = begin; end < piece->n && piece->cell[end].letter;) {
        node = pt_trie_step(lexicon->trie, node, piece->cell[end].letter);
        if (node == PT_TRIE_ROOT)
            return;
        end++;
        if (!lexicon->trie[node].value)
            continue;
        for (const pt_unit *unit = lexicon->units + lexicon->trie[node].value - 1;; unit++) {
            const int32_t cost = reach(x, begin, unit->left) + unit->cost;
            const state s = {cost, unit->right, (uint16_t)begin, x->best_from[unit->left], 0, unit};
            arrive(x, end, &s);
            if (unit->last)
                break;
        }
    }
}

static void try_unknown(pt_lattice *x, const pt_piece *piece, unsigned begin) {
    const pt_lexicon *lexicon = x->lexicon;
    for (int c = 0; c < PT_UNKNOWN_CLASSES; c++) {
        const pt_unknown_class *class = &lexicon->unknown[c];
        int32_t cost = reach(x, begin, class->left);
        const uint16_t from = x->best_from[class->left];
        const uint32_t first = piece->cell[begin].letter;
        const pt_syllable_pair *pair = lexicon->pairs;
        uint32_t slot = pt_pair_slot(first) & lexicon->pair_mask;
        while (pair[slot].key && pair[slot].key != first)
            slot = (slot + 1) & lexicon->pair_mask;
        cost += !first           ? class->strange
                : pair[slot].key ? pair[slot].cost[c]
                                 : lexicon->syllables[(first * PT_UNKNOWN_CLASSES + (unsigned)c) * 2];
        for (unsigned n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            const pt_cell *last = &piece->cell[begin + n - 1];
            const state s = {
                cost + class->length[n], class->right[last->final], (uint16_t)begin, from, class->tag, NULL};
            arrive(x, begin + n, &s);
            if (begin + n >= piece->n || last[1].tag)
                break;
            cost += x->pair[begin + n][c];
        }
    }
}

/* Costs of each syllable after the one before it, for every class. */
static void price_syllables(pt_lattice *x, const pt_piece *piece) {
    const pt_lexicon *lexicon = x->lexicon;
    for (unsigned k = 1; k < piece->n; k++) {
        const uint32_t a = piece->cell[k - 1].letter, b = piece->cell[k].letter;
        if (piece->cell[k].tag || piece->cell[k - 1].tag)
            continue;
        const uint32_t key = a << 16 | b;
        uint32_t slot = pt_pair_slot(key) & lexicon->pair_mask;
        while (lexicon->pairs[slot].key && lexicon->pairs[slot].key != key)
            slot = (slot + 1) & lexicon->pair_mask;
        if (a && b && lexicon->pairs[slot].key) {
            memcpy(x->pair[k], lexicon->pairs[slot].cost, sizeof x->pair[k]);
            continue;
        }
        for (unsigned c = 0; c < PT_UNKNOWN_CLASSES; c++)
            x->pair[k][c] = (int16_t)((b ? lexicon->syllables[(b * PT_UNKNOWN_CLASSES + c) * 2]
                                         : lexicon->unknown[c].strange) +
                                      (a ? lexicon->syllables[(a * PT_UNKNOWN_CLASSES + c) * 2 + 1] : 0));
    }
}

static void try_run(pt_lattice *x, const pt_piece *piece, unsigned begin) {
    const pt_cell *cell = &piece->cell[begin];
    const pt_atom_ids *ids = &x->lexicon->atoms[cell->tag];
    const int32_t cost = reach(x, begin, ids->left);
    const state s = {cost, ids->right[cell->final], (uint16_t)begin, x->best_from[ids->left], cell->tag,
                     NULL};
    arrive(x, begin + 1, &s);
}

unsigned pt_lattice_run(pt_lattice *x, const pt_piece *piece, pt_step path[PT_PIECE_GLYPHS]) {
    if (piece->n == 0)
        return 0;
    memset(x->n, 0, sizeof x->n);
    x->n[0] = 1;
    x->at[0][0] = (state){.right = PT_RIGHT_START};
    price_syllables(x, piece);
    for (unsigned begin = 0; begin < piece->n; begin++) {
        if (!x->n[begin])
            continue;
        next_stamp(x);
        if (piece->cell[begin].tag)
            try_run(x, piece, begin);
        else {
            try_words(x, piece, begin);
            try_unknown(x, piece, begin);
        }
    }
    next_stamp(x);
    (void)reach(x, piece->n, PT_LEFT_END);
    unsigned n = 0, end = piece->n;
    for (uint16_t k = x->best_from[PT_LEFT_END]; end > 0;) {
        const state *s = &x->at[end][k];
        assert(s->begin < end);
        path[n++] = (pt_step){s->begin, (uint16_t)end, s->tag, s->unit};
        end = s->begin;
        k = s->from;
    }
    for (unsigned k = 0; k < n / 2; k++) {
        const pt_step swap = path[k];
        path[k] = path[n - 1 - k];
        path[n - 1 - k] = swap;
    }
    return n;
}
