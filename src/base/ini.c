/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ini.h"

#include <ini.h>
#include <stdio.h>

typedef struct reading {
    pt_ini_handler handler;
    void *user;
    const char *path;
    pt_error *err;
    pt_status status;
    FILE *stream;
    int line;
} reading;

/* inih (Debian's build) does not tell the line to the handler, so the line is counted as it is read. */
static char *next_line(char *text, int room, void *user) {
    reading *r = user;
    char *got = fgets(text, room, r->stream);
    if (got)
        r->line++;
    return got;
}

static int on_entry(void *user, const char *section, const char *key, const char *value) {
    reading *r = user;
    if (r->status)
        return 1;
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
    if (r.status)
        return r.status;
    if (failed)
        return pt_fail(err, PT_ERR_IO, "%s: cannot read", path);
    if (bad_line > 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%d: neither [section] nor key = value", path, bad_line);
    return bad_line < 0 ? pt_fail(err, PT_ERR_IO, "%s: cannot read", path) : PT_OK;
}
