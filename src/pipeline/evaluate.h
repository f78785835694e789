/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate.h - how good a model and its mapping are. */
#ifndef PT_PIPELINE_EVALUATE_H
#define PT_PIPELINE_EVALUATE_H

#include "patopic.h"

typedef struct pt_evaluation {
    uint64_t patents, coded; /* coded: with a main code that the concordance knows */
    double coverage;         /* share of patents with an item */
    double coherence;        /* mean NPMI of the topics' ten top words */
    double diversity;        /* share of different words among the topics' 25 top words */
    double top1, top3; /* share of coded patents whose best item, one of whose best three, the code admits */
    double macro;      /* top1 averaged over subclasses; NAN when nothing is coded */
} pt_evaluation;

pt_status pt_evaluate(const pt_params *params, pt_evaluation *out, const pt_monitor *monitor,
                      pt_error *err) PT_WARN_UNUSED;

#endif
