/* SPDX-License-Identifier: Apache-2.0 */
/* The conditional random field over the paths of one lattice. */
#include "base/mem.h"
#include "trainer.h"

#include <math.h>
#include <string.h>

weights new_weights(size_t n, double rate, double pull) {
    return (weights){.n = n,
                     .now = pt_zalloc(n, sizeof(double)),
                     .start = pt_zalloc(n, sizeof(double)),
                     .squares = pt_zalloc(n, sizeof(double)),
                     .rate = rate,
                     .pull = pull};
}

void step(weights *w, size_t k, double gradient) {
    gradient -= w->pull * (w->now[k] - w->start[k]);
    w->squares[k] += gradient * gradient;
    w->now[k] += w->rate * gradient / sqrt(1 + w->squares[k]);
}

void new_sums(trainer *t) {
    const size_t positions = PT_PIECE_GLYPHS + 1;
    t->ahead = pt_zalloc(positions * t->lexicon->n_right, sizeof(double));
    t->behind = pt_zalloc(positions * t->lexicon->n_right, sizeof(double));
    t->reached = pt_zalloc(positions * t->lexicon->n_left, sizeof(double));
    t->onward = pt_zalloc(positions * t->lexicon->n_left, sizeof(double));
    t->rights = pt_zalloc(positions * t->lexicon->n_right, sizeof *t->rights);
    t->lefts = pt_zalloc(positions * t->lexicon->n_left, sizeof *t->lefts);
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

double sum_paths(trainer *t) {
    list_ids(t);
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
        step(&t->unit, (size_t)e->unit, gradient);
    if (e->unknown >= 0)
        step(&t->unknown, (size_t)e->unknown, gradient);
    if (e->source >= 0)
        step(&t->source, (size_t)e->source, gradient);
    step_context(t, e, gradient);
}

static void step_connection(trainer *t, size_t k, double gradient) {
    step(&t->connection, k, gradient);
    t->exp_connection[k] = exp(t->connection.now[k]);
}

/* Gradient of the log-likelihood: what the gold path has minus what all paths have on average. */
void learn(trainer *t, double z) {
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
    learn_contexts(t);
}
