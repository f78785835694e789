/* SPDX-License-Identifier: Apache-2.0 */
/* session.h - one study under way: what was opened, loaded and found so far. The stages fill it in order; a
 * field is NULL until its stage has run. Private to src/pipeline. */
#ifndef PT_PIPELINE_SESSION_H
#define PT_PIPELINE_SESSION_H

#include "base/monitor.h"
#include "base/vec.h"
#include "korean/analyzer.h"
#include "korean/lexicon.h"
#include "pipeline/addresses.h"
#include "report/findings.h"
#include "store/store.h"
#include "study/concordance.h"
#include "study/region.h"
#include "study/scope.h"
#include "study/terms.h"
#include "topics/train.h"

typedef struct pt_session {
    const pt_params *params;
    const pt_monitor *monitor;
    char *folder, *store_path, *model_path; /* OUT/STUDY and what lies in it */
    int lock;                               /* descriptor of the lock file, -1 = not locked */
    /* opened */
    pt_study *study;
    pt_items *items;
    pt_industries *industries;
    pt_regions *regions;
    pt_addresses *addresses; /* NULL: none given */
    pt_scope *scope;
    pt_concordance *concordance;
    pt_lexicon *lexicon;
    pt_analyzer *analyzer;
    pt_terms *terms;
    pt_items *outside; /* what the standard does not cover */
    pt_terms *outside_terms;
    pt_store *store;
    /* loaded: D patents, in order of application number */
    pt_corpus *corpus;
    pt_documents *documents;
    pt_seeds *seeds;
    PT_VEC(int64_t) patent_ids; /* [D] rows of the store's table patent */
    PT_VEC(pt_place) places;    /* of every applicant, patent by patent */
    pt_code_evidence codes;     /* empty unless the study wants codes */
    pt_table_evidence table;
    /* found */
    pt_evidence *evidence;
    pt_model *model;
    pt_mapping *mapping;
    pt_mapping *memberships; /* shares for counting (membership.h) */
    pt_indicators *indicators;
    pt_selection *selection;
    pt_technologies *technologies;
    pt_network *network;
    /* told */
    PT_VEC(pt_count) counts;
    PT_VEC(pt_source_row) sources;
    PT_VEC(pt_stage_time) times;
    double stage_start;
    const char *stage;
    uint64_t quarantined;
    uint64_t fresh;       /* patents that ingest added or replaced */
    bool nothing_new;     /* an update found no reason for a new run: later stages are left out */
    PT_VEC(char *) paths; /* what an update reads */
} pt_session;

/* Opens study, dictionary and store. Close with pt_session_close, also after a failure. */
pt_status pt_session_open(pt_session *session, const pt_params *params, const pt_monitor *monitor,
                          pt_error *err) PT_WARN_UNUSED;
void pt_session_close(pt_session *session);
/* Takes OUT/STUDY/.lock for this process; PT_ERR_AGAIN tells who holds it. */
pt_status pt_session_lock(pt_session *session, pt_error *err) PT_WARN_UNUSED;

/* Notes the time of the stage before and starts this one (a literal); NULL ends the last. */
void pt_session_stage(pt_session *session, const char *stage);

/* The stages, each from the ones before it. */
pt_status pt_session_tables(pt_session *session, pt_error *err) PT_WARN_UNUSED;  /* items, regions, terms */
pt_status pt_session_sources(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* paths of an update */
/* Whether anything has changed since the last published run: patents, study file, items, seed. */
pt_status pt_session_news(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_ingest(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_load(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* corpus, documents, seeds */
pt_status pt_session_evidence(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* mixture */
pt_status pt_session_train(pt_session *session, pt_error *err) PT_WARN_UNUSED;    /* and saves the model */
/* Of the study; the seed may be changed before pt_train. */
pt_train_params pt_session_train_params(const pt_session *session);
pt_status pt_session_read_model(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_map(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_keep_mapping(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* into the store */
pt_status pt_session_select(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* indicators, selection */
pt_status pt_session_technologies(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Writes the report into a fresh folder under OUT/STUDY and swings OUT/STUDY/current to it; *published is
 * "OUT/STUDY/current", free it. */
pt_status pt_session_publish(pt_session *session, char **published, pt_error *err) PT_WARN_UNUSED;

pt_findings pt_session_findings(const pt_session *session);
uint64_t pt_peak_memory_bytes(void);

#endif
