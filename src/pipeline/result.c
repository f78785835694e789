/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/result.h"
#include "base/mem.h"
#include "report/terminal.h"

#include <stdlib.h>
#include <string.h>

struct pt_result {
    pt_intern *texts; /* owns every string */
    pt_result_item *items;
    size_t n_items;
    pt_result_technology *technologies;
    size_t n_technologies;
    char *folder, *table;
};

static const char *keep(pt_result *result, const char *text) {
    return pt_intern_text(result->texts, pt_intern_add(result->texts, text, strlen(text)));
}

static uint32_t index_of(const pt_selection *selection, uint32_t item) {
    uint32_t i = 0;
    while (i < selection->n && selection->at[i].item != item)
        i++;
    return i;
}

static void copy_items(pt_result *result, const pt_session *s) {
    result->n_items = s->selection->n;
    result->items = pt_alloc(result->n_items, sizeof *result->items);
    for (size_t i = 0; i < result->n_items; i++) {
        const pt_selected *selected = &s->selection->at[i];
        const pt_item *item = &s->items->at[selected->item];
        const pt_indicator *indicator = &s->indicators->at[selected->item];
        result->items[i] = (pt_result_item){
            .industry = keep(result, s->industries->name[selected->industry]),
            .item_id = keep(result, item->id),
            .item = keep(result, item->name),
            .patents = indicator->patents,
            .share = indicator->share,
            .lq_shrunk = indicator->lq_shrunk,
            .growth = indicator->growth,
            .stability = selected->stability,
        };
    }
}

static void copy_technologies(pt_result *result, const pt_session *s) {
    result->n_technologies = s->technologies->n;
    result->technologies = pt_alloc(result->n_technologies, sizeof *result->technologies);
    for (size_t i = 0; i < result->n_technologies; i++) {
        const pt_technology *technology = &s->technologies->at[i];
        result->technologies[i] = (pt_result_technology){
            .item = index_of(s->selection, technology->item),
            .name = keep(result, technology->name),
            .patents = technology->n_patents,
            .cohesion = technology->cohesion,
        };
    }
}

pt_result *pt_result_make(const pt_session *s, char *folder) {
    pt_result *result = pt_zalloc(1, sizeof *result);
    result->texts = pt_intern_new();
    result->folder = folder;
    if (s->selection)
        copy_items(result, s);
    if (s->technologies) {
        copy_technologies(result, s);
        const pt_findings findings = pt_session_findings(s);
        pt_buf table = {0};
        pt_report_terminal(&findings, &table, s->params->table_width, s->params->table_colour);
        result->table = pt_buf_take(&table);
    }
    return result;
}

void pt_result_free(pt_result *result) {
    if (!result)
        return;
    pt_intern_free(result->texts);
    free(result->items);
    free(result->technologies);
    free(result->folder);
    free(result->table);
    free(result);
}

size_t pt_result_items(const pt_result *result, const pt_result_item **items) {
    *items = result->items;
    return result->n_items;
}

size_t pt_result_technologies(const pt_result *result, const pt_result_technology **technologies) {
    *technologies = result->technologies;
    return result->n_technologies;
}

const char *pt_result_folder(const pt_result *result) {
    return result->folder ? result->folder : "";
}

const char *pt_result_table(const pt_result *result) {
    return result->table ? result->table : "";
}
