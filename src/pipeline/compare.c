/* SPDX-License-Identifier: Apache-2.0 */
/* compare.c - see compare.h. */
#include "pipeline/compare.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/json.h"
#include "base/vec.h"
#include "patent/csv.h"

#include <stdlib.h>
#include <string.h>

/* A table of a report; the first row is the header. */
typedef struct sheet {
    size_t columns;
    PT_VEC(char *) cells; /* row by row, without the header */
    PT_VEC(char *) header;
} sheet;

static void sheet_free(sheet *s) {
    for (size_t i = 0; i < s->cells.n; i++)
        free(s->cells.at[i]);
    for (size_t i = 0; i < s->header.n; i++)
        free(s->header.at[i]);
    pt_vec_free(&s->cells);
    pt_vec_free(&s->header);
}

static size_t rows_of(const sheet *s) {
    return s->columns ? s->cells.n / s->columns : 0;
}

/* "" for a column that an older result does not have. */
static const char *cell(const sheet *s, size_t row, const char *column) {
    for (size_t c = 0; c < s->columns; c++)
        if (strcmp(s->header.at[c], column) == 0)
            return s->cells.at[row * s->columns + c];
    return "";
}

static pt_status sheet_read(const char *folder, const char *name, sheet *s, pt_error *err) {
    char *path = pt_path_join(folder, name), *text;
    size_t n;
    *s = (sheet){0};
    pt_status status = pt_file_read(path, &text, &n, err);
    if (status) {
        free(path);
        return status;
    }
    const size_t mark = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    pt_memory memory = {text + mark, n - mark};
    pt_csv csv;
    pt_csv_open(&csv, pt_memory_bytes(&memory), ',');
    while (!status && pt_csv_next(&csv)) {
        if (csv.is_broken || (s->columns && csv.cells.n != s->columns))
            status = pt_fail(err, PT_ERR_DATA, "%s:%u: not a table of patopic", path, csv.line);
        for (size_t c = 0; c < csv.cells.n && !status; c++)
            if (s->columns)
                pt_vec_push(&s->cells, pt_strdup(csv.cells.at[c]));
            else
                pt_vec_push(&s->header, pt_strdup(csv.cells.at[c]));
        s->columns = s->header.n;
    }
    pt_csv_close(&csv);
    free(text);
    free(path);
    return status;
}

/* One result, and what is asked of it. */
typedef struct result {
    sheet items, technologies, patents; /* patents: of the technologies */
    json_t *run;
} result;

static void result_free(result *r) {
    sheet_free(&r->items);
    sheet_free(&r->technologies);
    sheet_free(&r->patents);
    json_decref(r->run);
}

static pt_status result_read(const char *folder, result *r, pt_error *err) {
    *r = (result){0};
    pt_status status = sheet_read(folder, "items.csv", &r->items, err);
    if (!status)
        status = sheet_read(folder, "technologies.csv", &r->technologies, err);
    if (!status)
        status = sheet_read(folder, "technology_patents.csv", &r->patents, err);
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

static size_t find_row(const sheet *s, const char *column, const char *value) {
    size_t i = 0;
    while (i < rows_of(s) && strcmp(cell(s, i, column), value) != 0)
        i++;
    return i;
}

static void compare_items(const result *a, const result *b, const char *cause, pt_buf *out) {
    for (size_t i = 0; i < rows_of(&b->items); i++) {
        const char *id = cell(&b->items, i, "item_id");
        const size_t j = find_row(&a->items, "item_id", id);
        const bool known = j < rows_of(&a->items);
        const bool was = known && strcmp(cell(&a->items, j, "selected"), "1") == 0;
        const bool is = strcmp(cell(&b->items, i, "selected"), "1") == 0;
        if (!was && !is)
            continue;
        const char *before = known ? cell(&a->items, j, "rank") : "", *after = cell(&b->items, i, "rank");
        const long up = strtol(before, NULL, 10) - strtol(after, NULL, 10);
        const char *change = !was ? "in" : !is ? "out" : up > 0 ? "up" : up < 0 ? "down" : "same";
        char *reason =
            pt_strfmt("특허 %s → %s, 특화도 %s → %s%s%s", known ? cell(&a->items, j, "patents") : "0",
                      cell(&b->items, i, "patents"), known ? cell(&a->items, j, "lq_shrunk") : "",
                      cell(&b->items, i, "lq_shrunk"), cause[0] ? "; " : "", cause);
        if (strcmp(change, "same") != 0)
            row(out, "item", change, id, cell(&b->items, i, "item"), before, after, reason);
        free(reason);
    }
}

/* --- technologies --- */

typedef struct group {
    const char *number, *name;
    PT_VEC(uint32_t) patents;
    bool is_matched;
} group;

typedef PT_VEC(group) groups;

static void collect(const result *r, pt_intern *numbers, groups *out) {
    for (size_t t = 0; t < rows_of(&r->technologies); t++) {
        group g = {.number = cell(&r->technologies, t, "tech_no"),
                   .name = cell(&r->technologies, t, "technology")};
        for (size_t i = 0; i < rows_of(&r->patents); i++)
            if (strcmp(cell(&r->patents, i, "tech_no"), g.number) == 0) {
                const char *patent = cell(&r->patents, i, "application_number");
                pt_vec_push(&g.patents, pt_intern_add(numbers, patent, strlen(patent)));
            }
        pt_vec_push(out, g);
    }
}

static size_t shared_patents(const group *a, const group *b) {
    size_t n = 0;
    for (size_t i = 0; i < a->patents.n; i++)
        for (size_t j = 0; j < b->patents.n; j++)
            n += a->patents.at[i] == b->patents.at[j];
    return n;
}

/* The unmatched technology of before that shares most patents, or the name; NULL = none. */
static group *counterpart(const group *now, groups *before) {
    group *found = NULL;
    size_t most = 0;
    for (size_t i = 0; i < before->n; i++) {
        group *g = &before->at[i];
        if (g->is_matched)
            continue;
        const size_t n = shared_patents(now, g),
                     smaller = now->patents.n < g->patents.n ? now->patents.n : g->patents.n;
        const bool same_name = strcmp(now->name, g->name) == 0;
        if ((2 * n > smaller || same_name) && (!found || n > most)) {
            found = g;
            most = n;
        }
    }
    return found;
}

static void compare_technologies(const result *a, const result *b, const char *cause, pt_buf *out) {
    pt_intern *numbers = pt_intern_new();
    groups before = {0}, after = {0};
    collect(a, numbers, &before);
    collect(b, numbers, &after);
    for (size_t t = 0; t < after.n; t++) {
        const group *now = &after.at[t];
        group *was = counterpart(now, &before);
        char *n_after = pt_strfmt("%zu", now->patents.n),
             *n_before = pt_strfmt("%zu", was ? was->patents.n : 0);
        if (was)
            was->is_matched = true;
        const bool renamed = was && strcmp(was->name, now->name) != 0;
        const char *change = !was                              ? "in"
                             : now->patents.n > was->patents.n ? "up"
                             : now->patents.n < was->patents.n ? "down"
                             : renamed                         ? "renamed"
                                                               : "same";
        char *reason = renamed ? pt_strfmt("이전 이름 '%s'%s%s", was->name, cause[0] ? "; " : "", cause)
                               : pt_strdup(cause);
        if (strcmp(change, "same") != 0)
            row(out, "technology", change, now->number, now->name, was ? n_before : "", n_after, reason);
        free(reason);
        free(n_before);
        free(n_after);
    }
    for (size_t t = 0; t < before.n; t++)
        if (!before.at[t].is_matched) {
            char *n = pt_strfmt("%zu", before.at[t].patents.n);
            row(out, "technology", "out", before.at[t].number, before.at[t].name, n, "", cause);
            free(n);
        }
    for (size_t t = 0; t < before.n; t++)
        pt_vec_free(&before.at[t].patents);
    for (size_t t = 0; t < after.n; t++)
        pt_vec_free(&after.at[t].patents);
    pt_vec_free(&before);
    pt_vec_free(&after);
    pt_intern_free(numbers);
}

pt_status pt_compare(const char *before, const char *after, pt_buf *out, pt_error *err) {
    result a, b = {0};
    pt_status status = result_read(before, &a, err);
    if (!status)
        status = result_read(after, &b, err);
    if (!status) {
        row(out, "kind", "change", "id", "name", "before", "after", "reason");
        char *cause = compare_causes(&a, &b, out);
        compare_items(&a, &b, cause, out);
        compare_technologies(&a, &b, cause, out);
        free(cause);
    }
    result_free(&a);
    result_free(&b);
    return status;
}
