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
#include "pipeline/drift.h"
#include "report/findings.h"
#include "store/ingest.h"
#include "store/store.h"
#include "study/collocations.h"
#include "study/concordance.h"
#include "study/region.h"
#include "study/scope.h"
#include "study/taught_words.h"
#include "study/terms.h"
#include "topics/frozen.h"
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
    pt_taught_words *taught;  /* NULL: the study wants none */
    pt_taught_words *written; /* for codes */
    float least_sureness;     /* of a patent that gets an item; 0 = any */
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
    pt_collocations learned;    /* compounds of these patents, or of those that the model was fitted to */
    char *new_words;            /* table of words learned likewise, which the lexicon has; NULL = none */
    PT_VEC(int64_t) patent_ids; /* [D] rows of the store's table patent */
    PT_VEC(uint64_t) keys;      /* [D] of the application numbers, for fingerprints */
    PT_VEC(uint32_t) lengths;   /* [D] words before any was left out */
    uint64_t *known;         /* [D] fingerprints of documents that come from shards; NULL: from the store */
    char *dictionary;        /* pt_store_dictionary of those shards; NULL likewise */
    pt_frozen *frame;        /* what they know of the fit to come (describe_fit); NULL likewise */
    bool *is_known;          /* [D] the model was fitted to it; NULL: every one */
    PT_VEC(pt_place) places; /* of every applicant, patent by patent */
    pt_code_evidence codes;  /* empty unless the study wants codes */
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
    pt_ingest_counts ingested;
    uint64_t quarantined;
    uint64_t fresh;   /* patents that ingest added or replaced */
    bool nothing_new; /* an update found no reason for a new run: later stages are left out */
    int64_t revision; /* of the store, as loaded */
    char model_digest[65];
    bool fitted;        /* by this run */
    const char *reason; /* why it fitted the model anew; "" */
    const char *reason_korean;
    double age_days; /* of the model */
    pt_drift drift;
    char *run_name; /* of the folder that this run publishes; NULL before pt_session_name_run */
    pt_news *news;
    PT_VEC(char *) paths; /* what an update reads */
} pt_session;

/* Opens study and dictionary; pt_session_open the store too. Close with pt_session_close, also after a
 * failure. */
pt_status pt_session_start(pt_session *session, const pt_params *params, const pt_monitor *monitor,
                           pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_open(pt_session *session, const pt_params *params, const pt_monitor *monitor,
                          pt_error *err) PT_WARN_UNUSED;
void pt_session_close(pt_session *session);
/* Forgets what pt_session_load and the stages behind it found, the model apart. */
void pt_session_unload(pt_session *session);
/* Takes OUT/STUDY/.lock for this process; PT_ERR_AGAIN tells who holds it. */
pt_status pt_session_lock(pt_session *session, pt_error *err) PT_WARN_UNUSED;

/* Notes the time of the stage before and starts this one (a literal); NULL ends the last. */
void pt_session_stage(pt_session *session, const char *stage);

/* The stages, each from the ones before it. */
pt_status pt_session_tables(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* items, regions, terms */
char *pt_session_taught_path(const pt_session *session); /* of the table of taught words; NULL: none */
pt_status pt_session_sources(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* paths of an update */
char *pt_session_new_words_path(const pt_session *session); /* beside the model; free it */
/* Reads the table of new words beside the model, where there is one, into the lexicon. */
pt_status pt_session_read_new_words(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Words that the store's patents teach the dictionary as it comes, when the study wants them. Where they are
 * others than those at hand, the lexicon, all that was read by it and the store's words follow. */
pt_status pt_session_learn_words(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Writes that table to path; removes the file when there is none. */
pt_status pt_session_keep_new_words(const pt_session *session, const char *path,
                                    pt_error *err) PT_WARN_UNUSED;
/* The dictionary, the user's words and the learned ones. */
pt_status pt_session_open_lexicon(const pt_session *session, const char *new_words, pt_lexicon **lexicon,
                                  pt_error *err) PT_WARN_UNUSED;
/* Analyser, and what it makes of items and codes. */
pt_status pt_session_read_items(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Before the corpus is built: compounds of the model at hand, or else those that the store's patents teach
 * when the study wants them. */
pt_status pt_session_learn(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* The compounds that the model at hand was fitted with, from the table beside it; none when there is none. */
pt_status pt_session_read_learned(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Writes the table beside the model to come; removes it when nothing was learned. */
pt_status pt_session_keep_learned(const pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Whether anything has changed since the report that OUT/STUDY/current points to: patents, study file, items,
 * seed; or a new fit is due. */
pt_status pt_session_news(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_ingest(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* The same for an update, whose pt_session_news tells of it: in one line when that is all there is to tell.
 */
pt_status pt_session_ingest_quietly(pt_session *session, pt_error *err) PT_WARN_UNUSED;
void pt_session_tell_ingest(const pt_session *session);
/* Corpus, documents, seeds. With a model that can judge later documents: the corpus over its words. */
pt_status pt_session_load(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* How the corpus of the study is pruned; free(*keep) when it is built. */
pt_corpus_params pt_session_corpus_params(const pt_session *session, const char ***keep);
pt_seeds *pt_session_seeds(const pt_session *session); /* over the words of session->corpus */
pt_status pt_session_evidence(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* mixture */
/* What is known of a fit before it: strengths of what the standard does not cover, digests of what it is of.
 */
pt_status pt_session_describe_fit(const pt_session *session, pt_frozen *frozen, pt_error *err) PT_WARN_UNUSED;
/* What the model needs to judge later documents. */
pt_status pt_session_complete_model(pt_session *session, pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_train(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* and saves the model */
/* The same from where another model of the same standard ends (topics/warm.h), with fewer sweeps. */
pt_status pt_session_train_from(pt_session *session, const pt_model *before, pt_error *err) PT_WARN_UNUSED;
/* Of the study; the seed may be changed before pt_train. */
pt_train_params pt_session_train_params(const pt_session *session);
/* The model of the study, before pt_session_load. Errors: those of the file; PT_ERR_DATA when it was fitted
 * with another standard, dictionary or program than the store now has. */
pt_status pt_session_read_model(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Evidence and topics of the loaded documents by the model as it is. PT_ERR_DATA: a model that cannot judge
 * later documents, and the store has others than it was fitted to. */
pt_status pt_session_judge(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* What an update does in place of load, evidence, train and map: judges by the model that is there, or fits
 * anew where the study file says so. */
pt_status pt_session_refresh(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Everything but the patents that shapes a fit, as a digest. */
pt_status pt_session_fit_digest(const pt_session *session, char hex[65], pt_error *err) PT_WARN_UNUSED;
pt_status pt_session_map(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* The rules of the study's mapping; outside as there, borrowed. */
pt_mapping_params pt_session_mapping_params(const pt_session *session, const float *outside);
pt_status pt_session_keep_mapping(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* into the store */
pt_status pt_session_select(pt_session *session, pt_error *err) PT_WARN_UNUSED; /* indicators, selection */
pt_status pt_session_technologies(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* What has changed since OUT/STUDY/current, into session->news; nothing where that is not there or not a
 * report of this program. */
pt_status pt_session_news_since(pt_session *session, pt_error *err) PT_WARN_UNUSED;
/* Chooses session->run_name, a folder that is not there. */
void pt_session_name_run(pt_session *session);
/* Writes the report into that folder under OUT/STUDY and swings OUT/STUDY/current to it; *published is
 * "OUT/STUDY/current", free it. */
pt_status pt_session_publish(pt_session *session, char **published, pt_error *err) PT_WARN_UNUSED;

/* Stands for an application number in fingerprints (topics/fold.h). */
uint64_t pt_patent_key(const char *application_number);

pt_findings pt_session_findings(const pt_session *session);
uint64_t pt_peak_memory_bytes(void);

#endif
