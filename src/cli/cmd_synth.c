/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"
#include "cli/command.h"
#include "synth/synth.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static pt_status synth(const pt_options *options, pt_console *console, pt_error *err) {
    if (options->n_paths)
        return pt_fail(err, PT_ERR_USAGE, "synth takes no path ('%s'); the corpus goes to --out",
                       options->paths[0]);
    char *dict = pt_cli_dict_folder(options);
    char *sido = pt_strdup(options->region);
    char *blank = strchr(sido, ' ');
    if (blank)
        *blank = '\0';
    pt_synth_params params = pt_synth_params_default();
    params.patents = options->patents;
    params.regional = options->regional;
    params.seed = options->seed ? options->seed : 1;
    params.sido = sido;
    params.sigungu = blank ? blank + 1 : "";
    params.dict_dir = dict;
    params.out_dir = options->out;
    params.truth_path = options->truth;
    params.gzip = options->gzip;
    params.threads = options->threads;
    pt_synth_counts counts;
    const pt_status status = pt_synth_write(&params, &counts, &console->monitor, err);
    if (!status)
        pt_say(&console->monitor, PT_LEVEL_INFO,
               "synth: %" PRIu64 " patents, %" PRIu64 " of the region, in %" PRIu64 " files", counts.patents,
               counts.regional, counts.files);
    free(sido);
    free(dict);
    return status;
}

const pt_command pt_cmd_synth = {
    "synth",
    PT_FOR_SYNTH,
    "--out DIR [--patents N] [--regional N] [--region NAME]",
    "write an invented corpus in KIPRIS form whose items and technologies are known",
    NULL,
    synth,
};
