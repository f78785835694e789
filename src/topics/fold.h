/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - documents that come after the fit, judged by a model that stays as it is. A document alone decides
 * what it gets: nothing depends on the others, on their number or their order. A document that the fit has
 * seen keeps the topics that the chain gave it (known by its fingerprint); another one gets them from
 * foldin.h, under the prior that the fit would give it (train.h). */
#ifndef PT_TOPICS_FOLD_H
#define PT_TOPICS_FOLD_H

#include "base/monitor.h"
#include "topics/corpus.h"
#include "topics/frozen.h"
#include "topics/model.h"

/* Of a document's words with their flags and of `key`, which stands for its name. */
uint64_t pt_document_fingerprint(const pt_corpus *corpus, uint32_t d, uint64_t key);
/* Notes what the fit has seen: key [D] of the corpus of the fit. */
void pt_fold_know(pt_model *model, const pt_corpus *corpus, const uint64_t *key);

typedef struct pt_fold pt_fold;

/* Expands phi once; the model is borrowed until pt_fold_free. */
pt_fold *pt_fold_new(const pt_model *model);
void pt_fold_free(pt_fold *fold); /* NULL is fine */

/* Topics of the documents of the corpus (word ids of the model), whose evidence and keys [D] are given:
 * *topic and *theta [D][PT_MODEL_TOPICS] as in the model; free() them. is_known [D] (may be NULL) tells which
 * ones the fit has seen. Errors: PT_ERR_DATA (another vocabulary), PT_ERR_AGAIN (stopped). */
pt_status pt_fold_topics(const pt_fold *fold, const pt_corpus *corpus, const pt_evidence *evidence,
                         const uint64_t *key, bool *is_known, int threads, const pt_monitor *monitor,
                         uint16_t **topic, float **theta, pt_error *err) PT_WARN_UNUSED;

#endif
