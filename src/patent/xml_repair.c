/* SPDX-License-Identifier: Apache-2.0 */
/* xml_repair.c - a tokenizer with a stack of open elements. Each step takes one token (text, tag, comment,
 * section …) from `in` and writes its well-formed counterpart to `out`, newlines included. */
#include "patent/xml_repair.h"
#include "base/buf.h"
#include "base/vec.h"
#include "patent/texts.h"
#include "patent/xml_syntax.h"
#include <stdbool.h>
#include <string.h>

enum { CHUNK_BYTES = 32 * 1024, OUT_BYTES = 64 * 1024, TEXT_NODE_BYTES = 1 << 18 };

struct pt_xml_repair {
    pt_bytes source;
    pt_reader_counts *counts;
    pt_buf in;
    size_t at; /* consumed part of in */
    bool is_ended;
    pt_buf out;
    size_t out_at;
    pt_buf names;        /* of open elements, one behind the other */
    PT_VEC(size_t) open; /* where each of them starts in names */
    bool is_finished;    /* </source> is written */
    bool has_root, has_blank_before, has_text_outside;
    size_t text_node; /* bytes of text since the last markup */
};

typedef enum step { STEP_DONE, STEP_NEEDS_MORE, STEP_STOPPED } step;

static void count(pt_xml_repair *repair, pt_repair kind) {
    repair->counts->repairs[kind]++;
}

static void put(pt_xml_repair *repair, const char *text, size_t n) {
    pt_buf_append(&repair->out, text, n);
}

static void put_newlines(pt_xml_repair *repair, const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n')
            put(repair, "\n", 1);
}

static void put_instruction(pt_xml_repair *repair, const char *target, const char *reason, const char *name,
                            size_t n_name) {
    pt_buf_printf(&repair->out, "<?%s %s", target, reason);
    if (n_name > 0)
        pt_buf_printf(&repair->out, " <%.*s>", (int)pt_text_fit(name, n_name, 80), name);
    pt_buf_puts(&repair->out, "?>");
}

/* --- open elements --- */

static const char *open_name(const pt_xml_repair *repair, size_t level, size_t *n) {
    const size_t start = repair->open.at[level];
    const size_t end = level + 1 < repair->open.n ? repair->open.at[level + 1] : repair->names.n;
    *n = end - start;
    return repair->names.at + start;
}

static void push(pt_xml_repair *repair, const char *name, size_t n) {
    pt_vec_push(&repair->open, repair->names.n);
    pt_buf_append(&repair->names, name, n);
}

static void pop(pt_xml_repair *repair) {
    size_t n;
    const char *name = open_name(repair, repair->open.n - 1, &n);
    pt_buf_puts(&repair->out, "</");
    pt_buf_append(&repair->out, name, n);
    pt_buf_putc(&repair->out, '>');
    repair->names.n = repair->open.at[--repair->open.n];
}

static void finish(pt_xml_repair *repair) {
    while (repair->open.n > 0)
        pop(repair);
    pt_buf_puts(&repair->out, "</source>");
    repair->is_finished = true;
}

static step stop(pt_xml_repair *repair, const char *reason) {
    put_instruction(repair, "stop", reason, NULL, 0);
    finish(repair);
    return STEP_STOPPED;
}

/* --- text --- */

/* Before n more bytes of text, at the start of a character: a text that has gone on for long is split, so
 * that no node of the parser behind grows with the file. */
static void lengthen(pt_xml_repair *repair, size_t n) {
    repair->text_node += n;
    if (repair->text_node <= TEXT_NODE_BYTES || repair->open.n == 0)
        return;
    pt_buf_puts(&repair->out, "<" PT_XML_SPLIT "/>");
    repair->text_node = n;
}

/* One reference or bare & of text or an attribute value; returns the bytes it took. */
static size_t put_reference(pt_xml_repair *repair, const char *text, size_t n) {
    size_t bytes;
    switch (pt_xml_scan_reference(text, n, &bytes)) {
    case PT_XML_REFERENCE_GOOD:
        put(repair, text, bytes);
        break;
    case PT_XML_REFERENCE_FORBIDDEN:
        put(repair, " ", 1);
        count(repair, PT_REPAIR_CONTROL);
        break;
    case PT_XML_REFERENCE_UNKNOWN:
        pt_buf_puts(&repair->out, "&amp;");
        put(repair, text + 1, bytes - 1);
        count(repair, PT_REPAIR_ENTITY);
        break;
    case PT_XML_REFERENCE_NONE:
        pt_buf_puts(&repair->out, "&amp;");
        count(repair, PT_REPAIR_AMPERSAND);
        break;
    }
    return bytes;
}

/* Bytes that may be copied as they are: up to the next one that `special` names or XML forbids (controls,
 * U+FFFE and U+FFFF, whose three bytes may not all be there yet). */
static size_t plain_run(const char *text, size_t n, const char *special) {
    size_t i = 0;
    while (i < n) {
        const unsigned char c = (unsigned char)text[i];
        if (c < 0x20 ? (c != '\n' && c != '\t' && c != '\r') : strchr(special, c) != NULL)
            break;
        if (c == 0xEF &&
            (n - i < 3 || ((unsigned char)text[i + 1] == 0xBF && (unsigned char)text[i + 2] >= 0xBE)))
            break;
        i++;
    }
    return i;
}

/* A forbidden character at text becomes a blank; returns its bytes. */
static size_t put_forbidden(pt_xml_repair *repair, const char *text) {
    put(repair, " ", 1);
    count(repair, PT_REPAIR_CONTROL);
    return (unsigned char)text[0] == 0xEF ? 3 : 1;
}

/* The inside of a start tag, whose syntax has been checked. */
static void put_tag(pt_xml_repair *repair, const char *inside, size_t n) {
    for (size_t i = 0; i < n;) {
        const size_t run = plain_run(inside + i, n - i, "&");
        put(repair, inside + i, run);
        i += run;
        if (i < n)
            i += inside[i] == '&' ? put_reference(repair, inside + i, n - i)
                                  : put_forbidden(repair, inside + i);
    }
}

/* Text where no & is a reference: CDATA sections, and a < that turned out to be text. */
static void put_literal(pt_xml_repair *repair, const char *text, size_t n) {
    for (size_t i = 0; i < n;) {
        const size_t run = plain_run(text + i, n - i, "&<>");
        lengthen(repair, run + 1);
        put(repair, text + i, run);
        i += run;
        if (i == n)
            break;
        const char c = text[i];
        if (c == '&' || c == '<' || c == '>') {
            pt_buf_puts(&repair->out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
            i++;
        } else {
            i += put_forbidden(repair, text + i);
        }
    }
}

/* Text between the roots is dropped; blank text in front of a declaration is a repair of its own. */
static step skip_outside(pt_xml_repair *repair, const char *text, size_t n) {
    const char *end = memchr(text, '<', n);
    const size_t run = end == NULL ? n : (size_t)(end - text);
    size_t blanks = 0;
    while (blanks < run && strchr(" \t\r\n", text[blanks]) != NULL && text[blanks] != '\0')
        blanks++;
    if (blanks == run) {
        repair->has_blank_before |= !repair->has_root;
    } else if (!repair->has_text_outside) {
        repair->has_text_outside = true;
        count(repair, PT_REPAIR_OUTSIDE);
    }
    put_newlines(repair, text, run);
    repair->at += run;
    return STEP_DONE;
}

/* A run of text, whose first bytes may belong to a character that has come with the run before. */
static void put_plain(pt_xml_repair *repair, const char *text, size_t n) {
    size_t rest = 0;
    while (rest < n && (text[rest] & 0xC0) == 0x80)
        rest++;
    put(repair, text, rest);
    if (rest < n)
        lengthen(repair, n);
    put(repair, text + rest, n - rest);
}

static step step_text(pt_xml_repair *repair, const char *text, size_t n) {
    if (repair->open.n == 0)
        return skip_outside(repair, text, n);
    size_t run = plain_run(text, n, "&<>");
    if (run > TEXT_NODE_BYTES / 2) {
        run = TEXT_NODE_BYTES / 2;
        while ((text[run] & 0xC0) == 0x80)
            run--;
    }
    if (run > 0) {
        put_plain(repair, text, run);
        repair->at += run;
        return STEP_DONE;
    }
    lengthen(repair, 1);
    if (*text == '>') {
        pt_buf_puts(&repair->out, "&gt;");
        repair->at++;
    } else if ((unsigned char)*text == 0xEF && n < 3 && !repair->is_ended) {
        return STEP_NEEDS_MORE;
    } else if (*text != '&') {
        repair->at += put_forbidden(repair, text);
    } else if (n < PT_XML_REFERENCE_BYTES && !repair->is_ended && memchr(text, ';', n) == NULL) {
        return STEP_NEEDS_MORE;
    } else {
        repair->at += put_reference(repair, text, n);
    }
    return STEP_DONE;
}

/* --- markup --- */

/* The < at `at` is text. */
static step put_less_than(pt_xml_repair *repair) {
    if (repair->open.n > 0) {
        lengthen(repair, 1);
        pt_buf_puts(&repair->out, "&lt;");
    }
    count(repair, PT_REPAIR_LESS_THAN);
    repair->at++;
    return STEP_DONE;
}

static step step_start_tag(pt_xml_repair *repair, const char *inside, size_t n) {
    size_t n_name;
    bool is_empty;
    if (!pt_xml_scan_start_tag(inside, n, &n_name, &is_empty))
        return put_less_than(repair);
    if (repair->open.n == 0) {
        if (repair->has_root)
            count(repair, PT_REPAIR_SEVERAL_ROOTS);
        repair->has_root = true;
    }
    if (repair->open.n + 2 > PT_XML_MAX_DEPTH)
        return stop(repair, "elements are nested deeper than 200");
    put(repair, "<", 1);
    put_tag(repair, inside, n);
    put(repair, ">", 1);
    repair->text_node = 0;
    if (!is_empty)
        push(repair, inside, n_name);
    repair->at += n + 2;
    return STEP_DONE;
}

/* </name>: closes the nearest open element of that name, and with damage those inside it. */
static step step_end_tag(pt_xml_repair *repair, const char *inside, size_t n) {
    const size_t n_name = pt_xml_scan_name(inside + 1, n - 1);
    size_t behind = 1 + n_name;
    while (behind < n && strchr(" \t\r\n", inside[behind]) != NULL)
        behind++;
    if (n_name == 0 || behind < n)
        return put_less_than(repair);
    size_t level = repair->open.n;
    while (level > 0) {
        size_t n_open;
        const char *open = open_name(repair, level - 1, &n_open);
        if (n_open == n_name && memcmp(open, inside + 1, n_name) == 0)
            break;
        level--;
    }
    if (level == 0)
        put_instruction(repair, "damage", "an end tag without its start tag", inside + 1, n_name);
    while (level > 0 && repair->open.n >= level) {
        size_t n_open;
        const char *open = open_name(repair, repair->open.n - 1, &n_open);
        if (repair->open.n > level)
            put_instruction(repair, "damage", "an element that is not closed", open, n_open);
        pop(repair);
    }
    put_newlines(repair, inside, n);
    repair->text_node = 0;
    repair->at += n + 2;
    return STEP_DONE;
}

/* Index of the > that ends the tag at text[0] = '<', n when another < or the end comes first. */
static size_t find_tag_end(const char *text, size_t n, bool *is_cut) {
    char quote = '\0';
    *is_cut = false;
    for (size_t i = 1; i < n; i++) {
        if (text[i] == '<')
            return n;
        if (quote != '\0')
            quote = text[i] == quote ? '\0' : quote;
        else if ((text[i] == '"' || text[i] == '\'') && text[1] != '/')
            quote = text[i];
        else if (text[i] == '>')
            return i;
    }
    *is_cut = true;
    return n;
}

static step step_tag(pt_xml_repair *repair, const char *text, size_t n) {
    bool is_cut;
    const size_t end = find_tag_end(text, n, &is_cut);
    if (is_cut && !repair->is_ended)
        return STEP_NEEDS_MORE;
    if (is_cut && repair->open.n > 0) { /* the end of the file follows, and is reported as such */
        repair->at += n;
        return STEP_DONE;
    }
    if (end == n)
        return put_less_than(repair);
    const char *inside = text + 1;
    const size_t n_inside = end - 1;
    if (n_inside == 0 || (n_inside == 1 && *inside == '/')) {
        count(repair, PT_REPAIR_EMPTY_ROOT);
        repair->at += n_inside + 2;
        return STEP_DONE;
    }
    return *inside == '/' ? step_end_tag(repair, inside, n_inside) : step_start_tag(repair, inside, n_inside);
}

/* Bytes up to and with the first `end` behind `start` bytes, 0 when it is not there (yet). */
static size_t find_end(const char *text, size_t n, size_t start, const char *end) {
    const char *found = n > start ? memmem(text + start, n - start, end, strlen(end)) : NULL;
    return found == NULL ? 0 : (size_t)(found - text) + strlen(end);
}

/* Length of a DOCTYPE with its internal subset, 0 when its end is not there (yet). */
static size_t find_doctype_end(const char *text, size_t n) {
    char quote = '\0';
    int depth = 0;
    for (size_t i = 2; i < n; i++) {
        const char c = text[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (n - i >= 4 && memcmp(text + i, "<!--", 4) == 0) {
            const size_t bytes = find_end(text + i, n - i, 4, "-->");
            if (bytes == 0)
                return 0;
            i += bytes - 1;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '<') {
            depth++;
        } else if (c == '>' && depth-- == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* Comments, sections, declarations and processing instructions. */
static step step_declaration(pt_xml_repair *repair, const char *text, size_t n) {
    if (n < 9 && !repair->is_ended)
        return STEP_NEEDS_MORE;
    size_t bytes;
    const char *unended;
    if (n >= 4 && memcmp(text, "<!--", 4) == 0) {
        bytes = find_end(text, n, 4, "-->");
        unended = "a comment that does not end";
    } else if (n >= 9 && memcmp(text, "<![CDATA[", 9) == 0) {
        bytes = find_end(text, n, 9, "]]>");
        unended = "a CDATA section that does not end";
        if (bytes > 0 && repair->open.n > 0)
            put_literal(repair, text + 9, bytes - 12);
    } else if (n >= 9 && strncasecmp(text, "<!DOCTYPE", 9) == 0) {
        bytes = find_doctype_end(text, n);
        unended = "a DOCTYPE that does not end";
    } else if (text[1] == '?') {
        bytes = find_end(text, n, 2, "?>");
        unended = "a processing instruction that does not end";
    } else {
        return put_less_than(repair);
    }
    if (bytes == 0)
        return repair->is_ended ? stop(repair, unended) : STEP_NEEDS_MORE;
    if (n >= 6 && memcmp(text, "<?xml ", 6) == 0 && repair->has_blank_before && !repair->has_root)
        count(repair, PT_REPAIR_BEFORE_DECLARATION);
    if (text[2] != '[') {
        lengthen(repair, bytes);
        put_newlines(repair, text, bytes);
    }
    repair->at += bytes;
    return STEP_DONE;
}

static step take_token(pt_xml_repair *repair) {
    const char *text = repair->in.at + repair->at;
    const size_t n = repair->in.n - repair->at;
    if (*text != '<')
        return step_text(repair, text, n);
    if (n == 1)
        return repair->is_ended ? put_less_than(repair) : STEP_NEEDS_MORE;
    if (text[1] == '!' || text[1] == '?')
        return step_declaration(repair, text, n);
    if (text[1] != '/' && text[1] != '>' && (text[1] & 0x80) == 0 && pt_xml_scan_name(text + 1, 1) == 0)
        return put_less_than(repair);
    return step_tag(repair, text, n);
}

/* Drops what is consumed and reads on; at least as much as is there, so that a long token costs O(n). */
static void fill(pt_xml_repair *repair) {
    pt_buf *in = &repair->in;
    in->n -= repair->at;
    if (in->n > 0 && repair->at > 0)
        memmove(in->at, in->at + repair->at, in->n);
    repair->at = 0;
    const size_t want = in->n + CHUNK_BYTES;
    while (in->n < want && !repair->is_ended) {
        char chunk[CHUNK_BYTES];
        const size_t got = repair->source.read(repair->source.stage, chunk, sizeof chunk);
        repair->is_ended = got == 0;
        pt_buf_append(in, chunk, got);
    }
}

/* One token, or the end. */
static void advance(pt_xml_repair *repair) {
    const bool is_dry = repair->at == repair->in.n;
    const step result = is_dry ? STEP_NEEDS_MORE : take_token(repair);
    if (result != STEP_NEEDS_MORE)
        return;
    if (repair->in.n - repair->at > PT_XML_MAX_TOKEN) {
        stop(repair, "a tag, comment or section of over 8 MiB");
        return;
    }
    if (!repair->is_ended) {
        fill(repair);
        return;
    }
    if (repair->open.n > 0) {
        size_t n;
        const char *name = open_name(repair, repair->open.n - 1, &n);
        put_instruction(repair, "damage", "the file ends inside", name, n);
    }
    finish(repair);
}

pt_xml_repair *pt_xml_repair_new(pt_bytes text, pt_reader_counts *counts) {
    pt_xml_repair *repair = pt_zalloc(1, sizeof *repair);
    repair->source = text;
    repair->counts = counts;
    pt_buf_puts(&repair->out, "<source>");
    return repair;
}

void pt_xml_repair_free(pt_xml_repair *repair) {
    if (repair == NULL)
        return;
    pt_buf_free(&repair->in);
    pt_buf_free(&repair->out);
    pt_buf_free(&repair->names);
    pt_vec_free(&repair->open);
    free(repair);
}

static size_t read_repaired(void *stage, char *at, size_t n) {
    pt_xml_repair *repair = stage;
    while (repair->out.n - repair->out_at < OUT_BYTES && !repair->is_finished) {
        if (repair->out_at == repair->out.n) {
            pt_buf_clear(&repair->out);
            repair->out_at = 0;
        }
        advance(repair);
    }
    const size_t left = repair->out.n - repair->out_at;
    const size_t take = left < n ? left : n;
    memcpy(at, repair->out.at + repair->out_at, take);
    repair->out_at += take;
    if (repair->out_at > OUT_BYTES) {
        repair->out.n -= repair->out_at;
        memmove(repair->out.at, repair->out.at + repair->out_at, repair->out.n);
        repair->out_at = 0;
    }
    return take;
}

pt_bytes pt_xml_repair_bytes(pt_xml_repair *repair) {
    return (pt_bytes){read_repaired, repair};
}
