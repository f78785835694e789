/* SPDX-License-Identifier: Apache-2.0 */
/* theta.h - sums the topic counts of documents over the kept sweeps, in at most PT_THETA_ROOM topics each:
 * a topic that finds no room takes the place of the smallest one when it is larger, so what is lost is small
 * and far below the largest. */
#ifndef PT_TOPICS_THETA_H
#define PT_TOPICS_THETA_H

#include "topics/model.h"
#include "topics/sampler.h"

enum { PT_THETA_ROOM = 32 };

typedef struct pt_theta pt_theta;

pt_theta *pt_theta_new(uint32_t D);
void pt_theta_free(pt_theta *theta); /* NULL is fine */
/* Adds the counts of the chain's present state. */
void pt_theta_keep(pt_theta *theta, const pt_sampler *sampler);
uint32_t pt_theta_kept(const pt_theta *theta); /* how many states have been added */
/* For checkpoints: the sums of documents begin .. end-1 as bytes, whether they can be such, and the number of
 * states that belongs to them. */
void *pt_theta_entries(pt_theta *theta, uint32_t begin, uint32_t end, size_t *bytes);
bool pt_theta_is_good(const pt_theta *theta, uint32_t begin, uint32_t end, uint32_t K);
void pt_theta_set_kept(pt_theta *theta, uint32_t n_kept);
/* (mean n_dk + alpha_dk) / (n_d + A_d), its PT_MODEL_TOPICS largest entries into model->theta_topic and
 * model->theta (both allocated here). */
void pt_theta_finish(const pt_theta *theta, const pt_sampler *sampler, pt_model *model);

#endif
