/* SPDX-License-Identifier: Apache-2.0 */
/* Text to eojeols, eojeols to the cache or the lattice, and the ties between neighbours. */
#include "korean/analyzer.h"
#include "korean/cache.h"

#include <string.h>

struct pt_analyzer {
    const pt_lexicon *lexicon;
    pt_lattice *lattice;
    pt_eojeol_patterns patterns;
    pt_eojeol scratch;
    pt_cache *cache; /* NULL = off */
    pt_buf chars;    /* forms of the last result */
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

void pt_analyzer_free(pt_analyzer *a) {
    if (!a)
        return;
    pt_cache_free(a->cache);
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

uint64_t pt_analyzer_steps(const pt_analyzer *a) {
    return pt_lattice_steps(a->lattice);
}

void pt_analyzer_use_cache(pt_analyzer *a, bool on) {
    if (on && a->cache)
        return;
    pt_cache_free(a->cache);
    a->cache = on ? pt_cache_new() : NULL;
}

/* The analysis of one eojeol; borrowed until the next call. */
static const pt_eojeol *analyze(pt_analyzer *a, const char *text, size_t bytes) {
    pt_eojeol_analyze(&a->scratch, a->lexicon, a->lattice, &a->patterns, text, bytes);
    return &a->scratch;
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

bool pt_next_eojeol(const char *text, size_t bytes, size_t *at, size_t *n) {
    size_t gap;
    return next_eojeol(text, bytes, at, n, &gap);
}

static void start_result(pt_analyzer *a) {
    pt_buf_clear(&a->chars);
    pt_vec_clear(&a->morphemes);
    pt_vec_clear(&a->nouns);
    pt_vec_clear(&a->forms);
}

static void keep_form(pt_analyzer *a, const char *form, uint32_t bytes) {
    pt_vec_push(&a->forms, a->chars.n);
    pt_buf_append(&a->chars, form, bytes);
}

size_t pt_analyzer_morphemes(pt_analyzer *a, const char *text, size_t bytes, const pt_morpheme **out) {
    start_result(a);
    uint32_t eojeol = 0;
    for (size_t at = 0, n, gap; next_eojeol(text, bytes, &at, &n, &gap); at += n) {
        eojeol += (uint32_t)gap;
        const pt_eojeol *e = analyze(a, text + at, n);
        for (size_t k = 0; k < e->morphemes.n; k++) {
            const pt_eojeol_morpheme *m = &e->morphemes.at[k];
            keep_form(a, e->chars.at + m->form, m->bytes);
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

static void mark_means(pt_analyzer *a, const memory *before, uint32_t traits, bool near) {
    if ((traits & PT_EOJEOL_MEANS) && (before->traits & PT_EOJEOL_OBJECT))
        for (size_t k = before->clause; k < a->nouns.n; k++)
            a->nouns.at[k].flags |= PT_NOUN_MEANS;
    if ((traits & PT_EOJEOL_BASED) && (before->traits & PT_EOJEOL_OPEN) && near)
        for (size_t k = a->nouns.n; k > 0; k--) {
            a->nouns.at[k - 1].flags |= PT_NOUN_MEANS;
            if (!(a->nouns.at[k - 1].flags & PT_NOUN_ADJACENT))
                break;
        }
}

static void add_noun(pt_analyzer *a, const char *form, uint32_t bytes, uint32_t flags, uint32_t eojeol) {
    keep_form(a, form, bytes);
    pt_vec_push(&a->nouns, ((pt_noun){NULL, bytes, flags, eojeol}));
}

/* Whether the first noun of an eojeol is none after all: "5 mm". */
static bool is_measure(const memory *before, uint32_t traits) {
    return (before->traits & PT_EOJEOL_NUMBER) && (traits & PT_EOJEOL_MEASURE);
}

/* What the eojeol before says about the first noun of this one. */
static uint32_t tie(const memory *before, uint32_t traits, bool near) {
    return near && (traits & PT_EOJEOL_HEAD) && (before->traits & PT_EOJEOL_OPEN) ? PT_NOUN_ADJACENT : 0;
}

static void remember(pt_analyzer *a, memory *before, uint32_t traits) {
    before->traits = traits;
    if (traits & PT_EOJEOL_CLAUSE)
        before->clause = a->nouns.n;
}

static void add_known(pt_analyzer *a, memory *before, const pt_known *known, uint32_t eojeol, bool near) {
    mark_means(a, before, known->traits, near);
    for (unsigned k = is_measure(before, known->traits); k < known->n_nouns; k++) {
        const pt_known_noun *noun = &known->nouns[k];
        const uint32_t more = k ? 0 : tie(before, known->traits, near);
        add_noun(a, known->chars + noun->form, noun->bytes, noun->flags | more, eojeol);
    }
    remember(a, before, known->traits);
}

static void add_nouns(pt_analyzer *a, memory *before, const pt_eojeol *e, uint32_t eojeol, bool near) {
    mark_means(a, before, e->traits, near);
    for (size_t k = is_measure(before, e->traits); k < e->nouns.n; k++) {
        const pt_eojeol_noun *noun = &e->nouns.at[k];
        const uint32_t more = k ? 0 : tie(before, e->traits, near);
        add_noun(a, e->chars.at + noun->form, noun->bytes, noun->flags | more, eojeol);
    }
    remember(a, before, e->traits);
}

size_t pt_analyzer_nouns(pt_analyzer *a, const char *text, size_t bytes, const pt_noun **out) {
    start_result(a);
    memory before = {0};
    uint32_t eojeol = 0;
    for (size_t at = 0, n, gap; next_eojeol(text, bytes, &at, &n, &gap); at += n) {
        eojeol += (uint32_t)gap;
        pt_known known;
        if (a->cache && pt_cache_find(a->cache, text + at, n, &known)) {
            add_known(a, &before, &known, eojeol, gap == 1);
            continue;
        }
        const pt_eojeol *e = analyze(a, text + at, n);
        if (a->cache)
            pt_cache_keep(a->cache, text + at, n, e);
        add_nouns(a, &before, e, eojeol, gap == 1);
    }
    for (size_t k = 0; k < a->nouns.n; k++)
        a->nouns.at[k].form = a->chars.at + a->forms.at[k];
    *out = a->nouns.at;
    return a->nouns.n;
}

static void put_analysis(pt_buf *out, const pt_lexicon *lexicon, const pt_step *step) {
    if (!step->unit || !step->unit->morphemes) {
        pt_buf_puts(out, pt_tag_key((pt_tag)(step->unit ? lexicon->left_tags[step->unit->left] : step->tag)));
        return;
    }
    const pt_lexeme *lexeme = lexicon->lexemes + step->unit->morphemes;
    for (;; lexeme++) {
        pt_buf_append(out, lexicon->forms + lexeme->form, lexeme->bytes);
        pt_buf_printf(out, "/%s", pt_tag_key((pt_tag)lexeme->tag));
        if (lexeme->last)
            return;
        pt_buf_putc(out, '+');
    }
}

static bool same_step(const pt_step *a, const pt_step *b) {
    return a->begin == b->begin && a->end == b->end && a->unit == b->unit && a->tag == b->tag;
}

static void explain_piece(const pt_analyzer *a, const pt_piece *piece, const pt_step *path, unsigned n,
                          uint32_t eojeol, pt_buf *out) {
    pt_way way;
    for (unsigned end = 1, next = 0; end <= piece->n; end++) {
        for (unsigned k = 0; pt_lattice_way(a->lattice, end, k, &way); k++) {
            const pt_cell *first = &piece->cell[way.step.begin], *last = &piece->cell[end - 1];
            pt_buf_printf(out, "%u\t%u\t%u\t%.*s\t", eojeol, way.step.begin, end,
                          (int)(last->text_end - first->text), piece->text + first->text);
            put_analysis(out, a->lexicon, &way.step);
            const char *kind = way.step.unit ? "word" : piece->cell[way.step.begin].tag ? "run" : "unknown";
            const bool taken = next < n && same_step(&way.step, &path[next]);
            pt_buf_printf(out, "\t%s\t%d\t%s\n", kind, way.cost, taken ? "*" : "");
        }
        while (next < n && path[next].end <= end)
            next++;
    }
}

void pt_analyzer_explain(pt_analyzer *a, const char *text, size_t bytes, pt_buf *out) {
    uint32_t eojeol = 0;
    for (size_t at = 0, n, gap; next_eojeol(text, bytes, &at, &n, &gap); at += n) {
        eojeol += (uint32_t)gap;
        for (size_t done = 0; done < n;) {
            pt_piece piece;
            pt_step path[PT_PIECE_GLYPHS];
            pt_scan(a->lexicon, a->patterns.use[PT_PATTERN_CUTS], text + at + done, n - done, &piece);
            const unsigned steps = pt_lattice_run(a->lattice, &piece, path);
            explain_piece(a, &piece, path, steps, eojeol, out);
            done += piece.used;
        }
    }
}
