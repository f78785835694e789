/* SPDX-License-Identifier: Apache-2.0 */
/* workbook.h - report.xlsx; sheets.h says what is in it. */
#ifndef PT_REPORT_WORKBOOK_H
#define PT_REPORT_WORKBOOK_H

#include "report/outline.h"

enum { PT_SHEET_ROWS = 1048576 }; /* the most that Excel takes */

/* A table of more than `rows` rows, the header included, goes on in sheets "NAME 2", "NAME 3" …
 * Writes report.xlsx into folder under a temporary name, then renames it; equal findings are equal bytes.
 * Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_workbook_write(const pt_outline *outline, uint32_t rows, const char *folder,
                            pt_error *err) PT_WARN_UNUSED;

#endif
