/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"
#include "base/base64.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/markup.h"
#include "report/settings.h"
#include "report/web_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* What a {{name}} of the template stands for: a text, or what a function writes. */
typedef struct page_writer page_writer;
typedef struct filling {
    const char *name;
    const char *text;
    void (*write)(page_writer *page);
} filling;

struct page_writer {
    const pt_outline *outline;
    const pt_topic_map *map;
    pt_page_order order;
    pt_writer *writer;
    bool failed; /* a value that JSON cannot hold, or no memory to pack it */
};

/* SHA-256 of a text in base64, as a Content-Security-Policy names an inline script. */
static void policy_hash(const char *content, pt_buf *out) {
    enum { BYTES = 32 };
    char hex[2 * BYTES + 1];
    unsigned char bytes[BYTES];
    pt_digest(content, strlen(content), hex);
    for (int i = 0; i < BYTES; i++) {
        const char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    pt_base64_append(out, bytes, BYTES);
}

/* Inside a script element only "<" can end it or open a comment: it stands in strings alone, where < is
 * the same. */
static void append_inert(pt_buf *out, const char *json) {
    for (const char *p = json; *p; p++) {
        if (*p == '<')
            pt_buf_puts(out, "\\u003c");
        else
            pt_buf_putc(out, *p);
    }
}

static int append_dump(const char *bytes, size_t n, void *buf) {
    pt_buf_append(buf, bytes, n);
    return 0;
}

/* Takes value. */
static pt_buf dumped(page_writer *page, json_t *value) {
    enum { DIGITS = 6 };
    pt_buf json = {0};
    if (json_dump_callback(value, append_dump, &json, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS)) != 0)
        page->failed = true;
    json_decref(value);
    return json;
}

static void put_script(page_writer *page, const char *type, const char *id, const pt_buf *content) {
    pt_writer_printf(page->writer, "<script type=\"%s\" id=\"%s\">", type, id);
    pt_writer_bytes(page->writer, content->at, content->n);
    pt_writer_puts(page->writer, "</script>\n");
}

/* Takes value. */
static void put_block(page_writer *page, const char *id, json_t *value) {
    pt_buf json = dumped(page, value), inert = {0};
    append_inert(&inert, pt_buf_text(&json));
    put_script(page, "application/json", id, &inert);
    pt_buf_free(&json);
    pt_buf_free(&inert);
}

/* Takes value. The page reads it by the browser's DecompressionStream("deflate"), which is zlib's format. */
static void put_packed(page_writer *page, const char *id, json_t *value) {
    pt_buf json = dumped(page, value), text = {0};
    uLongf n = compressBound(json.n);
    Bytef *packed = pt_alloc(n, 1);
    if (compress2(packed, &n, (const Bytef *)json.at, json.n, Z_BEST_COMPRESSION) != Z_OK)
        page->failed = true;
    pt_base64_append(&text, packed, n);
    put_script(page, "text/plain", id, &text);
    free(packed);
    pt_buf_free(&text);
    pt_buf_free(&json);
}

static void put_study(page_writer *page) {
    put_block(page, "study", pt_page_study(page->outline, &page->order));
}

static void put_tables(page_writer *page) {
    put_block(page, "tables", pt_page_tables(page->outline));
}

static void put_blocks(page_writer *page) {
    put_packed(page, "topic-terms", pt_page_topics(page->outline, page->map));
    put_packed(page, "lists", pt_page_lists(page->outline, &page->order));
    for (uint32_t block = 0; block * PT_PAGE_BLOCK < page->order.n; block++) {
        char id[32];
        snprintf(id, sizeof id, "patents-%u", block);
        put_packed(page, id, pt_page_patents(page->outline, &page->order, block));
    }
}

static void write_filled(page_writer *page, const char *template, const filling *fillings, size_t n) {
    const char *open;
    while ((open = strstr(template, "{{")) != NULL) {
        const char *name = open + 2, *close = strstr(name, "}}");
        if (!close)
            break;
        pt_writer_bytes(page->writer, template, (size_t)(open - template));
        for (size_t i = 0; i < n; i++) {
            if (strlen(fillings[i].name) != (size_t)(close - name) ||
                memcmp(fillings[i].name, name, (size_t)(close - name)) != 0)
                continue;
            if (fillings[i].write)
                fillings[i].write(page);
            else
                pt_writer_puts(page->writer, fillings[i].text);
        }
        template = close + 2;
    }
    pt_writer_puts(page->writer, template);
}

pt_status pt_page_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                        pt_error *err) {
    page_writer p = {.outline = outline, .map = map};
    char *path = pt_path_join(folder, "report.html");
    pt_status status = pt_writer_open(&p.writer, path, err);
    if (!status) {
        pt_buf title = {0}, style_hash = {0}, script_hash = {0};
        char *name = pt_valid_text(outline->findings->study->name);
        pt_markup_escape(&title, name);
        free(name);
        policy_hash(pt_web_css, &style_hash);
        policy_hash(pt_web_js, &script_hash);
        const filling fillings[] = {{"title", pt_buf_text(&title), NULL},
                                    {"style", pt_web_css, NULL},
                                    {"style_hash", pt_buf_text(&style_hash), NULL},
                                    {"script", pt_web_js, NULL},
                                    {"script_hash", pt_buf_text(&script_hash), NULL},
                                    {"study", NULL, put_study},
                                    {"tables", NULL, put_tables},
                                    {"blocks", NULL, put_blocks}};
        pt_page_order_init(&p.order, outline);
        write_filled(&p, pt_web_html, fillings, sizeof fillings / sizeof *fillings);
        pt_page_order_free(&p.order);
        pt_buf_free(&title);
        pt_buf_free(&style_hash);
        pt_buf_free(&script_hash);
        if (p.failed)
            pt_writer_abandon(p.writer);
        status = p.failed ? pt_fail(err, PT_ERR_BUG,
                                    "%s: a value that JSON cannot hold, or no memory to pack it", path)
                          : pt_writer_close(p.writer, err);
    }
    free(path);
    return status;
}
