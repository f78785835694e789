/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - patents.db: what was read, tokenised, put aside. SQLite in WAL mode, one writer. */
#ifndef PT_STORE_STORE_H
#define PT_STORE_STORE_H

#include "base/monitor.h"
#include "base/status.h"

typedef struct pt_store pt_store;

/* Opens or creates the store; missing folders are made. Close with pt_store_close. */
pt_status pt_store_open(pt_store **out, const char *path, pt_error *err) PT_WARN_UNUSED;
void pt_store_close(pt_store *store); /* NULL is fine */

/* A party of a stored patent: an applicant or an inventor. Borrowed inside the callback. */
typedef struct pt_stored_party {
    const char *name, *address, *country;
} pt_stored_party;

typedef struct pt_stored_noun {
    const char *form; /* borrowed from the store's word table: lives as long as the store is open */
    uint32_t bytes;
    uint8_t flags; /* PT_NOUN_* of korean/analyzer.h */
} pt_stored_noun;

typedef struct pt_stored_patent {
    int64_t id;
    const char *application_number, *title;
    uint32_t application_date; /* yyyymmdd, 0 = unknown */
    bool is_cut;
    const pt_stored_noun *title_nouns, *abstract_nouns;
    size_t n_title_nouns, n_abstract_nouns;
    const pt_stored_party *applicants;
    size_t n_applicants;
    const pt_stored_party *inventors;
    size_t n_inventors;
    const char *const *codes; /* IPC, then CPC, main code first */
    size_t n_codes;
} pt_stored_patent;

/* Calls use for every patent in order of application number; everything handed over is borrowed until use
 * returns, but for the noun forms. A status other than PT_OK from use ends the loop and is returned. */
pt_status pt_store_each(pt_store *store, pt_status (*use)(void *user, const pt_stored_patent *, pt_error *),
                        void *user, const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_count(pt_store *store, uint64_t *patents, pt_error *err) PT_WARN_UNUSED;

/* Health: SQLite's own integrity and foreign-key checks, and tokens for every patent. PT_ERR_DATA says what
 * is wrong first. */
pt_status pt_store_check(pt_store *store, pt_error *err) PT_WARN_UNUSED;
typedef struct pt_store_totals {
    uint64_t sources, patents, words, quarantined, runs;
    char last_run[32]; /* when it started, "" = never */
} pt_store_totals;
pt_status pt_store_total(pt_store *store, pt_store_totals *totals, pt_error *err) PT_WARN_UNUSED;

/* Calls use for each counter summed over the sources, by name, and for each source by path. */
pt_status pt_store_counters(pt_store *store, void (*use)(void *user, const char *name, uint64_t n),
                            void *user, pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_sources(pt_store *store,
                           void (*use)(void *user, const char *path, const char *digest, uint64_t patents,
                                       uint64_t quarantined),
                           void *user, pt_error *err) PT_WARN_UNUSED;

/* Keeps where an applicant was placed, for users' own queries; region "" = unknown. Between _begin and _end,
 * one transaction. */
pt_status pt_store_begin(pt_store *store, pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_end(pt_store *store, bool keep, pt_error *err) PT_WARN_UNUSED; /* keep false: roll back */
pt_status pt_store_place(pt_store *store, int64_t patent, size_t rank, const char *region, const char *rule,
                         pt_error *err) PT_WARN_UNUSED;
/* A new run and its assignments. */
pt_status pt_store_add_run(pt_store *store, const char *study, const char *study_digest,
                           const char *items_digest, uint64_t seed, uint64_t patents, int64_t *run,
                           pt_error *err) PT_WARN_UNUSED;
/* Digests and seed of the newest run of a study; *found false when there was none. */
typedef struct pt_store_run {
    char study_digest[65], items_digest[65];
    uint64_t seed;
} pt_store_run;
pt_status pt_store_last_run(pt_store *store, const char *study, pt_store_run *run, bool *found,
                            pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_assign(pt_store *store, int64_t run, int64_t patent, unsigned rank, const char *item_id,
                          double score, pt_error *err) PT_WARN_UNUSED;

#endif
