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

pt_status pt_gzip_read(const char *path, char **bytes, size_t *n, pt_error *err) {
    enum { AT_ONCE = 1 << 30 };
    *bytes = NULL;
    *n = 0;
    errno = 0;
    gzFile stream = gzopen(path, "rb"); /* reads what is not gzip as it is */
    if (!stream)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    gzbuffer(stream, 1 << 18);
    size_t cap = 1 << 20, used = 0;
    char *data = pt_alloc(cap, 1);
    int got;
    do {
        if (cap - used <= cap / 4)
            data = pt_realloc(data, cap *= 2, 1);
        const size_t room = cap - used - 1;
        got = gzread(stream, data + used, room < AT_ONCE ? (unsigned)room : AT_ONCE);
        used += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    int code = Z_OK;
    const char *text = gzerror(stream, &code);
    pt_status status = PT_OK;
    if (code == Z_ERRNO)
        status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot read", path);
    else if (code != Z_OK)
        status = pt_fail(err, PT_ERR_DATA, "%s: damaged gzip (%s)", path, text);
    gzclose(stream);
    if (status) {
        free(data);
        return status;
    }
    data[used] = '\0';
    *bytes = data;
    *n = used;
    return PT_OK;
}
