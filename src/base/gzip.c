/* SPDX-License-Identifier: Apache-2.0 */
/* gzip.c - the only user of zlib. deflateInit2 with 16 added to the window writes a gzip header whose time
 * is 0 (RFC 1952). */
#include "base/gzip.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

enum { WINDOW_GZIP = 15 + 16, MEMORY_LEVEL = 9, CHUNK = 1 << 16 };

pt_status pt_gzip_append(pt_buf *out, const void *bytes, size_t n, pt_error *err) {
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_GZIP, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return pt_fail(err, PT_ERR_BUG, "zlib: cannot begin");
    }
    const unsigned char *from = bytes;
    unsigned char chunk[CHUNK];
    int result = Z_OK;
    while (result == Z_OK) {
        const size_t step = n < CHUNK ? n : CHUNK;
        stream.next_in = (Bytef *)(uintptr_t)from;
        stream.avail_in = (uInt)step;
        do {
            stream.next_out = chunk;
            stream.avail_out = CHUNK;
            result = deflate(&stream, step == n ? Z_FINISH : Z_NO_FLUSH);
            pt_buf_append(out, chunk, CHUNK - stream.avail_out);
        } while (stream.avail_out == 0);
        from += step;
        n -= step;
    }
    deflateEnd(&stream);
    return result == Z_STREAM_END ? PT_OK : pt_fail(err, PT_ERR_BUG, "zlib: stopped with %d", result);
}

struct pt_gzip_stream {
    gzFile file;
    char *path;
};

pt_status pt_gzip_open(const char *path, pt_gzip_stream **out, pt_error *err) {
    *out = NULL;
    errno = 0;
    gzFile file = gzopen(path, "rb"); /* reads what is not gzip as it is */
    if (!file)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    gzbuffer(file, 1 << 18);
    pt_gzip_stream *stream = pt_zalloc(1, sizeof *stream);
    stream->file = file;
    stream->path = pt_strdup(path);
    *out = stream;
    return PT_OK;
}

void pt_gzip_close(pt_gzip_stream *stream) {
    if (!stream)
        return;
    gzclose(stream->file);
    free(stream->path);
    free(stream);
}

pt_status pt_gzip_next(pt_gzip_stream *stream, char *bytes, size_t n, size_t *got, pt_error *err) {
    enum { AT_ONCE = 1 << 30 };
    const int read = gzread(stream->file, bytes, n < AT_ONCE ? (unsigned)n : AT_ONCE);
    *got = read > 0 ? (size_t)read : 0;
    if (read > 0)
        return PT_OK;
    int code = Z_OK;
    const char *text = gzerror(stream->file, &code);
    if (code == Z_ERRNO)
        return pt_fail_errno(err, PT_ERR_IO, "%s: cannot read", stream->path);
    return code == Z_OK ? PT_OK : pt_fail(err, PT_ERR_DATA, "%s: damaged gzip (%s)", stream->path, text);
}

pt_status pt_gzip_read(const char *path, char **bytes, size_t *n, pt_error *err) {
    *bytes = NULL;
    *n = 0;
    pt_gzip_stream *stream = NULL;
    pt_status status = pt_gzip_open(path, &stream, err);
    if (status)
        return status;
    size_t cap = 1 << 20, used = 0, got = 0;
    char *data = pt_alloc(cap, 1);
    do {
        if (cap - used <= cap / 4)
            data = pt_realloc(data, cap *= 2, 1);
        status = pt_gzip_next(stream, data + used, cap - used - 1, &got, err);
        used += got;
    } while (!status && got > 0);
    pt_gzip_close(stream);
    if (status) {
        free(data);
        return status;
    }
    data[used] = '\0';
    *bytes = data;
    *n = used;
    return PT_OK;
}
