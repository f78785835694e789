/* SPDX-License-Identifier: Apache-2.0 */
/* A frozen model judges what it was fitted to as the fit did, to the last bit, and later documents each
 * alone. */
#include "base/file.h"
#include "base/gzip.h"
#include "planted.h"
#include "topics/fold.h"
#include "topics/train.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

typedef struct fitted {
    planted p;
    pt_evidence *evidence;
    pt_model *model;
    uint64_t *key; /* [D] */
} fitted;

static fitted fit(uint32_t D) {
    fitted f = {.p = planted_new(D)};
    pt_mixture_params mixture = pt_mixture_params_default();
    pt_train_params train = pt_train_params_default();
    train.general_topics = 5;
    train.sweeps = 20;
    pt_error err = {0};
    if (pt_evidence_find(f.p.corpus, f.p.seeds, NULL, NULL, &mixture, &f.evidence, &err) ||
        pt_train(f.p.corpus, f.p.seeds, f.evidence, &train, &f.model, NULL, &err))
        fail_msg("%s", err.message);
    f.key = pt_alloc(D, sizeof *f.key);
    for (uint32_t d = 0; d < D; d++)
        f.key[d] = 1000 + d;
    pt_fold_know(f.model, f.p.corpus, f.key);
    f.model->frozen = f.evidence->frozen;
    f.evidence->frozen = NULL;
    pt_frozen_set_outside(f.model->frozen, f.p.seeds, f.p.corpus);
    strcpy(f.model->frozen->items_digest, "3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed");
    return f;
}

static void fitted_free(fitted *f) {
    pt_evidence_free(f->evidence);
    pt_model_free(f->model);
    free(f->key);
    planted_free(&f->p);
}

static pt_model *save_and_load(const pt_model *model) {
    char *path = scratch_path("model.bin");
    pt_model *again = NULL;
    pt_error err = {0};
    if (pt_model_save(model, path, &err) || pt_model_load(path, &again, &err))
        fail_msg("%s", err.message);
    free(path);
    return again;
}

static pt_evidence *judge(const pt_model *model, const pt_corpus *corpus, int threads) {
    pt_evidence *evidence = NULL;
    pt_error err = {0};
    if (pt_frozen_evidence(model->frozen, corpus, NULL, 0, threads, NULL, &evidence, &err))
        fail_msg("%s", err.message);
    return evidence;
}

static void the_fit_is_repeated_to_the_last_bit(void **state) {
    (void)state;
    fitted f = fit(400);
    pt_model *again = save_and_load(f.model);
    pt_evidence *e = judge(again, f.p.corpus, 2);
    const size_t n = (size_t)e->D * e->per_document;
    assert_memory_equal(e->log_ratio, f.evidence->log_ratio, e->V * e->row * sizeof(float));
    assert_memory_equal(e->item, f.evidence->item, n * sizeof *e->item);
    assert_memory_equal(e->S, f.evidence->S, n * sizeof *e->S);
    assert_memory_equal(e->q, f.evidence->q, n * sizeof *e->q);
    assert_memory_equal(e->A, f.evidence->A, n * sizeof *e->A);
    assert_memory_equal(e->has_any_evidence, f.evidence->has_any_evidence, n);
    assert_memory_equal(e->margin, f.evidence->margin, e->D * sizeof *e->margin);
    assert_string_equal(again->frozen->items_digest, f.model->frozen->items_digest);
    pt_fold *fold = pt_fold_new(again);
    uint16_t *topic;
    float *theta;
    bool *is_known = pt_alloc(e->D, sizeof *is_known);
    pt_error err = {0};
    assert_int_equal(pt_fold_topics(fold, f.p.corpus, e, f.key, is_known, 2, NULL, &topic, &theta, &err),
                     PT_OK);
    assert_memory_equal(theta, f.model->theta, (size_t)e->D * PT_MODEL_TOPICS * sizeof *theta);
    assert_memory_equal(topic, f.model->theta_topic, (size_t)e->D * PT_MODEL_TOPICS * sizeof *topic);
    for (uint32_t d = 0; d < e->D; d++)
        assert_true(is_known[d]);
    free(is_known);
    free(topic);
    free(theta);
    pt_fold_free(fold);
    pt_evidence_free(e);
    pt_model_free(again);
    fitted_free(&f);
}

/* Documents `from` .. `to` of later ones, as a corpus over the model's words. */
static pt_corpus *later(const pt_model *model, const pt_corpus *corpus, uint32_t from, uint32_t to) {
    pt_corpus_builder *builder = pt_corpus_builder_new();
    for (uint32_t d = from; d < to; d++) {
        pt_corpus_builder_begin_document(builder);
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
            const char *form = corpus->form[corpus->word[i]];
            pt_corpus_builder_add(builder, form, strlen(form), corpus->flags[i]);
        }
        pt_corpus_builder_add(builder, "never_seen", 10, 0);
        pt_corpus_builder_end_document(builder);
    }
    pt_corpus *out = NULL;
    pt_error err = {0};
    assert_int_equal(pt_corpus_builder_length(builder, 0),
                     1 + corpus->doc_start[from + 1] - corpus->doc_start[from]);
    if (pt_corpus_build_known(builder, model->form, model->V, &out, &err))
        fail_msg("%s", err.message);
    pt_corpus_builder_free(builder);
    return out;
}

static void a_document_alone_gets_what_it_gets_among_others(void **state) {
    (void)state;
    enum { LATER = 60 };
    fitted f = fit(400);
    planted more = planted_new(400 + LATER); /* the first 400 are those of the fit */
    pt_fold *fold = pt_fold_new(f.model);
    pt_corpus *all = later(f.model, more.corpus, 400, 400 + LATER);
    uint64_t key[LATER];
    for (uint64_t i = 0; i < LATER; i++)
        key[i] = i;
    uint16_t *topic, *own_topic;
    float *theta, *own_theta;
    bool is_known[LATER];
    pt_error err = {0};
    pt_evidence *e = judge(f.model, all, 2);
    float *outside = pt_frozen_outside(f.model->frozen, all, 2);
    assert_int_equal(pt_fold_topics(fold, all, e, key, is_known, 2, NULL, &topic, &theta, &err), PT_OK);
    uint32_t right = 0, largest = 0;
    for (uint32_t d = 0; d < LATER; d++) {
        pt_corpus *one = later(f.model, more.corpus, 400 + d, 401 + d);
        pt_evidence *own = judge(f.model, one, 1);
        float *own_outside = pt_frozen_outside(f.model->frozen, one, 1);
        assert_int_equal(pt_fold_topics(fold, one, own, key + d, NULL, 1, NULL, &own_topic, &own_theta, &err),
                         PT_OK);
        const size_t M = e->per_document;
        assert_memory_equal(own->item, e->item + d * M, M * sizeof *own->item);
        assert_memory_equal(own->S, e->S + d * M, M * sizeof *own->S);
        assert_memory_equal(own_theta, theta + (size_t)d * PT_MODEL_TOPICS, PT_MODEL_TOPICS * sizeof *theta);
        assert_memory_equal(own_topic, topic + (size_t)d * PT_MODEL_TOPICS, PT_MODEL_TOPICS * sizeof *topic);
        assert_true(own_outside[0] == outside[d] && !is_known[d]);
        right += own->item[0] == more.truth[400 + d];
        largest += own_topic[0] == more.truth[400 + d];
        free(own_outside);
        free(own_topic);
        free(own_theta);
        pt_evidence_free(own);
        pt_corpus_free(one);
    }
    assert_true(right >= LATER * 95 / 100 && largest >= LATER * 95 / 100);
    free(topic);
    free(theta);
    free(outside);
    pt_evidence_free(e);
    pt_corpus_free(all);
    pt_fold_free(fold);
    planted_free(&more);
    fitted_free(&f);
}

static void a_document_without_a_known_word_gets_its_prior(void **state) {
    (void)state;
    fitted f = fit(400);
    pt_corpus_builder *builder = pt_corpus_builder_new();
    pt_corpus_builder_begin_document(builder);
    pt_corpus_builder_add(builder, "never_seen", 10, PT_TOKEN_TITLE);
    pt_corpus_builder_end_document(builder);
    pt_corpus *corpus = NULL;
    pt_error err = {0};
    assert_int_equal(pt_corpus_build_known(builder, f.model->form, f.model->V, &corpus, &err), PT_OK);
    assert_int_equal(corpus->doc_start[1], 0);
    pt_evidence *e = judge(f.model, corpus, 1);
    assert_false(e->has_any_evidence[0]);
    uint16_t *topic;
    float *theta;
    const uint64_t key = 7;
    pt_fold *fold = pt_fold_new(f.model);
    assert_int_equal(pt_fold_topics(fold, corpus, e, &key, NULL, 1, NULL, &topic, &theta, &err), PT_OK);
    assert_true(theta[0] > 0 && theta[0] < 1 && isfinite(theta[0]));
    char *twice[] = {"a", "a"};
    pt_corpus *none = NULL;
    assert_int_equal(pt_corpus_build_known(builder, twice, 2, &none, &err), PT_ERR_DATA);
    assert_null(none);
    free(topic);
    free(theta);
    pt_fold_free(fold);
    pt_evidence_free(e);
    pt_corpus_free(corpus);
    pt_corpus_builder_free(builder);
    fitted_free(&f);
}

/* An index that lies outside, written with a digest that fits. */
static void damaged_evidence_is_refused(void **state) {
    (void)state;
    fitted f = fit(300);
    pt_frozen *frozen = f.model->frozen;
    char *path = scratch_path("bad.bin");
    pt_model *again = NULL;
    pt_error err = {0};
    for (int step = 0; step < 4; step++) {
        const uint32_t item = frozen->cell_item[0], use = frozen->use[0].item;
        const float mass = frozen->scale[0];
        if (step == 0)
            frozen->cell_item[0] = frozen->n_items;
        else if (step == 1)
            frozen->use[0].item = UINT32_MAX;
        else if (step == 2)
            frozen->scale[0] = NAN;
        assert_int_equal(pt_model_save(f.model, path, &err), PT_OK);
        assert_int_equal(pt_model_load(path, &again, &err), step < 3 ? PT_ERR_DATA : PT_OK);
        frozen->cell_item[0] = item;
        frozen->use[0].item = use;
        frozen->scale[0] = mass;
    }
    pt_model_free(again);
    free(path);
    fitted_free(&f);
}

static pt_status load_bytes(const char *bytes, size_t n, pt_model **model, pt_error *err) {
    char *path = scratch_path("other.bin");
    pt_writer *writer;
    assert_int_equal(pt_writer_open(&writer, path, NULL), PT_OK);
    pt_writer_bytes(writer, bytes, n);
    assert_int_equal(pt_writer_close(writer, NULL), PT_OK);
    const pt_status status = pt_model_load(path, model, err);
    free(path);
    return status;
}

static void older_models_are_read_and_newer_ones_refused(void **state) {
    (void)state;
    enum { VERSION_AT = 8, DIGEST = 64 };
    char *bytes = NULL, hex[65];
    size_t n;
    pt_model *model = NULL;
    pt_error err = {0};
    assert_int_equal(pt_gzip_read("tests/data/model-v2.bin.gz", &bytes, &n, NULL), PT_OK);
    if (load_bytes(bytes, n, &model, &err))
        fail_msg("%s", err.message);
    assert_true(model->D == 24 && model->n_items == 311 && !model->frozen && model->n_known == 0);
    pt_model *again = save_and_load(model);
    assert_true(again->N == model->N && !again->frozen);
    pt_model_free(again);
    pt_model_free(model);
    for (char version = 1; version < 100; version += 98) {
        bytes[VERSION_AT] = version;
        pt_digest(bytes, n - DIGEST, hex);
        memcpy(bytes + n - DIGEST, hex, DIGEST);
        assert_int_equal(load_bytes(bytes, n, &model, &err), PT_ERR_DATA);
        assert_non_null(strstr(err.message, version == 1 ? "train again" : "newer patopic"));
    }
    free(bytes);
}

/* How many of the PLANTED_OWN most probable words of an item's topic are the item's own. Its first word alone
 * tells little: a common word (1.5 % of all tokens, an item's word .3 %) that has gathered in one item's
 * topic leads it. */
static uint32_t own_among_top(const pt_model *model, uint32_t k) {
    pt_top_word top[PLANTED_OWN];
    char own[16];
    snprintf(own, sizeof own, "item%u_", k);
    uint32_t n = 0;
    const size_t n_found = pt_model_top_words(model, k, PLANTED_OWN, top);
    for (size_t i = 0; i < n_found; i++)
        n += strncmp(model->form[top[i].word], own, strlen(own)) == 0;
    return n;
}

/* A chain that begins where another ended: the item topics stay those of the items, and it is as good sooner.
 */
static void a_warm_chain_goes_on_where_the_other_ended(void **state) {
    (void)state;
    fitted f = fit(600);
    planted more = planted_new(700);
    pt_mixture_params mixture = pt_mixture_params_default();
    pt_train_params train = pt_train_params_default();
    train.general_topics = 5;
    train.sweeps = 3;
    train.kept_sweeps = 1;
    train.burn_in = 100;
    pt_evidence *evidence = NULL;
    pt_model *cold = NULL, *warm = NULL, *again = NULL;
    pt_error err = {0};
    assert_int_equal(pt_evidence_find(more.corpus, more.seeds, NULL, NULL, &mixture, &evidence, &err), PT_OK);
    assert_int_equal(pt_train(more.corpus, more.seeds, evidence, &train, &cold, NULL, &err), PT_OK);
    train.before = f.model;
    assert_int_equal(pt_train(more.corpus, more.seeds, evidence, &train, &warm, NULL, &err), PT_OK);
    train.threads = 3;
    assert_int_equal(pt_train(more.corpus, more.seeds, evidence, &train, &again, NULL, &err), PT_OK);
    assert_memory_equal(warm->theta, again->theta, (size_t)warm->D * PT_MODEL_TOPICS * sizeof *warm->theta);
    assert_true(warm->sweep[0].log_likelihood > cold->sweep[0].log_likelihood);
    assert_true(warm->sweep[0].changed < cold->sweep[0].changed);
    for (uint32_t k = 0; k < PLANTED_ITEMS; k++) {
        const uint32_t was = own_among_top(f.model, k), is = own_among_top(warm, k);
        assert_true(is * 3 >= PLANTED_OWN * 2 && is + 1 >= was);
    }
    train.general_topics = 4; /* other topics */
    pt_model_free(again);
    assert_int_equal(pt_train(more.corpus, more.seeds, evidence, &train, &again, NULL, &err), PT_ERR_CONFIG);
    pt_model_free(cold);
    pt_model_free(warm);
    pt_evidence_free(evidence);
    planted_free(&more);
    fitted_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_is_repeated_to_the_last_bit),
        cmocka_unit_test(a_document_alone_gets_what_it_gets_among_others),
        cmocka_unit_test(a_document_without_a_known_word_gets_its_prior),
        cmocka_unit_test(damaged_evidence_is_refused),
        cmocka_unit_test(older_models_are_read_and_newer_ones_refused),
        cmocka_unit_test(a_warm_chain_goes_on_where_the_other_ended),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
