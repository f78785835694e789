/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "planted.h"
#include "topics/mixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Four documents, words 0 1 2, items 0 and 1; small enough to follow on paper. */
enum { TINY_D = 4, TINY_V = 3, TINY_K = 2 };

static pt_corpus tiny_corpus(void) {
    static uint64_t start[] = {0, 2, 4, 5, 6};
    static uint32_t word[] = {0, 2, 1, 2, 2, 2}, doc_freq[] = {1, 1, 4};
    static uint8_t flags[] = {PT_TOKEN_TITLE, 0, PT_TOKEN_MEANS, 0, PT_TOKEN_TITLE | PT_TOKEN_MEANS, 0};
    return (pt_corpus){
        .D = TINY_D, .V = TINY_V, .doc_start = start, .word = word, .flags = flags, .doc_freq = doc_freq};
}

static pt_seeds *tiny_seeds(bool with_negative, bool is_method) {
    pt_seeds_builder *builder = pt_seeds_builder_new(TINY_K);
    pt_seeds_builder_add(builder, 0, 0, 1);
    pt_seeds_builder_add(builder, 1, 1, .4f);
    if (with_negative)
        pt_seeds_builder_add_negative(builder, 0, 1, .5f);
    pt_seeds_builder_set_method(builder, 0, is_method);
    pt_seeds *seeds = pt_seeds_build(builder);
    pt_seeds_builder_free(builder);
    return seeds;
}

static pt_evidence *find(const pt_corpus *corpus, const pt_seeds *seeds, const pt_mixture_params *params) {
    pt_evidence *evidence = NULL;
    pt_error err = {0};
    if (pt_evidence_find(corpus, seeds, NULL, NULL, params, &evidence, &err))
        fail_msg("%s", err.message);
    return evidence;
}

/* Value of an item for a document in one of the [D][per_document] lists. */
static float value_of(const pt_evidence *evidence, const float *list, uint32_t d, uint32_t item) {
    for (uint32_t i = 0; i < evidence->per_document; i++)
        if (evidence->item[d * evidence->per_document + i] == item)
            return list[d * evidence->per_document + i];
    fail_msg("item %u is not listed", item);
    return 0;
}

static void seed_scores_are_as_on_paper(void **state) {
    (void)state;
    const pt_corpus corpus = tiny_corpus();
    pt_seeds *seeds = tiny_seeds(true, false);
    const pt_mixture_params params = pt_mixture_params_default();
    pt_evidence *evidence = find(&corpus, seeds, &params);
    /* u_0 = u_1 = ln(4/1) ln(2/1)/ln 2 = ln 4; title: log2(1+3) = 2; means in the abstract: log2(1.5). */
    assert_float_equal(value_of(evidence, evidence->A, 0, 0), 2 * log(4), 1e-5);
    assert_float_equal(value_of(evidence, evidence->A, 0, 1), 0, 1e-7);
    assert_float_equal(value_of(evidence, evidence->A, 1, 1), log2(1.5) * log(4) * .4, 1e-5);
    assert_float_equal(value_of(evidence, evidence->A, 1, 0), -log2(1.5) * log(4) * .5, 1e-5);
    assert_true(evidence->has_any_evidence[0]);
    assert_false(evidence->has_any_evidence[2 * TINY_K] || evidence->has_any_evidence[2 * TINY_K + 1]);
    assert_int_equal(evidence->item[0], 0);
    assert_int_equal(evidence->item[1 * TINY_K], 1);
    pt_evidence_free(evidence);
    pt_seeds_free(seeds);
}

/* The formulas of mixture.h in doubles and dense loops, for the tiny case without negatives. */
static void tiny_reference(const pt_mixture_params *params, bool is_taught, double S[TINY_D][TINY_K],
                           double q[TINY_D][TINY_K]) {
    const double x[TINY_D][TINY_V] = {{2, 0, 1}, {0, log2(1.5), 1}, {0, 0, log2(1.6)}, {0, 0, 1}};
    const double seed[TINY_K][TINY_V] = {{log(4), 0, 0}, {0, .4 * log(4), 0}};
    double p[TINY_V] = {0}, all = 0, A[TINY_D][TINY_K], taught[TINY_K][TINY_V] = {0},
           taught_mass[TINY_K] = {0};
    for (int d = 0; d < TINY_D; d++)
        for (int w = 0; w < TINY_V; w++) {
            p[w] += x[d][w];
            all += x[d][w];
        }
    for (int d = 0; d < TINY_D; d++) {
        for (int k = 0; k < TINY_K; k++) {
            double strongest = 0;
            A[d][k] = 0;
            for (int w = 0; w < TINY_V; w++) {
                A[d][k] += x[d][w] * seed[k][w];
                strongest = fmax(strongest, x[d][w] * seed[k][w]);
            }
            A[d][k] -= .5 * strongest;
        }
    }
    if (is_taught) { /* as tiny_lessons */
        taught[1][0] = params->taught_weight * 4 * fmin(p[0] / all / .02, 3);
        taught[0][2] = params->taught_weight * 6 * fmin(p[2] / all / .5, 3);
        taught[0][1] = params->written_weight * .5;
    }
    for (int k = 0; k < TINY_K; k++)
        for (int w = 0; w < TINY_V; w++)
            taught_mass[k] += taught[k][w];
    for (int d = 0; d < TINY_D; d++) {
        double start[TINY_K];
        for (int k = 0; k < TINY_K; k++) {
            start[k] = A[d][k] / params->T0;
            for (int w = 0; w < TINY_V; w++) {
                const double p_w = p[w] / all, mu = params->background_mass;
                const double phi = (taught[k][w] + mu * p_w) / (taught_mass[k] + mu);
                start[k] += x[d][w] * log(.5 * phi / p_w + .5) / params->T;
            }
        }
        for (int k = 0; k < TINY_K; k++)
            q[d][k] = 1 / (1 + exp(start[1 - k] - start[k]));
    }
    for (uint32_t step = 0; step < params->steps; step++) {
        double C[TINY_K][TINY_V], mass[TINY_K], size[TINY_K];
        for (int k = 0; k < TINY_K; k++) {
            mass[k] = size[k] = 0;
            for (int d = 0; d < TINY_D; d++)
                size[k] += q[d][k];
            for (int w = 0; w < TINY_V; w++) {
                C[k][w] = params->seed_mass * seed[k][w] + taught[k][w];
                for (int d = 0; d < TINY_D; d++)
                    C[k][w] += q[d][k] * x[d][w];
                mass[k] += C[k][w];
            }
        }
        for (int d = 0; d < TINY_D; d++)
            for (int k = 0; k < TINY_K; k++) {
                S[d][k] = params->size_weight * log(size[k] + 5) + params->seed_weight * A[d][k];
                for (int w = 0; w < TINY_V; w++) {
                    const double p_w = p[w] / all, mu = params->background_mass;
                    const double phi = (C[k][w] + mu * p_w) / (mass[k] + mu);
                    S[d][k] += x[d][w] * log(.5 * phi / p_w + .5) / params->T;
                }
            }
        for (int d = 0; d < TINY_D; d++)
            for (int k = 0; k < TINY_K; k++)
                q[d][k] = 1 / (1 + exp(S[d][1 - k] - S[d][k]));
    }
}

/* Word 0 taught item 1 and word 2 item 0; word 1 is written for item 0. */
static void tiny_lessons(pt_seeds *seeds) {
    static const struct {
        uint64_t start[TINY_V + 1];
        uint32_t item[2];
        float mass[2], share[TINY_V];
    } by_patents = {{0, 1, 1, 2}, {1, 0}, {4, 6}, {.02f, 0, .5f}}, by_hand = {{0, 0, 1, 1}, {0}, {.5f}, {0}};
    for (int i = 0; i < 2; i++) {
        pt_taught *taught = pt_zalloc(1, sizeof *taught);
        taught->V = TINY_V;
        taught->start = pt_zalloc(TINY_V + 1, sizeof *taught->start);
        taught->item = pt_zalloc(2, sizeof *taught->item);
        taught->mass = pt_zalloc(2, sizeof *taught->mass);
        memcpy(taught->start, (i ? by_hand : by_patents).start, sizeof by_hand.start);
        memcpy(taught->item, (i ? by_hand : by_patents).item, sizeof by_hand.item);
        memcpy(taught->mass, (i ? by_hand : by_patents).mass, sizeof by_hand.mass);
        if (i == 0) {
            taught->share = pt_zalloc(TINY_V, sizeof *taught->share);
            memcpy(taught->share, by_patents.share, sizeof by_patents.share);
        }
        *(i ? &seeds->written : &seeds->taught) = taught;
    }
}

static void steps_follow_the_formulas(void **state) {
    (void)state;
    const pt_corpus corpus = tiny_corpus();
    pt_seeds *seeds = tiny_seeds(false, false);
    pt_mixture_params params = pt_mixture_params_default();
    params.background_mass = 3;
    for (int i = 0; i < 6; i++) {
        const bool is_taught = i >= 3;
        if (i == 3)
            tiny_lessons(seeds);
        params.steps = 1 + (uint32_t)i % 3;
        double S[TINY_D][TINY_K], q[TINY_D][TINY_K];
        tiny_reference(&params, is_taught, S, q);
        pt_evidence *evidence = find(&corpus, seeds, &params);
        for (uint32_t d = 0; d < TINY_D; d++) {
            for (uint32_t k = 0; k < TINY_K; k++) {
                assert_float_equal(value_of(evidence, evidence->S, d, k), S[d][k], 1e-5);
                assert_float_equal(value_of(evidence, evidence->q, d, k), q[d][k], 1e-5);
            }
            assert_float_equal(evidence->margin[d], fabs(S[d][0] - S[d][1]), 1e-5);
        }
        pt_evidence_free(evidence);
    }
    pt_seeds_free(seeds);
}

static void method_items_lose_their_penalty(void **state) {
    (void)state;
    const pt_corpus corpus = tiny_corpus();
    pt_mixture_params params = pt_mixture_params_default();
    params.steps = 1;
    float S[2];
    for (int is_method = 0; is_method < 2; is_method++) {
        pt_seeds *seeds = tiny_seeds(false, is_method);
        pt_evidence *evidence = find(&corpus, seeds, &params);
        S[is_method] = value_of(evidence, evidence->S, 0, 0);
        pt_evidence_free(evidence);
        pt_seeds_free(seeds);
    }
    assert_float_equal(S[0] - S[1], 1.5, 1e-5);
}

static double share_right(const planted *p, const pt_evidence *evidence) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < p->corpus->D; d++)
        n += evidence->item[d * evidence->per_document] == p->truth[d];
    return (double)n / p->corpus->D;
}

static void planted_items_are_found(void **state) {
    const planted *p = *state;
    const pt_mixture_params params = pt_mixture_params_default();
    pt_evidence *evidence = find(p->corpus, p->seeds, &params);
    assert_true(share_right(p, evidence) > .97);
    for (uint32_t d = 0; d < p->corpus->D; d++)
        for (uint32_t i = 1; i < evidence->per_document; i++)
            assert_true(evidence->S[d * PT_EVIDENCE_ITEMS + i - 1] >= evidence->S[d * PT_EVIDENCE_ITEMS + i]);
    pt_evidence_free(evidence);
}

static void evidence_words_are_those_of_the_item(void **state) {
    const planted *p = *state;
    const pt_mixture_params params = pt_mixture_params_default();
    pt_evidence *evidence = find(p->corpus, p->seeds, &params);
    for (uint32_t d = 0; d < 50; d++) {
        pt_evidence_word word[PT_EVIDENCE_WORDS];
        char own[32];
        sprintf(own, "item%u_", p->truth[d]);
        const size_t n = pt_evidence_words(evidence, p->corpus, d, p->truth[d], word);
        assert_true(n > 0);
        float share = 0;
        for (size_t i = 0; i < n; i++) {
            share += word[i].share;
            assert_true(i == 0 || word[i - 1].gain >= word[i].gain);
        }
        assert_true(share > 0 && share < 1.0001f);
        assert_memory_equal(p->corpus->form[word[0].word], own, strlen(own));
    }
    pt_evidence_free(evidence);
}

static void threads_do_not_matter(void **state) {
    const planted *p = *state;
    pt_mixture_params params = pt_mixture_params_default();
    pt_evidence *one = NULL;
    for (params.threads = 1; params.threads <= 4; params.threads *= 2) {
        pt_evidence *evidence = find(p->corpus, p->seeds, &params);
        const size_t n = (size_t)evidence->D * evidence->per_document;
        if (one) {
            assert_memory_equal(evidence->item, one->item, n * sizeof *one->item);
            assert_memory_equal(evidence->S, one->S, n * sizeof *one->S);
            assert_memory_equal(evidence->q, one->q, n * sizeof *one->q);
            assert_memory_equal(evidence->log_ratio, one->log_ratio,
                                one->V * one->row * sizeof *one->log_ratio);
            pt_evidence_free(evidence);
        } else {
            one = evidence;
        }
    }
    pt_evidence_free(one);
}

static void codes_and_table_speak_when_they_have_a_weight(void **state) {
    const planted *p = *state;
    const uint32_t D = p->corpus->D;
    uint64_t *start = pt_alloc((size_t)D + 1, sizeof *start);
    uint32_t *code = pt_alloc(D, sizeof *code), *item = pt_alloc(D, sizeof *item);
    float *value = pt_alloc(D, sizeof *value);
    for (uint32_t d = 0; d <= D; d++)
        start[d] = d;
    for (uint32_t d = 0; d < D; d++) {
        code[d] = p->truth[d];
        item[d] = (p->truth[d] + 1) % PLANTED_ITEMS;
        value[d] = 1;
    }
    const pt_code_evidence codes = {PLANTED_ITEMS, start, code};
    const pt_table_evidence table = {start, item, value};
    pt_mixture_params params = pt_mixture_params_default();
    pt_evidence *evidence[4] = {NULL};
    for (int i = 0; i < 4; i++) { /* nothing used, codes, table, nothing given */
        params.code_weight = i == 1 ? .8 : 0;
        params.table_lambda = i == 2 ? 100 : 0;
        assert_int_equal(pt_evidence_find(p->corpus, p->seeds, i < 3 ? &codes : NULL, i < 3 ? &table : NULL,
                                          &params, &evidence[i], NULL),
                         PT_OK);
    }
    assert_memory_equal(evidence[0]->S, evidence[3]->S, (size_t)D * PT_EVIDENCE_ITEMS * sizeof(float));
    double margin[2] = {0, 0};
    for (uint32_t d = 0; d < D; d++)
        for (int i = 0; i < 2; i++)
            margin[i] += evidence[i]->margin[d] / D;
    assert_true(share_right(p, evidence[1]) >= share_right(p, evidence[0]));
    assert_true(margin[1] > margin[0] + .5);
    assert_true(share_right(p, evidence[2]) < .5); /* the table is wrong by one item, and loud */
    code[7] = PLANTED_ITEMS;
    params.code_weight = 1;
    pt_evidence *none = NULL;
    assert_int_equal(pt_evidence_find(p->corpus, p->seeds, &codes, NULL, &params, &none, NULL), PT_ERR_DATA);
    for (int i = 0; i < 4; i++)
        pt_evidence_free(evidence[i]);
    free(start);
    free(code);
    free(item);
    free(value);
}

static void impossible_requests_are_refused(void **state) {
    const planted *p = *state;
    pt_error err = {0};
    pt_evidence *evidence = NULL;
    pt_mixture_params params = pt_mixture_params_default();
    params.T = 0;
    assert_int_equal(pt_evidence_find(p->corpus, p->seeds, NULL, NULL, &params, &evidence, &err),
                     PT_ERR_CONFIG);
    params.T = 8;
    const pt_corpus corpus = tiny_corpus();
    assert_int_equal(pt_evidence_find(&corpus, p->seeds, NULL, NULL, &params, &evidence, &err), PT_ERR_DATA);
    const volatile sig_atomic_t stop = 1;
    const pt_monitor monitor = {.stop = &stop};
    params.monitor = &monitor;
    assert_int_equal(pt_evidence_find(p->corpus, p->seeds, NULL, NULL, &params, &evidence, &err),
                     PT_ERR_AGAIN);
    assert_null(evidence);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(seed_scores_are_as_on_paper),
        cmocka_unit_test(steps_follow_the_formulas),
        cmocka_unit_test(method_items_lose_their_penalty),
        cmocka_unit_test(planted_items_are_found),
        cmocka_unit_test(evidence_words_are_those_of_the_item),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(codes_and_table_speak_when_they_have_a_weight),
        cmocka_unit_test(impossible_requests_are_refused),
    };
    planted p = planted_new(700);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tests[i].initial_state = &p;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    planted_free(&p);
    return failed;
}
