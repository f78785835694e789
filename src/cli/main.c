/* SPDX-License-Identifier: Apache-2.0 */
/* patopic COMMAND [options] [paths]: finds the command, runs it, turns its status into the exit code. */
#include "base/file.h"
#include "base/mem.h"
#include "cli/command.h"
#include "study/study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ADDRESS_OF_COMMAND(name, set) &pt_cmd_##name,
static const pt_command *const COMMANDS[] = {PT_COMMANDS(ADDRESS_OF_COMMAND)};
enum { N_COMMANDS = sizeof COMMANDS / sizeof COMMANDS[0] };

static const pt_command *find_command(const char *name) {
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

static void print_overview(FILE *stream) {
    fputs("patopic: from patent XML to a region's leading items and technologies\n\n"
          "usage: patopic COMMAND [options] [paths]\n\n",
          stream);
    for (int i = 0; i < N_COMMANDS; i++)
        fprintf(stream, "  %-10s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    fputs(
        "\n`patopic help COMMAND` lists the options of a command with their defaults, `patopic help study`\n"
        "the keys of a study file with theirs.\n"
        "Exit codes: 0 done, 2 done with quarantined records, 64 usage, 65 data, 66 no input, 70 bug,\n"
        "73 cannot create, 74 I/O, 75 try again, 78 configuration.\n",
        stream);
}

static void print_help(const pt_command *command) {
    printf("usage: patopic %s %s\n\n%s\n", command->name, command->arguments, command->summary);
    if (command->text)
        printf("\n%s\n", command->text);
    pt_options_help(command->set);
}

/* The folder of the running program; free it. */
static char *program_folder(void) {
    char path[4096];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return pt_strdup(".");
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return pt_strdup(path);
}

char *pt_cli_dict_folder(const pt_options *options) {
    if (options->dict)
        return pt_strdup(options->dict);
    /* as built; as installed, wherever that was moved to; as it was to be installed */
    static const char *const places[] = {"/../dict", "/../share/patopic"};
    char *folder = program_folder(), *found = NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++) {
        found = pt_strfmt("%s%s", folder, places[i]);
        char *items = pt_path_join(found, "items.tsv");
        if (!pt_file_exists(items)) {
            free(found);
            found = NULL;
        }
        free(items);
    }
    free(folder);
    return found ? found : pt_strdup(PT_DATA_FOLDER);
}

char *pt_cli_lexicon_path(const pt_options *options) {
    if (options->lexicon)
        return pt_strdup(options->lexicon);
    char *folder = program_folder();
    char *beside = pt_path_join(folder, "korean.dict");
    free(folder);
    if (pt_file_exists(beside))
        return beside;
    free(beside);
    char *dict = pt_cli_dict_folder(options);
    char *inside = pt_path_join(dict, "korean.dict");
    free(dict);
    return inside;
}

/* Commands that may run as several MPI processes; they find the others in console->ranks. */
enum { WITH_RANKS = PT_FOR_TRAIN | PT_FOR_LDA };

static int run_command(const pt_command *command, int argc, char **argv) {
    pt_error err = {0};
    pt_options options = pt_options_default();
    pt_console console;
    pt_ranks *ranks = NULL;
    pt_status status = pt_options_parse(&options, command->set, argc, argv, &err);
    if (!status && options.help) {
        print_help(command);
        return PT_OK;
    }
    const pt_status joined = pt_ranks_open(&ranks, status ? NULL : &err);
    status = status ? status : joined;
    pt_console_open(&console, &options, ranks);
    if (!status && pt_ranks_size(ranks) > 1 && !(command->set & WITH_RANKS))
        status =
            pt_fail(&err, PT_ERR_USAGE,
                    "%s runs as one process; lda and train run as several (ingest and infer share work out "
                    "with --shard)",
                    command->name);
    if (!status)
        status = command->run(&options, &console, &err);
    pt_console_close(&console);
    status = pt_ranks_agree(ranks, status, &err);
    if (status && status != PT_OK_QUARANTINED)
        pt_console_error(&console, &err);
    if (fflush(stdout) != 0 && !status) {
        pt_fail_errno(&err, PT_ERR_IO, "standard output");
        pt_console_error(&console, &err);
        status = PT_ERR_IO;
    }
    pt_ranks_close(ranks, (int)status);
    return (int)status;
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        if (argc > 2 && strcmp(argv[2], "study") == 0) {
            char *keys = pt_study_describe();
            fputs(keys, stdout);
            free(keys);
            return PT_OK;
        }
        const pt_command *about = argc > 2 ? find_command(argv[2]) : NULL;
        if (about)
            print_help(about);
        else
            print_overview(argc > 1 ? stdout : stderr);
        return argc > 1 ? PT_OK : PT_ERR_USAGE;
    }
    const pt_command *command = find_command(name);
    if (!command) {
        fprintf(stderr, "patopic: error: no command '%s'; `patopic help` lists them\n", name);
        return PT_ERR_USAGE;
    }
    return run_command(command, argc - 1, argv + 1);
}
