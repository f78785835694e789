/* SPDX-License-Identifier: Apache-2.0 */
#include "study/concordance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

/* Three items a, b, c are enough: only id and row matter here. */
static pt_items *three_items(void) {
    char *path = scratch_file("items.tsv",
                              "item_id\ttheme\tfield\titem\tedition\tsource\tksic\tkind\tdefinition\tseeds\t"
                              "negatives\tsiblings\n"
                              "A1\tt\tf\ta\te\ts\t\tfield\td\tx\t\t\nB1\tt\tf\tb\te\ts\t\tfield\td\ty\t\t\n"
                              "C1\tt\tf\tc\te\ts\t\tfield\td\tz\t\t\n");
    pt_items *items;
    pt_error err = {0};
    if (pt_items_load(path, &items, &err) != PT_OK)
        fail_msg("%s", err.message);
    free(path);
    return items;
}

static void the_longest_code_speaks_alone(void **state) {
    (void)state;
    pt_items *items = three_items();
    char *path =
        scratch_file("c.tsv", "code\titem_id\tweight\nH01M\tA1\t0.5\nH01M8\tB1\t0.4\nH01M8/04\tC1\t0.25\n"
                              "H01M8/04\tB1\t0.5\nH01M\tGONE\t1\n");
    pt_concordance *c;
    pt_error err = {0};
    assert_int_equal(pt_concordance_load(path, items, &c, &err), PT_OK);
    const struct {
        const char *code;
        float expected[3];
    } cases[] = {
        {"H01M8/04119", {0, 0.5f, 0.25f}},
        {"H01M8/04", {0, 0.5f, 0.25f}},
        {"H01M8/10", {0, 0.4f, 0}},
        {"H01M4/62", {0.5f, 0, 0}},
        {"H01M", {0.5f, 0, 0}},
        {"H01L21/02", {0, 0, 0}},
        {"H0", {0, 0, 0}},
        {"", {0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        float row[3] = {0};
        const uint32_t n = pt_concordance_add(c, cases[i].code, 1, row);
        uint32_t expected = 0;
        for (int k = 0; k < 3; k++) {
            assert_true(row[k] == cases[i].expected[k]);
            expected += cases[i].expected[k] > 0;
        }
        assert_int_equal(n, expected);
    }
    pt_concordance_free(c);
    pt_items_free(items);
    free(path);
}

static void a_bad_weight_is_refused_with_its_line(void **state) {
    (void)state;
    pt_items *items = three_items();
    char *path = scratch_file("bad.tsv", "code\titem_id\tweight\nH01M\tA1\t0.5\nH01M8\tB1\t1.5\n");
    pt_concordance *c;
    pt_error err = {0};
    assert_int_equal(pt_concordance_load(path, items, &c, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "bad.tsv:3"));
    assert_null(c);
    pt_items_free(items);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_code_speaks_alone),
        cmocka_unit_test(a_bad_weight_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
