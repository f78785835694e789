/* SPDX-License-Identifier: Apache-2.0 */
/* terminal.h - the table of selected items and technologies for a terminal. */
#ifndef PT_REPORT_TERMINAL_H
#define PT_REPORT_TERMINAL_H

#include "base/buf.h"
#include "report/findings.h"

/* Appends the note of the study, if it has one, and the table: industry, item with its patents and shrunk LQ,
 * technologies, a technology a line. columns  width of the terminal in cells, at least 60; 0 = as wide as the
 * longest name colour   ANSI colours */
void pt_report_terminal(const pt_findings *findings, pt_buf *out, int columns, bool colour);

/* Cells that a UTF-8 text takes: Hangul, Hanja and full-width forms 2, combining marks 0. */
int pt_display_width(const char *text);

#endif
