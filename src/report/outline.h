/* SPDX-License-Identifier: Apache-2.0 */
/* outline.h - what several writers derive from the findings alike: numbers of items and technologies in the
 * report, the region's patents behind each item, the words that carried an assignment. */
#ifndef PT_REPORT_OUTLINE_H
#define PT_REPORT_OUTLINE_H

#include "base/buf.h"
#include "report/findings.h"

enum {
    PT_ITEM_WORDS = 20, /* of the region's patents in an item */
    PT_TOPIC_WORDS = 30,
    PT_DATE_BYTES = 12
};
#define PT_COHESIVE 0.40f        /* a technology whose mean cosine is lower is marked 이질적 */
#define PT_UNCLASSIFIED "미분류" /* in place of an item where the model abstains */

typedef struct pt_item_patent {
    uint32_t document;
    float share; /* π_dk w_dr */
} pt_item_patent;

typedef struct pt_item_word {
    uint32_t word;
    uint32_t patents; /* of the region in the item that use the word */
    double weight;    /* Σ_d π_dk w_dr ln(D / documents with the word) */
} pt_item_word;

typedef struct pt_outline {
    const pt_findings *findings;
    uint32_t *item_no;          /* [n_items] 1 .. n in the order of the selection, 0 = not selected */
    double *stability;          /* [n_items] of the selection, NAN = not selected */
    uint32_t *item_start;       /* [n_items + 1] */
    pt_item_patent *at;         /* largest share first, then by application number */
    uint32_t *first_technology; /* [n_items + 1] offsets into by_item */
    uint32_t *by_item;          /* technologies (index) item by item, in their order */
    uint32_t region_patents, region_unclassified, region_cut, applicants; /* patents: whole ones */
    uint32_t first_date, last_date; /* of the region's patents, yyyymmdd; 0 = none is known */
} pt_outline;

void pt_outline_init(pt_outline *outline, const pt_findings *findings);
void pt_outline_free(pt_outline *outline);

static inline bool pt_in_region(const pt_document *document) {
    return document->in_period && document->weight > 0;
}

/* Up to PT_ITEM_WORDS words of the region's patents in an item, heaviest first; returns their number.
 * scratch: [V] zeros, and zeros again afterwards. */
size_t pt_outline_item_words(const pt_outline *outline, uint32_t item, pt_item_word *scratch,
                             pt_item_word words[PT_ITEM_WORDS]);
/* Appends "연료전지 34 %; 스택 12 %": the words that spoke for the item, with their share of what did. */
void pt_evidence_text(const pt_evidence *evidence, const pt_corpus *corpus, uint32_t document, uint32_t item,
                      pt_buf *out);
void pt_outline_evidence(const pt_outline *outline, uint32_t document, uint32_t item, pt_buf *out);
/* "여러 품목에 쓰이는 말 3" for the topics behind the items; free() it. */
char *pt_outline_topic_name(const pt_outline *outline, uint32_t topic);
/* Application numbers of the representatives, separated by "; ". */
void pt_outline_representatives(const pt_outline *outline, const pt_technology *technology, pt_buf *out);
/* "2021-03-04" into text; "" when unknown, "2021" or "2021-03" when only that is. */
const char *pt_date_text(char text[PT_DATE_BYTES], uint32_t date);
/* Length of the yearly series of the indicators; 0 when no date is known. */
uint32_t pt_outline_years(const pt_outline *outline);
/* The region's name as people write it; the whole store has one too. */
const char *pt_region_label(const pt_study *study);
/* "" when the item has no industry. */
const char *pt_industry_name(const pt_findings *findings, uint32_t industry);

#endif
