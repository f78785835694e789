/* SPDX-License-Identifier: Apache-2.0 */
/* codes.c - a symbol is section A-H or Y, class 01-99, subclass letter, main group 1-9999, subgroup of two
 * digits or more (WIPO Handbook ST.8; CPC has the same shape). */
#include "patent/codes.h"
#include <stdio.h>
#include <string.h>

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_section(char c) {
    return (upper(c) >= 'A' && upper(c) <= 'H') || upper(c) == 'Y';
}

static void skip(cursor *c, const char *set) {
    while (c->at < c->end && strchr(set, *c->at) != NULL && *c->at != '\0')
        c->at++;
}

static size_t digits_ahead(const cursor *c) {
    size_t n = 0;
    while (c->at + n < c->end && is_digit(c->at[n]))
        n++;
    return n;
}

/* Section, class and subclass, with the blanks and the edition digit of old sources ("7C 07C"). */
static bool parse_subclass(cursor *c, char symbol[24]) {
    skip(c, " \t\r\n(/");
    if (c->at + 1 < c->end && is_digit(c->at[0]) && is_section(c->at[1]))
        c->at++;
    if (c->at >= c->end || !is_section(*c->at))
        return false;
    symbol[0] = upper(*c->at++);
    skip(c, " ");
    if (digits_ahead(c) < 2)
        return false;
    symbol[1] = *c->at++;
    symbol[2] = *c->at++;
    skip(c, " ");
    if (c->at >= c->end || upper(*c->at) < 'A' || upper(*c->at) > 'Z')
        return false;
    symbol[3] = upper(*c->at++);
    symbol[4] = '\0';
    return c->at >= c->end || upper(*c->at) < 'A' || upper(*c->at) > 'Z';
}

static bool put_group(char symbol[24], const char *group, size_t n_group, const char *sub, size_t n_sub) {
    while (n_group > 1 && *group == '0') {
        group++;
        n_group--;
    }
    if (n_group == 0 || n_group > 4 || n_sub < 2 || n_sub > 8 || *group == '0')
        return false;
    snprintf(symbol + 4, 20, "%.*s/%.*s", (int)n_group, group, (int)n_sub, sub);
    return true;
}

bool pt_code_parse(const char *text, size_t n, char symbol[24]) {
    cursor c = {text, text + n};
    symbol[0] = '\0';
    if (!parse_subclass(&c, symbol)) {
        symbol[0] = '\0';
        return false;
    }
    const char *columns = c.at;
    skip(&c, " -\t\r\n");
    const char *group = c.at;
    const size_t n_group = digits_ahead(&c);
    if (n_group == 0)
        return c.at >= c.end || strchr("(,;|", *c.at) != NULL;
    c.at += n_group;
    skip(&c, " ");
    if (c.at < c.end && (*c.at == '/' || *c.at == ':')) {
        c.at++;
        skip(&c, " ");
        if (put_group(symbol, group, n_group, c.at, digits_ahead(&c)))
            return true;
    } else {
        /* PATDOC: three columns of main group, then the subgroup. */
        const size_t blanks = (size_t)(group - columns);
        const size_t n_main = blanks >= 3 ? 0 : 3 - blanks;
        if (columns < group && n_group > n_main &&
            put_group(symbol, group, n_main, group + n_main, n_group - n_main))
            return true;
    }
    symbol[0] = '\0';
    return false;
}

static void add(pt_codes *codes, pt_scheme scheme, const char *symbol) {
    uint16_t rank = 0;
    for (size_t i = 0; i < codes->n; i++) {
        if (codes->at[i].scheme != scheme)
            continue;
        if (strcmp(codes->at[i].symbol, symbol) == 0)
            return;
        rank++;
    }
    pt_code code = {.scheme = scheme, .rank = rank};
    snprintf(code.symbol, sizeof code.symbol, "%s", symbol);
    pt_vec_push(codes, code);
}

/* Bytes of the first symbol of a cell. A line end parts symbols only where a new one starts: pretty-printers
 * break lines within one (A61K, 36/45). */
static size_t part_bytes(const char *cell) {
    size_t n = strcspn(cell, "|,;\n");
    while (cell[n] == '\n') {
        const char next = cell[n + strspn(cell + n, " \t\r\n")];
        if (is_section(next) || next == '\0')
            break;
        n += 1 + strcspn(cell + n + 1, "|,;\n");
    }
    return n;
}

size_t pt_codes_add(pt_codes *codes, pt_scheme scheme, const char *cell) {
    size_t unread = 0;
    while (*cell != '\0') {
        const size_t n = part_bytes(cell);
        if (strspn(cell, " \t\r") < n) {
            char symbol[24];
            if (pt_code_parse(cell, n, symbol))
                add(codes, scheme, symbol);
            else
                unread++;
        }
        cell += n + (cell[n] != '\0');
    }
    return unread;
}
