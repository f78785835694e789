/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/train.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "topics/checkpoint.h"
#include "topics/heldout.h"
#include "topics/model_build.h"
#include "topics/start.h"
#include "topics/theta.h"
#include "topics/warm.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALPHA_STEPS = 5 };

pt_train_params pt_train_params_default(void) {
    return (pt_train_params){.general_topics = 40,
                             .sweeps = 60,
                             .kept_sweeps = 10,
                             .sub_sweeps = 16,
                             .seed = 1,
                             .alpha_sum = 5,
                             .beta = .01,
                             .lambda = 50,
                             .title_weight = 2,
                             .keyword_mass = 1,
                             .gamma0 = 1,
                             .gamma1 = 1,
                             .optimise_alpha_every = 10,
                             .burn_in = 10,
                             .checkpoint_minutes = 10,
                             .evaluate_every = 10};
}

pt_status pt_train_params_check(const pt_train_params *params, pt_error *err) {
    const struct {
        const char *name;
        double value, low, high;
    } range[] = {
        {"general_topics", params->general_topics, 0, PT_NO_TOPIC},
        {"sweeps", params->sweeps, 1, 1e6},
        {"kept_sweeps", params->kept_sweeps, 1, params->sweeps},
        {"sub_sweeps", (double)params->sub_sweeps, 1, 1e18},
        {"alpha_sum", params->alpha_sum, 1e-6, 1e6},
        {"beta", params->beta, 1e-6, 1e3},
        {"lambda", params->lambda, 0, 1e6},
        {"title_weight", params->title_weight, 1, 100},
        {"keyword_mass", params->keyword_mass, 1e-6, 1e6},
        {"gamma0", params->gamma0, 1e-6, 1e6},
        {"gamma1", params->gamma1, 1e-6, 1e6},
        {"threads", params->threads, 0, 4096},
        {"evaluate_every", params->evaluate_every, 1, 1e6},
        {"checkpoint_minutes", params->checkpoint_minutes, 0, 1e6},
        {"until", params->until, 0, 1e18},
    };
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (!(range[i].value >= range[i].low && range[i].value <= range[i].high))
            return pt_fail(err, PT_ERR_CONFIG, "%s is %g, but must be from %g to %g", range[i].name,
                           range[i].value, range[i].low, range[i].high);
    return pt_kernel_choose(params->kernel)
               ? PT_OK
               : pt_fail(err, PT_ERR_CONFIG, "this machine has no %s", pt_kernel_name(params->kernel));
}

static pt_status check_fit(const pt_corpus *corpus, const pt_seeds *seeds, const pt_evidence *evidence,
                           const pt_train_params *params, pt_error *err) {
    const uint32_t n_items = seeds ? seeds->n_items : 0;
    const uint64_t K = (uint64_t)n_items + params->general_topics;
    if (K == 0 || K > PT_NO_TOPIC)
        return pt_fail(err, PT_ERR_CONFIG, "%llu topics, but must be from 1 to %d", (unsigned long long)K,
                       PT_NO_TOPIC);
    for (uint32_t i = 0; seeds && i < seeds->start[n_items]; i++)
        if (seeds->word[i] >= corpus->V)
            return pt_fail(err, PT_ERR_CONFIG,
                           "seed word %u, but there are %u words: seeds of another corpus", seeds->word[i],
                           corpus->V);
    if (evidence && (evidence->D != corpus->D || evidence->V != corpus->V || evidence->n_items != n_items))
        return pt_fail(err, PT_ERR_CONFIG,
                       "evidence has %u documents, %u words and %u items, the corpus %u and %u, the seeds %u",
                       evidence->D, evidence->V, evidence->n_items, corpus->D, corpus->V, n_items);
    if (params->before && !pt_warm_fits(params->before, (uint32_t)K, n_items))
        return pt_fail(err, PT_ERR_CONFIG, "the model to begin from has %u topics, %u of them items",
                       params->before->K, params->before->n_items);
    if (params->heldout && params->heldout->V > corpus->V)
        return pt_fail(err, PT_ERR_DATA, "held-out documents with %u words, but the corpus has %u",
                       params->heldout->V, corpus->V);
    return PT_OK;
}

static void set_up(pt_sampler *sampler, const pt_corpus *corpus, const pt_seeds *seeds,
                   const pt_evidence *evidence, const pt_train_params *params) {
    const uint32_t K = sampler->params.K;
    for (uint32_t k = 0; k < K; k++)
        sampler->alpha[k] = params->alpha_sum / K;
    if (seeds) {
        sampler->keywords = pt_keywords_new(seeds, corpus);
        sampler->keywords->beta = params->beta;
        sampler->keywords->keyword_mass = params->keyword_mass;
        sampler->keywords->gamma0 = params->gamma0;
        sampler->keywords->gamma1 = params->gamma1;
    }
    pt_start_boosts(sampler, evidence, params->lambda);
    pt_start_topics(sampler, evidence, seeds ? seeds->n_items : 0);
    if (params->before)
        pt_warm_start(sampler, corpus, params->before);
    pt_sampler_begin(sampler);
}

/* alpha moves only until the kept sweeps begin: theta is a mean under one prior. */
static bool is_alpha_due(const pt_train_params *params, uint32_t n_sweeps) {
    return params->optimise_alpha_every && n_sweeps >= params->burn_in &&
           n_sweeps + params->kept_sweeps <= params->sweeps && n_sweeps % params->optimise_alpha_every == 0;
}

static void optimise_alpha(pt_sampler *sampler) {
    const pt_document_topics topics = {sampler->D, sampler->params.K, sampler->doc_start,
                                       sampler->z, &sampler->boosts,  sampler->ranks};
    pt_alpha_optimise(&topics, ALPHA_STEPS, sampler->params.threads, sampler->alpha);
}

static double sum_of(const double *x, uint32_t n) {
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += x[i];
    return sum;
}

/* Everything that shapes the chain and is not in its start. */
static void identify(pt_chain *chain, const pt_train_params *params) {
    char *rest =
        pt_strfmt("%u %u %u %" PRIu64 " %" PRIu64 " %a %a %a %a %a %a %u %u %u %u %u",
                  chain->sampler->params.K, params->sweeps, params->kept_sweeps, params->sub_sweeps,
                  params->seed, params->alpha_sum, params->beta, params->lambda, params->keyword_mass,
                  params->gamma0, params->gamma1, params->title_weight, params->optimise_alpha_every,
                  params->burn_in, chain->sampler->V, params->heldout ? params->evaluate_every : 0);
    pt_chain_identify(chain, rest);
    free(rest);
}

static double minutes_now(void) {
    return pt_clock(CLOCK_MONOTONIC) / 60;
}

static bool is_checkpoint_due(const pt_train_params *params, uint32_t n_sweeps, double saved_at) {
    return params->checkpoint && n_sweeps < params->sweeps &&
           ((params->checkpoint_every && n_sweeps % params->checkpoint_every == 0) ||
            (params->checkpoint_minutes > 0 && minutes_now() - saved_at >= params->checkpoint_minutes));
}

/* What rank 0 finds due, and what any rank was asked: the same answer for all. */
static void agree_on(pt_ranks *ranks, bool *is_due, bool *is_stop) {
    int64_t asked[2] = {pt_ranks_rank(ranks) == 0 && *is_due, *is_stop};
    pt_ranks_max(ranks, asked, 2);
    *is_due = asked[0];
    *is_stop = asked[1];
}

static pt_status stop(pt_chain *chain, const pt_train_params *params, pt_error *err) {
    const uint32_t n = chain->sampler->n_sweeps;
    if (!params->checkpoint)
        return pt_fail(err, PT_ERR_AGAIN, "stopped on request after %u of %u sweeps", n, params->sweeps);
    const pt_status status = pt_checkpoint_save(chain, params->checkpoint, err);
    return status ? status
                  : pt_fail(err, PT_ERR_AGAIN,
                            "stopped on request after %u of %u sweeps; saved in %s, go on with --resume", n,
                            params->sweeps, params->checkpoint);
}

/* Measures what is due after n sweeps; true when the chain is good enough to stop. The refresh for it draws
 * keyword indicators, so a chain with held-out documents is not the same chain as one without. */
static bool evaluate(pt_chain *chain, const pt_train_params *params, uint32_t n, const pt_monitor *monitor) {
    if (!params->heldout || (n % params->evaluate_every && n < params->sweeps))
        return false;
    pt_sampler *sampler = chain->sampler;
    pt_sampler_refresh(sampler, true);
    pt_sweep_record *record = &chain->record[n - 1];
    record->log_likelihood = sampler->log_likelihood / (double)sampler->all_tokens;
    record->perplexity = pt_heldout_perplexity(sampler, params->heldout);
    pt_say(monitor, PT_LEVEL_INFO, "sweep %u: held-out perplexity %.2f, log-likelihood %.5f a token", n,
           record->perplexity, record->log_likelihood);
    return record->perplexity <= params->until;
}

/* One sweep and all that belongs to it. */
static void step(pt_chain *chain, const pt_train_params *params) {
    pt_sampler *sampler = chain->sampler;
    pt_sweep_record *record = chain->record;
    const uint32_t i = sampler->n_sweeps;
    pt_sampler_sweep(sampler);
    if (i > 0)
        record[i - 1].log_likelihood = sampler->log_likelihood / (double)sampler->all_tokens;
    if (is_alpha_due(params, i + 1))
        optimise_alpha(sampler);
    if (i + params->kept_sweeps >= params->sweeps)
        pt_theta_keep(chain->theta, sampler);
    record[i].sweep = i + 1;
    record[i].changed = (double)sampler->n_changed / (double)sampler->all_tokens;
    record[i].alpha_sum = sum_of(sampler->alpha, sampler->params.K);
}

static pt_status run_chain(pt_chain *chain, const pt_train_params *params, const pt_monitor *monitor,
                           pt_error *err) {
    pt_sampler *sampler = chain->sampler;
    identify(chain, params);
    bool is_there = params->resume && params->checkpoint && pt_checkpoint_exists(params->checkpoint);
    bool is_asked = pt_stop_requested(monitor);
    agree_on(params->ranks, &is_there, &is_asked);
    if (is_there) {
        const pt_status status = pt_checkpoint_load(chain, params->checkpoint, monitor, err);
        if (status)
            return status;
        pt_say(monitor, PT_LEVEL_INFO, "going on after sweep %u of %u", sampler->n_sweeps, params->sweeps);
    }
    double saved_at = minutes_now();
    bool is_enough = false;
    while (sampler->n_sweeps < params->sweeps && !is_enough) {
        if (is_asked)
            return stop(chain, params, err);
        step(chain, params);
        is_enough = evaluate(chain, params, sampler->n_sweeps, monitor);
        pt_progress(monitor, "train", sampler->n_sweeps, params->sweeps);
        bool is_due = is_checkpoint_due(params, sampler->n_sweeps, saved_at);
        is_asked = pt_stop_requested(monitor);
        agree_on(params->ranks, &is_due, &is_asked);
        if (!is_enough && is_due) {
            const pt_status status = pt_checkpoint_save(chain, params->checkpoint, err);
            if (status)
                return status;
            saved_at = minutes_now();
        }
    }
    if (pt_theta_kept(chain->theta) == 0)
        pt_theta_keep(chain->theta, sampler);
    pt_sampler_refresh(sampler, true);
    chain->record[sampler->n_sweeps - 1].log_likelihood =
        sampler->log_likelihood / (double)sampler->all_tokens;
    return PT_OK;
}

pt_status pt_train(const pt_corpus *corpus, const pt_seeds *seeds, const pt_evidence *evidence,
                   const pt_train_params *params, pt_model **out, const pt_monitor *monitor, pt_error *err) {
    *out = NULL;
    pt_status status = pt_train_params_check(params, err);
    if (!status)
        status = check_fit(corpus, seeds, evidence, params, err);
    if ((status = pt_ranks_agree(params->ranks, status, err)))
        return status;
    const pt_sampler_params sampling = {.K = (seeds ? seeds->n_items : 0) + params->general_topics,
                                        .beta = params->beta,
                                        .title_weight = params->title_weight,
                                        .sub_sweeps = params->sub_sweeps,
                                        .seed = params->seed,
                                        .threads = params->threads,
                                        .kernel = params->kernel,
                                        .ranks = params->ranks,
                                        .counts_bytes = params->counts_bytes};
    pt_sampler *sampler = NULL;
    if ((status = pt_sampler_new(corpus, &sampling, &sampler, err)))
        return status;
    set_up(sampler, corpus, seeds, evidence, params);
    pt_say(monitor, PT_LEVEL_DEBUG, "%llu tokens, %u topics, %s kernel", (unsigned long long)sampler->N,
           sampling.K, pt_kernel_name(params->kernel));
    pt_chain chain = {.sampler = sampler,
                      .theta = pt_theta_new(corpus->D),
                      .record = pt_zalloc(params->sweeps, sizeof *chain.record),
                      .most_sweeps = params->sweeps};
    if ((status = run_chain(&chain, params, monitor, err))) {
        free(chain.record);
    } else {
        pt_sampler_rest(sampler);
        pt_model *model = pt_model_of(sampler, corpus);
        model->lambda = params->lambda;
        model->n_sweeps = sampler->n_sweeps;
        model->sweep = chain.record;
        pt_theta_finish(chain.theta, sampler, model);
        *out = model;
    }
    pt_theta_free(chain.theta);
    pt_sampler_free(sampler);
    return status;
}
