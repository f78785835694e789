/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/row_codec.h"

#include <math.h>
#include <string.h>

enum { DENSE = 0x80, MOST_VARINT = 5 };

static uint32_t zigzag(int32_t x) {
    return (uint32_t)x << 1 ^ (uint32_t)(x >> 31);
}

static int32_t unzigzag(uint32_t x) {
    return (int32_t)(x >> 1 ^ (0 - (x & 1)));
}

static size_t varint_bytes(uint32_t x) {
    size_t n = 1;
    for (; x >= 0x80; x >>= 7)
        n++;
    return n;
}

static uint8_t *put(uint8_t *at, uint32_t x) {
    for (; x >= 0x80; x >>= 7)
        *at++ = (uint8_t)(x | 0x80);
    *at++ = (uint8_t)x;
    return at;
}

static const uint8_t *get(const uint8_t *at, const uint8_t *end, uint32_t *x) {
    uint64_t value = 0;
    for (int i = 0; i < MOST_VARINT && at < end; i++) {
        value |= (uint64_t)(*at & 0x7F) << 7 * i;
        if (!(*at++ & 0x80)) {
            *x = (uint32_t)value;
            return value <= UINT32_MAX ? at : NULL;
        }
    }
    return NULL;
}

/* The next cell from k on that is not 0, K where there is none: most are, so eight at a time are looked at.
 */
static uint32_t next_cell(const int32_t *row, uint32_t k, uint32_t K) {
    for (; k + 8 <= K; k += 8) {
        uint64_t two[4];
        memcpy(two, row + k, sizeof two);
        if (two[0] | two[1] | two[2] | two[3])
            break;
    }
    while (k < K && row[k] == 0)
        k++;
    return k;
}

typedef struct cell {
    uint32_t gap, change; /* topics passed over; zigzag */
} cell;

/* The cells of a row that are not 0, of which there are n; the bytes of both forms, without their heads. */
static uint32_t list_cells(const int32_t *row, uint32_t K, cell *cells, size_t *sparse, size_t *dense) {
    uint32_t n = 0, next = 0;
    size_t gaps = 0, changes = 0;
    for (uint32_t k = next_cell(row, 0, K); k < K; k = next_cell(row, next, K)) {
        const cell c = {k - next, zigzag(row[k])};
        gaps += varint_bytes(c.gap);
        changes += varint_bytes(c.change);
        cells[n++] = c;
        next = k + 1;
    }
    *sparse = varint_bytes(n) + gaps + changes;
    *dense = changes + K - n;
    return n;
}

static uint8_t *put_sparse(uint8_t *at, const cell *cells, uint32_t n) {
    at = put(at, n);
    for (uint32_t i = 0; i < n; i++)
        at = put(put(at, cells[i].gap), cells[i].change);
    return at;
}

static uint8_t *put_dense(uint8_t *at, const cell *cells, uint32_t n, uint32_t K) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++, k++) {
        memset(at, 0, cells[i].gap);
        at = put(at + cells[i].gap, cells[i].change);
        k += cells[i].gap;
    }
    memset(at, 0, K - k);
    return at + (K - k);
}

static bool has_word(pt_words words, uint32_t i) {
    return words >> i & 1;
}

void pt_rows_clear(int32_t *change, uint32_t K, pt_words words) {
    for (uint32_t i = 0; i < PT_WORD_BLOCK; i++)
        if (has_word(words, i))
            memset(change + (size_t)i * K, 0, K * sizeof *change);
}

void pt_rows_encode(pt_buf *out, uint32_t block, const int32_t *change, uint32_t K, pt_words words,
                    pt_row_form form) {
    cell cells[UINT16_MAX]; /* K is below that (PT_NO_TOPIC) */
    const size_t start = out->n;
    uint32_t head[2] = {block, 0};
    pt_buf_append(out, head, sizeof head);
    for (uint32_t i = 0; i < PT_WORD_BLOCK; i++) {
        size_t sparse = 0, dense = 0;
        const uint32_t n =
            has_word(words, i) ? list_cells(change + (size_t)i * K, K, cells, &sparse, &dense) : 0;
        if (n == 0)
            continue;
        const bool is_dense = form == PT_ROW_DENSE || (form == PT_ROW_SHORTER && dense < sparse);
        uint8_t *at = (uint8_t *)pt_buf_room(out, 1 + (is_dense ? dense : sparse));
        *at++ = (uint8_t)(i | (is_dense ? DENSE : 0));
        is_dense ? put_dense(at, cells, n, K) : put_sparse(at, cells, n);
    }
    head[1] = (uint32_t)(out->n - start - sizeof head);
    if (head[1] == 0)
        out->n = start;
    else
        memcpy(out->at + start, head, sizeof head);
}

void pt_rows_tally(pt_row_tally *tally, const int32_t *change, uint32_t K) {
    for (uint32_t i = 0; i < PT_WORD_BLOCK; i++) {
        const int32_t *row = change + (size_t)i * K;
        uint32_t next = 0;
        for (uint32_t k = 0; k < K; k++) {
            if (row[k] == 0)
                continue;
            const uint32_t gap = k - next, z = zigzag(row[k]);
            tally->gap[gap < 255 ? gap : 255]++;
            tally->change[z < 255 ? z : 255]++;
            tally->cells++;
            next = k + 1;
        }
        tally->rows += next > 0;
    }
}

static double bits_of(const uint64_t *n, uint64_t total) {
    double bits = 0;
    for (size_t i = 0; i < 256; i++)
        if (n[i])
            bits -= (double)n[i] * log2((double)n[i] / (double)total);
    return bits;
}

double pt_row_tally_least(const pt_row_tally *tally) {
    return (bits_of(tally->gap, tally->cells) + bits_of(tally->change, tally->cells)) / 8;
}

bool pt_rows_next(const pt_buf *stream, size_t *position, pt_row_block *out) {
    uint32_t head[2];
    if (stream->n - *position < sizeof head) {
        *position = stream->n;
        return false;
    }
    memcpy(head, stream->at + *position, sizeof head);
    *position += sizeof head;
    if (head[1] > stream->n - *position)
        return false;
    *out = (pt_row_block){head[0], head[1], (const uint8_t *)stream->at + *position};
    *position += head[1];
    return true;
}

/* Adds to whatever the 32 bits of a cell are; *range gathers the sums' 64 bits, so that one outside uint32
 * shows. */
static const uint8_t *add_row(const uint8_t *at, const uint8_t *end, bool is_dense, uint32_t *row, uint32_t K,
                              uint64_t *range) {
    uint32_t n = K, gap = 0, change = 0, k = 0;
    if (!is_dense && (!(at = get(at, end, &n)) || n > K))
        return NULL;
    for (uint32_t i = 0; i < n; i++, k++) {
        if (!is_dense) {
            if (!(at = get(at, end, &gap)) || gap >= K - k)
                return NULL;
            k += gap;
        }
        if (!(at = get(at, end, &change)))
            return NULL;
        const int64_t sum = (int64_t)row[k] + unzigzag(change);
        *range |= (uint64_t)sum;
        row[k] = (uint32_t)sum;
    }
    return at;
}

static bool add_block(const pt_row_block *block, uint32_t *rows, uint32_t K, uint64_t *range,
                      pt_words *words) {
    const uint8_t *at = block->at, *const end = at + block->n_bytes;
    while (at && at < end) {
        const uint32_t word = *at & 0x7F;
        const bool is_dense = *at & DENSE;
        *words |= word < PT_WORD_BLOCK ? (pt_words)1 << word : 0;
        at = word < PT_WORD_BLOCK ? add_row(at + 1, end, is_dense, rows + (size_t)word * K, K, range) : NULL;
    }
    return at == end;
}

bool pt_rows_add(const pt_row_block *block, int32_t *change, uint32_t K, pt_words *words) {
    uint64_t unused = 0; /* the same bits, read as numbers with a sign */
    return add_block(block, (uint32_t *)change, K, &unused, words);
}

bool pt_rows_apply(const pt_row_block *block, uint32_t *count, uint32_t K, pt_words *words) {
    uint64_t range = 0;
    return add_block(block, count, K, &range, words) && range <= UINT32_MAX;
}
