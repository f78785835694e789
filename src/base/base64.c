/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include <nettle/base64.h>

void pt_base64_append(pt_buf *out, const void *bytes, size_t n) {
    base64_encode_raw(pt_buf_room(out, BASE64_ENCODE_RAW_LENGTH(n)), n, bytes);
}
