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
/* n bytes from an offset on into bytes. Errors: PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA (it ends before). */
pt_status pt_file_read_part(const char *path, uint64_t offset, void *bytes, size_t n,
                            pt_error *err) PT_WARN_UNUSED;
/* mkdir -p, mode 0750 less the umask. Errors: PT_ERR_CREATE. */
pt_status pt_make_folder(const char *path, pt_error *err) PT_WARN_UNUSED;
/* The same for the folder that path lies in. */
pt_status pt_make_parent(const char *path, pt_error *err) PT_WARN_UNUSED;
bool pt_file_exists(const char *path);
/* SHA-256 of a file's bytes as 64 hex digits + NUL. */
pt_status pt_file_digest(const char *path, char hex[65], pt_error *err) PT_WARN_UNUSED;
/* SHA-256 of bytes in memory. */
void pt_digest(const void *bytes, size_t n, char hex[65]);
/* SHA-256 of bytes that come piece by piece. */
typedef struct pt_hash pt_hash;
pt_hash *pt_hash_new(void);
void pt_hash_add(pt_hash *hash, const void *bytes, size_t n);
void pt_hash_end(pt_hash *hash, char hex[65]); /* frees it */
/* "a/b"; free it. */
char *pt_path_join(const char *folder, const char *name);
/* A path that a file names, relative to that file: absolute ones as they are; free it. */
char *pt_path_beside(const char *file, const char *path);

#endif
