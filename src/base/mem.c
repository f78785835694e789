/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "patopic.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *p, size_t count, size_t size) {
    if (!p) {
        fprintf(stderr, "patopic: out of memory (%zu x %zu bytes)\n", count, size);
        exit(PT_ERR_BUG);
    }
    return p;
}

static size_t product(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 64)
        checked(NULL, count, size);
    return bytes ? bytes : 1;
}

void *pt_alloc(size_t count, size_t size) {
    return checked(malloc(product(count, size)), count, size);
}

void *pt_zalloc(size_t count, size_t size) {
    return checked(calloc(1, product(count, size)), count, size);
}

void *pt_realloc(void *old, size_t count, size_t size) {
    return checked(realloc(old, product(count, size)), count, size);
}

void *pt_zalloc_aligned(size_t count, size_t size) {
    const size_t bytes = (product(count, size) + 63) & ~(size_t)63;
    void *p = checked(aligned_alloc(64, bytes), count, size);
    return memset(p, 0, bytes);
}

char *pt_strndup(const char *text, size_t bytes) {
    char *copy = pt_alloc(bytes + 1, 1);
    memcpy(copy, text, bytes);
    copy[bytes] = '\0';
    return copy;
}

char *pt_strdup(const char *text) {
    return pt_strndup(text, strlen(text));
}

char *pt_strfmt(const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = pt_alloc((size_t)(n < 0 ? 0 : n) + 1, 1);
    if (n < 0)
        text[0] = '\0';
    else
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}
