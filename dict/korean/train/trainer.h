/* SPDX-License-Identifier: Apache-2.0 */
/* trainer.h - the training of the lattice's costs, by part: rows.c reads the aligned eojeols and lays their
 * gold path, edges.c prices all words that could stand in one, contexts.c the boundaries between them,
 * field.c is the conditional random field, tables.c writes what was learned, train_costs.c runs it all. */
#ifndef PT_TRAINER_H
#define PT_TRAINER_H

#include "korean/context.h"
#include "korean/costs.h"

#include <stdio.h>

enum { EDGES_MAX = 8192, PARTS_MAX = 32, UNIT_MIN = 3, SOURCES = 3 };
enum { UNKNOWN_IDS = PT_UNKNOWN_CLASSES * (PT_UNKNOWN_SYLLABLES + 1) };
enum { CONTEXT_COSTS = 2 * PT_CONTEXT_KINDS }; /* of words that begin, of words that end */
#define NATS (1 / PT_COST_SCALE)

typedef struct weights {
    size_t n;
    double *now, *start, *squares;
    double rate, pull;
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

/* Rows of weights for the keys of boundaries. */
typedef struct contexts {
    uint64_t *keys;  /* open hash table, 0 = empty */
    uint32_t *count; /* beside keys: how often it was seen, then its row + 1 or 0 */
    size_t mask, used;
    weights weights; /* [rows][CONTEXT_COSTS] */
    /* of the eojeol at hand, by boundary */
    uint32_t row[PT_PIECE_GLYPHS + 1][PT_CONTEXT_KEYS]; /* + 1, 0 = none */
    double score[PT_PIECE_GLYPHS + 1][CONTEXT_COSTS + 1], gradient[PT_PIECE_GLYPHS + 1][CONTEXT_COSTS + 1];
} contexts;

typedef struct trainer {
    pt_lexicon *lexicon;
    pt_costs costs;
    weights connection, unit, unknown, source;
    contexts contexts;
    uint8_t *begin_cost,
        *end_cost; /* [left ids], [right ids]: index of a context cost, CONTEXT_COSTS = none */
    double *exp_connection;
    uint32_t *seen; /* [units] occurrences in the aligned file */
    uint8_t *from;  /* [units] 0 = tables, 1 = hunspell-ko, 2 = hanja.txt */
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

/* field.c */
weights new_weights(size_t n, double rate, double pull);
void step(weights *w, size_t k, double gradient); /* AdaGrad with a pull towards the start */
void new_sums(trainer *t);
double sum_paths(trainer *t);     /* forward and backward sums over the edges; returns Z */
void learn(trainer *t, double z); /* one step along the gradient of the log-likelihood */

/* rows.c */
int32_t find_unit(const pt_lexicon *x, const char *surface, uint16_t left, uint16_t right); /* -1 = none */
bool read_row(trainer *t,
              char *row);   /* scans the eojeol and lays its gold path; false when they do not fit */
bool find_gold(trainer *t); /* the edge of each part of the path; false when one has none */

/* edges.c */
void make_edges(trainer *t);

/* contexts.c */
void open_contexts(trainer *t);
void count_contexts(trainer *t);                           /* of the eojeol at hand */
void close_contexts(trainer *t, double rate, double pull); /* rows for the keys seen often enough */
void price_contexts(trainer *t);
double context_score(const trainer *t, const edge *e);
void step_context(trainer *t, const edge *e, double gradient);
void learn_contexts(trainer *t);

/* tables.c */
void put_adjustments(trainer *t, FILE *out);
void put_contexts(trainer *t, FILE *out);

#endif
