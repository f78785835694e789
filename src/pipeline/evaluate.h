/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate.h - how good a model and its mapping are. */
#ifndef PT_PIPELINE_EVALUATE_H
#define PT_PIPELINE_EVALUATE_H

#include "patopic.h"

enum { PT_MARGIN_CLASSES = 10 };

/* Coded patents by the margin of their best item (best S minus the second): [0] is [0, 0.5), the last one is
 * open. */
typedef struct pt_margin_class {
    double from;
    uint64_t patents, right;
} pt_margin_class;

typedef struct pt_evaluation {
    uint64_t patents, coded; /* coded: with a main code that the concordance knows */
    double coverage;         /* share of patents with an item */
    double coherence;        /* mean NPMI of the topics' ten top words */
    double cv;               /* mean C_v of them */
    double diversity;        /* share of different words among the topics' 25 top words */
    double perplexity;       /* of every tenth patent by document completion, trained on the others; NAN */
    double top1, top3; /* share of coded patents whose best item, one of whose best three, the code admits */
    double macro;      /* top1 averaged over subclasses; NAN when nothing is coded */
    /* coded patents with an item by their class of confidence, low to high, with the agreement stated for it
     */
    struct {
        uint64_t patents, right;
        double stated_low, stated_high;
    } confidence[3];
    bool codes_used; /* the study's evidence comes from codes: top1, top3 and macro are then NAN */
    pt_margin_class margin[PT_MARGIN_CLASSES]; /* empty when codes are used */
    uint32_t seeds;                            /* models compared; 0 = not asked for */
    double overlap; /* of the 20 top words of the topics, mean over the models against the first */
    double jaccard; /* of the leading items, the same */
    double seconds;
    uint64_t peak_memory_bytes;
} pt_evaluation;

typedef struct pt_evaluate_params {
    bool held_out;         /* train once more for the perplexity */
    uint32_t seeds;        /* models to train for the stability, 0 or at least 2 */
    const char *intrusion; /* path of a word-intrusion sheet; the answers go to PATH.key; NULL = none */
} pt_evaluate_params;

/* Word intrusion (Chang et al., Reading tea leaves, NIPS 2009): of each item topic the five top words and one
 * that is rare in it and frequent in another, in random order; a person says which does not belong. */
pt_status pt_evaluate(const pt_params *params, const pt_evaluate_params *what, pt_evaluation *out,
                      const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
