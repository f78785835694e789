/* SPDX-License-Identifier: Apache-2.0 */
/* kipris.c - answers of the KIPRIS Plus services: (1) items/PatentUtilityInfo of the old REST service,
 * (2) items/item of getWordSearch and getAdvancedSearch, (3) body/item with its arrays of
 * getBibliographyDetailInfoSearch; under whatever root users wrapped them in. */
#include "patent/dialect.h"

static const pt_record_rule records[] = {
    {"PatentUtilityInfo", NULL, PT_RECORD_PATENT, PT_FORM_LIST},
    {"patentUtilityInfo", NULL, PT_RECORD_PATENT, PT_FORM_LIST},
    {"item", "items", PT_RECORD_PATENT, PT_FORM_LIST},
    {"item", "body", PT_RECORD_PATENT, PT_FORM_LIST},
    {"item", "data", PT_RECORD_PATENT, PT_FORM_LIST},
    {"item", "root", PT_RECORD_PATENT, PT_FORM_LIST},
    {"DesignInfo", NULL, PT_RECORD_DESIGN, PT_FORM_LIST},
    {"designInfo", NULL, PT_RECORD_DESIGN, PT_FORM_LIST},
    {"TradeMarkInfo", NULL, PT_RECORD_TRADEMARK, PT_FORM_LIST},
    {"tradeMarkInfo", NULL, PT_RECORD_TRADEMARK, PT_FORM_LIST},
};

static const pt_rule rules[] = {
    /* (1) */
    {"ApplicationNumber", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"ApplicationDate", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"InventionName", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, NULL},
    {"Abstract", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, NULL},
    {"InternationalpatentclassificationNumber", NULL, PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"Applicant", NULL, PT_RULE_TEXT, PT_FIELD_APPLICANTS, NULL},
    {"OpeningDate", NULL, PT_RULE_TEXT, PT_FIELD_OPEN_DATE, NULL},
    {"PublicDate", NULL, PT_RULE_TEXT, PT_FIELD_PUBLICATION_DATE, NULL},
    {"RegistrationDate", NULL, PT_RULE_TEXT, PT_FIELD_REGISTRATION_DATE, NULL},
    {"RegistrationNumber", NULL, PT_RULE_TEXT, PT_FIELD_REGISTRATION_NUMBER, NULL},
    {"RegistrationStatus", NULL, PT_RULE_TEXT, PT_FIELD_STATUS, NULL},
    /* (2), and (3) where the names are the same */
    {"applicationNumber", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"applicationDate", NULL, PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    {"inventionTitle", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, NULL},
    {"inventionTitleEng", NULL, PT_RULE_TEXT, PT_FIELD_TITLE_EN, NULL},
    {"astrtCont", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, NULL},
    {"ipcNumber", NULL, PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"cpcNumber", NULL, PT_RULE_TEXT, PT_FIELD_CPC, NULL},
    {"CooperativepatentclassificationNumber", NULL, PT_RULE_TEXT, PT_FIELD_CPC, NULL},
    {"applicantName", NULL, PT_RULE_TEXT, PT_FIELD_APPLICANTS, NULL},
    {"inventorName", NULL, PT_RULE_TEXT, PT_FIELD_INVENTORS, NULL},
    {"openDate", NULL, PT_RULE_TEXT, PT_FIELD_OPEN_DATE, NULL},
    {"publicationDate", NULL, PT_RULE_TEXT, PT_FIELD_PUBLICATION_DATE, NULL},
    {"registerDate", NULL, PT_RULE_TEXT, PT_FIELD_REGISTRATION_DATE, NULL},
    {"registerNumber", NULL, PT_RULE_TEXT, PT_FIELD_REGISTRATION_NUMBER, NULL},
    {"registerStatus", NULL, PT_RULE_TEXT, PT_FIELD_STATUS, NULL},
    {"applicationStatus", NULL, PT_RULE_TEXT, PT_FIELD_STATUS, NULL},
    /* (3) */
    {"biblioSummaryInfoArray", NULL, PT_RULE_GROUP, PT_FIELD_DETAIL, NULL},
    {"claim", "claimInfo", PT_RULE_TEXT, PT_FIELD_CLAIM, NULL},
    {"applicantInfo", NULL, PT_RULE_GROUP, PT_FIELD_APPLICANT, NULL},
    {"inventorInfo", NULL, PT_RULE_GROUP, PT_FIELD_INVENTOR, NULL},
    {"name", "applicantInfo", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"address", "applicantInfo", PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"country", "applicantInfo", PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"name", "inventorInfo", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"address", "inventorInfo", PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"country", "inventorInfo", PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"docName", "imagePathInfo", PT_RULE_TEXT, PT_FIELD_DRAWING_NAME, NULL},
    {"agentInfoArray", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"legalStatusInfoArray", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"priorArtDocumentsInfoArray", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"familyInfoArray", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"rndInfoArray", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
};

const pt_dialect pt_dialect_kipris = {.country = "KR", PT_RULES(records, rules)};
