/* SPDX-License-Identifier: Apache-2.0 */
#include "report/workbook.h"
#include "base/apart.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/sheets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CREATED = 946684800 /* 2000-01-01, for equal bytes */ };

static void write_sheets(pt_book *b) {
    lxw_doc_properties properties = {
        .title = b->outline->findings->study->name, .comments = "patopic " PT_VERSION, .created = CREATED};
    pt_book_formats(b);
    pt_book_check(b, workbook_set_properties(b->workbook, &properties));
    pt_sheets_summary(b);
    pt_sheets_news(b);
    pt_sheets_technologies(b);
    pt_sheets_reasons(b);
    pt_sheets_industries(b);
    pt_sheets_items(b);
    pt_sheets_years(b);
    pt_sheets_paths(b);
    pt_sheets_entries(b);
    pt_sheets_technology_patents(b);
    pt_sheets_patents(b);
    pt_sheets_words(b);
    pt_sheets_notes(b);
    pt_sheets_settings(b);
    pt_book_check(b, workbook_close(b->workbook));
}

static pt_status move_into_place(const char *temporary, const char *path, pt_error *err) {
    const int fd = open(temporary, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        done = close(fd) == 0 && done;
    if (!done || rename(temporary, path) != 0)
        return pt_fail_errno(err, PT_ERR_IO, "%s: cannot write; free some space or choose another place",
                             path);
    return PT_OK;
}

/* The library opens what is there, and leaves its mode as it is. */
static bool create(const char *path) {
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    return fd >= 0 && close(fd) == 0;
}

static pt_status write_once(const pt_outline *outline, uint32_t rows, const char *folder, const char *path,
                            char digest[65], pt_error *err) {
    if (!create(path))
        return pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot create", path);
    char *own_folder = pt_strdup(folder); /* the option is not const */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = own_folder};
    pt_book b = {.outline = outline, .workbook = workbook_new_opt(path, &options), .most_rows = rows};
    pt_status status = PT_OK;
    if (!b.workbook) {
        status = pt_fail(err, PT_ERR_CREATE, "%s: cannot create", path);
    } else {
        write_sheets(&b);
        if (b.error)
            status = pt_fail(err, PT_ERR_IO, "%s: cannot write: %s", path, lxw_strerror(b.error));
        else
            status = pt_file_digest(path, digest, err);
    }
    free(own_folder);
    return status;
}

typedef struct writing {
    const pt_outline *outline;
    uint32_t rows;
    const char *folder, *path, *temporary;
} writing;

/* libxlsxwriter does not look at the errors of its temporary files: a disk that fails for a moment would
 * leave a workbook with a hole. Equal findings are equal bytes, so it is written twice and compared. */
static pt_status write_twice(void *user, pt_error *err) {
    const writing *w = user;
    char first[65], second[65];
    pt_status status = write_once(w->outline, w->rows, w->folder, w->temporary, first, err);
    if (!status)
        status = write_once(w->outline, w->rows, w->folder, w->temporary, second, err);
    if (!status && strcmp(first, second) != 0)
        status = pt_fail(err, PT_ERR_IO,
                         "%s: written twice, read back as two different files; is the disk sound?", w->path);
    return status;
}

/* Nor at what it gets when memory runs out: it writes there, and ends. So another process does this. */
pt_status pt_workbook_write(const pt_outline *outline, uint32_t rows, const char *folder, pt_error *err) {
    char *path = pt_path_join(folder, "report.xlsx");
    char *temporary = pt_strfmt("%s.tmp-%ld", path, (long)getpid());
    writing w = {outline, rows, folder, path, temporary};
    pt_status status = pt_run_apart(write_twice, &w, path, err);
    if (!status)
        status = move_into_place(temporary, path, err);
    if (status)
        unlink(temporary);
    free(temporary);
    free(path);
    return status;
}
