/* SPDX-License-Identifier: Apache-2.0 */
/* drift.h - how far the patents that a model has not seen are from those that it was fitted to. Three
 * measures, each beside what chance alone would give: its 95 % quantile over samples of as many patents drawn
 * from the known ones.
 *
 *     divergence     Jensen-Shannon divergence, in bits, of the shares of the items (미분류 is one of them)
 *     unclassified   growth of the share of 미분류
 *     unknown words  growth of the share of words that are not in the model's vocabulary
 *
 * Lin, Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37, 1991. */
#ifndef PT_PIPELINE_DRIFT_H
#define PT_PIPELINE_DRIFT_H

#include "study/mapping.h"
#include "topics/corpus.h"

typedef enum pt_drift_kind {
    PT_DRIFT_ITEMS,
    PT_DRIFT_UNCLASSIFIED,
    PT_DRIFT_WORDS,
    PT_N_DRIFTS
} pt_drift_kind;

typedef struct pt_drift {
    uint64_t known, fresh; /* patents of either kind */
    /* NAN where one of the two is 0. */
    double value[PT_N_DRIFTS], chance[PT_N_DRIFTS];
    double unclassified_known, unclassified_fresh, unknown_known, unknown_fresh; /* shares */
} pt_drift;

pt_drift pt_drift_none(void);
/* is_known and length [D]: whether the model was fitted to the document, its words before any was left out. A
 * function of its arguments alone. */
pt_drift pt_drift_measure(const pt_mapping *mapping, const pt_corpus *corpus, const bool *is_known,
                          const uint32_t *length, uint64_t seed);
/* What a measure is over chance; 0 for what was not measured. */
double pt_drift_excess(const pt_drift *drift, pt_drift_kind kind);

#endif
