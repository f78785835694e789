/* SPDX-License-Identifier: Apache-2.0 */
/* archive.c - zip, 7z, tar and single files, under gzip, bzip2, xz, zstd or nothing. */
#include "patent/archive.h"
#include "base/mem.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BYTES = 64 * 1024 };
#define BOMB_BYTES ((int64_t)1 << 30)
#define BOMB_RATIO 200

struct pt_archive {
    struct archive *reader;
    int file;
    bool is_packed; /* more than one plain file */
    char *member;
    int64_t unpacked;
    char trouble[256];
    bool is_io;
};

static void set_trouble(pt_archive *archive, const char *what) {
    const int number = archive_errno(archive->reader);
    snprintf(archive->trouble, sizeof archive->trouble, "%s", what);
    archive->is_io = number == EIO || number == EISDIR || number == EACCES || number == ESTALE;
}

static void set_reader_trouble(pt_archive *archive) {
    const char *text = archive_error_string(archive->reader);
    set_trouble(archive, text == NULL ? "the archive is damaged" : text);
}

static void prepare(struct archive *reader) {
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_zstd(reader);
    archive_read_support_format_zip(reader);
    archive_read_support_format_7zip(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_raw(reader);
    archive_read_support_format_empty(reader);
}

pt_status pt_archive_open(pt_archive **out, const char *path, pt_error *err) {
    *out = NULL;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s cannot be read", path);
    struct stat about;
    if (fstat(file, &about) != 0 || S_ISDIR(about.st_mode)) {
        close(file);
        return pt_fail(err, PT_ERR_NO_INPUT, "%s is a folder, not a file", path);
    }
    pt_archive *archive = pt_zalloc(1, sizeof *archive);
    archive->file = file;
    archive->reader = archive_read_new();
    if (archive->reader == NULL) {
        pt_archive_close(archive);
        return pt_fail(err, PT_ERR_BUG, "%s: libarchive gives no reader", path);
    }
    prepare(archive->reader);
    if (archive_read_open_fd(archive->reader, file, READ_BYTES) != ARCHIVE_OK) {
        set_reader_trouble(archive);
        if (archive->is_io) {
            const pt_status status = pt_fail(err, PT_ERR_IO, "%s: %s", path, archive->trouble);
            pt_archive_close(archive);
            return status;
        }
    }
    *out = archive;
    return PT_OK;
}

void pt_archive_close(pt_archive *archive) {
    if (archive == NULL)
        return;
    if (archive->reader != NULL)
        archive_read_free(archive->reader);
    close(archive->file);
    free(archive->member);
    free(archive);
}

static void name_member(pt_archive *archive, struct archive_entry *entry) {
    const bool is_raw = archive_format(archive->reader) == ARCHIVE_FORMAT_RAW;
    archive->is_packed = !is_raw;
    const char *name = archive_entry_pathname_utf8(entry);
    if (name == NULL)
        name = archive_entry_pathname(entry);
    free(archive->member);
    archive->member = is_raw         ? pt_strdup("")
                      : name == NULL ? pt_strfmt("member %d", archive_file_count(archive->reader))
                                     : pt_strdup(name);
}

bool pt_archive_next(pt_archive *archive) {
    while (archive->trouble[0] == '\0') {
        struct archive_entry *entry;
        const int result = archive_read_next_header(archive->reader, &entry);
        if (result == ARCHIVE_EOF)
            return false;
        if (result == ARCHIVE_FATAL || result == ARCHIVE_FAILED) {
            set_reader_trouble(archive);
            return false;
        }
        if (result == ARCHIVE_RETRY)
            continue;
        name_member(archive, entry);
        if (archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0)
            return true;
    }
    return false;
}

const char *pt_archive_member(const pt_archive *archive) {
    return archive->member == NULL ? "" : archive->member;
}

static size_t read_member(void *stage, char *at, size_t n) {
    pt_archive *archive = stage;
    if (archive->trouble[0] != '\0')
        return 0;
    la_ssize_t got;
    do
        got = archive_read_data(archive->reader, at, n);
    while (got == ARCHIVE_RETRY);
    if (got < 0) {
        set_reader_trouble(archive);
        return 0;
    }
    archive->unpacked += got;
    const int64_t packed = archive_filter_bytes(archive->reader, -1);
    if (archive->unpacked > BOMB_BYTES && archive->unpacked / BOMB_RATIO > packed) {
        set_trouble(archive, "unpacks to over 200 times its size: taken for a decompression bomb");
        return 0;
    }
    return (size_t)got;
}

pt_bytes pt_archive_bytes(pt_archive *archive) {
    return (pt_bytes){read_member, archive};
}

const char *pt_archive_trouble(const pt_archive *archive, bool *is_io) {
    *is_io = archive->is_io;
    return archive->trouble[0] == '\0' ? NULL : archive->trouble;
}

bool pt_archive_is_packed(const unsigned char *head, size_t n) {
    static const struct {
        const char *magic;
        size_t offset, bytes;
    } known[] = {
        {"PK\x03\x04", 0, 4},
        {"PK\x05\x06", 0, 4},
        {"\x1f\x8b", 0, 2},
        {"BZh", 0, 3},
        {"\xfd"
         "7zXZ",
         0, 5},
        {"\x28\xb5\x2f\xfd", 0, 4},
        {"ustar", 257, 5},
        {"7z\xbc\xaf\x27\x1c", 0, 6},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].offset + known[i].bytes <= n &&
            memcmp(head + known[i].offset, known[i].magic, known[i].bytes) == 0)
            return true;
    return false;
}
