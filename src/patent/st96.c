/* SPDX-License-Identifier: Apache-2.0 */
/* st96.c - WIPO Standard ST.96 (pat:PatentPublication) and the Chinese office's schema of the same style
 * (business:PatentDocumentAndRelated). */
#include "patent/dialect.h"

static const pt_record_rule records[] = {
    {"PatentPublication", NULL, PT_RECORD_PATENT, PT_FORM_DETAIL},
    {"PatentGrantPublication", NULL, PT_RECORD_PATENT, PT_FORM_DETAIL},
    {"PatentDocumentAndRelated", NULL, PT_RECORD_PATENT, PT_FORM_DETAIL},
    {"TrademarkApplication", NULL, PT_RECORD_TRADEMARK, PT_FORM_DETAIL},
    {"Trademark", NULL, PT_RECORD_TRADEMARK, PT_FORM_DETAIL},
    {"DesignApplication", NULL, PT_RECORD_DESIGN, PT_FORM_DETAIL},
    {"Design", NULL, PT_RECORD_DESIGN, PT_FORM_DETAIL},
};

static const pt_rule rules[] = {
    {"Description", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"Drawings", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"ReferenceCitationBag", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"RelatedDocumentBag", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"PriorityClaimBag", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    {"SearchField", NULL, PT_RULE_SKIP, PT_FIELD_DETAIL, NULL},
    /* publication and application */
    {"IPOfficeCode", "PatentPublicationIdentification", PT_RULE_TEXT, PT_FIELD_COUNTRY, NULL},
    {"PatentDocumentKindCode", "PatentPublicationIdentification", PT_RULE_TEXT, PT_FIELD_DOCUMENT_KIND, NULL},
    {"PublicationDate", "PatentPublicationIdentification", PT_RULE_TEXT, PT_FIELD_PUBLICATION_DATE, NULL},
    {"IPOfficeCode", "BibliographicData/ApplicationIdentification", PT_RULE_TEXT,
     PT_FIELD_APPLICATION_COUNTRY, NULL},
    {"ApplicationNumberText", "BibliographicData/ApplicationIdentification/ApplicationNumber", PT_RULE_TEXT,
     PT_FIELD_APPLICATION_NUMBER, NULL},
    {"FilingDate", "BibliographicData/ApplicationIdentification", PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE,
     NULL},
    {"InventionSubjectMatterCategory", "ApplicationIdentification", PT_RULE_TEXT, PT_FIELD_APPLICATION_TYPE,
     NULL},
    {"WIPOST3Code", "PublicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_COUNTRY, NULL},
    {"Kind", "PublicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_DOCUMENT_KIND, NULL},
    {"Date", "PublicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_PUBLICATION_DATE, NULL},
    {"WIPOST3Code", "ApplicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_APPLICATION_COUNTRY, NULL},
    {"DocNumber", "ApplicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_APPLICATION_NUMBER, NULL},
    {"Date", "ApplicationReference/DocumentID", PT_RULE_TEXT, PT_FIELD_APPLICATION_DATE, NULL},
    /* texts */
    {"InventionTitle", NULL, PT_RULE_TEXT, PT_FIELD_TITLE, "languageCode"},
    {"Abstract", NULL, PT_RULE_TEXT, PT_FIELD_ABSTRACT, "languageCode"},
    {"Claims", NULL, PT_RULE_GROUP, PT_FIELD_CLAIMS, "languageCode"},
    {"ClaimText", "Claim", PT_RULE_TEXT, PT_FIELD_CLAIM, NULL},
    /* classification */
    {"IPCRClassification", NULL, PT_RULE_GROUP, PT_FIELD_IPC_PARTS, NULL},
    {"IPCClassification", NULL, PT_RULE_GROUP, PT_FIELD_IPC_PARTS, NULL},
    {"ClassificationIPCR", NULL, PT_RULE_GROUP, PT_FIELD_IPC_PARTS, NULL},
    {"CPCClassification", NULL, PT_RULE_GROUP, PT_FIELD_CPC_PARTS, NULL},
    {"PatentClassificationText", "IPCRClassification", PT_RULE_TEXT, PT_FIELD_IPC, NULL},
    {"PatentClassificationText", "CPCClassification", PT_RULE_TEXT, PT_FIELD_CPC, NULL},
    {"Section", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"CPCSection", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"Class", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"MainClass", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"Subclass", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"MainGroup", NULL, PT_RULE_TEXT, PT_FIELD_CODE_PART, NULL},
    {"Subgroup", NULL, PT_RULE_TEXT, PT_FIELD_CODE_SUBGROUP, NULL},
    /* parties */
    {"Applicant", NULL, PT_RULE_GROUP, PT_FIELD_APPLICANT, NULL},
    {"Inventor", NULL, PT_RULE_GROUP, PT_FIELD_INVENTOR, NULL},
    {"Assignee", NULL, PT_RULE_GROUP, PT_FIELD_ASSIGNEE, NULL},
    {"EntityName", "Name", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"OrganizationStandardName", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"FirstName", "PersonStructuredName", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"LastName", "PersonStructuredName", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"CityName", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"GeographicRegionName", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"CountryCode", NULL, PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
    {"Name", "AddressBook", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"OrganizationName", "AddressBook", PT_RULE_TEXT, PT_FIELD_PARTY_NAME, NULL},
    {"Text", "AddressBook/Address", PT_RULE_TEXT, PT_FIELD_PARTY_ADDRESS, NULL},
    {"WIPOST3Code", "AddressBook/Address", PT_RULE_TEXT, PT_FIELD_PARTY_COUNTRY, NULL},
};

const pt_dialect pt_dialect_st96 = {.country = "", PT_RULES(records, rules)};
