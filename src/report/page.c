/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/markup.h"
#include "report/settings.h"
#include "report/web_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    const pt_item_network *network;
    pt_page_order order;
    pt_writer *writer;
    bool failed; /* a value that JSON cannot hold */
};

static unsigned hex_digit(char c) {
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* SHA-256 of a text in base64, as a Content-Security-Policy names an inline script. */
static void policy_hash(const char *content, char out[45]) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { BYTES = 32 };
    char hex[65];
    unsigned char bytes[BYTES + 1] = {0};
    pt_digest(content, strlen(content), hex);
    for (int i = 0; i < BYTES; i++)
        bytes[i] = (unsigned char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    for (int i = 0, o = 0; i < BYTES; i += 3, o += 4) {
        const unsigned block =
            (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | (i + 2 < BYTES ? bytes[i + 2] : 0U);
        out[o] = alphabet[block >> 18];
        out[o + 1] = alphabet[block >> 12 & 63];
        out[o + 2] = alphabet[block >> 6 & 63];
        out[o + 3] = alphabet[block & 63];
    }
    memcpy(out + 43, "=", 2); /* 32 bytes leave two in the last block */
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
static void put_block(page_writer *page, const char *id, json_t *value) {
    enum { DIGITS = 6 };
    pt_buf json = {0}, inert = {0};
    if (json_dump_callback(value, append_dump, &json, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS)) != 0)
        page->failed = true;
    append_inert(&inert, pt_buf_text(&json));
    pt_writer_printf(page->writer, "<script type=\"application/json\" id=\"%s\">", id);
    pt_writer_bytes(page->writer, inert.at, inert.n);
    pt_writer_puts(page->writer, "</script>\n");
    json_decref(value);
    pt_buf_free(&json);
    pt_buf_free(&inert);
}

static void put_study(page_writer *page) {
    put_block(page, "study", pt_page_study(page->outline, page->network, &page->order));
}

static void put_tables(page_writer *page) {
    put_block(page, "tables", pt_page_tables(page->outline));
}

static void put_blocks(page_writer *page) {
    put_block(page, "topic-terms", pt_page_topics(page->outline, page->map));
    put_block(page, "lists", pt_page_lists(page->outline, &page->order));
    for (uint32_t block = 0; block * PT_PAGE_BLOCK < page->order.n; block++) {
        char id[32];
        snprintf(id, sizeof id, "patents-%u", block);
        put_block(page, id, pt_page_patents(page->outline, &page->order, block));
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

pt_status pt_page_write(const pt_outline *outline, const pt_topic_map *map, const pt_item_network *network,
                        const char *folder, pt_error *err) {
    page_writer p = {.outline = outline, .map = map, .network = network};
    char *path = pt_path_join(folder, "report.html");
    pt_status status = pt_writer_open(&p.writer, path, err);
    if (!status) {
        pt_buf title = {0};
        char style_hash[45], script_hash[45];
        char *name = pt_valid_text(outline->findings->study->name);
        pt_markup_escape(&title, name);
        free(name);
        policy_hash(pt_web_css, style_hash);
        policy_hash(pt_web_js, script_hash);
        const filling fillings[] = {{"title", pt_buf_text(&title), NULL}, {"style", pt_web_css, NULL},
                                    {"style_hash", style_hash, NULL},     {"script", pt_web_js, NULL},
                                    {"script_hash", script_hash, NULL},   {"study", NULL, put_study},
                                    {"tables", NULL, put_tables},         {"blocks", NULL, put_blocks}};
        pt_page_order_init(&p.order, outline);
        write_filled(&p, pt_web_html, fillings, sizeof fillings / sizeof *fillings);
        pt_page_order_free(&p.order);
        pt_buf_free(&title);
        if (p.failed)
            pt_writer_abandon(p.writer);
        status = p.failed ? pt_fail(err, PT_ERR_BUG, "%s: a value that JSON cannot hold", path)
                          : pt_writer_close(p.writer, err);
    }
    free(path);
    return status;
}
