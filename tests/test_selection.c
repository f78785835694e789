/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N = 8, DRAWS = 4 };

typedef struct fixture {
    pt_item item[N];
    pt_items items;
    char *name[3];
    pt_industries industries;
    pt_indicator indicator[N];
    float draw[DRAWS * N];
    pt_indicators indicators;
    pt_study *study;
} fixture;

/* Items 0-3 compete in A, 4-5 in B, 6 in C, 7 nowhere; item 5 has no patent. */
static int set_up(void **state) {
    static char *const names[] = {"A", "B", "C"};
    static const uint32_t industry[N] = {0, 0, 0, 0, 1, 1, 2, PT_NO_INDUSTRY};
    static const double score[N] = {.9, .8, .7, .6, .5, 0, .1, .95};
    static const uint32_t rank[N] = {2, 3, 4, 5, 6, 0, 7, 1};
    fixture *f = pt_zalloc(1, sizeof *f);
    memcpy(f->name, names, sizeof names);
    for (int k = 0; k < N; k++) {
        f->item[k].industry = industry[k];
        f->indicator[k] = (pt_indicator){.patents = rank[k] > 0, .score = score[k], .rank = rank[k]};
        for (int b = 0; b < DRAWS; b++)
            f->draw[b * N + k] = (float)score[k];
    }
    f->draw[0 * N + 1] = .65f; /* item 1 falls behind item 2 in one draw of four */
    f->items = (pt_items){.n = N, .at = f->item};
    f->industries = (pt_industries){.n = 3, .name = f->name};
    f->indicators = (pt_indicators){.n_items = N, .at = f->indicator, .draws = DRAWS, .draw_score = f->draw};
    f->study = pt_study_default();
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    pt_study_free(f->study);
    free(f);
    return 0;
}

static pt_selection *choose(fixture *f) {
    pt_selection *out;
    pt_error err = {0};
    if (pt_select_items(&f->items, &f->industries, &f->indicators, f->study, &out, &err))
        fail_msg("%s", err.message);
    return out;
}

static void test_one_an_industry(void **state) {
    fixture *f = *state;
    f->study->items = 4;
    pt_selection *s = choose(f);
    static const uint32_t expected[] = {0, 1, 4, 6};
    assert_int_equal(s->n, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(s->at[i].item, expected[i]);
    assert_int_equal(s->at[3].industry, 2);
    assert_null(s->shortage);
    assert_true(s->at[0].stability == 1 && s->at[1].stability == 0.75);
    assert_ptr_equal(s->at[0].reason, s->at[1].reason);
    assert_string_not_equal(s->at[0].reason, s->at[3].reason); /* item 6: only as the best of C */
    assert_int_equal(s->runner_up[0], 2);
    assert_int_equal(s->runner_up[1], UINT32_MAX); /* item 5 has no patent */
    assert_true(pt_selection_has(s, 6));
    assert_false(pt_selection_has(s, 7)); /* best score, but of no industry */
    pt_selection_free(s);
}

static void test_fewer_than_industries(void **state) {
    fixture *f = *state;
    f->study->items = 2;
    pt_selection *s = choose(f);
    assert_int_equal(s->n, 2);
    assert_int_equal(s->at[0].item, 0);
    assert_int_equal(s->at[1].item, 4);
    pt_selection_free(s);
}

static void test_shortage(void **state) {
    fixture *f = *state;
    pt_selection *s = choose(f); /* 26 asked for */
    assert_int_equal(s->n, 6);
    assert_non_null(strstr(s->shortage, "26"));
    pt_selection_free(s);
}

static void set_quota(fixture *f, const char *const *names, const uint32_t *n, uint32_t count) {
    f->study->quota = pt_zalloc(count, sizeof *f->study->quota);
    f->study->n_quota = count;
    f->study->items = 0;
    for (uint32_t i = 0; i < count; i++) {
        f->study->quota[i] = (pt_quota){.industry = pt_strdup(names[i]), .n = n[i]};
        f->study->items += n[i];
    }
}

static void test_quota(void **state) {
    fixture *f = *state;
    static const char *const names[] = {"C", "A", "B"};
    static const uint32_t n[] = {0, 3, 2};
    set_quota(f, names, n, 3);
    pt_selection *s = choose(f);
    static const uint32_t expected[] = {0, 1, 2, 4};
    assert_int_equal(s->n, 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(s->at[i].item, expected[i]);
    assert_non_null(strstr(s->shortage, "B 1/2"));
    assert_int_equal(s->runner_up[0], 3);
    assert_int_equal(s->runner_up[2], 6);
    pt_selection_free(s);
}

static void test_refuses(void **state) {
    fixture *f = *state;
    static const char *const names[] = {"D"};
    static const uint32_t n[] = {1};
    set_quota(f, names, n, 1);
    pt_selection *s;
    pt_error err = {0};
    assert_int_equal(pt_select_items(&f->items, &f->industries, &f->indicators, f->study, &s, &err),
                     PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "A, B, C"));
    free(f->study->quota[0].industry);
    f->study->n_quota = 0;
    f->study->items = 3;
    for (int k = 0; k < N; k++)
        f->indicator[k].rank = 0;
    assert_int_equal(pt_select_items(&f->items, &f->industries, &f->indicators, f->study, &s, &err),
                     PT_ERR_DATA);
    assert_null(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_an_industry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fewer_than_industries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shortage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_quota, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refuses, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
