/* SPDX-License-Identifier: Apache-2.0 */
/* dates.h - days as patent sources write them: 20130121, 2013.01.21, 1985/12/30 00:00:00, 2024-04-24,
 * 2013년 1월 21일, and with what spreadsheets and XML Schema add (20130121.0, 2024-04-24+09:00). */
#ifndef PT_PATENT_DATES_H
#define PT_PATENT_DATES_H

#include <stdbool.h>
#include <stdint.h>

/* yyyymmdd of the text, or 0. *is_bad (not NULL) tells a day that is there but does not exist or cannot
 * be read from no day at all (empty, blanks, zeros or dashes only). Years 1800 to 2199. */
uint32_t pt_date_parse(const char *text, bool *is_bad);

#endif
