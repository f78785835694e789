/* SPDX-License-Identifier: Apache-2.0 */
#include "report/item_network.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#include <math.h>
#include <stdlib.h>

typedef PT_VEC(pt_network_link) links;

/* Marks the items that share a patent of the region with another. */
static void mark_linked(const pt_findings *f, bool *linked) {
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const uint32_t from = f->mapping->start[d], to = f->mapping->start[d + 1];
        for (uint32_t i = from; i < to && to - from > 1 && pt_in_region(&f->documents->at[d]); i++)
            linked[f->mapping->at[i].item] = true;
    }
}

/* Number of each item's node + 1; 0 = no node. */
static uint32_t *add_nodes(pt_item_network *network, const pt_outline *outline) {
    const pt_findings *f = outline->findings;
    uint32_t *place = pt_zalloc(f->items->n, sizeof *place);
    bool *linked = pt_zalloc(f->items->n, sizeof *linked);
    mark_linked(f, linked);
    network->node = pt_zalloc(f->items->n, sizeof *network->node);
    for (uint32_t k = 0; k < f->items->n; k++) {
        const uint32_t patents = outline->item_start[k + 1] - outline->item_start[k];
        if (linked[k] || (outline->item_no[k] && patents)) {
            network->node[network->n_nodes++] = (pt_network_node){.item = k, .patents = patents};
            place[k] = (uint32_t)network->n_nodes;
        }
    }
    free(linked);
    return place;
}

static int by_nodes(const void *a, const void *b) {
    const pt_network_link *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void collect_pairs(pt_item_network *network, const pt_findings *f, const uint32_t *place,
                          links *pairs) {
    for (uint32_t d = 0; d < f->documents->D; d++) {
        const uint32_t from = f->mapping->start[d], to = f->mapping->start[d + 1];
        if (!pt_in_region(&f->documents->at[d]))
            continue;
        network->n_patents += from < to;
        for (uint32_t i = from; i < to; i++)
            for (uint32_t j = i + 1; j < to; j++) {
                const uint32_t a = place[f->mapping->at[i].item] - 1, b = place[f->mapping->at[j].item] - 1;
                const pt_network_link pair = {a < b ? a : b, a < b ? b : a, 1, 0};
                pt_vec_push(pairs, pair);
            }
    }
}

/* Equal pairs become one link that counts them. */
static void merge_pairs(pt_item_network *network, links *pairs) {
    pt_sort(pairs->at, pairs->n, sizeof *pairs->at, by_nodes);
    size_t n = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        if (n && by_nodes(&pairs->at[n - 1], &pairs->at[i]) == 0)
            pairs->at[n - 1].patents++;
        else
            pairs->at[n++] = pairs->at[i];
    }
    for (size_t i = 0; i < n; i++) {
        pt_network_link *link = &pairs->at[i];
        link->strength = (double)network->n_patents * link->patents /
                         ((double)network->node[link->a].patents * network->node[link->b].patents);
    }
    network->link = pairs->at;
    network->n_links = n;
}

typedef struct force {
    double x, y;
} force;

static void repel(const pt_item_network *network, double ideal, force *on) {
    for (size_t a = 0; a < network->n_nodes; a++)
        for (size_t b = a + 1; b < network->n_nodes; b++) {
            const double dx = network->node[a].x - network->node[b].x,
                         dy = network->node[a].y - network->node[b].y;
            const double push = ideal * ideal / (dx * dx + dy * dy + 1e-9);
            on[a].x += dx * push;
            on[a].y += dy * push;
            on[b].x -= dx * push;
            on[b].y -= dy * push;
        }
}

static void attract(const pt_item_network *network, double ideal, force *on) {
    const pt_network_node *node = network->node;
    for (size_t i = 0; i < network->n_links; i++) {
        const uint32_t a = network->link[i].a, b = network->link[i].b;
        const double dx = node[a].x - node[b].x, dy = node[a].y - node[b].y;
        const double weight = network->link[i].patents / sqrt((double)node[a].patents * node[b].patents);
        const double pull = weight * sqrt(dx * dx + dy * dy) / ideal;
        on[a].x -= dx * pull;
        on[a].y -= dy * pull;
        on[b].x += dx * pull;
        on[b].y += dy * pull;
    }
}

/* Moves every node along its force, by at most `step`. */
static void move(pt_item_network *network, const force *on, double step) {
    const double GRAVITY = 0.5;
    for (size_t a = 0; a < network->n_nodes; a++) {
        pt_network_node *node = &network->node[a];
        const double x = on[a].x - GRAVITY * node->x, y = on[a].y - GRAVITY * node->y;
        const double length = sqrt(x * x + y * y), scale = length > step ? step / length : 1;
        node->x += x * scale;
        node->y += y * scale;
    }
}

static void fit_square(pt_item_network *network) {
    double most = 0;
    for (size_t a = 0; a < network->n_nodes; a++)
        most = fmax(most, fmax(fabs(network->node[a].x), fabs(network->node[a].y)));
    for (size_t a = 0; a < network->n_nodes && most > 0; a++) {
        network->node[a].x /= most;
        network->node[a].y /= most;
    }
}

static void place_nodes(pt_item_network *network) {
    enum { STEPS = 300 };
    const double golden_angle = 2.399963229728653;
    const double n = (double)network->n_nodes, ideal = n > 0 ? 1.2 / sqrt(n) : 1;
    force *on = pt_alloc(network->n_nodes, sizeof *on);
    for (size_t a = 0; a < network->n_nodes; a++) { /* a spiral: no two alike, evenly spread */
        const double radius = sqrt(((double)a + 0.5) / n);
        network->node[a].x = radius * cos(golden_angle * (double)a);
        network->node[a].y = radius * sin(golden_angle * (double)a);
    }
    for (int step = 0; step < STEPS; step++) {
        for (size_t a = 0; a < network->n_nodes; a++)
            on[a] = (force){0};
        repel(network, ideal, on);
        attract(network, ideal, on);
        move(network, on, 0.1 * (1 - (double)step / STEPS));
    }
    free(on);
    fit_square(network);
}

pt_item_network *pt_item_network_new(const pt_outline *outline) {
    pt_item_network *network = pt_zalloc(1, sizeof *network);
    links pairs = {0};
    uint32_t *place = add_nodes(network, outline);
    collect_pairs(network, outline->findings, place, &pairs);
    merge_pairs(network, &pairs);
    place_nodes(network);
    free(place);
    return network;
}

void pt_item_network_free(pt_item_network *network) {
    if (!network)
        return;
    free(network->node);
    free(network->link);
    free(network);
}
