/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.c - the source that needs no file. */
#include "patent/bytes.h"
#include <string.h>

static size_t read_memory(void *stage, char *at, size_t n) {
    pt_memory *text = stage;
    const size_t take = text->n < n ? text->n : n;
    memcpy(at, text->at, take);
    text->at += take;
    text->n -= take;
    return take;
}

pt_bytes pt_memory_bytes(pt_memory *text) {
    return (pt_bytes){read_memory, text};
}
