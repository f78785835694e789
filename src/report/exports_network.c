/* SPDX-License-Identifier: Apache-2.0 */
/* The network of items for other tools. GraphML: Brandes et al., GD 2001; read by Gephi, igraph, networkx. */
#include "base/file.h"
#include "report/exports.h"
#include "report/markup.h"
#include "report/settings.h"

#include <math.h>
#include <stdlib.h>

static const struct {
    const char *domain, *name, *type;
} keys[] = {{"node", "item_id", "string"}, {"node", "label", "string"},   {"node", "industry", "string"},
            {"node", "patents", "int"},    {"node", "item_no", "int"},    {"node", "lq_shrunk", "double"},
            {"node", "x", "double"},       {"node", "y", "double"},       {"node", "cluster", "int"},
            {"edge", "patents", "int"},    {"edge", "strength", "double"}};
enum { N_KEYS = sizeof keys / sizeof *keys, EDGE_PATENTS = 9, EDGE_STRENGTH = 10 };

static void put_text(pt_buf *out, int key, const char *value) {
    char *valid = pt_valid_text(value);
    pt_buf_printf(out, "<data key=\"k%d\">", key);
    pt_markup_escape(out, valid);
    pt_buf_puts(out, "</data>");
    free(valid);
}

static void put_number(pt_buf *out, int key, double value) {
    if (isfinite(value))
        pt_buf_printf(out, "<data key=\"k%d\">%.7g</data>", key, value);
}

/* From 1; 0 = in none. */
static uint32_t cluster_of(const pt_findings *f, uint32_t item) {
    return f->network->cluster[item];
}

static void put_node(pt_buf *out, const pt_outline *outline, size_t i) {
    const pt_findings *f = outline->findings;
    const pt_network_node *node = &f->network->node[i];
    const pt_item *item = &f->items->at[node->item];
    pt_buf_printf(out, "  <node id=\"n%zu\">", i);
    put_text(out, 0, item->id);
    put_text(out, 1, item->name);
    put_text(out, 2, pt_industry_name(f, item->industry));
    put_number(out, 3, node->patents);
    put_number(out, 4, outline->item_no[node->item]);
    put_number(out, 5, f->indicators->at[node->item].lq_shrunk);
    put_number(out, 6, node->x);
    put_number(out, 7, node->y);
    if (cluster_of(f, node->item))
        put_number(out, 8, cluster_of(f, node->item));
    pt_buf_puts(out, "</node>\n");
}

pt_status pt_graphml_write(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_network *network = outline->findings->network;
    char *path = pt_path_join(folder, "network.graphml");
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    free(path);
    if (status)
        return status;
    pt_buf out = {0};
    pt_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (int i = 0; i < N_KEYS; i++)
        pt_buf_printf(&out, "  <key id=\"k%d\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", i,
                      keys[i].domain, keys[i].name, keys[i].type);
    pt_buf_puts(&out, "  <graph id=\"items\" edgedefault=\"undirected\">\n");
    for (size_t i = 0; i < network->n_nodes; i++)
        put_node(&out, outline, i);
    for (size_t i = 0; i < network->n_links; i++) {
        const pt_network_link *link = &network->link[i];
        pt_buf_printf(&out, "  <edge source=\"n%u\" target=\"n%u\">", link->a, link->b);
        put_number(&out, EDGE_PATENTS, link->patents);
        put_number(&out, EDGE_STRENGTH, link->strength);
        pt_buf_puts(&out, "</edge>\n");
    }
    pt_buf_puts(&out, "  </graph>\n</graphml>\n");
    pt_writer_bytes(writer, out.at, out.n);
    pt_buf_free(&out);
    return pt_writer_close(writer, err);
}

static json_t *vosviewer_item(const pt_outline *outline, const pt_network_node *node) {
    const pt_findings *f = outline->findings;
    const pt_item *item = &f->items->at[node->item];
    json_t *scores = json_object();
    if (isfinite(f->indicators->at[node->item].lq_shrunk))
        json_object_set_new(scores, "LQ", json_real(f->indicators->at[node->item].lq_shrunk));
    json_t *entry =
        json_pack("{s:I, s:o, s:o, s:f, s:f, s:{s:I}, s:o}", "id", (json_int_t)node->item + 1, "label",
                  pt_json_text(item->name), "description", pt_json_text(item->id), "x", node->x, "y", node->y,
                  "weights", "Patents", (json_int_t)node->patents, "scores", scores);
    if (cluster_of(f, node->item))
        json_object_set_new(entry, "cluster", json_integer(cluster_of(f, node->item)));
    return entry;
}

pt_status pt_vosviewer_write(const pt_outline *outline, const char *folder, pt_error *err) {
    const pt_network *network = outline->findings->network;
    json_t *items = json_array(), *links = json_array();
    for (size_t i = 0; i < network->n_nodes; i++)
        json_array_append_new(items, vosviewer_item(outline, &network->node[i]));
    for (size_t i = 0; i < network->n_links; i++) {
        const pt_network_link *link = &network->link[i];
        json_array_append_new(links, json_pack("{s:I, s:I, s:f}", "source_id",
                                               (json_int_t)network->node[link->a].item + 1, "target_id",
                                               (json_int_t)network->node[link->b].item + 1, "strength",
                                               link->strength));
    }
    json_t *file = json_pack("{s:{s:o, s:o}}", "network", "items", items, "links", links);
    char *path = pt_path_join(folder, "vosviewer.json");
    const pt_status status = pt_json_write(file, path, 1, err);
    free(path);
    json_decref(file);
    return status;
}
