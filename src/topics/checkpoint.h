/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.h - the whole state of a chain on disk, so that it can go on later as if it had never stopped:
 * topics of all tokens, alpha, keyword counts, kept sweeps, records. What follows from them (n_kw, phi) is
 * not stored. */
#ifndef PT_TOPICS_CHECKPOINT_H
#define PT_TOPICS_CHECKPOINT_H

#include "topics/model.h"
#include "topics/sampler.h"
#include "topics/theta.h"

typedef struct pt_chain {
    pt_sampler *sampler;
    pt_theta *theta;
    pt_sweep_record *record; /* [most_sweeps] */
    uint32_t most_sweeps;
    char identity[65]; /* of everything that shapes the chain: corpus, evidence, seeds, parameters */
} pt_chain;

/* SHA-256 over the chain's start (topics, priors, keywords) and `rest`, which stands for all that is not in
 * it, into chain->identity. Call it before the first sweep. */
void pt_chain_identify(pt_chain *chain, const char *rest);

/* Atomic: an interrupted save leaves the checkpoint before. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_checkpoint_save(const pt_chain *chain, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Sets the chain to the saved state. Errors: PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA (not a checkpoint,
 * damaged, or of another chain; the chain is then unusable). */
pt_status pt_checkpoint_load(pt_chain *chain, const char *path, pt_error *err) PT_WARN_UNUSED;

#endif
