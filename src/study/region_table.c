/* SPDX-License-Identifier: Apache-2.0 */
/* Loads regions.tsv, resolves former units to their successors, and sorts every name twice: under its 시도
 * and over the whole country. */
#include "study/region_table.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#include <string.h>

typedef struct loading {
    pt_regions *regions;
    pt_intern *codes; /* id = row, for rows that have a code */
    uint32_t *code_row;
    size_t code, sido, sigungu, aliases, level, successor; /* columns */
    PT_VEC(pt_sido_name) names;
    PT_VEC(pt_region_key) keys;
    uint32_t row; /* whose aliases are being split */
} loading;

static void add_sido_name(loading *l, const char *text, size_t bytes, uint32_t row) {
    for (size_t i = 0; i < l->names.n; i++)
        if (l->names.at[i].row == row && strlen(l->names.at[i].text) == bytes &&
            memcmp(l->names.at[i].text, text, bytes) == 0)
            return;
    const pt_sido_name name = {.text = pt_strndup(text, bytes), .row = row};
    pt_vec_push(&l->names, name);
}

static uint32_t sido_of(const loading *l, const char *text, size_t bytes) {
    for (size_t i = 0; i < l->names.n; i++)
        if (strlen(l->names.at[i].text) == bytes && memcmp(l->names.at[i].text, text, bytes) == 0)
            return l->names.at[i].row;
    return UINT32_MAX;
}

static void add_key(loading *l, uint32_t sido_row, const char *text, size_t bytes, int priority) {
    const uint32_t unit = l->regions->at[l->row].resolved;
    if (unit == UINT32_MAX)
        return;
    const pt_region_key key = {
        .sido_row = sido_row, .text = pt_strndup(text, bytes), .unit = unit, .priority = priority};
    pt_vec_push(&l->keys, key);
}

static void use_sido_alias(void *user, const char *alias, size_t bytes) {
    loading *l = user;
    if (!memchr(alias, ' ', bytes))
        add_sido_name(l, alias, bytes, l->row);
}

/* "경상북도 군위군" is a name under another 시도, "창원시성산구" one under its own. */
static void use_alias(void *user, const char *alias, size_t bytes) {
    loading *l = user;
    const pt_region_unit *unit = &l->regions->at[l->row];
    const char *blank = memchr(alias, ' ', bytes);
    const size_t head = blank ? (size_t)(blank - alias) : 0;
    const uint32_t other = blank ? sido_of(l, alias, head) : UINT32_MAX;
    if (other != UINT32_MAX)
        add_key(l, other, blank + 1, bytes - head - 1, 1);
    else if (!unit->is_sido)
        add_key(l, unit->sido_row, alias, bytes, 1);
}

static pt_status read_rows(loading *l, pt_error *err) {
    pt_regions *regions = l->regions;
    for (uint32_t row = 0; row < regions->n; row++) {
        pt_region_unit *unit = &regions->at[row];
        const char *level = pt_tsv_cell(regions->table, row, l->level);
        *unit = (pt_region_unit){.sido = pt_tsv_cell(regions->table, row, l->sido),
                                 .sigungu = pt_tsv_cell(regions->table, row, l->sigungu),
                                 .code = pt_tsv_cell(regions->table, row, l->code),
                                 .is_sido = strcmp(level, "sido") == 0 || strcmp(level, "former_sido") == 0,
                                 .is_former = strncmp(level, "former", 6) == 0,
                                 .is_sejong = strcmp(level, "sejong") == 0,
                                 .sido_row = row,
                                 .city = row,
                                 .resolved = row};
        if (!unit->sido[0] || (!unit->is_sido && !unit->is_sejong && !unit->sigungu[0]))
            return pt_fail(err, PT_ERR_CONFIG, "%s:%u: a region needs its names", pt_tsv_path(regions->table),
                           pt_tsv_line(regions->table, row));
        unit->name = unit->sigungu[0] ? pt_strfmt("%s %s", unit->sido, unit->sigungu) : pt_strdup(unit->sido);
        if (unit->code[0]) {
            const uint32_t id = pt_intern_add(l->codes, unit->code, strlen(unit->code));
            if (id + 1 != pt_intern_count(l->codes) || l->code_row[id] != UINT32_MAX)
                return pt_fail(err, PT_ERR_CONFIG, "%s:%u: code %s stands twice", pt_tsv_path(regions->table),
                               pt_tsv_line(regions->table, row), unit->code);
            l->code_row[id] = row;
        }
    }
    return PT_OK;
}

static uint32_t row_of_code(const loading *l, const char *code, size_t bytes) {
    const uint32_t id = pt_intern_find(l->codes, code, bytes);
    return id == PT_NO_ID ? UINT32_MAX : l->code_row[id];
}

/* 시도 names, the 시도 and the 시 of every row. */
static pt_status link_rows(loading *l, pt_error *err) {
    pt_regions *regions = l->regions;
    for (uint32_t row = 0; row < regions->n; row++)
        if (regions->at[row].is_sido && !regions->at[row].is_former)
            add_sido_name(l, regions->at[row].sido, strlen(regions->at[row].sido), row);
    for (l->row = 0; l->row < regions->n; l->row++)
        if (regions->at[l->row].is_sido && !regions->at[l->row].is_former)
            pt_split(pt_tsv_cell(regions->table, l->row, l->aliases), '|', use_sido_alias, l);
    for (uint32_t row = 0; row < regions->n; row++) {
        pt_region_unit *unit = &regions->at[row];
        unit->sido_row = sido_of(l, unit->sido, strlen(unit->sido));
        if (unit->sido_row == UINT32_MAX)
            return pt_fail(err, PT_ERR_CONFIG, "%s:%u: %s is no 시도 of this table",
                           pt_tsv_path(regions->table), pt_tsv_line(regions->table, row), unit->sido);
        const char *blank = strchr(unit->sigungu, ' ');
        for (uint32_t other = 0; other < regions->n && blank; other++) {
            const pt_region_unit *city = &regions->at[other];
            const size_t bytes = (size_t)(blank - unit->sigungu);
            if (!city->is_former && strcmp(city->sido, unit->sido) == 0 && strlen(city->sigungu) == bytes &&
                memcmp(city->sigungu, unit->sigungu, bytes) == 0)
                unit->city = other;
        }
    }
    return PT_OK;
}

typedef struct successors {
    const loading *l;
    size_t n;
    uint32_t row[8];
    bool failed;
} successors;

static void add_successor(void *user, const char *code, size_t bytes) {
    successors *s = user;
    const uint32_t row = row_of_code(s->l, code, bytes);
    if (row == UINT32_MAX || s->n == sizeof s->row / sizeof s->row[0])
        s->failed = true;
    else
        s->row[s->n++] = row;
}

/* A former unit is its successor; a split one is what all parts share: the 시, else the 시도, else nothing.
 * depth bounds a circle of successors. */
static uint32_t resolve(const loading *l, uint32_t row, int depth) {
    const pt_region_unit *at = l->regions->at;
    if (!at[row].is_former)
        return row;
    successors s = {.l = l};
    pt_split(pt_tsv_cell(l->regions->table, row, l->successor), '|', add_successor, &s);
    if (s.failed || s.n == 0 || depth == 0)
        return UINT32_MAX;
    for (size_t i = 0; i < s.n; i++) {
        s.row[i] = resolve(l, s.row[i], depth - 1);
        if (s.row[i] == UINT32_MAX)
            return UINT32_MAX;
    }
    bool same = true, same_city = true, same_sido = true;
    for (size_t i = 1; i < s.n; i++) {
        same = same && s.row[i] == s.row[0];
        same_city = same_city && at[s.row[i]].city == at[s.row[0]].city;
        same_sido = same_sido && at[s.row[i]].sido_row == at[s.row[0]].sido_row;
    }
    return same ? s.row[0] : same_city ? at[s.row[0]].city : same_sido ? at[s.row[0]].sido_row : UINT32_MAX;
}

static pt_status resolve_rows(loading *l, pt_error *err) {
    for (uint32_t row = 0; row < l->regions->n; row++) {
        const uint32_t resolved = resolve(l, row, 8);
        if (resolved == UINT32_MAX)
            return pt_fail(err, PT_ERR_CONFIG, "%s:%u: no successor for the former unit %s",
                           pt_tsv_path(l->regions->table), pt_tsv_line(l->regions->table, row),
                           l->regions->at[row].name);
        l->regions->at[row].resolved = resolved;
    }
    return PT_OK;
}

static void collect_keys(loading *l) {
    for (l->row = 0; l->row < l->regions->n; l->row++) {
        const pt_region_unit *unit = &l->regions->at[l->row];
        if (unit->is_sido && unit->is_former)
            add_sido_name(l, unit->sido, strlen(unit->sido), unit->resolved);
        else if (unit->sigungu[0])
            add_key(l, unit->sido_row, unit->sigungu, strlen(unit->sigungu), unit->is_former ? 2 : 0);
        pt_split(pt_tsv_cell(l->regions->table, l->row, l->aliases), '|', use_alias, l);
    }
}

static int compare_rest(const pt_region_key *a, const pt_region_key *b) {
    if (a->priority != b->priority)
        return a->priority - b->priority;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

static int compare_text(const void *a, const void *b) {
    const int order = strcmp(((const pt_region_key *)a)->text, ((const pt_region_key *)b)->text);
    return order ? order : compare_rest(a, b);
}

static int compare_sido(const void *a, const void *b) {
    const uint32_t x = ((const pt_region_key *)a)->sido_row, y = ((const pt_region_key *)b)->sido_row;
    return x != y ? (x > y) - (x < y) : compare_text(a, b);
}

static pt_status load(loading *l, pt_error *err) {
    pt_regions *regions = l->regions;
    static const char *const names[] = {"code", "sido", "sigungu", "aliases", "level", "successor"};
    size_t *columns[] = {&l->code, &l->sido, &l->sigungu, &l->aliases, &l->level, &l->successor};
    for (size_t c = 0; c < sizeof names / sizeof names[0]; c++) {
        const pt_status status = pt_tsv_column(regions->table, names[c], columns[c], err);
        if (status)
            return status;
    }
    regions->n = (uint32_t)pt_tsv_rows(regions->table);
    regions->at = pt_zalloc(regions->n, sizeof *regions->at);
    l->code_row = pt_alloc(regions->n, sizeof *l->code_row);
    memset(l->code_row, 0xff, regions->n * sizeof *l->code_row);
    pt_status status = read_rows(l, err);
    if (!status)
        status = link_rows(l, err);
    if (!status)
        status = resolve_rows(l, err);
    if (!status)
        collect_keys(l);
    return status;
}

pt_status pt_regions_load(const char *path, pt_regions **out, pt_error *err) {
    *out = NULL;
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    pt_regions *regions = pt_zalloc(1, sizeof *regions);
    regions->table = table;
    loading l = {.regions = regions, .codes = pt_intern_new()};
    status = load(&l, err);
    regions->n_sido_names = l.names.n;
    regions->sido_name = l.names.at;
    regions->n_keys = l.keys.n;
    regions->by_sido = l.keys.at;
    regions->by_text = pt_alloc(l.keys.n, sizeof *regions->by_text);
    if (!status && l.keys.n) {
        memcpy(regions->by_text, regions->by_sido, l.keys.n * sizeof *regions->by_text);
        pt_sort(regions->by_sido, l.keys.n, sizeof *regions->by_sido, compare_sido);
        pt_sort(regions->by_text, l.keys.n, sizeof *regions->by_text, compare_text);
    }
    pt_intern_free(l.codes);
    free(l.code_row);
    if (status)
        pt_regions_free(regions);
    else
        *out = regions;
    return status;
}

void pt_regions_free(pt_regions *regions) {
    if (!regions)
        return;
    for (size_t i = 0; i < regions->n_sido_names; i++)
        free(regions->sido_name[i].text);
    free(regions->sido_name);
    for (size_t i = 0; i < regions->n_keys; i++)
        free(regions->by_sido[i].text);
    free(regions->by_sido);
    free(regions->by_text);
    for (uint32_t row = 0; regions->at && row < regions->n; row++)
        free(regions->at[row].name);
    free(regions->at);
    pt_tsv_close(regions->table);
    free(regions);
}

/* strcmp of a key with bytes that end without a NUL; prefix: only the bytes are compared. */
static int compare_bytes(const char *key, const char *text, size_t bytes, bool prefix) {
    const int order = strncmp(key, text, bytes);
    return order || prefix ? order : key[bytes] != '\0';
}

/* First key of the order that is not below (sido_row, text). */
static size_t lower_bound(const pt_regions *regions, bool by_sido, uint32_t sido_row, const char *text,
                          size_t bytes) {
    const pt_region_key *keys = by_sido ? regions->by_sido : regions->by_text;
    size_t low = 0, high = regions->n_keys;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const pt_region_key *key = &keys[middle];
        const bool below = by_sido && key->sido_row != sido_row
                               ? key->sido_row < sido_row
                               : compare_bytes(key->text, text, bytes, false) < 0;
        if (below)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void meet(pt_region_hit *hit, uint32_t unit) {
    if (hit->n == 0)
        hit->unit = unit;
    if (hit->n == 0 || hit->unit != unit)
        hit->n++;
}

pt_sido_set pt_sido_find(const pt_regions *regions, const char *text, size_t bytes) {
    pt_sido_set set = {0};
    for (size_t i = 0; i < regions->n_sido_names && set.n < PT_MAX_SIDO; i++)
        if (compare_bytes(regions->sido_name[i].text, text, bytes, false) == 0)
            set.row[set.n++] = regions->sido_name[i].row;
    return set;
}

pt_region_hit pt_region_find(const pt_regions *regions, const pt_sido_set *sido, const char *text,
                             size_t bytes) {
    pt_region_hit hit = {.unit = UINT32_MAX};
    int best = 3;
    for (size_t s = 0; s < (sido ? sido->n : 1); s++) {
        const uint32_t row = sido ? sido->row[s] : 0;
        const pt_region_key *keys = sido ? regions->by_sido : regions->by_text;
        for (size_t i = lower_bound(regions, sido, row, text, bytes); i < regions->n_keys; i++) {
            if ((sido && keys[i].sido_row != row) || compare_bytes(keys[i].text, text, bytes, false) != 0)
                break;
            if (sido && keys[i].priority < best) {
                best = keys[i].priority;
                hit = (pt_region_hit){.unit = UINT32_MAX};
            }
            if (!sido || keys[i].priority == best)
                meet(&hit, keys[i].unit);
        }
    }
    return hit;
}

pt_region_hit pt_region_complete(const pt_regions *regions, const pt_sido_set *sido, const char *text,
                                 size_t bytes) {
    pt_region_hit unit = {.unit = UINT32_MAX}, city = {.unit = UINT32_MAX};
    for (size_t s = 0; s < sido->n; s++)
        for (size_t i = lower_bound(regions, true, sido->row[s], text, bytes); i < regions->n_keys; i++) {
            const pt_region_key *key = &regions->by_sido[i];
            if (key->sido_row != sido->row[s] || compare_bytes(key->text, text, bytes, true) != 0)
                break;
            meet(&unit, key->unit);
            meet(&city, regions->at[key->unit].city);
        }
    return unit.n == 1 ? unit : city;
}
