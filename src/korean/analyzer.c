/* SPDX-License-Identifier: Apache-2.0 */
/* Text to eojeols, eojeols to the cache or the lattice, and the ties between neighbours. */
#include "korean/analyzer.h"
#include "base/intern.h"
#include "korean/eojeol.h"

#include <assert.h>
#include <string.h>

enum { CACHE_SLOTS = 1 << 14, CACHE_KEY_MAX = 64 };

typedef struct cached {
    uint64_t hash;
    char *key; /* NULL = empty */
    size_t key_bytes;
    pt_eojeol eojeol;
} cached;

struct pt_analyzer {
    const pt_lexicon *lexicon;
    pt_lattice *lattice;
    pt_eojeol_patterns patterns;
    pt_eojeol scratch;
    cached *cache; /* [CACHE_SLOTS], NULL = off */
    pt_buf chars;  /* forms of the last result */
    PT_VEC(pt_morpheme) morphemes;
    PT_VEC(pt_noun) nouns;
    PT_VEC(size_t) forms; /* where in chars the form of a result begins */
};

pt_analyzer *pt_analyzer_new(const pt_lexicon *lexicon) {
    pt_analyzer *a = pt_zalloc(1, sizeof *a);
    a->lexicon = lexicon;
    a->lattice = pt_lattice_new(lexicon);
    /* The builder compiled each of them once; one that fails here leaves text as it is. */
    const char *expression = lexicon->pattern;
    for (int k = 0; k < PT_PATTERNS; k++, expression += strlen(expression) + 1)
        if (pt_pattern_compile(&a->patterns.use[k], expression, "dictionary", NULL))
            a->patterns.use[k] = NULL;
    pt_analyzer_use_cache(a, true);
    return a;
}

static void free_cache(pt_analyzer *a) {
    if (a->cache)
        for (size_t k = 0; k < CACHE_SLOTS; k++) {
            free(a->cache[k].key);
            pt_eojeol_free(&a->cache[k].eojeol);
        }
    free(a->cache);
    a->cache = NULL;
}

void pt_analyzer_free(pt_analyzer *a) {
    if (!a)
        return;
    free_cache(a);
    pt_lattice_free(a->lattice);
    for (int k = 0; k < PT_PATTERNS; k++)
        pt_pattern_free(a->patterns.use[k]);
    pt_eojeol_free(&a->scratch);
    pt_buf_free(&a->chars);
    pt_vec_free(&a->morphemes);
    pt_vec_free(&a->nouns);
    pt_vec_free(&a->forms);
    free(a);
}

void pt_analyzer_use_cache(pt_analyzer *a, bool on) {
    if (!on)
        free_cache(a);
    else if (!a->cache)
        a->cache = pt_zalloc(CACHE_SLOTS, sizeof *a->cache);
}

/* The analysis of one eojeol; borrowed until the next call. */
static const pt_eojeol *analyze(pt_analyzer *a, const char *text, size_t bytes) {
    if (!a->cache || bytes > CACHE_KEY_MAX) {
        pt_eojeol_analyze(&a->scratch, a->lexicon, a->lattice, &a->patterns, text, bytes);
        return &a->scratch;
    }
    const uint64_t hash = pt_hash_bytes(text, bytes);
    cached *slot = &a->cache[hash % CACHE_SLOTS];
    if (slot->key && slot->hash == hash && slot->key_bytes == bytes && memcmp(slot->key, text, bytes) == 0)
        return &slot->eojeol;
    slot->key = pt_realloc(slot->key, bytes, 1);
    memcpy(slot->key, text, bytes);
    slot->key_bytes = bytes;
    slot->hash = hash;
    pt_eojeol_analyze(&slot->eojeol, a->lexicon, a->lattice, &a->patterns, text, bytes);
    return &slot->eojeol;
}

/* The next eojeol at or after *at, its length, and the white-space characters before it; false at the end. */
static bool next_eojeol(const char *text, size_t bytes, size_t *at, size_t *n, size_t *gap) {
    size_t k = *at;
    for (*gap = 0; k < bytes; ++*gap) {
        size_t used;
        if (pt_script_of(pt_utf8_decode(text + k, bytes - k, &used)) != PT_SCRIPT_SPACE)
            break;
        k += used;
    }
    if (k == bytes)
        return false;
    *at = k;
    while (k < bytes) {
        const unsigned char c = (unsigned char)text[k];
        size_t used = 1;
        if (c >= 0xE1 && c <= 0xE3
                ? pt_script_of(pt_utf8_decode(text + k, bytes - k, &used)) == PT_SCRIPT_SPACE
            : c == 0xC2 ? k + 1 < bytes && (unsigned char)text[k + 1] == 0xA0
                        : c == ' ' || c - 9u < 5)
            break;
        k += used;
    }
    *n = k - *at;
    return true;
}

static void start_result(pt_analyzer *a) {
    pt_buf_clear(&a->chars);
    pt_vec_clear(&a->morphemes);
    pt_vec_clear(&a->nouns);
    pt_vec_clear(&a->forms);
}

static void keep_form(pt_analyzer *a, const pt_eojeol *e, uint32_t form, uint32_t bytes) {
    pt_vec_push(&a->forms, a->chars.n);
    pt_buf_append(&a->chars, e->chars.at + form, bytes);
}

size_t pt_analyzer_morphemes(pt_analyzer *a, const char *text, size_t bytes, const pt_morpheme **out) {
    start_result(a);
    uint32_t eojeol = 0;
    for (size_t at = 0, n, gap; next_eojeol(text, bytes, &at, &n, &gap); at += n) {
        eojeol += (uint32_t)gap;
        const pt_eojeol *e = analyze(a, text + at, n);
        for (size_t k = 0; k < e->morphemes.n; k++) {
            const pt_eojeol_morpheme *m = &e->morphemes.at[k];
            keep_form(a, e, m->form, m->bytes);
            pt_vec_push(&a->morphemes,
                        ((pt_morpheme){NULL, m->bytes, eojeol, m->tag, at + m->begin, at + m->end}));
        }
    }
    for (size_t k = 0; k < a->morphemes.n; k++)
        a->morphemes.at[k].form = a->chars.at + a->forms.at[k];
    *out = a->morphemes.at;
    return a->morphemes.n;
}

/* What the walk over a text remembers from eojeol to eojeol. */
typedef struct memory {
    uint32_t traits; /* of the eojeol before */
    size_t clause;   /* first noun of the current clause */
} memory;

static void mark_means(pt_analyzer *a, const memory *before, const pt_eojeol *e, bool near) {
    if ((e->traits & PT_EOJEOL_MEANS) && (before->traits & PT_EOJEOL_OBJECT))
        for (size_t k = before->clause; k < a->nouns.n; k++)
            a->nouns.at[k].flags |= PT_NOUN_MEANS;
    if ((e->traits & PT_EOJEOL_BASED) && (before->traits & PT_EOJEOL_OPEN) && near)
        for (size_t k = a->nouns.n; k > 0; k--) {
            a->nouns.at[k - 1].flags |= PT_NOUN_MEANS;
            if (!(a->nouns.at[k - 1].flags & PT_NOUN_ADJACENT))
                break;
        }
}

/* "5 mm": a Latin run behind a number that is a unit of measure. */
static bool is_measure(pt_analyzer *a, const memory *before, const pt_eojeol *e) {
    pt_pattern *measure = a->patterns.use[PT_PATTERN_MEASURE];
    pt_match match;
    if (!(before->traits & PT_EOJEOL_NUMBER) || !(e->traits & PT_EOJEOL_HEAD) || !e->nouns.n ||
        !(e->nouns.at[0].flags & PT_NOUN_LATIN))
        return false;
    const pt_eojeol_morpheme *m = &e->morphemes.at[0];
    return measure && pt_pattern_match(measure, e->chars.at + m->form, m->bytes, 0, &match);
}

static void add_nouns(pt_analyzer *a, memory *before, const pt_eojeol *e, uint32_t eojeol, bool near) {
    mark_means(a, before, e, near);
    for (size_t k = is_measure(a, before, e); k < e->nouns.n; k++) {
        const pt_eojeol_noun *noun = &e->nouns.at[k];
        uint32_t flags = noun->flags;
        if (k == 0 && near && (e->traits & PT_EOJEOL_HEAD) && (before->traits & PT_EOJEOL_OPEN))
            flags |= PT_NOUN_ADJACENT;
        keep_form(a, e, noun->form, noun->bytes);
        pt_vec_push(&a->nouns, ((pt_noun){NULL, noun->bytes, flags, eojeol}));
    }
    before->traits = e->traits;
    if (e->traits & PT_EOJEOL_CLAUSE)
        before->clause = a->nouns.n;
}

size_t pt_analyzer_nouns(pt_analyzer *a, const char *text, size_t bytes, const pt_noun **out) {
    start_result(a);
    memory before = {0};
    uint32_t eojeol = 0;
    for (size_t at = 0, n, gap; next_eojeol(text, bytes, &at, &n, &gap); at += n) {
        eojeol += (uint32_t)gap;
        add_nouns(a, &before, analyze(a, text + at, n), eojeol, gap == 1);
    }
    for (size_t k = 0; k < a->nouns.n; k++)
        a->nouns.at[k].form = a->chars.at + a->forms.at[k];
    *out = a->nouns.at;
    return a->nouns.n;
}
