/* SPDX-License-Identifier: Apache-2.0 */
/* A phrase is found by its joined text, not by its parts: 연료전지, 연료 전지 and whatever way the analyser
 * cuts them in context meet in one token. */
#include "study/terms.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "korean/stopwords.h"
#include "korean/unicode.h"

#include <string.h>

enum { MAX_PHRASE_NOUNS = 8, MAX_PHRASE_BYTES = 192 };
static const float weight_whole = 1, weight_piece = 0.7f;

typedef enum use_kind {
    USE_WHOLE,
    USE_PIECE,
    USE_NAME_WORD,
    USE_PART,
    USE_DEFINITION,
    USE_NEGATIVE
} use_kind;

pt_terms_weights pt_terms_weights_default(void) {
    return (pt_terms_weights){.name_word = 0.5f,
                              .part = 0.2f,
                              .definition = 0.4f,
                              .max_name_items = 2,
                              .max_part_items = 16,
                              .max_definition_items = 16};
}

/* An item speaks (or does not speak) of a form. */
typedef struct use {
    uint32_t form, item;
    use_kind kind;
    float weight; /* 0: too many items have it */
} use;

struct pt_terms {
    pt_stopwords *stopwords;
    pt_intern *forms;   /* everything that a use refers to */
    pt_intern *phrases; /* what is joined */
    pt_intern *learned; /* and what the patents at hand taught */
    PT_VEC(use) uses;
    PT_VEC(const char *) keep;
    PT_VEC(pt_seed_reading) readings; /* form: set when all are read */
    PT_VEC(uint32_t) reading_forms;
};

/* The word being analysed. */
typedef struct reading {
    pt_terms *terms;
    pt_analyzer *analyzer;
    uint32_t item;
    bool is_name, is_negative;
    const pt_terms_weights *weights;
} reading;

static size_t count_characters(const char *text, size_t bytes) {
    size_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static void add_use(reading *r, const char *form, size_t bytes, use_kind kind, float weight) {
    if (r->is_negative && kind != USE_NEGATIVE)
        return;
    const use u = {
        .form = pt_intern_add(r->terms->forms, form, bytes), .item = r->item, .kind = kind, .weight = weight};
    pt_vec_push(&r->terms->uses, u);
}

static void add_phrase(reading *r, const char *form, size_t bytes, use_kind kind, float weight) {
    if (bytes < MAX_PHRASE_BYTES)
        pt_intern_add(r->terms->phrases, form, bytes);
    add_use(r, form, bytes, r->is_negative ? USE_NEGATIVE : kind, weight);
}

/* As the analyser folds: NFC, lower case, and no blank. */
static void fold_word(const char *text, size_t bytes, pt_buf *out) {
    pt_buf folded = {0};
    pt_fold_text(text, bytes, &folded);
    pt_buf_clear(out);
    for (size_t at = 0, used; at < folded.n; at += used) {
        const uint32_t code = pt_utf8_decode(folded.at + at, folded.n - at, &used);
        char utf8[4];
        if (pt_script_of(code) != PT_SCRIPT_SPACE)
            pt_buf_append(out, utf8, pt_utf8_encode(pt_lower(code), utf8));
    }
    pt_buf_free(&folded);
}

static void join(const pt_noun *nouns, size_t n, pt_buf *out) {
    pt_buf_clear(out);
    for (size_t i = 0; i < n; i++)
        pt_buf_append(out, nouns[i].form, nouns[i].bytes);
}

/* Nouns of a word as it stands in a sentence: with an object particle the analyser keeps endings that look
 * like particles (파워트레인, 공진코일); bare where that alone reads the whole word. */
static size_t analyse(reading *r, const char *text, size_t bytes, const char *whole, const pt_noun **nouns) {
    size_t last = bytes, used;
    while (last > 0 && ((unsigned char)text[--last] & 0xC0) == 0x80)
        ;
    const uint32_t code = pt_utf8_decode(text + last, bytes - last, &used);
    char *in_context =
        pt_strfmt("%.*s%s", (int)bytes, text, pt_is_hangul(code) && pt_hangul_final(code) ? "을" : "를");
    pt_buf joined = {0};
    size_t n = pt_analyzer_nouns(r->analyzer, in_context, strlen(in_context), nouns);
    join(*nouns, n, &joined);
    if (strcmp(pt_buf_text(&joined), whole) != 0) {
        n = pt_analyzer_nouns(r->analyzer, text, bytes, nouns);
        join(*nouns, n, &joined);
        if (strcmp(pt_buf_text(&joined), whole) != 0)
            n = pt_analyzer_nouns(r->analyzer, in_context, strlen(in_context), nouns);
    }
    pt_buf_free(&joined);
    free(in_context);
    return n;
}

static void add_parts(reading *r, const pt_noun *nouns, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (count_characters(nouns[i].form, nouns[i].bytes) < 2)
            continue;
        if (r->is_name)
            add_use(r, nouns[i].form, nouns[i].bytes, USE_NAME_WORD, r->weights->name_word);
        else if (n > 1)
            add_use(r, nouns[i].form, nouns[i].bytes, USE_PART, r->weights->part);
    }
}

/* Prose: its words alone, no phrase of it. */
static void read_definition(reading *r, const char *text) {
    if (r->weights->definition <= 0)
        return;
    const pt_noun *nouns;
    const size_t n = pt_analyzer_nouns(r->analyzer, text, strlen(text), &nouns);
    for (size_t i = 0; i < n; i++)
        if (count_characters(nouns[i].form, nouns[i].bytes) > 1)
            add_use(r, nouns[i].form, nouns[i].bytes, USE_DEFINITION, r->weights->definition);
}

static void note_reading(reading *r, const pt_buf *whole, const pt_noun *nouns, size_t n) {
    if (r->is_name)
        return;
    pt_buf joined = {0};
    join(nouns, n, &joined);
    const bool is_whole = strcmp(pt_buf_text(&joined), pt_buf_text(whole)) == 0;
    const bool is_lost =
        n == 0 || (n == 1 && (count_characters(nouns[0].form, nouns[0].bytes) < 2 ||
                              pt_stopwords_has(r->terms->stopwords, nouns[0].form, nouns[0].bytes)));
    const pt_seed_reading seed = {.item = r->item,
                                  .is_negative = r->is_negative,
                                  .fate = is_lost    ? PT_SEED_LOST
                                          : is_whole ? PT_SEED_WHOLE
                                                     : PT_SEED_CUT};
    pt_vec_push(&r->terms->readings, seed);
    pt_vec_push(&r->terms->reading_forms, pt_intern_add(r->terms->forms, pt_buf_text(whole), whole->n));
    pt_buf_free(&joined);
}

static void read_word(void *user, const char *text, size_t bytes) {
    reading *r = user;
    pt_buf whole = {0}, joined = {0};
    fold_word(text, bytes, &whole);
    add_phrase(r, pt_buf_text(&whole), whole.n, USE_WHOLE, weight_whole);
    const pt_noun *nouns;
    const size_t n = analyse(r, text, bytes, pt_buf_text(&whole), &nouns);
    note_reading(r, &whole, nouns, n);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && (nouns[to].flags & PT_NOUN_ADJACENT);)
            to++;
        join(nouns + from, to - from, &joined);
        const bool is_all = from == 0 && to == n;
        const bool is_same = is_all && strcmp(pt_buf_text(&joined), pt_buf_text(&whole)) == 0;
        if (is_same)
            continue;
        if (to - from > 1) /* 파괴+검사 of 비파괴검사; 리튬+이차+전지 of 리튬이차전지용전해액 */
            add_phrase(r, pt_buf_text(&joined), joined.n, is_all ? USE_WHOLE : USE_PIECE,
                       is_all ? weight_whole : weight_piece);
        else if (!r->is_name && count_characters(pt_buf_text(&joined), joined.n) > 1) /* 수술 of 수술용 */
            add_use(r, pt_buf_text(&joined), joined.n, USE_PART, r->weights->part);
    }
    add_parts(r, nouns, n);
    pt_buf_free(&whole);
    pt_buf_free(&joined);
}

static int compare_uses(const void *a, const void *b) {
    const use *x = a, *y = b;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    if (x->form != y->form)
        return (x->form > y->form) - (x->form < y->form);
    return (x->item > y->item) - (x->item < y->item);
}

/* Words that too many items share say nothing about any of them. */
static void drop_common(pt_terms *terms, const pt_terms_weights *weights) {
    if (terms->uses.n)
        pt_sort(terms->uses.at, terms->uses.n, sizeof *terms->uses.at, compare_uses);
    for (size_t from = 0, to; from < terms->uses.n; from = to) {
        const use *first = &terms->uses.at[from];
        size_t n_items = 0;
        for (to = from; to < terms->uses.n && terms->uses.at[to].kind == first->kind &&
                        terms->uses.at[to].form == first->form;
             to++)
            n_items += to == from || terms->uses.at[to].item != terms->uses.at[to - 1].item;
        const size_t limit = first->kind == USE_PART         ? weights->max_part_items
                             : first->kind == USE_NAME_WORD  ? weights->max_name_items
                             : first->kind == USE_DEFINITION ? weights->max_definition_items
                                                             : n_items;
        for (size_t i = from; i < to && n_items > limit; i++)
            terms->uses.at[i].weight = 0;
        if (first->kind == USE_WHOLE)
            pt_vec_push(&terms->keep, pt_intern_text(terms->forms, first->form));
    }
}

pt_status pt_terms_new(const pt_items *items, pt_analyzer *analyzer, const char *dict_folder,
                       const pt_terms_weights *weights, pt_terms **out, pt_error *err) {
    const pt_terms_weights defaults = pt_terms_weights_default();
    if (!weights)
        weights = &defaults;
    *out = NULL;
    pt_terms *terms = pt_zalloc(1, sizeof *terms);
    const pt_status status = pt_stopwords_load(&terms->stopwords, dict_folder, err);
    terms->forms = pt_intern_new();
    terms->phrases = pt_intern_new();
    terms->learned = pt_intern_new();
    if (status) {
        pt_terms_free(terms);
        return status;
    }
    for (uint32_t k = 0; k < items->n; k++) {
        reading r = {.terms = terms, .analyzer = analyzer, .item = k, .weights = weights};
        pt_split(items->at[k].seeds, '|', read_word, &r);
        r.is_name = true;
        read_word(&r, items->at[k].name, strlen(items->at[k].name));
        r.is_name = false;
        read_definition(&r, items->at[k].definition);
        r.is_negative = true;
        pt_split(items->at[k].negatives, '|', read_word, &r);
    }
    drop_common(terms, weights);
    for (size_t i = 0; i < terms->readings.n; i++)
        terms->readings.at[i].form = pt_intern_text(terms->forms, terms->reading_forms.at[i]);
    *out = terms;
    return PT_OK;
}

void pt_terms_free(pt_terms *terms) {
    if (!terms)
        return;
    pt_stopwords_free(terms->stopwords);
    pt_intern_free(terms->forms);
    pt_intern_free(terms->phrases);
    pt_intern_free(terms->learned);
    pt_vec_free(&terms->uses);
    pt_vec_free(&terms->keep);
    pt_vec_free(&terms->readings);
    pt_vec_free(&terms->reading_forms);
    free(terms);
}

/* Nouns from `at` on that join to the longest phrase, at least two; 0 if there is none. */
static size_t find_phrase(const pt_terms *terms, const pt_term *nouns, size_t n, size_t at,
                          char joined[MAX_PHRASE_BYTES], size_t *bytes) {
    size_t found = 0, filled = 0;
    for (size_t i = at; i < n && i - at < MAX_PHRASE_NOUNS; i++) {
        if ((i > at && !(nouns[i].flags & PT_NOUN_ADJACENT)) || filled + nouns[i].bytes >= MAX_PHRASE_BYTES)
            break;
        memcpy(joined + filled, nouns[i].form, nouns[i].bytes);
        filled += nouns[i].bytes;
        if (i > at && (pt_intern_find(terms->phrases, joined, filled) != PT_NO_ID ||
                       pt_intern_find(terms->learned, joined, filled) != PT_NO_ID)) {
            found = i - at + 1;
            *bytes = filled;
        }
    }
    return found;
}

void pt_terms_add_phrase(pt_terms *terms, const char *joined) {
    if (strlen(joined) < MAX_PHRASE_BYTES)
        pt_intern_add(terms->learned, joined, strlen(joined));
}

void pt_terms_forget_phrases(pt_terms *terms) {
    pt_intern_free(terms->learned);
    terms->learned = pt_intern_new();
}

bool pt_terms_stops(const pt_terms *terms, const char *form, size_t bytes) {
    return pt_stopwords_has(terms->stopwords, form, bytes);
}

static void add_noun(const pt_terms *terms, pt_corpus_builder *builder, const pt_term *noun, uint8_t flags) {
    if (count_characters(noun->form, noun->bytes) < 2 ||
        pt_stopwords_has(terms->stopwords, noun->form, noun->bytes))
        return;
    if (noun->flags & PT_NOUN_MEANS)
        flags |= PT_TOKEN_MEANS;
    pt_corpus_builder_add(builder, noun->form, noun->bytes, flags);
}

void pt_terms_add(const pt_terms *terms, pt_corpus_builder *builder, const pt_term *nouns, size_t n,
                  bool is_title) {
    const uint8_t where = is_title ? PT_TOKEN_TITLE : 0;
    for (size_t at = 0; at < n;) {
        char joined[MAX_PHRASE_BYTES];
        size_t bytes = 0;
        const size_t length = find_phrase(terms, nouns, n, at, joined, &bytes);
        if (length == 0) {
            add_noun(terms, builder, &nouns[at++], where);
            continue;
        }
        const bool is_means = nouns[at + length - 1].flags & PT_NOUN_MEANS; /* the head stands last */
        pt_corpus_builder_add(builder, joined, bytes,
                              (uint8_t)(where | PT_TOKEN_TERM | (is_means ? PT_TOKEN_MEANS : 0)));
        for (const size_t end = at + length; at < end; at++)
            add_noun(terms, builder, &nouns[at], where | PT_TOKEN_PART);
    }
}

const pt_seed_reading *pt_terms_readings(const pt_terms *terms, size_t *n) {
    *n = terms->readings.n;
    return terms->readings.at;
}

bool pt_terms_has(const pt_terms *terms, const char *form) {
    return pt_intern_find(terms->forms, form, strlen(form)) != PT_NO_ID;
}

const char *const *pt_terms_forms(const pt_terms *terms, size_t *n) {
    *n = terms->keep.n;
    return terms->keep.at;
}

pt_seeds *pt_terms_seeds(const pt_terms *terms, const pt_items *items, const pt_corpus *corpus,
                         const pt_monitor *monitor, uint32_t *without) {
    pt_seeds_builder *builder = pt_seeds_builder_new(items->n);
    bool *has_seed = pt_zalloc(items->n, sizeof *has_seed);
    for (uint32_t k = 0; k < items->n; k++)
        pt_seeds_builder_set_method(builder, k, items->at[k].is_method);
    for (size_t i = 0; i < terms->uses.n; i++) {
        const use *u = &terms->uses.at[i];
        const uint32_t word = pt_corpus_find_word(corpus, pt_intern_text(terms->forms, u->form),
                                                  pt_intern_bytes(terms->forms, u->form));
        if (u->weight <= 0 || word == PT_NO_ID)
            continue;
        if (u->kind == USE_NEGATIVE) {
            pt_seeds_builder_add_negative(builder, u->item, word, u->weight);
            continue;
        }
        pt_seeds_builder_add(builder, u->item, word, u->weight);
        has_seed[u->item] = has_seed[u->item] || u->kind != USE_DEFINITION;
    }
    uint32_t n_without = 0;
    for (uint32_t k = 0; k < items->n; k++)
        if (!has_seed[k]) {
            n_without++;
            pt_say(monitor, PT_LEVEL_WARN, "item %s %s: none of its seeds stands in any patent",
                   items->at[k].id, items->at[k].name);
        }
    if (without)
        *without = n_without;
    free(has_seed);
    pt_seeds *seeds = pt_seeds_build(builder);
    pt_seeds_builder_free(builder);
    return seeds;
}
