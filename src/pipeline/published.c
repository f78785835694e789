/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/published.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of files, one level deep. */
void pt_remove_folder(const char *folder) {
    DIR *stream = opendir(folder);
    if (!stream)
        return;
    for (const struct dirent *entry; (entry = readdir(stream));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = pt_path_join(folder, entry->d_name);
        unlink(path);
        free(path);
    }
    closedir(stream);
    rmdir(folder);
}

pt_status pt_sync_folder(const char *folder, pt_error *err) {
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool failed = fd < 0 || fsync(fd) != 0;
    if (failed)
        pt_fail_errno(err, PT_ERR_IO, "%s: cannot sync", folder);
    if (fd >= 0)
        close(fd);
    return failed ? PT_ERR_IO : PT_OK;
}

pt_status pt_published_swing(const char *folder, const char *name, pt_error *err) {
    char *current = pt_path_join(folder, "current"), *fresh = pt_path_join(folder, ".current");
    unlink(fresh);
    pt_status status = PT_OK;
    if (symlink(name, fresh) != 0 || rename(fresh, current) != 0)
        status = pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot point to the new report", current);
    free(fresh);
    free(current);
    return status ? status : pt_sync_folder(folder, err);
}

void pt_published_name(const char *folder, char *name, size_t room) {
    char *link = pt_path_join(folder, "current");
    const ssize_t n = readlink(link, name, room - 1);
    name[n > 0 ? n : 0] = '\0';
    free(link);
}

bool pt_is_link(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

pt_status pt_published_check(const char *folder, uint64_t *n, pt_error *err) {
    char *path = pt_path_join(folder, "run.json");
    json_error_t wrong;
    json_t *record = json_load_file(path, 0, &wrong);
    pt_status status = record ? PT_OK : pt_fail(err, PT_ERR_DATA, "%s: %s", path, wrong.text);
    const char *name;
    json_t *digest;
    *n = 0;
    json_object_foreach(json_object_get(record, "outputs"), name, digest) {
        char *file = pt_path_join(folder, name), found[65];
        if (!status)
            status = pt_file_digest(file, found, err);
        if (!status && (!json_is_string(digest) || strcmp(json_string_value(digest), found) != 0))
            status = pt_fail(err, PT_ERR_DATA, "%s: is not as it was published", file);
        ++*n;
        free(file);
    }
    if (!status && *n == 0)
        status = pt_fail(err, PT_ERR_DATA, "%s: names no output", path);
    json_decref(record);
    free(path);
    return status;
}

/* ".run-…" half a report, ".current" a link not yet swung, "FILE.tmp-PID" a file not yet renamed. */
static bool is_leftover(const char *name) {
    const char *tmp = strstr(name, ".tmp-");
    return strncmp(name, ".run-", 5) == 0 || strcmp(name, ".current") == 0 ||
           (tmp && tmp[5] && strspn(tmp + 5, "0123456789") == strlen(tmp + 5));
}

size_t pt_leftovers(const char *folder, bool remove) {
    DIR *stream = opendir(folder);
    size_t n = 0;
    for (const struct dirent *entry; stream && (entry = readdir(stream));) {
        if (!is_leftover(entry->d_name))
            continue;
        n++;
        char *path = pt_path_join(folder, entry->d_name);
        if (remove && unlink(path) != 0)
            pt_remove_folder(path);
        free(path);
    }
    if (stream)
        closedir(stream);
    return n;
}

static int is_run(const struct dirent *entry) {
    return strncmp(entry->d_name, "run-", 4) == 0;
}

static bool is_whole(const char *folder, const char *name) {
    char *path = pt_path_join(folder, name);
    uint64_t n;
    pt_error unused;
    const bool is_good = pt_published_check(path, &n, &unused) == PT_OK;
    free(path);
    return is_good;
}

bool pt_published_mend(const char *folder, char *name, size_t room) {
    if (is_whole(folder, "current"))
        return false;
    struct dirent **entries;
    const int n = scandir(folder, &entries, is_run, alphasort);
    bool is_mended = false;
    for (int i = n - 1; i >= 0; i--) {
        pt_error unused;
        if (!is_mended && is_whole(folder, entries[i]->d_name) &&
            pt_published_swing(folder, entries[i]->d_name, &unused) == PT_OK) {
            snprintf(name, room, "%s", entries[i]->d_name);
            is_mended = true;
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return is_mended;
}
