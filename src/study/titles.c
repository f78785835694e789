/* SPDX-License-Identifier: Apache-2.0 */
/* titles.c - see titles.h. */
#include "study/titles.h"
#include "base/buf.h"
#include "base/vec.h"
#include "study/title_parts.h"
#include <string.h>

typedef struct segment {
    const pt_title_token *at;
    size_t n;
    pt_slice tail;  /* written after the tokens: 장치, 기술; n = 0: nothing */
    pt_slice minor; /* a treatment before the tail that may be left out with it: 제조 (기술) */
} segment;

static const pt_slice technique = {"기술", 6};

/* Drops an anaphor with its clause from the front; *only_points when nothing of its own is left. */
static void drop_anaphor(segment *s, bool *only_points) {
    pt_slice rest;
    *only_points = false;
    if (s->n == 0 || !pt_title_word_is_anaphor(s->at[0].text, &rest))
        return;
    size_t verb = 0;
    while (verb < s->n && s->at[verb].kind != PT_TITLE_VERB)
        verb++;
    if (verb == s->n) {
        /* 그 냉각 시스템: a part of what was said; a longer phrase stands for itself */
        *only_points = s->n <= 3;
        verb = 0;
    }
    while (verb + 1 < s->n && s->at[verb + 1].kind == PT_TITLE_VERB)
        verb++;
    s->at += verb + 1;
    s->n -= verb + 1;
}

/* X의 제조 방법 -> X (제조 기술); 경로 생성 방법 -> 경로 생성 기술; … 산출 방법 및 장치 -> … 산출 장치. */
static void strip_method(segment *s, pt_slice machine) {
    static const char *const word[] = {"방법", "제법", "용도", "방법론"};
    if (s->n == 0)
        return;
    pt_slice last = s->at[s->n - 1].text;
    size_t ending = 0;
    for (size_t i = 0; i < sizeof word / sizeof *word && ending == 0; i++)
        if (pt_slice_ends(last, word[i]))
            ending = strlen(word[i]);
    if (ending == 0 || s->at[s->n - 1].kind != PT_TITLE_NOUN)
        return;
    const bool is_use = pt_slice_ends(last, "용도");
    pt_slice act = {last.at, last.n - ending};
    s->n--;
    if (act.n == 0 && s->n > 0 && s->at[s->n - 1].kind == PT_TITLE_NOUN &&
        !(s->n > 1 && pt_title_joins(&s->at[s->n - 2])))
        act = s->at[--s->n].text;
    while (is_use && s->n > 0 && s->at[s->n - 1].kind == PT_TITLE_NOUN &&
           pt_title_word_is_bare(s->at[s->n - 1].text))
        act = s->at[--s->n].text; /* 의약 용도, 치료 용도 */
    if (is_use)
        return;
    s->tail = machine.n > 0 ? machine : technique;
    if (act.n > 0)
        s->minor = act;
}

/* The treatments go without trace, other acts (생성, 검출) stay in the name. */
static bool minor_is_treatment(const segment *s) {
    return s->minor.n > 0 && pt_title_word_is_treatment(s->minor);
}

/* --- phrases --- */

static void trim(segment *s) {
    while (s->n > 0 && pt_title_joins(&s->at[0])) {
        s->at++;
        s->n--;
    }
    while (s->n > 0 && pt_title_joins(&s->at[s->n - 1]))
        s->n--;
}

static bool is_new(const pt_phrases *out, size_t first, const char *text, const char *left) {
    for (size_t i = first; i < out->n; i++)
        if (strcmp(out->at[i].text, text) == 0 && (!out->at[i].left || left))
            return false;
    return true;
}

/* Words of a phrase as they will be read. */
typedef struct draft {
    pt_slice word[PT_NAME_EOJEOLS + 2];
    bool dot_before[PT_NAME_EOJEOLS + 2]; /* joined to the word before it by · */
    size_t n;
    bool too_long;
} draft;

static void draft_add(draft *d, pt_slice word, bool dot_before) {
    if (d->n == sizeof d->word / sizeof *d->word) {
        d->too_long = true;
        return;
    }
    d->dot_before[d->n] = dot_before;
    d->word[d->n++] = word;
}

static bool draft_is_bare(const draft *d) {
    for (size_t i = 0; i < d->n; i++)
        if (!pt_title_word_is_bare(d->word[i]))
            return false;
    return true;
}

static void emit(const draft *d, pt_slice left, bool has_clause, size_t first, pt_phrases *out) {
    if (d->too_long || d->n == 0 || draft_is_bare(d) || pt_title_word_is_bad_end(d->word[d->n - 1]))
        return;
    pt_buf text = {0};
    unsigned eojeols = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (i > 0)
            pt_buf_puts(&text, d->dot_before[i] ? "·" : " ");
        eojeols += !d->dot_before[i];
        pt_buf_append(&text, d->word[i].at, d->word[i].n);
    }
    const size_t syllables = pt_slice_syllables((pt_slice){pt_buf_text(&text), text.n});
    char *neighbour = left.n > 0 ? pt_strndup(left.at, left.n) : NULL;
    if (eojeols <= PT_NAME_EOJEOLS && syllables <= PT_NAME_SYLLABLES && (eojeols > 1 || syllables >= 4) &&
        is_new(out, first, pt_buf_text(&text), neighbour)) {
        pt_vec_push(out, ((pt_phrase){.text = pt_strdup(pt_buf_text(&text)),
                                      .left = neighbour,
                                      .eojeols = eojeols,
                                      .has_clause = has_clause,
                                      .ends_in_machine = pt_title_word_machine(d->word[d->n - 1]).n > 0}));
        neighbour = NULL;
    }
    free(neighbour);
    pt_buf_free(&text);
}

/* May the conjunction at i stand in a name, as ·? The noun on its right must modify what follows or end in a
 * head (로딩·부착장치), and the left side must be one noun (트립신·키모트립신 억제제) or an act (비만
 * 예방·치료용 조성물). */
static bool may_dot(const draft *d, const segment *s, size_t i) {
    pt_slice rest;
    if (d->n == 0 || i + 1 >= s->n || s->at[i + 1].kind != PT_TITLE_NOUN ||
        pt_title_word_is_anaphor(s->at[i + 1].text, &rest))
        return false;
    const pt_slice right = s->at[i + 1].text;
    if (i + 2 >= s->n && s->tail.n == 0)
        return pt_title_word_is_head(right) && !pt_title_word_is_bare(right);
    const bool act = i > 0 && pt_title_word_is_act(s->at[i - 1].text);
    return act || (d->n == 1 && s->at[i].kind == PT_TITLE_AND);
}

/* Adds tokens [from, to) of a noun run; false when something in it cannot stand in a name. */
static bool add_run(draft *d, const segment *s, size_t from, size_t to) {
    bool dot = false;
    for (size_t i = from; i < to; i++) {
        const pt_title_token *t = &s->at[i];
        pt_slice rest;
        if (pt_title_joins(t)) {
            if (!may_dot(d, s, i))
                return false;
        } else if (t->kind == PT_TITLE_VERB || t->kind == PT_TITLE_PARTICLE ||
                   pt_title_word_is_anaphor(t->text, &rest)) {
            return false;
        } else if (!pt_title_word_is_filler(t->text)) {
            const bool genitive = t->kind == PT_TITLE_GENITIVE || t->kind == PT_TITLE_MANNER;
            draft_add(d, genitive ? pt_slice_without(t->text, strlen("의")) : t->text, dot);
        }
        dot = pt_title_joins(t);
    }
    return true;
}

static void add_tail(draft *d, const segment *s) {
    if (s->tail.n == 0)
        return;
    if (s->minor.n > 0)
        draft_add(d, s->minor, false);
    draft_add(d, s->tail, false);
}

static bool is_number(pt_slice word) {
    for (size_t i = 0; i < word.n; i++)
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    return true;
}

/* A phrase may start here: at the front, after a verb or particle, or (inner) after a noun. */
static bool may_start(const segment *s, size_t i, bool *is_inner) {
    const pt_title_word kind = s->at[i].kind;
    *is_inner = false;
    if (kind != PT_TITLE_NOUN && kind != PT_TITLE_GENITIVE && kind != PT_TITLE_MANNER &&
        kind != PT_TITLE_WITH)
        return false;
    if (pt_title_word_is_ornament(s->at[i].text) || pt_slice_ends(s->at[i].text, "하기") ||
        pt_slice_is(s->at[i].text, "수"))
        return false;
    if (i > 0) {
        const pt_title_word before = s->at[i - 1].kind;
        *is_inner = before == PT_TITLE_NOUN;
        if (*is_inner && (kind == PT_TITLE_MANNER || pt_title_word_is_dependent(s->at[i].text)))
            return false;
        if (is_number(s->at[i - 1].text) || pt_title_word_is_ornament(s->at[i - 1].text))
            *is_inner = false; /* no neighbours of their own */
        if (before == PT_TITLE_PARTICLE && pt_slice_ends(s->at[i - 1].text, "의"))
            return false; /* 연골세포로의 분화: the modifier is the point */
        if (before != PT_TITLE_NOUN && before != PT_TITLE_VERB && before != PT_TITLE_PARTICLE &&
            before != PT_TITLE_MANNER)
            return false;
    }
    if (i + 1 < s->n && pt_title_joins(&s->at[i + 1]))
        return !*is_inner && !pt_title_word_needs_object(s->at[i].text);
    return kind != PT_TITLE_WITH || !*is_inner;
}

static void emit_runs(const segment *s, size_t first, pt_phrases *out) {
    for (size_t i = 0; i < s->n; i++) {
        draft d = {0};
        bool is_inner;
        if (!may_start(s, i, &is_inner) || !add_run(&d, s, i, s->n))
            continue;
        const pt_slice left = is_inner ? s->at[i - 1].text : (pt_slice){"", 0};
        if (minor_is_treatment(s))
            emit(&d, left, false, first, out);
        add_tail(&d, s);
        emit(&d, left, false, first, out);
    }
}

/* Where the run of nouns that ends at i begins. */
static size_t run_start(const segment *s, size_t i) {
    size_t start = i;
    while (start > 0 && s->at[start - 1].kind != PT_TITLE_VERB &&
           s->at[start - 1].kind != PT_TITLE_PARTICLE && !pt_title_joins(&s->at[start - 1]))
        start--;
    while (start < i && pt_title_word_is_ornament(s->at[start].text))
        start++;
    return start;
}

/* 나이아신아마이드를 포함하는 조성물 as 나이아신아마이드 함유 조성물: nothing else would be left of it. */
static void emit_content(const segment *s, size_t object, size_t first, pt_phrases *out) {
    size_t verb = object + 1;
    while (verb < s->n && pt_title_word_is_ingredient(s->at[verb].text))
        verb++;
    const size_t start = run_start(s, object);
    if (verb + 2 != s->n || s->at[verb].kind != PT_TITLE_VERB || !pt_title_word_contains(s->at[verb].text) ||
        (start > 0 && pt_title_joins(&s->at[start - 1])))
        return;
    pt_slice last = s->at[verb + 1].text;
    if (s->at[verb + 1].kind == PT_TITLE_GENITIVE)
        last = pt_slice_without(last, strlen("의"));
    if (!pt_title_word_is_bare(last))
        return;
    draft d = {0};
    const bool fits = add_run(&d, s, start, object);
    draft_add(&d, pt_slice_without(s->at[object].text, strlen("을")), false);
    draft_add(&d, (pt_slice){"함유", strlen("함유")}, false);
    draft_add(&d, last, false);
    if (fits)
        emit(&d, (pt_slice){"", 0}, false, first, out);
}

/* 빅데이터를 이용한 개인용 헬스케어 시스템, whole; 결함을 검출하는 장치 as 결함 검출 장치. */
static void emit_clauses(const segment *s, size_t first, pt_phrases *out) {
    for (size_t object = 0; object + 1 < s->n; object++) {
        const pt_title_token *verb = &s->at[object + 1];
        if (pt_title_is_object(&s->at[object]))
            emit_content(s, object, first, out);
        if (!pt_title_is_object(&s->at[object]) || verb->kind != PT_TITLE_VERB)
            continue;
        size_t after = object + 2;
        const size_t act = pt_title_word_action(verb->text);
        const bool is_clause = pt_title_word_is_clause_verb(verb->text);
        if (act > 0 && after < s->n && pt_slice_is(s->at[after].text, "위한"))
            after++;
        if ((act == 0 && !is_clause) || (after >= s->n && s->tail.n == 0))
            continue;
        draft d = {0};
        bool fits = add_run(&d, s, run_start(s, object), object);
        draft_add(&d, is_clause ? s->at[object].text : pt_slice_without(s->at[object].text, strlen("을")),
                  false);
        draft_add(&d, is_clause ? verb->text : (pt_slice){verb->text.at, act}, false);
        fits = fits && add_run(&d, s, after, s->n);
        if (fits && after < s->n && minor_is_treatment(s))
            emit(&d, (pt_slice){"", 0}, is_clause, first, out);
        add_tail(&d, s);
        if (fits)
            emit(&d, (pt_slice){"", 0}, is_clause, first, out);
    }
}

static void emit_segment(segment s, pt_slice machine, size_t first, pt_phrases *out) {
    bool only_points;
    trim(&s);
    drop_anaphor(&s, &only_points);
    if (only_points || pt_title_all_bare(s.at, s.n))
        return;
    strip_method(&s, machine);
    trim(&s);
    emit_clauses(&s, first, out);
    emit_runs(&s, first, out);
}

/* The machine of "… 방법 및 장치" and "… 방법 및 이를 위한 시스템": the next segment when it is nothing else.
 */
static pt_slice machine_after(const pt_title_token *at, size_t n, size_t right) {
    segment next = {.at = at + right, .n = pt_title_until_conjunction(at, n, right)};
    bool only_points;
    drop_anaphor(&next, &only_points);
    if (next.n == 0 || only_points || !pt_title_all_bare(next.at, next.n))
        return (pt_slice){"", 0};
    return pt_title_word_machine(next.at[next.n - 1].text);
}

void pt_title_phrases(const char *text, pt_phrases *out) {
    pt_title title;
    pt_title_read(text, &title);
    const pt_title_token *at = title.words.at;
    const size_t first = out->n;
    for (size_t start, end, next = 0; pt_title_next_part(&title, &start, &end, &next);)
        emit_segment((segment){.at = at + start, .n = end - start}, machine_after(at, title.words.n, next),
                     first, out);
    pt_title_free(&title);
}

void pt_phrases_free(pt_phrases *phrases) {
    for (size_t i = 0; i < phrases->n; i++) {
        free(phrases->at[i].text);
        free(phrases->at[i].left);
    }
    pt_vec_free(phrases);
}
