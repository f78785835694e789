/* SPDX-License-Identifier: Apache-2.0 */
/* decode.h - bytes of any encoding that patent files come in, as valid UTF-8. The encoding is taken from
 * the byte order mark, the XML declaration and the bytes themselves, which win where they contradict:
 * a file that says EUC-KR but was saved as UTF-8, and one that says nothing and is CP949. */
#ifndef PT_PATENT_DECODE_H
#define PT_PATENT_DECODE_H

#include "patent/bytes.h"
#include "patent/counts.h"

typedef struct pt_decoder pt_decoder;

/* Reads from `source` (whose stage must outlive the decoder); repairs are counted into `counts`. */
pt_decoder *pt_decoder_new(pt_bytes source, pt_reader_counts *counts);
void pt_decoder_free(pt_decoder *decoder); /* NULL is fine */
/* The text: valid UTF-8 without a byte order mark; what cannot be decoded is U+FFFD. */
pt_bytes pt_decoder_bytes(pt_decoder *decoder);
/* The first bytes of the text (at most 64 KiB), not yet consumed; before the first read only. */
const char *pt_decoder_peek(const pt_decoder *decoder, size_t *n);
/* Name of the encoding that is being read: UTF-8, CP949, UTF-16LE … */
const char *pt_decoder_encoding(const pt_decoder *decoder);

/* Bytes of the UTF-8 sequence at text (1 to 4), 0 when it is not one, -1 when it is cut off by the end.
 * *code is its character. */
int pt_utf8_sequence(const char *text, size_t n, unsigned *code);

#endif
