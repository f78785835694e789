/* SPDX-License-Identifier: Apache-2.0 */
/* gzip.c - the only user of zlib. deflateInit2 with 16 added to the window writes a gzip header whose time
 * is 0 (RFC 1952). */
#include "synth/gzip.h"

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
