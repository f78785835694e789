/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/stopwords.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/tsv.h"

#include <stdlib.h>
#include <string.h>

struct pt_stopwords {
    pt_intern *words;
};

pt_status pt_stopwords_load(pt_stopwords **out, const char *dict_folder, pt_error *err) {
    *out = NULL;
    char *folder = pt_path_join(dict_folder, "korean"), *path = pt_path_join(folder, "stopwords.tsv");
    pt_tsv *table;
    size_t column;
    pt_status status = pt_tsv_open(&table, path, err);
    free(folder);
    free(path);
    if (status)
        return status;
    status = pt_tsv_column(table, "word", &column, err);
    if (!status) {
        pt_stopwords *words = pt_zalloc(1, sizeof *words);
        words->words = pt_intern_new();
        for (size_t row = 0; row < pt_tsv_rows(table); row++) {
            const char *word = pt_tsv_cell(table, row, column);
            (void)pt_intern_add(words->words, word, strlen(word));
        }
        *out = words;
    }
    pt_tsv_close(table);
    return status;
}

void pt_stopwords_free(pt_stopwords *words) {
    if (!words)
        return;
    pt_intern_free(words->words);
    free(words);
}

bool pt_stopwords_has(const pt_stopwords *words, const char *form, size_t bytes) {
    return pt_intern_find(words->words, form, bytes) != PT_NO_ID;
}
