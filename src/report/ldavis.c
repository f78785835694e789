/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON that LDAvis 0.3.2 reads: columns side by side, topics numbered from 1 in their own order. */
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/sort.h"
#include "report/topic_map.h"

#include <math.h>
#include <stdlib.h>

static json_t *map_columns(const pt_topic_map *map) {
    json_t *x = json_array(), *y = json_array(), *topics = json_array(), *cluster = json_array(),
           *share = json_array();
    for (uint32_t k = 0; k < map->K; k++) {
        json_array_append_new(x, json_real(map->x[k]));
        json_array_append_new(y, json_real(map->y[k]));
        json_array_append_new(topics, json_integer(k + 1));
        json_array_append_new(cluster, json_integer(1));
        json_array_append_new(share, json_real(100 * map->share[k]));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "x", x, "y", y, "topics", topics, "cluster", cluster,
                     "Freq", share);
}

typedef struct term_columns {
    json_t *term, *count, *total, *category, *log_phi, *log_lift;
} term_columns;

static void add_term(const term_columns *columns, const char *word, double count, double total,
                     json_t *category, double log_phi, double log_lift) {
    json_array_append_new(columns->term, json_string(word));
    json_array_append_new(columns->count, json_real(count));
    json_array_append_new(columns->total, json_real(total));
    json_array_append_new(columns->category, category);
    json_array_append_new(columns->log_phi, json_real(log_phi));
    json_array_append_new(columns->log_lift, json_real(log_lift));
}

typedef struct salient {
    double saliency;
    uint32_t word;
} salient;

static int by_saliency(const void *a, const void *b) {
    const salient *x = a, *y = b;
    if (x->saliency != y->saliency)
        return x->saliency < y->saliency ? 1 : -1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* saliency_w = p_w Σ_k p(k|w) ln(p(k|w) / p(k))   (Chuang, Manning, Heer, Termite, AVI 2012) */
static void add_overview(const term_columns *columns, const pt_outline *outline, const pt_topic_map *map) {
    const pt_model *model = outline->findings->model;
    salient *order = pt_zalloc(map->V, sizeof *order);
    for (uint32_t w = 0; w < map->V; w++) {
        order[w].word = w;
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++) {
            const double p = (double)model->count[i] / (double)map->word_total[w];
            order[w].saliency += p * log(p / map->share[model->topic[i]]);
        }
        order[w].saliency *= (double)map->word_total[w] / (double)model->N;
    }
    pt_sort(order, map->V, sizeof *order, by_saliency);
    for (uint32_t i = 0; i < map->V && i < PT_RELEVANT_WORDS; i++) {
        const double total = (double)map->word_total[order[i].word], place = PT_RELEVANT_WORDS - i;
        add_term(columns, outline->findings->corpus->form[order[i].word], total, total,
                 json_string("Default"), place, place);
    }
    free(order);
}

static json_t *term_table(const pt_outline *outline, const pt_topic_map *map) {
    const term_columns columns = {json_array(), json_array(), json_array(),
                                  json_array(), json_array(), json_array()};
    add_overview(&columns, outline, map);
    for (uint32_t k = 0; k < map->K; k++)
        for (uint32_t i = map->term_start[k]; i < map->term_start[k + 1]; i++) {
            const pt_topic_term *term = &map->term[i];
            add_term(&columns, outline->findings->corpus->form[term->word], term->count,
                     (double)map->word_total[term->word], json_sprintf("Topic%u", k + 1),
                     (double)term->log_phi, (double)term->log_lift);
        }
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "Term", columns.term, "Freq", columns.count, "Total",
                     columns.total, "Category", columns.category, "logprob", columns.log_phi, "loglift",
                     columns.log_lift);
}

static json_t *token_table(const pt_outline *outline, const pt_topic_map *map) {
    const pt_model *model = outline->findings->model;
    bool *used = pt_zalloc(map->V, sizeof *used);
    for (uint32_t i = 0; i < map->term_start[map->K]; i++)
        used[map->term[i].word] = true;
    json_t *term = json_array(), *topic = json_array(), *share = json_array();
    for (uint32_t w = 0; w < map->V; w++)
        for (uint64_t i = model->word_start[w]; used[w] && i < model->word_start[w + 1]; i++) {
            json_array_append_new(term, json_string(outline->findings->corpus->form[w]));
            json_array_append_new(topic, json_integer(model->topic[i] + 1));
            json_array_append_new(share, json_real((double)model->count[i] / (double)map->word_total[w]));
        }
    free(used);
    return json_pack("{s:o, s:o, s:o}", "Term", term, "Topic", topic, "Freq", share);
}

pt_status pt_ldavis_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                          pt_error *err) {
    json_t *order = json_array();
    for (uint32_t k = 0; k < map->K; k++)
        json_array_append_new(order, json_integer(k + 1));
    json_t *all =
        json_pack("{s:o, s:o, s:o, s:i, s:f, s:{s:s, s:s}, s:o}", "mdsDat", map_columns(map), "tinfo",
                  term_table(outline, map), "token.table", token_table(outline, map), "R", PT_RELEVANT_WORDS,
                  "lambda.step", 0.01, "plot.opts", "xlab", "PC1", "ylab", "PC2", "topic.order", order);
    char *path = pt_path_join(folder, "ldavis.json");
    const pt_status status = pt_json_write(all, path, 0, err);
    free(path);
    json_decref(all);
    return status;
}
