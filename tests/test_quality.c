/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "topics/matching.h"
#include "topics/quality.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One topic over the words a b c; documents: ab, ab, ac, c. */
typedef struct fixture {
    pt_corpus corpus;
    pt_model model;
} fixture;

static uint64_t doc_start[] = {0, 2, 4, 6, 7};
static uint32_t word[] = {0, 1, 0, 1, 0, 2, 2};
static uint8_t flags[7];
static uint32_t doc_freq[] = {3, 2, 2};
static double alpha[] = {1};
static uint64_t word_start[] = {0, 1, 2, 3}, topic_total[] = {6};
static uint16_t topic[] = {0, 0, 0};
static uint32_t count[] = {3, 2, 1}, keyword_start[] = {0};

static fixture tiny(void) {
    return (fixture){
        .corpus =
            {.D = 4, .V = 3, .doc_start = doc_start, .word = word, .flags = flags, .doc_freq = doc_freq},
        .model = {.K = 1,
                  .n_items = 0,
                  .V = 3,
                  .N = 6,
                  .beta = 0.01,
                  .alpha = alpha,
                  .word_start = word_start,
                  .topic = topic,
                  .count = count,
                  .topic_total = topic_total,
                  .keyword_start = keyword_start}};
}

/* ab: p = 1/2, ln(.5 / (.75 .5)) / -ln .5 = .41504; ac: p = 1/4, ln(.25 / .375) / -ln .25 = -.29248; bc: -1.
 */
static void coherence_is_as_on_paper(void **state) {
    (void)state;
    fixture f = tiny();
    double of_topic;
    const double expected = (0.415037499 - 0.292481250 - 1) / 3;
    assert_float_equal(pt_quality_coherence(&f.model, &f.corpus, 3, &of_topic), expected, 1e-8);
    assert_float_equal(of_topic, expected, 1e-8);
}

/* Vectors a (1, .41504, -.29248), b (.41504, 1, -1), c (-.29248, -1, 1); sum (1.12256, .41504, -.29248). */
static void cv_is_as_on_paper(void **state) {
    (void)state;
    fixture f = tiny();
    const double v[3][3] = {{1, 0.415037499, -0.292481250}, {0.415037499, 1, -1}, {-0.292481250, -1, 1}};
    double sum[3] = {0}, expected = 0, norm = 0;
    for (int j = 0; j < 3; j++) {
        sum[j] = v[0][j] + v[1][j] + v[2][j];
        norm += sum[j] * sum[j];
    }
    for (int i = 0; i < 3; i++) {
        double dot = 0, square = 0;
        for (int j = 0; j < 3; j++) {
            dot += v[i][j] * sum[j];
            square += v[i][j] * v[i][j];
        }
        expected += dot / sqrt(square * norm) / 3;
    }
    assert_float_equal(expected, 0.35434, 1e-5); /* (.99898 + .64622 - .58217) / 3 */
    assert_float_equal(pt_quality_cv(&f.model, &f.corpus, 3, NULL), expected, 1e-8);
}

static void a_topic_of_one_word_has_no_coherence(void **state) {
    (void)state;
    fixture f = tiny();
    double of_topic;
    assert_float_equal(pt_quality_coherence(&f.model, &f.corpus, 1, &of_topic), 0, 0);
    assert_true(isnan(of_topic));
}

static void a_model_overlaps_with_itself(void **state) {
    (void)state;
    fixture f = tiny();
    assert_float_equal(pt_quality_overlap(&f.model, &f.model, 3), 1, 1e-12);
}

static void matching_is_the_best_one(void **state) {
    (void)state;
    const double gain[] = {9, 8, 1, 8, 1, 2, 7, 6, 5};
    uint32_t column_of[3];
    assert_float_equal(pt_matching_best(gain, 3, column_of), 21,
                       1e-12); /* 8 + 8 + 5; greedy gives 9 + 2 + 6 */
    assert_int_equal(column_of[0], 1);
    assert_int_equal(column_of[1], 0);
    assert_int_equal(column_of[2], 2);
}

static void chosen_documents_keep_their_words(void **state) {
    (void)state;
    fixture f = tiny();
    const bool is_kept[] = {false, true, false, true};
    pt_corpus *part = pt_corpus_select(&f.corpus, is_kept);
    assert_int_equal(part->D, 2);
    assert_int_equal(part->doc_start[2], 3);
    assert_int_equal(part->word[2], 2);
    assert_int_equal(part->doc_freq[0], 1);
    assert_int_equal(part->doc_freq[2], 1);
    pt_corpus_free(part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coherence_is_as_on_paper),
        cmocka_unit_test(cv_is_as_on_paper),
        cmocka_unit_test(a_topic_of_one_word_has_no_coherence),
        cmocka_unit_test(a_model_overlaps_with_itself),
        cmocka_unit_test(matching_is_the_best_one),
        cmocka_unit_test(chosen_documents_keep_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
