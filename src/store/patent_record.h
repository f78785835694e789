/* SPDX-License-Identifier: Apache-2.0 */
/* patent_record.h - one patent record between memory and the tables patent, code, applicant, inventor, claim,
 * token. Private to src/store. */
#ifndef PT_STORE_PATENT_RECORD_H
#define PT_STORE_PATENT_RECORD_H

#include "base/buf.h"
#include "patent/patent.h"
#include "store/store_private.h"

typedef struct pt_record_writer pt_record_writer;

typedef enum pt_record_outcome { PT_RECORD_NEW, PT_RECORD_REPLACED, PT_RECORD_DUPLICATE } pt_record_outcome;

/* Nouns of a text on their way from a tokenising thread to the writer: flags, length (2 bytes), form. */
void pt_record_noun(pt_buf *nouns, const char *form, size_t bytes, uint8_t flags);

pt_status pt_record_writer_new(pt_store *store, pt_record_writer **out, pt_error *err) PT_WARN_UNUSED;
void pt_record_writer_free(pt_record_writer *writer); /* NULL is fine */
/* The stored record of an application into `stored` (initialised), or *found = false. is_stale: its source
 * has changed since. `line` is not among it. */
pt_status pt_record_read(pt_record_writer *writer, const char *number, pt_patent *stored, int64_t *id,
                         bool *found, bool *is_stale, pt_error *err) PT_WARN_UNUSED;
/* Writes the patent, or keeps the stored one where that tells more (pt_patent_fullness). */
pt_status pt_record_write(pt_record_writer *writer, const pt_patent *patent, const pt_buf *title_nouns,
                          const pt_buf *abstract_nouns, int64_t source, pt_record_outcome *outcome,
                          pt_error *err) PT_WARN_UNUSED;
/* Replaces the tokens of a stored patent. */
pt_status pt_record_write_tokens(pt_record_writer *writer, int64_t patent, const pt_buf *title_nouns,
                                 const pt_buf *abstract_nouns, pt_error *err) PT_WARN_UNUSED;

#endif
