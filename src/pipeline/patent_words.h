/* SPDX-License-Identifier: Apache-2.0 */
/* patent_words.h - what of a stored patent goes to the topics: words, codes and what the table says of them.
 * Private to src/pipeline. */
#ifndef PT_PIPELINE_PATENT_WORDS_H
#define PT_PIPELINE_PATENT_WORDS_H

#include "pipeline/session.h"

typedef struct pt_patent_words {
    const pt_session *session; /* tables opened */
    pt_corpus_builder *builder;
    PT_VEC(uint64_t) keys;       /* of the application numbers */
    PT_VEC(uint64_t) code_start; /* [D + 1] of the patents since the last clear */
    PT_VEC(uint32_t) code;
    PT_VEC(uint64_t) table_start; /* likewise */
    PT_VEC(uint32_t) table_item;
    PT_VEC(float) table_value;
    pt_intern *code_names;
    PT_VEC(pt_term) terms;
    float *row; /* [items] a patent's shares by the concordance */
} pt_patent_words;

void pt_patent_words_open(pt_patent_words *words, const pt_session *session);
void pt_patent_words_close(pt_patent_words *words); /* what was taken away is NULL by then */

/* The words alone, as a document of the builder. */
void pt_patent_words_add(pt_patent_words *words, const pt_stored_patent *patent);
/* Codes, table and key. */
void pt_patent_words_add_codes(pt_patent_words *words, const pt_stored_patent *patent);
/* Codes and table so far, borrowed. */
pt_code_evidence pt_patent_words_codes(const pt_patent_words *words);
pt_table_evidence pt_patent_words_table(const pt_patent_words *words);
/* Forgets the patents so far, but not which code has which number. */
void pt_patent_words_clear(pt_patent_words *words);

#endif
