/* SPDX-License-Identifier: Apache-2.0 */
/* xml_records.c - walks the events of one XML source, finds the records of any dialect by their element,
 * and hands the fields of the dialect's table to the builder. Only the open path, the text of one field
 * and one record are in memory. */
#include "patent/answers.h"
#include "patent/dialect.h"
#include "patent/reading.h"
#include "patent/texts.h"
#include "patent/xml_repair.h"
#include "patent/xml_stream.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MAX_LEVELS = PT_XML_MAX_DEPTH + 2 };
#define MAX_FIELD_BYTES ((size_t)4 << 20)

static const pt_dialect *const dialects[] = {&pt_dialect_kipris, &pt_dialect_kipo_filing,
                                             &pt_dialect_st36,   &pt_dialect_st96,
                                             &pt_dialect_docdb,  &pt_dialect_redbook};

typedef struct walk {
    pt_reading *reading;
    pt_xml_stream *stream;
    pt_builder builder;
    pt_answer answer;
    /* the open path */
    pt_buf names;
    size_t start[MAX_LEVELS];         /* of each name in names */
    const pt_rule *group[MAX_LEVELS]; /* the group rule of each level, or NULL */
    int depth;
    /* the record */
    const pt_dialect *dialect; /* of the open record, NULL between records */
    const pt_record_rule *record;
    int record_depth;
    /* the field or the part of an answer that is being taken */
    int capture_depth; /* 0 = none */
    const pt_rule *capture;
    char capture_name[24];
    char language[8];
    bool has_language;
    pt_buf text;
    bool is_too_long;
    int skip_depth; /* 0 = not skipping */
    char root[64];
    bool is_answer;   /* an answer of KIPRIS without records is whole and says: no hits */
    char damage[128]; /* the first between records, and its line */
    unsigned damage_line;
} walk;

static const char *name_at(const walk *w, int level) {
    return level < 1 ? "" : w->names.at + w->start[level];
}

/* Whether the path above the innermost element ends with parents, "a/b". */
static bool has_parents(const walk *w, const char *parents) {
    if (parents == NULL)
        return true;
    const char *end = parents + strlen(parents);
    for (int level = w->depth - 1;; level--) {
        const char *start = end;
        while (start > parents && start[-1] != '/')
            start--;
        const size_t n = (size_t)(end - start);
        const char *name = name_at(w, level);
        if (strncmp(name, start, n) != 0 || name[n] != '\0')
            return false;
        if (start == parents)
            return true;
        end = start - 1;
    }
}

/* --- records --- */

static const pt_record_rule *find_record(const walk *w, const char *name, const pt_dialect **dialect) {
    for (size_t d = 0; d < sizeof dialects / sizeof *dialects; d++)
        for (size_t r = 0; r < dialects[d]->n_records; r++) {
            const pt_record_rule *rule = &dialects[d]->records[r];
            if (strcmp(rule->name, name) == 0 && has_parents(w, rule->parents)) {
                *dialect = dialects[d];
                return rule;
            }
        }
    return NULL;
}

static void close_record(walk *w) {
    w->dialect = NULL;
    w->record = NULL;
    w->capture_depth = w->skip_depth = 0;
    memset(w->group, 0, sizeof w->group);
}

static void drop_record(walk *w, const char *reason) {
    pt_reading_drop_record(w->reading, &w->builder, pt_xml_stream_line(w->stream), reason);
    close_record(w);
}

static void count_other(walk *w, pt_record_kind kind) {
    pt_reader_counts *counts = w->reading->counts;
    counts->records++;
    *(kind == PT_RECORD_DESIGN      ? &counts->designs
      : kind == PT_RECORD_TRADEMARK ? &counts->trademarks
                                    : &counts->other_records_skipped) += 1;
}

static void open_record(walk *w, const pt_record_rule *rule, const pt_dialect *dialect) {
    if (rule->kind != PT_RECORD_PATENT) {
        count_other(w, rule->kind);
        w->skip_depth = w->depth;
        return;
    }
    w->dialect = dialect;
    w->record = rule;
    w->record_depth = w->depth;
    pt_builder_begin(&w->builder, rule->form, dialect->country, pt_xml_stream_line(w->stream));
}

/* --- fields --- */

static void begin_capture(walk *w, const pt_rule *rule) {
    w->capture = rule;
    w->capture_depth = w->depth;
    w->is_too_long = false;
    w->has_language = false;
    pt_buf_clear(&w->text);
    const char *language =
        rule == NULL || rule->attribute == NULL ? NULL : pt_xml_stream_attribute(w->stream, rule->attribute);
    if (language != NULL) {
        w->has_language = true;
        snprintf(w->language, sizeof w->language, "%.7s", language);
    }
}

/* Elements inside a text that do not part words. */
static bool is_inline(const char *name) {
    static const char *const names[] = {"b",  "i",  "u",      "o",    "sub",   "sup",   "smallcaps",
                                        "B",  "I",  "U",      "Sub",  "Sup",   "PDAT",  "HIL",
                                        "SP", "SB", "ITALIC", "BOLD", "STEXT", "ULINE", "PTEXT"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void capture_text(walk *w, const char *text) {
    const size_t n = strlen(text);
    if (w->text.n + n > MAX_FIELD_BYTES)
        w->is_too_long = true;
    else
        pt_buf_append(&w->text, text, n);
}

static void start_field(walk *w, const char *name) {
    for (size_t i = 0; i < w->dialect->n_rules; i++) {
        const pt_rule *rule = &w->dialect->rules[i];
        if (strcmp(rule->name, name) != 0 || !has_parents(w, rule->parents))
            continue;
        const char *value = rule->attribute == NULL || rule->mode == PT_RULE_TEXT
                                ? NULL
                                : pt_xml_stream_attribute(w->stream, rule->attribute);
        switch (rule->mode) {
        case PT_RULE_VALUE:
            if (value != NULL)
                pt_builder_set(&w->builder, rule->field, value, strlen(value), NULL);
            continue;
        case PT_RULE_TEXT:
            begin_capture(w, rule);
            return;
        case PT_RULE_GROUP:
            w->group[w->depth] = rule;
            pt_builder_open(&w->builder, rule->field, value);
            return;
        case PT_RULE_SKIP:
            w->skip_depth = w->depth;
            return;
        }
    }
}

/* --- events --- */

static void start_between(walk *w, const char *name) {
    const pt_dialect *dialect;
    const pt_record_rule *rule = find_record(w, name, &dialect);
    if (rule != NULL) {
        open_record(w, rule, dialect);
        if (w->dialect != NULL)
            start_field(w, name);
    } else if (pt_answer_is_part(name)) {
        begin_capture(w, NULL);
        snprintf(w->capture_name, sizeof w->capture_name, "%s", name);
    } else if (strcmp(name, "items") == 0 || strcmp(name, "body") == 0) {
        w->is_answer = strcasecmp(w->root, "html") != 0;
    }
}

static void on_start(walk *w) {
    const char *name = pt_xml_stream_name(w->stream);
    w->depth = pt_xml_stream_depth(w->stream);
    if (w->depth >= MAX_LEVELS)
        return;
    if (w->depth == 1) {
        w->names.n = 0;
        if (w->root[0] == '\0')
            pt_text_put(w->root, sizeof w->root, name, strlen(name));
    }
    w->start[w->depth] = w->names.n;
    pt_buf_append(&w->names, name, strlen(name) + 1);
    const pt_dialect *dialect;
    if (w->dialect != NULL && strcmp(name, w->record->name) == 0 &&
        find_record(w, name, &dialect) == w->record)
        drop_record(w, "the record is not closed where the next one starts");
    if (w->skip_depth > 0)
        return;
    if (w->capture_depth > 0) {
        if (!is_inline(name))
            capture_text(w, " ");
    } else if (w->dialect != NULL) {
        start_field(w, name);
    } else {
        start_between(w, name);
    }
}

static void end_capture(walk *w) {
    w->capture_depth = 0;
    if (w->capture == NULL)
        pt_answer_note(&w->answer, w->capture_name, pt_buf_text(&w->text), w->text.n);
    else if (w->is_too_long)
        drop_record(w, "a field of over 4 MiB");
    else
        pt_builder_set(&w->builder, w->capture->field, pt_buf_text(&w->text), w->text.n,
                       w->has_language ? w->language : NULL);
}

static void judge_answer(walk *w) {
    char reason[200];
    if (!pt_answer_is_error(&w->answer, reason, sizeof reason))
        return;
    w->reading->counts->error_answers++;
    pt_reading_drop_source(w->reading, pt_xml_stream_line(w->stream), reason, w->root);
}

static void on_end(walk *w) {
    const int level = pt_xml_stream_depth(w->stream);
    if (level >= MAX_LEVELS)
        return;
    const char *name = name_at(w, level);
    if (w->skip_depth == level) {
        w->skip_depth = 0;
    } else if (w->capture_depth == level) {
        end_capture(w);
    } else if (w->capture_depth > 0 && w->skip_depth == 0 && !is_inline(name)) {
        capture_text(w, " ");
    } else if (w->dialect != NULL && w->skip_depth == 0 && w->group[level] != NULL) {
        pt_builder_close(&w->builder, w->group[level]->field);
        w->group[level] = NULL;
    }
    if (w->dialect != NULL && level == w->record_depth) {
        pt_reading_end_record(w->reading, &w->builder);
        close_record(w);
    } else if (w->dialect == NULL && pt_answer_is_head(name)) {
        judge_answer(w);
    }
    w->names.n = w->start[level];
    w->depth = level - 1;
}

/* Something was lost here: the record cannot be trusted. */
static void on_damage(walk *w) {
    const char *reason = pt_xml_stream_text(w->stream);
    if (w->dialect != NULL) {
        drop_record(w, reason);
    } else if (w->damage[0] == '\0') {
        pt_text_put(w->damage, sizeof w->damage, reason, strlen(reason));
        w->damage_line = pt_xml_stream_line(w->stream);
    }
}

static void on_stop(walk *w) {
    const char *reason = pt_xml_stream_text(w->stream);
    const unsigned line = pt_xml_stream_line(w->stream);
    if (w->dialect != NULL)
        drop_record(w, reason);
    pt_reading_drop_source(w->reading, line, reason, w->root);
}

/* What is to be said of a source of which nothing was said yet: that it is not whole, or that it came to
 * nothing. */
static void report_rest(walk *w, uint64_t records_before) {
    if (w->reading->is_reported)
        return;
    const bool has_records = w->reading->counts->records > records_before;
    if (w->root[0] == '\0')
        pt_reading_drop_source(w->reading, 0, "no XML element in it", "");
    else if (strcasecmp(w->root, "html") == 0)
        pt_reading_drop_source(w->reading, 0, "a web page, not the XML of a service", w->root);
    else if (w->damage[0] != '\0')
        pt_reading_drop_source(w->reading, w->damage_line, w->damage, w->root);
    else if (!has_records && !w->is_answer)
        pt_reading_drop_source(w->reading, 0, "XML without patent records of a form that is known", w->root);
}

void pt_xml_read(pt_reading *reading, pt_bytes text) {
    pt_xml_repair *repair = pt_xml_repair_new(text, reading->counts);
    walk *w = pt_zalloc(1, sizeof *w);
    w->reading = reading;
    w->stream = pt_xml_stream_new(pt_xml_repair_bytes(repair), reading->counts);
    pt_builder_init(&w->builder);
    const uint64_t records_before = reading->counts->records;
    for (pt_xml_event event; (event = pt_xml_stream_next(w->stream)) != PT_XML_EOF;) {
        if (event == PT_XML_START)
            on_start(w);
        else if (event == PT_XML_END)
            on_end(w);
        else if (event == PT_XML_TEXT && w->capture_depth > 0 && w->skip_depth == 0)
            capture_text(w, pt_xml_stream_text(w->stream));
        else if (event == PT_XML_DAMAGE)
            on_damage(w);
        else if (event == PT_XML_STOP)
            on_stop(w);
    }
    report_rest(w, records_before);
    pt_builder_free(&w->builder);
    pt_xml_stream_free(w->stream);
    pt_xml_repair_free(repair);
    pt_buf_free(&w->names);
    pt_buf_free(&w->text);
    free(w);
}
