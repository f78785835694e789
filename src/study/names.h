/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - a name for each cluster of patents: the noun phrase of their titles that says most about them. */
#ifndef PT_STUDY_NAMES_H
#define PT_STUDY_NAMES_H

#include "korean/analyzer.h"
#include "study/documents.h"
#include "topics/corpus.h"

typedef struct pt_named_cluster {
    uint32_t item;         /* clusters of one item are told apart; items count from 0 without gaps */
    uint32_t n, *document; /* nearest to the centroid first */
    float *cosine;         /* [n] to the centroid */
    double *weight;        /* [n] near duplicates discounted */
    const char *item_name; /* for a group that has nothing else in common; NULL = none */
} pt_named_cluster;

/* The nouns of a text, borrowed until the next call; `user` is for the caller (an analyser). */
typedef struct pt_noun_source {
    size_t (*nouns)(void *user, const char *text, size_t bytes, const pt_noun **out);
    void *user;
} pt_noun_source;

/* pt_names_give - name [n] out, each owned by the caller, no two alike; the order of the clusters is the
 * order in which they choose. With f the (discounted) titles that hold a phrase of n content nouns, score =
 * (.2 + .8 rel / max) (.5 + .5 ln(1+f) / ln(1+f_max)) (.25 + .75 cover) (.5 + .5 centrality / max) · length ·
 * shape rel = Σ contrast of its nouns / √n (contrast.h), cover = share of the cluster that has 60 % of them,
 *     centrality = mean cosine of the patents whose title holds it
 * A phrase that less than three in ten of the cluster could bear, or no second title, gives way to what the
 * titles have in common (common_name.h), at the least a head behind the item's name. A cluster whose best
 * phrases cover next to nothing takes the phrase of its most central title. */
void pt_names_give(const pt_corpus *corpus, const pt_documents *documents, const pt_named_cluster *cluster,
                   uint32_t n, pt_noun_source source, char **name);

#endif
