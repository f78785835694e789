/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ini.h"

#include <ctype.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    pt_ini_handler handler;
    void *user;
    const char *path;
    pt_error *err;
    pt_status status;
    FILE *stream;
    int line;
    char *text; /* the line being read, of any length */
    size_t text_room;
    char *long_value; /* its value where inih has no room for it, else NULL */
} reading;

/* The value of a long line as inih would cut it: no blanks around, no ` ; comment` behind. */
static char *trim(char *value) {
    value += strspn(value, " \t");
    char *comment = value;
    while ((comment = strchr(comment, ';')) && (comment == value || !isspace((unsigned char)comment[-1])))
        comment++;
    size_t n = comment ? (size_t)(comment - value) : strlen(value);
    while (n > 0 && isspace((unsigned char)value[n - 1]))
        n--;
    value[n] = '\0';
    return value;
}

/* inih (Debian's build) does not tell the line to the handler, so the line is counted as it is read; and it
 * has room for 200 bytes, so a longer value is kept here and its place held by a dash. */
static char *next_line(char *text, int room, void *user) {
    reading *r = user;
    r->long_value = NULL;
    const ssize_t n = getline(&r->text, &r->text_room, r->stream);
    if (n < 0)
        return NULL;
    r->line++;
    const char *first = r->text + strspn(r->text, " \t");
    char *equals = strchr(r->text, '=');
    if (n < room) {
        memcpy(text, r->text, (size_t)n + 1);
    } else if (*first == ';' || *first == '#') {
        text[0] = '\0';
    } else if (equals && equals - r->text < room - 3) {
        snprintf(text, (size_t)room, "%.*s=-", (int)(equals - r->text), r->text);
        r->long_value = trim(equals + 1);
    } else {
        snprintf(text, (size_t)room, "%s", r->text);
    }
    return text;
}

static int on_entry(void *user, const char *section, const char *key, const char *value) {
    reading *r = user;
    if (r->status)
        return 1;
    if (r->long_value)
        value = r->long_value;
    r->status = r->handler(r->user, section, key, value ? value : "", r->path, r->line, r->err);
    return 1;
}

pt_status pt_ini_read(const char *path, pt_ini_handler handler, void *user, pt_error *err) {
    reading r = {.handler = handler, .user = user, .path = path, .err = err};
    r.stream = fopen(path, "r");
    if (!r.stream)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    const int bad_line = ini_parse_stream(next_line, &r, on_entry, &r);
    const bool failed = ferror(r.stream) != 0;
    fclose(r.stream);
    free(r.text);
    if (r.status)
        return r.status;
    if (failed)
        return pt_fail(err, PT_ERR_IO, "%s: cannot read", path);
    if (bad_line > 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%d: neither [section] nor key = value", path, bad_line);
    return bad_line < 0 ? pt_fail(err, PT_ERR_IO, "%s: cannot read", path) : PT_OK;
}
