/* SPDX-License-Identifier: Apache-2.0 */
/* A chain that was stopped and resumed is the chain that was not; what does not belong to it is refused. */
#include "base/file.h"
#include "planted.h"
#include "topics/train.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

typedef struct stopper {
    volatile sig_atomic_t stop;
    uint64_t at; /* sweep after which stop is asked for */
} stopper;

static void on_progress(void *user, const char *stage, uint64_t done, uint64_t total) {
    (void)stage;
    (void)total;
    stopper *self = user;
    if (done == self->at)
        self->stop = 1;
}

static pt_train_params params_for(const char *checkpoint) {
    pt_train_params params = pt_train_params_default();
    params.general_topics = 7;
    params.sweeps = 24;
    params.kept_sweeps = 8;
    params.optimise_alpha_every = 5;
    params.burn_in = 5;
    params.threads = 2;
    params.checkpoint = checkpoint;
    return params;
}

static char *model_bytes(const pt_model *model, size_t *n) {
    char *path = scratch_path("model.bin"), *bytes = NULL;
    pt_error err = {0};
    if (pt_model_save(model, path, &err) || pt_file_read(path, &bytes, n, &err))
        fail_msg("%s", err.message);
    free(path);
    return bytes;
}

static pt_status train_until(const planted *p, const pt_train_params *params, uint64_t stop_at,
                             pt_model **model, pt_error *err) {
    stopper self = {0, stop_at};
    const pt_monitor monitor = {.progress = on_progress, .stop = &self.stop, .user = &self};
    return pt_train(p->corpus, p->seeds, NULL, params, model, &monitor, err);
}

static void a_resumed_chain_is_the_one_that_never_stopped(void **state) {
    (void)state;
    planted p = planted_new(300);
    char *checkpoint = scratch_path("train.ckpt");
    pt_train_params params = params_for(checkpoint);
    pt_model *model = NULL;
    pt_error err = {0};
    size_t n = 0, m = 0;
    assert_int_equal(train_until(&p, &params, 0, &model, &err), PT_OK);
    assert_false(pt_file_exists(checkpoint));
    char *straight = model_bytes(model, &n);
    pt_model_free(model);
    /* Stopped twice: while alpha still moves, and among the kept sweeps; other threads and kernel. */
    params.resume = true;
    params.checkpoint_every = 3;
    static const uint64_t stops[] = {7, 19, 0};
    for (size_t i = 0; i < 3; i++) {
        params.threads = (int)i + 1;
        params.kernel = i == 1 ? PT_KERNEL_PLAIN : PT_KERNEL_BEST;
        const pt_status expected = stops[i] ? PT_ERR_AGAIN : PT_OK;
        assert_int_equal(train_until(&p, &params, stops[i], &model, &err), expected);
    }
    char *resumed = model_bytes(model, &m);
    assert_int_equal(n, m);
    assert_memory_equal(straight, resumed, n);
    pt_model_free(model);
    free(straight);
    free(resumed);
    free(checkpoint);
    planted_free(&p);
}

static void what_does_not_belong_to_the_chain_is_refused(void **state) {
    (void)state;
    planted p = planted_new(300), other = planted_new(301);
    char *checkpoint = scratch_path("other.ckpt"), *bytes = NULL;
    pt_train_params params = params_for(checkpoint);
    params.resume = true; /* there is none yet: a fresh start */
    pt_model *model = NULL;
    pt_error err = {0};
    size_t n = 0;
    assert_int_equal(train_until(&p, &params, 5, &model, &err), PT_ERR_AGAIN);
    assert_null(model);
    assert_non_null(strstr(err.message, "--resume"));
    assert_int_equal(train_until(&other, &params, 0, &model, &err), PT_ERR_DATA);
    params.beta *= 2;
    assert_int_equal(train_until(&p, &params, 0, &model, &err), PT_ERR_DATA);
    params.beta /= 2;
    assert_int_equal(pt_file_read(checkpoint, &bytes, &n, &err), PT_OK);
    for (size_t step = 1; step < 4; step++) { /* a flipped bit; cut off; empty */
        pt_writer *writer = NULL;
        assert_int_equal(pt_writer_open(&writer, checkpoint, &err), PT_OK);
        bytes[n / 2] ^= step == 1;
        pt_writer_bytes(writer, bytes, step == 3 ? 0 : n - (step == 2 ? 9 : 0));
        assert_int_equal(pt_writer_close(writer, &err), PT_OK);
        bytes[n / 2] ^= step == 1;
        assert_int_equal(train_until(&p, &params, 0, &model, &err), PT_ERR_DATA);
    }
    params.resume = false; /* the way out */
    assert_int_equal(train_until(&p, &params, 0, &model, &err), PT_OK);
    pt_model_free(model);
    free(bytes);
    free(checkpoint);
    planted_free(&p);
    planted_free(&other);
}

static void held_out_documents_stop_the_chain(void **state) {
    (void)state;
    planted p = planted_new(300);
    pt_train_params params = params_for(NULL);
    params.heldout = p.corpus;
    params.evaluate_every = 4;
    pt_model *model = NULL;
    pt_error err = {0};
    assert_int_equal(pt_train(p.corpus, p.seeds, NULL, &params, &model, NULL, &err), PT_OK);
    assert_int_equal(model->n_sweeps, 24);
    const double last = model->sweep[23].perplexity;
    assert_true(model->sweep[2].perplexity == 0 && model->sweep[3].perplexity > 0);
    /* Two thirds of the tokens come from 12 words, the others from 60: entropy of 3.74 nats. */
    assert_true(last > 30 && last < 60);
    pt_model_free(model);
    params.until = last * 1.5;
    assert_int_equal(pt_train(p.corpus, p.seeds, NULL, &params, &model, NULL, &err), PT_OK);
    assert_true(model->n_sweeps < 24 && model->n_sweeps % 4 == 0);
    assert_true(model->sweep[model->n_sweeps - 1].perplexity <= params.until);
    pt_model_free(model);
    pt_corpus wider = *p.corpus; /* words that training has not */
    wider.V++;
    params.heldout = &wider;
    assert_int_equal(pt_train(p.corpus, p.seeds, NULL, &params, &model, NULL, &err), PT_ERR_DATA);
    planted_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resumed_chain_is_the_one_that_never_stopped),
        cmocka_unit_test(what_does_not_belong_to_the_chain_is_refused),
        cmocka_unit_test(held_out_documents_stop_the_chain),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
