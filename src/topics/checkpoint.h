/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.h - the whole state of a chain on disk, so that it can go on later as if it had never stopped,
 * on any number of ranks:
 *
 *     PATH                sweeps, alpha, keyword counts, records, where each logical shard lies, SHA-256
 *     PATH.20-1of4 …      topics and kept sweeps of the shards, written by rank 1 of 4 after sweep 20
 *     PATH.old            the generation before, taken when the newest is damaged
 *
 * PATH is written last. What follows from the topics (n_kw, phi) is not stored. */
#ifndef PT_TOPICS_CHECKPOINT_H
#define PT_TOPICS_CHECKPOINT_H

#include "base/monitor.h"
#include "topics/model.h"
#include "topics/sampler.h"
#include "topics/theta.h"

typedef struct pt_chain {
    pt_sampler *sampler;
    pt_theta *theta;
    pt_sweep_record *record; /* [most_sweeps] */
    uint32_t most_sweeps;
    uint32_t saved;    /* sweeps of the newest checkpoint that is known to be whole; 0 = none */
    char identity[65]; /* of everything that shapes the chain: corpus, evidence, seeds, parameters */
} pt_chain;

/* All of these are collective: every rank calls them, and all get the same status.
 *
 * SHA-256 over the chain's start (topics, priors, keywords) and `rest`, which stands for all that is not in
 * it, into chain->identity. Call it before the first sweep. */
void pt_chain_identify(pt_chain *chain, const char *rest);

bool pt_checkpoint_exists(const char *path);
/* Removes all that belongs to it; rank 0 does it, when all have come here. */
void pt_checkpoint_remove(const char *path, pt_ranks *ranks);

/* An interrupted save leaves the checkpoint before. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_checkpoint_save(pt_chain *chain, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Sets the chain to the saved state; a damaged newest generation is told and the one before taken. Errors:
 * PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA (not a checkpoint, both damaged, or of another chain; the chain is
 * then unusable). */
pt_status pt_checkpoint_load(pt_chain *chain, const char *path, const pt_monitor *monitor,
                             pt_error *err) PT_WARN_UNUSED;

#endif
