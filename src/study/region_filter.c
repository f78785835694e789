/* SPDX-License-Identifier: Apache-2.0 */
/* A region of study as a set of units, or as a pattern on raw addresses. */
#include "base/buf.h"
#include "base/mem.h"
#include "korean/patterns.h"
#include "korean/unicode.h"
#include "study/region_table.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PROPOSALS = 5, MAX_SYLLABLES = 16 };

struct pt_region_filter {
    bool is_everywhere;
    uint32_t n;
    bool *has; /* [n] by unit */
    pt_pattern *pattern;
};

/* 시도: its 시군구; 시: its 구. */
static void add_unit(pt_region_filter *filter, const pt_regions *regions, uint32_t unit) {
    const bool is_sido = regions->at[unit].is_sido;
    for (uint32_t row = 0; row < regions->n; row++)
        if (row == unit || (is_sido ? regions->at[row].sido_row : regions->at[row].city) == unit)
            filter->has[row] = true;
}

static size_t decode(const char *text, size_t bytes, uint32_t *out) {
    size_t n = 0;
    for (size_t at = 0, used; at < bytes && n < MAX_SYLLABLES; at += used)
        out[n++] = pt_utf8_decode(text + at, bytes - at, &used);
    return n;
}

/* Edit distance in syllables. */
static unsigned distance(const char *a, const char *b) {
    uint32_t x[MAX_SYLLABLES], y[MAX_SYLLABLES];
    const size_t n = decode(a, strlen(a), x), m = decode(b, strlen(b), y);
    unsigned row[MAX_SYLLABLES + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            const unsigned above = row[j], change = diagonal + (x[i - 1] != y[j - 1]);
            const unsigned less = (above < row[j - 1] ? above : row[j - 1]) + 1;
            row[j] = change < less ? change : less;
            diagonal = above;
        }
    }
    return row[m];
}

/* What the writer may have meant: units that hold the text, else those nearest in spelling. */
static char *propose(const pt_regions *regions, const char *text) {
    const char *last = strrchr(text, ' ') ? strrchr(text, ' ') + 1 : text;
    unsigned nearest = UINT32_MAX;
    for (uint32_t row = 0; row < regions->n; row++) {
        const pt_region_unit *unit = &regions->at[row];
        const char *name = unit->sigungu[0] ? unit->sigungu : unit->sido;
        const unsigned d = strstr(name, last) ? 0 : distance(name, last);
        if (!unit->is_former && d < nearest)
            nearest = d;
    }
    pt_buf names = {0};
    int n = 0;
    for (uint32_t row = 0; row < regions->n && n < MAX_PROPOSALS; row++) {
        const pt_region_unit *unit = &regions->at[row];
        const char *name = unit->sigungu[0] ? unit->sigungu : unit->sido;
        const unsigned d = strstr(name, last) ? 0 : distance(name, last);
        if (!unit->is_former && d == nearest)
            pt_buf_printf(&names, "%s%s", n++ ? ", " : "", unit->name);
    }
    return pt_buf_take(&names);
}

static pt_status add_name(pt_region_filter *filter, const pt_regions *regions, const char *name,
                          pt_error *err) {
    size_t n_read, n_tokens;
    const pt_place place = pt_region_read(regions, name, &n_read, &n_tokens);
    if (place.unit != UINT32_MAX && n_read >= n_tokens) {
        add_unit(filter, regions, place.unit);
        const pt_sido_set sido = pt_sido_find(regions, name, strlen(name));
        for (size_t s = 1; s < sido.n; s++)
            add_unit(filter, regions, sido.row[s]);
        return PT_OK;
    }
    char *proposals = propose(regions, name);
    const pt_status status = pt_fail(err, PT_ERR_CONFIG, "region '%s' is %s; did you mean: %s", name,
                                     place.rule == PT_REGION_AMBIGUOUS ? "not unique, name the 시도 too"
                                                                       : "no 시도 or 시군구 of Korea",
                                     proposals ? proposals : "?");
    free(proposals);
    return status;
}

static pt_status add_names(pt_region_filter *filter, const pt_regions *regions, const char *text,
                           pt_error *err) {
    pt_status status = PT_OK;
    for (const char *part = text; part && !status;) {
        const char *comma = strchr(part, ',');
        size_t bytes = comma ? (size_t)(comma - part) : strlen(part);
        const size_t skip = strspn(part, " \t");
        if (skip < bytes) {
            while (bytes > skip && (part[bytes - 1] == ' ' || part[bytes - 1] == '\t'))
                bytes--;
            char *name = pt_strndup(part + skip, bytes - skip);
            status = add_name(filter, regions, name, err);
            free(name);
        }
        part = comma ? comma + 1 : NULL;
    }
    return status;
}

pt_status pt_region_filter_new(const pt_regions *regions, const char *text, pt_region_filter **out,
                               pt_error *err) {
    *out = NULL;
    pt_region_filter *filter = pt_zalloc(1, sizeof *filter);
    const size_t bytes = strlen(text);
    filter->n = regions->n;
    filter->has = pt_zalloc(regions->n, sizeof *filter->has);
    pt_status status = PT_OK;
    if (text[strspn(text, " \t,")] == '\0') {
        filter->is_everywhere = true;
    } else if (bytes > 2 && text[0] == '/' && text[bytes - 1] == '/') {
        char *expression = pt_strndup(text + 1, bytes - 2);
        status = pt_pattern_compile(&filter->pattern, expression, "region", err);
        free(expression);
    } else {
        status = add_names(filter, regions, text, err);
    }
    if (status)
        pt_region_filter_free(filter);
    else
        *out = filter;
    return status;
}

void pt_region_filter_free(pt_region_filter *filter) {
    if (!filter)
        return;
    pt_pattern_free(filter->pattern);
    free(filter->has);
    free(filter);
}

bool pt_region_filter_is_everywhere(const pt_region_filter *filter) {
    return filter->is_everywhere;
}

bool pt_region_filter_has(const pt_region_filter *filter, pt_place place, const char *address) {
    pt_match match;
    if (filter->is_everywhere)
        return true;
    if (filter->pattern)
        return address && pt_pattern_match(filter->pattern, address, strlen(address), 0, &match);
    return place.unit < filter->n && filter->has[place.unit];
}
