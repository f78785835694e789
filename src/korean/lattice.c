/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/lattice.h"
#include "korean/context.h"

#include <assert.h>
#include <string.h>

/* Ways to stand at one position; the dearest gives way. A way dearer than the cheapest one by BEAM is left
 * out: e^-6 of its probability. */
enum { SHORT_WORD = 5, STATES_MAX = 48, BEAM = (int)(6 * PT_COST_SCALE) };

/* Where a state came from. */
typedef struct origin {
    const pt_unit *unit; /* NULL for unknown words and runs */
    uint16_t begin;      /* cell where its unit begins */
    uint16_t from;       /* state there that it continues */
    uint16_t tag;        /* of an unknown word or a run */
} origin;

/* The states of one position; costs and right ids lie apart because `reach` reads nothing else. */
typedef struct column {
    unsigned n;
    int32_t cheapest;
    int32_t cost[STATES_MAX];
    uint16_t right[STATES_MAX];
    origin origin[STATES_MAX];
} column;

/* Words of the lexicon found from one position on. */
typedef struct word_match {
    uint16_t end;
    const pt_unit *units;
} word_match;

struct pt_lattice {
    const pt_lexicon *lexicon;
    uint64_t steps; /* words priced so far */
    column at[PT_PIECE_GLYPHS + 1];
    word_match match[2 * PT_PIECE_GLYPHS * PT_WORD_SYLLABLES_MAX]; /* the user's words too */
    unsigned first_match[PT_PIECE_GLYPHS + 1];
    uint8_t *slot; /* [positions][right ids]: where a right id may stand in its column; checked when read */
    int16_t next[PT_PIECE_GLYPHS][PT_UNKNOWN_CLASSES]; /* cost of a syllable after the one before it */
    pt_context_costs context[PT_PIECE_GLYPHS + 1];
    uint64_t context_hash[(PT_PIECE_GLYPHS + 1) * PT_CONTEXT_KEYS];
    const pt_context_row *context_row[(PT_PIECE_GLYPHS + 1) * PT_CONTEXT_KEYS];
    uint8_t *left_kind, *right_kind; /* [ids] pt_context_kind */
    int32_t *floor;                  /* [left ids]: the least that any connection to it costs */
    /* best way to reach a left id from the current position, found once */
    uint32_t stamp;
    uint32_t *seen;
    int32_t *best;
    uint16_t *best_from;
};

pt_lattice *pt_lattice_new(const pt_lexicon *lexicon) {
    pt_lattice *lattice = pt_zalloc(1, sizeof *lattice);
    lattice->lexicon = lexicon;
    lattice->slot = pt_zalloc((size_t)(PT_PIECE_GLYPHS + 1) * lexicon->n_right, sizeof *lattice->slot);
    lattice->seen = pt_zalloc(lexicon->n_left, sizeof *lattice->seen);
    lattice->best = pt_zalloc(lexicon->n_left, sizeof *lattice->best);
    lattice->best_from = pt_zalloc(lexicon->n_left, sizeof *lattice->best_from);
    lattice->floor = pt_zalloc(lexicon->n_left, sizeof *lattice->floor);
    lattice->left_kind = pt_zalloc(lexicon->n_left, 1);
    lattice->right_kind = pt_zalloc(lexicon->n_right, 1);
    for (size_t right = 0; right < lexicon->n_right; right++)
        lattice->right_kind[right] = (uint8_t)pt_context_kind_of((pt_tag)lexicon->right_tags[right]);
    for (size_t left = 0; left < lexicon->n_left; left++) {
        lattice->left_kind[left] = (uint8_t)pt_context_kind_of((pt_tag)lexicon->left_tags[left]);
        const int16_t *row = lexicon->connections + left * lexicon->n_right;
        lattice->floor[left] = row[0];
        for (size_t right = 1; right < lexicon->n_right; right++)
            lattice->floor[left] = row[right] < lattice->floor[left] ? row[right] : lattice->floor[left];
    }
    return lattice;
}

void pt_lattice_free(pt_lattice *lattice) {
    if (!lattice)
        return;
    free(lattice->slot);
    free(lattice->seen);
    free(lattice->best);
    free(lattice->best_from);
    free(lattice->floor);
    free(lattice->left_kind);
    free(lattice->right_kind);
    free(lattice);
}

static void next_stamp(pt_lattice *x) {
    if (++x->stamp == 0) {
        memset(x->seen, 0, x->lexicon->n_left * sizeof *x->seen);
        x->stamp = 1;
    }
}

/* min over states s at `begin` of cost(s) + connection(s, left). */
static inline int32_t reach(pt_lattice *x, unsigned begin, uint16_t left) {
    if (x->seen[left] == x->stamp)
        return x->best[left];
    const int16_t *row = x->lexicon->connections + (size_t)left * x->lexicon->n_right;
    const column *c = &x->at[begin];
    int32_t best = c->cost[0] + row[c->right[0]];
    unsigned from = 0;
    for (unsigned k = 1; k < c->n; k++) {
        const int32_t cost = c->cost[k] + row[c->right[k]];
        from = cost < best ? k : from;
        best = cost < best ? cost : best;
    }
    x->seen[left] = x->stamp;
    x->best_from[left] = (uint16_t)from;
    return x->best[left] = best;
}

static unsigned dearest(const column *c) {
    unsigned worst = 0;
    for (unsigned k = 1; k < c->n; k++)
        worst = c->cost[k] > c->cost[worst] ? k : worst;
    return worst;
}

/* Keeps the cheapest state for each right id. */
static inline void arrive(pt_lattice *x, unsigned end, int32_t cost, uint16_t right, origin o) {
    column *c = &x->at[end];
    if (cost > c->cheapest + BEAM)
        return;
    uint8_t *slot = &x->slot[(size_t)end * x->lexicon->n_right + right];
    unsigned k = *slot;
    if (k < c->n && c->right[k] == right) {
        if (cost >= c->cost[k])
            return;
    } else if (c->n < STATES_MAX) {
        k = c->n++;
    } else {
        k = dearest(c);
        if (cost >= c->cost[k])
            return;
    }
    *slot = (uint8_t)k;
    c->cheapest = cost < c->cheapest ? cost : c->cheapest;
    c->cost[k] = cost;
    c->right[k] = right;
    c->origin[k] = o;
}

/* Drops the ways outside the beam before any word starts here. */
static void thin_out(column *c) {
    unsigned n = 0;
    for (unsigned k = 0; k < c->n; k++)
        if (c->cost[k] <= c->cheapest + BEAM) {
            c->cost[n] = c->cost[k];
            c->right[n] = c->right[k];
            c->origin[n++] = c->origin[k];
        }
    c->n = n;
}

/* Whether a word that begins at `begin` can go on with cell k. */
static inline bool joined(const pt_piece *piece, unsigned begin, unsigned k) {
    return k == begin || !piece->cell[k].behind_cut;
}

/* The words of one trie from `begin` on, added to the matches. */
static unsigned find_from(pt_lattice *x, const pt_piece *piece, unsigned begin, unsigned n) {
    const pt_lexicon *lexicon = x->lexicon;
    uint32_t node = PT_TRIE_ROOT;
    const unsigned limit =
        begin + PT_WORD_SYLLABLES_MAX < piece->n ? begin + PT_WORD_SYLLABLES_MAX : piece->n;
    for (unsigned end = begin; end < limit && piece->cell[end].letter && joined(piece, begin, end);) {
        node = pt_trie_step(lexicon->trie, node, piece->cell[end].letter);
        if (node == PT_TRIE_ROOT)
            break;
        end++;
        if (!lexicon->trie[node].value)
            continue;
        const pt_unit *units = lexicon->units + lexicon->trie[node].value - 1;
        __builtin_prefetch(units);
        x->match[n++] = (word_match){(uint16_t)end, units};
    }
    node = PT_TRIE_ROOT;
    for (unsigned end = begin;
         lexicon->user && end < limit && piece->cell[end].user_letter && joined(piece, begin, end);) {
        node = pt_trie_step(lexicon->user_trie, node, piece->cell[end].user_letter);
        if (node == PT_TRIE_ROOT)
            break;
        end++;
        if (lexicon->user_trie[node].value)
            x->match[n++] =
                (word_match){(uint16_t)end, lexicon->user_units + lexicon->user_trie[node].value - 1};
    }
    return n;
}

/* All words of the piece before any is priced, so that their units are on the way from memory meanwhile. */
static void find_words(pt_lattice *x, const pt_piece *piece) {
    unsigned n = 0;
    for (unsigned begin = 0; begin < piece->n; begin++) {
        x->first_match[begin] = n;
        if (!piece->cell[begin].tag)
            n = find_from(x, piece, begin, n);
    }
    x->first_match[piece->n] = n;
}

/* Whether a word of this cost cannot come near the cheapest way to `end`, however it is reached. */
static inline bool hopeless(const pt_lattice *x, unsigned begin, unsigned end, uint16_t left, int32_t cost) {
    return x->at[begin].cheapest + x->floor[left] + cost > x->at[end].cheapest + BEAM;
}

/* What the syllables around its ends add to the cost of a word. */
static inline int32_t context_cost(const pt_lattice *x, unsigned begin, unsigned end, uint16_t left,
                                   uint16_t right) {
    return x->context[begin].begin[x->left_kind[left]] + x->context[end].end[x->right_kind[right]];
}

static void try_words(pt_lattice *x, unsigned begin) {
    for (unsigned k = x->first_match[begin]; k < x->first_match[begin + 1]; k++)
        for (const pt_unit *unit = x->match[k].units;; unit++) {
            const unsigned end = x->match[k].end;
            x->steps++;
            const int32_t word = unit->cost + context_cost(x, begin, end, unit->left, unit->right);
            if (!hopeless(x, begin, end, unit->left, word)) {
                const int32_t cost = reach(x, begin, unit->left) + word;
                arrive(x, end, cost, unit->right,
                       (origin){unit, (uint16_t)begin, x->best_from[unit->left], 0});
            }
            if (unit->last)
                break;
        }
}

/* Unknown words of one class, of up to `longest` syllables. */
static void try_class(pt_lattice *x, const pt_piece *piece, unsigned begin, unsigned c, unsigned longest) {
    const pt_unknown_class *class = &x->lexicon->unknown[c];
    int32_t word = x->lexicon->starts[(size_t)piece->cell[begin].letter * PT_UNKNOWN_CLASSES + c];
    for (unsigned n = 1;; n++) {
        const unsigned size = pt_size_of(n);
        x->steps++;
        const uint16_t left = class->left[size], right = class->right[size][piece->cell[begin + n - 1].final];
        const int32_t whole = word + class->length[n] + context_cost(x, begin, begin + n, left, right);
        if (!hopeless(x, begin, begin + n, left, whole)) {
            const int32_t cost = reach(x, begin, left) + whole;
            arrive(x, begin + n, cost, right,
                   (origin){NULL, (uint16_t)begin, x->best_from[left], class->tag});
        }
        if (n == longest)
            return;
        word += x->next[begin + n][c];
    }
}

/* Unknown verbs and adverbs begin a word and are short; unknown nouns are met anywhere. */
static void try_unknown(pt_lattice *x, const pt_piece *piece, unsigned begin) {
    unsigned run = 1; /* syllables from here on */
    while (run < PT_UNKNOWN_SYLLABLES && begin + run < piece->n && !piece->cell[begin + run].tag &&
           joined(piece, begin, begin + run))
        run++;
    const bool head = begin == 0 || piece->cell[begin - 1].tag;
    for (unsigned c = 0; c < PT_UNKNOWN_CLASSES; c++) {
        const pt_tag tag = (pt_tag)x->lexicon->unknown[c].tag;
        const bool long_noun = tag == PT_NNG || tag == PT_NNP;
        if (head || pt_tag_is_noun(tag))
            try_class(x, piece, begin, c, long_noun || run < SHORT_WORD ? run : SHORT_WORD);
    }
}

/* Costs of a letter behind another in every class. */
static void price_pair(const pt_lexicon *lexicon, uint32_t before, uint32_t letter,
                       int16_t cost[PT_UNKNOWN_CLASSES]) {
    if (letter && before) {
        const uint32_t key = before << 16 | letter;
        uint32_t slot = pt_pair_slot(key, lexicon->n_pairs);
        while (lexicon->pairs[slot].key && lexicon->pairs[slot].key != key)
            slot = pt_next_slot(slot, lexicon->n_pairs);
        if (lexicon->pairs[slot].key) {
            memcpy(cost, lexicon->pairs[slot].cost, sizeof lexicon->pairs[slot].cost);
            return;
        }
    }
    const int16_t *alone = lexicon->syllables;
    for (unsigned c = 0; c < PT_UNKNOWN_CLASSES; c++) {
        const int low = letter ? alone[(letter * PT_UNKNOWN_CLASSES + c) * 2] : lexicon->unknown[c].strange;
        const int sum = low + (before ? alone[(before * PT_UNKNOWN_CLASSES + c) * 2 + 1] : 0);
        cost[c] = (int16_t)(sum < PT_COST_MAX ? sum : PT_COST_MAX);
    }
}

static void price_syllables(pt_lattice *x, const pt_piece *piece) {
    for (unsigned k = 1; k < piece->n; k++)
        if (!piece->cell[k].tag && !piece->cell[k - 1].tag)
            price_pair(x->lexicon, piece->cell[k - 1].letter, piece->cell[k].letter, x->next[k]);
}

static void try_run(pt_lattice *x, const pt_piece *piece, unsigned begin) {
    const pt_cell *cell = &piece->cell[begin];
    const pt_atom_ids *ids = &x->lexicon->atoms[cell->tag];
    const int32_t cost = reach(x, begin, ids->left);
    arrive(x, begin + 1, cost, ids->right[cell->final],
           (origin){NULL, (uint16_t)begin, x->best_from[ids->left], cell->tag});
}

static unsigned trace_back(const pt_lattice *x, unsigned end, unsigned k, pt_step path[PT_PIECE_GLYPHS]) {
    unsigned n = 0;
    while (end > 0) {
        const origin *o = &x->at[end].origin[k];
        assert(o->begin < end);
        path[n++] = (pt_step){o->begin, (uint16_t)end, o->tag, o->unit};
        end = o->begin;
        k = o->from;
    }
    for (k = 0; k < n / 2; k++) {
        const pt_step swap = path[k];
        path[k] = path[n - 1 - k];
        path[n - 1 - k] = swap;
    }
    return n;
}

unsigned pt_lattice_run(pt_lattice *x, const pt_piece *piece, pt_step path[PT_PIECE_GLYPHS]) {
    if (piece->n == 0)
        return 0;
    for (unsigned k = 1; k <= piece->n; k++) {
        x->at[k].cheapest = INT32_MAX - BEAM;
        x->at[k].n = 0;
    }
    x->at[0].n = 1;
    x->at[0].cost[0] = x->at[0].cheapest = 0;
    x->at[0].right[0] = PT_RIGHT_START;
    pt_context_ask(x->lexicon, piece, x->context_hash);
    find_words(x, piece);
    pt_context_find(x->lexicon, piece, x->context_hash, x->context_row);
    price_syllables(x, piece);
    for (unsigned k = 0; k <= piece->n; k++)
        pt_context_sum(&x->context_row[k * PT_CONTEXT_KEYS], &x->context[k]);
    for (unsigned begin = 0; begin < piece->n; begin++) {
        if (!x->at[begin].n)
            continue;
        next_stamp(x);
        thin_out(&x->at[begin]);
        if (piece->cell[begin].tag)
            try_run(x, piece, begin);
        else {
            try_words(x, begin);
            try_unknown(x, piece, begin);
        }
    }
    next_stamp(x);
    (void)reach(x, piece->n, PT_LEFT_END);
    return trace_back(x, piece->n, x->best_from[PT_LEFT_END], path);
}

bool pt_lattice_way(const pt_lattice *x, unsigned end, unsigned k, pt_way *way) {
    const column *c = &x->at[end];
    if (k >= c->n)
        return false;
    const origin *o = &c->origin[k];
    *way = (pt_way){{o->begin, (uint16_t)end, o->tag, o->unit}, c->cost[k], c->right[k]};
    return true;
}

uint64_t pt_lattice_steps(const pt_lattice *x) {
    return x->steps;
}
