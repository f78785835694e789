/* SPDX-License-Identifier: Apache-2.0 */
/* quality.h - how good a model is, in three numbers.
 *     perplexity  of held-out documents by document completion: theta from the tokens at even places, scored
 *                 on those at odd places (Wallach et al., Evaluation methods for topic models, ICML 2009)
 *     coherence   mean NPMI of the pairs of a topic's top words, counted in documents (Lau, Newman, Baldwin,
 *                 Machine reading tea leaves, EACL 2014)
 *     diversity   share of different words among the top words of all topics (Dieng, Ruiz, Blei, TACL 2020)
 */
#ifndef PT_TOPICS_QUALITY_H
#define PT_TOPICS_QUALITY_H

#include "topics/corpus.h"
#include "topics/model.h"

/* corpus has the word ids of the model. Parts are left out. Errors: PT_ERR_DATA (nothing to score; other
 * words than the model's). */
pt_status pt_quality_perplexity(const pt_model *model, const pt_corpus *corpus, int threads,
                                double *perplexity, pt_error *err) PT_WARN_UNUSED;
/* Over the n_words top words of each topic into of_topic [K] (NAN for topics with fewer than 2 words), which
 * may be NULL; returns the mean over topics that have one. */
double pt_quality_coherence(const pt_model *model, const pt_corpus *corpus, size_t n_words, double *of_topic);
double pt_quality_diversity(const pt_model *model, size_t n_words);

#endif
