/* SPDX-License-Identifier: Apache-2.0 */
/* bytes.h - a source of bytes that the next stage pulls from: file → archive → decode → repair → XML. */
#ifndef PT_PATENT_BYTES_H
#define PT_PATENT_BYTES_H

#include <stddef.h>

/* read puts at most n > 0 bytes at `at` and returns how many; 0 = no more. A stage that fails ends its
 * stream and keeps the reason for whoever asks it. */
typedef struct pt_bytes {
    size_t (*read)(void *stage, char *at, size_t n);
    void *stage;
} pt_bytes;

/* Text in memory as such a source; at and n move as it is read. */
typedef struct pt_memory {
    const char *at;
    size_t n;
} pt_memory;

pt_bytes pt_memory_bytes(pt_memory *text);

#endif
