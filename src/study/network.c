/* SPDX-License-Identifier: Apache-2.0 */
/* network.c - see network.h. The only user of igraph. */
#include "study/network.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/cooccurrence.h"

#include <assert.h>
#include <igraph/igraph.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_SHARED = 2, SEED = 1 };
static const double independent_share = 0.1;

/* igraph fails on a wrong argument, which is a bug, or without memory, which its handler has told: the
 * program ends as where pt_alloc gets none. */
static void must(igraph_error_t code) {
    if (code == IGRAPH_ENOMEM)
        exit(PT_ERR_BUG);
    if (code != IGRAPH_SUCCESS)
        abort();
}

typedef struct holding {
    uint32_t applicant, item;
} holding;

static int compare_holdings(const void *a, const void *b) {
    const holding *x = a, *y = b;
    if (x->applicant != y->applicant)
        return (x->applicant > y->applicant) - (x->applicant < y->applicant);
    return (x->item > y->item) - (x->item < y->item);
}

/* Applicants that hold both items; on the diagonal those of one. Returns the number of applicants. */
static uint32_t count_applicants(const pt_documents *documents, const pt_mapping *mapping, uint32_t *both) {
    PT_VEC(holding) all = {0};
    for (uint32_t d = 0; d < mapping->D; d++)
        for (uint32_t a = 0; documents->at[d].in_period && a < documents->at[d].n_applicants; a++)
            for (uint32_t r = mapping->start[d]; r < mapping->start[d + 1]; r++)
                pt_vec_push(&all, ((holding){documents->at[d].applicant[a], mapping->at[r].item}));
    if (all.n)
        pt_sort(all.at, all.n, sizeof *all.at, compare_holdings);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || compare_holdings(&all.at[i], &all.at[i - 1]) != 0)
            all.at[n++] = all.at[i];
    uint32_t applicants = 0;
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && all.at[to].applicant == all.at[from].applicant; to++)
            ;
        applicants++;
        for (size_t i = from; i < to; i++)
            for (size_t j = from; j < to; j++)
                both[(size_t)all.at[i].item * mapping->n_items + all.at[j].item]++;
    }
    pt_vec_free(&all);
    return applicants;
}

static uint32_t count_patents(const pt_documents *documents, const pt_mapping *mapping) {
    uint32_t n = 0;
    for (uint32_t d = 0; d < mapping->D; d++)
        n += documents->at[d].in_period && mapping->start[d + 1] > mapping->start[d];
    return n;
}

static double association(const uint32_t *both, uint32_t K, uint32_t i, uint32_t j, uint32_t N) {
    const double n_i = both[(size_t)i * K + i], n_j = both[(size_t)j * K + j];
    return n_i > 0 && n_j > 0 ? both[(size_t)i * K + j] * (double)N / (n_i * n_j) : 0;
}

static void fill_closeness(pt_network *network, const pt_documents *documents, const pt_mapping *mapping) {
    const uint32_t K = network->n_items;
    pt_cooccurrence *patents = pt_cooccurrence_new(documents, mapping, false);
    uint32_t *applicants = pt_zalloc((size_t)K * K, sizeof *applicants);
    const uint32_t n_applicants = count_applicants(documents, mapping, applicants);
    const uint32_t n_patents = count_patents(documents, mapping);
    for (uint32_t i = 0; i < K; i++)
        for (uint32_t j = i + 1; j < K; j++) {
            const size_t at = (size_t)i * K + j;
            if (pt_shared_patents(patents, i, i) < PT_NETWORK_PATENTS ||
                pt_shared_patents(patents, j, j) < PT_NETWORK_PATENTS ||
                patents->patents[at] + applicants[at] < FEWEST_SHARED)
                continue;
            const double a = (association(patents->patents, K, i, j, n_patents) +
                              association(applicants, K, i, j, n_applicants)) /
                             2;
            if (a > 1)
                network->closeness[at] = network->closeness[(size_t)j * K + i] = a;
        }
    pt_cooccurrence_free(patents);
    free(applicants);
}

/* Raw Leiden labels [n_items] of the graph of all items. */
static void find_clusters(pt_network *network, uint32_t *label) {
    const uint32_t K = network->n_items;
    igraph_t graph;
    igraph_vector_int_t edges, membership;
    igraph_vector_t weights, strength;
    igraph_error_handler_t *handler = igraph_set_error_handler(igraph_error_handler_printignore);
    must(igraph_vector_int_init(&edges, 0));
    must(igraph_vector_int_init(&membership, 0));
    must(igraph_vector_init(&weights, 0));
    must(igraph_vector_init(&strength, K));
    double total = 0;
    for (uint32_t i = 0; i < K; i++)
        for (uint32_t j = i + 1; j < K; j++) {
            const double a = network->closeness[(size_t)i * K + j];
            if (a <= 0)
                continue;
            must(igraph_vector_int_push_back(&edges, i));
            must(igraph_vector_int_push_back(&edges, j));
            must(igraph_vector_push_back(&weights, a));
            network->strength[i] += a;
            network->strength[j] += a;
            total += a;
        }
    for (uint32_t i = 0; i < K; i++)
        VECTOR(strength)[i] = network->strength[i];
    must(igraph_create(&graph, &edges, K, IGRAPH_UNDIRECTED));
    igraph_rng_t rng, *const before = igraph_rng_default();
    must(igraph_rng_init(&rng, &igraph_rngtype_pcg32));
    must(igraph_rng_seed(&rng, SEED));
    igraph_rng_set_default(&rng);
    igraph_integer_t n;
    igraph_real_t quality;
    if (total > 0)
        must(igraph_community_leiden(&graph, &weights, &strength, 1 / (2 * total), 0.01, false, -1,
                                     &membership, &n, &quality));
    igraph_rng_set_default(before);
    igraph_rng_destroy(&rng);
    network->modularity = total > 0 ? quality : NAN;
    for (uint32_t i = 0; i < K; i++)
        label[i] = total > 0 ? (uint32_t)VECTOR(membership)[i] : i;
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&edges);
    igraph_vector_int_destroy(&membership);
    igraph_vector_destroy(&weights);
    igraph_vector_destroy(&strength);
    igraph_set_error_handler(handler);
}

typedef struct group {
    uint32_t label, size, first; /* first item */
} group;

static int by_size(const void *a, const void *b) {
    const group *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* Labels become 1, 2 … by size, then first item; items without an edge have none. */
static void number_clusters(pt_network *network, const uint32_t *label) {
    const uint32_t K = network->n_items;
    group *groups = pt_zalloc(K, sizeof *groups);
    for (uint32_t i = 0; i < K; i++)
        groups[i] = (group){.label = i, .first = K};
    for (uint32_t i = 0; i < K; i++)
        if (network->strength[i] > 0) {
            group *g = &groups[label[i]];
            g->first = g->size++ == 0 ? i : g->first;
        }
    pt_sort(groups, K, sizeof *groups, by_size);
    uint32_t *number = pt_zalloc(K, sizeof *number);
    for (uint32_t g = 0; g < K && groups[g].size > 0; g++)
        number[groups[g].label] = ++network->n_clusters;
    for (uint32_t i = 0; i < K; i++)
        network->cluster[i] = network->strength[i] > 0 ? number[label[i]] : 0;
    free(groups);
    free(number);
}

static void fill_outside(pt_network *network) {
    const uint32_t K = network->n_items;
    double *all = pt_zalloc(network->n_clusters, sizeof *all);
    network->outside = pt_zalloc(network->n_clusters, sizeof *network->outside);
    for (uint32_t i = 0; i < K; i++)
        for (uint32_t j = 0; j < K && network->cluster[i]; j++) {
            const double a = network->closeness[(size_t)i * K + j];
            all[network->cluster[i] - 1] += a;
            network->outside[network->cluster[i] - 1] += network->cluster[i] != network->cluster[j] ? a : 0;
        }
    for (uint32_t c = 0; c < network->n_clusters; c++)
        network->outside[c] /= all[c];
    free(all);
}

pt_network *pt_network_new(const pt_documents *documents, const pt_mapping *mapping) {
    const uint32_t K = mapping->n_items;
    pt_network *network = pt_zalloc(1, sizeof *network);
    network->n_items = K;
    network->cluster = pt_zalloc(K, sizeof *network->cluster);
    network->strength = pt_zalloc(K, sizeof *network->strength);
    network->closeness = pt_zalloc((size_t)K * K, sizeof *network->closeness);
    fill_closeness(network, documents, mapping);
    uint32_t *label = pt_zalloc(K, sizeof *label);
    find_clusters(network, label);
    number_clusters(network, label);
    fill_outside(network);
    pt_network_add_region(network, documents, mapping);
    free(label);
    return network;
}

void pt_network_free(pt_network *network) {
    if (!network)
        return;
    free(network->cluster);
    free(network->strength);
    free(network->closeness);
    free(network->outside);
    free(network->node);
    free(network->link);
    free(network);
}

bool pt_network_is_independent(const pt_network *network, uint32_t cluster) {
    assert(cluster >= 1 && cluster <= network->n_clusters);
    return network->outside[cluster - 1] < independent_share;
}
