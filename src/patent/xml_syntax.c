/* SPDX-License-Identifier: Apache-2.0 */
/* xml_syntax.c - productions [2] Char, [4] NameStartChar, [4a] NameChar, [40] STag, [66] CharRef, [68]
 * EntityRef of Extensible Markup Language 1.0, fifth edition, W3C 2008. */
#include "patent/xml_syntax.h"
#include "patent/decode.h"
#include <string.h>

typedef struct range {
    unsigned first, last;
} range;

static bool is_in(unsigned code, const range *ranges, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

static bool is_name_start(unsigned code) {
    static const range ranges[] = {{'a', 'z'},       {'A', 'Z'},       {':', ':'},       {'_', '_'},
                                   {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                   {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                   {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
    return is_in(code, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_name_more(unsigned code) {
    static const range ranges[] = {{'0', '9'}, {'-', '.'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
    return is_name_start(code) || is_in(code, ranges, sizeof ranges / sizeof *ranges);
}

bool pt_xml_is_character(unsigned code) {
    static const range ranges[] = {
        {0x9, 0xA}, {0xD, 0xD}, {0x20, 0xD7FF}, {0xE000, 0xFFFD}, {0x10000, 0x10FFFF}};
    return is_in(code, ranges, sizeof ranges / sizeof *ranges);
}

size_t pt_xml_scan_name(const char *text, size_t n) {
    size_t at = 0;
    while (at < n) {
        unsigned code;
        const int bytes = pt_utf8_sequence(text + at, n - at, &code);
        if (bytes <= 0 || !is_name_more(code))
            break;
        const bool is_part_start = at == 0 || text[at - 1] == ':';
        if (is_part_start && (code == ':' || !is_name_start(code)))
            return 0;
        at += (size_t)bytes;
    }
    return at > 0 && text[at - 1] == ':' ? 0 : at;
}

static size_t skip_space(const char *text, size_t n) {
    size_t at = 0;
    while (at < n && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
        at++;
    return at;
}

/* Bytes of name = "value" at text, 0 when it is something else. */
static size_t scan_attribute(const char *text, size_t n, size_t *n_name) {
    size_t at = *n_name = pt_xml_scan_name(text, n);
    if (at == 0)
        return 0;
    at += skip_space(text + at, n - at);
    if (at >= n || text[at] != '=')
        return 0;
    at++;
    at += skip_space(text + at, n - at);
    if (at >= n || (text[at] != '"' && text[at] != '\''))
        return 0;
    const char *end = memchr(text + at + 1, text[at], n - at - 1);
    return end == NULL ? 0 : (size_t)(end - text) + 1;
}

/* Whether an attribute of this name is among the first `n` bytes of attributes. */
static bool has_attribute(const char *text, size_t n, const char *name, size_t n_name) {
    size_t at = skip_space(text, n);
    while (at < n) {
        size_t n_other;
        const size_t bytes = scan_attribute(text + at, n - at, &n_other);
        if (n_other == n_name && memcmp(text + at, name, n_name) == 0)
            return true;
        if (bytes == 0)
            return false;
        at += bytes;
        at += skip_space(text + at, n - at);
    }
    return false;
}

bool pt_xml_scan_start_tag(const char *inside, size_t n, size_t *n_name, bool *is_empty) {
    enum { MAX_ATTRIBUTES = 256 };
    *n_name = pt_xml_scan_name(inside, n);
    if (*n_name == 0)
        return false;
    *is_empty = n > *n_name && inside[n - 1] == '/';
    const size_t end = n - *is_empty;
    size_t at = *n_name;
    for (int count = 0; count < MAX_ATTRIBUTES; count++) {
        const size_t space = skip_space(inside + at, end - at);
        at += space;
        if (at == end)
            return true;
        size_t n_attribute;
        const size_t bytes = scan_attribute(inside + at, end - at, &n_attribute);
        if (space == 0 || bytes == 0 ||
            has_attribute(inside + *n_name, at - *n_name, inside + at, n_attribute))
            return false;
        at += bytes;
    }
    return false;
}

static pt_xml_reference scan_number(const char *text, size_t n) {
    const bool is_hex = n > 0 && (text[0] == 'x');
    unsigned code = 0;
    if (n == (size_t)is_hex || n > 9)
        return PT_XML_REFERENCE_NONE;
    for (size_t i = is_hex; i < n; i++) {
        const char *digits = "0123456789abcdef";
        const char lower = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] - 'A' + 'a') : text[i];
        const char *found = memchr(digits, lower, is_hex ? 16 : 10);
        if (found == NULL)
            return PT_XML_REFERENCE_NONE;
        code = code * (is_hex ? 16 : 10) + (unsigned)(found - digits);
        if (code > 0x10FFFF)
            return PT_XML_REFERENCE_FORBIDDEN;
    }
    return pt_xml_is_character(code) ? PT_XML_REFERENCE_GOOD : PT_XML_REFERENCE_FORBIDDEN;
}

pt_xml_reference pt_xml_scan_reference(const char *text, size_t n, size_t *bytes) {
    static const char *const five[] = {"amp", "lt", "gt", "quot", "apos"};
    *bytes = 1;
    const size_t window = n < PT_XML_REFERENCE_BYTES ? n : PT_XML_REFERENCE_BYTES;
    const char *end = memchr(text, ';', window);
    if (end == NULL || end == text + 1)
        return PT_XML_REFERENCE_NONE;
    const char *name = text + 1;
    const size_t n_name = (size_t)(end - name);
    pt_xml_reference kind = PT_XML_REFERENCE_NONE;
    if (name[0] == '#')
        kind = scan_number(name + 1, n_name - 1);
    else if (pt_xml_scan_name(name, n_name) == n_name)
        kind = PT_XML_REFERENCE_UNKNOWN;
    for (size_t i = 0; i < sizeof five / sizeof *five; i++)
        if (strlen(five[i]) == n_name && memcmp(five[i], name, n_name) == 0)
            kind = PT_XML_REFERENCE_GOOD;
    if (kind != PT_XML_REFERENCE_NONE)
        *bytes = n_name + 2;
    return kind;
}
