/* SPDX-License-Identifier: Apache-2.0 */
/* docdb.c - exchange documents of the EPO: DOCDB files, with or without their prefix, and answers of Open
 * Patent Services. Full-text and search answers of OPS name neither title nor application: counted as
 * other. Parties and numbers come in several formats; the first one, docdb, is taken. */
#include "patent/dialect.h"

static const pt_record_rule records[] = {
    {"exchange-document", NULL, PT_RECORD_PATENT, PT_FORM_DETAIL},
    {"fulltext-document", NULL, PT_RECORD_OTHER, PT_FORM_DETAIL},
    {"publication-reference", "search-result", PT_RECORD_OTHER, PT_FORM_LIST},
};

static const pt_rule rules[] = {
    {"exchange-document", NULL, PT_RULE_VALUE, PT_FIELD_COUNTRY, "country"},
    {"exchange-document", NULL, PT_RULE_VALUE, PT_FIELD_DOCUMENT_KIND, "kind"},
    {"patent-family", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"references-cited", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"priority-claims", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"description", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"date", "publication-reference/document-id", PT_RULE_TEXT, PT_FIELD_PUBLICATION_DATE, NULL},
    {"country", "application-reference/document-id", PT_RULE_TEXT, PT_FIELD_APPLICATION_COUNTRY, NULL},
    {"doc-number", "application-reference/document-id", PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"date", "application-reference/document-id", PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"text", "classification-ipcr", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"text", "classification-ipc", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"main-classification", "classification-ipc", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"further-classification", "classification-ipc", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"patent-classification", NULL, PT_RULE_GROUP, PT_FIELD_SCHEMED_PARTS, NULL},
    {"classification-scheme", NULL, PT_RULE_VALUE, PT_FIELD_CODE_SCHEME, "scheme"},
    {"classification-symbol", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"section", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"class", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"subclass", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"main-group", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"subgroup", "patent-classification", PT_RULE_TEXT, PT_FIELD_CODE_SUBGROUP, NULL},
    {"invention-title", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, "lang"},
    {"abstract", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "lang"},
    {"claims", NULL, PT_RULE_GROUP, PT_FIELD_CLAIMS, "lang"},
    {"claim", NULL, PT_RULE_TEXT, PT_FIELD_CLAIM, NULL},
    {"applicant", "applicants", PT_RULE_GROUP, PT_FIELD_APPLICANT, "data-format"},
    {"inventor", "inventors", PT_RULE_GROUP, PT_FIELD_INVENTOR, "data-format"},
    {"name", "applicant-name", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"name", "inventor-name", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"country", "residence", PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"text", "address", PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
};

const pt_dialect pt_dialect_docdb = {.country = "", PT_RULES(records, rules)};
