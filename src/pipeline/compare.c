/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c - see compare.h. */
#include "pipeline/compare.h"
#include "base/file.h"
#include "base/json.h"
#include "pipeline/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* One result, and what was noted of its making. */
typedef struct result {
    pt_snapshot found;
    json_t *run;
} result;

static void result_free(result *r) {
    pt_snapshot_free(&r->found);
    json_decref(r->run);
}

static pt_status result_read(const char *folder, result *r, pt_error *err) {
    r->run = NULL;
    pt_status status = pt_snapshot_read(folder, false, &r->found, err);
    if (status)
        return status;
    char *path = pt_path_join(folder, "run.json");
    json_error_t wrong;
    r->run = json_load_file(path, 0, &wrong);
    if (!r->run)
        status = pt_fail(err, PT_ERR_DATA, "%s: %s", path, wrong.text);
    free(path);
    return status;
}

/* --- rows --- */

static void row(pt_buf *out, const char *kind, const char *change, const char *id, const char *name,
                const char *before, const char *after, const char *reason) {
    pt_buf_printf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", kind, change, id, name, before, after, reason);
}

static char *json_text(const json_t *value) {
    if (json_is_string(value))
        return pt_strdup(json_string_value(value));
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(7)) : NULL;
    char *copy = pt_strdup(text ? text : "");
    free(text);
    return copy;
}

static bool same(const json_t *a, const json_t *b) {
    return a == b || (a && b && json_equal(a, b));
}

/* Digests and sizes of the corpus are told by the counts; the digest of the study file by its keys. */
static bool is_derived(const char *section, const char *key) {
    static const char *const derived[] = {"alpha_sum", "corpus_digest", "documents", "tokens", "words", NULL};
    if (strcmp(section, "study") == 0)
        return strcmp(key, "digest") == 0 || strcmp(key, "note") == 0;
    for (const char *const *name = derived; *name && strcmp(section, "model") == 0; name++)
        if (strcmp(*name, key) == 0)
            return true;
    return false;
}

static bool compare_section(const char *section, json_t *before, json_t *after, pt_buf *out) {
    const char *key;
    json_t *value;
    bool any = false;
    json_object_foreach(after, key, value) {
        json_t *old = json_object_get(before, key);
        if (is_derived(section, key) || same(old, value))
            continue;
        char *name = pt_strfmt("%s.%s", section, key), *a = json_text(old), *b = json_text(value);
        row(out, "cause", "parameter", name, "", a, b, "");
        free(name);
        free(a);
        free(b);
        any = true;
    }
    return any;
}

/* What may have caused the changes; *reason for every change below. */
static char *compare_causes(const result *a, const result *b, pt_buf *out) {
    pt_buf reason = {0};
    const char *section;
    json_t *after, *before = json_object_get(a->run, "parameters");
    json_object_foreach(json_object_get(b->run, "parameters"), section, after) {
        const bool changed = compare_section(section, json_object_get(before, section), after, out);
        if (changed)
            pt_buf_printf(&reason, "%s%s", reason.n ? "; " : "",
                          strcmp(section, "standard") == 0  ? "다른 품목 기준"
                          : strcmp(section, "version") == 0 ? "다른 판의 프로그램"
                                                            : "다른 매개변수");
    }
    const char *const counts[] = {"patents", "region_patents"};
    for (size_t i = 0; i < 2; i++) {
        json_t *old = json_object_get(json_object_get(a->run, "counts"), counts[i]);
        json_t *new = json_object_get(json_object_get(b->run, "counts"), counts[i]);
        if (same(old, new))
            continue;
        char *x = json_text(old), *y = json_text(new);
        row(out, "cause", "count", counts[i], "", x, y, "");
        free(x);
        free(y);
        if (i == 0)
            pt_buf_printf(&reason, "%s새 특허", reason.n ? "; " : "");
    }
    const char *const digest = "corpus_digest";
    json_t *old = json_object_get(json_object_get(before, "model"), digest);
    json_t *new = json_object_get(json_object_get(json_object_get(b->run, "parameters"), "model"), digest);
    if (!same(old, new) && reason.n == 0)
        pt_buf_puts(&reason, "다른 특허 글 또는 사전");
    return pt_buf_take(&reason);
}

/* --- items --- */

static const pt_snapshot_item *find_item(const pt_snapshot *s, const char *id) {
    for (size_t i = 0; i < s->items.n; i++)
        if (strcmp(s->items.at[i].id, id) == 0)
            return &s->items.at[i];
    return NULL;
}

static void compare_items(const pt_snapshot *a, const pt_snapshot *b, const char *cause, pt_buf *out) {
    for (size_t i = 0; i < b->items.n; i++) {
        const pt_snapshot_item *is = &b->items.at[i], *was = find_item(a, is->id);
        const bool was_selected = was && was->is_selected;
        if (!was_selected && !is->is_selected)
            continue;
        const char *before = was ? was->rank : "";
        const long up = strtol(before, NULL, 10) - strtol(is->rank, NULL, 10);
        const char *change = !was_selected      ? "in"
                             : !is->is_selected ? "out"
                             : up > 0           ? "up"
                             : up < 0           ? "down"
                                                : "same";
        char *reason = pt_strfmt("특허 %s → %s, 특화도 %s → %s%s%s", was ? was->patents : "0", is->patents,
                                 was ? was->lq : "", is->lq, cause[0] ? "; " : "", cause);
        if (strcmp(change, "same") != 0)
            row(out, "item", change, is->id, is->name, before, is->rank, reason);
        free(reason);
    }
}

/* --- technologies --- */

static void compare_technology(const pt_snapshot_technology *was, const pt_snapshot_technology *now,
                               const char *cause, pt_buf *out) {
    char *n_after = pt_strfmt("%zu", now->patents.n), *n_before = pt_strfmt("%zu", was ? was->patents.n : 0);
    const bool renamed = was && strcmp(was->name, now->name) != 0;
    const char *change = !was                              ? "in"
                         : now->patents.n > was->patents.n ? "up"
                         : now->patents.n < was->patents.n ? "down"
                         : renamed                         ? "renamed"
                                                           : "same";
    char *reason =
        renamed ? pt_strfmt("이전 이름 '%s'%s%s", was->name, cause[0] ? "; " : "", cause) : pt_strdup(cause);
    if (strcmp(change, "same") != 0)
        row(out, "technology", change, now->number, now->name, was ? n_before : "", n_after, reason);
    free(reason);
    free(n_before);
    free(n_after);
}

static void compare_technologies(const pt_snapshot *a, const pt_snapshot *b, const char *cause, pt_buf *out) {
    uint32_t *match = pt_snapshot_match(a, b);
    bool *is_matched = pt_zalloc(a->technologies.n, sizeof *is_matched);
    for (size_t t = 0; t < b->technologies.n; t++) {
        const bool is_known = match[t] != UINT32_MAX;
        compare_technology(is_known ? &a->technologies.at[match[t]] : NULL, &b->technologies.at[t], cause,
                           out);
        if (is_known)
            is_matched[match[t]] = true;
    }
    for (size_t t = 0; t < a->technologies.n; t++)
        if (!is_matched[t]) {
            char *n = pt_strfmt("%zu", a->technologies.at[t].patents.n);
            row(out, "technology", "out", a->technologies.at[t].number, a->technologies.at[t].name, n, "",
                cause);
            free(n);
        }
    free(is_matched);
    free(match);
}

pt_status pt_compare(const char *before, const char *after, pt_buf *out, pt_error *err) {
    result a = {0}, b = {0};
    pt_status status = result_read(before, &a, err);
    if (!status)
        status = result_read(after, &b, err);
    if (!status) {
        row(out, "kind", "change", "id", "name", "before", "after", "reason");
        char *cause = compare_causes(&a, &b, out);
        compare_items(&a.found, &b.found, cause, out);
        compare_technologies(&a.found, &b.found, cause, out);
        free(cause);
    }
    result_free(&a);
    result_free(&b);
    return status;
}
