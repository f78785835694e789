/* SPDX-License-Identifier: Apache-2.0 */
/* batch.h - what reading one source gave, on its way from a parsing thread to the writer, or to whoever wants
 * the words that the store would keep without a store. */
#ifndef PT_STORE_BATCH_H
#define PT_STORE_BATCH_H

#include "base/buf.h"
#include "korean/analyzer.h"
#include "patent/reader.h"

typedef struct pt_batch_record {
    pt_patent patent;
    pt_buf title, abstract; /* nouns (pt_record_noun) */
} pt_batch_record;

typedef struct pt_batch_issue {
    char *path, *reason, *excerpt;
    unsigned line;
} pt_batch_issue;

typedef struct pt_batch {
    PT_VEC(pt_batch_record) records;
    PT_VEC(pt_batch_issue) issues;
} pt_batch;

/* Sinks of a reader that fill a batch. */
void pt_batch_take_patent(pt_batch *batch, pt_patent *patent);
void pt_batch_take_issue(pt_batch *batch, const char *path, unsigned line, const char *reason,
                         const char *excerpt);
/* Analyses title and abstract of one record. */
void pt_batch_tokenize(pt_batch_record *record, pt_analyzer *analyzer);
/* The next noun of such a buffer, from *at = 0 on; false at the end. */
bool pt_batch_next_noun(const pt_buf *nouns, size_t *at, const char **form, uint32_t *bytes, uint8_t *flags);
void pt_batch_clear(pt_batch *batch); /* keeps the arrays */
void pt_batch_free(pt_batch *batch);

/* Appends the nouns of a text to `nouns`. */
void pt_batch_nouns(pt_analyzer *analyzer, const char *text, pt_buf *nouns);

#endif
