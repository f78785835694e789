/* SPDX-License-Identifier: Apache-2.0 */
/* mapping.h - patent -> items: order by the log-odds S of the mixture, shares for counting from theta
 * restricted to the admitted items; abstains (미분류) on the lead of S or where nothing speaks for an item.
 */
#ifndef PT_STUDY_MAPPING_H
#define PT_STUDY_MAPPING_H

#include "base/status.h"
#include "topics/mixture.h"
#include "topics/model.h"

enum { PT_MAX_ITEMS_PER_PATENT = 3 };
typedef enum pt_confidence { PT_CONFIDENCE_LOW, PT_CONFIDENCE_MEDIUM, PT_CONFIDENCE_HIGH } pt_confidence;

typedef struct pt_assignment {
    uint32_t item;
    float score; /* S_dk */
    float share; /* π_dk; over the rows of one patent they sum to 1 */
} pt_assignment;

typedef struct pt_mapping {
    uint32_t D, n_items;
    uint32_t *start;   /* [D + 1] */
    pt_assignment *at; /* best first; no row where the patent is 미분류 */
    float *margin;     /* [D] best minus second S */
    float *sureness;   /* [D] how far the seeds speak for the best item alone, and its lead: see below … */
    uint8_t *confidence; /* [D] … and its class, pt_confidence */
    uint32_t unclassified;
} pt_mapping;

typedef struct pt_mapping_params {
    /* Abstain where nothing speaks for the best item, or where
     *     (S_1 - S_4) + 2 ln(1 + A_1 - a_1) - 3 ln(1 + O) < least_support
     * S_1 - S_4: lead over the first item that could not be admitted beside it (a lead over the second alone
     * would reject patents that two kindred items share); A_1 - a_1: what seeds and parts say for it without
     * the strongest of them, for one word has many lives; O: what the words of things say that the standard
     * does not cover. Figures of this and of other rules: bench/results/mapping.tsv. */
    float least_support;
    const float *outside; /* [D] best A of the outside classes (seed_scores.h), or NULL */
    /* Confidence: A_best / (1 + sum of the positive A of the 16 best items) + min(margin, 4) / 8: seeds
     * that speak for one item alone, and a lead. Area under the ROC of agreement with codes .65 to .67 on
     * four parts of real patents; clarity alone .62, margin alone .57 to .67; the share of the strongest word
     * beside them adds nothing. */
    float medium_confidence, high_confidence;
    float least_sureness;   /* patents under it get no item either; 0 = all may (agreement.h) */
    float admit_below_best; /* second and third items: S at most this much under the best */
    float min_share;        /* and a share of at least this much */
} pt_mapping_params;

pt_mapping_params pt_mapping_params_default(void);
/* evidence and model over the same D documents; model NULL: shares from S alone. Every rule needs something
 * that speaks for the item (a seed, a part of one, a code). Free with pt_mapping_free. */
pt_mapping *pt_map(const pt_evidence *evidence, const pt_model *model, const pt_mapping_params *params);
void pt_mapping_free(pt_mapping *mapping); /* NULL is fine */
/* Measured agreement of the best item with what the main code admits, codes not used and words taught by
 * other collections than the patent's, of 4,400 real patents in two halves by applicant
 * (bench/results/confidence.tsv): from the lower half of the mixed fields, where
 * the judge admits only the nearest item of the code, to the better half where he admits all of them. It is
 * agreement, not accuracy: reading finds more answers right than codes do. `patopic evaluate` tells the
 * figures of another store. */
typedef struct pt_agreement {
    double low, high;
} pt_agreement;
pt_agreement pt_confidence_agreement(pt_confidence confidence);
/* Label for tables: 높음, 중간, 낮음. */
const char *pt_confidence_name(pt_confidence confidence);

#endif
