/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - report.html: one file that needs no network. The templates of web/ are in the library; the data
 * goes in as one JSON block, and a Content-Security-Policy allows the page its own style and script alone. */
#ifndef PT_REPORT_PAGE_H
#define PT_REPORT_PAGE_H

#include "base/json.h"
#include "report/topic_map.h"

/* Writes report.html into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_page_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                        pt_error *err) PT_WARN_UNUSED;
/* The data of the page, as web/report.js reads it; json_decref it. */
json_t *pt_page_data(const pt_outline *outline, const pt_topic_map *map);

#endif
