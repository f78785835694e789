/* SPDX-License-Identifier: Apache-2.0 */
/* documents.h - what the study knows of each patent, in corpus order (by application number). */
#ifndef PT_STUDY_DOCUMENTS_H
#define PT_STUDY_DOCUMENTS_H

#include "base/intern.h"
#include "base/status.h"

typedef struct pt_document {
    char *application_number, *title; /* owned */
    uint32_t application_date;        /* yyyymmdd, 0 = unknown */
    float weight;                     /* w_dr: share of the patent that counts for the region, 0 .. 1 */
    uint32_t municipality; /* 1 + row of the 시군구 in the table of regions (a 구 is its 시); 0 = none */
    bool in_period;        /* inside [from, to] of the study; others only help the model */
    bool in_reference;     /* counts towards x_k */
    bool is_cut;           /* the source cut its abstract */
    uint32_t n_applicants, *applicant; /* ids in pt_documents.names; owned */
} pt_document;

typedef struct pt_documents {
    uint32_t D;
    pt_document *at;         /* [D] */
    pt_intern *names;        /* applicants */
    uint32_t unknown_region; /* patents in the period whose address reaches no unit */
} pt_documents;

static inline uint32_t pt_document_year(const pt_document *document) {
    return document->application_date / 10000;
}
void pt_documents_free(pt_documents *documents); /* NULL is fine */

#endif
