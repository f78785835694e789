/* SPDX-License-Identifier: Apache-2.0 */
/* technologies.c - see technologies.h: from the mapping to clusters, from clusters to rows of the report. */
#include "study/technologies.h"
#include "base/sort.h"
#include "base/vec.h"
#include "study/clusters.h"
#include "study/common_name.h"
#include "study/contrast.h"
#include "study/names.h"
#include <stdlib.h>
#include <string.h>

static const float least_share = 0.15f;
#define NO_HOME UINT32_MAX

typedef struct candidate {
    uint32_t document;
    double mass; /* share of the item in the patent x share of the patent in the region */
} candidate;

/* One selected item on its way to clusters. */
typedef struct item_work {
    uint32_t n, *document, *applicant; /* [n] first applicant or PT_NO_ID */
    double *mass;
    pt_vectors *vectors;
    pt_clusters *clusters;
} item_work;

typedef struct member {
    uint32_t document;
    float cosine;
    double weight;
} member;

typedef PT_VEC(member) members;

/* The selected item in which each patent is told: where its share is largest and at least 0.15, or none. A
 * patent that belongs to two leading items would else make the same technology twice. */
static uint32_t *find_homes(const pt_documents *documents, const pt_mapping *mapping,
                            const pt_selection *selection) {
    uint32_t *home = pt_alloc(mapping->D, sizeof *home);
    for (uint32_t d = 0; d < mapping->D; d++) {
        float largest = 0;
        home[d] = NO_HOME;
        for (uint32_t a = mapping->start[d]; a < mapping->start[d + 1]; a++) {
            const pt_assignment *row = &mapping->at[a];
            if (row->share < least_share || row->share <= largest || !documents->at[d].in_period ||
                documents->at[d].weight <= 0 || !pt_selection_has(selection, row->item))
                continue;
            largest = row->share;
            home[d] = row->item;
        }
    }
    return home;
}

/* Patents at home in the item; an item that is home to none takes whatever patent of the region it has a
 * share in. */
static void gather(const pt_documents *documents, const pt_mapping *mapping, const uint32_t *home,
                   uint32_t item, item_work *work) {
    PT_VEC(candidate) found = {0};
    for (int least = 1; least >= 0 && found.n == 0; least--)
        for (uint32_t d = 0; d < mapping->D; d++) {
            const pt_document *document = &documents->at[d];
            if (least ? home[d] != item : !document->in_period || document->weight <= 0)
                continue;
            for (uint32_t a = mapping->start[d]; a < mapping->start[d + 1]; a++)
                if (mapping->at[a].item == item && mapping->at[a].share > 0)
                    pt_vec_push(&found, ((candidate){d, (double)document->weight * mapping->at[a].share}));
        }
    work->n = (uint32_t)found.n;
    work->document = pt_alloc(found.n, sizeof *work->document);
    work->applicant = pt_alloc(found.n, sizeof *work->applicant);
    work->mass = pt_alloc(found.n, sizeof *work->mass);
    for (uint32_t i = 0; i < work->n; i++) {
        const pt_document *document = &documents->at[found.at[i].document];
        work->document[i] = found.at[i].document;
        work->applicant[i] = document->n_applicants > 0 ? document->applicant[0] : PT_NO_ID;
        work->mass[i] = found.at[i].mass;
    }
    pt_vec_free(&found);
}

static void work_free(item_work *work) {
    free(work->document);
    free(work->applicant);
    free(work->mass);
    pt_vectors_free(work->vectors);
    pt_clusters_free(work->clusters);
    *work = (item_work){0};
}

static void prepare(const pt_corpus *corpus, const pt_documents *documents, const pt_mapping *mapping,
                    const uint32_t *home, uint32_t item, item_work *work) {
    gather(documents, mapping, home, item, work);
    if (work->n == 0)
        return;
    work->vectors = pt_vectors_new(corpus, work->document, work->n);
    work->clusters = pt_clusters_new(work->vectors, work->mass, work->applicant);
}

static int by_cosine(const void *x, const void *y) {
    const member *a = x, *b = y;
    if (a->cosine != b->cosine)
        return a->cosine > b->cosine ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

static uint32_t first_document(const pt_named_cluster *cluster) {
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i < cluster->n; i++)
        first = cluster->document[i] < first ? cluster->document[i] : first;
    return first;
}

static int by_size(const void *x, const void *y) {
    const pt_named_cluster *a = x, *b = y;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    const uint32_t first_a = first_document(a), first_b = first_document(b);
    return (first_a > first_b) - (first_a < first_b);
}

static pt_named_cluster cluster_of(uint32_t item, members *found) {
    pt_sort(found->at, found->n, sizeof *found->at, by_cosine);
    pt_named_cluster cluster = {.item = item,
                                .n = (uint32_t)found->n,
                                .document = pt_alloc(found->n, sizeof *cluster.document),
                                .cosine = pt_alloc(found->n, sizeof *cluster.cosine),
                                .weight = pt_alloc(found->n, sizeof *cluster.weight)};
    for (size_t i = 0; i < found->n; i++) {
        cluster.document[i] = found->at[i].document;
        cluster.cosine[i] = found->at[i].cosine;
        cluster.weight[i] = found->at[i].weight;
    }
    return cluster;
}

/* The k clusters of an item, strays taken back, largest first. */
static void split(const item_work *work, uint32_t item, uint32_t k, pt_named_cluster *out) {
    uint32_t *label = pt_alloc(work->n, sizeof *label), labelled = 0;
    memcpy(label, work->clusters->label[k - 1], work->n * sizeof *label);
    pt_clusters_recall(work->clusters, work->vectors, k, label);
    for (uint32_t i = 0; i < work->n; i++)
        labelled += label[i] != PT_STRAY;
    for (uint32_t i = 0; labelled == 0 && i < work->n; i++)
        label[i] = 0; /* patents without a word */
    pt_centroids *centroids = pt_centroids_new(work->vectors, work->clusters->weight, label, k);
    for (uint32_t c = 0; c < k; c++) {
        members found = {0};
        for (uint32_t i = 0; i < work->n; i++)
            if (label[i] == c)
                pt_vec_push(&found, ((member){work->document[i],
                                              (float)pt_centroid_cosine(centroids, work->vectors, i, c),
                                              work->clusters->weight[i] / work->mass[i]}));
        out[c] = cluster_of(item, &found);
        pt_vec_free(&found);
    }
    pt_centroids_free(centroids);
    free(label);
    pt_sort(out, k, sizeof *out, by_size);
}

static int by_number(const void *x, const void *y) {
    const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static uint32_t count_applicants(const pt_documents *documents, const uint32_t *document, uint32_t n) {
    PT_VEC(uint32_t) who = {0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t a = 0; a < documents->at[document[i]].n_applicants; a++)
            pt_vec_push(&who, documents->at[document[i]].applicant[a]);
    uint32_t distinct = 0;
    if (who.n > 0)
        pt_sort(who.at, who.n, sizeof *who.at, by_number);
    for (size_t i = 0; i < who.n; i++)
        distinct += i == 0 || who.at[i] != who.at[i - 1];
    pt_vec_free(&who);
    return distinct;
}

/* Takes the arrays and the name over. */
static pt_technology describe(const pt_documents *documents, pt_named_cluster *cluster, char *name) {
    pt_technology technology = {.name = name,
                                .n_patents = cluster->n,
                                .patent = cluster->document,
                                .weight = cluster->cosine,
                                .n_applicants = count_applicants(documents, cluster->document, cluster->n)};
    double cosines = 0;
    for (uint32_t i = 0; i < cluster->n; i++) {
        const uint32_t year = pt_document_year(&documents->at[cluster->document[i]]);
        cosines += cluster->cosine[i];
        if (year == 0)
            continue;
        if (technology.first_year == 0 || year < technology.first_year)
            technology.first_year = year;
        technology.last_year = year > technology.last_year ? year : technology.last_year;
    }
    technology.cohesion = (float)(cosines / cluster->n);
    free(cluster->weight);
    return technology;
}

static void find_words(const pt_corpus *corpus, pt_technologies *technologies) {
    pt_contrast *contrast = pt_contrast_new(corpus);
    for (uint32_t t = 0; t < technologies->n; t++) {
        pt_technology *technology = &technologies->at[t];
        PT_VEC(uint32_t) others = {0};
        for (uint32_t o = 0; o < technologies->n; o++)
            for (uint32_t i = 0;
                 o != t && technologies->at[o].item == technology->item && i < technologies->at[o].n_patents;
                 i++)
                pt_vec_push(&others, technologies->at[o].patent[i]);
        pt_contrast_set(contrast, technology->patent, technology->n_patents, others.at, (uint32_t)others.n);
        technology->n_words = pt_contrast_top(contrast, technology->word, PT_TECHNOLOGY_WORDS);
        pt_vec_free(&others);
    }
    pt_contrast_free(contrast);
}

static size_t nouns_of_analyzer(void *user, const char *text, size_t bytes, const pt_noun **out) {
    return pt_analyzer_nouns(user, text, bytes, out);
}

/* --- how many clusters an item gets --- */

/* The clusters of all items, and their names, under the limits that hold so far. */
typedef struct draft {
    const pt_corpus *corpus;
    const pt_documents *documents;
    const pt_items *items;
    const pt_selection *selection;
    pt_analyzer *analyzer;
    uint32_t n_items, n;
    item_work *work;        /* [n_items] */
    pt_clusters **clusters; /* [n_items] */
    uint32_t *k;            /* [n_items] */
    pt_named_cluster *found;
    char **name;
} draft;

static void spend(draft *d, uint32_t budget) {
    pt_budget_spend(d->clusters, d->n_items, budget, d->k);
    d->n = 0;
    for (uint32_t i = 0; i < d->n_items; i++)
        d->n += d->k[i];
    d->found = pt_zalloc(d->n, sizeof *d->found);
    d->name = pt_zalloc(d->n, sizeof *d->name);
    for (uint32_t i = 0, done = 0; i < d->n_items; done += d->k[i++])
        if (d->k[i] > 0)
            split(&d->work[i], i, d->k[i], d->found + done);
    for (uint32_t t = 0; t < d->n; t++)
        d->found[t].item_name = d->items->at[d->selection->at[d->found[t].item].item].name;
    pt_names_give(d->corpus, d->documents, d->found, d->n, (pt_noun_source){nouns_of_analyzer, d->analyzer},
                  d->name);
}

static void forget(draft *d) {
    for (uint32_t t = 0; t < d->n; t++) {
        free(d->found[t].document);
        free(d->found[t].cosine);
        free(d->found[t].weight);
        free(d->name[t]);
    }
    free(d->found);
    free(d->name);
}

/* Whether `text` without its blanks holds every content noun of `name`. */
static bool holds_nouns(pt_analyzer *analyzer, const char *text, const char *name) {
    char *plain = pt_strdup(text), *end = plain;
    for (const char *p = text; *p; p++)
        if (*p != ' ')
            *end++ = *p;
    *end = '\0';
    const pt_noun *noun;
    const size_t n = pt_analyzer_nouns(analyzer, name, strlen(name), &noun);
    bool any = false, all = true;
    for (size_t i = 0; i < n && all; i++) {
        if (pt_word_is_boilerplate(noun[i].form, noun[i].bytes))
            continue;
        any = true;
        all = memmem(plain, strlen(plain), noun[i].form, noun[i].bytes) != NULL;
    }
    free(plain);
    return any && all;
}

/* The same content nouns, or those of the other and more; 추출물 함유 패혈증 예방용 조성물 is no twin of what
 * extracts do for illnesses of all kinds. */
static bool is_twin(pt_analyzer *analyzer, const char *name, const char *other) {
    return holds_nouns(analyzer, name, other) &&
           (!pt_common_name_is_of_heap(other) || holds_nouns(analyzer, other, name));
}

/* Two clusters of an item whose names are twins are one technology cut in two, unless together they would be
 * a mixed group: the item gets a cluster fewer. Returns whether there was such an item. */
static bool refuse_twins(draft *d) {
    bool any = false;
    for (uint32_t i = 0, first = 0; i < d->n_items; first += d->k[i++]) {
        bool twins = false;
        const bool is_mixed = d->k[i] > 1 && d->clusters[i]->cohesion[d->k[i] - 2] < PT_LEAST_COHESION;
        for (uint32_t a = first; !is_mixed && a < first + d->k[i]; a++)
            for (uint32_t b = first; b < first + d->k[i] && !twins; b++)
                twins = a != b && is_twin(d->analyzer, d->name[a], d->name[b]);
        if (twins)
            d->clusters[i]->max_k = d->k[i] - 1;
        any = any || twins;
    }
    return any;
}

static pt_technologies *describe_all(draft *d, uint32_t budget) {
    pt_technologies *technologies = pt_zalloc(1, sizeof *technologies);
    technologies->n = d->n;
    technologies->at = pt_zalloc(d->n, sizeof *technologies->at);
    for (uint32_t t = 0; t < d->n; t++) {
        technologies->at[t] = describe(d->documents, &d->found[t], d->name[t]);
        technologies->at[t].number = t + 1;
        technologies->at[t].item = d->selection->at[d->found[t].item].item;
    }
    if (d->n < budget)
        technologies->shortage =
            pt_strfmt("기술 %u개를 요청했으나 더 나누면 같은 이름의 기술이 되거나 특허가 모자라 %u개만 도출",
                      budget, d->n);
    find_words(d->corpus, technologies);
    return technologies;
}

pt_status pt_technologies_find(const pt_corpus *corpus, const pt_documents *documents,
                               const pt_mapping *mapping, const pt_items *items,
                               const pt_selection *selection, pt_analyzer *analyzer, uint32_t budget,
                               pt_technologies **out, pt_error *err) {
    if (corpus->D != documents->D || corpus->D != mapping->D)
        return pt_fail(err, PT_ERR_BUG, "technologies: %u patents in the corpus, %u documents, %u mapped",
                       corpus->D, documents->D, mapping->D);
    draft d = {.corpus = corpus,
               .documents = documents,
               .items = items,
               .selection = selection,
               .analyzer = analyzer,
               .n_items = selection->n};
    d.work = pt_zalloc(d.n_items, sizeof *d.work);
    d.clusters = pt_zalloc(d.n_items, sizeof *d.clusters);
    d.k = pt_zalloc(d.n_items, sizeof *d.k);
    uint32_t *home = find_homes(documents, mapping, selection);
    for (uint32_t i = 0; i < d.n_items; i++) {
        prepare(corpus, documents, mapping, home, selection->at[i].item, &d.work[i]);
        d.clusters[i] = d.work[i].clusters;
    }
    spend(&d, budget);
    while (refuse_twins(&d)) {
        forget(&d);
        spend(&d, budget);
    }
    *out = describe_all(&d, budget);
    for (uint32_t i = 0; i < d.n_items; i++)
        work_free(&d.work[i]);
    free(home);
    free(d.work);
    free(d.clusters);
    free(d.k);
    free(d.found);
    free(d.name);
    return PT_OK;
}

void pt_technologies_free(pt_technologies *technologies) {
    if (!technologies)
        return;
    for (uint32_t t = 0; t < technologies->n; t++) {
        free(technologies->at[t].name);
        free(technologies->at[t].patent);
        free(technologies->at[t].weight);
    }
    free(technologies->at);
    free(technologies->shortage);
    free(technologies);
}
