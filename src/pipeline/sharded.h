/* SPDX-License-Identifier: Apache-2.0 */
/* sharded.h - training from shards, by one process or by all ranks of a job. */
#ifndef PT_PIPELINE_SHARDED_H
#define PT_PIPELINE_SHARDED_H

#include "base/monitor.h"

/* Each rank reads its part of params->shards. Without them, rank 0 makes some from the store, for this
 * training alone. Collective; the model is written by rank 0. */
pt_status pt_train_shards(const pt_params *params, const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
