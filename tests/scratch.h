/* SPDX-License-Identifier: Apache-2.0 */
/* scratch.h - a folder of its own for a test program: set-up and tear-down for cmocka, files inside it.
 * Include after cmocka.h. */
#ifndef PT_TESTS_SCRATCH_H
#define PT_TESTS_SCRATCH_H

#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static char scratch_folder[] = "/tmp/patopic-test-XXXXXX";

static inline char *scratch_path(const char *name) {
    return pt_path_join(scratch_folder, name);
}

/* Writes the file and returns its path; free it. */
static inline char *scratch_file(const char *name, const char *text) {
    char *path = scratch_path(name);
    pt_writer *writer;
    assert_int_equal(pt_writer_open(&writer, path, NULL), PT_OK);
    pt_writer_puts(writer, text);
    assert_int_equal(pt_writer_close(writer, NULL), PT_OK);
    return path;
}

static inline int scratch_make(void **state) {
    (void)state;
    return mkdtemp(scratch_folder) ? 0 : -1;
}

static inline int scratch_drop(void **state) {
    (void)state;
    char *command = pt_strfmt("rm -rf %s", scratch_folder);
    const int status = system(command);
    free(command);
    return status;
}

#endif
