/* SPDX-License-Identifier: Apache-2.0 */
/* network_map.c - the region's part of network.h: which items its patents have together, and a place for
 * each. */
#include "base/vec.h"
#include "study/cooccurrence.h"
#include "study/network.h"

#include <math.h>
#include <stdlib.h>

typedef struct force {
    double x, y;
} force;

static void repel(const pt_network *network, double ideal, force *on) {
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

static void attract(const pt_network *network, double ideal, force *on) {
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
static void move(pt_network *network, const force *on, double step) {
    const double GRAVITY = 0.5;
    for (size_t a = 0; a < network->n_nodes; a++) {
        pt_network_node *node = &network->node[a];
        const double x = on[a].x - GRAVITY * node->x, y = on[a].y - GRAVITY * node->y;
        const double length = sqrt(x * x + y * y), scale = length > step ? step / length : 1;
        node->x += x * scale;
        node->y += y * scale;
    }
}

static void fit_square(pt_network *network) {
    double most = 0;
    for (size_t a = 0; a < network->n_nodes; a++)
        most = fmax(most, fmax(fabs(network->node[a].x), fabs(network->node[a].y)));
    for (size_t a = 0; a < network->n_nodes && most > 0; a++) {
        network->node[a].x /= most;
        network->node[a].y /= most;
    }
}

static void place_nodes(pt_network *network) {
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

static uint32_t region_patents(const pt_documents *documents, const pt_mapping *mapping) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < mapping->D; d++)
        n += documents->at[d].in_period && documents->at[d].weight > 0 &&
             mapping->start[d + 1] > mapping->start[d];
    return n;
}

void pt_network_add_region(pt_network *network, const pt_documents *documents, const pt_mapping *mapping) {
    const double N = region_patents(documents, mapping);
    pt_cooccurrence *shared = pt_cooccurrence_new(documents, mapping, true);
    PT_VEC(pt_network_link) links = {0};
    network->node = pt_zalloc(network->n_items, sizeof *network->node);
    for (uint32_t k = 0; k < network->n_items; k++)
        if (pt_shared_patents(shared, k, k))
            network->node[network->n_nodes++] =
                (pt_network_node){.item = k, .patents = pt_shared_patents(shared, k, k)};
    for (uint32_t a = 0; a < network->n_nodes; a++)
        for (uint32_t b = a + 1; b < network->n_nodes; b++) {
            const pt_network_node *x = &network->node[a], *y = &network->node[b];
            const uint32_t both = pt_shared_patents(shared, x->item, y->item);
            if (both)
                pt_vec_push(&links,
                            ((pt_network_link){a, b, both, N * both / ((double)x->patents * y->patents)}));
        }
    network->link = links.at;
    network->n_links = links.n;
    place_nodes(network);
    pt_cooccurrence_free(shared);
}
