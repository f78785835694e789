/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/costs.h"
#include "base/tsv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const pt_tag UNKNOWN_TAGS[PT_UNKNOWN_CLASSES] = {PT_NNG, PT_NNP, PT_NNV, PT_VV, PT_VA, PT_MAG};
/* Technical text makes new nouns, hardly ever new adverbs. */
static const double ADVERB_SHARE = 0.2;
static const char FINAL_LETTERS[] = "VLCN";

int16_t pt_cost(double probability) {
    const double cost = probability > 0 ? -log(probability) * PT_COST_SCALE : PT_COST_MAX;
    return (int16_t)(cost > PT_COST_MAX ? PT_COST_MAX : cost < 0 ? 0 : lrint(cost));
}

int pt_unknown_class_of(pt_tag tag) {
    for (int k = 0; k < PT_UNKNOWN_CLASSES; k++)
        if (UNKNOWN_TAGS[k] == tag)
            return k;
    return -1;
}

/* Ids whose name carries the sound class: everything a particle or an ending can stand behind. */
static bool has_final(pt_tag tag) {
    return (tag >= PT_NNG && tag <= PT_VA) || tag == PT_SN;
}

static void add_id(pt_intern *table, const char *name) {
    (void)pt_intern_add(table, name, strlen(name));
}

/* Every tag has an id of its own, seen or not, so that any unit finds one: NNG.2 on the left, NNG.2:V on the
 * right. */
static void add_plain_ids(pt_costs *costs) {
    for (int tag = PT_TAG_NONE + 1; tag < PT_TAGS; tag++) {
        const int sizes = pt_tag_is_sized((pt_tag)tag) ? PT_SIZES : 1;
        for (int size = 1; size <= sizes; size++) {
            char name[24];
            int n = snprintf(name, sizeof name, sizes > 1 ? "%s.%d" : "%s", pt_tag_key((pt_tag)tag), size);
            add_id(costs->lefts, name);
            if (!has_final((pt_tag)tag)) {
                add_id(costs->rights, name);
                continue;
            }
            for (int f = 0; f < PT_FINALS; f++) {
                snprintf(name + n, sizeof name - (size_t)n, ":%c", FINAL_LETTERS[f]);
                add_id(costs->rights, name);
            }
        }
    }
}

static uint8_t tag_of_id(const pt_intern *table, uint32_t id) {
    const char *name = pt_intern_text(table, id);
    return (uint8_t)pt_tag_find(name, strcspn(name, "/:."));
}

static uint32_t find_id(const pt_intern *table, pt_tag tag, char separator, const char *rest, size_t bytes) {
    char name[128];
    const int n = snprintf(name, sizeof name, "%s%c%.*s", pt_tag_key(tag), separator, (int)bytes, rest);
    return n > 0 && n < (int)sizeof name ? pt_intern_find(table, name, (size_t)n) : PT_NO_ID;
}

/* The plain left id of a tag, and of words of that many syllables. */
static uint16_t plain_left(const pt_costs *costs, pt_tag tag, size_t syllables) {
    const char digit = (char)('1' + pt_size_of(syllables));
    if (pt_tag_is_sized(tag))
        return (uint16_t)find_id(costs->lefts, tag, '.', &digit, 1);
    return (uint16_t)pt_intern_find(costs->lefts, pt_tag_key(tag), strlen(pt_tag_key(tag)));
}

uint16_t pt_costs_left(const pt_costs *costs, pt_tag tag, const char *surface) {
    const uint32_t id = find_id(costs->lefts, tag, '/', surface, strlen(surface));
    return id != PT_NO_ID ? (uint16_t)id : plain_left(costs, tag, strlen(surface) / 3);
}

static uint16_t right_by_final(const pt_costs *costs, pt_tag tag, size_t syllables, pt_final final) {
    const char sized[] = {(char)('1' + pt_size_of(syllables)), ':', FINAL_LETTERS[final]};
    if (pt_tag_is_sized(tag))
        return (uint16_t)find_id(costs->rights, tag, '.', sized, sizeof sized);
    if (has_final(tag))
        return (uint16_t)find_id(costs->rights, tag, ':', FINAL_LETTERS + final, 1);
    return (uint16_t)pt_intern_find(costs->rights, pt_tag_key(tag), strlen(pt_tag_key(tag)));
}

uint16_t pt_costs_right(const pt_costs *costs, pt_tag tag, const char *form, size_t form_bytes,
                        const char *surface) {
    const uint32_t id = find_id(costs->rights, tag, '/', form, form_bytes);
    if (id != PT_NO_ID)
        return (uint16_t)id;
    const size_t n = strlen(surface);
    size_t used;
    const uint32_t last = n >= 3 ? pt_utf8_decode(surface + n - 3, 3, &used) : 0;
    return right_by_final(costs, tag, n / 3, pt_is_hangul(last) ? pt_final_of(last) : PT_FINAL_NONE);
}

static void settle_ids(pt_costs *costs) {
    add_plain_ids(costs);
    for (uint32_t id = 0; id < pt_intern_count(costs->lefts); id++)
        pt_vec_push(&costs->left_tags, tag_of_id(costs->lefts, id));
    for (uint32_t id = 0; id < pt_intern_count(costs->rights); id++)
        pt_vec_push(&costs->right_tags, tag_of_id(costs->rights, id));
    for (int tag = PT_TAG_NONE + 1; tag < PT_TAGS; tag++) {
        costs->atoms[tag].left = plain_left(costs, (pt_tag)tag, 2);
        for (int f = 0; f < PT_FINALS; f++)
            costs->atoms[tag].right[f] = right_by_final(costs, (pt_tag)tag, 2, (pt_final)f);
    }
    for (int k = 0; k < PT_UNKNOWN_CLASSES; k++) {
        const pt_tag tag = UNKNOWN_TAGS[k];
        costs->unknown[k].tag = (uint16_t)tag;
        for (unsigned size = 0; size < PT_SIZES; size++) {
            costs->unknown[k].left[size] = plain_left(costs, tag, size + 1);
            for (int f = 0; f < PT_FINALS; f++)
                costs->unknown[k].right[size][f] = right_by_final(costs, tag, size + 1, (pt_final)f);
        }
    }
}

pt_status pt_costs_read(pt_costs *costs, const char *path, pt_error *err) {
    *costs = (pt_costs){.lefts = pt_intern_new(), .rights = pt_intern_new()};
    add_id(costs->lefts, "$");
    add_id(costs->rights, "^");
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    size_t right = 0, left = 0, count = 0;
    if (!(status = pt_tsv_column(table, "right", &right, err)) &&
        !(status = pt_tsv_column(table, "left", &left, err)))
        status = pt_tsv_column(table, "count", &count, err);
    const size_t rows = status ? 0 : pt_tsv_rows(table);
    for (size_t row = 0; row < rows; row++) {
        add_id(costs->rights, pt_tsv_cell(table, row, right));
        add_id(costs->lefts, pt_tsv_cell(table, row, left));
    }
    settle_ids(costs);
    const size_t n_left = costs->left_tags.n, n_right = costs->right_tags.n;
    for (size_t id = 1; id < n_left && !status; id++)
        if (!costs->left_tags.at[id])
            status = pt_fail(err, PT_ERR_CONFIG, "%s: id '%s' has no known tag", path,
                             pt_intern_text(costs->lefts, (uint32_t)id));
    if (!status && (n_left >= UINT16_MAX || n_right >= UINT16_MAX))
        status = pt_fail(err, PT_ERR_CONFIG, "%s: too many ids", path);
    costs->edges = pt_zalloc(n_left * n_right, sizeof *costs->edges);
    for (size_t row = 0; row < rows && !status; row++) {
        const char *r = pt_tsv_cell(table, row, right), *l = pt_tsv_cell(table, row, left);
        const double n = strtod(pt_tsv_cell(table, row, count), NULL);
        if (!(n > 0 && n < 1e9))
            status = pt_fail(err, PT_ERR_CONFIG, "%s:%u: the count is not a positive number", path,
                             pt_tsv_line(table, row));
        else
            costs->edges[pt_intern_find(costs->rights, r, strlen(r)) * n_left +
                         pt_intern_find(costs->lefts, l, strlen(l))] += n;
    }
    pt_tsv_close(table);
    return status;
}

void pt_costs_free(pt_costs *costs) {
    pt_intern_free(costs->lefts);
    pt_intern_free(costs->rights);
    pt_vec_free(&costs->left_tags);
    pt_vec_free(&costs->right_tags);
    free(costs->edges);
    free(costs->connections);
    free(costs->left_total);
}

void pt_costs_count_words(pt_costs *costs, const pt_wordlist *list) {
    costs->left_total = pt_zalloc(costs->left_tags.n, sizeof *costs->left_total);
    double once[PT_UNKNOWN_CLASSES] = {0};
    double lengths[PT_UNKNOWN_CLASSES][PT_UNKNOWN_SYLLABLES + 1] = {0};
    for (size_t k = 0; k < list->words.n; k++) {
        const pt_word *word = &list->words.at[k];
        const char *analysis = pt_intern_text(list->strings, word->analysis);
        pt_analysis_ends ends;
        if (!pt_analysis_parse(analysis, &ends))
            continue;
        const char *surface = pt_intern_text(list->strings, word->surface);
        const uint16_t left = pt_costs_left(costs, ends.first, surface);
        costs->left_total[left] += word->count;
        const int class = pt_unknown_class_of(ends.first);
        if (class >= 0 && !ends.last_form && word->count == 1) {
            const size_t n = strlen(surface) / 3;
            once[class] += 1;
            lengths[class][n < PT_UNKNOWN_SYLLABLES ? n : PT_UNKNOWN_SYLLABLES] += 1;
        }
    }
    /* Good-Turing: what was never seen weighs as much as what was seen once. */
    for (int k = 0; k < PT_UNKNOWN_CLASSES; k++) {
        const double share = (once[k] + 0.5) * (UNKNOWN_TAGS[k] == PT_MAG ? ADVERB_SHARE : 1);
        double mass[PT_UNKNOWN_SYLLABLES + 1];
        for (unsigned n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            mass[n] = share * (lengths[k][n] + 0.5) / (once[k] + 0.5 * PT_UNKNOWN_SYLLABLES);
            costs->left_total[costs->unknown[k].left[pt_size_of(n)]] += mass[n];
        }
        for (unsigned n = 1; n <= PT_UNKNOWN_SYLLABLES; n++)
            costs->unknown[k].length[n] =
                pt_cost(mass[n] / costs->left_total[costs->unknown[k].left[pt_size_of(n)]]);
    }
}

typedef struct sums {
    double *right_on, *left_on;   /* [ids] edges that go on within the eojeol */
    unsigned *kinds;              /* [rights] different lefts behind it */
    double tag[PT_TAGS][PT_TAGS]; /* right tag, left tag */
    double tag_right[PT_TAGS], tag_end[PT_TAGS], tag_left[PT_TAGS];
} sums;

static void add_up(const pt_costs *costs, sums *s) {
    const size_t n_left = costs->left_tags.n, n_right = costs->right_tags.n;
    for (size_t r = 0; r < n_right; r++) {
        const uint8_t tr = costs->right_tags.at[r];
        s->tag_end[tr] += costs->edges[r * n_left + PT_LEFT_END];
        for (size_t l = 1; l < n_left; l++) {
            const double n = costs->edges[r * n_left + l];
            const uint8_t tl = costs->left_tags.at[l];
            s->right_on[r] += n;
            s->left_on[l] += n;
            s->kinds[r] += n > 0;
            s->tag[tr][tl] += n;
            s->tag_right[tr] += n;
            s->tag_left[tl] += n;
        }
    }
}

void pt_costs_connect(pt_costs *costs) {
    const size_t n_left = costs->left_tags.n, n_right = costs->right_tags.n;
    sums *s = pt_zalloc(1, sizeof *s);
    s->right_on = pt_zalloc(n_right, sizeof *s->right_on);
    s->left_on = pt_zalloc(n_left, sizeof *s->left_on);
    s->kinds = pt_zalloc(n_right, sizeof *s->kinds);
    add_up(costs, s);
    costs->connections = pt_zalloc(n_left * n_right, sizeof *costs->connections);
    for (size_t r = 0; r < n_right; r++) {
        const uint8_t tr = costs->right_tags.at[r];
        const double end = costs->edges[r * n_left + PT_LEFT_END], all = end + s->right_on[r];
        const double tag_end = (s->tag_end[tr] + 0.5) / (s->tag_end[tr] + s->tag_right[tr] + 1);
        const double p_end = r == PT_RIGHT_START ? 1e-6 : (end + 2 * tag_end) / (all + 2);
        const double kinds = s->kinds[r] + 0.5;
        const double w = kinds / (s->right_on[r] + kinds);
        costs->connections[PT_LEFT_END * n_right + r] = pt_cost(p_end);
        for (size_t l = 1; l < n_left; l++) {
            const uint8_t tl = costs->left_tags.at[l];
            const double by_tag = (s->tag[tr][tl] + 0.01) / (s->tag_right[tr] + 0.01 * PT_TAGS) *
                                  (s->left_on[l] + 0.1) / (s->tag_left[tl] + 1);
            const double own = s->right_on[r] > 0 ? costs->edges[r * n_left + l] / s->right_on[r] : 0;
            costs->connections[l * n_right + r] = pt_cost((1 - p_end) * ((1 - w) * own + w * by_tag));
        }
    }
    free(s->right_on);
    free(s->left_on);
    free(s->kinds);
    free(s);
}
