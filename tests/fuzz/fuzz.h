/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h - what the fuzz targets share: a check that ends the process, and bytes as a file that lives in
 * memory alone, for the readers that take a path. */
#ifndef PT_TESTS_FUZZ_H
#define PT_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void expect(bool holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

/* One file in memory, filled anew with each call; the path is good until the next one. */
static inline const char *fuzz_file(const void *data, size_t size) {
    static char path[32];
    static int file = -1;
    if (file < 0) {
        file = memfd_create("fuzz", MFD_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    expect(file >= 0 && ftruncate(file, 0) == 0, "no file in memory");
    for (size_t done = 0; done < size;) {
        const ssize_t n = pwrite(file, (const char *)data + done, size - done, (off_t)done);
        expect(n > 0, "the file in memory is full");
        done += (size_t)n;
    }
    return path;
}

#endif
