/* SPDX-License-Identifier: Apache-2.0 */
/* Rows are arrays, words and applicants are numbers into the lists of the block: the page stays small. */
#include "base/mem.h"
#include "report/page.h"
#include "report/settings.h"

#include <stdlib.h>

pt_page_names pt_page_names_new(size_t n_ids) {
    return (pt_page_names){json_array(), pt_zalloc(n_ids, sizeof(uint32_t))};
}

json_t *pt_page_name(pt_page_names *names, uint32_t id, const char *text) {
    if (!names->index[id]) {
        json_array_append_new(names->list, pt_json_text(text));
        names->index[id] = (uint32_t)json_array_size(names->list);
    }
    return json_integer(names->index[id] - 1);
}

json_t *pt_page_names_take(pt_page_names *names) {
    json_t *list = names->list;
    free(names->index);
    *names = (pt_page_names){0};
    return list;
}

static void place_patent(pt_page_order *order, const pt_document *document, uint32_t d) {
    if (order->place[d] != PT_NO_PLACE || !pt_in_region(document))
        return;
    order->place[d] = order->n;
    order->document[order->n++] = d;
}

void pt_page_order_init(pt_page_order *order, const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    const uint32_t D = f->documents->D;
    *order = (pt_page_order){0, pt_alloc(D, sizeof(uint32_t)), pt_alloc(D, sizeof(uint32_t))};
    for (uint32_t d = 0; d < D; d++)
        order->place[d] = PT_NO_PLACE;
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        const pt_technology *technology = &f->technologies->at[t];
        for (uint32_t i = 0; i < technology->n_patents && i < PT_REPRESENTATIVES; i++)
            place_patent(order, &f->documents->at[technology->patent[i]], technology->patent[i]);
    }
    for (uint32_t d = 0; d < D; d++)
        place_patent(order, &f->documents->at[d], d);
}

void pt_page_order_free(pt_page_order *order) {
    free(order->document);
    free(order->place);
    *order = (pt_page_order){0};
}

json_t *pt_page_lists(const pt_outline *outline, const pt_page_order *order) {
    const pt_findings *f = outline->findings;
    json_t *items = json_array(), *technologies = json_array(), *unclassified = json_array(),
           *cut = json_array();
    for (uint32_t k = 0; k < f->items->n; k++) {
        json_t *places = json_array();
        for (uint32_t i = outline->item_start[k]; i < outline->item_start[k + 1]; i++)
            json_array_append_new(places, json_integer(order->place[outline->at[i].document]));
        json_array_append_new(items, places);
    }
    for (uint32_t t = 0; t < f->technologies->n; t++) {
        json_t *places = json_array();
        for (uint32_t i = 0; i < f->technologies->at[t].n_patents; i++)
            if (order->place[f->technologies->at[t].patent[i]] != PT_NO_PLACE)
                json_array_append_new(places, json_integer(order->place[f->technologies->at[t].patent[i]]));
        json_array_append_new(technologies, places);
    }
    for (uint32_t p = 0; p < order->n; p++) {
        const uint32_t d = order->document[p];
        if (f->mapping->start[d] == f->mapping->start[d + 1])
            json_array_append_new(unclassified, json_integer(p));
        if (f->documents->at[d].is_cut)
            json_array_append_new(cut, json_integer(p));
    }
    return json_pack("{s:o, s:o, s:o, s:o}", "items", items, "technologies", technologies, "unclassified",
                     unclassified, "cut", cut);
}

/* [item, word, percent, word, percent …] for each item of a patent. */
static json_t *assignments(const pt_findings *f, pt_page_names *words, uint32_t d) {
    json_t *rows = json_array();
    for (uint32_t i = f->mapping->start[d]; i < f->mapping->start[d + 1]; i++) {
        const uint32_t item = f->mapping->at[i].item;
        pt_evidence_word evidence[PT_EVIDENCE_WORDS];
        const size_t n = pt_evidence_words(f->evidence, f->corpus, d, item, evidence);
        json_t *row = json_array();
        json_array_append_new(row, json_integer(item));
        for (size_t e = 0; e < n && e < PT_PAGE_EVIDENCE; e++) {
            const uint32_t w = evidence[e].word;
            json_array_append_new(row, pt_page_name(words, w, f->corpus->form[w]));
            json_array_append_new(row, json_integer((json_int_t)(100 * (double)evidence[e].share + 0.5)));
        }
        json_array_append_new(rows, row);
    }
    return rows;
}

/* [number, date, title, applicants, confidence, cut, assignments] */
static json_t *patent_row(const pt_findings *f, pt_page_names *words, pt_page_names *applicants, uint32_t d) {
    const pt_document *document = &f->documents->at[d];
    json_t *who = json_array();
    for (uint32_t i = 0; i < document->n_applicants; i++)
        json_array_append_new(who, pt_page_name(applicants, document->applicant[i],
                                                pt_intern_text(f->documents->names, document->applicant[i])));
    return json_pack("[o, I, o, o, i, i, o]", pt_json_text(document->application_number),
                     (json_int_t)document->application_date, pt_json_text(document->title), who,
                     f->mapping->confidence[d], document->is_cut, assignments(f, words, d));
}

json_t *pt_page_patents(const pt_outline *outline, const pt_page_order *order, uint32_t block) {
    const pt_findings *f = outline->findings;
    pt_page_names words = pt_page_names_new(f->corpus->V),
                  applicants = pt_page_names_new(pt_intern_count(f->documents->names));
    json_t *rows = json_array(), *value = json_object();
    for (uint32_t p = block * PT_PAGE_BLOCK; p < order->n && p < (block + 1) * PT_PAGE_BLOCK; p++)
        json_array_append_new(rows, patent_row(f, &words, &applicants, order->document[p]));
    json_object_set_new(value, "rows", rows);
    json_object_set_new(value, "words", pt_page_names_take(&words));
    json_object_set_new(value, "applicants", pt_page_names_take(&applicants));
    return value;
}
