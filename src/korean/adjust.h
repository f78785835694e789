/* SPDX-License-Identifier: Apache-2.0 */
/* adjust.h - trained costs on top of those that counts give (dict/korean/adjustments.tsv, written by
 * dict/korean/train); private to src/korean, used while a dictionary is compiled. */
#ifndef PT_KOREAN_ADJUST_H
#define PT_KOREAN_ADJUST_H

#include "korean/costs.h"

typedef enum pt_word_source {
    PT_WORD_TABLE,
    PT_WORD_HUNSPELL,
    PT_WORD_HANJA,
    PT_WORD_SOURCES
} pt_word_source;

typedef struct pt_adjustments {
    pt_intern *units; /* "surface, tab, left id, blank, right id" */
    PT_VEC(int32_t) unit_costs;
    int32_t *source_costs; /* [PT_WORD_SOURCES][left ids] */
} pt_adjustments;

/* Reads the table, adds to the connections and the costs of unknown words, and keeps the rest for
 * pt_adjustments_unit. A path of "" reads nothing. Ids that the dictionary lacks are passed over. */
pt_status pt_adjustments_read(pt_adjustments *adjustments, pt_costs *costs, const char *path,
                              pt_error *err) PT_WARN_UNUSED;
void pt_adjustments_free(pt_adjustments *adjustments);
/* What to add to the cost of a unit. */
int32_t pt_adjustments_unit(const pt_adjustments *adjustments, const pt_costs *costs, const char *surface,
                            uint16_t left, uint16_t right, pt_word_source source);
/* A cost and an adjustment, kept within what a cost can be. */
int16_t pt_adjusted(int16_t cost, int32_t adjustment);

#endif
