/* SPDX-License-Identifier: Apache-2.0 */
/* findings.h - everything a writer of reports reads; nothing here is changed by writing. */
#ifndef PT_REPORT_FINDINGS_H
#define PT_REPORT_FINDINGS_H

#include "report/news.h"
#include "study/documents.h"
#include "study/indicators.h"
#include "study/items.h"
#include "study/mapping.h"
#include "study/network.h"
#include "study/selection.h"
#include "study/study.h"
#include "study/technologies.h"
#include "topics/corpus.h"
#include "topics/mixture.h"
#include "topics/model.h"

/* A named count of what was read, repaired, put aside: "records", "duplicates", "repair: bare ampersand" … */
typedef struct pt_count {
    char *name;
    uint64_t n;
} pt_count;

typedef struct pt_source_row {
    char *path, *digest, *dialect; /* dialect may be NULL */
    uint64_t patents, quarantined;
} pt_source_row;

typedef struct pt_stage_time {
    const char *stage;
    double seconds;
} pt_stage_time;

typedef struct pt_findings {
    const pt_study *study;
    const pt_items *items;
    const pt_industries *industries;
    const pt_documents *documents;
    const pt_corpus *corpus;
    const pt_evidence *evidence;
    const pt_model *model;
    const pt_mapping *mapping;
    const pt_indicators *indicators;
    const pt_selection *selection;
    const pt_technologies *technologies;
    const pt_network *network;
    const pt_news *news;    /* of an update: what is new since the report before; NULL otherwise */
    const pt_count *counts; /* ingest, in a fixed order */
    size_t n_counts;
    const pt_source_row *sources; /* by path */
    size_t n_sources;
    const pt_stage_time *times; /* for run.json alone: everything else is the same at any time of day */
    size_t n_times;
    uint64_t peak_memory_bytes;
    int threads;
} pt_findings;

typedef struct pt_report_params {
    bool no_bom, lf; /* CSV without BOM; LF instead of CRLF */
} pt_report_params;

/* Writes every file of a study (architecture §4) into folder, which exists and is empty. */
pt_status pt_report_write(const pt_findings *findings, const pt_report_params *params, const char *folder,
                          const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
