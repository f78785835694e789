/* SPDX-License-Identifier: Apache-2.0 */
/* report_output.h - the files of a report of the made-up study, for the tests that read them. */
#ifndef PT_TESTS_REPORT_OUTPUT_H
#define PT_TESTS_REPORT_OUTPUT_H

#include "report_fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "report/findings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static const char *const files[] = {"items.csv",
                                    "selected_items.csv",
                                    "technologies.csv",
                                    "patents.csv",
                                    "topics.csv",
                                    "technology_patents.csv",
                                    "item_years.csv",
                                    "item_words.csv",
                                    "selection_reasons.csv",
                                    "industries.csv",
                                    "technology_years.csv",
                                    "item_paths.csv",
                                    "clusters_of_items.csv",
                                    "entry_candidates.csv",
                                    "notes.csv",
                                    "columns.md",
                                    "ldavis.json",
                                    "network.graphml",
                                    "report.xlsx",
                                    "report.html",
                                    "changes.csv"};
enum { N_FILES = sizeof files / sizeof *files };

typedef struct setting {
    fixture x;
    char folder[3][64]; /* twice with the same parameters, once without BOM and with LF */
} setting;

static inline char *read_file(const char *folder, const char *name, size_t *n) {
    pt_error err;
    char *path = pt_path_join(folder, name), *bytes;
    assert_int_equal(pt_file_read(path, &bytes, n, &err), PT_OK);
    free(path);
    return bytes;
}

static void write_report(const setting *s, const char *folder, pt_report_params params) {
    pt_error err = {0};
    if (pt_report_write(&s->x.findings, &params, folder, NULL, &err))
        fail_msg("%s", err.message);
}

static int set_up(void **state) {
    setting *s = pt_zalloc(1, sizeof *s);
    fixture_init(&s->x);
    for (int i = 0; i < 3; i++) {
        snprintf(s->folder[i], sizeof s->folder[i], "/tmp/patopic-report-XXXXXX");
        assert_non_null(mkdtemp(s->folder[i]));
        write_report(s, s->folder[i], (pt_report_params){.no_bom = i == 2, .lf = i == 2});
    }
    *state = s;
    return 0;
}

static int tear_down(void **state) {
    setting *s = *state;
    for (int i = 0; i < 3; i++) {
        for (int f = 0; f <= N_FILES; f++) {
            char *path = pt_path_join(s->folder[i], f < N_FILES ? files[f] : "run.json");
            unlink(path);
            free(path);
        }
        rmdir(s->folder[i]);
    }
    fixture_free(&s->x);
    free(s);
    return 0;
}

static inline size_t count_of(const char *text, const char *part) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part))
        n++;
    return n;
}

#endif
