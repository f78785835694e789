/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/web_files.h"

#include <stdlib.h>
#include <string.h>

/* What a {{name}} of the template stands for. */
typedef struct filling {
    const char *name;
    const char *text;
} filling;

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

static void append_escaped(pt_buf *out, const char *content) {
    for (const char *p = content; *p; p++) {
        switch (*p) {
        case '&':
            pt_buf_puts(out, "&amp;");
            break;
        case '<':
            pt_buf_puts(out, "&lt;");
            break;
        case '>':
            pt_buf_puts(out, "&gt;");
            break;
        default:
            pt_buf_putc(out, *p);
        }
    }
}

static void write_filled(pt_writer *writer, const char *template, const filling *fillings, size_t n) {
    const char *open;
    while ((open = strstr(template, "{{")) != NULL) {
        const char *name = open + 2, *close = strstr(name, "}}");
        if (!close)
            break;
        pt_writer_bytes(writer, template, (size_t)(open - template));
        for (size_t i = 0; i < n; i++)
            if (strlen(fillings[i].name) == (size_t)(close - name) &&
                memcmp(fillings[i].name, name, (size_t)(close - name)) == 0)
                pt_writer_puts(writer, fillings[i].text);
        template = close + 2;
    }
    pt_writer_puts(writer, template);
}

static int append_dump(const char *bytes, size_t n, void *buf) {
    pt_buf_append(buf, bytes, n);
    return 0;
}

pt_status pt_page_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                        pt_error *err) {
    enum { DIGITS = 6 };
    pt_buf json = {0}, data = {0}, title = {0};
    char style_hash[45], script_hash[45];
    json_t *value = pt_page_data(outline, map);
    char *path = pt_path_join(folder, "report.html");
    pt_writer *writer;
    pt_status status = PT_OK;
    if (json_dump_callback(value, append_dump, &json, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS)) != 0)
        status = pt_fail(err, PT_ERR_BUG, "%s: a value that JSON cannot hold", path);
    else
        status = pt_writer_open(&writer, path, err);
    if (!status) {
        append_inert(&data, pt_buf_text(&json));
        append_escaped(&title, outline->findings->study->name);
        policy_hash(pt_web_css, style_hash);
        policy_hash(pt_web_js, script_hash);
        const filling fillings[] = {{"title", pt_buf_text(&title)}, {"style", pt_web_css},
                                    {"style_hash", style_hash},     {"script", pt_web_js},
                                    {"script_hash", script_hash},   {"data", pt_buf_text(&data)}};
        write_filled(writer, pt_web_html, fillings, sizeof fillings / sizeof *fillings);
        status = pt_writer_close(writer, err);
    }
    json_decref(value);
    pt_buf_free(&json);
    pt_buf_free(&data);
    pt_buf_free(&title);
    free(path);
    return status;
}
