/* SPDX-License-Identifier: Apache-2.0 */
/* item_check.h - the seeds of the standard, held against the analyser, each other and a corpus; and words of
 * the corpus that ought to be seeds. Both are lists for a person to judge: nothing is changed. */
#ifndef PT_STUDY_ITEM_CHECK_H
#define PT_STUDY_ITEM_CHECK_H

#include "study/terms.h"
#include "topics/mixture.h"

typedef enum pt_seed_problem {
    PT_PROBLEM_LOST,    /* the analyser never gives it */
    PT_PROBLEM_CUT,     /* the analyser gives less than all of it */
    PT_PROBLEM_SHARED,  /* seed of other items too */
    PT_PROBLEM_NESTED,  /* stands inside a longer seed of the same item */
    PT_PROBLEM_AGAINST, /* a negative that is a seed of the same item */
    PT_PROBLEM_COMMON,  /* in more than 5 % of the patents */
    PT_PROBLEM_NEVER    /* in no patent */
} pt_seed_problem;

typedef struct pt_seed_finding {
    uint32_t item;
    pt_seed_problem problem;
    const char *form; /* borrowed from the terms */
    uint32_t patents; /* that hold it; 0 without a corpus */
    uint32_t items;   /* that use it as a seed */
} pt_seed_finding;

/* Findings by item, in the order of its seeds; *n of them, free() them. corpus NULL: without counts, COMMON
 * and NEVER are not told. */
pt_seed_finding *pt_item_check(const pt_terms *terms, const pt_corpus *corpus, size_t *n);
/* lost, cut, shared, nested, against, common, never */
const char *pt_seed_problem_name(pt_seed_problem problem);

typedef struct pt_seed_proposal {
    uint32_t item, word;
    uint32_t patents; /* that hold the word */
    uint32_t of_item; /* of them with the item as best */
    float lift;       /* ln(p(word | item) / p(word)), damped as in the mixture */
} pt_seed_proposal;

/* Words that no item uses, that stand in least_patents patents or more, at least half of them of the item:
 * at most `most` an item, by of_item x lift, best first. free() the result. */
pt_seed_proposal *pt_item_suggest(const pt_terms *terms, const pt_corpus *corpus, const pt_evidence *evidence,
                                  uint32_t least_patents, size_t most, size_t *n);

#endif
