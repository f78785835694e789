/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/context.h"
#include "base/rng.h"

#include <stdio.h>
#include <string.h>

/* What stands in a cell, in 16 bits: a tag, a place outside, or a letter; 0 = not looked at. */
enum { OUTSIDE_LEFT = 62, OUTSIDE_RIGHT = 63, LETTERS = 64, SYMBOL_BITS = 16, SIDES = 4 };

pt_context_kind pt_context_kind_of(pt_tag tag) {
    if (pt_tag_is_noun(tag))
        return PT_CONTEXT_NOUN;
    if (tag >= PT_NNB && tag <= PT_NR)
        return PT_CONTEXT_BOUND;
    if (tag == PT_VCP)
        return PT_CONTEXT_COPULA;
    if (tag >= PT_VV && tag <= PT_IC)
        return PT_CONTEXT_VERB;
    if (pt_tag_is_particle(tag))
        return PT_CONTEXT_PARTICLE;
    if (pt_tag_is_ending(tag))
        return PT_CONTEXT_ENDING;
    if (tag == PT_XPN || tag == PT_XSN)
        return PT_CONTEXT_AFFIX;
    return tag >= PT_XSV && tag <= PT_XSB ? PT_CONTEXT_MAKER : PT_CONTEXT_NONE;
}

static uint64_t symbol_at(const pt_piece *piece, int k) {
    if (k < 0)
        return OUTSIDE_LEFT;
    if (k >= (int)piece->n)
        return OUTSIDE_RIGHT;
    const pt_cell *cell = &piece->cell[k];
    return cell->tag ? cell->tag : LETTERS + cell->letter;
}

/* Symbols two to the left, left, right, two to the right; 0 = not part of the key. */
static uint64_t key_of(uint64_t left2, uint64_t left, uint64_t right, uint64_t right2) {
    return left2 << 3 * SYMBOL_BITS | left << 2 * SYMBOL_BITS | right << SYMBOL_BITS | right2;
}

void pt_context_keys(const pt_piece *piece, unsigned p, uint64_t keys[PT_CONTEXT_KEYS]) {
    const uint64_t left = symbol_at(piece, (int)p - 1), right = symbol_at(piece, (int)p);
    keys[0] = key_of(0, left, 0, 0);
    keys[1] = key_of(0, 0, right, 0);
    keys[2] = key_of(0, left, right, 0);
    keys[3] = key_of(symbol_at(piece, (int)p - 2), left, right, 0);
    keys[4] = key_of(0, left, right, symbol_at(piece, (int)p + 1));
}

void pt_context_ask(const pt_lexicon *x, const pt_piece *piece, uint64_t *hashes) {
    for (unsigned p = 0; p <= piece->n; p++, hashes += PT_CONTEXT_KEYS) {
        pt_context_keys(piece, p, hashes);
        for (int k = 0; k < PT_CONTEXT_KEYS; k++) {
            hashes[k] = pt_mix64(hashes[k]);
            __builtin_prefetch(&x->context_slots[pt_slot_of((uint32_t)hashes[k], x->n_context_slots)]);
        }
    }
}

static const pt_context_row *find_row(const pt_lexicon *x, uint64_t hash) {
    const uint32_t print = PT_CONTEXT_PRINT(hash);
    for (uint32_t at = pt_slot_of((uint32_t)hash, x->n_context_slots); x->context_slots[at];
         at = pt_next_slot(at, x->n_context_slots))
        if (x->context_slots[at] >> PT_CONTEXT_ROW_BITS == print)
            return &x->contexts[(x->context_slots[at] & PT_CONTEXT_ROWS_MAX) - 1];
    return NULL;
}

void pt_context_find(const pt_lexicon *x, const pt_piece *piece, const uint64_t *hashes,
                     const pt_context_row **rows) {
    for (unsigned k = 0; k < (piece->n + 1) * PT_CONTEXT_KEYS; k++) {
        rows[k] = find_row(x, hashes[k]);
        __builtin_prefetch(rows[k]);
    }
}

void pt_context_sum(const pt_context_row *const rows[PT_CONTEXT_KEYS], pt_context_costs *costs) {
    int16_t sum[2 * PT_CONTEXT_KINDS] = {0};
    for (int k = 0; k < PT_CONTEXT_KEYS; k++)
        for (int c = 0; rows[k] && c < 2 * PT_CONTEXT_KINDS; c++)
            sum[c] = (int16_t)(sum[c] + rows[k]->cost[c] * PT_CONTEXT_STEP);
    memcpy(costs->begin, sum, sizeof sum / 2);
    memcpy(costs->end, sum + PT_CONTEXT_KINDS, sizeof sum / 2);
    costs->begin[PT_CONTEXT_NONE] = costs->end[PT_CONTEXT_NONE] = 0;
}

static size_t spell_symbol(unsigned symbol, const uint32_t *syllables, char *out) {
    if (symbol == OUTSIDE_LEFT || symbol == OUTSIDE_RIGHT || symbol == LETTERS) {
        *out = symbol == OUTSIDE_LEFT ? '^' : symbol == OUTSIDE_RIGHT ? '$' : '?';
        return 1;
    }
    if (symbol > LETTERS)
        return pt_utf8_encode(syllables[symbol - LETTERS], out);
    return (size_t)snprintf(out, 8, "<%s>", pt_tag_key((pt_tag)symbol));
}

void pt_context_spell(uint64_t key, const uint32_t *syllables, char out[PT_CONTEXT_TEXT]) {
    size_t n = 0;
    for (int side = 0; side < SIDES; side++) {
        if (side == SIDES / 2)
            out[n++] = '|';
        const unsigned symbol = (unsigned)(key >> (SIDES - 1 - side) * SYMBOL_BITS) & 0xFFFF;
        if (symbol)
            n += spell_symbol(symbol, syllables, out + n);
    }
    out[n] = '\0';
}

/* The symbol at the beginning of the text and its bytes; 0 when there is none. */
static unsigned parse_symbol(const char *text, const uint16_t *alphabet, size_t *used) {
    *used = 1;
    if (*text == '^' || *text == '$' || *text == '?')
        return *text == '^' ? OUTSIDE_LEFT : *text == '$' ? OUTSIDE_RIGHT : LETTERS;
    if (*text == '<') {
        const char *end = strchr(text, '>');
        *used = end ? (size_t)(end + 1 - text) : 1;
        return end ? (unsigned)pt_tag_find(text + 1, (size_t)(end - text) - 1) : 0;
    }
    const uint32_t code = pt_utf8_decode(text, strlen(text), used);
    const unsigned letter = pt_is_hangul(code) ? alphabet[code - PT_HANGUL_FIRST] : 0;
    return letter ? LETTERS + letter : 0;
}

uint64_t pt_context_parse(const char *text, const uint16_t *alphabet) {
    unsigned side[2][2] = {{0}}; /* in writing order */
    int n[2] = {0}, behind = 0;
    for (size_t used; *text; text += used) {
        if (*text == '|' && !behind) {
            behind = 1;
            used = 1;
            continue;
        }
        const unsigned symbol = parse_symbol(text, alphabet, &used);
        if (!symbol || n[behind] == 2)
            return 0;
        side[behind][n[behind]++] = symbol;
    }
    if (!behind)
        return 0;
    return n[0] == 2 ? key_of(side[0][0], side[0][1], side[1][0], side[1][1])
                     : key_of(0, side[0][0], side[1][0], side[1][1]);
}
