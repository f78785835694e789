/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markup.h"

void pt_markup_escape(pt_buf *out, const char *text) {
    for (const char *p = text; *p; p++) {
        switch (*p) {
        case '&':
            pt_buf_puts(out, "&amp;");
            break;
        case '<':
            pt_buf_puts(out, "&lt;");
            break;
        case '>':
            pt_buf_puts(out, "&gt;");
            break;
        case '"':
            pt_buf_puts(out, "&quot;");
            break;
        default:
            pt_buf_putc(out, (unsigned char)*p < 0x20 ? ' ' : *p);
        }
    }
}
