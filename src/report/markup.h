/* SPDX-License-Identifier: Apache-2.0 */
/* markup.h - text inside XML and HTML. */
#ifndef PT_REPORT_MARKUP_H
#define PT_REPORT_MARKUP_H

#include "base/buf.h"

/* Appends text with & < > " as entities, good for content and for attributes in double quotes; control
 * characters, which XML forbids, become blanks. */
void pt_markup_escape(pt_buf *out, const char *text);

#endif
