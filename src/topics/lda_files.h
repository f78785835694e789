/* SPDX-License-Identifier: Apache-2.0 */
/* lda_files.h - the tables that plain LDA leaves, TSV with a header line:
 *     topic_word.tsv  topic rank word probability is_seed   (top words; topics and ranks from 1)
 *     doc_topic.tsv   document topic share                  (largest topics of each document, from 1)
 *     sweeps.tsv      sweep log_likelihood changed alpha_sum perplexity   (the last of the held-out
 * documents; empty where it was not measured) */
#ifndef PT_TOPICS_LDA_FILES_H
#define PT_TOPICS_LDA_FILES_H

#include "topics/model.h"
#include "topics/ranks.h"

/* Collective: every rank adds its documents, rank 0 writes. Folder is made when it is not there; each file is
 * written atomically. A word without text is written as its number, from 1. Errors: PT_ERR_CREATE, PT_ERR_IO.
 */
pt_status pt_lda_files_write(const pt_model *model, pt_ranks *ranks, const char *folder, size_t n_words,
                             pt_error *err) PT_WARN_UNUSED;

/* n_kw as little-endian int32 for other programs: the number 0x314B574E ("NWK1"), V, K, then V rows of K
 * counts. Atomic. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_lda_counts_write(const pt_model *model, const char *path, pt_error *err) PT_WARN_UNUSED;

#endif
