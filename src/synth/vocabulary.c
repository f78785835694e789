/* SPDX-License-Identifier: Apache-2.0 */
/* vocabulary.c - reads dict/synth. */
#include "synth/vocabulary.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/tsv.h"
#include <string.h>

static const char *const style_names[PT_STYLES] = {"mech", "elec", "soft", "chem", "bio"};
static const char *const class_names[PT_WORD_CLASSES] = {"parts",    "materials", "acts",    "quantities",
                                                         "problems", "modifiers", "effects", "users",
                                                         "position", "shape",     "general", "unit"};
static const char *const name_parts[PT_NAME_PARTS] = {"firm_head", "firm_tail", "institute", "surname",
                                                      "given",     "road",      "town"};

uint32_t pt_synth_styles(const char *names) {
    uint32_t set = 0;
    for (const char *at = names; *at;) {
        const size_t n = strcspn(at, "|");
        uint32_t bit = n == 3 && !memcmp(at, "all", 3) ? (1U << PT_STYLES) - 1 : 0;
        for (unsigned s = 0; s < PT_STYLES; s++) {
            bit |= strlen(style_names[s]) == n && !memcmp(style_names[s], at, n) ? 1U << s : 0;
        }
        if (!bit) {
            return 0;
        }
        set |= bit;
        at += at[n] ? n + 1 : n;
    }
    return set;
}

/* text[0 .. n) escaped, owned by the vocabulary. */
static char *keep(pt_synth_vocabulary *v, const char *text, size_t n) {
    pt_buf escaped = {0};
    for (size_t i = 0; i < n; i++) {
        switch (text[i]) {
        case '&':
            pt_buf_puts(&escaped, "&amp;");
            break;
        case '<':
            pt_buf_puts(&escaped, "&lt;");
            break;
        case '>':
            pt_buf_puts(&escaped, "&gt;");
            break;
        default:
            pt_buf_putc(&escaped, text[i]);
        }
    }
    pt_buf_putc(&escaped, '\0');
    pt_vec_push(&v->texts, pt_buf_take(&escaped));
    return v->texts.at[v->texts.n - 1];
}

typedef struct word_sink {
    pt_synth_vocabulary *v;
    pt_synth_words *words;
} word_sink;

static void add_word(void *user, const char *part, size_t bytes) {
    const word_sink *sink = user;
    const char *text = keep(sink->v, part, bytes);
    const size_t n = strlen(text);
    const pt_synth_word word = {text, NULL, (uint32_t)n, (uint8_t)pt_final_of(text, n)};
    pt_vec_push(sink->words, word);
}

static void add_words(pt_synth_vocabulary *v, pt_synth_words *words, const char *cell) {
    pt_split(cell, '|', add_word, &(word_sink){v, words});
}

/* A table and the columns asked of it. */
typedef struct sheet {
    pt_tsv *table;
    size_t column[16];
} sheet;

static pt_status open_sheet(sheet *out, const char *dict_dir, const char *file, const char *const *names,
                            pt_error *err) {
    char *folder = pt_path_join(dict_dir, "synth"), *path = pt_path_join(folder, file);
    pt_status status = pt_tsv_open(&out->table, path, err);
    for (size_t i = 0; status == PT_OK && names[i]; i++) {
        status = pt_tsv_column(out->table, names[i], &out->column[i], err);
        if (status != PT_OK) {
            pt_tsv_close(out->table);
        }
    }
    free(folder);
    free(path);
    return status;
}

static const char *cell(const sheet *s, size_t row, size_t column) {
    return pt_tsv_cell(s->table, row, s->column[column]);
}

static pt_status read_number(const sheet *s, size_t row, size_t column, double *out, pt_error *err) {
    char *end;
    const char *text = cell(s, row, column);
    *out = strtod(text, &end);
    if (end == text || *end || !(*out > 0)) {
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: \"%s\" is no positive number", pt_tsv_path(s->table),
                       pt_tsv_line(s->table, row), text);
    }
    return PT_OK;
}

/* One style, as its number. */
static pt_status read_style(const sheet *s, size_t row, size_t column, pt_synth_style *out, pt_error *err) {
    for (unsigned i = 0; i < PT_STYLES; i++) {
        if (!strcmp(cell(s, row, column), style_names[i])) {
            *out = (pt_synth_style)i;
            return PT_OK;
        }
    }
    return pt_fail(err, PT_ERR_CONFIG, "%s:%u: unknown style \"%s\"; use mech, elec, soft, chem or bio",
                   pt_tsv_path(s->table), pt_tsv_line(s->table, row), cell(s, row, column));
}

enum { STYLE, IPC, HEADS, PARTS, MATERIALS, ACTS, QUANTITIES, FIRST_OWN };

/* The columns every kind of subject has, in the order of the enum above. */
static pt_status read_subject(pt_synth_vocabulary *v, const sheet *s, size_t row, pt_synth_subject *out,
                              pt_error *err) {
    *out = (pt_synth_subject){.item_id = "", .name = "", .weight = 1, .growth = 1, .item = v->subjects.n};
    const pt_status status = read_style(s, row, STYLE, &out->style, err);
    add_words(v, &out->ipc, cell(s, row, IPC));
    for (size_t c = PARTS; c <= QUANTITIES; c++) {
        add_words(v, &out->words[PT_WORD_PART + (c - PARTS)], cell(s, row, c));
    }
    return status;
}

static pt_status load_technologies(pt_synth_vocabulary *v, const char *dict_dir, pt_error *err) {
    enum { NUMBER = FIRST_OWN, NAME, ITEM, WEIGHT, GROWTH, MODIFIERS, SEEDS, PROBLEMS };
    static const char *const names[] = {
        "style",      "ipc",     "variants", "parts",  "materials", "acts",  "quantities", "tech_no",
        "technology", "item_id", "weight",   "growth", "modifiers", "seeds", "problems",   NULL};
    sheet s;
    pt_status status = open_sheet(&s, dict_dir, "technologies.tsv", names, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t row = 0; status == PT_OK && row < pt_tsv_rows(s.table); row++) {
        pt_synth_subject t;
        double number = 1;
        status = read_subject(v, &s, row, &t, err);
        status = status == PT_OK ? read_number(&s, row, NUMBER, &number, err) : status;
        status = status == PT_OK ? read_number(&s, row, WEIGHT, &t.weight, err) : status;
        status = status == PT_OK ? read_number(&s, row, GROWTH, &t.growth, err) : status;
        t.tech_no = (uint32_t)number;
        add_word(&(word_sink){v, &t.heads}, cell(&s, row, NAME), strlen(cell(&s, row, NAME)));
        add_words(v, &t.heads, cell(&s, row, HEADS));
        t.name = t.heads.at[0].text;
        t.item_id = keep(v, cell(&s, row, ITEM), strlen(cell(&s, row, ITEM)));
        add_words(v, &t.words[PT_WORD_MODIFIER], cell(&s, row, MODIFIERS));
        add_words(v, &t.words[PT_WORD_PROBLEM], cell(&s, row, PROBLEMS));
        add_words(v, &t.seeds, cell(&s, row, SEEDS));
        pt_vec_push(&v->subjects, t);
    }
    v->n_technologies = v->subjects.n;
    pt_tsv_close(s.table);
    return status;
}

/* items.tsv (with seeds) and outside.tsv (without). */
static pt_status load_subjects(pt_synth_vocabulary *v, const char *dict_dir, const char *file, bool standard,
                               pt_error *err) {
    static const char *const names[] = {"style", "ipc",        "heads",   "parts", "materials",
                                        "acts",  "quantities", "item_id", "seeds", NULL};
    static const char *const outside[] = {"style",     "ipc",  "heads",      "parts",
                                          "materials", "acts", "quantities", NULL};
    sheet s;
    pt_status status = open_sheet(&s, dict_dir, file, standard ? names : outside, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t row = 0; status == PT_OK && row < pt_tsv_rows(s.table); row++) {
        pt_synth_subject t;
        status = read_subject(v, &s, row, &t, err);
        add_words(v, &t.heads, cell(&s, row, HEADS));
        if (status == PT_OK && t.heads.n == 0) {
            status = pt_fail(err, PT_ERR_CONFIG, "%s:%u: no heads; a title needs one", pt_tsv_path(s.table),
                             pt_tsv_line(s.table, row));
        }
        if (standard) {
            t.item_id = keep(v, cell(&s, row, FIRST_OWN), strlen(cell(&s, row, FIRST_OWN)));
            add_words(v, &t.seeds, cell(&s, row, FIRST_OWN + 1));
        }
        pt_vec_push(&v->subjects, t);
    }
    pt_tsv_close(s.table);
    return status;
}

static void add_gloss(void *user, const char *part, size_t bytes) {
    const word_sink *sink = user;
    const char *equals = memchr(part, '=', bytes);
    if (!equals) {
        return;
    }
    const size_t n = (size_t)(equals - part);
    pt_synth_word word = {keep(sink->v, part, n), NULL, (uint32_t)n, 0};
    word.gloss = keep(sink->v, equals + 1, bytes - n - 1);
    pt_vec_push(sink->words, word);
}

static void gloss_words(pt_synth_words *words, const pt_synth_words *glosses) {
    for (size_t i = 0; i < words->n; i++) {
        for (size_t g = 0; g < glosses->n; g++) {
            if (!strcmp(words->at[i].text, glosses->at[g].text)) {
                words->at[i].gloss = glosses->at[g].gloss;
            }
        }
    }
}

static pt_status load_common(pt_synth_vocabulary *v, const char *dict_dir, pt_error *err) {
    static const char *const names[] = {"class", "style", "words", NULL};
    sheet s;
    pt_status status = open_sheet(&s, dict_dir, "common.tsv", names, err);
    if (status != PT_OK) {
        return status;
    }
    pt_synth_words glosses = {0};
    for (size_t row = 0; status == PT_OK && row < pt_tsv_rows(s.table); row++) {
        const uint32_t styles = pt_synth_styles(cell(&s, row, 1));
        unsigned class = 0;
        while (class < PT_WORD_CLASSES && strcmp(cell(&s, row, 0), class_names[class])) {
            class ++;
        }
        if (!strcmp(cell(&s, row, 0), "gloss")) {
            pt_split(cell(&s, row, 2), '|', add_gloss, &(word_sink){v, &glosses});
        } else if (!styles || class == PT_WORD_CLASSES) {
            status = pt_fail(err, PT_ERR_CONFIG, "%s:%u: unknown class or style", pt_tsv_path(s.table),
                             pt_tsv_line(s.table, row));
        } else {
            for (unsigned style = 0; style < PT_STYLES; style++) {
                if (styles >> style & 1) {
                    add_words(v, &v->common[style][class], cell(&s, row, 2));
                }
            }
        }
    }
    for (unsigned style = 0; style < PT_STYLES; style++) {
        for (unsigned class = 0; class < PT_WORD_CLASSES; class ++) {
            gloss_words(&v->common[style][class], &glosses);
        }
    }
    pt_vec_free(&glosses);
    pt_tsv_close(s.table);
    return status;
}

static pt_status load_names(pt_synth_vocabulary *v, const char *dict_dir, pt_error *err) {
    static const char *const names[] = {"class", "words", NULL};
    sheet s;
    const pt_status status = open_sheet(&s, dict_dir, "names.tsv", names, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t row = 0; row < pt_tsv_rows(s.table); row++) {
        for (unsigned part = 0; part < PT_NAME_PARTS; part++) {
            if (!strcmp(cell(&s, row, 0), name_parts[part])) {
                add_words(v, &v->names[part], cell(&s, row, 1));
            }
        }
    }
    pt_tsv_close(s.table);
    return PT_OK;
}

static pt_status load_places(pt_synth_vocabulary *v, const char *dict_dir, pt_error *err) {
    static const char *const names[] = {"sido", "sigungu", "weight", "short", NULL};
    sheet s;
    pt_status status = open_sheet(&s, dict_dir, "places.tsv", names, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t row = 0; status == PT_OK && row < pt_tsv_rows(s.table); row++) {
        pt_synth_place place = {NULL, NULL, NULL, 0};
        status = read_number(&s, row, 2, &place.weight, err);
        place.sido = keep(v, cell(&s, row, 0), strlen(cell(&s, row, 0)));
        place.sigungu = keep(v, cell(&s, row, 1), strlen(cell(&s, row, 1)));
        place.brief = keep(v, cell(&s, row, 3), strlen(cell(&s, row, 3)));
        pt_vec_push(&v->places, place);
    }
    pt_tsv_close(s.table);
    return status;
}

/* Ties a technology to the subject of its item, and asks that no list a text needs is empty. */
static pt_status check(pt_synth_vocabulary *v, const char *dict_dir, pt_error *err) {
    for (size_t t = 0; t < v->n_technologies; t++) {
        pt_synth_subject *tech = &v->subjects.at[t];
        for (size_t i = v->n_technologies; i < v->n_technologies + v->n_items; i++) {
            tech->item = strcmp(tech->item_id, v->subjects.at[i].item_id) ? tech->item : i;
        }
        if (tech->item == t) {
            return pt_fail(err, PT_ERR_CONFIG,
                           "%s/synth/technologies.tsv: technology %u: item %s is not in items.tsv", dict_dir,
                           tech->tech_no, tech->item_id);
        }
    }
    for (unsigned style = 0; style < PT_STYLES; style++) {
        for (unsigned class = 0; class < PT_WORD_CLASSES; class ++) {
            if (v->common[style][class].n == 0) {
                return pt_fail(err, PT_ERR_CONFIG, "%s/synth/common.tsv: no %s for style %s", dict_dir,
                               class_names[class], style_names[style]);
            }
        }
    }
    for (unsigned part = 0; part < PT_NAME_PARTS; part++) {
        if (v->names[part].n == 0) {
            return pt_fail(err, PT_ERR_CONFIG, "%s/synth/names.tsv: no %s", dict_dir, name_parts[part]);
        }
    }
    if (v->n_technologies < 1 || v->n_items < 2 || v->n_outside < 1 || v->places.n < 2) {
        return pt_fail(err, PT_ERR_CONFIG, "%s/synth: a table is too short", dict_dir);
    }
    return PT_OK;
}

pt_status pt_synth_vocabulary_load(const char *dict_dir, pt_synth_vocabulary **out, pt_error *err) {
    pt_synth_vocabulary *v = pt_zalloc(1, sizeof *v);
    pt_status status = load_technologies(v, dict_dir, err);
    status = status == PT_OK ? load_subjects(v, dict_dir, "items.tsv", true, err) : status;
    v->n_items = v->subjects.n - v->n_technologies;
    status = status == PT_OK ? load_subjects(v, dict_dir, "outside.tsv", false, err) : status;
    v->n_outside = v->subjects.n - v->n_technologies - v->n_items;
    status = status == PT_OK ? load_common(v, dict_dir, err) : status;
    status = status == PT_OK ? load_names(v, dict_dir, err) : status;
    status = status == PT_OK ? load_places(v, dict_dir, err) : status;
    status = status == PT_OK ? check(v, dict_dir, err) : status;
    if (status != PT_OK) {
        pt_synth_vocabulary_free(v);
        v = NULL;
    }
    *out = v;
    return status;
}

void pt_synth_vocabulary_free(pt_synth_vocabulary *v) {
    if (!v) {
        return;
    }
    for (size_t i = 0; i < v->subjects.n; i++) {
        pt_synth_subject *subject = &v->subjects.at[i];
        pt_vec_free(&subject->heads);
        pt_vec_free(&subject->ipc);
        pt_vec_free(&subject->seeds);
        for (unsigned class = 0; class < PT_WORD_CLASSES; class ++) {
            pt_vec_free(&subject->words[class]);
        }
    }
    for (unsigned style = 0; style < PT_STYLES; style++) {
        for (unsigned class = 0; class < PT_WORD_CLASSES; class ++) {
            pt_vec_free(&v->common[style][class]);
        }
    }
    for (unsigned part = 0; part < PT_NAME_PARTS; part++) {
        pt_vec_free(&v->names[part]);
    }
    for (size_t i = 0; i < v->texts.n; i++) {
        free(v->texts.at[i]);
    }
    pt_vec_free(&v->texts);
    pt_vec_free(&v->places);
    pt_vec_free(&v->subjects);
    free(v);
}
