/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/patent_words.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void pt_patent_words_open(pt_patent_words *words, const pt_session *session) {
    *words = (pt_patent_words){
        .session = session, .builder = pt_corpus_builder_new(), .code_names = pt_intern_new()};
    words->row = pt_zalloc(session->items->n, sizeof *words->row);
    pt_patent_words_clear(words);
}

void pt_patent_words_close(pt_patent_words *words) {
    pt_corpus_builder_free(words->builder);
    pt_intern_free(words->code_names);
    pt_vec_free(&words->keys);
    pt_vec_free(&words->code_start);
    pt_vec_free(&words->code);
    pt_vec_free(&words->table_start);
    pt_vec_free(&words->table_item);
    pt_vec_free(&words->table_value);
    pt_vec_free(&words->terms);
    free(words->row);
}

void pt_patent_words_clear(pt_patent_words *words) {
    pt_vec_clear(&words->keys);
    pt_vec_clear(&words->code_start);
    pt_vec_clear(&words->code);
    pt_vec_clear(&words->table_start);
    pt_vec_clear(&words->table_item);
    pt_vec_clear(&words->table_value);
    pt_vec_push(&words->code_start, 0);
    pt_vec_push(&words->table_start, 0);
}

static void add_nouns(pt_patent_words *words, const pt_stored_noun *nouns, size_t n, bool is_title) {
    pt_vec_clear(&words->terms);
    for (size_t i = 0; i < n; i++) {
        const pt_term term = {nouns[i].form, nouns[i].bytes, nouns[i].flags};
        pt_vec_push(&words->terms, term);
    }
    pt_terms_add(words->session->terms, words->builder, words->terms.at, words->terms.n, is_title);
}

void pt_patent_words_add(pt_patent_words *words, const pt_stored_patent *patent) {
    pt_corpus_builder_begin_document(words->builder);
    add_nouns(words, patent->title_nouns, patent->n_title_nouns, true);
    add_nouns(words, patent->abstract_nouns, patent->n_abstract_nouns, false);
    pt_corpus_builder_end_document(words->builder);
}

/* Subclass (4 characters) and main group of the main code: further codes with an equal voice cost .03 of the
 * agreement (bench/results/mapping.tsv). */
void pt_patent_words_add_codes(pt_patent_words *words, const pt_stored_patent *patent) {
    const uint64_t key = pt_patent_key(patent->application_number);
    pt_vec_push(&words->keys, key);
    const char *code = patent->n_codes ? patent->codes[0] : "";
    const size_t group = strcspn(code, "/");
    if (group >= 4)
        pt_vec_push(&words->code, pt_intern_add(words->code_names, code, 4));
    if (group > 4)
        pt_vec_push(&words->code, pt_intern_add(words->code_names, code, group));
    pt_vec_push(&words->code_start, words->code.n);
    const uint32_t n_items = words->session->items->n;
    memset(words->row, 0, n_items * sizeof *words->row);
    if (patent->n_codes)
        pt_concordance_add(words->session->concordance, patent->codes[0], 1.0f, words->row);
    for (uint32_t k = 0; k < n_items; k++)
        if (words->row[k] > 0) {
            pt_vec_push(&words->table_item, k);
            pt_vec_push(&words->table_value, words->row[k]);
        }
    pt_vec_push(&words->table_start, words->table_item.n);
}

pt_code_evidence pt_patent_words_codes(const pt_patent_words *words) {
    return (pt_code_evidence){pt_intern_count(words->code_names), words->code_start.at, words->code.at};
}

pt_table_evidence pt_patent_words_table(const pt_patent_words *words) {
    return (pt_table_evidence){words->table_start.at, words->table_item.at, words->table_value.at};
}
