/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/snapshot.h"
#include "base/file.h"
#include "base/mem.h"
#include "patent/csv.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WANTED = 6 };

/* Calls use with the cells of the named columns for every row; "" for a column that is not there. */
static pt_status each_row(const char *folder, const char *name, const char *const *columns,
                          void (*use)(void *user, const char *const *cells), void *user, pt_error *err) {
    char *path = pt_path_join(folder, name), *text = NULL;
    size_t n = 0, width = 0, at[MOST_WANTED];
    pt_status status = pt_file_read(path, &text, &n, err);
    const size_t mark = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    pt_memory memory = {text + mark, n - mark};
    pt_csv csv;
    pt_csv_open(&csv, pt_memory_bytes(&memory), ',');
    while (!status && pt_csv_next(&csv)) {
        if (csv.is_broken || (width && csv.cells.n != width)) {
            status = pt_fail(err, PT_ERR_DATA, "%s:%u: not a table of patopic", path, csv.line);
            break;
        }
        const char *cells[MOST_WANTED] = {0};
        for (size_t c = 0; columns[c]; c++) {
            if (width == 0)
                for (at[c] = 0; at[c] < csv.cells.n && strcmp(csv.cells.at[at[c]], columns[c]) != 0;)
                    at[c]++;
            cells[c] = at[c] < csv.cells.n ? csv.cells.at[at[c]] : "";
        }
        if (width)
            use(user, cells);
        width = csv.cells.n;
    }
    pt_csv_close(&csv);
    free(text);
    free(path);
    return status;
}

static void take_item(void *user, const char *const *cells) {
    pt_snapshot *out = user;
    const pt_snapshot_item item = {pt_strdup(cells[0]), pt_strdup(cells[1]), pt_strdup(cells[2]),
                                   pt_strdup(cells[3]), pt_strdup(cells[4]), strcmp(cells[5], "1") == 0};
    pt_vec_push(&out->items, item);
}

static void take_technology(void *user, const char *const *cells) {
    pt_snapshot *out = user;
    const pt_snapshot_technology technology = {.number = pt_strdup(cells[0]), .name = pt_strdup(cells[1])};
    pt_vec_push(&out->technologies, technology);
}

static void take_member(void *user, const char *const *cells) {
    pt_snapshot *out = user;
    for (size_t t = 0; t < out->technologies.n; t++)
        if (strcmp(out->technologies.at[t].number, cells[0]) == 0) {
            const uint32_t id = pt_intern_add(out->numbers, cells[1], strlen(cells[1]));
            pt_vec_push(&out->technologies.at[t].patents, id);
            return;
        }
}

static void take_patent(void *user, const char *const *cells) {
    pt_snapshot *out = user;
    if (cells[1][0] && strcmp(cells[1], "1") != 0) /* its second and third item */
        return;
    const pt_snapshot_patent patent = {pt_intern_add(out->numbers, cells[0], strlen(cells[0])),
                                       pt_strdup(cells[2]), strcmp(cells[3], "1") == 0};
    pt_vec_push(&out->patents, patent);
}

pt_status pt_snapshot_read(const char *folder, bool with_patents, pt_snapshot *out, pt_error *err) {
    static const char *const items[] = {"item_id", "item", "rank", "patents", "lq_shrunk", "selected", NULL};
    static const char *const technologies[] = {"tech_no", "technology", NULL};
    static const char *const members[] = {"tech_no", "application_number", NULL};
    static const char *const patents[] = {"application_number", "item_rank", "item_id", "in_region", NULL};
    *out = (pt_snapshot){.numbers = pt_intern_new()};
    pt_status status = each_row(folder, "items.csv", items, take_item, out, err);
    if (!status)
        status = each_row(folder, "technologies.csv", technologies, take_technology, out, err);
    if (!status)
        status = each_row(folder, "technology_patents.csv", members, take_member, out, err);
    if (!status && with_patents)
        status = each_row(folder, "patents.csv", patents, take_patent, out, err);
    return status;
}

void pt_snapshot_free(pt_snapshot *s) {
    for (size_t i = 0; i < s->items.n; i++) {
        free(s->items.at[i].id);
        free(s->items.at[i].name);
        free(s->items.at[i].rank);
        free(s->items.at[i].patents);
        free(s->items.at[i].lq);
    }
    for (size_t i = 0; i < s->technologies.n; i++) {
        free(s->technologies.at[i].number);
        free(s->technologies.at[i].name);
        pt_vec_free(&s->technologies.at[i].patents);
    }
    for (size_t i = 0; i < s->patents.n; i++)
        free(s->patents.at[i].item_id);
    pt_vec_free(&s->items);
    pt_vec_free(&s->technologies);
    pt_vec_free(&s->patents);
    pt_intern_free(s->numbers);
    *s = (pt_snapshot){0};
}

/* Patents that both have; the two number their patents apart. */
static size_t shared(const pt_snapshot *before, const pt_snapshot_technology *was, const pt_snapshot *after,
                     const pt_snapshot_technology *now) {
    size_t n = 0;
    for (size_t i = 0; i < now->patents.n; i++) {
        const uint32_t id = now->patents.at[i];
        const uint32_t other = pt_intern_find(before->numbers, pt_intern_text(after->numbers, id),
                                              pt_intern_bytes(after->numbers, id));
        for (size_t j = 0; other != PT_NO_ID && j < was->patents.n; j++)
            n += was->patents.at[j] == other;
    }
    return n;
}

uint32_t *pt_snapshot_match(const pt_snapshot *before, const pt_snapshot *after) {
    bool *is_matched = pt_zalloc(before->technologies.n, sizeof *is_matched);
    uint32_t *match = pt_alloc(after->technologies.n, sizeof *match);
    for (size_t t = 0; t < after->technologies.n; t++) {
        const pt_snapshot_technology *now = &after->technologies.at[t];
        size_t most = 0;
        match[t] = UINT32_MAX;
        for (uint32_t i = 0; i < before->technologies.n; i++) {
            const pt_snapshot_technology *was = &before->technologies.at[i];
            if (is_matched[i])
                continue;
            const size_t n = shared(before, was, after, now),
                         smaller = now->patents.n < was->patents.n ? now->patents.n : was->patents.n;
            if ((2 * n > smaller || strcmp(now->name, was->name) == 0) &&
                (match[t] == UINT32_MAX || n > most)) {
                match[t] = i;
                most = n;
            }
        }
        if (match[t] != UINT32_MAX)
            is_matched[match[t]] = true;
    }
    free(is_matched);
    return match;
}
