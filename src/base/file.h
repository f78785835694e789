/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - checked reading and writing. A file is written under a temporary name beside its target,
 * fsynced and renamed: a reader sees the old file or the whole new one. */
#ifndef PT_BASE_FILE_H
#define PT_BASE_FILE_H

#include "base/status.h"

typedef struct pt_writer pt_writer;

/* Opens path for writing; missing folders are made. Errors: PT_ERR_CREATE. */
pt_status pt_writer_open(pt_writer **out, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Writing remembers its first failure, which pt_writer_close reports: no check is needed between. */
void pt_writer_bytes(pt_writer *writer, const void *bytes, size_t n);
void pt_writer_puts(pt_writer *writer, const char *text);
void pt_writer_printf(pt_writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Flushes, fsyncs, renames; frees the writer in any case. On failure the target is untouched (PT_ERR_IO). */
pt_status pt_writer_close(pt_writer *writer, pt_error *err) PT_WARN_UNUSED;
/* Throws the temporary file away; NULL is fine. */
void pt_writer_abandon(pt_writer *writer);

/* Whole file into memory, a NUL added behind its n bytes; free(*bytes). Errors: PT_ERR_NO_INPUT, PT_ERR_IO.
 */
pt_status pt_file_read(const char *path, char **bytes, size_t *n, pt_error *err) PT_WARN_UNUSED;
/* mkdir -p, mode 0750 less the umask. Errors: PT_ERR_CREATE. */
pt_status pt_make_folder(const char *path, pt_error *err) PT_WARN_UNUSED;
/* The same for the folder that path lies in. */
pt_status pt_make_parent(const char *path, pt_error *err) PT_WARN_UNUSED;
bool pt_file_exists(const char *path);
/* SHA-256 of a file's bytes as 64 hex digits + NUL. */
pt_status pt_file_digest(const char *path, char hex[65], pt_error *err) PT_WARN_UNUSED;
/* SHA-256 of bytes in memory. */
void pt_digest(const void *bytes, size_t n, char hex[65]);
/* "a/b"; free it. */
char *pt_path_join(const char *folder, const char *name);

#endif
