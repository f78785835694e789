/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/new_words.h"
#include "base/intern.h"
#include "base/sort.h"
#include "korean/lexicon_format.h"

#include <string.h>

enum { SHORTEST = 2, LONGEST = 9 }; /* syllables */

/* What an eojeol is: the candidate that it begins with, and the particle behind that. */
typedef struct reading {
    uint32_t word, particle; /* PT_NO_ID = none */
} reading;

/* A candidate with what stood behind it, or before it: counted once each. */
typedef struct company {
    uint32_t word, other;
} company;

typedef PT_VEC(company) companies;

struct pt_new_words {
    const pt_lexicon *lexicon;
    pt_intern *words, *particles, *eojeols;
    PT_VEC(uint32_t) count;
    PT_VEC(reading) readings; /* [eojeols]: each is analysed once */
    companies behind, before;
};

typedef struct row {
    const char *term;
    uint32_t count, particles, left;
} row;

pt_new_words_params pt_new_words_params_default(void) {
    return (pt_new_words_params){.min_count = 5, .min_particles = 3, .min_left = 3};
}

pt_new_words *pt_new_words_new(const pt_lexicon *lexicon) {
    pt_new_words *w = pt_zalloc(1, sizeof *w);
    w->lexicon = lexicon;
    w->words = pt_intern_new();
    w->particles = pt_intern_new();
    w->eojeols = pt_intern_new();
    return w;
}

void pt_new_words_free(pt_new_words *w) {
    if (!w)
        return;
    pt_intern_free(w->words);
    pt_intern_free(w->particles);
    pt_intern_free(w->eojeols);
    pt_vec_free(&w->count);
    pt_vec_free(&w->readings);
    pt_vec_free(&w->behind);
    pt_vec_free(&w->before);
    free(w);
}

/* Syllables of a text of Hangul alone, 0 of any other. */
static unsigned count_syllables(const char *text, size_t bytes) {
    unsigned n = 0;
    for (size_t at = 0, used; at < bytes; at += used, n++)
        if (!pt_is_hangul(pt_utf8_decode(text + at, bytes - at, &used)))
            return 0;
    return n;
}

/* The units of a word of Hangul in the dictionary or in the user's table; NULL = none. */
static const pt_unit *find_units(const pt_lexicon *x, bool of_user, const char *text, size_t bytes) {
    const pt_trie_node *trie = of_user ? x->user_trie : x->trie;
    uint32_t node = PT_TRIE_ROOT;
    for (size_t at = 0, used; at < bytes; at += used) {
        const uint32_t code = pt_utf8_decode(text + at, bytes - at, &used);
        const uint16_t letter = of_user ? pt_user_letter(code) : x->alphabet[code - PT_HANGUL_FIRST];
        node = letter ? pt_trie_step(trie, node, letter) : PT_TRIE_ROOT;
        if (node == PT_TRIE_ROOT)
            return NULL;
    }
    return trie[node].value ? (of_user ? x->user_units : x->units) + trie[node].value - 1 : NULL;
}

static bool is_known_noun(const pt_lexicon *x, const char *text, size_t bytes) {
    if (x->user && find_units(x, true, text, bytes))
        return true;
    const pt_unit *unit = find_units(x, false, text, bytes);
    for (; unit; unit++) {
        if (pt_tag_is_noun((pt_tag)x->left_tags[unit->left]))
            return true;
        if (unit->last)
            return false;
    }
    return false;
}

static int by_both(const void *x, const void *y) {
    const company *a = x, *b = y;
    if (a->word != b->word)
        return a->word < b->word ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

/* Leaves each pair once, in order. */
static void settle(companies *all) {
    pt_sort(all->at, all->n, sizeof *all->at, by_both);
    size_t n = 0;
    for (size_t k = 0; k < all->n; k++)
        if (n == 0 || by_both(&all->at[n - 1], &all->at[k]) != 0)
            all->at[n++] = all->at[k];
    all->n = n;
}

/* Keeps the list short: a corpus repeats itself. */
static void note(companies *all, uint32_t word, uint32_t other) {
    enum { SETTLE = 1 << 20 };
    pt_vec_push(all, ((company){word, other}));
    if (all->n % SETTLE == 0)
        settle(all);
}

/* What an eojeol of n morphemes begins with: the bytes of its candidate, 0 = none; *after: the morpheme
 * behind. */
static size_t candidate(const pt_new_words *w, const char *text, const pt_morpheme *m, size_t n,
                        size_t *after) {
    bool unknown = false;
    size_t k = 0;
    for (; k < n && pt_tag_is_noun(m[k].tag); k++)
        unknown |=
            count_syllables(m[k].form, m[k].bytes) > 0 && !is_known_noun(w->lexicon, m[k].form, m[k].bytes);
    *after = k;
    const bool ends = k == n || pt_tag_is_particle(m[k].tag) || pt_tag_is_symbol(m[k].tag);
    if (!unknown || !ends)
        return 0;
    const char *begin = text + m[0].begin;
    const size_t bytes = m[k - 1].end - m[0].begin;
    const unsigned syllables = count_syllables(begin, bytes);
    return syllables >= SHORTEST && syllables <= LONGEST && !is_known_noun(w->lexicon, begin, bytes) ? bytes
                                                                                                     : 0;
}

static reading read_eojeol(pt_new_words *w, pt_analyzer *analyzer, const char *text, size_t bytes) {
    const pt_morpheme *m;
    const size_t n = pt_analyzer_morphemes(analyzer, text, bytes, &m);
    reading r = {PT_NO_ID, PT_NO_ID};
    size_t after;
    const size_t length = n ? candidate(w, text, m, n, &after) : 0;
    if (length == 0)
        return r;
    r.word = pt_intern_add(w->words, text + m[0].begin, length);
    if (r.word == w->count.n)
        pt_vec_push(&w->count, 0);
    if (after < n && pt_tag_is_particle(m[after].tag))
        r.particle = pt_intern_add(w->particles, m[after].form, m[after].bytes);
    return r;
}

void pt_new_words_add(pt_new_words *w, pt_analyzer *analyzer, const char *text, size_t bytes) {
    uint32_t before = PT_NO_ID; /* the beginning of the text */
    for (size_t at = 0, n; pt_next_eojeol(text, bytes, &at, &n); at += n) {
        const uint32_t eojeol = pt_intern_add(w->eojeols, text + at, n);
        if (eojeol == w->readings.n)
            pt_vec_push(&w->readings, read_eojeol(w, analyzer, text + at, n));
        const reading r = w->readings.at[eojeol];
        if (r.word != PT_NO_ID) {
            w->count.at[r.word]++;
            note(&w->before, r.word, before);
            if (r.particle != PT_NO_ID)
                note(&w->behind, r.word, r.particle);
        }
        before = eojeol;
    }
}

static int by_count(const void *x, const void *y) {
    const row *a = x, *b = y;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->term, b->term);
}

size_t pt_new_words_table(pt_new_words *w, const pt_new_words_params *params, pt_buf *out) {
    const size_t n_words = w->count.n;
    PT_VEC(row) rows = {0};
    for (size_t k = 0; k < n_words; k++)
        pt_vec_push(&rows, ((row){pt_intern_text(w->words, (uint32_t)k), w->count.at[k], 0, 0}));
    settle(&w->behind);
    settle(&w->before);
    for (size_t k = 0; k < w->behind.n; k++)
        rows.at[w->behind.at[k].word].particles++;
    for (size_t k = 0; k < w->before.n; k++)
        rows.at[w->before.at[k].word].left++;
    pt_sort(rows.at, rows.n, sizeof *rows.at, by_count);
    size_t kept = 0;
    pt_buf_puts(out, "term\tclass\tcount\tparticles\tleft\n");
    for (size_t k = 0; k < rows.n; k++) {
        const row *r = &rows.at[k];
        if (r->count < params->min_count || r->particles < params->min_particles ||
            r->left < params->min_left)
            continue;
        pt_buf_printf(out, "%s\tNNG\t%u\t%u\t%u\n", r->term, r->count, r->particles, r->left);
        kept++;
    }
    pt_vec_free(&rows);
    return kept;
}
