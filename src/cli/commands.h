/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - one row a command, in the order of the help: its name (pt_cmd_NAME is the command) and its bit
 * (PT_FOR_BIT) in the table of options. */
#ifndef PT_CLI_COMMANDS_H
#define PT_CLI_COMMANDS_H

/* clang-format off */
#define PT_COMMANDS(row)       \
    row(run, RUN)              \
    row(update, UPDATE)        \
    row(ingest, INGEST)        \
    row(tokenize, TOKENIZE)    \
    row(train, TRAIN)          \
    row(map, MAP)              \
    row(select, SELECT)        \
    row(report, REPORT)        \
    row(infer, INFER)          \
    row(evaluate, EVALUATE)    \
    row(export, EXPORT)        \
    row(compare, COMPARE)      \
    row(items, ITEMS)          \
    row(lda, LDA)              \
    row(shard, SHARD)          \
    row(synth, SYNTH)          \
    row(dict, DICT)            \
    row(doctor, DOCTOR)        \
    row(quarantine, QUARANTINE) \
    row(version, VERSION)
/* clang-format on */

#endif
