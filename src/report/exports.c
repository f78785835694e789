/* SPDX-License-Identifier: Apache-2.0 */
#include "report/exports.h"
#include "base/file.h"
#include "report/topic_map.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static pt_status write_ldavis(const pt_outline *outline, const char *folder, pt_error *err) {
    pt_topic_map *map = pt_topic_map_new(outline);
    const pt_status status = pt_ldavis_write(outline, map, folder, err);
    pt_topic_map_free(map);
    return status;
}

const pt_export_format pt_export_formats[PT_N_EXPORT_FORMATS] = {
    {"ldavis", "ldavis.json", write_ldavis},
    {"mallet", "mallet.txt, topic-word-weights.txt, word-topic-counts.txt, doc-topics.txt, topic-keys.txt",
     pt_export_mallet},
    {"uci", "docword.txt, vocab.txt", pt_export_uci},
    {"ldac", "corpus.ldac, vocab.txt", pt_export_ldac},
    {"mtx", "documents-words.mtx, documents.txt, vocab.txt", pt_export_mtx},
    {"tomotopy-text", "documents.txt", pt_export_tomotopy},
    {"graphml", "network.graphml", pt_graphml_write},
    {"vosviewer", "vosviewer.json", pt_vosviewer_write},
};

uint32_t pt_export_copies(const pt_findings *findings, uint64_t i) {
    const uint8_t flags = findings->corpus->flags[i];
    return flags & PT_TOKEN_PART ? 0 : flags & PT_TOKEN_TITLE ? findings->model->title_weight : 1;
}

void pt_export_word(const pt_findings *findings, uint32_t word, pt_buf *out) {
    for (const char *p = findings->corpus->form[word]; *p; p++)
        pt_buf_putc(out, (unsigned char)*p <= ' ' ? '_' : *p);
}

void pt_export_text(const pt_findings *findings, uint32_t document, pt_buf *out) {
    const pt_corpus *corpus = findings->corpus;
    bool first = true;
    for (uint64_t i = corpus->doc_start[document]; i < corpus->doc_start[document + 1]; i++)
        for (uint32_t n = pt_export_copies(findings, i); n > 0; n--) {
            if (!first)
                pt_buf_putc(out, ' ');
            first = false;
            pt_export_word(findings, corpus->word[i], out);
        }
}

static pt_status no_such_format(const char *format, pt_error *err) {
    pt_buf known = {0};
    for (int i = 0; i < PT_N_EXPORT_FORMATS; i++)
        pt_buf_printf(&known, "%s%s", i ? ", " : "", pt_export_formats[i].name);
    const pt_status status =
        pt_fail(err, PT_ERR_USAGE, "no format '%s'; there are %s", format, pt_buf_text(&known));
    pt_buf_free(&known);
    return status;
}

pt_status pt_export_write(const pt_findings *findings, const char *format, const char *folder,
                          pt_error *err) {
    const pt_export_format *found = NULL;
    for (int i = 0; i < PT_N_EXPORT_FORMATS && !found; i++)
        if (strcmp(pt_export_formats[i].name, format) == 0)
            found = &pt_export_formats[i];
    if (!found)
        return no_such_format(format, err);
    pt_status status = pt_make_folder(folder, err);
    if (status)
        return status;
    const locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    const locale_t before = plain ? uselocale(plain) : (locale_t)0;
    pt_outline outline;
    pt_outline_init(&outline, findings);
    status = found->write(&outline, folder, err);
    pt_outline_free(&outline);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return status;
}
