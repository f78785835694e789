/* SPDX-License-Identifier: Apache-2.0 */
/* builder.h - a record in the making. A dialect names the fields as they come by; the builder knows what
 * to do with each, whatever the dialect, and judges the record at its end. */
#ifndef PT_PATENT_BUILDER_H
#define PT_PATENT_BUILDER_H

#include "base/buf.h"
#include "patent/counts.h"
#include "patent/numbers.h"
#include "patent/patent.h"

typedef enum pt_field {
    /* one text each; the first that is not empty stays */
    PT_FIELD_COUNTRY,             /* of the office, where the application's own is not told */
    PT_FIELD_APPLICATION_COUNTRY, /* of the application */
    PT_FIELD_APPLICATION_NUMBER,
    PT_FIELD_APPLICATION_TYPE, /* "design" makes it one */
    PT_FIELD_DOCUMENT_KIND,    /* WIPO ST.16: A1, B2, U … */
    PT_FIELD_REGISTRATION_NUMBER,
    PT_FIELD_OPEN_NUMBER,  /* only to tell the right of a number that does not */
    PT_FIELD_DRAWING_NAME, /* 1020190100885.jpg */
    PT_FIELD_STATUS,
    PT_FIELD_APPLICATION_DATE,
    PT_FIELD_OPEN_DATE,
    PT_FIELD_PUBLICATION_DATE,
    PT_FIELD_REGISTRATION_DATE,
    /* texts with a language: Korean wins over English, English over others */
    PT_FIELD_TITLE,
    PT_FIELD_ABSTRACT,
    PT_FIELD_TITLE_EN,
    PT_FIELD_TITLE_LANGUAGE, /* of the next title */
    PT_FIELD_CLAIMS,         /* group: one language's claims */
    PT_FIELD_CLAIM,
    /* classification */
    PT_FIELD_IPC, /* symbols as text */
    PT_FIELD_CPC,
    PT_FIELD_IPC_PARTS, /* group of section … subgroup */
    PT_FIELD_CPC_PARTS,
    PT_FIELD_SCHEMED_PARTS, /* group whose scheme stands in it */
    PT_FIELD_CODE_SCHEME,
    PT_FIELD_CODE_PART,
    PT_FIELD_CODE_SUBGROUP,
    /* parties: a group each, or names joined by | */
    PT_FIELD_APPLICANT,
    PT_FIELD_INVENTOR,
    PT_FIELD_ASSIGNEE, /* stands in for applicants where the source names inventors as such */
    PT_FIELD_PARTY_NAME,
    PT_FIELD_PARTY_ADDRESS,
    PT_FIELD_PARTY_COUNTRY,
    PT_FIELD_APPLICANTS,
    PT_FIELD_INVENTORS,
    PT_FIELD_APPLICANT_ADDRESS, /* of the first of joined applicants */
    PT_FIELD_APPLICANT_COUNTRY,
    PT_FIELD_DETAIL /* group that only whole records have */
} pt_field;

typedef enum pt_verdict {
    PT_VERDICT_PATENT,
    PT_VERDICT_DESIGN,
    PT_VERDICT_TRADEMARK,
    PT_VERDICT_BAD /* the reason says why */
} pt_verdict;

typedef struct pt_builder {
    pt_patent patent;
    char country[3], application_country[3];
    char number[64], kind[16], open_number[32], drawing[64];
    bool is_design;
    int title_rank, abstract_rank, claims_rank; /* of the languages taken so far; 0 = none */
    bool are_claims_wanted;
    char title_language[4];
    pt_buf code;     /* parts of the symbol so far */
    int code_scheme; /* pt_scheme, or -1: not wanted */
    pt_parties assignees;
    pt_parties *parties; /* where the open party goes, NULL = it is not wanted */
    char party_format[24];
    pt_party applicant; /* address and country of joined applicants */
    uint32_t bad_dates, bad_codes;
} pt_builder;

void pt_builder_init(pt_builder *builder);
void pt_builder_free(pt_builder *builder);

/* Starts a record; what was left of the one before is dropped. country: of the dialect's office or "". */
void pt_builder_begin(pt_builder *builder, pt_form form, const char *country, unsigned line);
/* A group opens. value: the attribute that the dialect's rule names, or NULL. */
void pt_builder_open(pt_builder *builder, pt_field field, const char *value);
void pt_builder_close(pt_builder *builder, pt_field field);
/* A text of n bytes; language: that of its attribute, or NULL. */
void pt_builder_set(pt_builder *builder, pt_field field, const char *text, size_t n, const char *language);
/* Ends the record: numbers, kind and dates are put in form. When it is a patent, builder->patent is whole
 * and its bad dates, bad codes, cut and empty abstracts and repairs are added to counts. */
pt_verdict pt_builder_finish(pt_builder *builder, pt_reader_counts *counts, const char **reason);

#endif
