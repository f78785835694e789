/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - report.html: one file that needs no network. The templates of web/ are in the library; a
 * Content-Security-Policy allows the page its own style and script alone. The data stand in blocks of JSON:
 *
 *     study      items, indicators, years, technologies, network, settings
 *     tables     those of the data dictionary that the page shows as they are: reasons, industries, paths …
 *
 * and in packed ones (zlib, then base64), which the page unpacks when it needs them, beside its other work,
 * so that 100,000 patents open as fast as a hundred:
 *
 *     topics     the map of topics and their words
 *     lists      places of the patents behind each item and technology, of the unclassified and the cut ones
 *     patents-0  PT_PAGE_BLOCK patents each, with their own lists of words and applicants */
#ifndef PT_REPORT_PAGE_H
#define PT_REPORT_PAGE_H

#include "base/json.h"
#include "report/topic_map.h"

enum { PT_PAGE_BLOCK = 2000, PT_PAGE_EVIDENCE = 3 }; /* patents a block, words of evidence an item */
#define PT_NO_PLACE UINT32_MAX

/* The region's patents in the order of the page: representatives of the technologies first, so that the
 * cards need one block; the others by application number. */
typedef struct pt_page_order {
    uint32_t n;
    uint32_t *document; /* [n] */
    uint32_t *place;    /* [D] index in document, or PT_NO_PLACE */
} pt_page_order;

void pt_page_order_init(pt_page_order *order, const pt_outline *outline);
void pt_page_order_free(pt_page_order *order);

/* The blocks; json_decref each. */
json_t *pt_page_study(const pt_outline *outline, const pt_page_order *order);
json_t *pt_page_topics(const pt_outline *outline, const pt_topic_map *map);
json_t *pt_page_tables(const pt_outline *outline);
json_t *pt_page_lists(const pt_outline *outline, const pt_page_order *order);
json_t *pt_page_patents(const pt_outline *outline, const pt_page_order *order, uint32_t block);

/* Writes report.html into folder. Errors: PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_page_write(const pt_outline *outline, const pt_topic_map *map, const char *folder,
                        pt_error *err) PT_WARN_UNUSED;

/* A list of texts that is filled as they are met; each stands in it once. */
typedef struct pt_page_names {
    json_t *list;
    uint32_t *index; /* [ids] place + 1, 0 = not yet in */
} pt_page_names;

pt_page_names pt_page_names_new(size_t n_ids);
/* Place of an id in the list, which its text enters the first time. */
json_t *pt_page_name(pt_page_names *names, uint32_t id, const char *text);
/* The list itself, for json_object_set_new; names is empty afterwards. */
json_t *pt_page_names_take(pt_page_names *names);

#endif
