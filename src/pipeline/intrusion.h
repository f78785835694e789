/* SPDX-License-Identifier: Apache-2.0 */
/* intrusion.h - the word-intrusion sheet for human judges (see evaluate.h). */
#ifndef PT_PIPELINE_INTRUSION_H
#define PT_PIPELINE_INTRUSION_H

#include "base/status.h"
#include "topics/model.h"

/* PATH: topic, six words; PATH.key: topic, number of the intruder from 1, the intruder. Topics with fewer
 * than five words are left out. The order is a function of the seed. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_intrusion_write(const pt_model *model, uint64_t seed, const char *path,
                             pt_error *err) PT_WARN_UNUSED;

#endif
