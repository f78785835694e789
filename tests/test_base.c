/* SPDX-License-Identifier: Apache-2.0 */
#include "base/apart.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "base/tsv.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static void the_counter_generator_gives_the_published_values(void **state) {
    (void)state;
    assert_true(pt_rng_hash(0) == 0xe220a8397b1dcdafULL);
    assert_true(pt_rng_hash(1) == 0x910a2dec89025cc1ULL);
    assert_true(pt_rng_hash(2) == 0x975835de1c9756ceULL);
    const int expected[] = {10, 6, 7, 1, 5, 4, 8, 4, 7, 8, 0, 3};
    for (uint64_t i = 0; i < 12; i++)
        assert_int_equal(pt_rng_below(pt_rng_hash(i), 12), expected[i]);
    for (uint64_t i = 0; i < 1000; i++) {
        const double u = pt_rng_double(pt_rng_at(7, i));
        assert_true(u >= 0 && u < 1);
    }
}

static void interning_gives_dense_ids_and_keeps_texts(void **state) {
    (void)state;
    pt_intern *table = pt_intern_new();
    char *giant = pt_alloc(1 << 19, 1);
    memset(giant, 'x', 1 << 19);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            char text[16];
            const int n = snprintf(text, sizeof text, "w%u", i);
            assert_int_equal(pt_intern_add(table, text, (size_t)n), round && i > 100 ? i + 1 : i + (i > 100));
            if (i == 100)
                assert_int_equal(pt_intern_add(table, giant, 1 << 19), 101);
        }
    assert_string_equal(pt_intern_text(table, 7), "w7");
    assert_int_equal(pt_intern_bytes(table, 101), 1 << 19);
    assert_int_equal(pt_intern_find(table, "w4999", 5), 5000);
    assert_int_equal(pt_intern_find(table, "none", 4), PT_NO_ID);
    assert_int_equal(pt_intern_count(table), 5001);
    free(giant);
    pt_intern_free(table);
}

static void a_file_is_replaced_whole_or_not_at_all(void **state) {
    (void)state;
    char *path = scratch_file("deep/er/a.txt", "old");
    pt_writer *writer;
    pt_error err;
    assert_int_equal(pt_writer_open(&writer, path, &err), PT_OK);
    pt_writer_puts(writer, "half");
    pt_writer_abandon(writer);
    char *bytes;
    size_t n;
    assert_int_equal(pt_file_read(path, &bytes, &n, &err), PT_OK);
    assert_string_equal(bytes, "old");
    free(bytes);
    assert_int_equal(pt_file_read("/nonexistent/x", &bytes, &n, &err), PT_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "/nonexistent/x"));
    char *below = pt_path_join(path, "b");
    assert_int_equal(pt_writer_open(&writer, below, &err), PT_ERR_CREATE);
    free(below);
    free(path);
}

static void a_full_disk_is_reported_and_leaves_the_old_file(void **state) {
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    char *target = scratch_file("kept.txt", "old");
    char *temporary = pt_strfmt("%s.tmp-%ld", target, (long)getpid());
    assert_int_equal(symlink("/dev/full", temporary), 0);
    pt_writer *writer;
    pt_error err;
    assert_int_equal(pt_writer_open(&writer, target, &err), PT_OK);
    pt_writer_puts(writer, "new");
    assert_int_equal(pt_writer_close(writer, &err), PT_ERR_IO);
    assert_non_null(strstr(err.message, "kept.txt"));
    char *bytes;
    size_t n;
    assert_int_equal(pt_file_read(target, &bytes, &n, &err), PT_OK);
    assert_string_equal(bytes, "old");
    free(bytes);
    free(temporary);
    free(target);
}

static void digests_are_sha256(void **state) {
    (void)state;
    char hex[65], again[65];
    pt_digest("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    char *path = scratch_file("abc", "abc");
    assert_int_equal(pt_file_digest(path, again, NULL), PT_OK);
    assert_string_equal(hex, again);
    free(path);
}

static void tables_know_their_lines(void **state) {
    (void)state;
    const char good[] = "# about\n# more\nid\tname\n#1\tx\n\nb\t\n";
    char *path = scratch_file("good.tsv", good);
    pt_tsv *table;
    pt_error err;
    size_t column;
    assert_int_equal(pt_tsv_open(&table, path, &err), PT_OK);
    assert_int_equal(pt_tsv_rows(table), 2);
    assert_int_equal(pt_tsv_column(table, "name", &column, &err), PT_OK);
    assert_string_equal(pt_tsv_cell(table, 0, column), "x");
    assert_string_equal(pt_tsv_cell(table, 1, column), "");
    assert_int_equal(pt_tsv_line(table, 1), 6);
    assert_int_equal(pt_tsv_column(table, "none", &column, &err), PT_ERR_CONFIG);
    pt_tsv_close(table);
    free(path);
    path = scratch_file("bad.tsv", "a\tb\n1\t2\n1\t2\t3\n");
    assert_int_equal(pt_tsv_open(&table, path, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "bad.tsv:3: 3 cells"));
    free(path);
    path = scratch_file("empty.tsv", "");
    assert_int_equal(pt_tsv_open(&table, path, &err), PT_ERR_CONFIG);
    free(path);
}

static pt_status on_key(void *user, const char *section, const char *key, const char *value, const char *path,
                        int line, pt_error *err) {
    (void)path;
    if (strcmp(key, "bad") == 0)
        return pt_fail(err, PT_ERR_CONFIG, "line %d", line);
    pt_buf_printf(user, "%s.%s=%s@%d;", section, key, value, line);
    return PT_OK;
}

static void ini_keys_come_with_section_and_line(void **state) {
    (void)state;
    const char text[] = "[study]\nname = 김해\n\n[score]\nlq = 2\n";
    char *path = scratch_file("a.ini", text);
    pt_buf seen = {0};
    pt_error err;
    assert_int_equal(pt_ini_read(path, on_key, &seen, &err), PT_OK);
    assert_string_equal(pt_buf_text(&seen), "study.name=김해@2;score.lq=2@5;");
    pt_buf_free(&seen);
    free(path);
    path = scratch_file("b.ini", "[a]\nx=1\nbad=1\n");
    assert_int_equal(pt_ini_read(path, on_key, &seen, &err), PT_ERR_CONFIG);
    assert_string_equal(err.message, "line 3");
    pt_buf_free(&seen);
    free(path);
    path = scratch_file("c.ini", "[a]\nnonsense\n");
    assert_int_equal(pt_ini_read(path, on_key, &seen, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "c.ini:2"));
    free(path);
}

static void square(void *shared, int worker, size_t unit) {
    (void)worker;
    ((size_t *)shared)[unit] = unit * unit;
}

static void every_unit_of_parallel_work_is_done_once(void **state) {
    (void)state;
    for (int threads = 1; threads <= 4; threads *= 2) {
        size_t slots[1000] = {0};
        pt_parallel_for(threads, 1000, square, slots);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(slots[i], i * i);
    }
    pt_parallel_for(2, 0, square, NULL);
}

typedef enum fate { SUCCEED, REFUSE, CRASH, LEAVE, STARVE } fate;

static pt_status meet(void *user, pt_error *err) {
    const fate *what = user;
    switch (*what) {
    case SUCCEED:
        return PT_OK;
    case REFUSE:
        return pt_fail(err, PT_ERR_IO, "a.xlsx: cannot write: the disk is full");
    case CRASH:
        signal(SIGSEGV, SIG_DFL); /* a sanitizer has its own handler */
        raise(SIGSEGV);
        return PT_OK;
    case LEAVE:
        _exit(7);
    case STARVE:
        fclose(stderr); /* what it says is no concern of this test */
        free(pt_alloc(SIZE_MAX, 2));
    }
    return PT_OK;
}

static void work_apart_tells_how_it_ended(void **state) {
    (void)state;
    static const struct {
        fate fate;
        pt_status status;
        const char *message;
    } cases[] = {
        {SUCCEED, PT_OK, ""},
        {REFUSE, PT_ERR_IO, "a.xlsx: cannot write: the disk is full"},
        {CRASH, PT_ERR_BUG, "a.xlsx: not written: out of memory, or a fault of a library (Segmentation"},
        {LEAVE, PT_ERR_BUG, "a.xlsx: not written: out of memory (exit status 7)"},
        {STARVE, PT_ERR_BUG, "a.xlsx: not written: out of memory (exit status 70)"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pt_error err = {0};
        fate what = cases[i].fate;
        assert_int_equal(pt_run_apart(meet, &what, "a.xlsx", &err), cases[i].status);
        assert_non_null(strstr(err.message, cases[i].message));
    }
    assert_int_equal(pt_run_apart(meet, &(fate){REFUSE}, "a.xlsx", NULL), PT_ERR_IO);
}

/* The vectors of RFC 4648 §10. */
static void test_base64(void **state) {
    (void)state;
    static const char *const expected[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t n = 0; n <= 6; n++) {
        pt_buf text = {0};
        pt_base64_append(&text, "foobar", n);
        assert_string_equal(pt_buf_text(&text), expected[n]);
        pt_buf_free(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base64),
        cmocka_unit_test(the_counter_generator_gives_the_published_values),
        cmocka_unit_test(interning_gives_dense_ids_and_keeps_texts),
        cmocka_unit_test(a_file_is_replaced_whole_or_not_at_all),
        cmocka_unit_test(a_full_disk_is_reported_and_leaves_the_old_file),
        cmocka_unit_test(digests_are_sha256),
        cmocka_unit_test(tables_know_their_lines),
        cmocka_unit_test(ini_keys_come_with_section_and_line),
        cmocka_unit_test(every_unit_of_parallel_work_is_done_once),
        cmocka_unit_test(work_apart_tells_how_it_ended),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
