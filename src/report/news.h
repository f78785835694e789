/* SPDX-License-Identifier: Apache-2.0 */
/* news.h - what an update found new since the report before it: the section "what is new" of the page, and
 * changes.csv. */
#ifndef PT_REPORT_NEWS_H
#define PT_REPORT_NEWS_H

#include "base/status.h"

typedef enum pt_news_subject { PT_NEWS_PATENTS, PT_NEWS_ITEM, PT_NEWS_TECHNOLOGY } pt_news_subject;
typedef enum pt_news_change {
    PT_NEWS_NEW,
    PT_NEWS_IN,
    PT_NEWS_OUT,
    PT_NEWS_UP,
    PT_NEWS_DOWN,
    PT_NEWS_RENAMED
} pt_news_change;

/* before and after: of an item its rank, of a technology its patents, of PT_NEWS_PATENTS the region's patents
 * whose best item it is (id, name; id "" for 미분류). NAN where there is none. */
typedef struct pt_news_row {
    pt_news_subject subject;
    pt_news_change change;
    char *id, *name; /* of a technology its number now, of one that is out its number before */
    double before, after;
    char *reason;  /* Korean, "" = none */
    char *patents; /* the new patents behind it, at most PT_NEWS_EXAMPLES numbers, '|' between; "" = none */
    uint64_t n_patents; /* all of them */
} pt_news_row;

enum { PT_NEWS_EXAMPLES = 10 };

typedef struct pt_news {
    char *before;                                       /* folder of the report before, run-… */
    bool fitted;                                        /* the model was fitted anew */
    const char *reason, *reason_korean;                 /* why it was, or "" */
    uint64_t patents_before, patents_new, patents_gone; /* of the whole store */
    /* Patents that the model had not seen when this update began, against those it had; NAN = not measured:
     * Jensen-Shannon divergence of the shares of items in bits, shares of 미분류 and of unknown words. */
    uint64_t folded;
    double divergence, unclassified_known, unclassified_new, unknown_words_known, unknown_words_new;
    pt_news_row *at; /* patents by item (most first), items by rank, technologies by number */
    size_t n;
} pt_news;

void pt_news_free(pt_news *news); /* NULL is fine */
/* "patents", "item", "technology"; "new", "in", "out", "up", "down", "renamed": as changes.csv has them. */
const char *pt_news_subject_name(pt_news_subject subject);
const char *pt_news_change_name(pt_news_change change);

#endif
