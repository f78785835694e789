/* SPDX-License-Identifier: Apache-2.0 */
/* test_clusters.c - Ward, spherical k-means and the budget on planted word lists. */
#include "base/mem.h"
#include "base/rng.h"
#include "study/clusters.h"
#include "study/ward.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

/* Documents of `words` words: a share of noise from 300 words of everybody, the others from 30 words of the
 * document's own theme. Theme t covers the documents theme_of says. */
typedef struct world {
    pt_corpus *corpus;
    pt_vectors *vectors;
    double *mass;
    uint32_t *applicant, *document;
} world;

static void add_word(pt_corpus_builder *builder, const char *kind, uint64_t theme, uint64_t word,
                     bool title) {
    char *text = pt_strfmt("%s%u_%u", kind, (unsigned)theme, (unsigned)word);
    pt_corpus_builder_add(builder, text, strlen(text), title ? PT_TOKEN_TITLE : 0);
    free(text);
}

static void world_make(world *w, const uint32_t *theme, uint32_t n, double noise, uint64_t seed) {
    pt_corpus_builder *builder = pt_corpus_builder_new();
    pt_corpus_params params = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    for (uint32_t d = 0; d < n; d++) {
        const uint64_t key = pt_rng_key(seed, 7, d);
        pt_corpus_builder_begin_document(builder);
        for (uint64_t i = 0; i < 30; i++) {
            const uint64_t which = pt_rng_at(key, 2 * i + 1);
            if (theme[d] == PT_STRAY)
                add_word(builder, "stray", d, pt_rng_below(which, 100), i < 4);
            else if (pt_rng_double(pt_rng_at(key, 2 * i)) < noise)
                add_word(builder, "noise", 0, pt_rng_below(which, 300), i < 4);
            else
                add_word(builder, "own", theme[d], pt_rng_below(which, 30), i < 4);
        }
        pt_corpus_builder_end_document(builder);
    }
    pt_error err = {0};
    assert_int_equal(pt_corpus_build(builder, &params, &w->corpus, &err), PT_OK);
    pt_corpus_builder_free(builder);
    w->mass = pt_alloc(n, sizeof *w->mass);
    w->applicant = pt_alloc(n, sizeof *w->applicant);
    w->document = pt_alloc(n, sizeof *w->document);
    for (uint32_t d = 0; d < n; d++) {
        w->mass[d] = 1;
        w->applicant[d] = d;
        w->document[d] = d;
    }
    w->vectors = pt_vectors_new(w->corpus, w->document, n);
}

static void world_free(world *w) {
    pt_corpus_free(w->corpus);
    pt_vectors_free(w->vectors);
    free(w->mass);
    free(w->applicant);
    free(w->document);
}

/* Share of pairs of rows on which two labellings agree; strays of the second are passed over. */
static double agreement(const uint32_t *a, const uint32_t *b, uint32_t n) {
    uint32_t same = 0, pairs = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++)
            if (b[i] != PT_STRAY && b[j] != PT_STRAY) {
                pairs++;
                same += (a[i] == a[j]) == (b[i] == b[j]);
            }
    return pairs ? (double)same / pairs : 0;
}

static void test_ward_knows_the_textbook(void **state) {
    (void)state;
    /* points 0, 1, 10, 12, 30 on a line; heights are 2 m_a m_b / (m_a + m_b) · (difference of means)² */
    const double at[] = {0, 1, 10, 12, 30}, weight[] = {1, 1, 1, 1, 1};
    double squared[10];
    pt_merge merge[4];
    for (uint32_t i = 0; i < 5; i++)
        for (uint32_t j = i + 1; j < 5; j++)
            squared[pt_pair(5, i, j)] = (at[i] - at[j]) * (at[i] - at[j]);
    pt_ward(5, weight, squared, merge);
    const double heights[] = {1, 4, 2. * 2 * 2 / 4 * 10.5 * 10.5, 2. * 4 * 1 / 5 * 24.25 * 24.25};
    for (int m = 0; m < 4; m++)
        assert_true(fabs(merge[m].height - heights[m]) < 1e-9);
    uint32_t label[5];
    pt_ward_cut(5, merge, 3, label);
    const uint32_t wanted[] = {0, 0, 1, 1, 2};
    assert_memory_equal(label, wanted, sizeof wanted);
    pt_ward_cut(5, merge, 1, label);
    for (int i = 0; i < 5; i++)
        assert_int_equal(label[i], 0);
}

static void test_ward_heavy_point_is_many_points(void **state) {
    (void)state;
    const double at[] = {0, 2, 7}, weight[] = {3, 1, 1};
    double squared[3];
    pt_merge merge[2];
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t j = i + 1; j < 3; j++)
            squared[pt_pair(3, i, j)] = (at[i] - at[j]) * (at[i] - at[j]);
    pt_ward(3, weight, squared, merge);
    assert_true(fabs(merge[0].height - 2. * 3 / 4 * 4) < 1e-9);
    assert_true(fabs(merge[1].height - 2. * 4 / 5 * 6.5 * 6.5) < 1e-9); /* mean of 0,0,0,2 is 0.5 */
}

static void test_vectors_are_unit_and_weighted(void **state) {
    (void)state;
    const char *doc[] = {"A A b", "A b", "c c"}; /* capital = title */
    pt_corpus_builder *builder = pt_corpus_builder_new();
    pt_corpus_params params = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    for (int d = 0; d < 3; d++) {
        pt_corpus_builder_begin_document(builder);
        for (const char *p = doc[d]; *p; p += p[1] ? 2 : 1) {
            const char lower = *p < 'a' ? (char)(*p + 32) : *p;
            pt_corpus_builder_add(builder, &lower, 1, *p < 'a' ? PT_TOKEN_TITLE : 0);
        }
        if (d == 0)
            pt_corpus_builder_add(builder, "c", 1, PT_TOKEN_PART);
        pt_corpus_builder_end_document(builder);
    }
    pt_corpus *corpus;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, NULL), PT_OK);
    pt_corpus_builder_free(builder);
    const uint32_t rows[] = {0, 1, 2};
    pt_vectors *v = pt_vectors_new(corpus, rows, 3);
    assert_int_equal(v->columns, 2); /* c: as a part it does not count, so one row alone has it */
    assert_int_equal(v->start[3] - v->start[2], 0);
    const double a = (1 + log(4)) * log(1.5), b = log(1.5);
    const uint32_t column_a = strcmp(corpus->form[v->word[0]], "a") == 0 ? 0 : 1;
    assert_true(fabs(v->value[column_a] - a / hypot(a, b)) < 1e-6);
    float *cosine = pt_vectors_cosines(v);
    double y[2] = {0, 0};
    pt_vector_add(v, 0, 1, y);
    assert_true(fabs(pt_vector_dot(v, 0, y) - 1) < 1e-6);
    assert_true(fabs(pt_vector_dot(v, 1, y) - cosine[pt_pair(3, 0, 1)]) < 1e-6);
    free(cosine);
    pt_vectors_free(v);
    pt_corpus_free(corpus);
}

static void test_planted_themes_come_back(void **state) {
    (void)state;
    for (uint32_t k = 2; k <= 5; k++) {
        const uint32_t n = 15 * k;
        uint32_t *theme = pt_alloc(n, sizeof *theme);
        for (uint32_t d = 0; d < n; d++)
            theme[d] = d % k;
        world w;
        world_make(&w, theme, n, 0.5, k);
        pt_clusters *clusters = pt_clusters_new(w.vectors, w.mass, w.applicant);
        assert_true(clusters->max_k >= (k < 5 ? k + 1 : k));
        assert_true(agreement(theme, clusters->label[k - 1], n) > 0.98);
        for (uint32_t i = 1; i < clusters->max_k; i++)
            assert_true(clusters->objective[i] > clusters->objective[i - 1]);
        /* the split that is one too many gains much less than the last true one */
        if (k < 5)
            assert_true(clusters->objective[k] - clusters->objective[k - 1] <
                        0.6 * (clusters->objective[k - 1] - clusters->objective[k - 2]));
        pt_clusters_free(clusters);
        world_free(&w);
        free(theme);
    }
}

static void test_strays_stay_out_and_kin_come_back(void **state) {
    (void)state;
    uint32_t theme[36];
    for (uint32_t d = 0; d < 36; d++)
        theme[d] = d % 6 == 5 ? PT_STRAY : d % 2;
    world w;
    world_make(&w, theme, 36, 0.4, 11);
    pt_clusters *clusters = pt_clusters_new(w.vectors, w.mass, w.applicant);
    uint32_t good_lost = 0, stray_kept = 0;
    for (uint32_t d = 0; d < 36; d++) {
        good_lost += theme[d] != PT_STRAY && clusters->label[1][d] == PT_STRAY;
        stray_kept += theme[d] == PT_STRAY && clusters->label[1][d] != PT_STRAY;
    }
    assert_int_equal(stray_kept, 0);
    assert_true(good_lost <= 2);
    uint32_t lost_before = clusters->label[1][0];
    clusters->label[1][0] = PT_STRAY;
    pt_clusters_recall(clusters, w.vectors, 2, clusters->label[1]);
    assert_int_equal(clusters->label[1][0], lost_before);
    for (uint32_t d = 0; d < 36; d++)
        if (theme[d] == PT_STRAY)
            assert_int_equal(clusters->label[1][d], PT_STRAY);
    pt_clusters_free(clusters);
    world_free(&w);
}

/* One firm files the same text eight times: not a cluster of its own. The same eight by different firms are.
 */
static void test_near_duplicates_are_no_technology(void **state) {
    (void)state;
    uint32_t theme[28];
    for (uint32_t d = 0; d < 28; d++)
        theme[d] = d < 8 ? 9 : d % 2;
    world w;
    world_make(&w, theme, 28, 0.5, 5);
    pt_vectors_free(w.vectors);
    uint32_t same[28];
    for (uint32_t d = 0; d < 28; d++)
        same[d] = d < 8 ? 0 : d; /* document 0 eight times */
    w.vectors = pt_vectors_new(w.corpus, same, 28);
    pt_clusters *apart = pt_clusters_new(w.vectors, w.mass, w.applicant);
    assert_true(apart->max_k >= 3);
    for (uint32_t d = 1; d < 8; d++)
        assert_int_equal(apart->label[2][d], apart->label[2][0]);
    for (uint32_t d = 8; d < 28; d++)
        assert_int_not_equal(apart->label[2][d], apart->label[2][0]);
    for (uint32_t d = 0; d < 8; d++)
        w.applicant[d] = 77;
    pt_clusters *together = pt_clusters_new(w.vectors, w.mass, w.applicant);
    assert_true(fabs(together->weight[0] - 1 / sqrt(8.)) < 1e-12);
    for (uint32_t k = 2; k <= together->max_k; k++) {
        uint32_t company = 0;
        for (uint32_t d = 8; d < 28; d++)
            company += together->label[k - 1][d] == together->label[k - 1][0];
        assert_true(company >= 2 || together->label[k - 1][0] == PT_STRAY);
    }
    pt_clusters_free(apart);
    pt_clusters_free(together);
    world_free(&w);
}

static void test_sizes_are_kept(void **state) {
    (void)state;
    for (uint32_t n = 0; n < 32; n++) {
        uint32_t *theme = pt_alloc(n + 12, sizeof *theme);
        for (uint32_t d = 0; d < n + 12; d++)
            theme[d] = d % 3;
        world w;
        world_make(&w, theme, n + 12, 0.7, n);
        pt_vectors *some = pt_vectors_new(w.corpus, w.document, n);
        pt_clusters *clusters = pt_clusters_new(some, w.mass, w.applicant);
        assert_true(clusters->max_k >= 1 && clusters->max_k <= (n < 12 ? 1 : n / PT_MIN_PATENTS_A_CLUSTER));
        for (uint32_t k = 2; k <= clusters->max_k; k++)
            for (uint32_t c = 0; c < k; c++) {
                uint32_t size = 0;
                for (uint32_t d = 0; d < n; d++)
                    size += clusters->label[k - 1][d] == c;
                assert_true(size >= PT_MIN_PATENTS);
            }
        pt_clusters_free(clusters);
        pt_vectors_free(some);
        world_free(&w);
        free(theme);
    }
}

static void test_budget_goes_to_the_largest_gain(void **state) {
    (void)state;
    pt_clusters a = {.max_k = 3, .objective = {10, 14, 17}, .cohesion = {.5, .5, .6}},
                b = {.max_k = 2, .objective = {10, 13.5}, .cohesion = {.41, .5}},
                c = {.max_k = 1, .objective = {50}, .cohesion = {.2}};
    pt_clusters *const item[] = {&a, &b, NULL, &c};
    uint32_t k[4];
    pt_budget_spend(item, 4, 4, k);
    assert_true(k[0] == 2 && k[1] == 1 && k[2] == 0 && k[3] == 1);
    pt_budget_spend(item, 4, 5, k);
    assert_true(k[0] == 2 && k[1] == 2);
    pt_budget_spend(item, 4, 40, k); /* more than can be spent */
    assert_true(k[0] == 3 && k[1] == 2 && k[3] == 1);
    pt_budget_spend(item, 4, 1, k); /* one an item whatever the budget */
    assert_true(k[0] == 1 && k[1] == 1 && k[3] == 1);
    b.cohesion[0] = .39; /* a mixed group is split before others that gain more */
    pt_budget_spend(item, 4, 4, k);
    assert_true(k[0] == 1 && k[1] == 2 && k[3] == 1);
    a.cohesion[0] = .35;
    pt_budget_spend(item, 4, 4, k);
    assert_true(k[0] == 2 && k[1] == 1);
}

/* Items of thousands of patents: Ward sees a sample, and everybody gets a cluster. */
static void test_large_items_do_not_explode(void **state) {
    (void)state;
    enum { N = 5000 };
    uint32_t *theme = pt_alloc(N, sizeof *theme);
    for (uint32_t d = 0; d < N; d++)
        theme[d] = d % 3;
    world w;
    world_make(&w, theme, N, 0.5, 3);
    pt_clusters *clusters = pt_clusters_new(w.vectors, w.mass, w.applicant);
    uint32_t *label = clusters->label[2], clustered = 0;
    for (uint32_t d = 0; d < N; d++)
        clustered += label[d] != PT_STRAY;
    assert_true(clustered > 1800 && clustered <= PT_CLUSTER_SAMPLE);
    pt_clusters_recall(clusters, w.vectors, 3, label);
    clustered = 0;
    for (uint32_t d = 0; d < N; d++)
        clustered += label[d] != PT_STRAY;
    assert_true(clustered > 4900);
    assert_true(agreement(theme, label, N) > 0.98);
    pt_clusters_free(clusters);
    world_free(&w);
    free(theme);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ward_knows_the_textbook),
        cmocka_unit_test(test_ward_heavy_point_is_many_points),
        cmocka_unit_test(test_vectors_are_unit_and_weighted),
        cmocka_unit_test(test_planted_themes_come_back),
        cmocka_unit_test(test_strays_stay_out_and_kin_come_back),
        cmocka_unit_test(test_near_duplicates_are_no_technology),
        cmocka_unit_test(test_sizes_are_kept),
        cmocka_unit_test(test_budget_goes_to_the_largest_gain),
        cmocka_unit_test(test_large_items_do_not_explode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
