/* SPDX-License-Identifier: Apache-2.0 */
/* titles.c - see titles.h. */
#include "study/titles.h"
#include "base/buf.h"
#include "base/vec.h"
#include "korean/unicode.h"
#include "study/title_words.h"
#include <string.h>

typedef struct token {
    pt_slice text;
    pt_title_word kind;
} token;

typedef struct segment {
    const token *at;
    size_t n;
    pt_slice tail;  /* written after the tokens: 장치, 기술; n = 0: nothing */
    pt_slice minor; /* a treatment before the tail that may be left out with it: 제조 (기술) */
} segment;

static const pt_slice technique = {"기술", 6};

/* --- the text: brackets with their content, quotes and the final dot go; 및 and commas stand alone --- */

static uint32_t closing(uint32_t code) {
    static const uint32_t pair[][2] = {{'(', ')'},       {'[', ']'},       {'{', '}'},      {0x3010, 0x3011},
                                       {0x3008, 0x3009}, {0x300A, 0x300B}, {0x3014, 0x3015}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (pair[i][0] == code)
            return pair[i][1];
    return 0;
}

static bool is_quote(uint32_t code) {
    return code == '"' || code == '\'' || code == '`' || (code >= 0x2018 && code <= 0x201F) ||
           (code >= 0x300C && code <= 0x300F);
}

/* Bytes up to and with the bracket that closes the one at text, 0 when it is never closed. */
static size_t bracket_bytes(const char *text, size_t n) {
    size_t at, depth = 1;
    const uint32_t open = pt_utf8_decode(text, n, &at), close = closing(open);
    for (size_t used; at < n && depth > 0; at += used) {
        const uint32_t code = pt_utf8_decode(text + at, n - at, &used);
        depth += code == open;
        depth -= code == close;
    }
    return depth == 0 ? at : 0;
}

static bool is_digit_before_digit(const char *text, size_t n, size_t at) {
    return at > 0 && at + 1 < n && text[at - 1] >= '0' && text[at - 1] <= '9' && text[at + 1] >= '0' &&
           text[at + 1] <= '9';
}

static bool is_particle(const char *text) {
    static const char *const particle[] = {"의", "을", "를", "과", "와", "로", "에"};
    for (size_t i = 0; i < sizeof particle / sizeof *particle; i++)
        if (strncmp(text, particle[i], strlen(particle[i])) == 0 && text[strlen(particle[i])] == ' ')
            return true;
    return false;
}

static void clean(const char *title, pt_buf *out) {
    pt_buf folded = {0};
    pt_fold_text(title, strlen(title), &folded);
    const char *text = pt_buf_text(&folded);
    size_t n = folded.n;
    while (n > 0 && (text[n - 1] == '.' || text[n - 1] == ' '))
        n--;
    for (size_t at = 0, used; at < n; at += used) {
        const uint32_t code = pt_utf8_decode(text + at, n - at, &used);
        const bool is_and = used == 3 && memcmp(text + at, "및", 3) == 0 &&
                            (at + 3 >= n || text[at + 3] != '/'); /* 및/또는 is one word */
        if (closing(code) && bracket_bytes(text + at, n - at) > 0) {
            used = bracket_bytes(text + at, n - at);
            if (out->n > 0 && at + used < n && out->at[out->n - 1] == ' ' && is_particle(text + at + used))
                out->at[--out->n] = '\0'; /* 단백질 (IL-15)의 */
        } else if (is_quote(code)) {
            continue;
        } else if (closing(code) || code == ')' || code == ']' || code == '}') {
            pt_buf_putc(out, ' ');
        } else if (((code == ',' && !is_digit_before_digit(text, n, at)) || code == ';' || code == ':' ||
                    is_and)) {
            pt_buf_putc(out, ' ');
            pt_buf_append(out, text + at, used);
            pt_buf_putc(out, ' ');
        } else if (pt_script_of(code) == PT_SCRIPT_SPACE) {
            pt_buf_putc(out, ' ');
        } else {
            pt_buf_append(out, text + at, used);
        }
    }
    pt_buf_free(&folded);
}

typedef PT_VEC(token) tokens;

/* Bytes of 치료용 and the like at the start of a word that lacks a blank (치료용경피흡수제제); 0 = not so. */
static size_t glued_purpose(const char *word, size_t n) {
    static const char *const purpose[] = {"치료용", "예방용", "개선용", "방지용", "진단용", "완화용"};
    for (size_t i = 0; i < sizeof purpose / sizeof *purpose; i++) {
        const char *at = memmem(word, n, purpose[i], strlen(purpose[i]));
        if (!at)
            continue;
        const size_t end = (size_t)(at - word) + strlen(purpose[i]);
        return n >= end + 2 * 3 ? end : 0; /* two syllables at least */
    }
    return 0;
}

/* 조성물과 건강기능식품 is 조성물 및 건강기능식품; 장치와 연결된 서버 is not. */
static void part_inventions(tokens *words) {
    static const token and = {{"및", 3}, PT_TITLE_AND};
    for (size_t i = 0; i + 1 < words->n; i++) {
        token *t = &words->at[i];
        const pt_slice stem = {t->text.at, t->text.n - 3};
        if (t->kind != PT_TITLE_WITH || !pt_title_word_is_head(stem) ||
            words->at[i + 1].kind != PT_TITLE_NOUN)
            continue;
        bool is_tied = false; /* to a verb further on: 단말기와 서버를 연결하는 */
        for (size_t j = i + 1; j < words->n; j++)
            is_tied = is_tied || words->at[j].kind == PT_TITLE_VERB || words->at[j].kind == PT_TITLE_PARTICLE;
        if (is_tied)
            continue;
        *t = (token){stem, PT_TITLE_NOUN};
        pt_vec_push(words, and);
        for (size_t j = words->n - 1; j > i + 1; j--)
            words->at[j] = words->at[j - 1];
        words->at[i + 1] = and;
    }
}

static void cut_at_blanks(const char *text, tokens *out) {
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        const size_t purpose = glued_purpose(p, n);
        if (purpose > 0)
            n = purpose;
        if (n > 0)
            pt_vec_push(out, ((token){{p, n}, PT_TITLE_NOUN}));
        p += n;
        p += *p == ' ';
    }
    for (size_t i = 0; i < out->n; i++)
        out->at[i].kind =
            pt_title_word_kind(out->at[i].text, i + 1 < out->n ? out->at[i + 1].text : (pt_slice){"", 0});
    part_inventions(out);
}

static bool joins(const token *t) {
    return t->kind == PT_TITLE_AND || t->kind == PT_TITLE_COMMA;
}

/* --- segments: one invention each --- */

static bool all_bare(const token *at, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (at[i].kind != PT_TITLE_NOUN || !pt_title_word_is_bare(at[i].text))
            return false;
    return true;
}

/* The tokens from i up to the next conjunction. */
static size_t until_conjunction(const token *at, size_t n, size_t i) {
    size_t m = i;
    while (m < n && !joins(&at[m]))
        m++;
    return m - i;
}

/* Does the conjunction at i, with what follows from `right`, join two inventions? */
static bool is_cut(const token *at, size_t n, size_t start, size_t i, size_t right) {
    pt_slice rest;
    if (right >= n || i == start || pt_title_word_is_anaphor(at[right].text, &rest))
        return true;
    if (at[i - 1].kind == PT_TITLE_NOUN && pt_title_word_is_head(at[i - 1].text))
        return true;
    if (pt_title_word_is_act(at[i - 1].text)) /* 예방 및 치료용 조성물 */
        return false;
    const size_t size = until_conjunction(at, n, right);
    return all_bare(at + right, size) ||
           (right + 1 == n && at[i].kind == PT_TITLE_AND && !pt_title_word_is_head(at[right].text));
}

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
        !(s->n > 1 && joins(&s->at[s->n - 2])))
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
    while (s->n > 0 && joins(&s->at[0])) {
        s->at++;
        s->n--;
    }
    while (s->n > 0 && joins(&s->at[s->n - 1]))
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

static pt_slice without(pt_slice word, size_t bytes) {
    return (pt_slice){word.at, word.n - bytes};
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
        const token *t = &s->at[i];
        pt_slice rest;
        if (joins(t)) {
            if (!may_dot(d, s, i))
                return false;
        } else if (t->kind == PT_TITLE_VERB || t->kind == PT_TITLE_PARTICLE ||
                   pt_title_word_is_anaphor(t->text, &rest)) {
            return false;
        } else if (!pt_title_word_is_filler(t->text)) {
            const bool genitive = t->kind == PT_TITLE_GENITIVE || t->kind == PT_TITLE_MANNER;
            draft_add(d, genitive ? without(t->text, strlen("의")) : t->text, dot);
        }
        dot = joins(t);
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
    if (i + 1 < s->n && joins(&s->at[i + 1]))
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
           s->at[start - 1].kind != PT_TITLE_PARTICLE && !joins(&s->at[start - 1]))
        start--;
    while (start < i && pt_title_word_is_ornament(s->at[start].text))
        start++;
    return start;
}

static bool is_object(const token *t) {
    return t->kind == PT_TITLE_PARTICLE && (pt_slice_ends(t->text, "을") || pt_slice_ends(t->text, "를"));
}

static bool holds(const token *t) {
    static const char *const verbs[] = {"포함", "함유", "구성", "이루어진"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (t->text.n >= strlen(verbs[i]) && memcmp(t->text.at, verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

static bool is_ingredient(const token *t) {
    return pt_slice_ends(t->text, "성분으로") || pt_slice_ends(t->text, "성분으로서");
}

/* 나이아신아마이드를 포함하는 조성물 as 나이아신아마이드 함유 조성물: nothing else would be left of it. */
static void emit_content(const segment *s, size_t object, size_t first, pt_phrases *out) {
    size_t verb = object + 1;
    while (verb < s->n && is_ingredient(&s->at[verb]))
        verb++;
    const size_t start = run_start(s, object);
    if (verb + 2 != s->n || s->at[verb].kind != PT_TITLE_VERB || !holds(&s->at[verb]) ||
        (start > 0 && joins(&s->at[start - 1])))
        return;
    pt_slice last = s->at[verb + 1].text;
    if (s->at[verb + 1].kind == PT_TITLE_GENITIVE)
        last = without(last, strlen("의"));
    if (!pt_title_word_is_bare(last))
        return;
    draft d = {0};
    const bool fits = add_run(&d, s, start, object);
    draft_add(&d, without(s->at[object].text, strlen("을")), false);
    draft_add(&d, (pt_slice){"함유", strlen("함유")}, false);
    draft_add(&d, last, false);
    if (fits)
        emit(&d, (pt_slice){"", 0}, false, first, out);
}

/* 빅데이터를 이용한 개인용 헬스케어 시스템, whole; 결함을 검출하는 장치 as 결함 검출 장치. */
static void emit_clauses(const segment *s, size_t first, pt_phrases *out) {
    for (size_t object = 0; object + 1 < s->n; object++) {
        const token *verb = &s->at[object + 1];
        if (is_object(&s->at[object]))
            emit_content(s, object, first, out);
        if (!is_object(&s->at[object]) || verb->kind != PT_TITLE_VERB)
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
        draft_add(&d, is_clause ? s->at[object].text : without(s->at[object].text, strlen("을")), false);
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
    if (only_points || all_bare(s.at, s.n))
        return;
    strip_method(&s, machine);
    trim(&s);
    emit_clauses(&s, first, out);
    emit_runs(&s, first, out);
}

/* The machine of "… 방법 및 장치" and "… 방법 및 이를 위한 시스템": the next segment when it is nothing else.
 */
static pt_slice machine_after(const token *at, size_t n, size_t right) {
    segment next = {.at = at + right, .n = until_conjunction(at, n, right)};
    bool only_points;
    drop_anaphor(&next, &only_points);
    if (next.n == 0 || only_points || !all_bare(next.at, next.n))
        return (pt_slice){"", 0};
    return pt_title_word_machine(next.at[next.n - 1].text);
}

void pt_title_phrases(const char *title, pt_phrases *out) {
    pt_buf text = {0};
    tokens words = {0};
    clean(title, &text);
    cut_at_blanks(pt_buf_text(&text), &words);
    const size_t first = out->n;
    for (size_t start = 0, i = 0; start < words.n; i++) {
        if (i < words.n && !joins(&words.at[i]))
            continue;
        size_t right = i;
        while (right < words.n && joins(&words.at[right]))
            right++;
        if (i < words.n && !is_cut(words.at, words.n, start, i, right))
            continue;
        emit_segment((segment){.at = words.at + start, .n = i - start},
                     machine_after(words.at, words.n, right), first, out);
        start = i = right;
    }
    pt_vec_free(&words);
    pt_buf_free(&text);
}

/* What is contained: 추출물을 before 포함하는, with or without 유효성분으로 between. */
static bool is_contained(const token *at, size_t n, size_t i) {
    size_t next = i + 1;
    while (next < n && is_ingredient(&at[next]))
        next++;
    return is_object(&at[i]) && next < n && at[next].kind == PT_TITLE_VERB && holds(&at[next]);
}

/* The words of the first invention; what points back, and all after it, is left out. */
static void summarise(const token *at, size_t n, tokens *out) {
    pt_slice rest;
    for (size_t i = 0; i < n; i++) {
        token t = at[i];
        if (pt_title_word_is_anaphor(t.text, &rest) || pt_slice_is(t.text, "그것의"))
            return;
        if (pt_title_word_is_filler(t.text) || is_ingredient(&t))
            continue;
        if (is_contained(at, n, i))
            t.text = without(t.text, strlen("을"));
        else if (t.kind == PT_TITLE_GENITIVE)
            t.text = without(t.text, strlen("의"));
        else if (t.kind == PT_TITLE_VERB && holds(&t))
            t.text = (pt_slice){"함유", strlen("함유")};
        pt_vec_push(out, t);
    }
}

static bool may_lead(const token *t) {
    return !joins(t) && t->kind != PT_TITLE_VERB && !pt_slice_is(t->text, "함유") &&
           !pt_title_word_is_dependent(t->text) && !pt_title_word_needs_object(t->text);
}

/* The last eojeols, as many as fit, that start as a phrase can; a conjunction becomes a dot. NULL when only a
 * bare head is left. */
static char *write_summary(const tokens *kept) {
    size_t n = kept->n, from, eojeols = 0;
    while (n > 0 &&
           (pt_title_word_is_bad_end(kept->at[n - 1].text) || kept->at[n - 1].kind == PT_TITLE_VERB ||
            kept->at[n - 1].kind == PT_TITLE_WITH || pt_slice_ends(kept->at[n - 1].text, "로서") ||
            pt_slice_ends(kept->at[n - 1].text, "로서의") || joins(&kept->at[n - 1])))
        n--;
    for (from = n; from > 0 && eojeols < PT_NAME_EOJEOLS; from--)
        eojeols += !joins(&kept->at[from - 1]);
    while (from < n && !may_lead(&kept->at[from]))
        from++;
    bool is_bare = true, dot = false;
    pt_buf name = {0};
    for (size_t i = from; i < n; i++) {
        if (joins(&kept->at[i])) {
            dot = true;
            continue;
        }
        pt_slice word = kept->at[i].text;
        is_bare = is_bare && pt_title_word_is_bare(word);
        if (i + 1 == n && pt_slice_is(word, "방법"))
            word = technique;
        pt_buf_puts(&name, i == from ? "" : dot ? "·" : " ");
        pt_buf_append(&name, word.at, word.n);
        dot = false;
    }
    char *text = is_bare ? NULL : pt_buf_take(&name);
    pt_buf_free(&name);
    return text;
}

char *pt_title_summary(const char *title) {
    pt_buf text = {0};
    tokens words = {0}, kept = {0};
    clean(title, &text);
    cut_at_blanks(pt_buf_text(&text), &words);
    size_t n = 0;
    for (; n < words.n; n++) {
        size_t right = n;
        while (right < words.n && joins(&words.at[right]))
            right++;
        if (right > n && n > 0 && is_cut(words.at, words.n, 0, n, right))
            break;
    }
    summarise(words.at, n, &kept);
    char *summary = write_summary(&kept);
    pt_buf_free(&text);
    pt_vec_free(&words);
    pt_vec_free(&kept);
    return summary;
}

void pt_phrases_free(pt_phrases *phrases) {
    for (size_t i = 0; i < phrases->n; i++) {
        free(phrases->at[i].text);
        free(phrases->at[i].left);
    }
    pt_vec_free(phrases);
}
