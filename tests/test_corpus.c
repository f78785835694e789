/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/corpus.h"
#include "topics/seeds.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Blank-separated words. */
static void add_document(pt_corpus_builder *builder, const char *words, size_t d) {
    pt_corpus_builder_begin_document(builder);
    for (const char *at = words; *at;) {
        const size_t bytes = strcspn(at, " ");
        pt_corpus_builder_add(builder, at, bytes, (uint8_t)(d & 1 ? PT_TOKEN_TITLE : 0));
        at += bytes + (at[bytes] == ' ');
    }
    pt_corpus_builder_end_document(builder);
}

static pt_corpus_builder *builder_of(const char *const *documents, size_t n) {
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (size_t d = 0; d < n; d++)
        add_document(builder, documents[d], d);
    return builder;
}

static uint32_t find(const pt_corpus *corpus, const char *form) {
    return pt_corpus_find_word(corpus, form, strlen(form));
}

static void words_are_pruned_and_ordered_by_frequency_then_bytes(void **state) {
    (void)state;
    static const char *const documents[] = {"all b a rare", "all b c", "all a b b", "", "all c a"};
    pt_corpus_builder *builder = builder_of(documents, 5);
    const pt_corpus_params params = {.min_patents_per_word = 2, .max_share_of_patents = .7};
    pt_corpus *corpus = NULL;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, NULL), PT_OK);
    assert_int_equal(corpus->D, 5);
    assert_int_equal(corpus->V, 3);
    assert_string_equal(corpus->form[0], "a");
    assert_string_equal(corpus->form[1], "b");
    assert_string_equal(corpus->form[2], "c");
    assert_int_equal(corpus->doc_freq[0], 3);
    assert_int_equal(corpus->doc_freq[1], 3);
    assert_int_equal(corpus->doc_freq[2], 2);
    static const uint64_t start[] = {0, 2, 4, 7, 7, 9};
    static const uint32_t word[] = {1, 0, 1, 2, 0, 1, 1, 2, 0};
    static const uint8_t flags[] = {0, 0, 1, 1, 0, 0, 0, 0, 0};
    assert_memory_equal(corpus->doc_start, start, sizeof start);
    assert_memory_equal(corpus->word, word, sizeof word);
    assert_memory_equal(corpus->flags, flags, sizeof flags);
    assert_int_equal(find(corpus, "b"), 1);
    assert_int_equal(find(corpus, "rare"), PT_NO_ID);
    assert_int_equal(find(corpus, "all"), PT_NO_ID);
    pt_corpus_free(corpus);
    pt_corpus_builder_free(builder);
}

/* Held and dropped at any place: the words, and then the documents part by part, are those of one round. */
static void two_rounds_give_what_one_does(void **state) {
    (void)state;
    static const char *const documents[] = {"all b a rare", "all b c", "",   "all a b b",
                                            "all c a",      "all",     "c b"};
    enum { D = sizeof documents / sizeof *documents };
    const pt_corpus_params params = {.min_patents_per_word = 2, .max_share_of_patents = .7};
    pt_corpus *whole = NULL, *words = NULL;
    pt_corpus_builder *builder = builder_of(documents, D);
    assert_int_equal(pt_corpus_build(builder, &params, &whole, NULL), PT_OK);
    pt_corpus_builder_free(builder);
    for (unsigned drops = 0; drops < 1u << D; drops++) {
        builder = pt_corpus_builder_new();
        for (size_t d = 0; d < D; d++) {
            add_document(builder, documents[d], d);
            if (drops >> d & 1)
                pt_corpus_builder_drop(builder);
        }
        assert_int_equal(pt_corpus_build_words(builder, &params, &words, NULL), PT_OK);
        assert_int_equal(words->D, whole->D);
        assert_int_equal(words->V, whole->V);
        assert_null(words->doc_start);
        assert_memory_equal(words->doc_freq, whole->doc_freq, whole->V * sizeof *whole->doc_freq);
        for (uint32_t w = 0; w < words->V; w++)
            assert_string_equal(words->form[w], whole->form[w]);
        for (size_t d = 0, first = 0; d < D; d++) {
            add_document(builder, documents[d], d);
            if (!(drops >> d & 1) && d + 1 < D)
                continue;
            pt_corpus *part = pt_corpus_take_part(builder);
            const uint64_t at = whole->doc_start[first], n = part->doc_start[part->D];
            assert_int_equal(part->D, d + 1 - first);
            assert_int_equal(n, whole->doc_start[d + 1] - at);
            assert_memory_equal(part->word, whole->word + at, n * sizeof *part->word);
            assert_memory_equal(part->flags, whole->flags + at, n);
            first = d + 1;
            pt_corpus_free(part);
        }
        pt_corpus_free(words);
        pt_corpus_builder_free(builder);
    }
    pt_corpus_free(whole);
}

static void kept_words_stay_whatever_their_frequency(void **state) {
    (void)state;
    static const char *const documents[] = {"all b rare", "all b", "all b"};
    static const char *const keep[] = {"rare", "all", "never"};
    pt_corpus_builder *builder = builder_of(documents, 3);
    const pt_corpus_params params = {2, .9, keep, 3};
    pt_corpus *corpus = NULL;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, NULL), PT_OK);
    assert_int_equal(corpus->V, 2);
    assert_int_equal(find(corpus, "all"), 0);
    assert_int_equal(find(corpus, "rare"), 1);
    pt_corpus_free(corpus);
    pt_corpus_builder_free(builder);
}

static void ids_do_not_depend_on_the_order_of_documents(void **state) {
    (void)state;
    static const char *const forth[] = {"z y x", "y x", "x q", "q z"};
    static const char *const back[] = {"q z", "x q", "y x", "z y x"};
    const pt_corpus_params params = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    pt_corpus *corpus[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        pt_corpus_builder *builder = builder_of(i ? back : forth, 4);
        assert_int_equal(pt_corpus_build(builder, &params, &corpus[i], NULL), PT_OK);
        pt_corpus_builder_free(builder);
    }
    assert_int_equal(corpus[0]->V, corpus[1]->V);
    for (uint32_t w = 0; w < corpus[0]->V; w++)
        assert_string_equal(corpus[0]->form[w], corpus[1]->form[w]);
    char one[65], two[65];
    pt_corpus_digest(corpus[0], one);
    pt_corpus_digest(corpus[1], two);
    assert_string_not_equal(one, two);
    pt_corpus_free(corpus[0]);
    pt_corpus_free(corpus[1]);
}

static void nothing_to_count_is_an_error(void **state) {
    (void)state;
    pt_error err = {0};
    pt_corpus *corpus = NULL;
    pt_corpus_params params = pt_corpus_params_default();
    pt_corpus_builder *builder = pt_corpus_builder_new();
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, &err), PT_ERR_DATA);
    pt_corpus_builder_free(builder);
    static const char *const documents[] = {"a", "b"};
    builder = builder_of(documents, 2);
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, &err), PT_ERR_DATA);
    assert_non_null(strstr(err.message, "min_patents_per_word"));
    params.max_share_of_patents = 0;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, &err), PT_ERR_CONFIG);
    assert_null(corpus);
    pt_corpus_builder_free(builder);
}

static void the_larger_weight_of_a_seed_wins(void **state) {
    (void)state;
    static const char *const documents[] = {"a b", "a c", "b c", "d d"};
    pt_corpus_builder *builder = builder_of(documents, 4);
    const pt_corpus_params params = {.min_patents_per_word = 1, .max_share_of_patents = 1};
    pt_corpus *corpus = NULL;
    assert_int_equal(pt_corpus_build(builder, &params, &corpus, NULL), PT_OK);
    pt_corpus_builder_free(builder);
    const uint32_t a = find(corpus, "a"), d = find(corpus, "d");
    pt_seeds_builder *seeds_builder = pt_seeds_builder_new(4);
    pt_seeds_builder_add(seeds_builder, 2, d, .4f);
    pt_seeds_builder_add(seeds_builder, 0, a, .7f);
    pt_seeds_builder_add(seeds_builder, 2, d, 1);
    pt_seeds_builder_add(seeds_builder, 2, a, .4f);
    pt_seeds *seeds = pt_seeds_build(seeds_builder);
    pt_seeds_builder_free(seeds_builder);
    static const uint32_t start[] = {0, 1, 1, 3, 3};
    assert_memory_equal(seeds->start, start, sizeof start);
    assert_int_equal(seeds->word[1], a);
    assert_int_equal(seeds->word[2], d);
    assert_true(seeds->weight[2] == 1);
    float *strength = pt_seeds_word_strength(seeds, corpus);
    assert_float_equal(strength[d], log(4.), 1e-6);      /* one document of 4, one item of 4 */
    assert_float_equal(strength[a], log(2.) * .5, 1e-6); /* two documents, two items */
    assert_float_equal(strength[find(corpus, "b")], 0, 1e-12);
    free(strength);
    pt_seeds_free(seeds);
    pt_corpus_free(corpus);
}

static char *write_file(const char *name, const char *text) {
    char *path = pt_strfmt("/tmp/patopic_test_corpus_%d_%s", (int)getpid(), name);
    pt_writer *writer = NULL;
    assert_int_equal(pt_writer_open(&writer, path, NULL), PT_OK);
    pt_writer_puts(writer, text);
    assert_int_equal(pt_writer_close(writer, NULL), PT_OK);
    return path;
}

static void uci_files_are_read(void **state) {
    (void)state;
    char *path = write_file("good", "3\n4\n5\n1 2 2\n3 4 1\n1 1 1\n2 2 1\r\n3 1 2\n\n");
    char *vocab = write_file("vocab", "one\ntwo\nthree\nfour\n");
    pt_corpus *corpus = NULL;
    assert_int_equal(pt_corpus_read_uci(path, vocab, &corpus, NULL), PT_OK);
    static const uint64_t start[] = {0, 3, 4, 7};
    static const uint32_t word[] = {1, 1, 0, 1, 3, 0, 0}, doc_freq[] = {2, 2, 0, 1};
    assert_int_equal(corpus->D, 3);
    assert_int_equal(corpus->V, 4);
    assert_memory_equal(corpus->doc_start, start, sizeof start);
    assert_memory_equal(corpus->word, word, sizeof word);
    assert_memory_equal(corpus->doc_freq, doc_freq, sizeof doc_freq);
    assert_int_equal(find(corpus, "four"), 3);
    pt_corpus_free(corpus);
    unlink(path);
    unlink(vocab);
    free(path);
    free(vocab);
}

static void bad_uci_files_are_refused_with_their_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"", ":1: expected the number of documents"},
        {"3\nx\n1\n", ":2: expected the number of words"},
        {"0\n4\n1\n1 1 1\n", ":1: no documents"},
        {"3\n4\n2\n1 1 1\n", ":5: expected `document word count`"},
        {"3\n4\n1\n4 1 1\n", ":4: expected `document word count`"},
        {"3\n4\n1\n1 5 1\n", ":4: expected `document word count`"},
        {"3\n4\n1\n1 1 0\n", ":4: expected `document word count`"},
        {"3\n4\n1\n1 1 1 1\n", ":4: expected `document word count`"},
        {"3\n4\n1\n1 1 99999999999999999999999\n", ":4: expected `document word count`"},
        {"3\n4\n1\n1 1 1\n2 2 2\n", ":5: more lines"},
        {"3\n4\n1\n1 1 1\n\n\n2 2 2\n", ":7: more lines"},
        {"3\n4\n1\n1 1", ":4: expected `document word count`"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *path = write_file("bad", bad[i].text);
        pt_corpus *corpus = NULL;
        pt_error err = {0};
        assert_int_equal(pt_corpus_read_uci(path, NULL, &corpus, &err), PT_ERR_DATA);
        if (!strstr(err.message, bad[i].message))
            fail_msg("%s lacks %s", err.message, bad[i].message);
        assert_null(corpus);
        unlink(path);
        free(path);
    }
    char *path = write_file("good", "1\n2\n1\n1 2 2\n"), *vocab = write_file("vocab", "same\nsame\n");
    pt_corpus *corpus = NULL;
    assert_int_equal(pt_corpus_read_uci(path, vocab, &corpus, NULL), PT_ERR_DATA);
    unlink(vocab);
    assert_int_equal(pt_corpus_read_uci(path, vocab, &corpus, NULL), PT_ERR_NO_INPUT);
    unlink(path);
    free(path);
    free(vocab);
}

/* Documents in pieces and out of order, longer than a block of the reader: the same corpus as in order. */
static void the_order_of_triples_does_not_matter(void **state) {
    (void)state;
    enum { D = 3000, V = 97, PER_DOCUMENT = 40 };
    pt_buf in_order = {0}, mixed = {0};
    pt_buf_printf(&in_order, "%d\n%d\n%d\n", D, V, D * PER_DOCUMENT);
    pt_buf_printf(&mixed, "%d\n%d\n%d\n", D, V, D * PER_DOCUMENT);
    for (int d = 0; d < D; d++)
        for (int i = 0; i < PER_DOCUMENT; i++)
            pt_buf_printf(&in_order, "%d %d %d\n", d + 1, (d * 7 + i) % V + 1, i % 3 + 1);
    for (int i = 0; i < PER_DOCUMENT; i++)
        for (int j = 0; j < D; j++) {
            const int d = (int)((long)j * 1009 % D);
            pt_buf_printf(&mixed, "%d %d %d\n", d + 1, (d * 7 + i) % V + 1, i % 3 + 1);
        }
    char *path[2] = {write_file("in-order", in_order.at), write_file("mixed", mixed.at)};
    pt_corpus *corpus[2] = {NULL, NULL};
    char digest[2][65];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pt_corpus_read_uci(path[i], NULL, &corpus[i], NULL), PT_OK);
        pt_corpus_digest(corpus[i], digest[i]);
    }
    assert_true(in_order.n > 1 << 20);
    assert_string_equal(digest[0], digest[1]);
    assert_memory_equal(corpus[0]->doc_freq, corpus[1]->doc_freq, V * sizeof(uint32_t));
    assert_int_equal(corpus[0]->doc_start[D], D * (PER_DOCUMENT * 2 - 1));
    for (int i = 0; i < 2; i++) {
        pt_corpus_free(corpus[i]);
        unlink(path[i]);
        free(path[i]);
    }
    pt_buf_free(&in_order);
    pt_buf_free(&mixed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_pruned_and_ordered_by_frequency_then_bytes),
        cmocka_unit_test(two_rounds_give_what_one_does),
        cmocka_unit_test(kept_words_stay_whatever_their_frequency),
        cmocka_unit_test(ids_do_not_depend_on_the_order_of_documents),
        cmocka_unit_test(nothing_to_count_is_an_error),
        cmocka_unit_test(the_larger_weight_of_a_seed_wins),
        cmocka_unit_test(uci_files_are_read),
        cmocka_unit_test(bad_uci_files_are_refused_with_their_line),
        cmocka_unit_test(the_order_of_triples_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
