/* SPDX-License-Identifier: Apache-2.0 */
/* stopwords.h - nouns that say nothing about a patent: 상기, 발명, 실시예 … */
#ifndef PT_KOREAN_STOPWORDS_H
#define PT_KOREAN_STOPWORDS_H

#include "base/status.h"

typedef struct pt_stopwords pt_stopwords;

/* Reads dict_folder/korean/stopwords.tsv (column word, one noun a line, folded as the analyser folds). */
pt_status pt_stopwords_load(pt_stopwords **out, const char *dict_folder, pt_error *err) PT_WARN_UNUSED;
void pt_stopwords_free(pt_stopwords *words); /* NULL is fine */
bool pt_stopwords_has(const pt_stopwords *words, const char *form, size_t bytes);

#endif
