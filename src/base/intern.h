/* SPDX-License-Identifier: Apache-2.0 */
/* intern.h - strings to dense ids 0, 1, 2 … in order of first sight, and back. */
#ifndef PT_BASE_INTERN_H
#define PT_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#define PT_NO_ID UINT32_MAX

typedef struct pt_intern pt_intern;

pt_intern *pt_intern_new(void);
void pt_intern_free(pt_intern *table); /* NULL is fine */
/* Id of the string, given now if it is new. */
uint32_t pt_intern_add(pt_intern *table, const char *text, size_t bytes);
/* Id of the string or PT_NO_ID. */
uint32_t pt_intern_find(const pt_intern *table, const char *text, size_t bytes);
/* The string of an id, NUL-terminated; borrowed until the table is freed. */
const char *pt_intern_text(const pt_intern *table, uint32_t id);
size_t pt_intern_bytes(const pt_intern *table, uint32_t id);
uint32_t pt_intern_count(const pt_intern *table);

/* 64-bit hash of bytes (FNV-1a, finished with pt_mix64); the same on every machine. */
uint64_t pt_hash_bytes(const void *bytes, size_t n);

#endif
