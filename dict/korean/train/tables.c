/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/mem.h"
#include "base/sort.h"
#include "korean/trie.h"
#include "trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT_MIN = 2 }; /* 1/32 nat; less is left out of the table */

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

/* The code point of each letter. */
static uint32_t *syllables_of(const pt_lexicon *x) {
    uint32_t *syllables = pt_zalloc(x->n_letters, sizeof *syllables);
    for (uint32_t k = 0; k < PT_HANGUL_COUNT; k++)
        if (x->alphabet[k])
            syllables[x->alphabet[k]] = PT_HANGUL_FIRST + k;
    return syllables;
}

void put_adjustments(trainer *t, FILE *out) {
    const pt_lexicon *x = t->lexicon;
    fputs("# What training adds to the costs that counts give (1/512 nat), written by "
          "dict/korean/train from the\n"
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
    uint32_t *syllable = syllables_of(x);
    char surface[4 * PT_WORD_SYLLABLES_MAX + 8] = "";
    put_units(t, out, PT_TRIE_ROOT, syllable, surface, 0);
    free(syllable);
}

/* Costs of a half of a row: a letter and a number for each that is worth keeping. */
static void put_costs(const double *now, pt_buf *out) {
    for (int k = 0; k < PT_CONTEXT_KINDS; k++) {
        const long cost = lrint(-now[k] * PT_COST_SCALE / PT_CONTEXT_STEP);
        if (labs(cost) >= CONTEXT_MIN)
            pt_buf_printf(out, "%s%c%ld", out->n ? " " : "", PT_CONTEXT_LETTERS[k],
                          cost > 127    ? 127
                          : cost < -127 ? -127
                                        : cost);
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void put_contexts(trainer *t, FILE *out) {
    const contexts *c = &t->contexts;
    uint32_t *syllables = syllables_of(t->lexicon);
    PT_VEC(char *) lines = {0};
    pt_buf begins = {0}, ends = {0};
    for (size_t k = 0; k <= c->mask; k++) {
        if (!c->count[k])
            continue;
        const double *now = c->weights.now + (size_t)(c->count[k] - 1) * CONTEXT_COSTS;
        pt_buf_clear(&begins);
        pt_buf_clear(&ends);
        put_costs(now, &begins);
        put_costs(now + PT_CONTEXT_KINDS, &ends);
        char key[PT_CONTEXT_TEXT];
        pt_context_spell(c->keys[k], syllables, key);
        if (begins.n || ends.n)
            pt_vec_push(&lines, pt_strfmt("%s\t%s\t%s\n", key, pt_buf_text(&begins), pt_buf_text(&ends)));
    }
    pt_sort(lines.at, lines.n, sizeof *lines.at, by_text);
    fputs("# What the syllables around a boundary add to the cost of words that begin and end there (1/32 "
          "nat), written by "
          "dict/korean/train\n# from the training parts named in morphemes.tsv; shared under CC BY-SA 4.0 as "
          "they are. "
          "N noun, B bound noun, pronoun, numeral,\n# V verb, adverb, determiner, J particle, E ending, C "
          "copula, A affix "
          "of nouns, M 하, 되, 스럽.\nboundary\tbegins\tends\n",
          out);
    for (size_t k = 0; k < lines.n; k++) {
        fputs(lines.at[k], out);
        free(lines.at[k]);
    }
    pt_vec_free(&lines);
    pt_buf_free(&begins);
    pt_buf_free(&ends);
    free(syllables);
}
