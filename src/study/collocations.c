/* SPDX-License-Identifier: Apache-2.0 */
#include "study/collocations.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/sort.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "korean/unicode.h"

#include <math.h>
#include <string.h>

enum { FIRST_SLOTS = 1 << 16, PAIRS_MAX = 4 << 20, TERM_BYTES = 3 * 24 };

typedef struct pair {
    uint32_t a, b, n; /* n = 0: an empty slot */
} pair;

struct pt_collocation_counts {
    const pt_collocations *known; /* NULL in the first round */
    pt_intern *joined;            /* their terms, by place in known */
    pt_intern *words;
    PT_VEC(uint32_t) count; /* [words] */
    pair *slots;            /* open addressing; a power of two of them */
    size_t n_slots, n_pairs;
    uint64_t total;
};

pt_collocation_params pt_collocation_params_default(void) {
    return (pt_collocation_params){.min_count = 10, .min_pmi = 4, .min_t = 3};
}

pt_collocation_counts *pt_collocation_counts_new(const pt_collocations *known) {
    pt_collocation_counts *c = pt_zalloc(1, sizeof *c);
    c->known = known;
    c->joined = pt_intern_new();
    c->words = pt_intern_new();
    for (size_t i = 0; known && i < known->n; i++)
        pt_intern_add(c->joined, known->at[i].term, strlen(known->at[i].term));
    c->n_slots = FIRST_SLOTS;
    c->slots = pt_zalloc(c->n_slots, sizeof *c->slots);
    return c;
}

void pt_collocation_counts_free(pt_collocation_counts *c) {
    if (!c)
        return;
    pt_intern_free(c->joined);
    pt_intern_free(c->words);
    pt_vec_free(&c->count);
    free(c->slots);
    free(c);
}

static pair *slot_of(pair *slots, size_t n_slots, uint32_t a, uint32_t b) {
    size_t at = pt_mix64((uint64_t)a << 32 | b) & (n_slots - 1);
    while (slots[at].n && (slots[at].a != a || slots[at].b != b))
        at = (at + 1) & (n_slots - 1);
    return &slots[at];
}

/* Moves the pairs seen at least `least` times into a table of n_slots. */
static void move_pairs(pt_collocation_counts *c, size_t n_slots, uint32_t least) {
    pair *old = c->slots;
    const size_t n_old = c->n_slots;
    c->slots = pt_zalloc(n_slots, sizeof *c->slots);
    c->n_slots = n_slots;
    c->n_pairs = 0;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].n >= least) {
            *slot_of(c->slots, n_slots, old[i].a, old[i].b) = old[i];
            c->n_pairs++;
        }
    free(old);
}

static void count_pair(pt_collocation_counts *c, uint32_t a, uint32_t b) {
    pair *p = slot_of(c->slots, c->n_slots, a, b);
    if (p->n++)
        return;
    p->a = a;
    p->b = b;
    if (++c->n_pairs >= PAIRS_MAX) {
        for (uint32_t least = 2; c->n_pairs >= PAIRS_MAX / 2; least *= 2)
            move_pairs(c, c->n_slots, least);
    } else if (c->n_pairs > c->n_slots / 2)
        move_pairs(c, 2 * c->n_slots, 1);
}

/* Two Hangul syllables or more, and nothing else. */
static bool is_hangul_word(const pt_term *noun) {
    for (uint32_t at = 0; at < noun->bytes;) {
        size_t used;
        if (!pt_is_hangul(pt_utf8_decode(noun->form + at, noun->bytes - at, &used)))
            return false;
        at += (uint32_t)used;
    }
    return noun->bytes >= 6;
}

static bool counts_here(const pt_terms *terms, const pt_term *noun) {
    return is_hangul_word(noun) && !pt_terms_stops(terms, noun->form, noun->bytes);
}

/* A noun, or nouns that earlier rounds joined. */
typedef struct unit {
    char form[TERM_BYTES];
    size_t bytes, nouns;
    bool is_joined;
} unit;

/* The unit that begins with nouns[0], grown to the right as long as the next noun makes a known term. */
static unit take_unit(const pt_collocation_counts *c, const pt_terms *terms, const pt_term *nouns, size_t n) {
    unit u = {.bytes = nouns[0].bytes < TERM_BYTES ? nouns[0].bytes : 0, .nouns = 1};
    memcpy(u.form, nouns[0].form, u.bytes);
    while (c->known && u.bytes && u.nouns < n) {
        const pt_term *next = &nouns[u.nouns];
        if (!(next->flags & PT_NOUN_ADJACENT) || !counts_here(terms, next) ||
            u.bytes + next->bytes > TERM_BYTES)
            break;
        memcpy(u.form + u.bytes, next->form, next->bytes);
        if (pt_intern_find(c->joined, u.form, u.bytes + next->bytes) == PT_NO_ID)
            break;
        u.bytes += next->bytes;
        u.nouns++;
        u.is_joined = true;
    }
    return u;
}

static uint32_t count_word(pt_collocation_counts *c, const char *form, size_t bytes) {
    const uint32_t word = pt_intern_add(c->words, form, bytes);
    if (word == c->count.n)
        pt_vec_push(&c->count, 0);
    c->count.at[word]++;
    c->total++;
    return word;
}

void pt_collocation_counts_add(pt_collocation_counts *c, const pt_terms *terms, const pt_term *nouns,
                               size_t n) {
    uint32_t before = PT_NO_ID;
    bool before_is_joined = false;
    for (size_t i = 0; i < n;) {
        if (!counts_here(terms, &nouns[i])) {
            before = PT_NO_ID;
            i++;
            continue;
        }
        const unit u = take_unit(c, terms, nouns + i, n - i);
        const uint32_t word = u.bytes ? count_word(c, u.form, u.bytes) : PT_NO_ID;
        if (before != PT_NO_ID && word != PT_NO_ID && before != word && (nouns[i].flags & PT_NOUN_ADJACENT) &&
            (!c->known || u.is_joined || before_is_joined))
            count_pair(c, before, word);
        before = word;
        before_is_joined = u.is_joined;
        i += u.nouns;
    }
}

static int by_count(const void *x, const void *y) {
    const pt_collocation *a = x, *b = y;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->parts, b->parts);
}

/* The parts of a word: itself, or those of the term that an earlier round found. */
static const char *parts_of(const pt_collocation_counts *c, uint32_t word) {
    const char *form = pt_intern_text(c->words, word);
    const uint32_t place = pt_intern_find(c->joined, form, strlen(form));
    return place == PT_NO_ID ? form : c->known->at[place].parts;
}

typedef PT_VEC(pt_collocation) collocations;

static void keep_good(const pt_collocation_counts *c, const pt_collocation_params *params,
                      collocations *found) {
    for (size_t i = 0; i < c->n_slots; i++) {
        const pair *p = &c->slots[i];
        if (p->n == 0 || p->n < params->min_count)
            continue;
        const double by_chance = (double)c->count.at[p->a] * c->count.at[p->b] / (double)c->total;
        const double pmi = log2(p->n / by_chance), t = (p->n - by_chance) / sqrt(p->n);
        const char *a = pt_intern_text(c->words, p->a), *b = pt_intern_text(c->words, p->b);
        if (pmi < params->min_pmi || t < params->min_t || strlen(a) + strlen(b) > TERM_BYTES)
            continue;
        char *term = pt_strfmt("%s%s", a, b);
        if (pt_intern_find(c->joined, term, strlen(term)) == PT_NO_ID)
            pt_vec_push(found,
                        ((pt_collocation){term, pt_strfmt("%s+%s", parts_of(c, p->a), parts_of(c, p->b)),
                                          p->n, pmi, t}));
        else
            free(term); /* the same term, otherwise cut */
    }
}

size_t pt_collocations_learn(const pt_collocation_counts *c, const pt_collocation_params *params,
                             pt_collocations *out) {
    collocations found = {0};
    for (size_t i = 0; i < out->n; i++)
        pt_vec_push(&found, out->at[i]);
    keep_good(c, params, &found);
    const size_t fresh = found.n - out->n;
    pt_sort(found.at, found.n, sizeof *found.at, by_count);
    free(out->at);
    *out = (pt_collocations){found.at, found.n};
    return fresh;
}

void pt_collocations_free(pt_collocations *found) {
    for (size_t i = 0; i < found->n; i++) {
        free(found->at[i].term);
        free(found->at[i].parts);
    }
    free(found->at);
    *found = (pt_collocations){0};
}

pt_status pt_collocations_write(const pt_collocations *found, const char *path, pt_error *err) {
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    pt_writer_puts(writer,
                   "# Compounds learned from the patents of this study; --user-dict takes this table.\n"
                   "term\tclass\tparts\tcount\tpmi\tt\n");
    for (size_t i = 0; i < found->n; i++) {
        const pt_collocation *c = &found->at[i];
        pt_writer_printf(writer, "%s\tNNG\t%s\t%u\t%.3f\t%.3f\n", c->term, c->parts, c->count, c->pmi, c->t);
    }
    return pt_writer_close(writer, err);
}

pt_status pt_collocations_read(pt_collocations *out, const char *path, pt_error *err) {
    *out = (pt_collocations){0};
    static const char *const NAMES[] = {"term", "parts", "count", "pmi", "t"};
    size_t column[5] = {0};
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    for (size_t k = 0; k < 5 && !status; k++)
        status = pt_tsv_column(table, NAMES[k], &column[k], err);
    PT_VEC(pt_collocation) found = {0};
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++)
        pt_vec_push(&found, ((pt_collocation){pt_strdup(pt_tsv_cell(table, row, column[0])),
                                              pt_strdup(pt_tsv_cell(table, row, column[1])),
                                              (uint32_t)strtoul(pt_tsv_cell(table, row, column[2]), NULL, 10),
                                              strtod(pt_tsv_cell(table, row, column[3]), NULL),
                                              strtod(pt_tsv_cell(table, row, column[4]), NULL)}));
    pt_tsv_close(table);
    *out = (pt_collocations){found.at, found.n};
    return status;
}
