/* SPDX-License-Identifier: Apache-2.0 */
/* The model of unknown words: bigrams of syllables, one model a class, with absolute discounting:
 *   P(b | a) = max(n(a,b) - D, 0)/n(a) + D kinds(a)/n(a) P(b),  P(b) = (n(b) + 0.3)/(N + 0.3 letters). */
#include "korean/costs.h"

#include <assert.h>
#include <string.h>

static const double DISCOUNT = 0.75;

typedef struct tally {
    pt_syllable_pair *slot;
    double (*pair)[PT_UNKNOWN_CLASSES]; /* beside slot */
    size_t size, used;
    double (*single)[PT_UNKNOWN_CLASSES], (*before)[PT_UNKNOWN_CLASSES], (*kinds)[PT_UNKNOWN_CLASSES];
    double all[PT_UNKNOWN_CLASSES];
} tally;

static size_t find_slot(const pt_syllable_pair *slots, size_t size, uint32_t key) {
    uint32_t at = pt_pair_slot(key, (uint32_t)size);
    while (slots[at].key && slots[at].key != key)
        at = pt_next_slot(at, (uint32_t)size);
    return at;
}

static void count_word(tally *t, const char *surface, const uint16_t *alphabet, int class, double weight) {
    const size_t n = strlen(surface);
    uint32_t before = 0;
    for (size_t at = 0, used; at < n; at += used) {
        const uint32_t code = pt_utf8_decode(surface + at, n - at, &used);
        const uint32_t letter = alphabet[code - PT_HANGUL_FIRST];
        const uint32_t key = before << 16 | letter;
        const size_t slot = find_slot(t->slot, t->size, key);
        if (!t->slot[slot].key) {
            assert(t->used + 1 < t->size);
            t->slot[slot].key = key;
            t->used++;
        }
        t->kinds[before][class] += t->pair[slot][class] == 0;
        t->pair[slot][class] += weight;
        t->single[letter][class] += weight;
        t->before[before][class] += weight;
        t->all[class] += weight;
        before = letter;
    }
}

/* Words seen once teach what words look like that were never seen. */
static void count_all(tally *t, const pt_wordlist *list, const uint16_t *alphabet) {
    for (size_t k = 0; k < list->words.n; k++) {
        const pt_word *word = &list->words.at[k];
        pt_analysis_ends ends;
        if (word->count > 2 || word->count < 1 ||
            !pt_analysis_parse(pt_intern_text(list->strings, word->analysis), &ends) || ends.last_form)
            continue;
        const int class = pt_unknown_class_of(ends.first);
        if (class >= 0)
            count_word(t, pt_intern_text(list->strings, word->surface), alphabet, class, 1);
    }
}

static double alone(const tally *t, uint32_t letter, int c, uint32_t n_letters) {
    return (t->single[letter][c] + 0.3) / (t->all[c] + 0.3 * n_letters);
}

/* P(b | a) for a pair seen `seen` times; a = 0 is the beginning of a word. */
static double after(const tally *t, uint32_t a, uint32_t b, int c, double seen, uint32_t n_letters) {
    const double n = t->before[a][c], low = alone(t, b, c, n_letters);
    return n > 0 ? (seen > DISCOUNT ? seen - DISCOUNT : 0) / n + DISCOUNT * t->kinds[a][c] / n * low : low;
}

static void price_letters(pt_syllable_model *model, const tally *t, uint32_t n_letters, pt_costs *costs) {
    model->alone = pt_zalloc((size_t)n_letters * PT_UNKNOWN_CLASSES * 2, sizeof *model->alone);
    model->starts = pt_zalloc((size_t)n_letters * PT_UNKNOWN_CLASSES, sizeof *model->starts);
    for (uint32_t a = 0; a < n_letters; a++)
        for (int c = 0; c < PT_UNKNOWN_CLASSES; c++) {
            const size_t at = (size_t)a * PT_UNKNOWN_CLASSES + (size_t)c;
            const double back_off = t->before[a][c] > 0 ? DISCOUNT * t->kinds[a][c] / t->before[a][c] : 1;
            const double seen = t->pair[find_slot(t->slot, t->size, a)][c];
            model->alone[2 * at] = pt_cost(alone(t, a, c, n_letters));
            model->alone[2 * at + 1] = pt_cost(back_off);
            model->starts[at] =
                pt_cost(a ? after(t, 0, a, c, seen, n_letters) : 0.3 / (t->all[c] + 0.3 * n_letters));
        }
    for (int c = 0; c < PT_UNKNOWN_CLASSES; c++)
        costs->unknown[c].strange = pt_cost(0.3 / (t->all[c] + 0.3 * n_letters));
}

static void price_pairs(pt_syllable_model *model, const tally *t, uint32_t n_letters) {
    const size_t size = pt_slots_for(t->used);
    pt_vec_reserve(&model->pairs, size);
    model->pairs.n = size;
    memset(model->pairs.at, 0, size * sizeof *model->pairs.at);
    for (size_t k = 0; k < t->size; k++) {
        const uint32_t key = t->slot[k].key, a = key >> 16, b = key & 0xFFFF;
        if (!a)
            continue;
        pt_syllable_pair *pair = &model->pairs.at[find_slot(model->pairs.at, size, key)];
        pair->key = key;
        for (int c = 0; c < PT_UNKNOWN_CLASSES; c++)
            pair->cost[c] = pt_cost(after(t, a, b, c, t->pair[k][c], n_letters));
    }
}

void pt_syllables_count(pt_syllable_model *model, const pt_wordlist *list, const uint16_t *alphabet,
                        uint32_t n_letters, pt_costs *costs) {
    tally t = {.size = 1 << 18};
    t.slot = pt_zalloc(t.size, sizeof *t.slot);
    t.pair = pt_zalloc(t.size, sizeof *t.pair);
    t.single = pt_zalloc(n_letters, sizeof *t.single);
    t.before = pt_zalloc(n_letters, sizeof *t.before);
    t.kinds = pt_zalloc(n_letters, sizeof *t.kinds);
    count_all(&t, list, alphabet);
    price_letters(model, &t, n_letters, costs);
    price_pairs(model, &t, n_letters);
    free(t.slot);
    free(t.pair);
    free(t.single);
    free(t.before);
    free(t.kinds);
}

void pt_syllables_free(pt_syllable_model *model) {
    free(model->alone);
    free(model->starts);
    pt_vec_free(&model->pairs);
}
