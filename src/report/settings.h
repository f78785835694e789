/* SPDX-License-Identifier: Apache-2.0 */
/* settings.h - where a report comes from: parameters in force, versions, inputs with digests, counts of what
 * was read. One list, shown by the page and the workbook and kept in run.json. */
#ifndef PT_REPORT_SETTINGS_H
#define PT_REPORT_SETTINGS_H

#include "base/json.h"
#include "report/outline.h"

enum { PT_MAX_SETTINGS = 64 };

typedef struct pt_setting {
    const char *section, *key; /* as in the study file where it is from there */
    const char *korean, *english;
    json_t *value; /* text, number or null; owned by the list */
} pt_setting;

typedef struct pt_settings {
    size_t n;
    pt_setting at[PT_MAX_SETTINGS];
} pt_settings;

void pt_settings_init(pt_settings *settings, const pt_outline *outline);
void pt_settings_free(pt_settings *settings);
/* Text of a value for people; "" for null. text must hold PT_NUMBER_BYTES; a string is returned as it is. */
const char *pt_setting_text(const pt_setting *setting, char *text);

/* What the columns mean, in plain words with the formula. */
enum { PT_N_DEFINITIONS = 10 };
typedef struct pt_definition {
    const char *korean, *korean_text, *english, *english_text;
} pt_definition;
extern const pt_definition pt_definitions[PT_N_DEFINITIONS];

/* How the report came about, step by step. */
enum { PT_N_STEPS = 8 };
typedef struct pt_step {
    const char *korean, *english;
} pt_step;
extern const pt_step pt_steps[PT_N_STEPS];

/* What a count of the reading is called; the name itself when it is not one of ours. */
const char *pt_count_korean(const char *name);
const char *pt_count_english(const char *name);

/* A finite number, else null; an integer that a double cannot hold becomes text. */
json_t *pt_json_number(double value);
json_t *pt_json_count(uint64_t value);
/* NULL is ""; bytes that are no UTF-8 (names of files, most likely) become U+FFFD. */
json_t *pt_json_text(const char *value);
/* The same for other writers; free() it. */
char *pt_valid_text(const char *value);

/* Writes run.json: settings, effective alpha, digests of inputs and of the outputs named (files of folder),
 * counts, seconds a stage, peak memory. Errors: PT_ERR_CREATE, PT_ERR_IO, PT_ERR_NO_INPUT (an output). */
pt_status pt_run_record_write(const pt_outline *outline, const char *folder, const char *const *outputs,
                              size_t n_outputs, pt_error *err) PT_WARN_UNUSED;

#endif
