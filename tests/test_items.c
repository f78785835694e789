/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/items.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HEADER                                                                                               \
    "item_id\ttheme\tfield\titem\tedition\tsource\tksic\tkind\tdefinition\tseeds\tnegatives\tsiblings\n"
#define ROW(id, name, kind, siblings) id "\tT\tF\t" name "\t2026\ts\t\t" kind "\td\ta|b\t\t" siblings "\n"

static char *write_table(const char *text) {
    char *path = pt_strdup("/tmp/test_items_XXXXXX");
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    return path;
}

static void refuse_items(const char *text, const char *word) {
    char *path = write_table(text);
    pt_items *items;
    pt_error err = {0};
    assert_int_equal(pt_items_load(path, &items, &err), PT_ERR_CONFIG);
    assert_null(items);
    if (!strstr(err.message, word))
        fail_msg("'%s' lacks '%s'", err.message, word);
    unlink(path);
    free(path);
}

static void test_items(void **state) {
    (void)state;
    char *path =
        write_table("# a comment\n" HEADER ROW("X1", "하나", "field", "X2") ROW("X2", "둘", "method", "X1"));
    pt_items *items;
    pt_error err = {0};
    assert_int_equal(pt_items_load(path, &items, &err), PT_OK);
    assert_int_equal(items->n, 2);
    assert_string_equal(items->at[1].name, "둘");
    assert_string_equal(items->at[0].seeds, "a|b");
    assert_true(items->at[1].is_method && !items->at[0].is_method);
    assert_int_equal(items->at[0].industry, PT_NO_INDUSTRY);
    assert_int_equal(pt_items_find(items, "X2"), 1);
    assert_int_equal(pt_items_find(items, "X3"), UINT32_MAX);
    assert_int_equal(strlen(items->digest), 64);
    pt_items_free(items);
    unlink(path);
    free(path);
}

static void test_items_refused(void **state) {
    (void)state;
    refuse_items(HEADER ROW("X1", "하나", "", "") ROW("X1", "둘", "", ""), ":3: item_id 'X1' stands twice");
    refuse_items(HEADER ROW("X1", "하나", "", "") ROW("", "둘", "", ""), ":3: ");
    refuse_items(HEADER ROW("X1", "", "", ""), ":2: ");
    refuse_items(HEADER ROW("X1", "하나", "fields", ""), "'fields'");
    refuse_items(HEADER ROW("X1", "하나", "", "X9"), "sibling 'X9'");
    refuse_items(HEADER, "no item");
    refuse_items("item_id\tname\n", "no column 'item'");
    refuse_items("theme\titem\n", "no column 'item_id'");
    pt_items *items;
    pt_error err = {0};
    assert_int_equal(pt_items_load("/nowhere/items.tsv", &items, &err), PT_ERR_NO_INPUT);
}

/* An edition of names alone: a namesake lends its seeds and is found by its old id too. */
static void test_names_alone(void **state) {
    (void)state;
    char *standard = write_table(HEADER ROW("X1", "하나", "method", "") ROW("X2", "둘", "field", ""));
    char *names = write_table("no\titem\n7\t둘\n8\t셋\n9\t하나\n");
    pt_items *items;
    pt_error err = {0};
    uint32_t n_without;
    assert_int_equal(pt_items_load(names, &items, &err), PT_OK);
    assert_string_equal(items->at[0].seeds, "");
    assert_int_equal(pt_items_inherit(items, standard, &n_without, &err), PT_OK);
    assert_int_equal(n_without, 1);
    assert_string_equal(items->at[0].seeds, "a|b");
    assert_string_equal(items->at[1].seeds, "");
    assert_true(items->at[2].is_method);
    assert_int_equal(pt_items_find(items, "7"), 0);
    assert_int_equal(pt_items_find(items, "X1"), 2);
    assert_int_equal(pt_items_find(items, "X3"), UINT32_MAX);
    pt_items_free(items);
    assert_int_equal(pt_items_load(names, &items, &err), PT_OK);
    assert_int_equal(pt_items_inherit(items, "/nowhere/items.tsv", &n_without, &err), PT_ERR_NO_INPUT);
    pt_items_free(items);
    unlink(standard);
    unlink(names);
    free(standard);
    free(names);
}

static pt_status load_industries(pt_items *items, const char *rows, pt_industries **out, pt_error *err) {
    char *text = pt_strfmt("industry_no\tindustry\titem_id\titem\trank\n%s", rows);
    char *path = write_table(text);
    const pt_status status = pt_industries_load(path, items, false, out, err);
    unlink(path);
    free(path);
    free(text);
    return status;
}

static void test_industries(void **state) {
    (void)state;
    char *path =
        write_table(HEADER ROW("X1", "하나", "", "") ROW("X2", "둘", "", "") ROW("X3", "셋", "", ""));
    pt_items *items;
    pt_industries *industries;
    pt_error err = {0};
    assert_int_equal(pt_items_load(path, &items, &err), PT_OK);
    assert_int_equal(load_industries(items, "9\tB\tX1\t\t1\n2\tA\tX3\t\t1\n", &industries, &err), PT_OK);
    assert_int_equal(industries->n, 2);
    assert_string_equal(industries->name[0], "A"); /* in the order of the numbers */
    assert_int_equal(items->at[0].industry, 1);
    assert_int_equal(items->at[1].industry, PT_NO_INDUSTRY);
    assert_int_equal(items->at[2].industry, 0);
    pt_industries_free(industries);
    static const char *const bad[][2] = {
        {"1\tA\tX9\t\t1\n", ":2: item_id 'X9'"},
        {"1\tA\tX1\t\t1\n2\tB\tX1\t\t1\n", ":3: item 'X1' already"},
        {"1\tA\tX1\t\t1\n1\tB\tX2\t\t1\n", ":3: industry 1 is 'B' here and 'A' above"},
        {"1\tA\tX1\t\t1\n2\tA\tX2\t\t1\n", ":3: industry 'A' has number 2 here and 1 above"},
        {"x\tA\tX1\t\t1\n", ":2: "},
        {"1\t\tX1\t\t1\n", ":2: "},
        {"", "no industry"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(load_industries(items, bad[i][0], &industries, &err), PT_ERR_CONFIG);
        if (!strstr(err.message, bad[i][1]))
            fail_msg("'%s' lacks '%s'", err.message, bad[i][1]);
    }
    pt_items_free(items);
    unlink(path);
    free(path);
}

/* What the program ships. */
static void test_dictionary(void **state) {
    (void)state;
    pt_items *items;
    pt_industries *industries;
    pt_error err = {0};
    if (pt_items_load("dict/items.tsv", &items, &err) ||
        pt_industries_load("dict/industries.tsv", items, false, &industries, &err))
        fail_msg("%s", err.message);
    uint32_t *count = pt_zalloc(industries->n, sizeof *count);
    for (uint32_t k = 0; k < items->n; k++)
        if (items->at[k].industry != PT_NO_INDUSTRY)
            count[items->at[k].industry]++;
    for (uint32_t i = 0; i < industries->n; i++)
        assert_true(count[i] > 0);
    free(count);
    pt_industries_free(industries);
    pt_items_free(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),       cmocka_unit_test(test_items_refused),
        cmocka_unit_test(test_names_alone), cmocka_unit_test(test_industries),
        cmocka_unit_test(test_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
