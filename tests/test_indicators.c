/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "base/rng.h"
#include "study/bootstrap.h"
#include "study/indicators.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void near(double value, double expected, double tolerance, const char *what, int line) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("line %d: %s = %.17g, not %.17g", line, what, value, expected);
}
#define NEAR(value, expected) near(value, expected, 1e-12, #value, __LINE__)

static void test_quotients(void **state) {
    (void)state;
    static const double x_rk[3][3] = {{6, 2, 2}, {4, 8, 8}, {0, 10, 20}}, x_r[3] = {10, 20, 30},
                        x_k[3] = {10, 20, 30};
    static const double lq[3][3] = {{18. / 5, 3. / 5, 2. / 5}, {6. / 5, 6. / 5, 4. / 5}, {0, 1, 4. / 3}};
    static const double shrunk[3][3] = {
        {43. / 30, 14. / 15, 9. / 10}, {37. / 35, 37. / 35, 33. / 35}, {5. / 8, 1, 9. / 8}};
    for (int r = 0; r < 3; r++) {
        double sum = 0, sum_shrunk = 0;
        for (int k = 0; k < 3; k++) {
            const double x = 60, p = x_k[k] / x;
            NEAR(pt_lq(x_rk[r][k], x_r[r], x_k[k], x), lq[r][k]);
            NEAR(pt_lq_shrunk(x_rk[r][k], x_r[r], x_k[k], x, 50), shrunk[r][k]);
            NEAR(pt_lq_shrunk(x_rk[r][k], x_r[r], x_k[k], x, 0), lq[r][k]);
            near(pt_lq_shrunk(x_rk[r][k], x_r[r], x_k[k], x, 1e12), 1, 1e-9, "limit", __LINE__);
            sum += p * pt_lq(x_rk[r][k], x_r[r], x_k[k], x);
            sum_shrunk += p * pt_lq_shrunk(x_rk[r][k], x_r[r], x_k[k], x, 50);
        }
        NEAR(sum, 1);
        NEAR(sum_shrunk, 1);
    }
    assert_true(isnan(pt_lq(1, 10, 0, 60)));
    assert_true(isnan(pt_lq_shrunk(1, 10, 0, 60, 50)));
    assert_true(isnan(pt_lq(0, 0, 10, 60)));
    NEAR(pt_lq_shrunk(0, 0, 10, 60, 50), 1);
    assert_true(isnan(pt_lq_shrunk(0, 0, 10, 60, 0)));
}

static void test_growth(void **state) {
    (void)state;
    static const double up[] = {4, 5, 6, 7, 9, 12, 15, 18, 21}, late[] = {0, 0, 0, 0, 1, 2},
                        down[] = {3, 2, 1, 0, 0, 0};
    NEAR(pt_growth(up, 9), 0.22405661851168923);
    NEAR(pt_growth(late, 6), 0.4422495703074083);
    NEAR(pt_growth(down, 6), -0.41519645235742675);
    NEAR(pt_growth(up, 4), 6.5 / 5.5 - 1);
    assert_true(isnan(pt_growth(up, 3)));
}

static void test_hhi(void **state) {
    (void)state;
    static const double three[] = {5, 3, 2}, one[] = {7};
    double equal[311];
    for (int i = 0; i < 311; i++)
        equal[i] = 2;
    NEAR(pt_hhi(three, 3), 19. / 50);
    NEAR(pt_hhi(one, 1), 1);
    NEAR(pt_hhi(equal, 311), 0.003215434083601286);
    assert_true(isnan(pt_hhi(NULL, 0)));
}

static void test_percentile_ranks(void **state) {
    (void)state;
    static const double values[] = {3.6, 1.2, 0, NAN, 1.2 + 1e-15}; /* equal but for rounding */
    double rank[5];
    size_t order[5];
    pt_percentile_ranks(values, 5, rank, order);
    NEAR(rank[0], 0.875);
    NEAR(rank[1], 0.5);
    NEAR(rank[2], 0.125);
    assert_true(isnan(rank[3]));
    NEAR(rank[4], 0.5);
}

static void test_generator(void **state) {
    (void)state;
    assert_true(pt_rng_hash(0) == 0xe220a8397b1dcdafULL);
    assert_true(pt_rng_hash(1) == 0x910a2dec89025cc1ULL);
    assert_true(pt_rng_hash(2) == 0x975835de1c9756ceULL);
    static const size_t draws[] = {10, 6, 7, 1, 5, 4, 8, 4, 7, 8, 0, 3};
    for (size_t j = 0; j < 12; j++)
        assert_int_equal(pt_bootstrap_draw(12, 0, j), draws[j]);
}

/* The 12 patents of the published vector: r a, r a, r a, r b, o a, o b, o b, o b, o c, o c, r c, o a. */
enum { N = 12, ITEMS = 3 };
static const bool in_region[N] = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0};
static const uint32_t item_of[N] = {0, 0, 0, 1, 0, 1, 1, 1, 2, 2, 2, 0};

typedef struct fixture {
    pt_documents documents;
    pt_document document[N];
    pt_mapping mapping;
    uint32_t start[N + 1], applicant[N];
    pt_assignment row[N];
    pt_study *study;
} fixture;

static fixture *fixture_new(void) {
    fixture *f = pt_zalloc(1, sizeof *f);
    f->documents = (pt_documents){.D = N, .at = f->document};
    f->mapping = (pt_mapping){.D = N, .n_items = ITEMS, .start = f->start, .at = f->row};
    f->study = pt_study_default();
    f->study->kappa = 5;
    for (uint32_t d = 0; d < N; d++) {
        f->applicant[d] = d / 2;
        f->document[d] = (pt_document){.application_date = 20100601 + d % 6 * 10000,
                                       .weight = in_region[d],
                                       .in_period = true,
                                       .in_reference = true,
                                       .n_applicants = 1,
                                       .applicant = &f->applicant[d]};
        f->start[d + 1] = d + 1;
        f->row[d] = (pt_assignment){.item = item_of[d], .share = 1};
    }
    return f;
}

static void fixture_free(fixture *f) {
    pt_study_free(f->study);
    free(f);
}

static void test_bootstrap(void **state) {
    (void)state;
    static const double first[] = {1.5, 1.8, 2.0, 1.6, 2.4};
    double lq[1000];
    size_t n_undefined = 0, n_defined = 0;
    double sum = 0;
    for (size_t b = 0; b < 1000; b++) {
        double x_rk = 0, x_r = 0, x_k = 0;
        for (size_t j = 0; j < N; j++) {
            const size_t d = pt_bootstrap_draw(N, b, j);
            x_rk += in_region[d] && item_of[d] == 0;
            x_r += in_region[d];
            x_k += item_of[d] == 0;
        }
        lq[b] = pt_lq(x_rk, x_r, x_k, N);
        if (b < 5)
            NEAR(lq[b], first[b]);
        n_undefined += isnan(lq[b]);
        sum += isnan(lq[b]) ? 0 : lq[b];
        n_defined += !isnan(lq[b]);
    }
    assert_int_equal(n_undefined, 6);
    NEAR(sum / (double)n_defined, 1.5074994075633634);
    NEAR(pt_quantile(lq, 1000, 0.05), 0.6666666666666666);
    NEAR(pt_quantile(lq, 1000, 0.50), 1.44);
    NEAR(pt_quantile(lq, 1000, 0.95), 2.6666666666666665);
    assert_true(isnan(pt_quantile(lq, 0, 0.5)));
}

static pt_indicators *compute(const fixture *f) {
    pt_indicators *out;
    pt_error err = {0};
    if (pt_indicators_compute(&f->documents, &f->mapping, f->study, &out, &err))
        fail_msg("%s", err.message);
    return out;
}

static void test_compute(void **state) {
    (void)state;
    fixture *f = fixture_new();
    pt_indicators *out = compute(f);
    const pt_indicator *a = &out->at[0];
    NEAR(out->region_patents, 5);
    NEAR(out->reference_patents, 12);
    NEAR(a->patents, 3);
    NEAR(a->patents_reference, 5);
    NEAR(a->share, 0.6);
    NEAR(a->lq, 36. / 25);
    NEAR(a->lq_shrunk, 61. / 50);
    NEAR(a->lq_low, 0.8414285714285714);
    NEAR(a->lq_high, 1.7);
    assert_int_equal(a->applicants, 2);
    NEAR(a->hhi, 5. / 9);
    assert_null(out->lq_note);
    assert_int_equal(out->draws, 1000);
    assert_int_equal(out->first_year, 2010);
    assert_int_equal(out->last_year, 2015);
    NEAR(out->by_year[0], 1);
    NEAR(out->reference_by_year[0], 1);
    NEAR(out->reference_by_year[2 * 6 + 4], 1);
    /* 2013 is the last whole year before 18 months of silence: 2010-2013, a mean of 1 and of 2/3 a year. */
    NEAR(a->growth, (2. / 3 + .5) / 1.5 - 1);
    NEAR(a->recency, (2. / 3) / (4. / 5));
    assert_int_equal(a->rank, 1);
    assert_true(a->score > out->at[1].score && out->at[1].score > 0 && a->score < 1);
    pt_indicators_free(out);
    fixture_free(f);
}

/* Item 1 has one patent here and none elsewhere: the best quotient, and no first place where two are asked.
 */
static void test_rank_needs_patents(void **state) {
    (void)state;
    fixture *f = fixture_new();
    for (int d = 5; d < 8; d++)
        f->document[d].in_reference = false;
    f->study->kappa = 0;
    f->study->min_patents = 1;
    pt_indicators *out = compute(f);
    assert_true(out->at[1].lq > out->at[0].lq && out->at[1].score > out->at[0].score);
    assert_int_equal(out->at[1].rank, 1);
    pt_indicators_free(out);
    f->study->min_patents = 2;
    out = compute(f);
    assert_int_equal(out->at[0].rank, 1);
    assert_int_equal(out->at[1].rank, 2);
    pt_indicators_free(out);
    fixture_free(f);
}

/* Half a patent in the region, and two items in one patent. */
static void test_fractions(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->document[0].weight = 0.5;
    pt_indicators *out = compute(f);
    NEAR(out->at[0].patents, 2.5);
    NEAR(out->at[0].patents_reference, 5);
    NEAR(out->region_patents, 4.5);
    pt_indicators_free(out);
    fixture_free(f);
}

static void test_empty_not_invented(void **state) {
    (void)state;
    fixture *f = fixture_new();
    for (int d = 0; d < N; d++)
        f->document[d].in_reference = false;
    pt_indicators *out = compute(f);
    assert_true(isnan(out->at[0].lq) && isnan(out->at[0].lq_shrunk) && isnan(out->at[0].lq_low));
    assert_non_null(out->lq_note);
    assert_true(out->at[0].rank > 0 && out->at[0].score > 0);
    pt_indicators_free(out);
    for (int d = 0; d < N; d++)
        f->document[d].in_reference = f->document[d].weight > 0; /* the store is the region */
    for (int d = 0; d < N; d++)
        f->document[d].application_date = 0;
    out = compute(f);
    assert_non_null(out->lq_note);
    assert_non_null(out->growth_note);
    assert_true(isnan(out->at[0].lq) && isnan(out->at[0].growth) && isnan(out->at[0].recency));
    assert_null(out->by_year);
    pt_indicators_free(out);
    for (int d = 0; d < N; d++)
        f->document[d].in_period = false;
    pt_error err = {0};
    assert_int_equal(pt_indicators_compute(&f->documents, &f->mapping, f->study, &out, &err), PT_ERR_DATA);
    assert_null(out);
    assert_non_null(strstr(err.message, "12 patents 0 are in the period"));
    fixture_free(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotients), cmocka_unit_test(test_growth),
        cmocka_unit_test(test_hhi),       cmocka_unit_test(test_percentile_ranks),
        cmocka_unit_test(test_generator), cmocka_unit_test(test_bootstrap),
        cmocka_unit_test(test_compute),   cmocka_unit_test(test_rank_needs_patents),
        cmocka_unit_test(test_fractions), cmocka_unit_test(test_empty_not_invented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
