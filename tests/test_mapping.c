/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/agreement.h"
#include "study/mapping.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

enum { D = 6, M = 4 };

typedef struct fixture {
    pt_evidence evidence;
    uint32_t item[D * M];
    float S[D * M], A[D * M], strongest[D * M], q[D * M], margin[D], outside[D];
    bool speaks[D * M];
    pt_model model;
    uint16_t topic[D * PT_MODEL_TOPICS];
    float theta[D * PT_MODEL_TOPICS];
} fixture;

/* 0: one clear item. 1: two kindred items. 2: no lead. 3: nothing speaks for it. 4: the second has no
 * evidence. 5: a clear lead, but words of the outside. */
static int set_up(void **state) {
    static const float S[D][M] = {{9, 2, 1, 0}, {8, 7.5f, 2, 1}, {3, 2.9f, 2.8f, 2.7f},
                                  {9, 1, 1, 1}, {9, 8, 7.5f, 1}, {9, 1, 1, 1}};
    fixture *f = pt_zalloc(1, sizeof *f);
    for (uint32_t d = 0; d < D; d++) {
        for (uint32_t i = 0; i < M; i++) {
            f->item[d * M + i] = 10 * d + i;
            f->S[d * M + i] = S[d][i];
            f->A[d * M + i] = d == 0 && i > 0 ? 0 : 10;
            f->strongest[d * M + i] = d == 2 ? 10 : f->A[d * M + i] / 2;
            f->speaks[d * M + i] = !(d == 3 && i == 0) && !(d == 4 && i == 1);
        }
        f->margin[d] = S[d][0] - S[d][1];
        f->outside[d] = d == 5 ? 90 : d == 2 ? 1 : 0; /* 8 + 2 ln(1 + 5) - 3 ln(1 + 90) < 0 */
        for (uint32_t i = 0; i < PT_MODEL_TOPICS; i++)
            f->topic[d * PT_MODEL_TOPICS + i] = PT_NO_TOPIC;
    }
    f->evidence = (pt_evidence){.D = D,
                                .n_items = 60,
                                .per_document = M,
                                .item = f->item,
                                .S = f->S,
                                .q = f->q,
                                .A = f->A,
                                .strongest = f->strongest,
                                .has_any_evidence = f->speaks,
                                .margin = f->margin};
    f->model = (pt_model){.K = 60, .n_items = 60, .D = D, .theta_topic = f->topic, .theta = f->theta};
    /* theta of document 1: item 11 three times as much as item 10, and a general topic. */
    f->topic[PT_MODEL_TOPICS] = 59;
    f->theta[PT_MODEL_TOPICS] = 0.5f;
    f->topic[PT_MODEL_TOPICS + 1] = 11;
    f->theta[PT_MODEL_TOPICS + 1] = 0.3f;
    f->topic[PT_MODEL_TOPICS + 2] = 10;
    f->theta[PT_MODEL_TOPICS + 2] = 0.1f;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    free(*state);
    return 0;
}

static uint32_t rows(const pt_mapping *mapping, uint32_t d) {
    return mapping->start[d + 1] - mapping->start[d];
}

static void test_rules(void **state) {
    fixture *f = *state;
    pt_mapping_params params = pt_mapping_params_default();
    params.outside = f->outside;
    pt_mapping *mapping = pt_map(&f->evidence, &f->model, &params);
    assert_int_equal(mapping->unclassified, 3);
    assert_int_equal(rows(mapping, 0), 1);
    assert_int_equal(mapping->at[0].item, 0);
    assert_float_equal(mapping->at[0].share, 1, 0);
    assert_float_equal(mapping->at[0].score, 9, 0);
    assert_int_equal(mapping->confidence[0], PT_CONFIDENCE_HIGH);
    assert_int_equal(rows(mapping, 1), 2); /* shared, though the lead over the second is small */
    const pt_assignment *two = &mapping->at[mapping->start[1]];
    assert_int_equal(two[0].item, 10);
    assert_int_equal(two[1].item, 11);
    assert_true(two[1].share > 0.7f && two[1].share < 0.76f); /* theta says how much */
    assert_float_equal(two[0].share + two[1].share, 1, 1e-6);
    assert_int_equal(mapping->confidence[1], PT_CONFIDENCE_LOW);
    assert_int_equal(rows(mapping, 2), 0); /* .3 + 2 ln 1 - 3 ln 2: one word alone, and no lead */
    assert_int_equal(rows(mapping, 3), 0);
    assert_int_equal(rows(mapping, 4), 2);
    assert_int_equal(mapping->at[mapping->start[4] + 1].item, 42);
    assert_int_equal(rows(mapping, 5), 0);
    pt_mapping_free(mapping);
}

/* Clarity 10 / 41 and leads of .5, 1 and 7: sureness .31, .37 and .74; one item alone: 10 / 11 + .5. */
static void test_least_sureness(void **state) {
    fixture *f = *state;
    pt_mapping_params params = pt_mapping_params_default();
    params.least_sureness = .5f;
    pt_mapping *mapping = pt_map(&f->evidence, &f->model, &params);
    assert_int_equal(rows(mapping, 0), 1);
    assert_int_equal(rows(mapping, 1), 0);
    assert_int_equal(rows(mapping, 4), 0);
    assert_int_equal(rows(mapping, 5), 1);
    pt_mapping_free(mapping);
}

static pt_status look_up(const char *text, double agreement, float *sureness, pt_error *err) {
    char *path = scratch_path("agreement.tsv");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
    const pt_status status = pt_agreement_sureness(path, agreement, sureness, err);
    free(path);
    return status;
}

static void test_agreement(void **state) {
    (void)state;
    static const char good[] = "sureness\tkept\tagreement\n0\t1\t0.5\n0.4\t.8\t0.6\n0.9\t.2\t0.75\n";
    float sureness = -1;
    pt_error err = {0};
    assert_int_equal(look_up(good, .55, &sureness, &err), PT_OK);
    assert_float_equal(sureness, .4, 1e-6);
    assert_int_equal(look_up(good, .5, &sureness, &err), PT_OK);
    assert_float_equal(sureness, 0, 0);
    assert_int_equal(look_up(good, .75, &sureness, &err), PT_OK);
    assert_float_equal(sureness, .9, 1e-6);
    assert_int_equal(look_up(good, .76, &sureness, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "the highest stated is 0.75"));
    assert_int_equal(look_up("sureness\tagreement\n0\t0.5\n0.4\t0.4\n", .1, &sureness, &err), PT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "agreement.tsv:3: expected"));
    assert_int_equal(look_up("sureness\tagreement\nx\t0.5\n", .1, &sureness, &err), PT_ERR_CONFIG);
    assert_int_equal(look_up("sureness\n0\n", .1, &sureness, &err), PT_ERR_CONFIG);
    assert_int_equal(pt_agreement_sureness("/nowhere", .5, &sureness, &err), PT_ERR_NO_INPUT);
}

/* What the program ships can be used from .6 to .8, and asks for more sureness where more is wished. */
static void test_shipped_agreement(void **state) {
    (void)state;
    float before = -1, sureness;
    pt_error err = {0};
    for (double wish = .6; wish < .81; wish += .05) {
        if (pt_agreement_sureness("dict/agreement.tsv", wish, &sureness, &err))
            fail_msg("%s", err.message);
        assert_true(sureness > before);
        before = sureness;
    }
}

/* Without a model the shares are softmax(S). */
static void test_without_model(void **state) {
    fixture *f = *state;
    const pt_mapping_params params = pt_mapping_params_default();
    pt_mapping *mapping = pt_map(&f->evidence, NULL, &params);
    assert_float_equal(mapping->at[mapping->start[1]].share, 1 / (1 + exp(-0.5)), 1e-6);
    pt_mapping_free(mapping);
}

static void test_names(void **state) {
    (void)state;
    assert_string_equal(pt_confidence_name(PT_CONFIDENCE_HIGH), "높음");
    assert_string_equal(pt_confidence_name(PT_CONFIDENCE_LOW), "낮음");
    for (int c = PT_CONFIDENCE_LOW; c < PT_CONFIDENCE_HIGH; c++) {
        const pt_agreement less = pt_confidence_agreement((pt_confidence)c),
                           more = pt_confidence_agreement((pt_confidence)(c + 1));
        assert_true(less.low < less.high && less.low < more.low && less.high < more.high);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_least_sureness, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_without_model, set_up, tear_down),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_shipped_agreement),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
