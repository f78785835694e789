/* SPDX-License-Identifier: Apache-2.0 */
/* From the morphemes of an eojeol to its nouns: suffixes that stay or fall, Latin runs folded, and the traits
 * by which eojeols are tied together. */
#include "korean/eojeol.h"

#include <string.h>

/* Nouns whose 하다 form makes the object before it a means. */
static const char *const MEANS_NOUNS[] = {"이용", "활용", "사용", "적용", "응용", "채용", "기반"};

static bool is_content(pt_tag tag) {
    return pt_tag_is_noun(tag) || tag == PT_SL || tag == PT_SH;
}

static bool spelled(const pt_eojeol *e, const pt_eojeol_morpheme *m, const char *form) {
    return m->bytes == strlen(form) && memcmp(e->chars.at + m->form, form, m->bytes) == 0;
}

static uint32_t code_of(const pt_eojeol *e, const pt_eojeol_morpheme *m) {
    size_t used;
    return pt_utf8_decode(e->chars.at + m->form, m->bytes, &used);
}

static pt_suffix_action suffix_of(const pt_eojeol *e, const pt_eojeol_morpheme *m,
                                  const pt_lexicon *lexicon) {
    if (m->bytes != 3)
        return PT_SUFFIX_NONE;
    const uint32_t code = code_of(e, m);
    return pt_is_hangul(code) ? (pt_suffix_action)lexicon->suffixes[code - PT_HANGUL_FIRST] : PT_SUFFIX_NONE;
}

/* Copies a form to the end of chars, Latin in lower case; the last noun is always at the end of chars. */
static void append_form(pt_eojeol *e, uint32_t form, uint32_t bytes, bool lower) {
    for (uint32_t at = form; at < form + bytes;) {
        size_t used;
        const uint32_t code = pt_utf8_decode(e->chars.at + at, form + bytes - at, &used);
        char text[4];
        const size_t n = pt_utf8_encode(lower ? pt_lower(code) : code, text);
        pt_buf_append(&e->chars, text, n);
        at += (uint32_t)used;
    }
}

static void extend_noun(pt_eojeol *e, const pt_eojeol_morpheme *m) {
    pt_eojeol_noun *noun = &e->nouns.at[e->nouns.n - 1];
    append_form(e, m->form, m->bytes, m->tag == PT_SL);
    noun->bytes = (uint32_t)e->chars.n - noun->form;
}

static void add_noun(pt_eojeol *e, const pt_eojeol_morpheme *m, bool glued) {
    const uint32_t flags =
        (glued ? PT_NOUN_ADJACENT | PT_NOUN_GLUED : 0u) | (m->tag == PT_SL ? PT_NOUN_LATIN : 0u);
    pt_vec_push(&e->nouns, ((pt_eojeol_noun){(uint32_t)e->chars.n, 0, flags}));
    extend_noun(e, m);
}

/* α-아미노산: one Greek letter, a hyphen, a noun. */
static bool joins_greek(const pt_eojeol *e, size_t k) {
    if (k < 2 || e->morphemes.at[k - 2].tag != PT_SL || !spelled(e, &e->morphemes.at[k - 1], "-"))
        return false;
    const uint32_t code = code_of(e, &e->morphemes.at[k - 2]);
    return e->morphemes.at[k - 2].bytes == 2 && code >= 0x370 && code <= 0x3FF;
}

/* Whether the last noun and the morpheme glued to it are one chemical name. */
static bool joins_chemical(const pt_eojeol *e, const pt_eojeol_morpheme *m, pt_pattern *chemical) {
    const pt_eojeol_noun *noun = &e->nouns.at[e->nouns.n - 1];
    if (!chemical || !pt_tag_is_noun(m->tag) || (noun->flags & PT_NOUN_LATIN) || noun->bytes + m->bytes > 120)
        return false;
    char text[128];
    memcpy(text, e->chars.at + noun->form, noun->bytes);
    text[noun->bytes] = '+';
    memcpy(text + noun->bytes + 1, e->chars.at + m->form, m->bytes);
    pt_match match;
    return pt_pattern_match(chemical, text, noun->bytes + 1 + m->bytes, 0, &match);
}

static void collect(pt_eojeol *e, const pt_lexicon *lexicon, pt_pattern *chemical) {
    bool open = false; /* the morpheme before belongs to the last noun */
    for (size_t k = 0; k < e->morphemes.n; k++) {
        const pt_eojeol_morpheme m = e->morphemes.at[k];
        const bool ends = k + 1 == e->morphemes.n || !is_content(e->morphemes.at[k + 1].tag);
        const bool suffix = open && (m.tag == PT_XSN || (pt_tag_is_noun(m.tag) && ends));
        const pt_suffix_action action = suffix ? suffix_of(e, &m, lexicon) : PT_SUFFIX_NONE;
        if (action == PT_SUFFIX_KEEP || (is_content(m.tag) && e->nouns.n && joins_greek(e, k))) {
            if (m.tag != PT_XSN && !open)
                extend_noun(e, &e->morphemes.at[k - 1]);
            extend_noun(e, &m);
            open = true;
        } else if (open && action == PT_SUFFIX_NONE && is_content(m.tag) && joins_chemical(e, &m, chemical)) {
            extend_noun(e, &m);
        } else if (action == PT_SUFFIX_DROP || !is_content(m.tag)) {
            open = false;
        } else {
            const bool prefixed = k > 0 && e->morphemes.at[k - 1].tag == PT_XPN && m.tag != PT_SL;
            add_noun(e, prefixed ? &e->morphemes.at[k - 1] : &m, open);
            if (prefixed)
                extend_noun(e, &m);
            open = true;
        }
    }
    e->traits |= open ? PT_EOJEOL_OPEN : 0;
}

static bool is_means_noun(const pt_eojeol *e, const pt_eojeol_morpheme *m) {
    for (size_t k = 0; k < sizeof MEANS_NOUNS / sizeof *MEANS_NOUNS; k++)
        if (spelled(e, m, MEANS_NOUNS[k]))
            return true;
    return false;
}

/* 이용한, 활용하여, 적용된, 통해: a modifier or an adverb, not the main verb of the sentence. */
static bool makes_means(const pt_eojeol *e) {
    const size_t n = e->morphemes.n;
    if (n < 2)
        return false;
    const pt_eojeol_morpheme *m = e->morphemes.at;
    const bool noun = pt_tag_is_noun(m[0].tag) && is_means_noun(e, &m[0]) && m[1].tag == PT_XSV;
    const bool verb = m[0].tag == PT_VV && (spelled(e, &m[0], "통하") || spelled(e, &m[0], "의하"));
    const pt_tag last = m[n - 1].tag == PT_SP && n > 2 ? m[n - 2].tag : m[n - 1].tag;
    return (noun || verb) && (last == PT_ETM || last == PT_EC);
}

/* 딥러닝기반, 기반의: marks the nouns in the same eojeol, or asks for those before it. */
static void mark_based(pt_eojeol *e) {
    for (size_t k = 0; k < e->nouns.n; k++) {
        const pt_eojeol_noun *noun = &e->nouns.at[k];
        if (noun->bytes != strlen("기반") || memcmp(e->chars.at + noun->form, "기반", noun->bytes) != 0)
            continue;
        if (k == 0 && (e->traits & PT_EOJEOL_HEAD))
            e->traits |= PT_EOJEOL_BASED;
        for (size_t j = k; j > 0 && (e->nouns.at[j].flags & PT_NOUN_GLUED); j--)
            e->nouns.at[j - 1].flags |= PT_NOUN_MEANS;
    }
}

static bool begins_with_measure(const pt_eojeol *e, pt_pattern *measure) {
    const pt_eojeol_morpheme *m = &e->morphemes.at[0];
    pt_match match;
    return measure && m->tag == PT_SL && e->nouns.n &&
           pt_pattern_match(measure, e->chars.at + m->form, m->bytes, 0, &match);
}

void pt_eojeol_find_nouns(pt_eojeol *e, const pt_lexicon *lexicon, const pt_eojeol_patterns *patterns) {
    e->traits = 0;
    if (e->morphemes.n == 0)
        return;
    collect(e, lexicon, patterns->use[PT_PATTERN_CHEMICAL]);
    const pt_eojeol_morpheme *m = e->morphemes.at, *last = &m[e->morphemes.n - 1];
    if (is_content(m[0].tag))
        e->traits |= PT_EOJEOL_HEAD;
    if (begins_with_measure(e, patterns->use[PT_PATTERN_MEASURE]))
        e->traits |= PT_EOJEOL_MEASURE;
    if (last->tag == PT_JKO)
        e->traits |= PT_EOJEOL_OBJECT;
    if (last->tag == PT_SN)
        e->traits |= PT_EOJEOL_NUMBER;
    for (size_t k = 0; k < e->morphemes.n; k++)
        if (m[k].tag == PT_SF || m[k].tag == PT_SP || m[k].tag == PT_EF || m[k].tag == PT_EC ||
            m[k].tag == PT_ETM || m[k].tag == PT_JKS || spelled(e, &m[k], "는") || spelled(e, &m[k], "은"))
            e->traits |= PT_EOJEOL_CLAUSE;
    if (makes_means(e))
        e->traits |= PT_EOJEOL_MEANS;
    mark_based(e);
}
