/* SPDX-License-Identifier: Apache-2.0 */
/* kipo_filing.c - the document that is filed at the Korean office, KIPO/PatentCAFDOC in the namespace
 * http://www.kipo.go.kr, whose title is `한글{ENGLISH}`. Written from the description of the form, without a
 * real file at hand: each field is looked for under every name that the office's forms and their WIPO
 * models use. A filing that has not got its application number yet is quarantined for that. */
#include "patent/dialect.h"

static const pt_record_rule records[] = {
    {"PatentCAFDOC", NULL, PT_RECORD_PATENT, PT_FORM_DETAIL},
};

static const pt_rule rules[] = {
    {"application-number", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"ApplicationNumber", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"applicationNumber", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"doc-number", "application-reference/document-id", PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"application-date", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"ApplicationDate", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"filing-date", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"FilingDate", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"date", "application-reference/document-id", PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"invention-title", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, "lang"},
    {"InventionTitle", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, "lang"},
    {"abstract", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "lang"},
    {"Abstract", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "lang"},
    {"summary", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "lang"},
    {"Summary", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "lang"},
    {"claim", NULL, PT_RULE_TEXT, PT_FIELD_CLAIM, NULL},
    {"Claim", NULL, PT_RULE_TEXT, PT_FIELD_CLAIM, NULL},
    {"ipc", NULL, PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"IPC", NULL, PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"text", "classification-ipcr", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"applicant", NULL, PT_RULE_GROUP, PT_FIELD_APPLICANT, NULL},
    {"Applicant", NULL, PT_RULE_GROUP, PT_FIELD_APPLICANT, NULL},
    {"inventor", NULL, PT_RULE_GROUP, PT_FIELD_INVENTOR, NULL},
    {"Inventor", NULL, PT_RULE_GROUP, PT_FIELD_INVENTOR, NULL},
    {"name", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"Name", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"address", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"Address", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"country", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"Country", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"description", NULL, PT_RULE_GROUP, PT_FIELD_DETAIL, NULL},
    {"agent", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"Agent", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"drawings", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"Drawings", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
};

const pt_dialect pt_dialect_kipo_filing = {.country = "KR", PT_RULES(records, rules)};
