/* SPDX-License-Identifier: Apache-2.0 */
/* patent.h - one patent or utility model as every reader hands it on: text is UTF-8 with runs of white
 * space made one blank, numbers, dates and codes are in the forms of numbers.h, dates.h and codes.h. */
#ifndef PT_PATENT_PATENT_H
#define PT_PATENT_PATENT_H

#include "base/vec.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum pt_kind { PT_KIND_PATENT, PT_KIND_UTILITY } pt_kind;

/* How much the source tells: an entry of a list of hits, or the whole record. */
typedef enum pt_form { PT_FORM_LIST, PT_FORM_DETAIL } pt_form;

typedef enum pt_scheme { PT_SCHEME_IPC, PT_SCHEME_CPC } pt_scheme;

typedef struct pt_code {
    pt_scheme scheme;
    char symbol[24]; /* canonical: A62B17/00, or A62B when the source names a subclass only */
    uint16_t rank;   /* 0 = first of its scheme */
} pt_code;

/* "" where the source is silent. */
typedef struct pt_party {
    char *name, *address;
    char *country; /* ISO 3166 letters where the name is known, else as written */
} pt_party;

typedef PT_VEC(char *) pt_texts;
typedef PT_VEC(pt_code) pt_codes;
typedef PT_VEC(pt_party) pt_parties;

/* Texts are never NULL in a patent that came from a reader; dates are yyyymmdd, 0 = unknown. */
typedef struct pt_patent {
    char *application_number; /* 13 digits (Korean), else country letters + digits */
    char *country;            /* of the office: KR, US, EP … */
    pt_kind kind;
    char *title, *title_en;
    char *abstract;
    pt_texts claims; /* deleted claims are left out */
    uint32_t application_date, open_date, publication_date, registration_date;
    char *registration_number;
    char *status; /* as the source words it: 등록, 공개, 거절 … */
    pt_codes codes;
    pt_parties applicants, inventors;
    bool is_cut; /* the source cut the abstract short */
    pt_form form;
    unsigned line; /* where the record starts in its file */
} pt_patent;

void pt_patent_init(pt_patent *patent);
void pt_patent_free(pt_patent *patent); /* NULL is fine; leaves an initialised record */
/* Hands everything that `from` owns to `to` (which must be initialised and empty); `from` is empty after. */
void pt_patent_take(pt_patent *to, pt_patent *from);

/* pt_patent_fullness - which of two records of one application tells more. Detail over list, uncut over
 * cut, longer abstract, more parties with an address, more parties, more claims, more codes, more dates;
 * then by content. Returns < 0 when a tells less than b, > 0 when it tells more, 0 only when they are equal
 * in everything but `line`: a total order, so a set of duplicates has the same winner in any order. */
int pt_patent_fullness(const pt_patent *a, const pt_patent *b);

#endif
