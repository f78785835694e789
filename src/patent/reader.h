/* SPDX-License-Identifier: Apache-2.0 */
/* reader.h - patents out of any mix of files and folders. What a file is, is told by its content: KIPRIS
 * answers, KIPO filings, WIPO ST.36 and ST.96, EPO DOCDB and OPS, US red book, CSV exports; plain, zipped,
 * in tar files. As many patents as can be safely had come out; all else is counted and quarantined. */
#ifndef PT_PATENT_READER_H
#define PT_PATENT_READER_H

#include "base/status.h"
#include "base/vec.h"
#include "patent/counts.h"
#include "patent/patent.h"

typedef struct pt_sources {
    PT_VEC(char *) paths; /* sorted by bytes, each once */
    uint64_t n_skipped;   /* files in folders that are nothing this reads, hidden ones among them */
} pt_sources;

/* pt_sources_list - the files to read among n paths. A file named in `paths` is always taken; of a folder's
 * files, at any depth, those that look like XML, a table with application numbers or an archive, or whose
 * name says so. Errors: PT_ERR_NO_INPUT when a path is not there, may not be read, or nothing is left to
 * read. Free with pt_sources_free in every case. */
pt_status pt_sources_list(const char *const *paths, size_t n, pt_sources *out, pt_error *err) PT_WARN_UNUSED;
void pt_sources_free(pt_sources *sources);

/* Where records go. The texts are borrowed for the time of the call. */
typedef struct pt_reader_sink {
    /* May take the contents over (pt_patent_take); what it leaves is freed. */
    void (*patent)(void *user, pt_patent *patent);
    /* path is "file" or "archive:member"; line 0 = the file as a whole. */
    void (*quarantine)(void *user, const char *path, unsigned line, const char *reason, const char *excerpt);
    void *user;
} pt_reader_sink;

/* pt_reader_read - reads one file from beginning to end, one record in memory at a time.
 *   counts  is added to
 * Different files may be read from several threads at once. Errors: PT_ERR_NO_INPUT (cannot be opened),
 * PT_ERR_IO (the disk failed half way); whatever is wrong with the contents is no error. */
pt_status pt_reader_read(const char *path, const pt_reader_sink *sink, pt_reader_counts *counts,
                         pt_error *err) PT_WARN_UNUSED;

#endif
