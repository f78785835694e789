/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "study/network.h"
#include "study/trends.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ITEMS = 8, PATENTS = 60 };

/* Items 0-2 go together, items 3-5 go together, item 6 is alone, item 7 has no patent. */
typedef struct fixture {
    pt_document document[PATENTS];
    pt_assignment assignment[2 * PATENTS];
    uint32_t start[PATENTS + 1], applicant[PATENTS];
    pt_documents documents;
    pt_mapping mapping;
} fixture;

static fixture *make(void) {
    fixture *f = pt_zalloc(1, sizeof *f);
    for (uint32_t d = 0; d < PATENTS; d++) {
        const uint32_t group = d % 3 == 2 ? 2 : d % 3;
        f->applicant[d] = d;
        f->document[d] = (pt_document){.weight = 1,
                                       .in_period = true,
                                       .in_reference = true,
                                       .n_applicants = 1,
                                       .applicant = &f->applicant[d]};
        uint32_t n = f->start[d];
        if (group == 2) {
            f->assignment[n++] = (pt_assignment){.item = 6, .share = 1};
        } else {
            const uint32_t first = d / 3 % 3, second = (first + 1) % 3;
            f->assignment[n++] = (pt_assignment){.item = 3 * group + first, .share = .6f};
            f->assignment[n++] = (pt_assignment){.item = 3 * group + second, .share = .4f};
        }
        f->start[d + 1] = n;
    }
    f->documents = (pt_documents){.D = PATENTS, .at = f->document};
    f->mapping = (pt_mapping){.D = PATENTS, .n_items = ITEMS, .start = f->start, .at = f->assignment};
    return f;
}

static void test_clusters(void **state) {
    (void)state;
    fixture *f = make();
    pt_network *network = pt_network_new(&f->documents, &f->mapping);
    assert_int_equal(network->n_clusters, 2);
    for (uint32_t k = 0; k < 6; k++)
        assert_int_equal(network->cluster[k], 1 + k / 3);
    assert_int_equal(network->cluster[6], 0);
    assert_int_equal(network->cluster[7], 0);
    assert_true(pt_network_is_independent(network, 1));
    assert_true(fabs(network->modularity - 0.5) < 1e-9);
    /* 7 of the 60 patents hold 0 and 1, 14 hold 0, 14 hold 1; the applicants are the patents. */
    assert_true(fabs(network->closeness[1] - 7. * 60 / (14. * 14.)) < 0.4);
    assert_true(network->closeness[3] == 0);
    pt_network *again = pt_network_new(&f->documents, &f->mapping);
    assert_memory_equal(network->cluster, again->cluster, ITEMS * sizeof *network->cluster);
    pt_network_free(network);
    pt_network_free(again);
    free(f);
}

static void test_no_edge(void **state) {
    (void)state;
    fixture *f = make();
    for (uint32_t d = 0; d < PATENTS; d++)
        f->document[d].in_period = false;
    pt_network *network = pt_network_new(&f->documents, &f->mapping);
    assert_int_equal(network->n_clusters, 0);
    assert_true(isnan(network->modularity));
    pt_network_free(network);
    free(f);
}

static void test_paths(void **state) {
    (void)state;
    static const double young[] = {0, 0, 0, 0, 1, 2, 3, 4}, grows[] = {4, 5, 6, 6, 6, 8, 9, 9},
                        steady[] = {5, 5, 5, 5, 5, 5, 5, 5}, falls[] = {9, 9, 9, 9, 9, 3, 2, 1},
                        few[] = {0, 0, 0, 1, 1, 1, 1, 0};
    assert_int_equal(pt_trend_of(young, 8).path, PT_PATH_EMERGING);
    assert_int_equal(pt_trend_of(grows, 8).path, PT_PATH_GROWING);
    assert_int_equal(pt_trend_of(steady, 8).path, PT_PATH_MATURE);
    assert_int_equal(pt_trend_of(falls, 8).path, PT_PATH_DECLINING);
    assert_int_equal(pt_trend_of(few, 8).path, PT_PATH_UNKNOWN);
    assert_int_equal(pt_trend_of(steady, 5).path, PT_PATH_UNKNOWN);
    const pt_trend trend = pt_trend_of(falls, 8);
    assert_true(fabs(trend.mean_now - 2) < 1e-12 && fabs(trend.mean_before - 9) < 1e-12);
    assert_true(fabs(trend.ratio - 2.5 / 9.5) < 1e-12);
    assert_true(isnan(pt_three_year_mean(falls, 8, 0)) && isnan(pt_three_year_mean(falls, 8, 7)));
    assert_true(fabs(pt_three_year_mean(falls, 8, 5) - 14. / 3) < 1e-12);
    assert_string_equal(pt_path_name(PT_PATH_EMERGING), "태동");
}

/* Nodes and links are the region's; places are inside the square, no two alike, and what goes together is
 * nearer. */
static void test_region(void **state) {
    (void)state;
    fixture *f = make();
    f->document[0].weight = 0; /* items 0 and 1, elsewhere */
    pt_network *network = pt_network_new(&f->documents, &f->mapping);
    assert_int_equal(network->n_nodes, 7);
    assert_int_equal(network->n_links, 6);
    const pt_network_node *node = network->node;
    uint32_t sum = 0;
    double near = 0, far = 0;
    for (size_t a = 0; a < network->n_nodes; a++) {
        assert_int_equal(node[a].item, a);
        assert_true(fabs(node[a].x) <= 1 && fabs(node[a].y) <= 1);
        for (size_t b = a + 1; b < 6; b++) {
            const double distance = hypot(node[a].x - node[b].x, node[a].y - node[b].y);
            assert_true(distance > 0.01);
            *(a / 3 == b / 3 ? &near : &far) += distance / (a / 3 == b / 3 ? 6 : 9);
        }
    }
    assert_true(near < far);
    for (size_t i = 0; i < network->n_links; i++) {
        const pt_network_link *link = &network->link[i];
        assert_true(link->a < link->b && link->a / 3 == link->b / 3);
        assert_true(fabs(link->strength -
                         59.0 * link->patents / node[link->a].patents / node[link->b].patents) < 1e-12);
        sum += link->patents;
    }
    assert_int_equal(sum, 39); /* two of three patents have two items, less the one elsewhere */
    pt_network_free(network);
    free(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_region),
        cmocka_unit_test(test_no_edge),
        cmocka_unit_test(test_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
