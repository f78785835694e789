/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks `study` and `topics`. */
#include "base/mem.h"
#include "report/columns.h"
#include "report/page.h"
#include "report/settings.h"
#include "report/tables.h"
#include "study/tally.h"

#include <stdlib.h>

enum { MOST_SOURCES = 200 }; /* shown; run.json has them all */

typedef struct page_builder {
    const pt_outline *outline;
    const pt_findings *findings;
    const pt_page_order *order;
    pt_page_names words;
} page_builder;

static json_t *word(page_builder *b, uint32_t w) {
    return pt_page_name(&b->words, w, b->findings->corpus->form[w]);
}

static json_t *item_columns(void) {
    static const char *const names[] = {"id",     "theme",   "field",      "name",      "industry",
                                        "no",     "rank",    "score",      "patents",   "reference",
                                        "share",  "lq",      "lq_shrunk",  "lq_low",    "lq_high",
                                        "growth", "recency", "applicants", "stability", "source"};
    json_t *columns = json_array();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        json_array_append_new(columns, json_string(names[i]));
    return columns;
}

static json_t *item_rows(const page_builder *b) {
    const pt_findings *f = b->findings;
    json_t *rows = json_array();
    for (uint32_t k = 0; k < f->items->n; k++) {
        const pt_item *item = &f->items->at[k];
        const pt_indicator *x = &f->indicators->at[k];
        json_t *row = json_array();
        json_array_append_new(row, pt_json_text(item->id));
        json_array_append_new(row, pt_json_text(item->theme));
        json_array_append_new(row, pt_json_text(item->field));
        json_array_append_new(row, pt_json_text(item->name));
        json_array_append_new(row, pt_json_text(pt_industry_name(f, item->industry)));
        json_array_append_new(row, json_integer(b->outline->item_no[k]));
        json_array_append_new(row, json_integer(x->rank));
        const double before[] = {x->score,     x->patents, x->patents_reference, x->share,  x->lq,
                                 x->lq_shrunk, x->lq_low,  x->lq_high,           x->growth, x->recency};
        for (size_t i = 0; i < sizeof before / sizeof *before; i++)
            json_array_append_new(row, pt_json_number(before[i]));
        json_array_append_new(row, json_integer(x->applicants));
        json_array_append_new(row, pt_json_number(b->outline->stability[k]));
        json_array_append_new(row, pt_json_text(item->source));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *technologies(page_builder *b) {
    const pt_findings *f = b->findings;
    json_t *list = json_array();
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *x = &f->technologies->at[t];
        json_t *words = json_array(), *patents = json_array();
        for (uint32_t i = 0; i < x->n_words; i++)
            json_array_append_new(words, word(b, x->word[i]));
        for (uint32_t i = 0; i < x->n_patents && i < PT_REPRESENTATIVES; i++)
            if (b->order->place[x->patent[i]] != PT_NO_PLACE)
                json_array_append_new(patents, json_integer(b->order->place[x->patent[i]]));
        json_array_append_new(
            list, json_pack("{s:I, s:I, s:o, s:o, s:I, s:o, s:I, s:I, s:I, s:o}", "no", (json_int_t)x->number,
                            "item", (json_int_t)x->item, "name", pt_json_text(x->name), "words", words,
                            "patents", (json_int_t)x->n_patents, "representatives", patents, "first_year",
                            (json_int_t)x->first_year, "last_year", (json_int_t)x->last_year, "applicants",
                            (json_int_t)x->n_applicants, "cohesion", pt_json_number((double)x->cohesion)));
    }
    return list;
}

static json_t *topics(page_builder *b, const pt_topic_map *map) {
    json_t *list = json_array();
    for (uint32_t k = 0; k < map->K; k++) {
        json_t *terms = json_array();
        for (uint32_t i = map->term_start[k]; i < map->term_start[k + 1]; i++) {
            const pt_topic_term *term = &map->term[i];
            json_array_append_new(terms, json_pack("[o, o, o, i]", word(b, term->word),
                                                   pt_json_number((double)term->log_phi),
                                                   pt_json_number((double)term->log_lift), term->is_seed));
        }
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "share", pt_json_number(map->share[k]),
                                              "x", pt_json_number(map->x[k]), "y", pt_json_number(map->y[k]),
                                              "terms", terms));
    }
    return list;
}

/* Series of the items with a patent in the region, by item index. */
static json_t *years_by_item(const page_builder *b) {
    const pt_indicators *x = b->findings->indicators;
    const uint32_t n_years = pt_outline_years(b->outline);
    json_t *all = json_object();
    for (uint32_t k = 0; n_years && k < b->findings->items->n; k++) {
        if (!b->outline->item_no[k])
            continue;
        json_t *series = json_array();
        for (uint32_t y = 0; y < n_years; y++)
            json_array_append_new(series, pt_json_number(x->by_year[(size_t)k * n_years + y]));
        char key[16];
        snprintf(key, sizeof key, "%u", k);
        json_object_set_new(all, key, series);
    }
    return all;
}

static json_t *region_years(const page_builder *b) {
    const pt_documents *documents = b->findings->documents;
    const uint32_t first = b->findings->indicators->first_year, n = pt_outline_years(b->outline);
    uint64_t *count = pt_zalloc(n, sizeof *count);
    for (uint32_t d = 0; d < documents->D; d++) {
        const uint32_t year = pt_document_year(&documents->at[d]);
        if (pt_in_region(&documents->at[d]) && year >= first && year - first < n)
            count[year - first]++;
    }
    json_t *series = json_array();
    for (uint32_t y = 0; y < n; y++)
        json_array_append_new(series, pt_json_count(count[y]));
    free(count);
    return series;
}

static json_t *study_facts(const pt_findings *f) {
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", pt_json_text(f->study->name), "note",
                     pt_json_text(f->study->note), "region", pt_json_text(pt_region_label(f->study)),
                     "reference", pt_json_text(f->study->reference), "edition",
                     pt_json_text(f->items->n ? f->items->at[0].edition : ""));
}

/* null where no update found them */
static json_t *news_facts(const pt_news *news) {
    if (!news)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "before", pt_json_count(news->patents_before), "added",
                     pt_json_count(news->patents_new), "gone", pt_json_count(news->patents_gone), "fitted",
                     (int)news->fitted, "reason", pt_json_text(news->reason), "reason_korean",
                     pt_json_text(news->reason_korean));
}

static json_t *totals(const page_builder *b) {
    const pt_outline *o = b->outline;
    const pt_findings *f = b->findings;
    return json_pack(
        "{s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:s*, s:s*, s:s*}", "region", (json_int_t)o->region_patents,
        "reference", pt_json_number(f->indicators->reference_patents), "unclassified",
        (json_int_t)o->region_unclassified, "all_unclassified", (json_int_t)f->mapping->unclassified,
        "unknown_region", (json_int_t)f->documents->unknown_region, "applicants", (json_int_t)o->applicants,
        "first_date", (json_int_t)o->first_date, "last_date", (json_int_t)o->last_date, "lq_note",
        f->indicators->lq_note, "growth_note", f->indicators->growth_note, "shortage",
        f->selection->shortage);
}

static void set_provenance(json_t *data, const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    json_t *settings = json_array(), *counts = json_array(), *sources = json_array(),
           *definitions = json_array(), *steps = json_array();
    pt_settings list;
    pt_settings_init(&list, outline);
    for (size_t i = 0; i < list.n; i++)
        json_array_append_new(settings, json_pack("[s, s, s, O]", list.at[i].section, list.at[i].korean,
                                                  list.at[i].english, list.at[i].value));
    pt_settings_free(&list);
    for (uint32_t i = 0; i < f->study->n_quota; i++)
        json_array_append_new(settings,
                              json_pack("[s, s, s, I]", "quota", f->study->quota[i].industry,
                                        f->study->quota[i].industry, (json_int_t)f->study->quota[i].n));
    for (size_t i = 0; i < f->n_counts; i++)
        json_array_append_new(counts,
                              json_pack("[s, s, o]", pt_count_korean(f->counts[i].name),
                                        pt_count_english(f->counts[i].name), pt_json_count(f->counts[i].n)));
    for (size_t i = 0; i < f->n_sources && i < MOST_SOURCES; i++) {
        const pt_source_row *row = &f->sources[i];
        json_array_append_new(sources, json_pack("[o, o, o, o, o]", pt_json_text(row->path),
                                                 pt_json_text(row->dialect), pt_json_count(row->patents),
                                                 pt_json_count(row->quarantined), pt_json_text(row->digest)));
    }
    for (size_t i = 0; i < PT_N_DEFINITIONS; i++)
        json_array_append_new(definitions, json_pack("[s, s, s, s]", pt_definitions[i].korean,
                                                     pt_definitions[i].korean_text, pt_definitions[i].english,
                                                     pt_definitions[i].english_text));
    for (size_t i = 0; i < PT_N_STEPS; i++)
        json_array_append_new(steps, json_pack("[s, s]", pt_steps[i].korean, pt_steps[i].english));
    json_object_set_new(data, "settings", settings);
    json_object_set_new(data, "counts", counts);
    json_object_set_new(data, "sources", sources);
    json_object_set_new(data, "n_sources", pt_json_count(f->n_sources));
    json_object_set_new(data, "definitions", definitions);
    json_object_set_new(data, "steps", steps);
}

/* [patents of the region, agreement low, high] for each class of confidence. */
static json_t *reliability(const pt_findings *f) {
    uint64_t patents[PT_CONFIDENCE_HIGH + 1] = {0};
    json_t *list = json_array();
    for (uint32_t d = 0; d < f->documents->D; d++)
        if (pt_in_region(&f->documents->at[d]) && f->mapping->start[d] < f->mapping->start[d + 1])
            patents[f->mapping->confidence[d]]++;
    for (int i = PT_CONFIDENCE_LOW; i <= PT_CONFIDENCE_HIGH; i++) {
        const pt_agreement agreement = pt_confidence_agreement((pt_confidence)i);
        json_array_append_new(list, json_pack("[o, o, o]", pt_json_count(patents[i]),
                                              pt_json_number(agreement.low), pt_json_number(agreement.high)));
    }
    return list;
}

static json_t *confidence_names(void) {
    json_t *names = json_array();
    for (int i = PT_CONFIDENCE_LOW; i <= PT_CONFIDENCE_HIGH; i++)
        json_array_append_new(names, pt_json_text(pt_confidence_name((pt_confidence)i)));
    return names;
}

static json_t *network_json(const pt_network *network) {
    json_t *nodes = json_array(), *links = json_array();
    for (size_t i = 0; i < network->n_nodes; i++) {
        const pt_network_node *node = &network->node[i];
        json_array_append_new(nodes, json_pack("[I, I, f, f]", (json_int_t)node->item,
                                               (json_int_t)node->patents, node->x, node->y));
    }
    for (size_t i = 0; i < network->n_links; i++) {
        const pt_network_link *link = &network->link[i];
        json_array_append_new(links, json_pack("[I, I, I, f]", (json_int_t)link->a, (json_int_t)link->b,
                                               (json_int_t)link->patents, link->strength));
    }
    return json_pack("{s:o, s:o}", "nodes", nodes, "links", links);
}

json_t *pt_page_study(const pt_outline *outline, const pt_page_order *order) {
    const pt_findings *f = outline->findings;
    page_builder b = {outline, f, order, pt_page_names_new(f->corpus->V)};
    json_t *data = json_object();
    json_object_set_new(data, "study", study_facts(f));
    json_object_set_new(data, "totals", totals(&b));
    json_object_set_new(data, "item_columns", item_columns());
    json_object_set_new(data, "items", item_rows(&b));
    json_object_set_new(data, "first_year", json_integer(f->indicators->first_year));
    json_object_set_new(data, "last_complete", json_integer(pt_window_of(f->documents, f->study).last));
    json_object_set_new(data, "news", news_facts(f->news));
    json_object_set_new(data, "years", years_by_item(&b));
    json_object_set_new(data, "region_years", region_years(&b));
    json_object_set_new(data, "technologies", technologies(&b));
    json_object_set_new(data, "network", network_json(f->network));
    json_object_set_new(data, "patents", json_integer(order->n));
    json_object_set_new(data, "block", json_integer(PT_PAGE_BLOCK));
    json_object_set_new(data, "confidence", confidence_names());
    json_object_set_new(data, "reliability", reliability(f));
    json_object_set_new(data, "cohesive", pt_json_number((double)PT_COHESIVE));
    json_object_set_new(data, "words", pt_page_names_take(&b.words));
    set_provenance(data, outline);
    return data;
}

json_t *pt_page_topics(const pt_outline *outline, const pt_topic_map *map) {
    const pt_findings *f = outline->findings;
    page_builder b = {outline, f, NULL, pt_page_names_new(f->corpus->V)};
    json_t *list = topics(&b, map);
    return json_pack("{s:o, s:o}", "topics", list, "words", pt_page_names_take(&b.words));
}

json_t *pt_page_tables(const pt_outline *outline) {
    static const struct {
        const char *name;
        int table;
    } shown[] = {{"reasons", PT_TABLE_REASONS},  {"industries", PT_TABLE_INDUSTRIES},
                 {"paths", PT_TABLE_ITEM_PATHS}, {"clusters", PT_TABLE_CLUSTERS},
                 {"entries", PT_TABLE_ENTRIES},  {"notes", PT_TABLE_NOTES},
                 {"changes", PT_TABLE_CHANGES}};
    json_t *all = json_object();
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (pt_table_is_there(outline, shown[i].table))
            json_object_set_new(all, shown[i].name, pt_table_json(outline, shown[i].table));
    return all;
}
