/* SPDX-License-Identifier: Apache-2.0 */
/* collect.h - a sink that keeps everything, for the tests of the patent readers. */
#ifndef PT_TESTS_COLLECT_H
#define PT_TESTS_COLLECT_H

#include "patent/reader.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct trouble {
    char *path, *reason, *excerpt;
    unsigned line;
} trouble;

typedef struct collection {
    PT_VEC(pt_patent) patents;
    PT_VEC(trouble) troubles;
    pt_reader_counts counts;
} collection;

static inline void collect_patent(void *user, pt_patent *patent) {
    collection *all = user;
    pt_patent mine;
    pt_patent_init(&mine);
    pt_patent_take(&mine, patent);
    pt_vec_push(&all->patents, mine);
}

static inline void collect_trouble(void *user, const char *path, unsigned line, const char *reason,
                                   const char *excerpt) {
    collection *all = user;
    const trouble one = {pt_strdup(path), pt_strdup(reason), pt_strdup(excerpt), line};
    pt_vec_push(&all->troubles, one);
}

/* Reads one file into the collection. */
static inline void collect_file(collection *all, const char *path) {
    const pt_reader_sink sink = {collect_patent, collect_trouble, all};
    pt_error err = {0};
    const pt_status status = pt_reader_read(path, &sink, &all->counts, &err);
    if (status != PT_OK)
        fail_msg("%s", err.message);
    const pt_reader_counts *c = &all->counts;
    assert_int_equal(c->patents, all->patents.n);
    assert_int_equal(c->quarantined + c->quarantined_sources, all->troubles.n);
    assert_int_equal(c->records,
                     c->patents + c->designs + c->trademarks + c->other_records_skipped + c->quarantined);
}

/* Reads files and folders into the collection. */
static inline size_t collect_paths(collection *all, const char *const *paths, size_t n) {
    pt_sources sources;
    pt_error err = {0};
    if (pt_sources_list(paths, n, &sources, &err) != PT_OK)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < sources.paths.n; i++)
        collect_file(all, sources.paths.at[i]);
    const size_t n_sources = sources.paths.n;
    pt_sources_free(&sources);
    return n_sources;
}

static inline void collection_free(collection *all) {
    for (size_t i = 0; i < all->patents.n; i++)
        pt_patent_free(&all->patents.at[i]);
    for (size_t i = 0; i < all->troubles.n; i++) {
        free(all->troubles.at[i].path);
        free(all->troubles.at[i].reason);
        free(all->troubles.at[i].excerpt);
    }
    pt_vec_free(&all->patents);
    pt_vec_free(&all->troubles);
}

static inline int collect_compare(const void *a, const void *b) {
    return strcmp(((const pt_patent *)a)->application_number, ((const pt_patent *)b)->application_number);
}

/* How many different application numbers there are; sorts the patents by number. */
static inline size_t collect_distinct(collection *all) {
    if (all->patents.n == 0)
        return 0;
    qsort(all->patents.at, all->patents.n, sizeof *all->patents.at, collect_compare);
    size_t distinct = 1;
    for (size_t i = 1; i < all->patents.n; i++)
        distinct += collect_compare(&all->patents.at[i - 1], &all->patents.at[i]) != 0;
    return distinct;
}

#endif
