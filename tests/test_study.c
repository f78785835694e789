/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/study.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static pt_status load(const char *text, pt_study **out, pt_error *err) {
    char path[] = "/tmp/test_study_XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    const pt_status status = pt_study_load(path, out, err);
    unlink(path);
    return status;
}

static void test_defaults(void **state) {
    (void)state;
    pt_study *study = pt_study_default();
    assert_int_equal(study->items, 26);
    assert_int_equal(study->technologies, 40);
    assert_int_equal(study->assignment, PT_ASSIGN_FIRST);
    assert_string_equal(study->region, "");
    assert_string_equal(study->reference, "rest");
    assert_int_equal(study->general_topics, 40);
    assert_float_equal(study->kappa, 50, 0);
    assert_float_equal(study->max_share_of_patents, 0.4, 0);
    assert_int_equal(study->n_quota, 0);
    pt_study_free(study);
    pt_error err = {0};
    assert_int_equal(load("", &study, &err), PT_OK); /* a region missing: the whole store */
    assert_string_equal(study->region, "");
    assert_int_equal(strlen(study->digest), 64);
    pt_study_free(study);
    assert_int_equal(pt_study_load("/nowhere/study.ini", &study, &err), PT_ERR_NO_INPUT);
}

static void test_every_kind(void **state) {
    (void)state;
    pt_study *study;
    pt_error err = {0};
    if (load("\xEF\xBB\xBF[study]\nname = gimhae ; a comment\nregion = 김해, 양산\nfrom = 2004\nto = 0\n"
             "assignment = fractional\n[model]\nseed = 18446744073709551615\nmax_share_of_patents = 0.25\n"
             "[score]\nshare = 0\nkappa = 10.5\n[quota]\n의생명산업 = 6\n디지털 물류 = 3\n"
             "[update]\nsources = in, more\nkeep_runs = 9\n",
             &study, &err))
        fail_msg("%s", err.message);
    assert_string_equal(study->name, "gimhae");
    assert_string_equal(study->region, "김해, 양산");
    assert_int_equal(study->from, 2004);
    assert_int_equal(study->assignment, PT_ASSIGN_FRACTIONAL);
    assert_true(study->seed == UINT64_MAX);
    assert_float_equal(study->max_share_of_patents, 0.25, 0);
    assert_float_equal(study->w_share, 0, 0);
    assert_float_equal(study->kappa, 10.5, 0);
    assert_int_equal(study->n_quota, 2);
    assert_string_equal(study->quota[1].industry, "디지털 물류");
    assert_int_equal(study->items, 9); /* the sum of the quotas */
    assert_string_equal(study->sources, "in, more");
    assert_int_equal(study->keep_runs, 9);
    pt_study_free(study);
}

static void test_refused(void **state) {
    (void)state;
    static const char *const bad[][2] = {
        {"[study]\n\nreigon = 김해\n", ":3: unknown key 'reigon' in [study]; allowed: name, "},
        {"[stduy]\nregion = 김해\n", ":2: unknown section [stduy]; allowed: study"},
        {"region = 김해\n", "before any [section]"},
        {"[study]\nitems = 0\n", ":2: items = 0: a whole number from 1"},
        {"[study]\nitems = -5\n", "items = -5"},
        {"[study]\nitems = 26.5\n", "items = 26.5"},
        {"[study]\nitems =\n", "items = :"},
        {"[study]\nfrom = 12\n", "from 1900 to 2100"},
        {"[study]\nfrom = 2020\nto = 2010\n", "from = 2020 is after to = 2010"},
        {"[study]\nassignment = last\n", "first, any, fractional or inventors"},
        {"[study]\nregion = 김해\nregion = 양산\n", ":3: 'region' is given twice"},
        {"[study]\ntechnologies = 10\n", "technologies = 10 is less than items = 26"},
        {"[study]\nname = a/b\n", "name = a/b"},
        {"[model]\nmax_share_of_patents = 1.5\n", "from 0.001 to 1"},
        {"[model]\nmax_share_of_patents = nan\n", "= nan"},
        {"[model]\ntitle_weight = 2,5\n", "= 2,5"},
        {"[model]\nseed = 18446744073709551616\n", "seed"},
        {"[score]\nshare=0\nlq=0\ngrowth=0\nrecency=0\n", "every weight"},
        {"[quota]\n산업 = 여섯\n", ":2: 산업 = 여섯"},
        {"[quota]\n산업 = 2\n산업 = 3\n", ":3: '산업' is given twice"},
        {"[quota]\n산업 = 0\n", "0 items"},
        {"[study]\nitems = 5\n[quota]\n산업 = 6\n", "add up to 6, but items = 5"},
        {"[study]\nname\n", ":2: neither"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        pt_study *study;
        pt_error err = {0};
        assert_int_equal(load(bad[i][0], &study, &err), PT_ERR_CONFIG);
        assert_null(study);
        if (!strstr(err.message, bad[i][1]))
            fail_msg("'%s' lacks '%s'", err.message, bad[i][1]);
    }
}

/* Numbers have a point in every locale. */
static void test_locale(void **state) {
    (void)state;
    setlocale(LC_ALL, "de_DE.UTF-8");
    pt_study *study = pt_study_default();
    assert_float_equal(study->max_share_of_patents, 0.4, 0);
    pt_study_free(study);
    setlocale(LC_ALL, "C");
}

/* The help is itself a study file with the defaults. */
static void test_describe(void **state) {
    (void)state;
    char *text = pt_study_describe();
    pt_study *study, *initial = pt_study_default();
    pt_error err = {0};
    if (load(text, &study, &err))
        fail_msg("%s", err.message);
    assert_int_equal(study->sweeps, initial->sweeps);
    assert_float_equal(study->w_growth, initial->w_growth, 0);
    assert_string_equal(study->store, initial->store);
    pt_study_free(study);
    pt_study_free(initial);
    free(text);
}

/* Lists of sources and comments may be long. */
static void test_long_line(void **state) {
    (void)state;
    char name[1001], *text;
    memset(name, 'x', 1000);
    name[1000] = '\0';
    text = pt_strfmt("; %s\n[update]\nsources = %s  ; %s\nkeep_runs = 7\n", name, name, name);
    pt_study *study;
    pt_error err = {0};
    if (load(text, &study, &err))
        fail_msg("%s", err.message);
    assert_string_equal(study->sources, name);
    assert_int_equal(study->keep_runs, 7);
    pt_study_free(study);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_every_kind), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_locale),   cmocka_unit_test(test_describe),   cmocka_unit_test(test_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
