/* SPDX-License-Identifier: Apache-2.0 */
/* corpus.h - documents as one flat array of word ids.
 *
 *     words of a document, in reading order  ->  builder  ->  pruned, renumbered pt_corpus
 *
 * Word ids are ordered by descending document frequency, then by bytes: they do not depend on the order in
 * which documents were read. Documents keep the order in which they were added. */
#ifndef PT_TOPICS_CORPUS_H
#define PT_TOPICS_CORPUS_H

#include "base/intern.h"
#include "base/status.h"

/* What is known about one token; a set of bits. */
enum {
    PT_TOKEN_TITLE = 1, /* stands in the title */
    PT_TOKEN_MEANS = 2, /* names the means ("X을 이용한 Y": X), not the thing */
    PT_TOKEN_PART = 4,  /* part of a longer term that is a token itself: LDA skips it, the mixture reads it */
    PT_TOKEN_TERM = 8   /* a joined term */
};

typedef struct pt_corpus {
    uint32_t D, V;
    uint64_t *doc_start; /* [D+1] offsets into word; doc_start[D] = N */
    uint32_t *word;      /* [N] */
    uint8_t *flags;      /* [N] PT_TOKEN_* */
    char **form;         /* [V] text of each word, or NULL when the corpus has only numbers */
    uint32_t *doc_freq;  /* [V] documents that hold the word, of the whole corpus */
    pt_intern *index;    /* owns the text behind form; NULL when form is */
    /* Of a part of a corpus: */
    uint32_t first_doc;  /* number of document 0 in the whole corpus … */
    uint32_t total_docs; /* … which has so many documents; 0 = this is the whole (pt_corpus_total) */
    char digest[65];     /* … and this digest */
} pt_corpus;

typedef struct pt_corpus_params {
    uint32_t min_patents_per_word; /* words in fewer documents go, default 3 */
    double max_share_of_patents;   /* words in a larger share of all documents go, default 0.4; 0 < x <= 1 */
    const char *const *keep;       /* [n_keep] words that stay whatever their frequency (>= 1); may be NULL */
    size_t n_keep;
} pt_corpus_params;

static inline uint32_t pt_corpus_total(const pt_corpus *corpus) {
    return corpus->total_docs ? corpus->total_docs : corpus->D;
}

pt_corpus_params pt_corpus_params_default(void);

typedef struct pt_corpus_builder pt_corpus_builder;

pt_corpus_builder *pt_corpus_builder_new(void);
void pt_corpus_builder_free(pt_corpus_builder *builder); /* NULL is fine */
void pt_corpus_builder_begin_document(pt_corpus_builder *builder);
void pt_corpus_builder_add(pt_corpus_builder *builder, const char *form, size_t bytes, uint8_t flags);
void pt_corpus_builder_end_document(pt_corpus_builder *builder);

/* Prunes, renumbers and hands out the corpus (free it with pt_corpus_free); the builder stays as it was.
 * A document may end up empty. Errors: PT_ERR_CONFIG (parameters), PT_ERR_DATA (no document, or no word
 * is left). */
pt_status pt_corpus_build(const pt_corpus_builder *builder, const pt_corpus_params *params, pt_corpus **out,
                          pt_error *err) PT_WARN_UNUSED;
/* The same with a vocabulary that is given: word ids are places in form [V], other words are left out, no
 * word is pruned, a document may end up empty, and there may be none. Errors: PT_ERR_DATA (a word twice). */
pt_status pt_corpus_build_known(const pt_corpus_builder *builder, char *const *form, uint32_t V,
                                pt_corpus **out, pt_error *err) PT_WARN_UNUSED;
/* A corpus that may be larger than memory, in two rounds over the same documents: in the first, drop now and
 * then counts the documents that are held and forgets their words; build_words gives all that pt_corpus_build
 * would, but without documents (doc_start, word and flags are NULL); in the second, take_part hands out the
 * documents added since, over those words, without texts and frequencies, and forgets them. Errors: as
 * pt_corpus_build. */
void pt_corpus_builder_drop(pt_corpus_builder *builder);
pt_status pt_corpus_build_words(pt_corpus_builder *builder, const pt_corpus_params *params, pt_corpus **out,
                                pt_error *err) PT_WARN_UNUSED;
pt_corpus *pt_corpus_take_part(pt_corpus_builder *builder);
/* Words of the documents that are held. */
uint64_t pt_corpus_builder_held(const pt_corpus_builder *builder);
/* Words that were added to document d, before any was left out. */
uint64_t pt_corpus_builder_length(const pt_corpus_builder *builder, uint32_t d);
void pt_corpus_free(pt_corpus *corpus); /* NULL is fine */

/* The documents d with is_kept[d], with the same word ids and without the texts of the words; doc_freq counts
 * the kept ones. */
pt_corpus *pt_corpus_select(const pt_corpus *corpus, const bool *is_kept);

/* Id of a word, or PT_NO_ID. */
uint32_t pt_corpus_find_word(const pt_corpus *corpus, const char *form, size_t bytes);

/* SHA-256 over sizes, offsets, word ids and flags of the whole corpus, as 64 hex digits + NUL. */
void pt_corpus_digest(const pt_corpus *corpus, char hex[65]);

/* UCI bag of words: D, V, number of triples, then `document word count` (from 1), in any order. Word ids are
 * those of the file; no pruning; a gzip file is unpacked. vocab_path (one word a line) may be NULL. The order
 * of the tokens inside a document is that of the file. Errors: PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA with
 * file and line. */
pt_status pt_corpus_read_uci(const char *path, const char *vocab_path, pt_corpus **out,
                             pt_error *err) PT_WARN_UNUSED;
/* The texts of the V words, one a line, into corpus->index and form. Errors: as above. */
pt_status pt_corpus_read_vocab(const char *path, pt_corpus *corpus, pt_error *err) PT_WARN_UNUSED;

#endif
