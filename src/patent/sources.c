/* SPDX-License-Identifier: Apache-2.0 */
/* sources.c - from the paths a user gives to the files to read. */
#include "base/sort.h"
#include "patent/archive.h"
#include "patent/decode.h"
#include "patent/reader.h"
#include "patent/reading.h"
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 16 * 1024 };

/* Names that promise XML, a table or an archive: such a file is read even when its content is not that, so
 * that the quarantine says so. */
static bool has_known_name(const char *path) {
    static const char *const ends[] = {".xml", ".csv", ".tsv", ".zip", ".7z",  ".tar", ".tgz",
                                       ".gz",  ".bz2", ".xz",  ".zst", ".sgm", ".xlsx"};
    const size_t n = strlen(path);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t bytes = strlen(ends[i]);
        if (n > bytes && strcasecmp(path + n - bytes, ends[i]) == 0)
            return true;
    }
    return false;
}

static bool has_known_content(const char *head, size_t n) {
    if (pt_archive_is_packed((const unsigned char *)head, n))
        return true;
    pt_memory text = {head, n};
    pt_reader_counts unused = {0};
    pt_decoder *decoder = pt_decoder_new(pt_memory_bytes(&text), &unused);
    size_t n_text;
    const char *at = pt_decoder_peek(decoder, &n_text);
    const char *end = at + n_text, *start = at;
    while (at < end && (*at == ' ' || (*at >= '\t' && *at <= '\r')))
        at++;
    const bool is_known =
        (at + 1 < end && *at == '<' && memchr(start, '\0', n_text) == NULL) || pt_csv_is_table(start, n_text);
    pt_decoder_free(decoder);
    return is_known;
}

static pt_status is_wanted(const char *path, bool *wanted, pt_error *err) {
    *wanted = true;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return pt_fail_errno(err, PT_ERR_NO_INPUT,
                             "%s cannot be read (change its permissions or leave it out)", path);
    if (!has_known_name(path)) {
        char head[HEAD_BYTES];
        const ssize_t n = pread(file, head, sizeof head, 0);
        *wanted = n > 0 && has_known_content(head, (size_t)n);
    }
    close(file);
    return PT_OK;
}

static pt_status take_entry(pt_sources *out, FTS *tree, FTSENT *entry, bool is_named, pt_error *err) {
    if (!is_named && entry->fts_name[0] == '.') {
        out->n_skipped += entry->fts_info == FTS_F;
        if (entry->fts_info == FTS_D)
            fts_set(tree, entry, FTS_SKIP);
        return PT_OK;
    }
    switch (entry->fts_info) {
    case FTS_F: {
        bool wanted;
        const pt_status status = is_wanted(entry->fts_path, &wanted, err);
        if (status != PT_OK)
            return status;
        if (wanted || is_named)
            pt_vec_push(&out->paths, pt_strdup(entry->fts_path));
        else
            out->n_skipped++;
        return PT_OK;
    }
    case FTS_DNR:
        errno = entry->fts_errno;
        return pt_fail_errno(err, PT_ERR_NO_INPUT,
                             "the folder %s cannot be read (change its permissions or leave it out)",
                             entry->fts_path);
    case FTS_NS:
    case FTS_ERR:
        errno = entry->fts_errno;
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s cannot be read", entry->fts_path);
    default: /* folders before and after, links that lead nowhere or in circles, devices */
        return PT_OK;
    }
}

static pt_status walk(pt_sources *out, const char *path, pt_error *err) {
    struct stat about;
    if (stat(path, &about) != 0)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s cannot be read", path);
    char *copy = pt_strdup(path);
    char *const roots[] = {copy, NULL};
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
    pt_status status = tree == NULL ? pt_fail_errno(err, PT_ERR_NO_INPUT, "%s cannot be read", path) : PT_OK;
    while (status == PT_OK) {
        errno = 0;
        FTSENT *entry = fts_read(tree);
        if (entry == NULL) {
            if (errno != 0)
                status = pt_fail_errno(err, PT_ERR_IO, "the folder %s cannot be listed", path);
            break;
        }
        status = take_entry(out, tree, entry, entry->fts_level == FTS_ROOTLEVEL, err);
    }
    if (tree != NULL)
        fts_close(tree);
    free(copy);
    return status;
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_once_each(pt_sources *out) {
    if (out->paths.n == 0)
        return;
    pt_sort(out->paths.at, out->paths.n, sizeof *out->paths.at, compare_paths);
    size_t kept = 1;
    for (size_t i = 1; i < out->paths.n; i++) {
        if (strcmp(out->paths.at[i], out->paths.at[kept - 1]) == 0)
            free(out->paths.at[i]);
        else
            out->paths.at[kept++] = out->paths.at[i];
    }
    out->paths.n = kept;
}

pt_status pt_sources_list(const char *const *paths, size_t n, pt_sources *out, pt_error *err) {
    *out = (pt_sources){0};
    for (size_t i = 0; i < n; i++) {
        const pt_status status = walk(out, paths[i], err);
        if (status != PT_OK)
            return status;
    }
    sort_once_each(out);
    if (out->paths.n > 0)
        return PT_OK;
    if (n == 0)
        return pt_fail(err, PT_ERR_NO_INPUT,
                       "no input: name files or folders with patents (XML, CSV, archives)");
    return pt_fail(
        err, PT_ERR_NO_INPUT,
        "no patents in %s: it has no XML, no CSV with application numbers (출원번호) and no archive "
        "(%llu other files skipped)",
        paths[0], (unsigned long long)out->n_skipped);
}

void pt_sources_free(pt_sources *sources) {
    if (sources == NULL)
        return;
    for (size_t i = 0; i < sources->paths.n; i++)
        free(sources->paths.at[i]);
    pt_vec_free(&sources->paths);
    sources->n_skipped = 0;
}
