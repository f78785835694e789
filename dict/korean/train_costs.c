/* SPDX-License-Identifier: Apache-2.0 */
/* train_costs.c - better costs for the lattice than counts give: a conditional random field over its paths
 * (Lafferty, McCallum, Pereira, ICML 2001; on word lattices: Kudo, Yamamoto, Matsumoto, EMNLP 2004), started
 * at the counts and drawn back to them. train_costs DICT_FOLDER ALIGNED OUT [ROUNDS [RATE [PULL]]] ALIGNED
 * comes from build_counts.py; OUT gets what is to be added to the costs of counts (adjustments.tsv). Trained
 * are connections, frequent units, the cost of being unknown, and the cost of words that only a word list
 * knows. So that words unseen in training are met while training, a unit is priced without the occurrence at
 * hand: one that the treebanks show once is left to the word lists or to the model of unknown words. Single
 * thread, fixed order: the same bytes each time. `make costs` builds and runs it. */
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "korean/costs.h"
#include "korean/scan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EDGES_MAX = 8192, PARTS_MAX = 32, UNIT_MIN = 3, SOURCES = 3 };
enum { UNKNOWN_IDS = PT_UNKNOWN_CLASSES * (PT_UNKNOWN_SYLLABLES + 1) };
static const double NATS = 1 / PT_COST_SCALE;
/* Share of the rarer words that are taken for unseen: other texts have more new words than the treebanks. */
static const double DROP = 0.1;
enum { DROP_BELOW = 200 };

typedef struct weights {
    size_t n;
    double *now, *start, *squares;
} weights;

typedef struct edge {
    uint16_t begin, end, left, right;
    int32_t unit;    /* -1 = none */
    int32_t unknown; /* class * (PT_UNKNOWN_SYLLABLES + 1) + length, -1 = none */
    int32_t source;  /* source * left ids + left, -1 = none */
    double own;      /* what is not trained */
    double score;    /* exp of the whole */
} edge;

typedef struct part { /* a unit of the gold path */
    uint16_t begin, end, left, right;
    int32_t unit;
    int edge;
} part;

typedef struct trainer {
    pt_lexicon *lexicon;
    pt_costs costs;
    weights connection, unit, unknown, source;
    double *exp_connection;
    uint32_t *seen; /* [units] occurrences in the aligned file */
    uint8_t *from;  /* [units] 0 = tables, 1 = hunspell-ko, 2 = hanja.txt */
    double rate, pull;
    pt_piece piece;
    edge edges[EDGES_MAX];
    unsigned n_edges, first[PT_PIECE_GLYPHS + 1];
    part gold[PARTS_MAX];
    unsigned n_gold;
    /* sums over paths, [position][id], and which ids are there */
    double *ahead, *reached, *behind, *onward;
    uint16_t *rights, *lefts;
    unsigned n_rights[PT_PIECE_GLYPHS + 1], n_lefts[PT_PIECE_GLYPHS + 1];
    double loss;
    size_t used, skipped;
} trainer;

static weights new_weights(size_t n) {
    return (weights){n, pt_zalloc(n, sizeof(double)), pt_zalloc(n, sizeof(double)),
                     pt_zalloc(n, sizeof(double))};
}

/* AdaGrad with a pull towards the start. */
static void step(trainer *t, weights *w, size_t k, double gradient) {
    gradient -= t->pull * (w->now[k] - w->start[k]);
    w->squares[k] += gradient * gradient;
    w->now[k] += t->rate * gradient / sqrt(1 + w->squares[k]);
}

static void start_weights(trainer *t) {
    const pt_lexicon *x = t->lexicon;
    const size_t n_units = t->unit.n;
    for (size_t k = 0; k < t->connection.n; k++) {
        t->connection.now[k] = t->connection.start[k] = -x->connections[k] * NATS;
        t->exp_connection[k] = exp(t->connection.now[k]);
    }
    for (size_t k = 0; k < n_units; k++)
        t->unit.now[k] = t->unit.start[k] = -x->units[k].cost * NATS;
    for (size_t c = 0; c < PT_UNKNOWN_CLASSES; c++)
        for (size_t n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            const size_t k = c * (PT_UNKNOWN_SYLLABLES + 1) + n;
            t->unknown.now[k] = t->unknown.start[k] = -x->unknown[c].length[n] * NATS;
        }
}

static void new_sums(trainer *t) {
    const size_t positions = PT_PIECE_GLYPHS + 1;
    t->ahead = pt_zalloc(positions * t->lexicon->n_right, sizeof(double));
    t->behind = pt_zalloc(positions * t->lexicon->n_right, sizeof(double));
    t->reached = pt_zalloc(positions * t->lexicon->n_left, sizeof(double));
    t->onward = pt_zalloc(positions * t->lexicon->n_left, sizeof(double));
    t->rights = pt_zalloc(positions * t->lexicon->n_right, sizeof *t->rights);
    t->lefts = pt_zalloc(positions * t->lexicon->n_left, sizeof *t->lefts);
}

/* The unit with this spelling and these ids; -1 when there is none. */
static int32_t find_unit(const pt_lexicon *x, const char *surface, uint16_t left, uint16_t right) {
    uint32_t node = PT_TRIE_ROOT;
    for (size_t at = 0, n = strlen(surface), used; at < n; at += used) {
        const uint32_t code = pt_utf8_decode(surface + at, n - at, &used);
        const uint32_t letter = pt_is_hangul(code) ? x->alphabet[code - PT_HANGUL_FIRST] : 0;
        node = letter ? pt_trie_step(x->trie, node, letter) : PT_TRIE_ROOT;
        if (node == PT_TRIE_ROOT)
            return -1;
    }
    if (!x->trie[node].value)
        return -1;
    for (uint32_t k = x->trie[node].value - 1;; k++) {
        if (x->units[k].left == left && x->units[k].right == right)
            return (int32_t)k;
        if (x->units[k].last)
            return -1;
    }
}

/* Splits a row in place; returns the number of cells. */
static unsigned split_row(char *row, char *cell[1 + 2 * PARTS_MAX]) {
    unsigned n = 0;
    for (char *at = row; at && n < 1 + 2 * PARTS_MAX;) {
        cell[n++] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static unsigned cell_at(const pt_piece *piece, unsigned from, size_t byte) {
    while (from < piece->n && piece->cell[from].text < byte)
        from++;
    return from;
}

/* Scans the eojeol and lays its gold path over the cells; false when they do not fit. */
static bool read_row(trainer *t, char *row) {
    char *cell[1 + 2 * PARTS_MAX] = {0};
    const unsigned n = split_row(row, cell);
    pt_scan(t->lexicon, NULL, cell[0], strlen(cell[0]), &t->piece);
    if (n % 2 == 0 || n < 3 || t->piece.used != strlen(cell[0]) || t->piece.text_bytes != strlen(cell[0]))
        return false;
    t->n_gold = 0;
    size_t byte = 0;
    for (unsigned k = 1; k + 1 < n; k += 2) {
        part *p = &t->gold[t->n_gold++];
        *p = (part){.begin = (uint16_t)cell_at(&t->piece, 0, byte), .unit = -1, .edge = -1};
        byte += strlen(cell[k]);
        p->end = (uint16_t)cell_at(&t->piece, p->begin, byte);
        const bool fits = p->end > p->begin && t->piece.cell[p->end - 1].text_end == byte;
        if (!fits || (t->piece.cell[p->begin].tag && p->end != p->begin + 1))
            return false;
        pt_analysis_ends ends;
        if (!pt_analysis_parse(cell[k + 1], &ends))
            return false;
        if (t->piece.cell[p->begin].tag)
            continue;
        p->left = pt_costs_left(&t->costs, ends.first, cell[k]);
        p->right = ends.last_form
                       ? pt_costs_right(&t->costs, ends.last, ends.last_form, ends.last_bytes, cell[k])
                       : pt_costs_right(&t->costs, ends.last, cell[k], strlen(cell[k]), cell[k]);
        p->unit = find_unit(t->lexicon, cell[k], p->left, p->right);
        if (p->unit < 0)
            return false;
    }
    return byte == t->piece.text_bytes;
}

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
        for (uint32_t slot = pt_pair_slot(key) & x->pair_mask; x->pairs[slot].key;
             slot = (slot + 1) & x->pair_mask)
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

static void make_edges(trainer *t) {
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
    for (unsigned k = 0; k < t->n_edges; k++) {
        edge *e = &t->edges[k];
        e->score = exp(e->own + (e->unit >= 0 ? t->unit.now[e->unit] : 0) +
                       (e->unknown >= 0 ? t->unknown.now[e->unknown] : 0) +
                       (e->source >= 0 ? t->source.now[e->source] : 0));
    }
}

/* The edge of each part of the gold path: the unit, or else the unknown word of its class. */
static bool find_gold(trainer *t) {
    for (unsigned g = 0; g < t->n_gold; g++) {
        part *p = &t->gold[g];
        for (unsigned k = t->first[p->begin]; k < t->first[p->begin + 1] && p->edge < 0; k++) {
            const edge *e = &t->edges[k];
            const bool same = e->end == p->end && e->left == p->left && e->right == p->right;
            if (e->end == p->end && (t->piece.cell[p->begin].tag || (same && e->unit == p->unit)))
                p->edge = (int)k;
        }
        for (unsigned k = t->first[p->begin]; k < t->first[p->begin + 1] && p->edge < 0; k++) {
            const edge *e = &t->edges[k];
            if (e->end == p->end && e->left == p->left && e->right == p->right && e->unknown >= 0)
                p->edge = (int)k;
        }
        if (p->edge < 0)
            return false;
    }
    return true;
}

static double *at_right(double *sums, const trainer *t, unsigned position) {
    return sums + (size_t)position * t->lexicon->n_right;
}
static double *at_left(double *sums, const trainer *t, unsigned position) {
    return sums + (size_t)position * t->lexicon->n_left;
}

/* Notes which ids are met at each position, and clears their sums. */
static void list_ids(trainer *t) {
    const size_t n_left = t->lexicon->n_left, n_right = t->lexicon->n_right;
    for (unsigned p = 0; p <= t->piece.n; p++)
        t->n_rights[p] = t->n_lefts[p] = 0;
    memset(t->ahead, 0, (t->piece.n + 1) * n_right * sizeof(double));
    memset(t->behind, 0, (t->piece.n + 1) * n_right * sizeof(double));
    memset(t->reached, 0, (t->piece.n + 1) * n_left * sizeof(double));
    memset(t->onward, 0, (t->piece.n + 1) * n_left * sizeof(double));
    t->rights[t->n_rights[0]++] = PT_RIGHT_START;
    for (unsigned k = 0; k < t->n_edges; k++) {
        const edge *e = &t->edges[k];
        double *mark = at_left(t->onward, t, e->begin) + e->left;
        if (*mark == 0)
            t->lefts[e->begin * n_left + t->n_lefts[e->begin]++] = e->left;
        *mark = 1;
        mark = at_right(t->behind, t, e->end) + e->right;
        if (*mark == 0)
            t->rights[e->end * n_right + t->n_rights[e->end]++] = e->right;
        *mark = 1;
    }
    t->lefts[t->piece.n * n_left + t->n_lefts[t->piece.n]++] = PT_LEFT_END;
}

/* Forward and backward sums; returns Z. */
static double sum_paths(trainer *t) {
    const size_t n_left = t->lexicon->n_left, n_right = t->lexicon->n_right;
    at_right(t->ahead, t, 0)[PT_RIGHT_START] = 1;
    for (unsigned p = 0; p <= t->piece.n; p++) {
        const double *ahead = at_right(t->ahead, t, p);
        for (unsigned j = 0; j < t->n_lefts[p]; j++) {
            const uint16_t left = t->lefts[p * n_left + j];
            const double *row = t->exp_connection + (size_t)left * n_right;
            double sum = 0;
            for (unsigned i = 0; i < t->n_rights[p]; i++)
                sum += ahead[t->rights[p * n_right + i]] * row[t->rights[p * n_right + i]];
            at_left(t->reached, t, p)[left] = sum;
        }
        for (unsigned k = p < t->piece.n ? t->first[p] : 0; p < t->piece.n && k < t->first[p + 1]; k++) {
            const edge *e = &t->edges[k];
            at_right(t->ahead, t, e->end)[e->right] += at_left(t->reached, t, p)[e->left] * e->score;
        }
    }
    for (unsigned p = t->piece.n + 1; p-- > 0;) {
        double *onward = at_left(t->onward, t, p), *behind = at_right(t->behind, t, p);
        for (unsigned j = 0; j < t->n_lefts[p]; j++)
            onward[t->lefts[p * n_left + j]] = p == t->piece.n;
        for (unsigned k = p < t->piece.n ? t->first[p] : 0; p < t->piece.n && k < t->first[p + 1]; k++) {
            const edge *e = &t->edges[k];
            onward[e->left] += e->score * at_right(t->behind, t, e->end)[e->right];
        }
        for (unsigned i = 0; i < t->n_rights[p]; i++) {
            const uint16_t right = t->rights[p * n_right + i];
            double sum = 0;
            for (unsigned j = 0; j < t->n_lefts[p]; j++) {
                const uint16_t left = t->lefts[p * n_left + j];
                sum += t->exp_connection[(size_t)left * n_right + right] * onward[left];
            }
            behind[right] = sum;
        }
    }
    return at_left(t->reached, t, t->piece.n)[PT_LEFT_END];
}

static void step_edge(trainer *t, const edge *e, double gradient) {
    if (e->unit >= 0 && t->seen[e->unit] >= UNIT_MIN)
        step(t, &t->unit, (size_t)e->unit, gradient);
    if (e->unknown >= 0)
        step(t, &t->unknown, (size_t)e->unknown, gradient);
    if (e->source >= 0)
        step(t, &t->source, (size_t)e->source, gradient);
}

static void step_connection(trainer *t, size_t k, double gradient) {
    step(t, &t->connection, k, gradient);
    t->exp_connection[k] = exp(t->connection.now[k]);
}

/* Gradient of the log-likelihood: what the gold path has minus what all paths have on average. */
static void learn(trainer *t, double z) {
    const size_t n_left = t->lexicon->n_left, n_right = t->lexicon->n_right;
    static const double SMALL = 1e-3;
    double gold_score = 0;
    uint16_t right = PT_RIGHT_START;
    for (unsigned g = 0; g <= t->n_gold; g++) {
        const edge *e = g < t->n_gold ? &t->edges[t->gold[g].edge] : NULL;
        const size_t k = (size_t)(e ? e->left : PT_LEFT_END) * n_right + right;
        gold_score += t->connection.now[k] + (e ? log(e->score) : 0);
        right = e ? e->right : right;
    }
    t->loss += log(z) - gold_score;
    for (unsigned p = 0; p <= t->piece.n; p++) { /* first what all paths have: sums stay as they were */
        for (unsigned j = 0; j < t->n_lefts[p]; j++) {
            const uint16_t left = t->lefts[p * n_left + j];
            const double on = at_left(t->onward, t, p)[left] / z;
            if (at_left(t->reached, t, p)[left] * on < SMALL)
                continue;
            for (unsigned i = 0; i < t->n_rights[p]; i++) {
                const uint16_t r = t->rights[p * n_right + i];
                const size_t k = (size_t)left * n_right + r;
                const double share = at_right(t->ahead, t, p)[r] * t->exp_connection[k] * on;
                if (share > SMALL)
                    step_connection(t, k, -share);
            }
        }
    }
    for (unsigned k = 0; k < t->n_edges; k++) {
        const edge *e = &t->edges[k];
        const double share = at_left(t->reached, t, e->begin)[e->left] * e->score *
                             at_right(t->behind, t, e->end)[e->right] / z;
        if (share > SMALL)
            step_edge(t, e, -share);
    }
    right = PT_RIGHT_START;
    for (unsigned g = 0; g <= t->n_gold; g++) {
        const edge *e = g < t->n_gold ? &t->edges[t->gold[g].edge] : NULL;
        step_connection(t, (size_t)(e ? e->left : PT_LEFT_END) * n_right + right, 1);
        if (e)
            step_edge(t, e, 1);
        right = e ? e->right : right;
    }
}

static void train_row(trainer *t, const char *row) {
    char *copy = pt_strdup(row);
    bool good = read_row(t, copy);
    free(copy);
    if (good) {
        make_edges(t);
        good = find_gold(t);
    }
    if (good) {
        list_ids(t);
        const double z = sum_paths(t);
        good = z > 1e-280;
        if (good)
            learn(t, z);
    }
    t->used += good;
    t->skipped += !good;
}

static void count_row(trainer *t, const char *row) {
    char *copy = pt_strdup(row);
    if (read_row(t, copy))
        for (unsigned k = 0; k < t->n_gold; k++)
            if (t->gold[k].unit >= 0)
                t->seen[t->gold[k].unit]++;
    free(copy);
}

/* Which nouns a word list knows, by their spelling: every unit of one plain noun. */
static void mark_sources(trainer *t, const pt_wordlist *list, uint8_t source) {
    for (size_t k = 0; k < list->words.n; k++) {
        const char *surface = pt_intern_text(list->strings, list->words.at[k].surface);
        const char *analysis = pt_intern_text(list->strings, list->words.at[k].analysis);
        pt_analysis_ends ends;
        if (!pt_analysis_parse(analysis, &ends) || ends.last_form)
            continue;
        const int32_t unit =
            find_unit(t->lexicon, surface, pt_costs_left(&t->costs, ends.first, surface),
                      pt_costs_right(&t->costs, ends.first, surface, strlen(surface), surface));
        if (unit >= 0 && !t->from[unit])
            t->from[unit] = source;
    }
}

static pt_status read_sources(trainer *t, pt_error *err) {
    pt_wordlist list;
    pt_wordlist_init(&list);
    pt_status status = pt_wordlist_read_hunspell(&list, "/usr/share/hunspell/ko.dic", err);
    if (!status) {
        mark_sources(t, &list, 1);
        status = pt_wordlist_read_hanja(&list, "/usr/share/libhangul/hanja/hanja.txt", err);
    }
    if (!status)
        mark_sources(t, &list, 2);
    pt_wordlist_free(&list);
    return status;
}

static void put(FILE *out, const char *kind, const char *a, const char *b, double nats) {
    const long cost = lrint(-nats * PT_COST_SCALE);
    if (labs(cost) >= 8)
        fprintf(out, "%s\t%s\t%s\t%ld\n", kind, a, b, cost);
}

static const char *name_of(const pt_intern *ids, size_t id) {
    return pt_intern_text(ids, (uint32_t)id);
}

/* Spells a unit by walking the trie; rows come in the order of units. */
static void put_units(trainer *t, FILE *out, uint32_t node, const uint32_t *syllable, char *surface,
                      size_t bytes) {
    const pt_lexicon *x = t->lexicon;
    for (uint32_t k = x->trie[node].value; k; k++) {
        const pt_unit *u = &x->units[k - 1];
        if (t->seen[k - 1] >= UNIT_MIN) {
            char ids[160];
            snprintf(ids, sizeof ids, "%s %s", name_of(t->costs.lefts, u->left),
                     name_of(t->costs.rights, u->right));
            put(out, "unit", surface, ids, t->unit.now[k - 1] - t->unit.start[k - 1]);
        }
        if (u->last)
            break;
    }
    for (uint32_t letter = 1; letter < x->n_letters; letter++) {
        const uint32_t child = pt_trie_step(x->trie, node, letter);
        if (child == PT_TRIE_ROOT)
            continue;
        const size_t n = pt_utf8_encode(syllable[letter], surface + bytes);
        surface[bytes + n] = '\0';
        put_units(t, out, child, syllable, surface, bytes + n);
        surface[bytes] = '\0';
    }
}

static void put_all(trainer *t, FILE *out) {
    const pt_lexicon *x = t->lexicon;
    fputs("# What training adds to the costs that counts give (1/512 nat), written by "
          "dict/korean/train_costs.c from the\n"
          "# training parts named in morphemes.tsv; shared under CC BY-SA 4.0 as they are. a and b: "
          "connection: right id,\n"
          "# left id; unit: spelling, left and right id; unknown: left id, syllables; source: word list, "
          "left id.\n"
          "kind\ta\tb\tcost\n",
          out);
    for (size_t l = 0; l < x->n_left; l++)
        for (size_t r = 0; r < x->n_right; r++)
            put(out, "connection", name_of(t->costs.rights, r), name_of(t->costs.lefts, l),
                t->connection.now[l * x->n_right + r] - t->connection.start[l * x->n_right + r]);
    for (unsigned c = 0; c < PT_UNKNOWN_CLASSES; c++)
        for (unsigned n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            const size_t k = c * (PT_UNKNOWN_SYLLABLES + 1) + n;
            char length[8];
            snprintf(length, sizeof length, "%u", n);
            put(out, "unknown", pt_tag_key((pt_tag)x->unknown[c].tag), length,
                t->unknown.now[k] - t->unknown.start[k]);
        }
    for (size_t s = 1; s < SOURCES; s++)
        for (size_t l = 0; l < x->n_left; l++)
            put(out, "source", s == 1 ? "hunspell" : "hanja", name_of(t->costs.lefts, l),
                t->source.now[s * x->n_left + l]);
    uint32_t *syllable = pt_zalloc(x->n_letters, sizeof *syllable);
    for (uint32_t k = 0; k < PT_HANGUL_COUNT; k++)
        if (x->alphabet[k])
            syllable[x->alphabet[k]] = PT_HANGUL_FIRST + k;
    char surface[4 * PT_WORD_SYLLABLES_MAX + 8] = "";
    put_units(t, out, PT_TRIE_ROOT, syllable, surface, 0);
    free(syllable);
}

static void shuffle(char **rows, size_t n, uint64_t round) {
    for (size_t k = n; k > 1; k--) {
        const size_t j = pt_rng_below(pt_rng_at(pt_rng_key(1, round, 0), k), k);
        char *swap = rows[k - 1];
        rows[k - 1] = rows[j];
        rows[j] = swap;
    }
}

static pt_status open_all(trainer *t, const char *folder, const char *out, pt_error *err) {
    char *dictionary = pt_strfmt("%s.dict", out);
    char *connections = pt_path_join(folder, "korean/connections.tsv");
    const pt_lexicon_sources plain = {.adjustments = "", .units_apart = true};
    pt_status status = pt_lexicon_build_from(folder, &plain, dictionary, NULL, err);
    if (!status)
        status = pt_lexicon_open(&t->lexicon, dictionary, err);
    (void)remove(dictionary);
    if (!status)
        status = pt_costs_read(&t->costs, connections, err);
    free(dictionary);
    free(connections);
    if (status)
        return status;
    const pt_lexicon_header *h = t->lexicon->map;
    const size_t n_units = h->section[PT_SECTION_UNITS].count;
    t->connection = new_weights((size_t)t->lexicon->n_left * t->lexicon->n_right);
    t->unit = new_weights(n_units);
    t->unknown = new_weights(UNKNOWN_IDS);
    t->source = new_weights((size_t)SOURCES * t->lexicon->n_left);
    t->exp_connection = pt_zalloc(t->connection.n, sizeof(double));
    t->seen = pt_zalloc(n_units, sizeof *t->seen);
    t->from = pt_zalloc(n_units, 1);
    start_weights(t);
    new_sums(t);
    return read_sources(t, err);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fputs("usage: train_costs DICT_FOLDER ALIGNED OUT [ROUNDS [RATE [PULL]]]\n", stderr);
        return PT_ERR_USAGE;
    }
    static trainer t;
    const int rounds = argc > 4 ? atoi(argv[4]) : 2;
    const double rate = argc > 5 ? atof(argv[5]) : 0.03;
    t.pull = argc > 6 ? atof(argv[6]) : 1e-2;
    pt_error err = {0};
    char *text;
    size_t n;
    if (open_all(&t, argv[1], argv[3], &err) || pt_file_read(argv[2], &text, &n, &err)) {
        fprintf(stderr, "train_costs: %s\n", err.message);
        return (int)err.status;
    }
    PT_VEC(char *) rows = {0};
    for (char *line = text; line < text + n;) {
        char *stop = memchr(line, '\n', (size_t)(text + n - line));
        stop = stop ? stop : text + n;
        *stop = '\0';
        pt_vec_push(&rows, line);
        line = stop + 1;
    }
    for (size_t k = 0; k < rows.n; k++)
        count_row(&t, rows.at[k]);
    for (int round = 0; round < rounds; round++) {
        shuffle(rows.at, rows.n, (uint64_t)round);
        t.rate = rate / (1 + round);
        t.loss = 0;
        t.used = t.skipped = 0;
        for (size_t k = 0; k < rows.n; k++)
            train_row(&t, rows.at[k]);
        fprintf(stderr, "round %d: loss %.5f an eojeol, %zu used, %zu skipped\n", round + 1,
                t.loss / (double)t.used, t.used, t.skipped);
    }
    FILE *out = fopen(argv[3], "w");
    if (!out)
        return PT_ERR_CREATE;
    put_all(&t, out);
    return fclose(out) ? PT_ERR_IO : 0;
}
