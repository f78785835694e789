/* SPDX-License-Identifier: Apache-2.0 */
/* region.h - Korean addresses to administrative units (dict/regions.tsv). */
#ifndef PT_STUDY_REGION_H
#define PT_STUDY_REGION_H

#include "base/status.h"

typedef struct pt_regions pt_regions;
typedef struct pt_region_filter pt_region_filter;

/* How an address was read; kept with the result so that a researcher can follow it. */
typedef enum pt_region_rule {
    PT_REGION_UNKNOWN,   /* no unit fits */
    PT_REGION_FOREIGN,   /* the country is not Korea */
    PT_REGION_AMBIGUOUS, /* several units fit: never a guess */
    PT_REGION_SIDO,      /* only the 시도 is known */
    PT_REGION_EXACT,     /* 시도 and 시군구 by name, alias or former name */
    PT_REGION_PREFIX,    /* completed after a cut ("경상남도 진주...") */
    PT_REGION_UNIQUE     /* no 시도, but the unit's name is unique in the country */
} pt_region_rule;

typedef struct pt_place {
    uint32_t unit; /* row in the table of regions, UINT32_MAX = none */
    pt_region_rule rule;
} pt_place;

pt_status pt_regions_load(const char *path, pt_regions **out, pt_error *err) PT_WARN_UNUSED;
void pt_regions_free(pt_regions *regions);
/* address and country may be NULL or "". Reads 시도 and 시군구 from the left and stops; the unit is one in
 * force today: former units are read as their successor (마산시: 창원시). Thread-safe. */
pt_place pt_region_parse(const pt_regions *regions, const char *address, const char *country);
/* "경상남도 김해시"; borrowed; "" for none. */
const char *pt_region_name(const pt_regions *regions, uint32_t unit);
/* Row of the 시군구 of a place, a 구 read as its 시, 세종 as itself; UINT32_MAX when none is known. */
uint32_t pt_region_municipality(const pt_regions *regions, pt_place place);
const char *pt_region_rule_name(pt_region_rule rule);

/* A region of study: a unit's name or alias, a comma-separated list of them, or /pattern/ (PCRE2, on the
 * raw address); "" is everywhere, also where no address is known. A 시 takes in its 구, a 시도 its 시군구.
 * Unknown or ambiguous name: PT_ERR_CONFIG with proposals. */
pt_status pt_region_filter_new(const pt_regions *regions, const char *text, pt_region_filter **out,
                               pt_error *err) PT_WARN_UNUSED;
void pt_region_filter_free(pt_region_filter *filter);
bool pt_region_filter_is_everywhere(const pt_region_filter *filter);
/* One thread at a time (a pattern has its own workspace). */
bool pt_region_filter_has(const pt_region_filter *filter, pt_place place, const char *address);

#endif
