/* SPDX-License-Identifier: Apache-2.0 */
/* region_table.h - the table of regions as an index of names; private to region*.c. */
#ifndef PT_STUDY_REGION_TABLE_H
#define PT_STUDY_REGION_TABLE_H

#include "base/tsv.h"
#include "study/region.h"

enum { PT_MAX_SIDO = 4 }; /* 시도 that share a name: 전남광주통합특별시 stands for itself, 광주 and 전남 */

typedef struct pt_region_unit {
    const char *sido, *sigungu, *code;
    char *name;        /* "경상남도 김해시" */
    uint32_t sido_row; /* row of its 시도 (of itself if it is one) */
    uint32_t city;     /* row of its 시 if it is a 일반구, else itself */
    uint32_t resolved; /* itself while in force; the unit that took a former one over; UINT32_MAX: none */
    bool is_sido, is_former, is_sejong;
} pt_region_unit;

/* A name under a 시도. priority: 0 name of a live unit, 1 alias, 2 former unit; the lowest wins. */
typedef struct pt_region_key {
    uint32_t sido_row;
    char *text;
    uint32_t unit;
    int priority;
} pt_region_key;

typedef struct pt_sido_name {
    char *text;
    uint32_t row;
} pt_sido_name;

struct pt_regions {
    pt_tsv *table;
    uint32_t n;
    pt_region_unit *at;
    size_t n_keys;
    pt_region_key *by_sido; /* [n_keys] ordered by 시도, text, priority, unit; owns the texts */
    pt_region_key *by_text; /* [n_keys] the same, ordered by text */
    size_t n_sido_names;
    pt_sido_name *sido_name; /* official names first */
};

typedef struct pt_sido_set {
    size_t n;
    uint32_t row[PT_MAX_SIDO];
} pt_sido_set;

/* What a name can mean: n units, `unit` the first of them. */
typedef struct pt_region_hit {
    uint32_t unit;
    unsigned n;
} pt_region_hit;

/* The 시도 of that name; n = 0 if it is none. */
pt_sido_set pt_sido_find(const pt_regions *regions, const char *text, size_t bytes);
/* Units of that name inside the 시도, live before alias before former; sido NULL: in the whole country, all
 * of them alike. */
pt_region_hit pt_region_find(const pt_regions *regions, const pt_sido_set *sido, const char *text,
                             size_t bytes);
/* Units whose name begins so, 일반구 counted as their 시. */
pt_region_hit pt_region_complete(const pt_regions *regions, const pt_sido_set *sido, const char *text,
                                 size_t bytes);

/* pt_region_parse of a name and how many tokens of it were read; *n_tokens of how many. */
pt_place pt_region_read(const pt_regions *regions, const char *text, size_t *n_read, size_t *n_tokens);

#endif
