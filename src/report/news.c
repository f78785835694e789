/* SPDX-License-Identifier: Apache-2.0 */
#include "report/news.h"

#include <assert.h>
#include <stdlib.h>

void pt_news_free(pt_news *news) {
    if (!news)
        return;
    for (size_t i = 0; i < news->n; i++) {
        free(news->at[i].id);
        free(news->at[i].name);
        free(news->at[i].reason);
        free(news->at[i].patents);
    }
    free(news->at);
    free(news->before);
    free(news);
}

const char *pt_news_subject_name(pt_news_subject subject) {
    static const char *const names[] = {"patents", "item", "technology"};
    assert((size_t)subject < sizeof names / sizeof *names);
    return names[subject];
}

const char *pt_news_change_name(pt_news_change change) {
    static const char *const names[] = {"new", "in", "out", "up", "down", "renamed"};
    assert((size_t)change < sizeof names / sizeof *names);
    return names[change];
}
