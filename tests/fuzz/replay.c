/* SPDX-License-Identifier: Apache-2.0 */
/* replay.c - a fuzz target without a fuzzer: PROGRAM FOLDER… gives it every file of the folders, then MUTANTS
 * splices of them with bytes changed, from a fixed stream of random numbers. A target that fails aborts. */
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

enum { MUTANTS = 5000, MOST_BYTES = 32768 };

typedef struct seed {
    char *bytes;
    size_t n;
} seed;
typedef PT_VEC(seed) seeds;

static void read_folder(const char *folder, seeds *out) {
    struct dirent **names;
    const int n = scandir(folder, &names, NULL, alphasort);
    expect(n > 2, "a folder without seeds");
    for (int i = 0; i < n; i++) {
        char *path = pt_path_join(folder, names[i]->d_name);
        seed one;
        if (names[i]->d_name[0] != '.') {
            expect(pt_file_read(path, &one.bytes, &one.n, NULL) == PT_OK, path);
            pt_vec_push(out, one);
        }
        free(path);
        free(names[i]);
    }
    free(names);
}

/* The head of one seed, the tail of another, a few bytes changed. */
static size_t mutate(const seeds *from, uint64_t key, uint8_t out[MOST_BYTES]) {
    const seed *a = &from->at[pt_rng_below(pt_rng_at(key, 0), from->n)];
    const seed *b = &from->at[pt_rng_below(pt_rng_at(key, 1), from->n)];
    size_t head = pt_rng_below(pt_rng_at(key, 2), a->n + 1), tail = pt_rng_below(pt_rng_at(key, 3), b->n + 1);
    head = head < MOST_BYTES / 2 ? head : MOST_BYTES / 2;
    tail = tail < MOST_BYTES / 2 ? tail : MOST_BYTES / 2;
    memcpy(out, a->bytes, head);
    memcpy(out + head, b->bytes + b->n - tail, tail);
    const size_t size = head + tail;
    for (unsigned k = 0; size > 0 && k < 4; k++)
        out[pt_rng_below(pt_rng_at(key, 10 + k), size)] = (uint8_t)pt_rng_at(key, 20 + k);
    return size;
}

int main(int argc, char **argv) {
    seeds all = {0};
    for (int i = 1; i < argc; i++)
        read_folder(argv[i], &all);
    expect(all.n > 0, "usage: PROGRAM FOLDER...");
    for (size_t i = 0; i < all.n; i++)
        LLVMFuzzerTestOneInput((const uint8_t *)all.at[i].bytes, all.at[i].n);
    static uint8_t out[MOST_BYTES];
    for (uint64_t k = 0; k < MUTANTS; k++)
        LLVMFuzzerTestOneInput(out, mutate(&all, pt_rng_key(3, k, 0), out));
    printf("%zu seeds and %d mutants\n", all.n, MUTANTS);
    for (size_t i = 0; i < all.n; i++)
        free(all.at[i].bytes);
    pt_vec_free(&all);
    return 0;
}
