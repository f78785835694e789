/* SPDX-License-Identifier: Apache-2.0 */
#include "report/outline.h"
#include "base/mem.h"
#include "base/sort.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_share(const void *a, const void *b) {
    const pt_item_patent *x = a, *y = b;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return x->document < y->document ? -1 : x->document > y->document;
}

static void collect_patents(pt_outline *outline) {
    const pt_findings *f = outline->findings;
    const uint32_t K = f->items->n, D = f->documents->D;
    outline->item_start = pt_zalloc((size_t)K + 1, sizeof *outline->item_start);
    for (uint32_t d = 0; d < D; d++)
        if (pt_in_region(&f->documents->at[d]))
            for (uint32_t i = f->mapping->start[d]; i < f->mapping->start[d + 1]; i++)
                outline->item_start[f->mapping->at[i].item + 1]++;
    for (uint32_t k = 0; k < K; k++)
        outline->item_start[k + 1] += outline->item_start[k];
    outline->at = pt_alloc(outline->item_start[K], sizeof *outline->at);
    uint32_t *next = pt_alloc(K, sizeof *next);
    memcpy(next, outline->item_start, K * sizeof *next);
    for (uint32_t d = 0; d < D; d++) {
        const pt_document *document = &f->documents->at[d];
        if (!pt_in_region(document))
            continue;
        for (uint32_t i = f->mapping->start[d]; i < f->mapping->start[d + 1]; i++) {
            const pt_assignment *row = &f->mapping->at[i];
            outline->at[next[row->item]++] = (pt_item_patent){d, row->share * document->weight};
        }
    }
    free(next);
    for (uint32_t k = 0; k < K; k++)
        pt_sort(outline->at + outline->item_start[k], outline->item_start[k + 1] - outline->item_start[k],
                sizeof *outline->at, by_share);
}

static void order_technologies(pt_outline *outline) {
    const pt_technologies *technologies = outline->findings->technologies;
    const uint32_t K = outline->findings->items->n;
    outline->first_technology = pt_zalloc((size_t)K + 1, sizeof *outline->first_technology);
    outline->by_item = pt_alloc(technologies->n, sizeof *outline->by_item);
    uint32_t n = 0;
    for (uint32_t k = 0; k < K; k++) {
        for (uint32_t t = 0; t < technologies->n; t++)
            if (technologies->at[t].item == k)
                outline->by_item[n++] = t;
        outline->first_technology[k + 1] = n;
    }
}

static void count_region(pt_outline *outline) {
    const pt_findings *f = outline->findings;
    bool *seen = pt_zalloc(pt_intern_count(f->documents->names), sizeof *seen);
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const pt_document *document = &f->documents->at[d];
        if (!pt_in_region(document))
            continue;
        outline->region_patents++;
        outline->region_unclassified += f->mapping->start[d] == f->mapping->start[d + 1];
        outline->region_cut += document->is_cut;
        for (uint32_t i = 0; i < document->n_applicants; i++) {
            outline->applicants += !seen[document->applicant[i]];
            seen[document->applicant[i]] = true;
        }
        const uint32_t date = document->application_date;
        if (date && (!outline->first_date || date < outline->first_date))
            outline->first_date = date;
        if (date > outline->last_date)
            outline->last_date = date;
    }
    free(seen);
}

void pt_outline_init(pt_outline *outline, const pt_findings *findings) {
    *outline = (pt_outline){.findings = findings};
    const uint32_t K = findings->items->n;
    outline->item_no = pt_zalloc(K, sizeof *outline->item_no);
    outline->stability = pt_alloc(K, sizeof *outline->stability);
    for (uint32_t k = 0; k < K; k++)
        outline->stability[k] = NAN;
    for (uint32_t i = 0; i < findings->selection->n; i++) {
        const pt_selected *selected = &findings->selection->at[i];
        outline->item_no[selected->item] = i + 1;
        outline->stability[selected->item] = selected->stability;
    }
    collect_patents(outline);
    order_technologies(outline);
    count_region(outline);
}

void pt_outline_free(pt_outline *outline) {
    free(outline->item_no);
    free(outline->stability);
    free(outline->item_start);
    free(outline->at);
    free(outline->first_technology);
    free(outline->by_item);
    *outline = (pt_outline){0};
}

static int by_weight(const void *a, const void *b) {
    const pt_item_word *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->word < y->word ? -1 : x->word > y->word;
}

size_t pt_outline_item_words(const pt_outline *outline, uint32_t item, pt_item_word *scratch,
                             pt_item_word words[PT_ITEM_WORDS]) {
    const pt_corpus *corpus = outline->findings->corpus;
    const uint32_t from = outline->item_start[item], to = outline->item_start[item + 1];
    uint64_t tokens = 0;
    for (uint32_t i = from; i < to; i++)
        tokens += corpus->doc_start[outline->at[i].document + 1] - corpus->doc_start[outline->at[i].document];
    pt_item_word *met = pt_alloc(tokens, sizeof *met); /* each word of the item once */
    uint32_t *last = pt_zalloc(corpus->V, sizeof *last);
    size_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        const uint32_t d = outline->at[i].document;
        for (uint64_t j = corpus->doc_start[d]; j < corpus->doc_start[d + 1]; j++) {
            const uint32_t w = corpus->word[j];
            if (last[w] == i - from + 1)
                continue;
            last[w] = i - from + 1;
            if (scratch[w].patents++ == 0)
                met[n++].word = w;
            scratch[w].weight += outline->at[i].share * log((double)corpus->D / corpus->doc_freq[w]);
        }
    }
    free(last);
    for (size_t i = 0; i < n; i++) {
        const uint32_t w = met[i].word;
        met[i] = (pt_item_word){w, scratch[w].patents, scratch[w].weight};
        scratch[w] = (pt_item_word){0};
    }
    pt_sort(met, n, sizeof *met, by_weight);
    n = n < PT_ITEM_WORDS ? n : PT_ITEM_WORDS;
    memcpy(words, met, n * sizeof *met);
    free(met);
    return n;
}

void pt_evidence_text(const pt_evidence *evidence, const pt_corpus *corpus, uint32_t document, uint32_t item,
                      pt_buf *out) {
    pt_evidence_word words[PT_EVIDENCE_WORDS];
    const size_t n = pt_evidence_words(evidence, corpus, document, item, words);
    for (size_t i = 0; i < n; i++)
        pt_buf_printf(out, "%s%s %.0f %%", i ? "; " : "", corpus->form[words[i].word],
                      100.0 * (double)words[i].share);
}

void pt_outline_evidence(const pt_outline *outline, uint32_t document, uint32_t item, pt_buf *out) {
    const pt_findings *f = outline->findings;
    pt_evidence_text(f->evidence, f->corpus, document, item, out);
}

char *pt_outline_topic_name(const pt_outline *outline, uint32_t topic) {
    const pt_items *items = outline->findings->items;
    return topic < items->n ? pt_strdup(items->at[topic].name)
                            : pt_strfmt("일반 주제 %u", topic - items->n + 1);
}

void pt_outline_representatives(const pt_outline *outline, const pt_technology *technology, pt_buf *out) {
    for (uint32_t i = 0; i < technology->n_patents && i < PT_REPRESENTATIVES; i++) {
        const pt_document *document = &outline->findings->documents->at[technology->patent[i]];
        pt_buf_printf(out, "%s%s", i ? "; " : "", document->application_number);
    }
}

const char *pt_date_text(char text[PT_DATE_BYTES], uint32_t date) {
    const unsigned year = date / 10000 % 10000, month = date / 100 % 100, day = date % 100;
    if (!year)
        text[0] = '\0';
    else if (!month)
        snprintf(text, PT_DATE_BYTES, "%04u", year);
    else if (!day)
        snprintf(text, PT_DATE_BYTES, "%04u-%02u", year, month);
    else
        snprintf(text, PT_DATE_BYTES, "%04u-%02u-%02u", year, month, day);
    return text;
}

uint32_t pt_outline_years(const pt_outline *outline) {
    const pt_indicators *x = outline->findings->indicators;
    return x->first_year ? x->last_year - x->first_year + 1 : 0;
}

const char *pt_region_label(const pt_study *study) {
    return study->region && study->region[0] ? study->region : "전체";
}

const char *pt_industry_name(const pt_findings *findings, uint32_t industry) {
    return industry < findings->industries->n ? findings->industries->name[industry] : "";
}
