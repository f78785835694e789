/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/complexity.h"
#include "study/indicators.h"
#include "study/landscape.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void near(double value, double expected, double tolerance, const char *what, int line) {
    if (isnan(expected) ? !isnan(value) : !(fabs(value - expected) <= tolerance))
        fail_msg("line %d: %s = %.17g, not %.17g", line, what, value, expected);
}
#define NEAR(value, expected, tolerance) near(value, expected, tolerance, #value, __LINE__)

enum { R = 4, K = 5 };
static const uint8_t M[R * K] = {1, 1, 1, 0, 0, /**/ 1, 1, 0, 1, 0, /**/ 0, 1, 1, 0, 0, /**/ 1, 0, 0, 0, 1};

static void test_density(void **state) {
    (void)state;
    static const double phi_of[K][K] = {{0, 2. / 3, 1. / 3, 1. / 3, 1. / 3},
                                        {2. / 3, 0, 2. / 3, 1. / 3, 0},
                                        {1. / 3, 2. / 3, 0, 0, 0},
                                        {1. / 3, 1. / 3, 0, 0, 0},
                                        {1. / 3, 0, 0, 0, 0}};
    static const double density[R][K] = {{3. / 5, 4. / 5, 1, 1, 1},
                                         {3. / 5, 3. / 5, 1, 1, 1},
                                         {3. / 5, 2. / 5, 2. / 3, 1. / 2, 0},
                                         {1. / 5, 2. / 5, 1. / 3, 1. / 2, 1}};
    double phi[K * K];
    pt_proximity(M, R, K, phi);
    for (size_t i = 0; i < K; i++)
        for (size_t j = 0; j < K; j++)
            NEAR(phi[i * K + j], phi_of[i][j], 1e-12);
    for (size_t r = 0; r < R; r++)
        for (size_t k = 0; k < K; k++)
            NEAR(pt_relatedness_density(M + r * K, phi, K, k), density[r][k], 1e-12);
    const double alone[1] = {0};
    NEAR(pt_relatedness_density(M, alone, 1, 0), NAN, 0);
}

static void test_complexity(void **state) {
    (void)state;
    static const double eci_of[R] = {0.47749970922935003, 0.16501482750006316, 1.0088464248556197,
                                     -1.651360961585033};
    static const double kci_of[K] = {-0.2691455695353874, 0.7663417398976078, 0.9913901789560834,
                                     0.3162448617806561, -1.80483121109896};
    double eci[R], kci[K];
    assert_int_equal(pt_complexity(M, R, K, eci, kci), PT_COMPLEXITY_KNOWN);
    for (size_t r = 0; r < R; r++)
        NEAR(eci[r], eci_of[r], 1e-9);
    for (size_t k = 0; k < K; k++)
        NEAR(kci[k], kci_of[k], 1e-9);
}

/* Empty rows and columns are as if they were not there. */
static void test_empty_rows(void **state) {
    (void)state;
    uint8_t wide[(R + 1) * (K + 1)] = {0};
    for (size_t r = 0; r < R; r++)
        for (size_t k = 0; k < K; k++)
            wide[(r + 1) * (K + 1) + k] = M[r * K + k];
    double eci[R], kci[K], wide_eci[R + 1], wide_kci[K + 1];
    pt_complexity(M, R, K, eci, kci);
    assert_int_equal(pt_complexity(wide, R + 1, K + 1, wide_eci, wide_kci), PT_COMPLEXITY_KNOWN);
    NEAR(wide_eci[0], NAN, 0);
    NEAR(wide_kci[K], NAN, 0);
    for (size_t r = 0; r < R; r++)
        NEAR(wide_eci[r + 1], eci[r], 1e-12);
    for (size_t k = 0; k < K; k++)
        NEAR(wide_kci[k], kci[k], 1e-12);
}

static void test_disconnected(void **state) {
    (void)state;
    static const uint8_t two[4 * 4] = {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1};
    double eci[4], kci[K > 4 ? K : 4];
    assert_int_equal(pt_complexity(two, 4, 4, eci, kci), PT_COMPLEXITY_DISCONNECTED);
    NEAR(eci[0], NAN, 0);
    NEAR(kci[3], NAN, 0);
    assert_int_equal(pt_complexity(M, 1, K, eci, kci), PT_COMPLEXITY_DISCONNECTED);
}

static void test_eigen(void **state) {
    (void)state;
    double a[9] = {2, -1, 0, -1, 2, -1, 0, -1, 2}, value[3], vector[9];
    static const double copy[9] = {2, -1, 0, -1, 2, -1, 0, -1, 2};
    pt_symmetric_eigen(a, 3, value, vector);
    double trace = 0, product = 1;
    for (size_t e = 0; e < 3; e++) {
        trace += value[e];
        product *= value[e];
        for (size_t i = 0; i < 3; i++) {
            double image = 0;
            for (size_t j = 0; j < 3; j++)
                image += copy[i * 3 + j] * vector[j * 3 + e];
            NEAR(image, value[e] * vector[i * 3 + e], 1e-12);
        }
    }
    NEAR(trace, 6, 1e-12);
    NEAR(product, 4, 1e-12);
}

/* Ten regions of twenty patents: row 0 is the region of study, the others are 시군구. Region r has its
 * patents in items r % 5 .. r % 5 + 1 + r % 2. */
enum { ROWS = 10, EACH = 20, ITEMS = 5, DOCUMENTS = ROWS * EACH };

typedef struct country {
    pt_documents documents;
    pt_document at[DOCUMENTS];
    pt_mapping mapping;
    uint32_t start[DOCUMENTS + 1];
    pt_assignment row[DOCUMENTS];
    double x[ROWS][ITEMS], x_k[ITEMS];
} country;

static country *country_new(void) {
    country *c = pt_zalloc(1, sizeof *c);
    c->documents = (pt_documents){.D = DOCUMENTS, .at = c->at};
    c->mapping = (pt_mapping){.D = DOCUMENTS, .n_items = ITEMS, .start = c->start, .at = c->row};
    for (uint32_t d = 0; d < DOCUMENTS; d++) {
        const uint32_t r = d / EACH, item = (r % 5 + d % (2 + r % 2)) % ITEMS;
        c->at[d] =
            (pt_document){.weight = r == 0, .municipality = r, .in_period = true, .in_reference = true};
        c->start[d + 1] = d + 1;
        c->row[d] = (pt_assignment){.item = item, .share = 1};
        c->x[r][item]++;
        c->x_k[item]++;
    }
    return c;
}

static void test_landscape(void **state) {
    (void)state;
    country *c = country_new();
    uint8_t special[ROWS * ITEMS];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t k = 0; k < ITEMS; k++)
            special[r * ITEMS + k] = c->x[r][k] >= 1 && pt_lq(c->x[r][k], EACH, c->x_k[k], DOCUMENTS) >= 1;
    double phi[ITEMS * ITEMS], eci[ROWS], kci[ITEMS];
    pt_proximity(special, ROWS, ITEMS, phi);
    const pt_complexity_state known = pt_complexity(special, ROWS, ITEMS, eci, kci);
    pt_landscape *landscape = pt_landscape_new(&c->documents, &c->mapping);
    assert_int_equal(landscape->n_regions, ROWS);
    assert_null(landscape->density_note);
    assert_int_equal(landscape->complexity_note == NULL, known == PT_COMPLEXITY_KNOWN);
    for (size_t k = 0; k < ITEMS; k++) {
        assert_int_equal(landscape->is_specialised[k], special[k]);
        NEAR(landscape->density[k], pt_relatedness_density(special, phi, ITEMS, k), 1e-12);
        NEAR(landscape->complexity[k], kci[k], 1e-9);
    }
    NEAR(landscape->eci, known == PT_COMPLEXITY_KNOWN ? eci[0] : NAN, 1e-9);
    pt_landscape_free(landscape);
    c->at[DOCUMENTS - 1].in_period = false; /* nineteen patents make no region: nine are too few */
    landscape = pt_landscape_new(&c->documents, &c->mapping);
    assert_int_equal(landscape->n_regions, ROWS - 1);
    assert_non_null(landscape->density_note);
    assert_non_null(landscape->complexity_note);
    for (size_t k = 0; k < ITEMS; k++)
        assert_true(isnan(landscape->density[k]) && isnan(landscape->complexity[k]));
    assert_true(isnan(landscape->eci));
    pt_landscape_free(landscape);
    free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_density),    cmocka_unit_test(test_complexity),
        cmocka_unit_test(test_empty_rows), cmocka_unit_test(test_disconnected),
        cmocka_unit_test(test_eigen),      cmocka_unit_test(test_landscape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
