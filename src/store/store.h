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

/* Records that were put aside, by source and position. Texts are borrowed inside the callback. */
typedef struct pt_quarantined {
    int64_t id;
    const char *path, *reason, *excerpt;
    unsigned line;
} pt_quarantined;
pt_status pt_store_quarantine(pt_store *store, void (*use)(void *user, const pt_quarantined *), void *user,
                              pt_error *err) PT_WARN_UNUSED;
/* Makes the sources with records put aside read again by the next ingest; calls use for the path of each. */
pt_status pt_store_retry(pt_store *store, void (*use)(void *user, const char *path), void *user,
                         pt_error *err) PT_WARN_UNUSED;

/* What can be put right without reading the sources again: indices anew, rows that point to nothing dropped,
 * patents without words forgotten with their source's digest, so that the next ingest reads it again. One
 * transaction. *n_sources: sources to be read again. */
pt_status pt_store_repair(pt_store *store, uint64_t *n_sources, pt_error *err) PT_WARN_UNUSED;

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
/* A number that moves whenever patents or their words change: two equal ones, the same patents. */
pt_status pt_store_revision(pt_store *store, int64_t *revision, pt_error *err) PT_WARN_UNUSED;
/* Moves it; inside the transaction of the change. */
pt_status pt_store_touch(pt_store *store, pt_error *err) PT_WARN_UNUSED;
/* A text kept under a key in the table meta; reading gives "" where there is none. */
pt_status pt_store_note(pt_store *store, const char *key, const char *text, pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_noted(pt_store *store, const char *key, char *text, size_t room,
                         pt_error *err) PT_WARN_UNUSED;
/* Which dictionary and program the stored words were made with; "" = none yet. */
pt_status pt_store_dictionary(pt_store *store, char text[64], pt_error *err) PT_WARN_UNUSED;

/* A run: what was made of the store, and how. Texts are borrowed. */
typedef struct pt_store_run {
    const char *study, *study_digest, *items_digest;
    const char *folder; /* of the report under OUT/STUDY; "" = none was meant */
    const char *model;  /* digest of the model */
    const char *reason; /* for a new fit; "" = the model stayed */
    uint64_t seed, patents, folded;
    int64_t revision;
    bool fitted;
    double divergence, unclassified, unknown_words; /* NAN = not measured */
} pt_store_run;

pt_status pt_store_add_run(pt_store *store, const pt_store_run *run, int64_t *id,
                           pt_error *err) PT_WARN_UNUSED;
/* Forgets all but the newest runs of a study, with their assignments. */
pt_status pt_store_drop_runs(pt_store *store, const char *study, uint32_t keep, pt_error *err) PT_WARN_UNUSED;
/* The newest run of a study; *found false when there was none. */
typedef struct pt_store_last {
    char study_digest[65], items_digest[65], model[65], folder[64];
    uint64_t seed, folded;
    int64_t revision; /* -1: of a program that noted none */
} pt_store_last;
pt_status pt_store_last_run(pt_store *store, const char *study, pt_store_last *last, bool *found,
                            pt_error *err) PT_WARN_UNUSED;
/* Digest of the model behind the report in a folder; "" = no run tells. */
pt_status pt_store_model_of(pt_store *store, const char *study, const char *folder, char model[65],
                            pt_error *err) PT_WARN_UNUSED;
/* Days since the first run with this model; 0 when there was none. */
pt_status pt_store_model_age(pt_store *store, const char *model, double *days, pt_error *err) PT_WARN_UNUSED;
pt_status pt_store_assign(pt_store *store, int64_t run, int64_t patent, unsigned rank, const char *item_id,
                          double score, pt_error *err) PT_WARN_UNUSED;

#endif
