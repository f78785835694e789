/* SPDX-License-Identifier: Apache-2.0 */
/* The fuzz target of the analyser without a fuzzer: every seed as it is, then seeds cut, spliced and with
 * bytes changed, from a fixed stream of random numbers. */
#include "fuzz/tokenize_fuzz.c"

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { SEEDS_MAX = 64, MUTANTS = 3000 };

static const char FOLDER[] = "tests/fuzz/seeds/tokenize";

typedef struct seed {
    char *bytes;
    size_t n;
} seed;

static size_t read_seeds(seed seeds[SEEDS_MAX]) {
    struct dirent **names;
    const int n = scandir(FOLDER, &names, NULL, alphasort);
    assert_true(n > 2);
    size_t read = 0;
    for (int k = 0; k < n; k++) {
        char *path = pt_path_join(FOLDER, names[k]->d_name);
        pt_error err = {0};
        if (names[k]->d_name[0] != '.' && read < SEEDS_MAX) {
            assert_int_equal(pt_file_read(path, &seeds[read].bytes, &seeds[read].n, &err), PT_OK);
            read++;
        }
        free(path);
        free(names[k]);
    }
    free(names);
    return read;
}

static void free_seeds(seed *seeds, size_t n) {
    for (size_t k = 0; k < n; k++)
        free(seeds[k].bytes);
}

static void seeds_are_survived(void **state) {
    (void)state;
    seed seeds[SEEDS_MAX];
    const size_t n = read_seeds(seeds);
    for (size_t k = 0; k < n; k++)
        assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)seeds[k].bytes, seeds[k].n), 0);
    free_seeds(seeds, n);
}

/* The head of one seed, the tail of another, a few bytes changed. */
static size_t mutate(const seed *seeds, size_t n, uint64_t key, uint8_t *out, size_t room) {
    const seed *a = &seeds[pt_rng_below(pt_rng_at(key, 0), n)],
               *b = &seeds[pt_rng_below(pt_rng_at(key, 1), n)];
    size_t head = pt_rng_below(pt_rng_at(key, 2), a->n + 1), tail = pt_rng_below(pt_rng_at(key, 3), b->n + 1);
    head = head < room / 2 ? head : room / 2;
    tail = tail < room / 2 ? tail : room / 2;
    memcpy(out, a->bytes, head);
    memcpy(out + head, b->bytes + b->n - tail, tail);
    const size_t size = head + tail;
    for (unsigned k = 0; size > 0 && k < 4; k++)
        out[pt_rng_below(pt_rng_at(key, 10 + k), size)] = (uint8_t)pt_rng_at(key, 20 + k);
    return size;
}

static void mutants_are_survived(void **state) {
    (void)state;
    seed seeds[SEEDS_MAX];
    const size_t n = read_seeds(seeds);
    uint8_t out[1024];
    for (uint64_t k = 0; k < MUTANTS; k++) {
        const size_t size = mutate(seeds, n, pt_rng_key(3, k, 0), out, sizeof out);
        assert_int_equal(LLVMFuzzerTestOneInput(out, size), 0);
    }
    free_seeds(seeds, n);
}

int main(void) {
    const char *build = getenv("BUILD");
    char *dictionary = pt_path_join(build ? build : "build", "korean.dict");
    setenv("PATOPIC_LEXICON", dictionary, 0);
    free(dictionary);
    const struct CMUnitTest tests[] = {cmocka_unit_test(seeds_are_survived),
                                       cmocka_unit_test(mutants_are_survived)};
    return cmocka_run_group_tests_name("tokenize_fuzz", tests, NULL, NULL);
}
