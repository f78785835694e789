/* SPDX-License-Identifier: Apache-2.0 */
#include "base/shard.h"

#include <stdio.h>
#include <string.h>

pt_status pt_shard_parse(const char *text, pt_shard *out, pt_error *err) {
    *out = (pt_shard){0, 1};
    if (!text)
        return PT_OK;
    unsigned i = 0, n = 0;
    int used = 0;
    if (sscanf(text, "%9u/%9u%n", &i, &n, &used) != 2 || text[used] || text[strspn(text, "0123456789/")] ||
        i < 1 || i > n)
        return pt_fail(err, PT_ERR_USAGE, "--shard %s: expected I/N with I from 1 to N, such as 3/8", text);
    *out = (pt_shard){i - 1, n};
    return PT_OK;
}
