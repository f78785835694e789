/* SPDX-License-Identifier: Apache-2.0 */
#include "trainer.h"

#include <string.h>

/* The unit with this spelling and these ids; -1 when there is none. */
int32_t find_unit(const pt_lexicon *x, const char *surface, uint16_t left, uint16_t right) {
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
bool read_row(trainer *t, char *row) {
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

/* The edge of each part of the gold path: the unit, or else the unknown word of its class. */
bool find_gold(trainer *t) {
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
