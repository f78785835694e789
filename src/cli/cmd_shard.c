/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/stage_params.h"
#include "topics/shard_files.h"

static pt_status shard(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "shard", err);
    if (status)
        return status;
    if (options->docword && options->store)
        return pt_fail(err, PT_ERR_USAGE, "shard: --docword or --store, not both");
    if (options->docword)
        return pt_shards_from_uci(options->docword, options->vocab, options->out, (uint32_t)options->files,
                                  &console->monitor, err);
    if (!options->store)
        return pt_fail(err, PT_ERR_USAGE,
                       "shard: which corpus? usage: patopic shard --store FILE --study FILE --out DIR, or "
                       "patopic shard --docword FILE --out DIR");
    pt_stage_call call = pt_stage_call_make(options);
    status = pt_shard_store(&call.params, options->out, (uint32_t)options->files, &console->monitor, err);
    pt_stage_call_free(&call);
    return status;
}

const pt_command pt_cmd_shard = {
    "shard",
    PT_FOR_SHARD,
    "--store FILE --study FILE --out DIR | --docword FILE [--vocab FILE] --out DIR",
    "cut a corpus into files for training on many machines (MPI)",
    "Each rank of `mpirun patopic train --shards DIR` or `mpirun patopic lda --docword DIR` reads its own\n"
    "documents from DIR and no others. The result of the training is the same for any number of files, "
    "ranks\n"
    "and threads.",
    shard,
};
