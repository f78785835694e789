/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "patopic.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static void *checked(void *p, size_t count, size_t size) {
    if (!p) {
        fprintf(stderr, "patopic: out of memory (%zu x %zu bytes)\n", count, size);
        exit(PT_ERR_BUG);
    }
    return p;
}

static size_t product(size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ((size_t)2 << 20))
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
    const size_t huge_page = (size_t)2 << 20, n = product(count, size);
    const size_t unit = n < huge_page ? 64 : huge_page;
    const size_t bytes = (n + unit - 1) / unit * unit;
    void *p = checked(aligned_alloc(unit, bytes), count, size);
    if (unit == huge_page)
        madvise(p, bytes, MADV_HUGEPAGE); /* a wish: rows fetched at random spare the page walk */
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

uint64_t pt_machine_memory_bytes(void) {
    const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
    const uint64_t all = pages > 0 && bytes > 0 ? (uint64_t)pages * (uint64_t)bytes : UINT64_MAX;
    struct rlimit limit;
    return getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < all ? limit.rlim_cur : all;
}
