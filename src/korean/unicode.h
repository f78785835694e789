/* SPDX-License-Identifier: Apache-2.0 */
/* unicode.h - UTF-8 in and out, normalisation, script classes; the only door to utf8proc. */
#ifndef PT_KOREAN_UNICODE_H
#define PT_KOREAN_UNICODE_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

#define PT_REPLACEMENT 0xFFFDu
#define PT_HANGUL_FIRST 0xAC00u
#define PT_HANGUL_COUNT 11172u

typedef enum pt_script {
    PT_SCRIPT_SPACE,
    PT_SCRIPT_HANGUL, /* precomposed syllables */
    PT_SCRIPT_JAMO,   /* single letters of Hangul, conjoining or not */
    PT_SCRIPT_LATIN,  /* letters with Latin, Greek or Cyrillic origin */
    PT_SCRIPT_HANJA,
    PT_SCRIPT_DIGIT,
    PT_SCRIPT_LETTER, /* any other letter */
    PT_SCRIPT_OTHER   /* punctuation, symbols, marks, unassigned */
} pt_script;

/* A code point of folded text and the bytes of the original text it came from. */
typedef struct pt_glyph {
    uint32_t code;
    uint32_t begin, end;
} pt_glyph;

/* The code point at text and its length in *used (at least 1 when n > 0); a byte that starts no valid
 * sequence gives U+FFFD and length 1. n must not be 0. */
uint32_t pt_utf8_decode(const char *text, size_t n, size_t *used);
/* Writes 1 to 4 bytes; returns how many. Surrogates and values above U+10FFFF are written as U+FFFD. */
size_t pt_utf8_encode(uint32_t code, char out[4]);

pt_script pt_script_of(uint32_t code);
uint32_t pt_lower(uint32_t code);

/* 0 for a syllable without a final consonant, else 1 to 27 (8 is ㄹ); code must be a Hangul syllable. */
static inline unsigned pt_hangul_final(uint32_t code) {
    return (code - PT_HANGUL_FIRST) % 28;
}

static inline bool pt_is_hangul(uint32_t code) {
    return code - PT_HANGUL_FIRST < PT_HANGUL_COUNT;
}

/* pt_fold - NFC, full-width ASCII to ASCII, invalid bytes to U+FFFD; every other code point is left as it
 * is (no NFKC: ㎛ and ℃ stay). Writes at most `room` glyphs with offsets into text and returns how many;
 * *used is the number of bytes they stand for (n unless the room ran out). A stretch of combining marks is
 * cut after 32, so the time is linear. */
size_t pt_fold(const char *text, size_t n, pt_glyph *out, size_t room, size_t *used);
/* The same, appended to out as UTF-8. */
void pt_fold_text(const char *text, size_t n, pt_buf *out);

#endif
