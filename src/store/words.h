/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - keeps the stored words those of the dictionary in use. */
#ifndef PT_STORE_WORDS_H
#define PT_STORE_WORDS_H

#include "base/monitor.h"
#include "korean/analyzer.h"
#include "store/patent_record.h"

/* Program version and dictionary, as the store notes them. */
void pt_words_identity(const pt_lexicon *lexicon, char text[64]);

/* When the store's tokens were made with another dictionary or program version, analyses every stored patent
 * again, in one transaction; then notes both. */
pt_status pt_words_follow_lexicon(pt_store *store, pt_record_writer *writer, const pt_lexicon *lexicon,
                                  pt_analyzer *analyzer, const pt_monitor *monitor,
                                  pt_error *err) PT_WARN_UNUSED;

/* The same with a writer and an analyser of its own, between transactions. */
pt_status pt_words_use_lexicon(pt_store *store, const pt_lexicon *lexicon, const pt_monitor *monitor,
                               pt_error *err) PT_WARN_UNUSED;
/* Title, then abstract of every patent; "" where there is none. Texts are borrowed inside the callback. */
pt_status pt_words_each_text(pt_store *store, void (*use)(void *user, const char *text), void *user,
                             const pt_monitor *monitor, pt_error *err) PT_WARN_UNUSED;

#endif
