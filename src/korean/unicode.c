/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/unicode.h"

#include <utf8proc.h>

enum { MARKS_MAX = 32 };

uint32_t pt_utf8_decode(const char *text, size_t n, size_t *used) {
    const unsigned char *s = (const unsigned char *)text;
    *used = 1;
    if (s[0] < 0x80)
        return s[0];
    if (s[0] >= 0xE1 && s[0] <= 0xEC && n >= 3 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        *used = 3;
        return (uint32_t)(s[0] & 15) << 12 | (uint32_t)(s[1] & 63) << 6 | (s[2] & 63);
    }
    utf8proc_int32_t code;
    const utf8proc_ssize_t got =
        utf8proc_iterate(s, n < 4 ? (utf8proc_ssize_t)n : (utf8proc_ssize_t)4, &code);
    if (got <= 0)
        return PT_REPLACEMENT;
    *used = (size_t)got;
    return (uint32_t)code;
}

size_t pt_utf8_encode(uint32_t code, char out[4]) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = PT_REPLACEMENT;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
}

static pt_script script_by_category(uint32_t code) {
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return PT_SCRIPT_SPACE;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return PT_SCRIPT_LETTER;
    case UTF8PROC_CATEGORY_ND:
        return PT_SCRIPT_DIGIT;
    default:
        return PT_SCRIPT_OTHER;
    }
}

pt_script pt_script_of(uint32_t code) {
    if (pt_is_hangul(code))
        return PT_SCRIPT_HANGUL;
    if (code < 0x80) {
        if (code - '0' < 10)
            return PT_SCRIPT_DIGIT;
        if ((code | 32) - 'a' < 26)
            return PT_SCRIPT_LATIN;
        return code == ' ' || code - 9 < 5 ? PT_SCRIPT_SPACE : PT_SCRIPT_OTHER;
    }
    if ((code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
        (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x323AF))
        return PT_SCRIPT_HANJA;
    if ((code >= 0x1100 && code <= 0x11FF) || (code >= 0x3131 && code <= 0x318E) ||
        (code >= 0xA960 && code <= 0xA97C) || (code >= 0xD7B0 && code <= 0xD7FB))
        return PT_SCRIPT_JAMO;
    const pt_script script = script_by_category(code);
    const bool western = (code >= 0xAA && code <= 0x24F) || (code >= 0x370 && code <= 0x52F);
    return script == PT_SCRIPT_LETTER && western ? PT_SCRIPT_LATIN : script;
}

uint32_t pt_lower(uint32_t code) {
    if (code < 0x80)
        return code - 'A' < 26 ? code + 32 : code;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

/* Whether NFC can change a text at this code point: a mark, a jamo, or a code point with a decomposition. */
static bool composes(uint32_t code) {
    if (code < 0x300 || pt_is_hangul(code) || (code >= 0x3131 && code <= 0x9FFF))
        return false;
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)code);
    return p->combining_class || p->decomp_seqindex != UINT16_MAX || p->comb_index != UINT16_MAX ||
           (code >= 0x1100 && code <= 0x11FF);
}

/* Whether a code point belongs to the cluster that began before it. */
static bool continues(uint32_t code) {
    if (code >= 0x1160 && code <= 0x11FF)
        return true;
    return code >= 0x300 && utf8proc_get_property((utf8proc_int32_t)code)->combining_class;
}

static uint32_t narrow(uint32_t code) {
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}

/* NFC of one cluster (a starter and what combines with it); returns the number of code points left. */
static size_t compose(utf8proc_int32_t *cluster, size_t n) {
    utf8proc_int32_t parts[4 * MARKS_MAX];
    utf8proc_ssize_t got = 0;
    int boundary = 0;
    for (size_t k = 0; k < n; k++) {
        const utf8proc_ssize_t room = (utf8proc_ssize_t)(sizeof parts / sizeof *parts) - got;
        const utf8proc_ssize_t more =
            utf8proc_decompose_char(cluster[k], parts + got, room, UTF8PROC_DECOMPOSE, &boundary);
        if (more < 0 || more > room)
            return n;
        got += more;
    }
    /* canonical order, stable (marks of the same class keep theirs) */
    for (utf8proc_ssize_t k = 1; k < got; k++)
        for (utf8proc_ssize_t j = k; j > 0; j--) {
            const int a = utf8proc_get_property(parts[j - 1])->combining_class;
            const int b = utf8proc_get_property(parts[j])->combining_class;
            if (!b || a <= b)
                break;
            const utf8proc_int32_t swap = parts[j];
            parts[j] = parts[j - 1];
            parts[j - 1] = swap;
        }
    const utf8proc_ssize_t left = utf8proc_normalize_utf32(parts, got, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (left < 0 || left > MARKS_MAX)
        return n;
    for (utf8proc_ssize_t k = 0; k < left; k++)
        cluster[k] = parts[k];
    return (size_t)left;
}

size_t pt_fold(const char *text, size_t n, pt_glyph *out, size_t room, size_t *used) {
    size_t at = 0, made = 0;
    while (at < n && made < room) {
        size_t step;
        uint32_t code = pt_utf8_decode(text + at, n - at, &step);
        size_t end = at + step, next_step = 0;
        const bool last = end >= n;
        const uint32_t next = last ? 0 : pt_utf8_decode(text + end, n - end, &next_step);
        if (!composes(code) && (last || !continues(next))) {
            out[made++] = (pt_glyph){narrow(code), (uint32_t)at, (uint32_t)end};
            at = end;
            continue;
        }
        utf8proc_int32_t cluster[MARKS_MAX];
        size_t size = 0;
        cluster[size++] = (utf8proc_int32_t)code;
        while (end < n && size < MARKS_MAX) {
            code = pt_utf8_decode(text + end, n - end, &step);
            if (!continues(code))
                break;
            cluster[size++] = (utf8proc_int32_t)code;
            end += step;
        }
        size = compose(cluster, size);
        if (made + size > room && made > 0)
            break;
        for (size_t k = 0; k < size && made < room; k++)
            out[made++] = (pt_glyph){narrow((uint32_t)cluster[k]), (uint32_t)at, (uint32_t)end};
        at = end;
    }
    *used = at;
    return made;
}

void pt_fold_text(const char *text, size_t n, pt_buf *out) {
    pt_glyph glyphs[256];
    while (n > 0) {
        size_t used;
        const size_t made = pt_fold(text, n, glyphs, sizeof glyphs / sizeof *glyphs, &used);
        for (size_t k = 0; k < made; k++) {
            char bytes[4];
            pt_buf_append(out, bytes, pt_utf8_encode(glyphs[k].code, bytes));
        }
        text += used;
        n -= used;
    }
}
