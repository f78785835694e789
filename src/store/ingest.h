/* SPDX-License-Identifier: Apache-2.0 */
/* ingest.h - files into the store: parsed and tokenised on all cores, written by one writer in the order of
 * the paths, so that the store is the same for any number of threads. */
#ifndef PT_STORE_INGEST_H
#define PT_STORE_INGEST_H

#include "base/shard.h"
#include "korean/lexicon.h"
#include "store/store.h"

typedef struct pt_ingest_counts {
    uint64_t sources, unchanged, patents, duplicates, replaced, quarantined;
} pt_ingest_counts;

/* shard: takes every count-th source, from the index-th on, of the sorted list. paths: files and folders. A
 * source whose digest is known is skipped. When the dictionary is another than the store's words were made
 * with, all stored patents are tokenised again first. Returns PT_OK, PT_ERR_AGAIN after a stop request (whole
 * sources are kept), or an error; what was committed before stays. */
pt_status pt_ingest_paths(pt_store *store, const pt_lexicon *lexicon, const char *const *paths,
                          size_t n_paths, pt_shard shard, int threads, pt_ingest_counts *counts,
                          const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

/* Puts stores that were ingested in parts together, source by source in the order of their paths: the
 * patents, words and totals are those of one ingest of all sources, however they were dealt. Sources that the
 * store has already are skipped. Errors: PT_ERR_NO_INPUT, PT_ERR_DATA (made with another dictionary; a source
 * that two stores have with other contents), PT_ERR_AGAIN, those of SQLite. */
pt_status pt_ingest_merge(pt_store *store, const pt_lexicon *lexicon, const char *const *paths,
                          size_t n_paths, pt_ingest_counts *counts, const pt_monitor *monitor,
                          pt_error *err) PT_WARN_UNUSED;

#endif
