/* SPDX-License-Identifier: Apache-2.0 */
/* no_memory.c - to be preloaded: the n-th request for memory of a process gets none (PATOPIC_FAIL_AT), or the
 * requests are counted into a file (PATOPIC_COUNT). Requests of whatever library count. */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static _Atomic uint64_t *seen; /* shared with child processes */
static uint64_t fail_at;
static const char *count_path;
static bool is_ready;
/* What the dynamic linker itself asks for while malloc is being looked up. */
static char early[1 << 16];
static size_t early_used;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void *(*real_aligned)(size_t, size_t);
static void (*real_free)(void *);

__attribute__((constructor)) static void prepare(void) {
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real_aligned = dlsym(RTLD_NEXT, "aligned_alloc");
    *(void **)&real_free = dlsym(RTLD_NEXT, "free");
    const char *at = getenv("PATOPIC_FAIL_AT");
    fail_at = at ? strtoull(at, NULL, 10) : 0;
    count_path = getenv("PATOPIC_COUNT");
    void *shared = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    seen = shared == MAP_FAILED ? NULL : shared;
    is_ready = seen != NULL;
}

__attribute__((destructor)) static void tell(void) {
    FILE *out = count_path ? fopen(count_path, "w") : NULL;
    if (out && seen) {
        fprintf(out, "%llu\n", (unsigned long long)*seen);
        fclose(out);
    }
}

static bool fails(void) {
    if (!is_ready || ++*seen != fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

static void *take_early(size_t n) {
    n = (n + 15) & ~(size_t)15;
    if (n > sizeof early - early_used)
        return NULL;
    early_used += n;
    return early + early_used - n;
}

void *malloc(size_t n) {
    return !real_malloc ? take_early(n) : fails() ? NULL : real_malloc(n);
}

void *calloc(size_t count, size_t n) {
    return !real_calloc ? take_early(count * n) : fails() ? NULL : real_calloc(count, n);
}

void *realloc(void *old, size_t n) {
    return !real_realloc ? take_early(n) : fails() ? NULL : real_realloc(old, n);
}

void *aligned_alloc(size_t unit, size_t n) {
    return fails() ? NULL : real_aligned(unit, n);
}

void free(void *p) {
    if (real_free && ((char *)p < early || (char *)p >= early + sizeof early))
        real_free(p);
}
