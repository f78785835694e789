/* SPDX-License-Identifier: Apache-2.0 */
/* row_codec.h - changes of n_kw as bytes. Words come in blocks of PT_WORD_BLOCK; a block without a change
 * takes no bytes, a word without one neither; the row of a word is written sparse or dense, whichever is
 * shorter:
 *
 *     block:   block number u32, bytes behind this head u32, words
 *     word:    word in the block + 128 if dense (u8); sparse: entries (varint), then topic gap and change of
 * each; dense: all K changes
 *
 * Numbers are LEB128 varints, changes zigzag before that: nearly all take one byte. */
#ifndef PT_TOPICS_ROW_CODEC_H
#define PT_TOPICS_ROW_CODEC_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { PT_WORD_BLOCK = 32 };
/* Some words of a block: bit i is its word i. In most rounds a block changes in few of its words, and the
 * others are not looked at. */
typedef uint32_t pt_words;

typedef enum pt_row_form { PT_ROW_SHORTER, PT_ROW_SPARSE, PT_ROW_DENSE } pt_row_form;

/* What encoding has come to: how often each gap between changed cells and each change occurred (those of 255
 * and more as one). */
typedef struct pt_row_tally {
    uint64_t rows, cells, gap[256], change[256];
} pt_row_tally;

/* Appends one block; change [PT_WORD_BLOCK][K], which is 0 but in `words`. Nothing is appended when all of it
 * is 0. */
void pt_rows_encode(pt_buf *out, uint32_t block, const int32_t *change, uint32_t K, pt_words words,
                    pt_row_form form);
/* Sets the changes of those words to 0 again. */
void pt_rows_clear(int32_t *change, uint32_t K, pt_words words);
/* Adds one block to the tally. */
void pt_rows_tally(pt_row_tally *tally, const int32_t *change, uint32_t K);
/* Shortest that an ideal code of gaps and changes could be on the average of that tally (their empirical
 * entropies; Shannon 1948), in bytes. */
double pt_row_tally_least(const pt_row_tally *tally);

/* The next block of a stream, without looking into it; false at the end or where the bytes make no sense
 * (*position then stays behind the end). */
typedef struct pt_row_block {
    uint32_t block, n_bytes;
    const uint8_t *at;
} pt_row_block;
bool pt_rows_next(const pt_buf *stream, size_t *position, pt_row_block *out);

/* Adds a block to change [PT_WORD_BLOCK][K], and its words to *words; false where the bytes make no sense. */
bool pt_rows_add(const pt_row_block *block, int32_t *change, uint32_t K, pt_words *words);
/* Adds a block to count [PT_WORD_BLOCK][K], and its words to *words; false also where a count would leave
 * uint32. */
bool pt_rows_apply(const pt_row_block *block, uint32_t *count, uint32_t K, pt_words *words);

#endif
