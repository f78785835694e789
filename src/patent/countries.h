/* SPDX-License-Identifier: Apache-2.0 */
/* countries.h - Korean names of countries, as KIPRIS writes them, to ISO 3166 letters. */
#ifndef PT_PATENT_COUNTRIES_H
#define PT_PATENT_COUNTRIES_H

/* "KR" for "대한민국" and "kr"; NULL when the name is not known. */
const char *pt_country_code(const char *name);

#endif
