/* SPDX-License-Identifier: Apache-2.0 */
#include "store/tokens.h"

#include <assert.h>

void pt_tokens_put(pt_buf *out, uint32_t word, uint8_t flags) {
    assert(flags < 1u << PT_STORED_FLAG_BITS);
    uint64_t value = (uint64_t)word << PT_STORED_FLAG_BITS | flags;
    while (value >= 0x80) {
        pt_buf_putc(out, (char)(value | 0x80));
        value >>= 7;
    }
    pt_buf_putc(out, (char)value);
}

bool pt_tokens_get(const uint8_t *bytes, size_t n, size_t *position, pt_stored_token *token) {
    uint64_t value = 0;
    for (unsigned shift = 0; *position < n && shift < 42; shift += 7) {
        const uint8_t byte = bytes[(*position)++];
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        if (value >> PT_STORED_FLAG_BITS > UINT32_MAX)
            return false;
        token->word = (uint32_t)(value >> PT_STORED_FLAG_BITS);
        token->flags = (uint8_t)(value & ((1u << PT_STORED_FLAG_BITS) - 1));
        return true;
    }
    return false;
}
