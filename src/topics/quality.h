/* SPDX-License-Identifier: Apache-2.0 */
/* quality.h - how good a model is, in a few numbers.
 *     perplexity  of held-out documents by document completion: theta from the tokens at even places, scored
 *                 on those at odd places (Wallach et al., Evaluation methods for topic models, ICML 2009)
 *     coherence   mean NPMI of the pairs of a topic's top words, counted in documents (Lau, Newman, Baldwin,
 *                 Machine reading tea leaves, EACL 2014)
 *     C_v         mean cosine of the NPMI vector of each top word, over the top words, with the sum of these
 *                 vectors (Röder, Both, Hinneburg, Exploring the space of topic coherence measures, WSDM
 * 2015); a document is the window: abstracts are no longer than their window of 110 words overlap     share
 * of the top words that two models have in common, topics matched one to one so that it is largest diversity
 * share of different words among the top words of all topics (Dieng, Ruiz, Blei, TACL 2020)
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
/* C_v in the same form. */
double pt_quality_cv(const pt_model *model, const pt_corpus *corpus, size_t n_words, double *of_topic);
/* Two models over the same words and as many topics; the mean is over topics of a with n_words words. */
double pt_quality_overlap(const pt_model *a, const pt_model *b, size_t n_words);
double pt_quality_diversity(const pt_model *model, size_t n_words);

#endif
