/* SPDX-License-Identifier: Apache-2.0 */
/* train.h - seeded LDA by collapsed Gibbs sampling: item topics 0 .. n_items-1, then general topics.
 *
 *     theta_d ~ Dirichlet(alpha_d),  alpha_dk = alpha_k (1 + lambda n_topics q_dk)
 *     a token of topic k comes from its keyword distribution phi1_k with probability pi_k, else from phi0_k
 *     phi_kw = (1 - pi_k) phi0_kw + pi_k phi1_kw                                            (keyATM, [1])
 *     phi0_kw = (n0_kw + beta) / (n0_k + V beta)
 *     phi1_kw = (n1_kw + beta_s u_kw) / (n1_k + beta_s sum_w u_kw)      w a keyword of k, u_kw = R_kw u_w
 *     pi_k    = (n1_k + gamma1) / (n_k + gamma0 + gamma1),              0 for topics without a keyword
 *
 * q and its start come from the mixture (mixture.h). alpha_k is asymmetric and optimised ([2], Minka's fixed
 * point). A sweep has `sub_sweeps` parts; phi is frozen in each, document counts are exact, and a token is
 * taken out of its own phi before it is drawn. The chain is a function of corpus, evidence, parameters and
 * seed alone: threads and instruction set do not matter.
 * [1] Eshima, Imai, Sasaki, Keyword-Assisted Topic Models, AJPS 68, 2024.
 * [2] Wallach, Mimno, McCallum, Rethinking LDA: Why Priors Matter, NIPS 2009. */
#ifndef PT_TOPICS_TRAIN_H
#define PT_TOPICS_TRAIN_H

#include "base/monitor.h"
#include "topics/kernel.h"
#include "topics/mixture.h"
#include "topics/model.h"
#include "topics/ranks.h"

/* Defaults by pt_train_params_default; limits in pt_train_params_check, once for all. */
typedef struct pt_train_params {
    uint32_t general_topics;       /* 40 */
    uint32_t sweeps;               /* 60 */
    uint32_t kept_sweeps;          /* 10: the last ones, averaged into theta; at most sweeps */
    uint64_t sub_sweeps;           /* 16: refreshes of phi a sweep; as many as tokens = exact Gibbs */
    uint64_t seed;                 /* 1 */
    double alpha_sum;              /* 5: start of the optimisation, alpha_k = alpha_sum / n_topics */
    double beta;                   /* 0.01 */
    double lambda;                 /* 50: seeds of the chain then agree (bench/results/evaluate.tsv) */
    uint32_t title_weight;         /* 2: a token of the title counts as this many */
    double keyword_mass;           /* beta_s: 1 */
    double gamma0, gamma1;         /* 1, 1 */
    uint32_t optimise_alpha_every; /* 10 sweeps; 0 = alpha stays */
    uint32_t burn_in;              /* 10: sweeps before the first optimisation */
    int threads;                   /* 0 = all */
    pt_kernel_path kernel;         /* PT_KERNEL_BEST; the result is the same for all */
    const char *checkpoint;        /* NULL: file for the state of the chain, written when it is stopped … */
    uint32_t checkpoint_every;     /* 0: … and every so many sweeps … */
    double checkpoint_minutes;     /* 10: … and so many minutes; 0 = never */
    bool resume;                   /* false: go on from the checkpoint, if there is one */
    const pt_model *before;        /* NULL: begin where this model of the same topics ends (warm.h) */
    const pt_corpus *heldout;      /* NULL: documents whose perplexity is measured … */
    uint32_t evaluate_every;       /* 10: … every so many sweeps and after the last */
    double until;                  /* 0: stop when the perplexity is not above it */
    pt_ranks *ranks;               /* NULL: alone; else all ranks call pt_train, each with its part of the
                                      corpus, the evidence and the same of everything else */
    uint64_t counts_bytes;         /* 0: with several ranks, room for counts and phi on each; where they take
                                      more, a rank keeps those of its own words only; 0 = no limit */
} pt_train_params;

pt_train_params pt_train_params_default(void);
/* Errors: PT_ERR_CONFIG with the name of the parameter and what it may be. */
pt_status pt_train_params_check(const pt_train_params *params, pt_error *err) PT_WARN_UNUSED;

/* Fits a model; free it with pt_model_free. seeds NULL: no item topics, plain LDA (evidence must be NULL
 * too). evidence NULL: documents start from their keywords. A document without tokens has a theta from its
 * prior. Errors: PT_ERR_CONFIG (parameters; evidence or seeds of another corpus), PT_ERR_DATA (no token,
 * or a wrong checkpoint), PT_ERR_AGAIN (stopped on request: nothing is handed out, params->checkpoint holds
 * the chain, and resuming gives the same model as no stop). The checkpoint stays until the caller removes it.
 * With several ranks, theta is that of the rank's own documents, and rank 0 alone has words and counts. */
pt_status pt_train(const pt_corpus *corpus, const pt_seeds *seeds, const pt_evidence *evidence,
                   const pt_train_params *params, pt_model **out, const pt_monitor *monitor,
                   pt_error *err) PT_WARN_UNUSED;

#endif
