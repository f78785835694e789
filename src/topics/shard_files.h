/* SPDX-License-Identifier: Apache-2.0 */
/* shard_files.h - a corpus cut into files, from which every rank reads its own documents and no more.
 *
 *     DIR/corpus.head        sizes, words, seeds, where each logical shard lies, with its SHA-256
 *     DIR/corpus-0001 …      the shards themselves (shards.h), one behind the other: tokens a document, word
 *                            ids, flags; of patents also fingerprints, codes and what the table says of them
 *
 * How many files there are is a matter of disks; which logical shards there are is a matter of the corpus. */
#ifndef PT_TOPICS_SHARD_FILES_H
#define PT_TOPICS_SHARD_FILES_H

#include "topics/mixture.h"

/* Writing: open, add all shards in order, close. */
typedef struct pt_shard_writer pt_shard_writer;

/* D documents, V words. n_files is cut down to the number of shards. Errors: PT_ERR_CREATE. */
pt_status pt_shard_writer_open(const char *folder, uint32_t D, uint32_t V, uint32_t n_files,
                               pt_shard_writer **out, pt_error *err) PT_WARN_UNUSED;
/* What shards of patents hold besides words: of the documents of one corpus, or of a part of it. */
typedef struct pt_shard_patents {
    uint64_t *known;         /* [D] fingerprints (fold.h) */
    pt_code_evidence codes;  /* ids are those of the whole corpus */
    pt_table_evidence table; /* of seeds->n_items items */
} pt_shard_patents;

/* The next shard: pt_shard_writer_wants documents of `part` from `first` on; patents: NULL, for every shard,
 * or of the same documents. */
uint32_t pt_shard_writer_wants(const pt_shard_writer *writer); /* documents of the next shard */
pt_status pt_shard_writer_add(pt_shard_writer *writer, const pt_corpus *part, uint32_t first,
                              const pt_shard_patents *patents, pt_error *err) PT_WARN_UNUSED;
/* Writes the head, last, so that a folder with a head is whole. whole: doc_freq and, if any, form; seeds NULL
 * = none. Frees the writer in any case. */
pt_status pt_shard_writer_close(pt_shard_writer *writer, const pt_corpus *whole, const pt_seeds *seeds,
                                pt_error *err) PT_WARN_UNUSED;
void pt_shard_writer_abandon(pt_shard_writer *writer); /* NULL is fine */

/* A corpus that is in memory already. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_shards_write(const char *folder, const pt_corpus *corpus, const pt_seeds *seeds,
                          const pt_shard_patents *patents, uint32_t n_files, pt_error *err) PT_WARN_UNUSED;
/* A UCI bag of words (corpus.h), gzip or not, that may be larger than memory: read twice, by way of temporary
 * files in the folder; at most one file's documents are in memory. vocab may be NULL. */
pt_status pt_shards_from_uci(const char *path, const char *vocab, const char *folder, uint32_t n_files,
                             const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

/* What a folder holds, as one part of `count` equal runs of its shards sees it. */
typedef struct pt_shard_set {
    pt_corpus *corpus; /* first_doc and total_docs set; words for rank 0 alone */
    pt_seeds *seeds;   /* NULL = none */
    bool is_of_patents;
    pt_shard_patents patents; /* of these documents; empty unless is_of_patents */
} pt_shard_set;

bool pt_shards_are_there(const char *folder);
/* Checks every length, index and digest. Errors: PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA. */
pt_status pt_shards_read(const char *folder, int rank, int size, pt_shard_set *out,
                         pt_error *err) PT_WARN_UNUSED;
void pt_shard_set_free(pt_shard_set *set);
/* Removes the files of a folder and the folder; what is not of it stays. */
void pt_shards_remove(const char *folder);

#endif
