/* SPDX-License-Identifier: Apache-2.0 */
/* title_parts.c - see title_parts.h. */
#include "study/title_parts.h"
#include "base/buf.h"
#include "base/vec.h"
#include "korean/unicode.h"
#include <string.h>

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
static void part_inventions(pt_title_tokens *words) {
    static const pt_title_token and = {{"및", 3}, PT_TITLE_AND};
    for (size_t i = 0; i + 1 < words->n; i++) {
        pt_title_token *t = &words->at[i];
        const pt_slice stem = {t->text.at, t->text.n - 3};
        if (t->kind != PT_TITLE_WITH || !pt_title_word_is_head(stem) ||
            words->at[i + 1].kind != PT_TITLE_NOUN)
            continue;
        bool is_tied = false; /* to a verb further on: 단말기와 서버를 연결하는 */
        for (size_t j = i + 1; j < words->n; j++)
            is_tied = is_tied || words->at[j].kind == PT_TITLE_VERB || words->at[j].kind == PT_TITLE_PARTICLE;
        if (is_tied)
            continue;
        *t = (pt_title_token){stem, PT_TITLE_NOUN};
        pt_vec_push(words, and);
        for (size_t j = words->n - 1; j > i + 1; j--)
            words->at[j] = words->at[j - 1];
        words->at[i + 1] = and;
    }
}

/* Bytes of the verb of 포함하는파킨슨병; 0 = none. */
static size_t glued_verb(const char *word, size_t n) {
    static const char *const verbs[] = {"포함하는", "함유하는"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const size_t verb = strlen(verbs[i]);
        if (n >= verb + 2 * 3 && memcmp(word, verbs[i], verb) == 0) /* two syllables at least */
            return verb;
    }
    return 0;
}

static void cut_at_blanks(const char *text, pt_title_tokens *out) {
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        const size_t verb = glued_verb(p, n), purpose = glued_purpose(p, n);
        if (verb > 0 || purpose > 0)
            n = verb > 0 ? verb : purpose;
        if (n > 0)
            pt_vec_push(out, ((pt_title_token){{p, n}, PT_TITLE_NOUN}));
        p += n;
        p += *p == ' ';
    }
    for (size_t i = 0; i < out->n; i++)
        out->at[i].kind =
            pt_title_word_kind(out->at[i].text, i + 1 < out->n ? out->at[i + 1].text : (pt_slice){"", 0});
    for (size_t i = 1; i < out->n; i++)
        if (pt_title_is_object(&out->at[i - 1]) && out->at[i].kind == PT_TITLE_NOUN &&
            pt_title_word_may_be_verb(out->at[i].text))
            out->at[i].kind = PT_TITLE_VERB;
    part_inventions(out);
}

bool pt_title_joins(const pt_title_token *t) {
    return t->kind == PT_TITLE_AND || t->kind == PT_TITLE_COMMA;
}

bool pt_title_all_bare(const pt_title_token *at, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (at[i].kind != PT_TITLE_NOUN || !pt_title_word_is_bare(at[i].text))
            return false;
    return true;
}

size_t pt_title_until_conjunction(const pt_title_token *at, size_t n, size_t i) {
    size_t m = i;
    while (m < n && !pt_title_joins(&at[m]))
        m++;
    return m - i;
}

/* Does the conjunction at i, with what follows from `right`, join two inventions? */
static bool is_cut(const pt_title_token *at, size_t n, size_t start, size_t i, size_t right) {
    pt_slice rest;
    if (right >= n || i == start || pt_title_word_is_anaphor(at[right].text, &rest))
        return true;
    if (at[i - 1].kind == PT_TITLE_NOUN && pt_title_word_is_head(at[i - 1].text))
        return true;
    if (pt_title_word_is_act(at[i - 1].text)) /* 예방 및 치료용 조성물 */
        return false;
    const size_t size = pt_title_until_conjunction(at, n, right);
    return pt_title_all_bare(at + right, size) ||
           (right + 1 == n && at[i].kind == PT_TITLE_AND && !pt_title_word_is_head(at[right].text));
}

void pt_title_read(const char *title, pt_title *out) {
    pt_buf text = {0};
    *out = (pt_title){0};
    clean(title, &text);
    out->text = pt_buf_take(&text);
    cut_at_blanks(out->text, &out->words);
}

void pt_title_free(pt_title *title) {
    pt_vec_free(&title->words);
    free(title->text);
    title->text = NULL;
}

bool pt_title_next_part(const pt_title *title, size_t *start, size_t *end, size_t *next) {
    const pt_title_token *at = title->words.at;
    const size_t n = title->words.n;
    *start = *next;
    while (*start < n && pt_title_joins(&at[*start]))
        (*start)++;
    if (*start == n)
        return false;
    for (*end = *start + 1; *end < n; (*end)++) {
        if (!pt_title_joins(&at[*end]))
            continue;
        *next = *end;
        while (*next < n && pt_title_joins(&at[*next]))
            (*next)++;
        if (is_cut(at, n, *start, *end, *next))
            return true;
    }
    *next = n;
    return true;
}

bool pt_title_is_object(const pt_title_token *token) {
    return token->kind == PT_TITLE_PARTICLE &&
           (pt_slice_ends(token->text, "을") || pt_slice_ends(token->text, "를"));
}
