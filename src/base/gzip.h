/* SPDX-License-Identifier: Apache-2.0 */
/* gzip.h - bytes to a gzip member without name or time stamp, the same bytes every time; and back. */
#ifndef PT_BASE_GZIP_H
#define PT_BASE_GZIP_H

#include "base/buf.h"
#include "base/status.h"

/* Appends the compressed form of bytes[0 .. n) to out. Errors: PT_ERR_BUG from zlib. */
pt_status pt_gzip_append(pt_buf *out, const void *bytes, size_t n, pt_error *err) PT_WARN_UNUSED;

/* Whole file into memory like pt_file_read, unpacked if it is gzip. Errors: PT_ERR_NO_INPUT, PT_ERR_IO,
 * PT_ERR_DATA (damaged or cut off). */
pt_status pt_gzip_read(const char *path, char **bytes, size_t *n, pt_error *err) PT_WARN_UNUSED;

/* The same piece by piece: up to n bytes into bytes, *got 0 at the end. Errors as above. */
typedef struct pt_gzip_stream pt_gzip_stream;
pt_status pt_gzip_open(const char *path, pt_gzip_stream **out, pt_error *err) PT_WARN_UNUSED;
pt_status pt_gzip_next(pt_gzip_stream *stream, char *bytes, size_t n, size_t *got,
                       pt_error *err) PT_WARN_UNUSED;
void pt_gzip_close(pt_gzip_stream *stream); /* NULL is fine */

#endif
