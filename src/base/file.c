/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pt_writer {
    FILE *stream;
    char *path, *temporary;
    int failed; /* errno of the first failure, 0 = none */
};

static void note_failure(pt_writer *writer) {
    if (!writer->failed)
        writer->failed = errno ? errno : EIO;
}

pt_status pt_make_parent(const char *path, pt_error *err) {
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return PT_OK;
    char *folder = pt_strndup(path, (size_t)(slash - path));
    const pt_status status = pt_make_folder(folder, err);
    free(folder);
    return status;
}

pt_status pt_writer_open(pt_writer **out, const char *path, pt_error *err) {
    *out = NULL;
    const pt_status status = pt_make_parent(path, err);
    if (status)
        return status;
    pt_writer *writer = pt_zalloc(1, sizeof *writer);
    writer->path = pt_strdup(path);
    writer->temporary = pt_strfmt("%s.tmp-%ld", path, (long)getpid());
    const int fd = open(writer->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    writer->stream = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!writer->stream) {
        pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot create", path);
        if (fd >= 0)
            close(fd);
        free(writer->path);
        free(writer->temporary);
        free(writer);
        return PT_ERR_CREATE;
    }
    *out = writer;
    return PT_OK;
}

void pt_writer_bytes(pt_writer *writer, const void *bytes, size_t n) {
    if (n && fwrite(bytes, 1, n, writer->stream) != n)
        note_failure(writer);
}

void pt_writer_puts(pt_writer *writer, const char *text) {
    pt_writer_bytes(writer, text, strlen(text));
}

void pt_writer_printf(pt_writer *writer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (vfprintf(writer->stream, format, args) < 0)
        note_failure(writer);
    va_end(args);
}

static void discard(pt_writer *writer) {
    free(writer->path);
    free(writer->temporary);
    free(writer);
}

pt_status pt_writer_close(pt_writer *writer, pt_error *err) {
    if (fflush(writer->stream) != 0 || fsync(fileno(writer->stream)) != 0)
        note_failure(writer);
    if (fclose(writer->stream) != 0)
        note_failure(writer);
    if (!writer->failed && rename(writer->temporary, writer->path) != 0)
        note_failure(writer);
    pt_status status = PT_OK;
    if (writer->failed) {
        errno = writer->failed;
        status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot write; free some space or choose another place",
                               writer->path);
        unlink(writer->temporary);
    }
    discard(writer);
    return status;
}

void pt_writer_abandon(pt_writer *writer) {
    if (!writer)
        return;
    fclose(writer->stream);
    unlink(writer->temporary);
    discard(writer);
}

pt_status pt_file_read(const char *path, char **bytes, size_t *n, pt_error *err) {
    *bytes = NULL;
    *n = 0;
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    size_t cap = 1 << 16, used = 0;
    char *data = pt_alloc(cap, 1);
    for (;;) {
        const size_t got = fread(data + used, 1, cap - used - 1, stream);
        used += got;
        if (got == 0)
            break;
        if (cap - used <= 1) {
            cap *= 2;
            data = pt_realloc(data, cap, 1);
        }
    }
    const bool failed = ferror(stream) != 0;
    if (failed) {
        pt_fail_errno(err, PT_ERR_IO, "%s: cannot read", path);
        free(data);
    }
    fclose(stream);
    if (failed)
        return PT_ERR_IO;
    data[used] = '\0';
    *bytes = data;
    *n = used;
    return PT_OK;
}

pt_status pt_file_read_part(const char *path, uint64_t offset, void *bytes, size_t n, pt_error *err) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    pt_status status = PT_OK;
    for (size_t at = 0; at < n && !status;) {
        const ssize_t got = pread(fd, (char *)bytes + at, n - at, (off_t)(offset + at));
        if (got < 0 && errno != EINTR)
            status = pt_fail_errno(err, PT_ERR_IO, "%s: cannot read", path);
        else if (got == 0)
            status = pt_fail(err, PT_ERR_DATA, "%s: ends before byte %llu", path,
                             (unsigned long long)(offset + n));
        at += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    return status;
}

pt_status pt_make_folder(const char *path, pt_error *err) {
    char *part = pt_strdup(path);
    pt_status status = PT_OK;
    for (char *p = part + 1;; p++) {
        const char end = *p;
        if (end != '/' && end != '\0')
            continue;
        *p = '\0';
        if (mkdir(part, 0750) != 0 && errno != EEXIST) {
            status = pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot make this folder", part);
            break;
        }
        *p = end;
        if (end == '\0')
            break;
    }
    struct stat info;
    if (!status && (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)))
        status = pt_fail(err, PT_ERR_CREATE, "%s: is in the way, it is not a folder", path);
    free(part);
    return status;
}

bool pt_file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

static void to_hex(const uint8_t digest[SHA256_DIGEST_SIZE], char hex[65]) {
    for (int i = 0; i < SHA256_DIGEST_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

void pt_digest(const void *bytes, size_t n, char hex[65]) {
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, n, bytes);
    sha256_digest(&context, sizeof digest, digest);
    to_hex(digest, hex);
}

struct pt_hash {
    struct sha256_ctx context;
};

pt_hash *pt_hash_new(void) {
    pt_hash *hash = pt_alloc(1, sizeof *hash);
    sha256_init(&hash->context);
    return hash;
}

void pt_hash_add(pt_hash *hash, const void *bytes, size_t n) {
    sha256_update(&hash->context, n, bytes);
}

void pt_hash_end(pt_hash *hash, char hex[65]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->context, sizeof digest, digest);
    to_hex(digest, hex);
    free(hash);
}

pt_status pt_file_digest(const char *path, char hex[65], pt_error *err) {
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", path);
    struct sha256_ctx context;
    sha256_init(&context);
    enum { BLOCK = 1 << 16 };
    uint8_t *block = pt_alloc(BLOCK, 1);
    size_t got;
    while ((got = fread(block, 1, BLOCK, stream)) > 0)
        sha256_update(&context, got, block);
    const bool failed = ferror(stream) != 0;
    free(block);
    fclose(stream);
    if (failed)
        return pt_fail(err, PT_ERR_IO, "%s: cannot read", path);
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&context, sizeof digest, digest);
    to_hex(digest, hex);
    return PT_OK;
}

char *pt_path_join(const char *folder, const char *name) {
    const size_t n = strlen(folder);
    return pt_strfmt("%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

char *pt_path_beside(const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    return path[0] == '/' || !slash ? pt_strdup(path) : pt_strfmt("%.*s/%s", (int)(slash - file), file, path);
}
