/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.h - application numbers in one form, so that the same application is the same text whatever the
 * source. Korea: 13 digits, right + year + serial (10 patent, 20 utility model, 30 design, 40-45 trade
 * mark). Elsewhere: country letters + digits, check digit and marks left out. */
#ifndef PT_PATENT_NUMBERS_H
#define PT_PATENT_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

#define PT_NUMBER_BYTES 40

typedef enum pt_right {
    PT_RIGHT_PATENT,
    PT_RIGHT_UTILITY,
    PT_RIGHT_DESIGN,
    PT_RIGHT_TRADEMARK,
    PT_RIGHT_UNKNOWN
} pt_right;

/* pt_number_parse - canonical form of an application number.
 *   country  ISO letters of the office; "" = Korean when it looks so
 *   text     as written: 10-2019-0100885, 1020190100885, 2019-0100885, PCT/KR2020/001234, 01963450.0 …
 *   right    the right when the number does not say it (a Korean number without its first two digits):
 *            from the kind of document; PT_RIGHT_UNKNOWN makes such a number unreadable
 *   out      "" on failure
 * Returns the right that the number grants, PT_RIGHT_UNKNOWN when it cannot be read. Foreign numbers do
 * not tell their right: `right` comes back, as a patent when it was unknown. */
pt_right pt_number_parse(const char *country, const char *text, pt_right right, char out[PT_NUMBER_BYTES]);

/* The right behind a WIPO ST.16 kind code and the office that uses it: U, Y (in Korea also Y1) are utility
 * models, S designs; else a patent; "" unknown. */
pt_right pt_right_of_kind(const char *kind);

/* Whether a cell was a long number that a spreadsheet has rounded (1.02021E+12). */
bool pt_number_is_spoilt(const char *text);

#endif
