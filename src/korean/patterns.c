/* SPDX-License-Identifier: Apache-2.0 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "korean/patterns.h"
#include "base/mem.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 4096 };

struct pt_pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

pt_status pt_pattern_compile(pt_pattern **out, const char *expression, const char *where, pt_error *err) {
    *out = NULL;
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression, strlen(expression), PCRE2_UTF | PCRE2_UCP,
                                     &number, &offset, NULL);
    if (!code) {
        PCRE2_UCHAR why[160];
        pcre2_get_error_message(number, why, sizeof why);
        return pt_fail(err, PT_ERR_CONFIG, "%s: pattern '%s' is wrong at byte %zu: %s", where, expression,
                       (size_t)offset, (const char *)why);
    }
    pt_pattern *pattern = pt_zalloc(1, sizeof *pattern);
    pattern->code = code;
    pattern->data = pcre2_match_data_create_from_pattern(code, NULL);
    pattern->limits = pcre2_match_context_create(NULL);
    if (!pattern->data || !pattern->limits) {
        pt_pattern_free(pattern);
        return pt_fail(err, PT_ERR_BUG, "%s: out of memory for a pattern", where);
    }
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    /* Where the machine has no JIT the interpreter gives the same matches. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    *out = pattern;
    return PT_OK;
}

void pt_pattern_free(pt_pattern *pattern) {
    if (!pattern)
        return;
    pcre2_match_context_free(pattern->limits);
    pcre2_match_data_free(pattern->data);
    pcre2_code_free(pattern->code);
    free(pattern);
}

bool pt_pattern_match(pt_pattern *pattern, const char *text, size_t bytes, size_t from, pt_match *match) {
    if (from > bytes)
        return false;
    const int groups =
        pcre2_match(pattern->code, (PCRE2_SPTR)text, bytes, from, 0, pattern->data, pattern->limits);
    if (groups <= 0)
        return false;
    const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(pattern->data);
    *match = (pt_match){spans[0], spans[1], 0};
    for (int k = 1; k < groups && !match->mark; k++)
        if (spans[2 * k] != PCRE2_UNSET)
            match->mark = k;
    return true;
}
