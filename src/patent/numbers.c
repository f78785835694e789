/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.c - application numbers, see the header for their forms. */
#include "patent/numbers.h"
#include <stdio.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool pt_number_is_spoilt(const char *text) {
    const size_t digits = strspn(text, "0123456789.");
    return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1] == '+' &&
           is_digit(text[digits + 2]);
}

pt_right pt_right_of_kind(const char *kind) {
    switch (upper(kind[0])) {
    case '\0':
        return PT_RIGHT_UNKNOWN;
    case 'U':
    case 'Y':
        return PT_RIGHT_UTILITY;
    case 'S':
        return PT_RIGHT_DESIGN;
    default:
        return PT_RIGHT_PATENT;
    }
}

/* Letters and digits of text, upper case; a check digit behind a full stop and ".0" are left out. False
 * when something else than - / . , blanks and brackets is in it, or it is too long. */
static bool squeeze(const char *text, char *out, size_t size) {
    size_t n = 0;
    const char *dot = strrchr(text, '.');
    const char *end = dot != NULL && dot != text && is_digit(dot[-1]) &&
                              (is_digit(dot[1]) || upper(dot[1]) == 'X') && dot[2] == '\0'
                          ? dot
                          : text + strlen(text);
    for (const char *at = text; at < end; at++) {
        if (is_digit(*at) || is_letter(*at)) {
            if (n + 1 >= size)
                return false;
            out[n++] = upper(*at);
        } else if (strchr("-/., \t\r\n()", *at) == NULL) {
            return false;
        }
    }
    out[n] = '\0';
    return n > 0;
}

static pt_right korean_right(const char *digits) {
    const int right = (digits[0] - '0') * 10 + digits[1] - '0';
    switch (right) {
    case 10:
        return PT_RIGHT_PATENT;
    case 20:
        return PT_RIGHT_UTILITY;
    case 30:
        return PT_RIGHT_DESIGN;
    default:
        return right >= 40 && right <= 49 ? PT_RIGHT_TRADEMARK : PT_RIGHT_UNKNOWN;
    }
}

static bool is_year(const char *digits) {
    const int year =
        (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + (digits[3] - '0');
    return year >= 1940 && year <= 2199;
}

static pt_right parse_korean(const char *plain, pt_right right, char out[PT_NUMBER_BYTES]) {
    const size_t n = strlen(plain);
    if (strspn(plain, "0123456789") != n)
        return PT_RIGHT_UNKNOWN;
    char full[14] = "";
    if (n == 13)
        memcpy(full, plain, 14);
    else if (n == 11 && right != PT_RIGHT_UNKNOWN && right != PT_RIGHT_TRADEMARK)
        snprintf(full, sizeof full, "%s%.11s",
                 right == PT_RIGHT_PATENT    ? "10"
                 : right == PT_RIGHT_UTILITY ? "20"
                                             : "30",
                 plain);
    else
        return PT_RIGHT_UNKNOWN;
    const pt_right granted = korean_right(full);
    if (granted == PT_RIGHT_UNKNOWN || !is_year(full + 2))
        return PT_RIGHT_UNKNOWN;
    memcpy(out, full, 14);
    return granted;
}

/* The European office counts in yy + six digits; exports that spell the year out are shortened to it. */
static void shorten_european(char *number) {
    if (strncmp(number, "EP", 2) == 0 && strlen(number) == 12 && is_year(number + 2))
        memmove(number + 2, number + 4, strlen(number + 4) + 1);
}

pt_right pt_number_parse(const char *country, const char *text, pt_right right, char out[PT_NUMBER_BYTES]) {
    char plain[PT_NUMBER_BYTES - 4];
    out[0] = '\0';
    if (!squeeze(text, plain, sizeof plain) || pt_number_is_spoilt(text))
        return PT_RIGHT_UNKNOWN;
    const bool is_korean_office = strcmp(country, "KR") == 0 || country[0] == '\0';
    const char *bare = strncmp(plain, "KR", 2) == 0 ? plain + 2 : plain;
    if (is_korean_office) {
        const pt_right granted = parse_korean(bare, right, out);
        if (granted != PT_RIGHT_UNKNOWN || country[0] != '\0' || !is_letter(plain[0]) || bare != plain)
            return granted;
    }
    if (strpbrk(plain, "0123456789") == NULL)
        return PT_RIGHT_UNKNOWN;
    const bool has_country =
        is_letter(plain[0]) && is_letter(plain[1]) && (country[0] == '\0' || strncmp(plain, country, 2) == 0);
    if (country[0] == '\0' && !has_country)
        return PT_RIGHT_UNKNOWN;
    snprintf(out, PT_NUMBER_BYTES, "%.2s%s", has_country ? "" : country, plain);
    shorten_european(out);
    return right == PT_RIGHT_UNKNOWN ? PT_RIGHT_PATENT : right;
}
