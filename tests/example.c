/* SPDX-License-Identifier: Apache-2.0 */
/* example.c - libpatopic from patent XML to the region's leading items, with nothing but patopic.h.
 *
 *     example DICT_FOLDER KOREAN.DICT STUDY.INI OUT PATH... */
#include "patopic.h"

#include <stdio.h>

static void print_message(void *user, pt_level level, const char *text) {
    (void)user;
    if (level >= PT_LEVEL_WARN)
        fprintf(stderr, "%s\n", text);
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fprintf(stderr, "usage: %s DICT_FOLDER KOREAN.DICT STUDY.INI OUT PATH...\n", argv[0]);
        return PT_ERR_USAGE;
    }
    pt_params params = pt_params_default();
    params.dict_folder = argv[1];
    params.lexicon = argv[2];
    params.study = argv[3];
    params.out = argv[4];
    params.paths = (const char *const *)(argv + 5);
    params.n_paths = (size_t)(argc - 5);
    const pt_monitor monitor = {.message = print_message};
    pt_error err = {0};
    pt_status status = pt_ingest(&params, &monitor, &err);
    if (status == PT_OK || status == PT_OK_QUARANTINED)
        status = pt_train_model(&params, &monitor, &err);
    pt_result *result = NULL;
    if (status == PT_OK || status == PT_OK_QUARANTINED)
        status = pt_select(&params, &result, &monitor, &err);
    if (status != PT_OK && status != PT_OK_QUARANTINED) {
        fprintf(stderr, "%s\n", err.message);
        return status;
    }
    const pt_result_item *items;
    const size_t n = pt_result_items(result, &items);
    for (size_t i = 0; i < n; i++)
        printf("%s\t%s\t%.1f\n", items[i].industry, items[i].item, items[i].patents);
    pt_result_free(result);
    return PT_OK;
}
