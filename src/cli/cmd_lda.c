/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"
#include "cli/command.h"
#include "topics/lda_files.h"
#include "topics/train.h"

enum { TOP_WORDS = 20, DEFAULT_SWEEPS = 200 };

static pt_status lda(const pt_options *options, pt_console *console, pt_error *err) {
    if (!options->docword)
        return pt_fail(err, PT_ERR_USAGE, "lda: which corpus? usage: patopic lda --docword FILE --topics K");
    if (options->n_paths)
        return pt_fail(err, PT_ERR_USAGE, "lda takes no path ('%s'); see `patopic help lda`",
                       options->paths[0]);
    pt_corpus *corpus = NULL;
    pt_model *model = NULL;
    pt_status status = pt_corpus_read_uci(options->docword, options->vocab, &corpus, err);
    if (!status) {
        pt_train_params params = pt_train_params_default();
        params.general_topics = (uint32_t)options->topics;
        params.sweeps = options->sweeps ? (uint32_t)options->sweeps : DEFAULT_SWEEPS;
        params.kept_sweeps = params.sweeps < params.kept_sweeps ? params.sweeps : params.kept_sweeps;
        params.alpha_sum = options->alpha * options->topics;
        params.beta = options->beta;
        params.seed = options->seed ? options->seed : 1;
        params.threads = pt_threads(options->threads);
        params.optimise_alpha_every = 0;
        status = pt_train(corpus, NULL, NULL, &params, &model, &console->monitor, err);
    }
    if (!status)
        status = pt_lda_files_write(model, options->out, TOP_WORDS, err);
    pt_model_free(model);
    pt_corpus_free(corpus);
    return status;
}

const pt_command pt_cmd_lda = {
    "lda",
    PT_FOR_LDA,
    "--docword FILE [--vocab FILE] --topics K",
    "plain LDA of a UCI bag-of-words corpus",
    "Writes topic_word.tsv, doc_topic.tsv and sweeps.tsv into OUT. alpha and beta stay as they are given.",
    lda,
};
