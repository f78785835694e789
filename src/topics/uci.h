/* SPDX-License-Identifier: Apache-2.0 */
/* uci.h - the triples of a UCI bag of words, one after the other, never the whole file in memory.
 *
 *     D, V, number of triples, a line each, then `document word count` (from 1) in any order; may be gzip */
#ifndef PT_TOPICS_UCI_H
#define PT_TOPICS_UCI_H

#include "base/status.h"

typedef struct pt_uci_triple {
    uint32_t document, word, count; /* document and word from 0; count >= 1 */
} pt_uci_triple;

typedef struct pt_uci pt_uci;

/* Reads the head; path must live on. Errors: PT_ERR_NO_INPUT, PT_ERR_IO, PT_ERR_DATA with file and line. */
pt_status pt_uci_open(const char *path, pt_uci **out, pt_error *err) PT_WARN_UNUSED;
void pt_uci_close(pt_uci *uci); /* NULL is fine */

uint32_t pt_uci_documents(const pt_uci *uci); /* D >= 1 */
uint32_t pt_uci_words(const pt_uci *uci);     /* V >= 1 */
uint64_t pt_uci_triples(const pt_uci *uci);   /* announced, >= 1 */
uint64_t pt_uci_line(const pt_uci *uci);      /* the last one read */

/* Up to `most` triples, in the order of the file, checked against the head; *n 0 once all are read and
 * nothing follows. Errors as above. */
pt_status pt_uci_read(pt_uci *uci, pt_uci_triple *triple, size_t most, size_t *n,
                      pt_error *err) PT_WARN_UNUSED;

#endif
