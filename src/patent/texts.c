/* SPDX-License-Identifier: Apache-2.0 */
/* texts.c - see the header; everything works on valid UTF-8. */
#include "patent/texts.h"
#include "base/mem.h"
#include "patent/decode.h"
#include <stdlib.h>
#include <string.h>

/* Bytes of the white space at text, 0 when there is none. */
static size_t space_bytes(const char *text, size_t n) {
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    if (n >= 2 && memcmp(text, "\xC2\xA0", 2) == 0) /* U+00A0 */
        return 2;
    if (n >= 3 && memcmp(text, "\xE3\x80\x80", 3) == 0) /* U+3000 */
        return 3;
    const bool is_general = n >= 3 && memcmp(text, "\xE2\x80", 2) == 0;
    const unsigned char last = n >= 3 ? (unsigned char)text[2] : 0;
    return is_general && ((last >= 0x80 && last <= 0x8B) || last == 0xAF) ? 3 : 0; /* U+2000-200B, 202F */
}

char *pt_text_clean(const char *text, size_t n) {
    char *clean = pt_alloc(n + 1, 1);
    size_t used = 0;
    bool has_blank_due = false;
    for (size_t i = 0; i < n;) {
        const size_t space = space_bytes(text + i, n - i);
        if (space > 0) {
            has_blank_due = used > 0;
            i += space;
            continue;
        }
        if (has_blank_due)
            clean[used++] = ' ';
        has_blank_due = false;
        clean[used++] = text[i++];
    }
    clean[used] = '\0';
    return clean;
}

size_t pt_text_fit(const char *text, size_t n, size_t max) {
    if (n <= max)
        return n;
    while (max > 0 && (text[max] & 0xC0) == 0x80)
        max--;
    return max;
}

void pt_text_put(char *field, size_t size, const char *text, size_t n) {
    const size_t fit = pt_text_fit(text, n, size - 1);
    memcpy(field, text, fit);
    field[fit] = '\0';
}

static bool ends_with(const char *text, size_t n, const char *tail) {
    const size_t bytes = strlen(tail);
    return n >= bytes && memcmp(text + n - bytes, tail, bytes) == 0;
}

/* Length of text without the tails at its end. */
static size_t trim(const char *text, size_t n, const char *const *tails) {
    for (const char *const *tail = tails; *tail != NULL;) {
        if (n > 0 && ends_with(text, n, *tail)) {
            n -= strlen(*tail);
            tail = tails;
        } else {
            tail++;
        }
    }
    return n;
}

bool pt_text_uncut(char *text) {
    static const char *const behind[] = {")", ".", " ", NULL};
    static const char *const before[] = {"(", ".", " ", "…", NULL};
    size_t n = trim(text, strlen(text), behind);
    if (ends_with(text, n, "이하생략"))
        n -= strlen("이하생략");
    else if (ends_with(text, n, "이하 생략"))
        n -= strlen("이하 생략");
    else
        return false;
    text[trim(text, n, before)] = '\0';
    return true;
}

bool pt_text_is_no_content(const char *text) {
    static const char *const marks[] = {".", " ", "-", NULL};
    const size_t n = trim(text, strlen(text), marks);
    static const char *const words[] = {"", "내용 없음", "내용없음", "요약 없음", "요약없음"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && memcmp(words[i], text, n) == 0)
            return true;
    return false;
}

bool pt_text_has_hangul(const char *text) {
    const size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        unsigned code;
        const int bytes = pt_utf8_sequence(text + i, n - i, &code);
        if (code >= 0xAC00 && code <= 0xD7A3 && bytes > 0)
            return true;
        i += bytes > 0 ? (size_t)bytes : 1;
    }
    return false;
}

/* Words of two or more Latin letters. */
static size_t latin_words(const char *text) {
    size_t words = 0, letters = 0;
    for (;; text++) {
        if ((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z')) {
            letters++;
            continue;
        }
        words += letters >= 2;
        letters = 0;
        if (*text == '\0')
            return words;
    }
}

/* Start of the bracket that the last byte of text closes, NULL when they do not match. */
static char *opening_bracket(char *text, size_t n, char open, char close) {
    int depth = 0;
    for (char *at = text + n - 1; at > text; at--) {
        depth += *at == close;
        depth -= *at == open;
        if (depth == 0)
            return at;
    }
    return NULL;
}

char *pt_text_split_title(char *title) {
    enum { ENGLISH_WORDS = 3 };
    const size_t n = strlen(title);
    if (n < 3 || (title[n - 1] != '}' && title[n - 1] != ')'))
        return NULL;
    const bool is_brace = title[n - 1] == '}';
    char *start = opening_bracket(title, n, is_brace ? '{' : '(', title[n - 1]);
    if (start == NULL)
        return NULL;
    char *english = pt_text_clean(start + 1, n - (size_t)(start - title) - 2);
    *start = '\0';
    const bool is_title = pt_text_has_hangul(title) && !pt_text_has_hangul(english) &&
                          latin_words(english) >= (is_brace ? 1 : ENGLISH_WORDS);
    if (!is_title) {
        *start = is_brace ? '{' : '(';
        free(english);
        return NULL;
    }
    while (start > title && start[-1] == ' ')
        *--start = '\0';
    return english;
}
