/* SPDX-License-Identifier: Apache-2.0 */
/* source.h - the writer's side of one source: its row, its patents, what was put aside, its counters; one
 * transaction each. Private to src/store. */
#ifndef PT_STORE_SOURCE_H
#define PT_STORE_SOURCE_H

#include "store/batch.h"
#include "store/ingest.h"
#include "store/patent_record.h"

typedef struct pt_source_writer {
    pt_store *store;
    pt_record_writer *records;
    pt_ingest_counts *counts;
    int64_t id; /* of the open source */
    uint64_t patents, duplicates, replaced;
} pt_source_writer;

/* Whether the store has this path with this digest. */
pt_status pt_source_is_known(pt_store *store, const char *path, const char *digest, bool *known,
                             pt_error *err) PT_WARN_UNUSED;
/* Opens a transaction and the source's row. A path whose contents have changed keeps its patents, but any new
 * record beats them. */
pt_status pt_source_begin(pt_source_writer *writer, const char *path, const char *digest, uint64_t bytes,
                          pt_error *err) PT_WARN_UNUSED;
pt_status pt_source_write(pt_source_writer *writer, const pt_batch *batch, pt_error *err) PT_WARN_UNUSED;
/* Writes counters and closes the transaction; on `keep` false everything since _begin is undone. */
pt_status pt_source_end(pt_source_writer *writer, const pt_reader_counts *counts, bool keep,
                        pt_error *err) PT_WARN_UNUSED;
/* Books a counter that another store has of this source; between _begin and _end. */
void pt_source_book(pt_source_writer *writer, pt_reader_counts *counts, const char *name, uint64_t n);

#endif
