/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/command.h"
#include "korean/lexicon.h"

#include <stdlib.h>

static pt_status build(const pt_options *options, pt_console *console, pt_error *err) {
    char *folder = pt_cli_dict_folder(options);
    const pt_status status = pt_lexicon_build(folder, options->out, &console->monitor, err);
    free(folder);
    return status;
}

const pt_command pt_cmd_dict = {
    "dict",
    PT_FOR_DICT,
    "--out FILE [--dict DIR]",
    "compile the Korean dictionary from Debian's word lists and DICT/korean/",
    NULL,
    build,
};
