/* SPDX-License-Identifier: Apache-2.0 */
/* web_files.h - the files of web/, put into the library by the assembler. */
#ifndef PT_REPORT_WEB_FILES_H
#define PT_REPORT_WEB_FILES_H

/* Each ends with a NUL. */
extern const char pt_web_html[], pt_web_css[], pt_web_js[];

#endif
