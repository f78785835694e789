/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/file.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

static void *take(size_t n) {
    return pt_alloc(n, 1);
}

static void use_checked_memory(void) {
    json_set_alloc_funcs(take, free);
}

void pt_json_prepare(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, use_checked_memory);
}

static int put(const char *bytes, size_t n, void *writer) {
    pt_writer_bytes(writer, bytes, n);
    return 0;
}

pt_status pt_json_write(const json_t *value, const char *path, size_t indent, pt_error *err) {
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    if (json_dump_callback(value, put, writer,
                           JSON_SORT_KEYS | JSON_INDENT(indent) | JSON_REAL_PRECISION(15)) != 0) {
        pt_writer_abandon(writer);
        return pt_fail(err, PT_ERR_BUG, "%s: a value that JSON cannot hold", path);
    }
    pt_writer_puts(writer, "\n");
    return pt_writer_close(writer, err);
}
