/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.c - compiles `상기 {부품1|은/는} {동작1}된다.` into segments. */
#include "synth/pattern.h"

#include "base/file.h"
#include "base/tsv.h"
#include <string.h>

static const char *const kind_names[PT_KINDS] = {"title",  "opening", "problem", "composition", "relation",
                                                 "method", "effect",  "use",     "claim"};

static const struct {
    const char *name;
    uint8_t slot;
} slot_names[] = {{"부품", PT_WORD_PART},       {"재료", PT_WORD_MATERIAL}, {"동작", PT_WORD_ACT},
                  {"물리량", PT_WORD_QUANTITY}, {"문제", PT_WORD_PROBLEM},  {"수식", PT_WORD_MODIFIER},
                  {"효과", PT_WORD_EFFECT},     {"사용자", PT_WORD_USER},   {"위치", PT_WORD_POSITION},
                  {"형상", PT_WORD_SHAPE},      {"일반", PT_WORD_GENERAL},  {"단위", PT_WORD_UNIT},
                  {"이름", PT_SLOT_NAME},       {"제목", PT_SLOT_TITLE},    {"관련", PT_SLOT_RELATED},
                  {"이웃", PT_SLOT_NEIGHBOUR},  {"수", PT_SLOT_NUMBER}};

/* The slot written in body[0 .. n), e.g. `부품1|은/는`. */
static bool parse_slot(const char *body, size_t n, pt_synth_segment *out) {
    const char *bar = memchr(body, '|', n);
    size_t name = bar ? (size_t)(bar - body) : n;
    out->index = 0;
    if (name > 0 && body[name - 1] >= '1' && body[name - 1] <= '0' + PT_SLOT_INDICES) {
        out->index = (uint8_t)(body[--name] - '1');
    }
    out->has_josa = bar != NULL;
    if (bar && !pt_josa_parse(bar + 1, n - (size_t)(bar + 1 - body), &out->josa)) {
        return false;
    }
    for (size_t i = 0; i < sizeof slot_names / sizeof *slot_names; i++) {
        if (strlen(slot_names[i].name) == name && !memcmp(slot_names[i].name, body, name)) {
            out->slot = slot_names[i].slot;
            return true;
        }
    }
    return false;
}

/* False when a brace is open or a slot unknown. `text` lives as long as the pattern. */
static bool compile(const char *text, pt_synth_pattern *out) {
    PT_VEC(pt_synth_segment) segments = {0};
    const char *at = text;
    bool fine = true;
    while (fine && *at) {
        pt_synth_segment segment = {.text = at, .slot = PT_SLOT_NONE};
        segment.bytes = (uint32_t)strcspn(at, "{");
        at += segment.bytes;
        if (*at == '{') {
            const char *end = strchr(at, '}');
            fine = end && parse_slot(at + 1, (size_t)(end - at - 1), &segment);
            at = end ? end + 1 : at;
        }
        pt_vec_push(&segments, segment);
    }
    out->segments = segments.at;
    out->n_segments = segments.n;
    return fine;
}

static pt_status add_row(pt_synth_patterns *p, const pt_tsv *table, size_t row, const size_t column[4],
                         pt_error *err) {
    unsigned kind = 0;
    while (kind < PT_KINDS && strcmp(pt_tsv_cell(table, row, column[0]), kind_names[kind])) {
        kind++;
    }
    const uint32_t styles = pt_synth_styles(pt_tsv_cell(table, row, column[1]));
    pt_synth_pattern pattern = {.weight = strtod(pt_tsv_cell(table, row, column[2]), NULL)};
    pt_vec_push(&p->texts, pt_strdup(pt_tsv_cell(table, row, column[3])));
    const bool fine = compile(p->texts.at[p->texts.n - 1], &pattern);
    pt_vec_push(&p->patterns, pattern);
    if (!fine || kind == PT_KINDS || !styles || !(pattern.weight > 0)) {
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: unknown kind, style, slot or particle, or a weight that is not positive",
                       pt_tsv_path(table), pt_tsv_line(table, row));
    }
    for (unsigned style = 0; style < PT_STYLES; style++) {
        if (styles >> style & 1) {
            pt_vec_push(&p->choice[kind][style], p->patterns.n - 1);
            p->total[kind][style] += pattern.weight;
        }
    }
    return PT_OK;
}

static pt_status check_complete(const pt_synth_patterns *p, const char *path, pt_error *err) {
    for (unsigned kind = 0; kind < PT_KINDS; kind++) {
        for (unsigned style = 0; style < PT_STYLES; style++) {
            if (p->choice[kind][style].n == 0) {
                return pt_fail(err, PT_ERR_CONFIG,
                               "%s: a style has no sentence of kind %s; add one with style all", path,
                               kind_names[kind]);
            }
        }
    }
    return PT_OK;
}

pt_status pt_synth_patterns_load(const char *dict_dir, pt_synth_patterns **out, pt_error *err) {
    static const char *const names[4] = {"kind", "styles", "weight", "pattern"};
    char *folder = pt_path_join(dict_dir, "synth"), *path = pt_path_join(folder, "sentences.tsv");
    pt_synth_patterns *p = pt_zalloc(1, sizeof *p);
    pt_tsv *table = NULL;
    size_t column[4];
    pt_status status = pt_tsv_open(&table, path, err);
    for (size_t i = 0; status == PT_OK && i < 4; i++) {
        status = pt_tsv_column(table, names[i], &column[i], err);
    }
    for (size_t row = 0; status == PT_OK && row < pt_tsv_rows(table); row++) {
        status = add_row(p, table, row, column, err);
    }
    status = status == PT_OK ? check_complete(p, path, err) : status;
    pt_tsv_close(table);
    free(path);
    free(folder);
    if (status != PT_OK) {
        pt_synth_patterns_free(p);
        p = NULL;
    }
    *out = p;
    return status;
}

void pt_synth_patterns_free(pt_synth_patterns *p) {
    if (!p) {
        return;
    }
    for (size_t i = 0; i < p->patterns.n; i++) {
        free(p->patterns.at[i].segments);
    }
    for (size_t i = 0; i < p->texts.n; i++) {
        free(p->texts.at[i]);
    }
    for (unsigned kind = 0; kind < PT_KINDS; kind++) {
        for (unsigned style = 0; style < PT_STYLES; style++) {
            pt_vec_free(&p->choice[kind][style]);
        }
    }
    pt_vec_free(&p->patterns);
    pt_vec_free(&p->texts);
    free(p);
}

const pt_synth_pattern *pt_synth_pattern_draw(const pt_synth_patterns *p, pt_synth_kind kind,
                                              pt_synth_style style, double u) {
    const size_t n = p->choice[kind][style].n, *const choice = p->choice[kind][style].at;
    double left = u * p->total[kind][style];
    size_t i = 0;
    while (i + 1 < n && left >= p->patterns.at[choice[i]].weight) {
        left -= p->patterns.at[choice[i++]].weight;
    }
    return &p->patterns.at[choice[i]];
}
