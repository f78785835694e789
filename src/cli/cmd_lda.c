/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/parallel.h"
#include "cli/command.h"
#include "topics/checkpoint.h"
#include "topics/lda_files.h"
#include "topics/shard_files.h"
#include "topics/train.h"

#include <stdio.h>
#include <stdlib.h>

enum { TOP_WORDS = 20, DEFAULT_SWEEPS = 200 };

static pt_train_params params_of(const pt_options *options, const char *checkpoint,
                                 const pt_corpus *heldout) {
    pt_train_params params = pt_train_params_default();
    params.general_topics = (uint32_t)options->topics;
    params.sweeps = options->sweeps ? (uint32_t)options->sweeps : DEFAULT_SWEEPS;
    params.kept_sweeps = params.sweeps < params.kept_sweeps ? params.sweeps : params.kept_sweeps;
    params.sub_sweeps = (uint64_t)options->sub_sweeps;
    params.alpha_sum = options->alpha * options->topics;
    params.beta = options->beta;
    params.seed = options->seed ? options->seed : 1;
    params.threads = pt_threads(options->threads);
    params.optimise_alpha_every = 0;
    params.checkpoint = checkpoint;
    params.checkpoint_every = (uint32_t)options->checkpoint_every;
    params.checkpoint_minutes = options->checkpoint_minutes;
    params.resume = options->resume;
    params.heldout = heldout;
    params.evaluate_every = (uint32_t)options->eval_every;
    params.until = options->until;
    return params;
}

static pt_status write_results(const pt_model *model, const pt_options *options, pt_ranks *ranks,
                               pt_error *err) {
    pt_status status = pt_lda_files_write(model, ranks, options->out, TOP_WORDS, err);
    if (!status && options->nwk && pt_ranks_rank(ranks) == 0) {
        char *path = pt_path_join(options->out, "topic_word.nwk");
        status = pt_lda_counts_write(model, path, err);
        free(path);
    }
    return pt_ranks_agree(ranks, status, err);
}

/* A UCI file is cut into shards first where several ranks want their parts of it: rank 0 streams it, none
 * holds it. *made is the folder to remove afterwards, or NULL. */
static pt_status read_shards(const pt_options *options, pt_console *console, pt_shard_set *set, char **made,
                             pt_error *err) {
    pt_ranks *ranks = console->ranks;
    const char *folder = options->docword;
    pt_status status = PT_OK;
    if (!pt_shards_are_there(folder)) {
        folder = *made = pt_path_join(options->out, "shards");
        if (pt_ranks_rank(ranks) == 0)
            status = pt_shards_from_uci(options->docword, options->vocab, folder, (uint32_t)options->files,
                                        &console->monitor, err);
        if ((status = pt_ranks_agree(ranks, status, err)))
            return status;
    }
    return pt_shards_read(folder, pt_ranks_rank(ranks), pt_ranks_size(ranks), set, err);
}

static pt_status read_corpora(const pt_options *options, pt_console *console, pt_corpus **corpus,
                              pt_corpus **heldout, char **made, pt_error *err) {
    pt_status status;
    if (pt_ranks_size(console->ranks) > 1 || pt_shards_are_there(options->docword)) {
        pt_shard_set set = {0};
        status = read_shards(options, console, &set, made, err);
        *corpus = set.corpus;
        set.corpus = NULL;
        pt_shard_set_free(&set);
    } else {
        status = pt_corpus_read_uci(options->docword, options->vocab, corpus, err);
    }
    if (!status && options->holdout)
        status = pt_corpus_read_uci(options->holdout, NULL, heldout, err);
    return pt_ranks_agree(console->ranks, status, err);
}

static pt_status lda(const pt_options *options, pt_console *console, pt_error *err) {
    if (!options->docword)
        return pt_fail(err, PT_ERR_USAGE, "lda: which corpus? usage: patopic lda --docword FILE --topics K");
    if (options->n_paths)
        return pt_fail(err, PT_ERR_USAGE, "lda takes no path ('%s'); see `patopic help lda`",
                       options->paths[0]);
    if (options->until > 0 && !options->holdout)
        return pt_fail(err, PT_ERR_USAGE, "--until: perplexity of which documents? add --holdout FILE");
    pt_corpus *corpus = NULL, *heldout = NULL;
    pt_model *model = NULL;
    char *checkpoint = pt_path_join(options->out, "train.ckpt");
    char *made = NULL;
    pt_ranks_set_patience(console->ranks, options->patience);
    pt_status status = read_corpora(options, console, &corpus, &heldout, &made, err);
    if (!status) {
        pt_train_params params = params_of(options, checkpoint, heldout);
        params.ranks = console->ranks;
        params.threads = pt_ranks_threads(console->ranks, options->threads);
        params.counts_bytes = (uint64_t)(options->counts_memory * 1048576);
        status = pt_train(corpus, NULL, NULL, &params, &model, &console->monitor, err);
    }
    if (!status)
        status = write_results(model, options, console->ranks, err);
    if (!status)
        pt_checkpoint_remove(checkpoint, console->ranks);
    if (made && pt_ranks_rank(console->ranks) == 0)
        pt_shards_remove(made);
    free(made);
    free(checkpoint);
    pt_model_free(model);
    pt_corpus_free(heldout);
    pt_corpus_free(corpus);
    return status;
}

const pt_command pt_cmd_lda = {
    "lda",
    PT_FOR_LDA,
    "--docword FILE [--vocab FILE] --topics K [--holdout FILE [--until PERPLEXITY]]",
    "plain LDA of a UCI bag-of-words corpus",
    "Writes topic_word.tsv, doc_topic.tsv and sweeps.tsv into OUT. alpha and beta stay as they are given.\n"
    "FILE may be gzip. An interrupt finishes the sweep, saves OUT/train.ckpt and exits with 75; the same\n"
    "command with --resume goes on to the same result.",
    lda,
};
