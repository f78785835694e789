/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.h - the compiled dictionary: words, their costs, and what may follow what. */
#ifndef PT_KOREAN_LEXICON_H
#define PT_KOREAN_LEXICON_H

#include "base/status.h"

typedef struct pt_lexicon pt_lexicon;

/* pt_lexicon_build - compile the tables of dict_folder/korean, Debian's hunspell-ko and libhangul-data into
 * one file. A Debian list that is not installed gives a warning through the monitor and a smaller dictionary.
 *   dict_folder  holds korean/; morphemes.tsv and connections.tsv must be there
 * The same inputs give the same bytes. Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG (file:line), PT_ERR_CREATE,
 * PT_ERR_IO; the target is untouched then. */
pt_status pt_lexicon_build(const char *dict_folder, const char *out_path, const pt_monitor *monitor,
                           pt_error *err) PT_WARN_UNUSED;

/* Where the word lists of other packages lie; NULL = Debian's place. */
typedef struct pt_lexicon_sources {
    const char *hunspell;    /* ko.dic */
    const char *hanja;       /* hanja.txt */
    const char *adjustments; /* trained costs; NULL = dict_folder/korean/adjustments.tsv; "" = none, and no
                                contexts.tsv either */
    bool units_apart;        /* for training: each word has units of its own, even where they are alike */
} pt_lexicon_sources;

pt_status pt_lexicon_build_from(const char *dict_folder, const pt_lexicon_sources *sources,
                                const char *out_path, const pt_monitor *monitor,
                                pt_error *err) PT_WARN_UNUSED;

/* Maps a compiled dictionary, read only; every offset in it is checked before it is used. Close with
 * pt_lexicon_close. One lexicon serves any number of threads. Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG (not a
 * dictionary, another version, cut, damaged; the message says which). */
pt_status pt_lexicon_open(pt_lexicon **out, const char *path, pt_error *err) PT_WARN_UNUSED;
/* Adds the words of a user's table: columns term (Hangul), class (NNG, NNP, NNV …) and, if wanted, cost in
 * 1/512 nat (lower = sooner; default 1000). Call it before analysers are made; a second call replaces the
 * first table. Errors: PT_ERR_NO_INPUT, PT_ERR_CONFIG with file:line. */
pt_status pt_lexicon_add_user(pt_lexicon *lexicon, const char *path, pt_error *err) PT_WARN_UNUSED;
/* The same of a table at hand, as pt_new_words_table writes it, beside the user's table; name stands for its
 * path in messages. */
pt_status pt_lexicon_add_learned(pt_lexicon *lexicon, const char *name, const char *text,
                                 pt_error *err) PT_WARN_UNUSED;
void pt_lexicon_close(pt_lexicon *lexicon); /* NULL is fine */
/* The checksum of its contents: another dictionary, and another table of the
 * user, has another one. */
uint64_t pt_lexicon_identity(const pt_lexicon *lexicon);

#endif
