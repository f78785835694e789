/* SPDX-License-Identifier: Apache-2.0 */
/* base64.h - the encoding of RFC 4648 §4, with padding. */
#ifndef PT_BASE_BASE64_H
#define PT_BASE_BASE64_H

#include "base/buf.h"

void pt_base64_append(pt_buf *out, const void *bytes, size_t n);

#endif
