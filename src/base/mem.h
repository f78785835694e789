/* SPDX-License-Identifier: Apache-2.0 */
/* mem.h - allocation that never returns NULL. Out of memory ends the process with a message and
 * PT_ERR_BUG's exit code: a half-built model has no use, and every artefact on disk is atomic. */
#ifndef PT_BASE_MEM_H
#define PT_BASE_MEM_H

#include <stddef.h>
#include <stdint.h>

/* Sizes are count x size with the product checked for overflow. A product of 0 gives a unique pointer. */
void *pt_alloc(size_t count, size_t size) __attribute__((malloc));
void *pt_zalloc(size_t count, size_t size) __attribute__((malloc)); /* zeroed */
void *pt_realloc(void *old, size_t count, size_t size) __attribute__((warn_unused_result));
/* Aligned to 64 bytes (a cache line, a 512-bit vector), zeroed; freed with free(). */
void *pt_zalloc_aligned(size_t count, size_t size) __attribute__((malloc));
char *pt_strdup(const char *text) __attribute__((malloc));
char *pt_strndup(const char *text, size_t bytes) __attribute__((malloc));
/* printf into a fresh string. */
char *pt_strfmt(const char *format, ...) __attribute__((format(printf, 1, 2), malloc));

/* Memory that the machine has, or that this process may have (ulimit -v): what no input may ask for. */
uint64_t pt_machine_memory_bytes(void);

#endif
