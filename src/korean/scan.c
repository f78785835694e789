/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/scan.h"

#include <string.h>

typedef struct scanner {
    pt_glyph glyph[PT_PIECE_GLYPHS];
    uint16_t at[PT_PIECE_GLYPHS + 1]; /* byte of a glyph in piece->text */
    size_t n;
    pt_piece *piece;
    const pt_lexicon *lexicon;
    bool cut; /* before the next cell */
} scanner;

static bool is_digit(uint32_t code) {
    return code - '0' < 10;
}

static bool is_letter(uint32_t code) {
    const pt_script script = pt_script_of(code);
    return script == PT_SCRIPT_LATIN || script == PT_SCRIPT_LETTER || code == PT_REPLACEMENT;
}

static pt_tag symbol_tag(uint32_t code) {
    switch (code) {
    case '.':
    case '!':
    case '?':
        return PT_SF;
    case ',':
    case 0xB7:
    case ':':
    case ';':
    case '/':
    case 0x3001:
        return PT_SP;
    case '(':
    case '[':
    case '{':
    case '<':
    case 0x201C:
    case 0x2018:
    case 0x300E:
    case 0x300C:
    case 0x300A:
    case 0x3008:
    case 0x3010:
        return PT_SSO;
    case ')':
    case ']':
    case '}':
    case '>':
    case 0x201D:
    case 0x2019:
    case 0x300F:
    case 0x300D:
    case 0x300B:
    case 0x3009:
    case 0x3011:
        return PT_SSC;
    default:
        return PT_SW;
    }
}

/* How a numeral is read aloud: 영 일 이 삼 사 오 육 칠 팔 구. */
static pt_final digit_final(uint32_t code) {
    static const uint8_t FINAL[10] = {PT_FINAL_OTHER, PT_FINAL_RIEUL, PT_FINAL_VOWEL, PT_FINAL_OTHER,
                                      PT_FINAL_VOWEL, PT_FINAL_VOWEL, PT_FINAL_OTHER, PT_FINAL_RIEUL,
                                      PT_FINAL_RIEUL, PT_FINAL_VOWEL};
    return is_digit(code) ? (pt_final)FINAL[code - '0'] : PT_FINAL_NONE;
}

static uint32_t code_at(const scanner *s, size_t k) {
    return k < s->n ? s->glyph[k].code : 0;
}

/* End of the Latin run at k: letters, then digits and letters, joined by - _ & . ' + when one follows. */
static size_t latin_end(const scanner *s, size_t k) {
    while (k < s->n) {
        const uint32_t code = s->glyph[k].code, next = code_at(s, k + 1);
        const bool joint =
            (code < 0x80 && code && strchr("-_&.'", (int)code)) || code == 0x2010 || code == 0x2011;
        if (!is_letter(code) && !is_digit(code) && !(joint && (is_letter(next) || is_digit(next))))
            break;
        k++;
    }
    return k;
}

static size_t digits_end(const scanner *s, size_t k) {
    while (k < s->n && (is_digit(s->glyph[k].code) || ((s->glyph[k].code == '.' || s->glyph[k].code == ',') &&
                                                       is_digit(code_at(s, k + 1)))))
        k++;
    return k;
}

static size_t hanja_end(const scanner *s, size_t k) {
    while (k < s->n && pt_script_of(s->glyph[k].code) == PT_SCRIPT_HANJA)
        k++;
    return k;
}

static void add_cell(scanner *s, size_t from, size_t to, pt_tag tag) {
    pt_piece *piece = s->piece;
    const uint32_t code = s->glyph[to - 1].code;
    pt_cell *cell = &piece->cell[piece->n++];
    *cell = (pt_cell){.tag = (uint8_t)tag,
                      .text = s->at[from],
                      .text_end = s->at[to],
                      .behind_cut = s->cut,
                      .begin = s->glyph[from].begin,
                      .end = s->glyph[to - 1].end};
    s->cut = false;
    if (pt_is_hangul(code)) {
        cell->final = (uint8_t)pt_final_of(code);
        cell->letter = tag ? 0 : s->lexicon->alphabet[code - PT_HANGUL_FIRST];
        cell->user_letter = tag ? 0 : pt_user_letter(code);
    } else
        cell->final = (uint8_t)digit_final(code);
}

static void scan_span(scanner *s, size_t k, size_t end) {
    const size_t n = s->n;
    s->n = end;
    while (k < end) {
        const uint32_t code = s->glyph[k].code;
        size_t to = k + 1;
        pt_tag tag = PT_TAG_NONE;
        if (!pt_is_hangul(code)) {
            const pt_script script = pt_script_of(code);
            if (is_digit(code)) {
                to = digits_end(s, k);
                tag = PT_SN;
                if (to < end && is_letter(s->glyph[to].code)) {
                    const bool reference = latin_end(s, k) == to + 1 && s->glyph[to].code - 'a' < 26;
                    tag = reference ? PT_SN : PT_SL; /* 12a is a numeral, 5G and 3D are names */
                    to = latin_end(s, k);
                }
            } else if (script == PT_SCRIPT_LATIN || script == PT_SCRIPT_LETTER) {
                to = latin_end(s, k);
                tag = PT_SL;
            } else if (script == PT_SCRIPT_HANJA) {
                to = hanja_end(s, k);
                tag = PT_SH;
            } else
                tag = symbol_tag(code);
        }
        add_cell(s, k, to, tag);
        k = to;
    }
    s->n = n;
}

static size_t glyph_at_byte(const scanner *s, size_t from, size_t byte) {
    while (from < s->n && s->at[from] < byte)
        from++;
    return from;
}

/* Whether the code point stands for a share of weight, volume or parts: 부, 비, 퍼. */
static bool is_share(uint32_t code) {
    return code == 0xBD80 || code == 0xBE44 || code == 0xD37C;
}

/* Whether a pattern could match: digits, a per cent sign, a bracket with hanja in it, or the first syllable
 * of 중량부, 부피비, 몰비, 질량부, 체적비, which stand apart from their number. */
static bool may_be_cut(const scanner *s) {
    static const uint32_t SHARES[] = {0xC911, 0xBD80, 0xBAB0, 0xC9C8, 0xCCB4};
    bool share = false, bracket = false;
    for (size_t k = 0; s->n > 0 && k < sizeof SHARES / sizeof *SHARES; k++)
        share |= s->glyph[0].code == SHARES[k];
    for (size_t k = 0; k < s->n; k++) {
        const uint32_t code = s->glyph[k].code;
        if (is_digit(code) || code == '%' || (share && k > 0 && is_share(code)) ||
            (bracket && pt_script_of(code) == PT_SCRIPT_HANJA))
            return true;
        bracket |= code == '(';
    }
    return false;
}

void pt_scan(const pt_lexicon *lexicon, pt_pattern *cuts, const char *text, size_t n, pt_piece *piece) {
    scanner s = {.piece = piece, .lexicon = lexicon};
    s.n = pt_fold(text, n, s.glyph, PT_PIECE_GLYPHS, &piece->used);
    piece->n = 0;
    size_t bytes = 0;
    for (size_t k = 0; k < s.n; k++) {
        s.at[k] = (uint16_t)bytes;
        bytes += pt_utf8_encode(s.glyph[k].code, piece->text + bytes);
    }
    s.at[s.n] = (uint16_t)bytes;
    piece->text[bytes] = '\0';
    piece->text_bytes = (unsigned)bytes;
    size_t done = 0;
    pt_match match = {0};
    if (cuts && may_be_cut(&s))
        while (pt_pattern_match(cuts, piece->text, bytes, s.at[done], &match) && match.end > match.begin) {
            const size_t from = glyph_at_byte(&s, done, match.begin), to = glyph_at_byte(&s, from, match.end);
            scan_span(&s, done, from);
            if (match.mark > 1 + PT_CUT_GONE)
                add_cell(&s, from, to, match.mark == 1 + PT_CUT_WORD ? PT_NNG : PT_SN);
            else
                s.cut = piece->n > 0;
            done = to;
        }
    scan_span(&s, done, s.n);
}
