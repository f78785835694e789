/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "pipeline/export.h"
#include "report/exports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_known(const char *format) {
    for (int i = 0; i < PT_N_EXPORT_FORMATS; i++)
        if (strcmp(pt_export_formats[i].name, format) == 0)
            return true;
    return false;
}

static pt_status export_study(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "export", err);
    if (status)
        return status;
    if (!options->format || !is_known(options->format))
        return pt_fail(err, PT_ERR_USAGE, "export: --format %s: which one? `patopic help export` lists them",
                       options->format ? options->format : "");
    pt_stage_call call = pt_stage_call_make(options);
    char *folder;
    status = pt_export(&call.params, options->format, &folder, &console->monitor, err);
    pt_console_close(console);
    if (!status)
        printf("export: %s\n", folder);
    free(folder);
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_export = {
    "export",
    PT_FOR_EXPORT,
    "--format NAME [--store FILE] [--study FILE] [--model FILE]",
    "corpus, model and network in the formats of other tools",
    "Formats, written into OUT/STUDY/export-FORMAT/:\n"
    "  ldavis         ldavis.json for LDAvis and pyLDAvis\n"
    "  mallet         mallet.txt for import-file, and the model's word-topic counts, weights, shares and "
    "keys\n"
    "  uci            docword.txt, vocab.txt: UCI bag of words (what `patopic lda` reads)\n"
    "  ldac           corpus.ldac, vocab.txt: LDA-C, gensim's BleiCorpus\n"
    "  mtx            documents-words.mtx: Matrix Market (scipy, R's Matrix)\n"
    "  tomotopy-text  documents.txt: a document a line, its words separated by blanks\n"
    "  graphml        network.graphml: items that occur together (Gephi, igraph, networkx)\n"
    "  vosviewer      vosviewer.json: the same for VOSviewer\n"
    "Topics keep their order: topic k is item k of the standard.",
    export_study,
};
