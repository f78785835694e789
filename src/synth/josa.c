/* SPDX-License-Identifier: Apache-2.0 */
/* josa.c - final consonants from code points: a syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final. */
#include "synth/josa.h"

#include <string.h>

enum { SYLLABLE_FIRST = 0xAC00, SYLLABLE_LAST = 0xD7A3, FINALS = 28, FINAL_RIEUL = 8 };

/* The last code point of text[0 .. bytes), and where it begins. */
static uint32_t last_point(const char *text, size_t bytes, size_t *start) {
    size_t at = bytes;
    while (at > 0 && ((unsigned char)text[--at] & 0xC0) == 0x80) {
    }
    *start = at;
    const unsigned char *s = (const unsigned char *)text + at;
    const size_t n = bytes - at;
    if (n == 3) {
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (uint32_t)(s[2] & 0x3F);
    }
    return n == 1 ? s[0] : 0;
}

static pt_final final_of_ascii(char c) {
    if (strchr("178LlRr", c)) {
        return PT_FINAL_RIEUL;
    }
    return strchr("036MmNn", c) ? PT_FINAL_CONSONANT : PT_FINAL_VOWEL;
}

pt_final pt_final_of(const char *text, size_t bytes) {
    if (bytes > 0 && text[bytes - 1] == ')') {
        size_t at = bytes - 1;
        while (at > 0 && text[at] != '(') {
            at--;
        }
        bytes = at;
    }
    if (bytes == 0) {
        return PT_FINAL_VOWEL;
    }
    size_t start;
    const uint32_t point = last_point(text, bytes, &start);
    if (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST) {
        const uint32_t final = (point - SYLLABLE_FIRST) % FINALS;
        return final == 0 ? PT_FINAL_VOWEL : final == FINAL_RIEUL ? PT_FINAL_RIEUL : PT_FINAL_CONSONANT;
    }
    return point > 0 && point < 0x80 ? final_of_ascii((char)point) : PT_FINAL_VOWEL;
}

/* {after a consonant, after a vowel}; those that begin with 으 drop it after ㄹ too. */
static const char *const pairs[][2] = {{"은", "는"},   {"이", "가"},           {"을", "를"},  {"과", "와"},
                                       {"으로", "로"}, {"으로부터", "로부터"}, {"이나", "나"}};

bool pt_josa_parse(const char *pair, size_t bytes, pt_josa *out) {
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *const a = pairs[i][0], *const b = pairs[i][1];
        const size_t na = strlen(a), nb = strlen(b);
        if (bytes != na + 1 + nb) {
            continue;
        }
        const bool forth = !memcmp(pair, a, na) && pair[na] == '/' && !memcmp(pair + na + 1, b, nb);
        const bool back = !memcmp(pair, b, nb) && pair[nb] == '/' && !memcmp(pair + nb + 1, a, na);
        if (forth || back) {
            const char *const rieul = strncmp(a, "으", 3) ? a : b;
            *out = (pt_josa){{b, rieul, a}, {(uint8_t)nb, (uint8_t)strlen(rieul), (uint8_t)na}};
            return true;
        }
    }
    return false;
}
