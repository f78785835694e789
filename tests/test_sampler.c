/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"
#include "topics/sampler.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static pt_sampler *sampler_new(const pt_corpus *corpus, pt_sampler_params params) {
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    if (pt_sampler_new(corpus, &params, &sampler, &err))
        fail_msg("%s", err.message);
    for (uint64_t t = 0; t < sampler->N; t++)
        sampler->z[t] = (uint16_t)pt_rng_below(pt_rng_at(99, t), params.K);
    for (uint32_t k = 0; k < params.K; k++)
        sampler->alpha[k] = .3 + .1 * k;
    return sampler;
}

static void title_tokens_count_twice_and_parts_not_at_all(void **state) {
    (void)state;
    uint64_t start[] = {0, 3, 3, 5};
    uint32_t word[] = {0, 1, 2, 2, 1}, doc_freq[] = {1, 2, 2};
    uint8_t flags[] = {PT_TOKEN_TITLE, PT_TOKEN_PART, 0, PT_TOKEN_TITLE | PT_TOKEN_PART, PT_TOKEN_TERM};
    const pt_corpus corpus = {
        .D = 3, .V = 3, .doc_start = start, .word = word, .flags = flags, .doc_freq = doc_freq};
    pt_sampler *sampler = sampler_new(&corpus, (pt_sampler_params){.K = 2, .beta = .1, .title_weight = 2});
    static const uint64_t expected_start[] = {0, 3, 3, 4};
    static const uint32_t expected[] = {0, 0, 2, 1};
    assert_int_equal(sampler->N, 4);
    assert_memory_equal(sampler->doc_start, expected_start, sizeof expected_start);
    assert_memory_equal(sampler->word, expected, sizeof expected);
    pt_sampler_free(sampler);
    memset(flags, PT_TOKEN_PART, sizeof flags);
    pt_error err = {0};
    const pt_sampler_params params = {.K = 2, .beta = .1, .title_weight = 2};
    assert_int_equal(pt_sampler_new(&corpus, &params, &sampler, &err), PT_ERR_DATA);
}

static void a_word_that_outgrows_its_counter_is_refused(void **state) {
    (void)state;
    uint64_t start[] = {0, 4};
    uint32_t word[] = {0, 1, 1, 1}, doc_freq[] = {1, 1};
    uint8_t flags[] = {0, PT_TOKEN_TITLE, PT_TOKEN_TITLE, PT_TOKEN_TITLE};
    const pt_corpus corpus = {
        .D = 1, .V = 2, .doc_start = start, .word = word, .flags = flags, .doc_freq = doc_freq};
    pt_sampler *sampler = NULL;
    pt_error err = {0};
    const pt_sampler_params params = {.K = 2, .beta = .1, .title_weight = 1u << 31};
    assert_int_equal(pt_sampler_new(&corpus, &params, &sampler, &err), PT_ERR_DATA);
    assert_non_null(strstr(err.message, "word 1 occurs 6442450944 times"));
}

/* n_kw is what the tokens say, all of it and without the zeros. */
static void expect_counts(const pt_sampler *sampler) {
    const uint32_t K = sampler->params.K;
    uint32_t *counted = pt_zalloc((size_t)sampler->V * K, sizeof *counted), *room = pt_alloc(K, sizeof *room);
    for (uint64_t t = 0; t < sampler->N; t++)
        counted[(size_t)sampler->word[t] * K + sampler->z[t]]++;
    for (uint32_t w = 0; w < sampler->V; w++) {
        const uint32_t *n_k = counted + (size_t)w * K;
        assert_memory_equal(pt_sampler_counts(sampler, w, room), n_k, K * sizeof *n_k);
        const size_t n = pt_word_rows_nonzero(&sampler->rows, w, room);
        size_t found = 0;
        for (uint32_t k = 0; k < K; k++)
            if (n_k[k])
                assert_int_equal(room[found++], n_k[k]);
        assert_int_equal(found, n);
    }
    free(counted);
    free(room);
}

/* Around 256, where a cell no longer tells its count, and for any beta. */
static void counts_are_read_off_cells(void **state) {
    (void)state;
    planted p = planted_new(6000);
    const double betas[] = {1e-6, .01, .3, .49, .5, 3};
    for (size_t i = 0; i < sizeof betas / sizeof betas[0]; i++) {
        pt_sampler *sampler = sampler_new(
            p.corpus,
            (pt_sampler_params){
                .K = 3, .beta = betas[i], .title_weight = 1, .sub_sweeps = 5, .seed = 5, .threads = 2});
        pt_sampler_begin(sampler);
        expect_counts(sampler);
        for (int s = 0; s < 4; s++) {
            pt_sampler_sweep(sampler);
            expect_counts(sampler);
        }
        uint32_t room[3], small = 0, large = 0;
        for (uint32_t w = 0; w < sampler->V; w++)
            for (uint32_t k = 0; k < 3; k++) {
                const uint32_t n = pt_sampler_counts(sampler, w, room)[k];
                small += n > 0 && n < 256;
                large += n > 256;
            }
        if (small < 5 || large < 5)
            fail_msg("%u small, %u large", small, large);
        pt_sampler_free(sampler);
    }
    planted_free(&p);
}

static void counts_are_conserved_in_every_sweep(void **state) {
    (void)state;
    planted p = planted_new(300);
    for (uint64_t sub_sweeps = 1; sub_sweeps <= 49; sub_sweeps += 16) {
        pt_sampler *sampler = sampler_new(
            p.corpus,
            (pt_sampler_params){
                .K = 37, .beta = .01, .title_weight = 2, .sub_sweeps = sub_sweeps, .seed = 5, .threads = 2});
        sampler->keywords = pt_keywords_new(p.seeds, p.corpus);
        sampler->keywords->beta = .01;
        sampler->keywords->keyword_mass = sampler->keywords->gamma0 = sampler->keywords->gamma1 = 1;
        pt_sampler_begin(sampler);
        for (int i = 0; i < 6; i++) {
            pt_sampler_sweep(sampler);
            assert_true(pt_sampler_is_consistent(sampler));
            expect_counts(sampler);
        }
        pt_sampler_refresh(sampler, true);
        assert_true(sampler->log_likelihood < 0);
        for (uint32_t k = 0; k < 37; k++) { /* phi_k is a distribution */
            double sum = 0;
            for (uint32_t w = 0; w < sampler->V; w++)
                sum += (double)pt_float_of(pt_word_rows_at(&sampler->rows, w)[k]) * (double)sampler->scale[k];
            assert_float_equal(sum, 1, 2e-3); /* rounded to 8 bits */
        }
        pt_sampler_free(sampler);
    }
    planted_free(&p);
}

/* Two documents of six tokens, three words, two topics: 64 states whose probabilities can be written down. */
enum { TINY_D = 2, TINY_N = 6, TINY_V = 3, TINY_K = 2, TINY_STATES = 1 << TINY_N };
static const uint32_t TINY_WORD[TINY_N] = {0, 0, 1, 1, 2, 2};
static const uint64_t TINY_START[TINY_D + 1] = {0, 4, 6};
static const double TINY_BOOST = 2.5; /* of topic 1 in document 0 */

/* p(z | w) of every state z, bit t = topic of token t: the collapsed joint of Griffiths and Steyvers. */
static void exact_posterior(const double *alpha, double beta, double p[TINY_STATES]) {
    double total = 0;
    for (unsigned z = 0; z < TINY_STATES; z++) {
        double n_dk[TINY_D][TINY_K] = {{0}}, n_kw[TINY_K][TINY_V] = {{0}}, n_k[TINY_K] = {0}, log_p = 0;
        for (unsigned t = 0; t < TINY_N; t++) {
            const unsigned k = z >> t & 1;
            n_dk[t >= TINY_START[1]][k]++;
            n_kw[k][TINY_WORD[t]]++;
            n_k[k]++;
        }
        for (int k = 0; k < TINY_K; k++) {
            for (int d = 0; d < TINY_D; d++)
                log_p += lgamma(n_dk[d][k] + alpha[k] * (d == 0 && k == 1 ? 1 + TINY_BOOST : 1));
            for (int w = 0; w < TINY_V; w++)
                log_p += lgamma(n_kw[k][w] + beta);
            log_p -= lgamma(n_k[k] + TINY_V * beta);
        }
        p[z] = exp(log_p);
        total += p[z];
    }
    for (unsigned z = 0; z < TINY_STATES; z++)
        p[z] /= total;
}

/* K topics of which all but the first two can never be drawn. */
static void check_tiny_posterior(uint32_t K, int sweeps) {
    static const uint32_t doc_freq[] = {1, 1, 2};
    static const uint8_t flags[TINY_N] = {0};
    const pt_corpus corpus = {.D = TINY_D,
                              .V = TINY_V,
                              .doc_start = (uint64_t *)TINY_START,
                              .word = (uint32_t *)TINY_WORD,
                              .flags = (uint8_t *)flags,
                              .doc_freq = (uint32_t *)doc_freq};
    const double beta = .2;
    pt_sampler *sampler = sampler_new(
        &corpus, (pt_sampler_params){
                     .K = K, .beta = beta, .title_weight = 1, .sub_sweeps = TINY_N, .seed = 3, .threads = 1});
    for (uint32_t k = TINY_K; k < K; k++)
        sampler->alpha[k] = 0;
    for (uint64_t t = 0; t < TINY_N; t++)
        sampler->z[t] %= TINY_K;
    sampler->boosts.start = pt_zalloc(TINY_D + 1, sizeof *sampler->boosts.start);
    sampler->boosts.start[1] = sampler->boosts.start[2] = 1;
    sampler->boosts.topic = pt_zalloc(1, sizeof *sampler->boosts.topic);
    sampler->boosts.value = pt_zalloc(1, sizeof *sampler->boosts.value);
    sampler->boosts.topic[0] = 1;
    sampler->boosts.value[0] = (float)TINY_BOOST;
    pt_sampler_begin(sampler);
    double p[TINY_STATES], seen[TINY_STATES] = {0};
    exact_posterior(sampler->alpha, beta, p);
    for (int i = 0; i < sweeps; i++) {
        pt_sampler_sweep(sampler);
        unsigned z = 0;
        for (unsigned t = 0; t < TINY_N; t++)
            z |= (unsigned)sampler->z[t] << t;
        seen[z] += 1. / sweeps;
    }
    /* Sweeps are correlated: an effective sample of a tenth gives the most likely states a standard error
     * of .002; a token left in its own counts moves them by far more. */
    double distance = 0;
    for (unsigned z = 0; z < TINY_STATES; z++) {
        assert_float_equal(seen[z], p[z], .006);
        distance += fabs(seen[z] - p[z]) / 2;
    }
    assert_true(distance < .012);
    pt_sampler_free(sampler);
}

static void a_tiny_corpus_has_its_exact_posterior(void **state) {
    (void)state;
    check_tiny_posterior(TINY_K, 200000);
}

static void so_it_has_with_lists_for_many_topics(void **state) {
    (void)state;
    check_tiny_posterior(PT_LIST_TOPICS, 100000);
}

/* Every list or row holds what was counted; returns how many words have too many topics for a list. */
static uint32_t check_lists(const pt_sampler *sampler) {
    expect_counts(sampler);
    float *r = pt_alloc(sampler->rows.row, sizeof *r);
    uint32_t *room = pt_alloc(sampler->params.K, sizeof *room);
    uint32_t n_rows = 0;
    for (uint32_t w = 0; w < sampler->V; w++) {
        const uint32_t *n_k = pt_sampler_counts(sampler, w, room);
        const bool has_list = pt_word_lists_has(sampler->rows.lists, w);
        n_rows += !has_list;
        pt_word_rows_unpack(&sampler->rows, w, r);
        for (uint32_t k = 0; k < sampler->params.K; k++) {
            const float beta = (float)sampler->params.beta, n = (float)n_k[k];
            const float expected =
                has_list ? beta + pt_float_of(pt_bfloat16(n)) * (n > 0) : pt_float_of(pt_bfloat16(n + beta));
            assert_float_equal(r[k], expected, 0);
        }
    }
    free(r);
    free(room);
    return n_rows;
}

static void lists_follow_the_counts(void **state) {
    (void)state;
    planted p = planted_new(2500);
    pt_sampler *first = NULL;
    uint32_t at_first = 0;
    for (int threads = 1; threads <= 3; threads += 2) {
        pt_sampler *sampler = sampler_new(p.corpus, (pt_sampler_params){.K = PT_LIST_TOPICS,
                                                                        .beta = .01,
                                                                        .title_weight = 2,
                                                                        .sub_sweeps = 3,
                                                                        .seed = 8,
                                                                        .threads = threads});
        for (uint32_t k = 0; k < PT_LIST_TOPICS; k++)
            sampler->alpha[k] = .05;
        pt_sampler_begin(sampler);
        at_first = check_lists(sampler);
        for (int s = 0; s < 8; s++)
            pt_sampler_sweep(sampler);
        assert_true(pt_sampler_is_consistent(sampler));
        assert_true(check_lists(sampler) < at_first); /* topics of a word get fewer */
        if (first) {
            assert_memory_equal(sampler->z, first->z, sampler->N * sizeof *first->z);
            pt_sampler_free(sampler);
        } else {
            first = sampler;
        }
    }
    pt_sampler_free(first);
    planted_free(&p);
}

/* Words in bursts: 60 documents of 2 words, each of them 12 times in one document and once in the next. How
 * often two neighbours of a burst share their topic, over many sweeps. */
static double agreement_in_bursts(uint32_t K, uint32_t V, uint64_t sub_sweeps, int sweeps) {
    enum { D = 60, WORDS = 2, TIMES = 12, LENGTH = WORDS * (TIMES + 1), N = D * LENGTH };
    static uint64_t start[D + 1];
    static uint32_t word[N];
    static uint8_t flags[N];
    uint64_t n = 0, same = 0, pairs = 0;
    for (uint32_t d = 0; d < D; d++) {
        start[d] = n;
        for (uint32_t w = 0; w < WORDS; w++) {
            for (int i = 0; i < TIMES; i++)
                word[n++] = d * WORDS + w;
            word[n++] = (d + 1) % D * WORDS + w;
        }
    }
    start[D] = n;
    const pt_corpus corpus = {.D = D, .V = V, .doc_start = start, .word = word, .flags = flags};
    pt_sampler *sampler = sampler_new(
        &corpus,
        (pt_sampler_params){
            .K = K, .beta = .3 / K, .title_weight = 1, .sub_sweeps = sub_sweeps, .seed = 4, .threads = 1});
    for (uint32_t k = 0; k < K; k++)
        sampler->alpha[k] = 200; /* the document says little, so the word must */
    pt_sampler_begin(sampler);
    for (int i = 0; i < sweeps; i++) {
        pt_sampler_sweep(sampler);
        for (uint64_t t = 0; i >= sweeps / 4 && t + 1 < N; t++)
            if (word[t] == word[t + 1]) {
                same += sampler->z[t] == sampler->z[t + 1];
                pairs++;
            }
    }
    pt_sampler_free(sampler);
    return (double)same / (double)pairs;
}

static void tokens_of_a_burst_see_each_other(void **state) {
    (void)state;
    static const struct {
        uint32_t K, V; /* more words than occur: V beta stays above what a topic holds */
        int sweeps;
    } runs[] = {{6, 120, 400}, {PT_LIST_TOPICS, 400000, 30}}; /* from rows, from lists */
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        const double exact = agreement_in_bursts(runs[i].K, runs[i].V, UINT64_MAX, runs[i].sweeps),
                     at_once = agreement_in_bursts(runs[i].K, runs[i].V, 1, runs[i].sweeps);
        print_message("neighbours with one topic of %u: %.3f token by token, %.3f all in one slice\n",
                      runs[i].K, exact, at_once);
        assert_float_equal(at_once, exact, .05);
    }
}

static void every_instruction_set_draws_the_same(void **state) {
    (void)state;
    planted p = planted_new(300);
    static const uint32_t topics[] = {1, 5, 16, 17, 32, 351, 700, 1300};
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        pt_sampler *first = NULL;
        for (int path = PT_KERNEL_PLAIN; path <= PT_KERNEL_BF16; path++) {
            if (!pt_kernel_choose((pt_kernel_path)path)) {
                print_message("no %s on this machine\n", pt_kernel_name((pt_kernel_path)path));
                continue;
            }
            pt_sampler *sampler = sampler_new(p.corpus, (pt_sampler_params){.K = topics[i],
                                                                            .beta = .01,
                                                                            .title_weight = 2,
                                                                            .sub_sweeps = 2,
                                                                            .seed = 8,
                                                                            .threads = 2,
                                                                            .kernel = (pt_kernel_path)path});
            pt_sampler_begin(sampler);
            for (int s = 0; s < 4; s++)
                pt_sampler_sweep(sampler);
            assert_true(pt_sampler_is_consistent(sampler));
            if (first) {
                assert_memory_equal(sampler->z, first->z, sampler->N * sizeof *first->z);
                pt_sampler_free(sampler);
            } else {
                first = sampler;
            }
        }
        pt_sampler_free(first);
    }
    planted_free(&p);
}

/* Pólya urn: counts of a document under Dirichlet-multinomial(alpha). */
static void minka_finds_the_prior_that_made_the_counts(void **state) {
    (void)state;
    enum { D = 4000, LENGTH = 30, K = 4 };
    static const double truth[K] = {.1, .4, 1, 2};
    static const double boost = 3; /* of topic 0 in every second document */
    uint64_t *start = pt_alloc(D + 1, sizeof *start), *boost_start = pt_alloc(D + 1, sizeof *boost_start);
    uint16_t *z = pt_alloc(D * LENGTH, sizeof *z), *topic = pt_zalloc(D, sizeof *topic);
    float *value = pt_alloc(D, sizeof *value);
    for (uint32_t d = 0; d <= D; d++) {
        start[d] = (uint64_t)d * LENGTH;
        boost_start[d] = d / 2;
    }
    for (uint32_t d = 0; d < D; d++) {
        double urn[K], total = 0;
        value[d] = (float)boost;
        for (int k = 0; k < K; k++) {
            urn[k] = truth[k] * (k == 0 && d % 2 ? 1 + boost : 1);
            total += urn[k];
        }
        for (uint64_t i = 0; i < LENGTH; i++) {
            double u = pt_rng_double(pt_rng_at(pt_rng_key(4, 0, d), i)) * total;
            uint16_t k = 0;
            while (k < K - 1 && (u -= urn[k]) >= 0)
                k++;
            z[d * LENGTH + i] = k;
            urn[k]++;
            total++;
        }
    }
    const pt_boosts boosts = {boost_start, topic, value};
    const pt_document_topics topics = {D, K, start, z, &boosts, NULL};
    double alpha[K] = {.5, .5, .5, .5}, again[K] = {.5, .5, .5, .5};
    pt_alpha_optimise(&topics, 300, 1, alpha);
    pt_alpha_optimise(&topics, 300, 3, again);
    for (int k = 0; k < K; k++)
        assert_float_equal(alpha[k] / truth[k], 1, .08);
    assert_memory_equal(alpha, again, sizeof alpha);
    free(start);
    free(boost_start);
    free(z);
    free(topic);
    free(value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_tokens_count_twice_and_parts_not_at_all),
        cmocka_unit_test(a_word_that_outgrows_its_counter_is_refused),
        cmocka_unit_test(counts_are_read_off_cells),
        cmocka_unit_test(counts_are_conserved_in_every_sweep),
        cmocka_unit_test(a_tiny_corpus_has_its_exact_posterior),
        cmocka_unit_test(so_it_has_with_lists_for_many_topics),
        cmocka_unit_test(lists_follow_the_counts),
        cmocka_unit_test(tokens_of_a_burst_see_each_other),
        cmocka_unit_test(every_instruction_set_draws_the_same),
        cmocka_unit_test(minka_finds_the_prior_that_made_the_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
