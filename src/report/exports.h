/* SPDX-License-Identifier: Apache-2.0 */
/* exports.h - the corpus, the model and the network of items in the formats of other tools. Documents, words
 * and topics keep their order everywhere: topic k + 1 (k where a format counts from 0) is item k of the
 * standard. A word counts as LDA counts it: title words title_weight times, parts of joined terms not at all.
 */
#ifndef PT_REPORT_EXPORTS_H
#define PT_REPORT_EXPORTS_H

#include "report/outline.h"

typedef struct pt_export_format {
    const char *name;
    const char *files; /* for people */
    pt_status (*write)(const pt_outline *outline, const char *folder, pt_error *err);
} pt_export_format;

enum { PT_N_EXPORT_FORMATS = 8 };
extern const pt_export_format pt_export_formats[PT_N_EXPORT_FORMATS];

/* Writes the files of a format into folder, which is made. Errors: PT_ERR_USAGE (no such format; the message
 * lists them), PT_ERR_CREATE, PT_ERR_IO. */
pt_status pt_export_write(const pt_findings *findings, const char *format, const char *folder,
                          pt_error *err) PT_WARN_UNUSED;

/* The formats of exports_corpus.c and exports_mallet.c. */
pt_status pt_export_uci(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;
pt_status pt_export_ldac(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;
pt_status pt_export_mtx(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;
pt_status pt_export_tomotopy(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;
pt_status pt_export_mallet(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;

/* GraphML 1.0 (network.graphml): nodes carry item_id, label, industry, patents, item_no (0 = not selected),
 * lq_shrunk, x, y and the cluster that the study found; edges patents and strength. */
pt_status pt_graphml_write(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;
/* The JSON of VOSviewer 1.6.17 and later (vosviewer.json). */
pt_status pt_vosviewer_write(const pt_outline *outline, const char *folder, pt_error *err) PT_WARN_UNUSED;

/* Tokens of LDA that the i-th token of the corpus stands for. */
uint32_t pt_export_copies(const pt_findings *findings, uint64_t i);
/* The words of a document, separated by blanks; a blank inside a word becomes "_". */
void pt_export_text(const pt_findings *findings, uint32_t document, pt_buf *out);
/* A word, likewise. */
void pt_export_word(const pt_findings *findings, uint32_t word, pt_buf *out);

#endif
