/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes through the Korean analyser: places lie inside the text and in order, forms are UTF-8, and the
 * cache changes nothing. PATOPIC_LEXICON names the compiled dictionary. */
#include "fuzz.h"
#include "korean/analyzer.h"
#include "korean/new_words.h"
#include "korean/unicode.h"

#include <string.h>

static pt_lexicon *open_lexicon(void) {
    const char *path = getenv("PATOPIC_LEXICON");
    pt_error err = {0};
    pt_lexicon *lexicon;
    expect(pt_lexicon_open(&lexicon, path ? path : "build/korean.dict", &err) == PT_OK, err.message);
    return lexicon;
}

static void expect_utf8(const char *form, size_t bytes) {
    for (size_t at = 0, used; at < bytes; at += used) {
        const uint32_t code = pt_utf8_decode(form + at, bytes - at, &used);
        expect(code != PT_REPLACEMENT || used == 3, "a form is no UTF-8");
    }
}

static void check_morphemes(pt_analyzer *analyzer, const char *text, size_t size) {
    const pt_morpheme *m;
    const size_t n = pt_analyzer_morphemes(analyzer, text, size, &m);
    for (size_t k = 0; k < n; k++) {
        expect(m[k].begin < m[k].end && m[k].end <= size, "a morpheme lies outside the text");
        expect(k == 0 || (m[k].begin >= m[k - 1].begin && m[k].eojeol >= m[k - 1].eojeol),
               "morphemes out of order");
        expect(m[k].tag > PT_TAG_NONE && m[k].tag < PT_TAGS, "a morpheme without a tag");
        expect_utf8(m[k].form, m[k].bytes);
    }
}

static void check_nouns(pt_analyzer *analyzer, const char *text, size_t size) {
    const pt_noun *noun;
    pt_buf first = {0};
    for (int round = 0; round < 3; round++) { /* without the cache, filling it, out of it */
        pt_analyzer_use_cache(analyzer, round > 0);
        const size_t n = pt_analyzer_nouns(analyzer, text, size, &noun);
        pt_buf now = {0};
        for (size_t k = 0; k < n; k++) {
            expect(noun[k].bytes > 0, "an empty noun");
            expect_utf8(noun[k].form, noun[k].bytes);
            pt_buf_append(&now, noun[k].form, noun[k].bytes);
            pt_buf_printf(&now, " %u %u\n", noun[k].flags, noun[k].eojeol);
        }
        if (round == 0)
            first = now;
        else {
            expect(now.n == first.n && (now.n == 0 || memcmp(now.at, first.at, now.n) == 0),
                   "the cache changes nouns");
            pt_buf_free(&now);
        }
    }
    pt_buf_free(&first);
}

/* What the text teaches is a table that the dictionary takes. */
static void check_new_words(pt_lexicon *lexicon, pt_analyzer *analyzer, const char *text, size_t size) {
    const pt_new_words_params params = {1, 1, 1};
    pt_new_words *words = pt_new_words_new(lexicon);
    pt_buf table = {0};
    pt_error err = {0};
    pt_new_words_add(words, analyzer, text, size);
    (void)pt_new_words_table(words, &params, &table);
    expect(pt_lexicon_add_learned(lexicon, "table", pt_buf_text(&table), &err) == PT_OK, err.message);
    expect(pt_lexicon_add_learned(lexicon, "table", "term\tclass\n", &err) == PT_OK, err.message);
    pt_buf_free(&table);
    pt_new_words_free(words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static pt_lexicon *lexicon; /* one for the life of the fuzzer */
    static pt_analyzer *analyzer;
    if (!lexicon) {
        lexicon = open_lexicon();
        analyzer = pt_analyzer_new(lexicon);
    }
    const char *text = size ? (const char *)data : "";
    check_morphemes(analyzer, text, size);
    check_nouns(analyzer, text, size);
    check_new_words(lexicon, analyzer, text, size);
    return 0;
}
