/* SPDX-License-Identifier: Apache-2.0 */
#include "store/batch.h"
#include "store/patent_record.h"

#include <stdlib.h>
#include <string.h>

void pt_batch_take_patent(pt_batch *batch, pt_patent *patent) {
    pt_batch_record record = {0};
    pt_patent_init(&record.patent);
    pt_patent_take(&record.patent, patent);
    pt_vec_push(&batch->records, record);
}

void pt_batch_take_issue(pt_batch *batch, const char *path, unsigned line, const char *reason,
                         const char *excerpt) {
    const pt_batch_issue issue = {pt_strdup(path), pt_strdup(reason), pt_strdup(excerpt ? excerpt : ""),
                                  line};
    pt_vec_push(&batch->issues, issue);
}

void pt_batch_nouns(pt_analyzer *analyzer, const char *text, pt_buf *nouns) {
    enum { LONGEST_WORD = 255 }; /* bytes; longer runs are no words of a language */
    const pt_noun *found;
    const size_t n = pt_analyzer_nouns(analyzer, text, strlen(text), &found);
    for (size_t i = 0; i < n; i++)
        if (found[i].bytes <= LONGEST_WORD)
            pt_record_noun(nouns, found[i].form, found[i].bytes, (uint8_t)found[i].flags);
}

void pt_batch_tokenize(pt_batch_record *record, pt_analyzer *analyzer) {
    pt_batch_nouns(analyzer, record->patent.title, &record->title);
    pt_batch_nouns(analyzer, record->patent.abstract, &record->abstract);
}

bool pt_batch_next_noun(const pt_buf *nouns, size_t *at, const char **form, uint32_t *bytes, uint8_t *flags) {
    enum { HEAD = 3 };
    if (*at >= nouns->n)
        return false;
    const uint8_t *head = (const uint8_t *)nouns->at + *at;
    *flags = head[0];
    *bytes = head[1] | (uint32_t)head[2] << 8;
    *form = nouns->at + *at + HEAD;
    *at += HEAD + *bytes;
    return true;
}

void pt_batch_clear(pt_batch *batch) {
    for (size_t i = 0; i < batch->records.n; i++) {
        pt_patent_free(&batch->records.at[i].patent);
        pt_buf_free(&batch->records.at[i].title);
        pt_buf_free(&batch->records.at[i].abstract);
    }
    for (size_t i = 0; i < batch->issues.n; i++) {
        free(batch->issues.at[i].path);
        free(batch->issues.at[i].reason);
        free(batch->issues.at[i].excerpt);
    }
    pt_vec_clear(&batch->records);
    pt_vec_clear(&batch->issues);
}

void pt_batch_free(pt_batch *batch) {
    pt_batch_clear(batch);
    pt_vec_free(&batch->records);
    pt_vec_free(&batch->issues);
}
