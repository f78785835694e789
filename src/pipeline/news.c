/* SPDX-License-Identifier: Apache-2.0 */
/* What an update found new since the report that OUT/STUDY/current points to (report/news.h). */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/sort.h"
#include "pipeline/published.h"
#include "pipeline/session.h"
#include "pipeline/snapshot.h"
#include "report/csv_writer.h"
#include "report/outline.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The same that the session's report will give. */
static void take_found_item(const pt_session *s, uint32_t k, pt_snapshot *out) {
    const pt_indicator *x = &s->indicators->at[k];
    char patents[PT_NUMBER_BYTES], lq[PT_NUMBER_BYTES];
    const pt_snapshot_item item = {.id = pt_strdup(s->items->at[k].id),
                                   .name = pt_strdup(s->items->at[k].name),
                                   .rank = x->rank ? pt_strfmt("%u", x->rank) : pt_strdup(""),
                                   .patents = pt_strdup(pt_number_text(patents, x->patents)),
                                   .lq = pt_strdup(pt_number_text(lq, x->lq_shrunk)),
                                   .is_selected = pt_selection_has(s->selection, k)};
    pt_vec_push(&out->items, item);
}

static void take_found(const pt_session *s, pt_snapshot *out) {
    *out = (pt_snapshot){.numbers = pt_intern_new()};
    for (uint32_t k = 0; k < s->items->n; k++)
        take_found_item(s, k, out);
    for (uint32_t d = 0; d < s->documents->D; d++) {
        const pt_document *document = &s->documents->at[d];
        const uint32_t from = s->mapping->start[d];
        const pt_snapshot_patent patent = {
            .number = pt_intern_add(out->numbers, document->application_number,
                                    strlen(document->application_number)),
            .item_id =
                pt_strdup(from < s->mapping->start[d + 1] ? s->items->at[s->mapping->at[from].item].id : ""),
            .in_region = pt_in_region(document)};
        pt_vec_push(&out->patents, patent);
    }
    for (uint32_t t = 0; t < s->technologies->n; t++) {
        const pt_technology *found = &s->technologies->at[t];
        pt_snapshot_technology technology = {.number = pt_strfmt("%u", found->number),
                                             .name = pt_strdup(found->name)};
        for (uint32_t i = 0; i < found->n_patents; i++)
            pt_vec_push(&technology.patents, out->patents.at[found->patent[i]].number);
        pt_vec_push(&out->technologies, technology);
    }
}

typedef struct gathering {
    const pt_snapshot *before, *after;
    bool *is_new; /* [after->numbers] patents that the report before did not have */
    PT_VEC(pt_news_row) rows;
} gathering;

static bool in_before(const gathering *g, uint32_t number) {
    return pt_intern_find(g->before->numbers, pt_intern_text(g->after->numbers, number),
                          pt_intern_bytes(g->after->numbers, number)) != PT_NO_ID;
}

/* A list of new patents under way. */
typedef struct listing {
    pt_buf text;
    uint64_t n;
} listing;

static void list_patent(const gathering *g, listing *list, uint32_t number) {
    if (list->n < PT_NEWS_EXAMPLES)
        pt_buf_printf(&list->text, "%s%s", list->n ? "|" : "", pt_intern_text(g->after->numbers, number));
    list->n++;
}

static void push(gathering *g, pt_news_subject subject, pt_news_change change, const char *id,
                 const char *name, double before, double after, char *reason, listing *list) {
    const pt_news_row row = {.subject = subject,
                             .change = change,
                             .id = pt_strdup(id),
                             .name = pt_strdup(name),
                             .before = before,
                             .after = after,
                             .reason = reason ? reason : pt_strdup(""),
                             .patents = pt_buf_take(&list->text),
                             .n_patents = list->n};
    pt_vec_push(&g->rows, row);
}

/* New patents of the region whose best item it is, and how many there are in all, before and now. */
static listing new_of_item(const gathering *g, const char *id, double *before, double *after) {
    listing list = {0};
    *before = *after = 0;
    for (size_t i = 0; i < g->before->patents.n; i++)
        *before += g->before->patents.at[i].in_region && strcmp(g->before->patents.at[i].item_id, id) == 0;
    for (size_t i = 0; i < g->after->patents.n; i++) {
        const pt_snapshot_patent *patent = &g->after->patents.at[i];
        if (!patent->in_region || strcmp(patent->item_id, id) != 0)
            continue;
        ++*after;
        if (g->is_new[patent->number])
            list_patent(g, &list, patent->number);
    }
    return list;
}

static double number_of(const char *text) {
    return text[0] ? strtod(text, NULL) : NAN;
}

static const pt_snapshot_item *find_item(const pt_snapshot *s, const char *id) {
    for (size_t i = 0; i < s->items.n; i++)
        if (strcmp(s->items.at[i].id, id) == 0)
            return &s->items.at[i];
    return NULL;
}

static void gather_patents(gathering *g) {
    for (size_t i = 0; i <= g->after->items.n; i++) {
        const bool is_item = i < g->after->items.n;
        double before, after;
        listing list = new_of_item(g, is_item ? g->after->items.at[i].id : "", &before, &after);
        if (list.n)
            push(g, PT_NEWS_PATENTS, PT_NEWS_NEW, is_item ? g->after->items.at[i].id : "",
                 is_item ? g->after->items.at[i].name : "미분류", before, after, NULL, &list);
        pt_buf_free(&list.text);
    }
}

static void gather_items(gathering *g) {
    for (size_t i = 0; i < g->after->items.n; i++) {
        const pt_snapshot_item *is = &g->after->items.at[i], *was = find_item(g->before, is->id);
        const bool was_selected = was && was->is_selected;
        if (!was_selected && !is->is_selected)
            continue;
        const double before = was ? number_of(was->rank) : NAN, after = number_of(is->rank);
        if (was_selected && is->is_selected && before == after)
            continue;
        double unused;
        listing list = new_of_item(g, is->id, &unused, &unused);
        char *reason = pt_strfmt("특허 %s → %s, 특화도 %s → %s", was ? was->patents : "0", is->patents,
                                 was ? was->lq : "", is->lq);
        push(g, PT_NEWS_ITEM,
             !was_selected      ? PT_NEWS_IN
             : !is->is_selected ? PT_NEWS_OUT
             : after < before   ? PT_NEWS_UP
                                : PT_NEWS_DOWN,
             is->id, is->name, before, after, reason, &list);
    }
}

static void gather_technology(gathering *g, const pt_snapshot_technology *was,
                              const pt_snapshot_technology *now) {
    const bool is_renamed = was && strcmp(was->name, now->name) != 0;
    const double before = was ? (double)was->patents.n : NAN, after = (double)now->patents.n;
    if (was && before == after && !is_renamed)
        return;
    listing list = {0};
    for (size_t i = 0; i < now->patents.n; i++)
        if (g->is_new[now->patents.at[i]])
            list_patent(g, &list, now->patents.at[i]);
    push(g, PT_NEWS_TECHNOLOGY,
         !was             ? PT_NEWS_IN
         : after > before ? PT_NEWS_UP
         : after < before ? PT_NEWS_DOWN
                          : PT_NEWS_RENAMED,
         now->number, now->name, before, after, is_renamed ? pt_strfmt("이전 이름 '%s'", was->name) : NULL,
         &list);
}

static void gather_technologies(gathering *g) {
    uint32_t *match = pt_snapshot_match(g->before, g->after);
    bool *is_matched = pt_zalloc(g->before->technologies.n, sizeof *is_matched);
    for (size_t t = 0; t < g->after->technologies.n; t++) {
        const bool is_known = match[t] != UINT32_MAX;
        gather_technology(g, is_known ? &g->before->technologies.at[match[t]] : NULL,
                          &g->after->technologies.at[t]);
        if (is_known)
            is_matched[match[t]] = true;
    }
    for (size_t t = 0; t < g->before->technologies.n; t++) {
        const pt_snapshot_technology *gone = &g->before->technologies.at[t];
        listing none = {0};
        if (!is_matched[t])
            push(g, PT_NEWS_TECHNOLOGY, PT_NEWS_OUT, gone->number, gone->name, (double)gone->patents.n, NAN,
                 NULL, &none);
    }
    free(is_matched);
    free(match);
}

/* Patents by item with most new ones first, then items by rank, then technologies by number. */
static int compare_rows(const void *a, const void *b) {
    const pt_news_row *x = a, *y = b;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    if (x->subject == PT_NEWS_PATENTS && x->n_patents != y->n_patents)
        return x->n_patents > y->n_patents ? -1 : 1;
    const double p = x->subject == PT_NEWS_TECHNOLOGY ? number_of(x->id) : x->after,
                 q = x->subject == PT_NEWS_TECHNOLOGY ? number_of(y->id) : y->after;
    if (x->subject != PT_NEWS_PATENTS && p != q)
        return p < q || isnan(q) ? -1 : 1;
    const int order = strcmp(x->id, y->id);
    return order ? order : strcmp(x->name, y->name);
}

static pt_news *gather(const pt_session *s, const char *name, const pt_snapshot *before,
                       const pt_snapshot *after) {
    gathering g = {before, after, pt_zalloc(pt_intern_count(after->numbers), sizeof *g.is_new), {0}};
    uint64_t n_new = 0;
    for (size_t i = 0; i < after->patents.n; i++) {
        const uint32_t number = after->patents.at[i].number;
        g.is_new[number] = !in_before(&g, number);
        n_new += g.is_new[number];
    }
    gather_patents(&g);
    gather_items(&g);
    gather_technologies(&g);
    pt_sort(g.rows.at, g.rows.n, sizeof *g.rows.at, compare_rows);
    free(g.is_new);
    pt_news *news = pt_zalloc(1, sizeof *news);
    *news = (pt_news){.before = pt_strdup(name),
                      .fitted = s->fitted,
                      .reason = s->reason,
                      .reason_korean = s->reason_korean,
                      .patents_before = before->patents.n,
                      .patents_new = n_new,
                      .patents_gone = before->patents.n + n_new - after->patents.n,
                      .folded = s->drift.fresh,
                      .divergence = s->drift.value[PT_DRIFT_ITEMS],
                      .unclassified_known = s->drift.unclassified_known,
                      .unclassified_new = s->drift.unclassified_fresh,
                      .unknown_words_known = s->drift.unknown_known,
                      .unknown_words_new = s->drift.unknown_fresh,
                      .at = g.rows.at,
                      .n = g.rows.n};
    return news;
}

/* "2 items in, 1 out …": for who reads the log and not the report. */
static void tell_news(const pt_session *s) {
    unsigned n[3][PT_NEWS_RENAMED + 1] = {0};
    for (size_t i = 0; i < s->news->n; i++)
        n[s->news->at[i].subject][s->news->at[i].change]++;
    const unsigned *items = n[PT_NEWS_ITEM], *technologies = n[PT_NEWS_TECHNOLOGY];
    pt_say(s->monitor, PT_LEVEL_INFO,
           "since %s: %" PRIu64 " patents new, %" PRIu64
           " gone; items %u in, %u out, %u up, %u down; technologies %u in, %u out; see changes.csv",
           s->news->before, s->news->patents_new, s->news->patents_gone, items[PT_NEWS_IN],
           items[PT_NEWS_OUT], items[PT_NEWS_UP], items[PT_NEWS_DOWN], technologies[PT_NEWS_IN],
           technologies[PT_NEWS_OUT]);
}

pt_status pt_session_news_since(pt_session *s, pt_error *err) {
    char *current = pt_path_join(s->folder, "current"), name[NAME_MAX + 1];
    pt_published_name(s->folder, name, sizeof name);
    pt_snapshot before = {0}, after = {0};
    pt_error wrong = {0};
    (void)err;
    if (!name[0]) {
        pt_say(s->monitor, PT_LEVEL_INFO, "the first report of this study: nothing to compare with");
    } else if (pt_snapshot_read(current, true, &before, &wrong)) {
        pt_say(s->monitor, PT_LEVEL_WARN, "nothing to compare with: %s", wrong.message);
    } else {
        take_found(s, &after);
        s->news = gather(s, name, &before, &after);
        tell_news(s);
    }
    pt_snapshot_free(&before);
    pt_snapshot_free(&after);
    free(current);
    return PT_OK;
}
