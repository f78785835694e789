/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "planted.h"
#include "topics/foldin.h"
#include "topics/lda_files.h"
#include "topics/quality.h"
#include "topics/train.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static pt_evidence *evidence_of(const planted *p) {
    pt_evidence *evidence = NULL;
    const pt_mixture_params params = pt_mixture_params_default();
    if (pt_evidence_find(p->corpus, p->seeds, NULL, NULL, &params, &evidence, NULL))
        fail();
    return evidence;
}

static pt_train_params quick_params(void) {
    pt_train_params params = pt_train_params_default();
    params.general_topics = 5;
    params.sweeps = 25;
    params.kept_sweeps = 5;
    return params;
}

static pt_model *train(const pt_corpus *corpus, const pt_seeds *seeds, const pt_evidence *evidence,
                       const pt_train_params *params) {
    pt_model *model = NULL;
    pt_error err = {0};
    if (pt_train(corpus, seeds, evidence, params, &model, NULL, &err))
        fail_msg("%s", err.message);
    return model;
}

static char *path_of(const char *name) {
    return pt_strfmt("/tmp/patopic_test_train_%d_%s", (int)getpid(), name);
}

/* The bytes of the model's file; free() them. */
static char *bytes_of(const pt_model *model, size_t *n) {
    char *path = path_of("bytes"), *bytes = NULL;
    assert_int_equal(pt_model_save(model, path, NULL), PT_OK);
    assert_int_equal(pt_file_read(path, &bytes, n, NULL), PT_OK);
    unlink(path);
    free(path);
    return bytes;
}

static void assert_same_model(const pt_model *a, const pt_model *b) {
    size_t n_a = 0, n_b = 0;
    char *x = bytes_of(a, &n_a), *y = bytes_of(b, &n_b);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(x, y, n_a);
    free(x);
    free(y);
}

static void the_model_is_the_same_for_any_threads_and_instruction_set(void **state) {
    const planted *p = *state;
    pt_evidence *evidence = evidence_of(p);
    pt_train_params params = quick_params();
    params.threads = 1;
    pt_model *one = train(p->corpus, p->seeds, evidence, &params);
    for (params.threads = 2; params.threads <= 4; params.threads += 2) {
        pt_model *model = train(p->corpus, p->seeds, evidence, &params);
        assert_same_model(one, model);
        pt_model_free(model);
    }
    params.kernel = PT_KERNEL_PLAIN;
    pt_model *plain = train(p->corpus, p->seeds, evidence, &params);
    assert_same_model(one, plain);
    params.seed = 2;
    pt_model *other = train(p->corpus, p->seeds, evidence, &params);
    assert_int_not_equal(memcmp(one->theta, other->theta, (size_t)one->D * PT_MODEL_TOPICS * sizeof(float)),
                         0);
    pt_model_free(other);
    pt_model_free(plain);
    pt_model_free(one);
    pt_evidence_free(evidence);
}

/* Share of documents whose topic with most weight is their item. */
static double share_right(const planted *p, const pt_model *model) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < model->D; d++) {
        size_t i = (size_t)d * PT_MODEL_TOPICS;
        while (model->theta_topic[i] >= model->n_items) /* general topics may be larger */
            i++;
        n += model->theta_topic[i] == p->truth[d];
    }
    return (double)n / model->D;
}

static void seeds_lead_their_topics(void **state) {
    const planted *p = *state;
    pt_evidence *evidence = evidence_of(p);
    const pt_train_params params = quick_params();
    for (int with_evidence = 1; with_evidence >= 0; with_evidence--) {
        pt_model *model = train(p->corpus, p->seeds, with_evidence ? evidence : NULL, &params);
        assert_true(share_right(p, model) > (with_evidence ? .95 : .85));
        uint32_t n_own = 0, n_seeds = 0;
        for (uint32_t k = 0; k < PLANTED_ITEMS; k++) {
            pt_top_word top[PLANTED_OWN];
            char own[32];
            sprintf(own, "item%u_", k);
            const size_t n_top = pt_model_top_words(model, k, PLANTED_OWN, top);
            for (size_t i = 0; i < n_top; i++) {
                n_own += memcmp(model->form[top[i].word], own, strlen(own)) == 0;
                n_seeds += top[i].is_seed;
                assert_true(i == 0 || top[i - 1].probability >= top[i].probability);
            }
        }
        assert_true(n_own > .9 * PLANTED_ITEMS * PLANTED_OWN);
        assert_true(n_seeds > .9 * PLANTED_ITEMS * PLANTED_SEEDS);
        pt_model_free(model);
    }
    pt_evidence_free(evidence);
}

static void shares_of_a_document_are_a_distribution(void **state) {
    const planted *p = *state;
    pt_evidence *evidence = evidence_of(p);
    const pt_train_params params = quick_params();
    pt_model *model = train(p->corpus, p->seeds, evidence, &params);
    for (uint32_t d = 0; d < model->D; d++) {
        double sum = 0;
        for (uint32_t i = 0; i < PT_MODEL_TOPICS; i++) {
            const float value = model->theta[d * PT_MODEL_TOPICS + i];
            assert_true(value > 0 && (i == 0 || model->theta[d * PT_MODEL_TOPICS + i - 1] >= value));
            sum += value;
        }
        assert_true(sum > .9 && sum < 1.0001);
    }
    assert_true(model->sweep[model->n_sweeps - 1].log_likelihood > model->sweep[0].log_likelihood);
    pt_model_free(model);
    pt_evidence_free(evidence);
}

static void plain_lda_beats_a_single_topic_on_held_out_documents(void **state) {
    const planted *p = *state;
    enum { TRAINED = 500 };
    pt_corpus first = *p->corpus, rest = *p->corpus;
    first.D = TRAINED;
    rest.D -= TRAINED;
    rest.doc_start += TRAINED;
    pt_train_params params = quick_params();
    double perplexity[2];
    for (int i = 0; i < 2; i++) {
        params.general_topics = i ? 25 : 1;
        pt_model *model = train(&first, NULL, NULL, &params);
        assert_int_equal(model->n_items, 0);
        assert_int_equal(pt_quality_perplexity(model, &rest, 2, &perplexity[i], NULL), PT_OK);
        const double coherence = pt_quality_coherence(model, p->corpus, 10, NULL);
        assert_true(i == 0 ? coherence > -1 : coherence > .1 && coherence < 1);
        const double diversity = pt_quality_diversity(model, 10);
        assert_true(i == 0 ? diversity == 1 : diversity > .3 && diversity < 1);
        pt_model_free(model);
    }
    assert_true(perplexity[1] < .6 * perplexity[0]);
    assert_true(perplexity[0] < p->corpus->V);
}

static void folding_in_finds_the_item_and_needs_no_company(void **state) {
    const planted *p = *state;
    pt_evidence *evidence = evidence_of(p);
    const pt_train_params params = quick_params();
    pt_model *model = train(p->corpus, p->seeds, evidence, &params);
    pt_foldin *foldin = pt_foldin_new(model);
    for (uint32_t k = 0; k < PLANTED_ITEMS; k++) {
        uint32_t word[7] = {UINT32_MAX}; /* an unknown word is passed over */
        for (unsigned i = 1; i < 7; i++) {
            char form[32];
            word[i] = pt_corpus_find_word(p->corpus, form, (size_t)sprintf(form, "item%u_%u", k, i + 4));
        }
        float theta[PLANTED_ITEMS + 5];
        pt_foldin_document(foldin, word, NULL, 7, NULL, theta);
        double sum = 0;
        uint32_t best = 0;
        for (uint32_t j = 0; j < model->K; j++) {
            sum += theta[j];
            best = theta[j] > theta[best] ? j : best;
        }
        assert_float_equal(sum, 1, 1e-4);
        assert_int_equal(best, k);
    }
    pt_foldin_free(foldin);
    pt_model_free(model);
    pt_evidence_free(evidence);
}

static pt_status load_bytes(const char *bytes, size_t n, pt_model **model, pt_error *err) {
    char *path = path_of("load");
    pt_writer *writer = NULL;
    assert_int_equal(pt_writer_open(&writer, path, NULL), PT_OK);
    pt_writer_bytes(writer, bytes, n);
    assert_int_equal(pt_writer_close(writer, NULL), PT_OK);
    const pt_status status = pt_model_load(path, model, err);
    unlink(path);
    free(path);
    return status;
}

/* The digest at the end made to fit again, so that the checks behind it have to catch the damage. */
static void forge_digest(char *bytes, size_t n) {
    char hex[65];
    pt_digest(bytes, n - 64, hex);
    memcpy(bytes + n - 64, hex, 64);
}

static void a_model_survives_the_disk_and_damage_is_refused(void **state) {
    const planted *p = *state;
    pt_evidence *evidence = evidence_of(p);
    pt_train_params params = quick_params();
    params.sweeps = 5;
    pt_model *model = train(p->corpus, p->seeds, evidence, &params), *again = NULL;
    size_t n = 0;
    char *bytes = bytes_of(model, &n);
    assert_int_equal(load_bytes(bytes, n, &again, NULL), PT_OK);
    assert_same_model(model, again);
    pt_model_free(again);
    pt_error err = {0};
    static const size_t cut[] = {0, 7, 100, 2000};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        assert_int_equal(load_bytes(bytes, cut[i], &again, &err), PT_ERR_DATA);
        assert_int_equal(load_bytes(bytes, n - 1 - cut[i], &again, &err), PT_ERR_DATA);
    }
    for (size_t at = 0; at < n; at += 1 + n / 400) {
        bytes[at] ^= 0x41;
        assert_int_equal(load_bytes(bytes, n, &again, &err), PT_ERR_DATA);
        assert_null(again);
        bytes[at] ^= 0x41;
    }
    /* With a digest that fits, nothing may be read out of bounds: refused or harmless. */
    for (size_t at = 8; at < n - 64; at += 1 + n / 400) {
        const char old = bytes[at];
        bytes[at] = (char)0xFF;
        forge_digest(bytes, n);
        if (load_bytes(bytes, n, &again, &err) == PT_OK) {
            pt_top_word top[5];
            pt_model_top_words(again, 0, 5, top);
            pt_model_free(again);
        }
        bytes[at] = old;
    }
    assert_int_equal(pt_model_load("/nonexistent/model.bin", &again, &err), PT_ERR_NO_INPUT);
    free(bytes);
    pt_model_free(model);
    pt_evidence_free(evidence);
}

static void tables_of_plain_lda_have_their_rows(void **state) {
    const planted *p = *state;
    pt_train_params params = quick_params();
    params.sweeps = params.kept_sweeps = 3;
    pt_model *model = train(p->corpus, NULL, NULL, &params);
    char *folder = path_of("tables");
    assert_int_equal(pt_lda_files_write(model, NULL, folder, 7, NULL), PT_OK);
    static const struct {
        const char *name, *header;
        size_t rows;
    } table[] = {{"topic_word.tsv", "topic\trank\tword\tprobability\tis_seed\n", 5 * 7},
                 {"doc_topic.tsv", "document\ttopic\tshare\n", 700 * 5},
                 {"sweeps.tsv", "sweep\tlog_likelihood\tchanged\talpha_sum\tperplexity\n", 3}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *path = pt_path_join(folder, table[i].name), *text = NULL;
        size_t n = 0, n_lines = 0;
        assert_int_equal(pt_file_read(path, &text, &n, NULL), PT_OK);
        assert_memory_equal(text, table[i].header, strlen(table[i].header));
        for (size_t j = 0; j < n; j++)
            n_lines += text[j] == '\n';
        assert_int_equal(n_lines, table[i].rows + 1);
        unlink(path);
        free(path);
        free(text);
    }
    rmdir(folder);
    free(folder);
    pt_model_free(model);
}

static void the_dump_names_parameters_and_top_words(void **state) {
    const planted *p = *state;
    pt_train_params params = quick_params();
    params.sweeps = params.kept_sweeps = 3;
    pt_model *model = train(p->corpus, p->seeds, NULL, &params);
    char *path = path_of("dump"), *text = NULL;
    size_t n = 0;
    assert_int_equal(pt_model_dump(model, 4, path, NULL), PT_OK);
    assert_int_equal(pt_file_read(path, &text, &n, NULL), PT_OK);
    static const char begin[] = "topics\t25\nitems\t20\ndocuments\t700\n";
    assert_memory_equal(text, begin, sizeof begin - 1);
    assert_non_null(strstr(text, model->corpus_digest));
    pt_top_word top[1];
    assert_int_equal(pt_model_top_words(model, 3, 1, top), 1);
    char *line = pt_strfmt("\n4\t%.6g\t%llu\t%s ", model->alpha[3], (unsigned long long)model->topic_total[3],
                           model->form[top->word]);
    assert_non_null(strstr(text, line));
    free(line);
    unlink(path);
    free(path);
    free(text);
    pt_model_free(model);
}

static void impossible_requests_are_refused(void **state) {
    const planted *p = *state;
    const struct {
        const char *name;
        pt_train_params params;
    } bad[] = {
        {"sweeps", {.sweeps = 0}},
        {"kept_sweeps", {.sweeps = 3, .kept_sweeps = 4}},
        {"sub_sweeps", {.sweeps = 3, .kept_sweeps = 3}},
        {"alpha_sum", {.sweeps = 3, .kept_sweeps = 3, .sub_sweeps = 1, .alpha_sum = NAN}},
    };
    pt_error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(pt_train_params_check(&bad[i].params, &err), PT_ERR_CONFIG);
        assert_memory_equal(err.message, bad[i].name, strlen(bad[i].name));
    }
    pt_train_params params = pt_train_params_default();
    assert_int_equal(pt_train_params_check(&params, &err), PT_OK);
    pt_model *model = NULL;
    params.general_topics = 0;
    assert_int_equal(pt_train(p->corpus, NULL, NULL, &params, &model, NULL, &err), PT_ERR_CONFIG);
    params.general_topics = 2;
    pt_evidence *evidence = evidence_of(p);
    assert_int_equal(pt_train(p->corpus, NULL, evidence, &params, &model, NULL, &err), PT_ERR_CONFIG);
    pt_evidence_free(evidence);
    const volatile sig_atomic_t stop = 1;
    const pt_monitor monitor = {.stop = &stop};
    assert_int_equal(pt_train(p->corpus, p->seeds, NULL, &params, &model, &monitor, &err), PT_ERR_AGAIN);
    assert_null(model);
}

int main(void) {
    struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_is_the_same_for_any_threads_and_instruction_set),
        cmocka_unit_test(seeds_lead_their_topics),
        cmocka_unit_test(shares_of_a_document_are_a_distribution),
        cmocka_unit_test(plain_lda_beats_a_single_topic_on_held_out_documents),
        cmocka_unit_test(folding_in_finds_the_item_and_needs_no_company),
        cmocka_unit_test(a_model_survives_the_disk_and_damage_is_refused),
        cmocka_unit_test(tables_of_plain_lda_have_their_rows),
        cmocka_unit_test(the_dump_names_parameters_and_top_words),
        cmocka_unit_test(impossible_requests_are_refused),
    };
    planted p = planted_new(700);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tests[i].initial_state = &p;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    planted_free(&p);
    return failed;
}
