/* SPDX-License-Identifier: Apache-2.0 */
/* gzip.h - bytes to a gzip member without name or time stamp: the same bytes every time. */
#ifndef PT_SYNTH_GZIP_H
#define PT_SYNTH_GZIP_H

#include "base/buf.h"
#include "base/status.h"

/* Appends the compressed form of bytes[0 .. n) to out. Errors: PT_ERR_BUG from zlib. */
pt_status pt_gzip_append(pt_buf *out, const void *bytes, size_t n, pt_error *err) PT_WARN_UNUSED;

#endif
