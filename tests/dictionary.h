/* SPDX-License-Identifier: Apache-2.0 */
/* dictionary.h - the dictionary of dict/, built and opened once for a group of tests, with an analyser.
 * Include once, before cmocka.h. */
#ifndef PT_TESTS_DICTIONARY_H
#define PT_TESTS_DICTIONARY_H

#include "base/file.h"
#include "korean/analyzer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char dictionary[] = "/tmp/patopic-dictionary-XXXXXX";
static pt_lexicon *lexicon;
static pt_analyzer *analyzer;

static int open_dictionary(void **state) {
    (void)state;
    pt_error err = {0};
    const int file = mkstemp(dictionary);
    if (file < 0 || close(file))
        return -1;
    if (pt_lexicon_build("dict", dictionary, NULL, &err) || pt_lexicon_open(&lexicon, dictionary, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    analyzer = pt_analyzer_new(lexicon);
    return 0;
}

static int close_dictionary(void **state) {
    (void)state;
    pt_analyzer_free(analyzer);
    pt_lexicon_close(lexicon);
    return unlink(dictionary);
}

#endif
