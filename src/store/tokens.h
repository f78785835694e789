/* SPDX-License-Identifier: Apache-2.0 */
/* tokens.h - the nouns of a text as the store keeps them: LEB128 varints of word id * 16 + flags. */
#ifndef PT_STORE_TOKENS_H
#define PT_STORE_TOKENS_H

#include "base/buf.h"
#include "base/status.h"

enum { PT_STORED_FLAG_BITS = 4 };

typedef struct pt_stored_token {
    uint32_t word;
    uint8_t flags; /* PT_NOUN_* */
} pt_stored_token;

void pt_tokens_put(pt_buf *out, uint32_t word, uint8_t flags);
/* Reads one token at *position and moves it on; false at the end or where the bytes are no token. */
bool pt_tokens_get(const uint8_t *bytes, size_t n, size_t *position, pt_stored_token *token);

#endif
