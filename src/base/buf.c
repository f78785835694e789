/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "base/mem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(pt_buf *buf, size_t extra) {
    const size_t need = buf->n + extra + 1;
    if (need <= buf->cap)
        return;
    size_t cap = buf->cap * 2 < 64 ? 64 : buf->cap * 2;
    if (cap < need)
        cap = need;
    buf->at = pt_realloc(buf->at, cap, 1);
    buf->cap = cap;
}

void pt_buf_append(pt_buf *buf, const void *bytes, size_t n) {
    reserve(buf, n);
    if (n)
        memcpy(buf->at + buf->n, bytes, n);
    buf->n += n;
    buf->at[buf->n] = '\0';
}

char *pt_buf_room(pt_buf *buf, size_t n) {
    reserve(buf, n);
    char *room = buf->at + buf->n;
    buf->n += n;
    buf->at[buf->n] = '\0';
    return room;
}

void pt_buf_puts(pt_buf *buf, const char *text) {
    pt_buf_append(buf, text, strlen(text));
}

void pt_buf_putc(pt_buf *buf, char c) {
    pt_buf_append(buf, &c, 1);
}

void pt_buf_printf(pt_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(n >= 0);
    reserve(buf, (size_t)n);
    vsnprintf(buf->at + buf->n, (size_t)n + 1, format, again);
    va_end(again);
    buf->n += (size_t)n;
}

void pt_buf_clear(pt_buf *buf) {
    buf->n = 0;
    if (buf->at)
        buf->at[0] = '\0';
}

void pt_buf_free(pt_buf *buf) {
    free(buf->at);
    *buf = (pt_buf){0};
}

const char *pt_buf_text(const pt_buf *buf) {
    return buf->at ? buf->at : "";
}

char *pt_buf_take(pt_buf *buf) {
    char *text = buf->at ? buf->at : pt_strdup("");
    *buf = (pt_buf){0};
    return text;
}
