/* SPDX-License-Identifier: Apache-2.0 */
/* codes.h - IPC and CPC symbols in one spelling, A62B17/00, out of all that sources write:
 * "A62B 17/00", "A62B-017/00", "A61K0031/7048", "7C 07C  29/44   A", "H01L  21/301       20060101AFI…",
 * "A24B   15/18    (2006.01)", "G06F 1516" (PATDOC: main group in three columns, no slash). */
#ifndef PT_PATENT_CODES_H
#define PT_PATENT_CODES_H

#include "patent/patent.h"

/* Canonical symbol of the first n bytes of text; false when there is none. */
bool pt_code_parse(const char *text, size_t n, char symbol[24]);

/* Adds every symbol of a cell ("A|B", "A | B", "A, B", "A;B") that is not there yet; ranks follow the
 * order. Returns how many parts could not be read. */
size_t pt_codes_add(pt_codes *codes, pt_scheme scheme, const char *cell);

#endif
