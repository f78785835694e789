/* SPDX-License-Identifier: Apache-2.0 */
/* cache.h - eojeols whose nouns are known already, by their raw bytes; about 5 MB when full. Private to
 * src/korean. */
#ifndef PT_KOREAN_CACHE_H
#define PT_KOREAN_CACHE_H

#include "korean/eojeol.h"

typedef struct pt_cache pt_cache;

/* A noun in pt_known.chars, which begin with the eojeol itself. */
typedef struct pt_known_noun {
    uint8_t form, bytes, flags;
} pt_known_noun;

typedef struct pt_known {
    const pt_known_noun *nouns;
    const char *chars;
    unsigned n_nouns;
    uint32_t traits;
} pt_known;

pt_cache *pt_cache_new(void);
void pt_cache_free(pt_cache *cache); /* NULL is fine */
/* Fills *out when the eojeol is known; borrowed until the next pt_cache_keep. */
bool pt_cache_find(const pt_cache *cache, const char *text, size_t bytes, pt_known *out);
/* Keeps the nouns and traits of an eojeol, unless they are too long for a slot. */
void pt_cache_keep(pt_cache *cache, const char *text, size_t bytes, const pt_eojeol *eojeol);

#endif
