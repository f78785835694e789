/* SPDX-License-Identifier: Apache-2.0 */
/* taught_words.h - words of items as coded patents teach them (dict/taught_words.tsv): the code of a patent
 * tells its items (concordance.h), and its words are counted for these:
 *
 *     t_kw = sum over the patents d of x_dw c_dk^2 / sum_j c_dj^2
 *
 * c_dk: weight of item k under the main code of d; x_dw: topics/doc_terms.h. Whoever is judged later needs no
 * code: the counts are prior counts of the mixture (topics/mixture.h). Patents that taught must not be judged
 * by what they taught when agreement with codes is measured: is_left_out. */
#ifndef PT_STUDY_TAUGHT_WORDS_H
#define PT_STUDY_TAUGHT_WORDS_H

#include "base/buf.h"
#include "korean/analyzer.h"
#include "study/concordance.h"
#include "study/terms.h"
#include "topics/mixture.h"

typedef struct pt_taught_words pt_taught_words;

/* A table: word; share of the word in all that taught; items ("IG001:2.5|IG126:.7": item and T_kw). Errors:
 * PT_ERR_NO_INPUT; PT_ERR_CONFIG with file:line (no word, a word twice, a share or mass that is not over 0).
 * An item that the standard in use lacks is passed over. */
pt_status pt_taught_words_load(const char *path, const pt_items *items, pt_taught_words **out,
                               pt_error *err) PT_WARN_UNUSED;
/* Words written by hand for classification codes (dict/code_words.tsv: code, words with "|" between), read as
 * if each row were the abstract of a patent of the code: W_kw. Errors as above; PT_ERR_CONFIG (no code or
 * word). */
pt_status pt_taught_words_of_codes(const char *path, const pt_concordance *concordance, const pt_items *items,
                                   const pt_terms *terms, pt_analyzer *analyzer, pt_taught_words **out,
                                   pt_error *err) PT_WARN_UNUSED;
void pt_taught_words_free(pt_taught_words *words); /* NULL is fine */
size_t pt_taught_words_count(const pt_taught_words *words);
const char *pt_taught_words_form(const pt_taught_words *words, uint32_t i); /* borrowed */
/* For pt_seeds.taught: what the corpus has of them. */
pt_taught *pt_taught_words_of(const pt_taught_words *words, const pt_corpus *corpus);

/* The patents of a corpus teach. table: by the main code of every patent; is_left_out [D] may be NULL. Kept
 * are counts of `least` and more that stand over what chance gives. */
pt_taught *pt_taught_words_learn(const pt_corpus *corpus, const pt_table_evidence *table, uint32_t n_items,
                                 const bool *is_left_out, double least);
/* The row of word w as in the table, without line end, into text [room]; false where no item has the word. */
bool pt_taught_words_row(const pt_taught *taught, const pt_corpus *corpus, const pt_items *items, uint32_t w,
                         pt_buf *text);

#endif
