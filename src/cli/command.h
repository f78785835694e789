/* SPDX-License-Identifier: Apache-2.0 */
/* command.h - a command is a constant: name, what it takes, what it does; one file each. */
#ifndef PT_CLI_COMMAND_H
#define PT_CLI_COMMAND_H

#include "cli/console.h"
#include "cli/options.h"

typedef struct pt_command {
    const char *name;
    pt_command_set set;
    const char *arguments;
    const char *summary;
    const char *text; /* more words for `help NAME` */
    pt_status (*run)(const pt_options *options, pt_console *console, pt_error *err);
} pt_command;

#define PT_DECLARE_COMMAND(name, set) extern const pt_command pt_cmd_##name;
PT_COMMANDS(PT_DECLARE_COMMAND)
#undef PT_DECLARE_COMMAND

/* Folder of the tables: --dict, else dict/ beside the folder of the program, else where `make install` puts
 * it. free() it. */
char *pt_cli_dict_folder(const pt_options *options);
/* The compiled Korean dictionary: --lexicon, else korean.dict beside the program or in the dict folder. */
char *pt_cli_lexicon_path(const pt_options *options);

#endif
