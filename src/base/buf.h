/* SPDX-License-Identifier: Apache-2.0 */
/* buf.h - a growable string of bytes, always followed by a NUL that is not counted. */
#ifndef PT_BASE_BUF_H
#define PT_BASE_BUF_H

#include <stddef.h>

typedef struct pt_buf {
    char *at; /* NULL until the first append */
    size_t n, cap;
} pt_buf;

void pt_buf_append(pt_buf *buf, const void *bytes, size_t n);
/* Makes the text n bytes longer; what they are is up to the caller, before the next change. */
char *pt_buf_room(pt_buf *buf, size_t n);
void pt_buf_puts(pt_buf *buf, const char *text);
void pt_buf_putc(pt_buf *buf, char c);
void pt_buf_printf(pt_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pt_buf_clear(pt_buf *buf); /* keeps the memory */
void pt_buf_free(pt_buf *buf);
/* The text so far, "" when empty; borrowed until the next change. */
const char *pt_buf_text(const pt_buf *buf);
/* Hand the text over to the caller (free it); buf is empty afterwards. */
char *pt_buf_take(pt_buf *buf);

#endif
