/* SPDX-License-Identifier: Apache-2.0 */
/* Noun F1 on tests/gold and on the gold sets of $PATOPIC_SHARED (default ../shared), where they are. Counted
 * as tokenizer_score.py counts: micro F1 over multisets of nouns an eojeol, nouns without a letter left out.
 */
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "dictionary.h"
#include "korean/analyzer.h"
#include "korean/tokenize.h"
#include "korean/unicode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct word {
    const char *text;
    size_t bytes;
} word;

typedef PT_VEC(word) words;

static bool has_letter(const char *text, size_t n) {
    for (size_t at = 0, used; at < n; at += used) {
        const pt_script script = pt_script_of(pt_utf8_decode(text + at, n - at, &used));
        if (script != PT_SCRIPT_SPACE && script != PT_SCRIPT_DIGIT && script != PT_SCRIPT_OTHER)
            return true;
    }
    return false;
}

static void split(const char *text, const char *end, words *out) {
    pt_vec_clear(out);
    while (text < end) {
        const char *blank = memchr(text, ' ', (size_t)(end - text));
        blank = blank ? blank : end;
        if (blank > text && has_letter(text, (size_t)(blank - text)))
            pt_vec_push(out, ((word){text, (size_t)(blank - text)}));
        text = blank + 1;
    }
}

/* Size of the multiset intersection; takes what it matches out of `a`. Latin is compared without case. */
static size_t in_common(words *a, const words *b) {
    size_t common = 0;
    for (size_t k = 0; k < b->n; k++)
        for (size_t j = 0; j < a->n; j++)
            if (a->at[j].bytes == b->at[k].bytes &&
                strncasecmp(a->at[j].text, b->at[k].text, b->at[k].bytes) == 0) {
                a->at[j].bytes = 0;
                common++;
                break;
            }
    return common;
}

/* The next line of *at, cut at its tabs: cells[4]; false at the end. */
static bool next_row(const char **at, word cell[4]) {
    while (**at == '#')
        *at += strcspn(*at, "\n") + 1;
    if (!**at)
        return false;
    const char *end = strchr(*at, '\n');
    end = end ? end : *at + strlen(*at);
    const char *from = *at;
    for (int k = 0; k < 4; k++) {
        const char *tab = from < end ? memchr(from, '\t', (size_t)(end - from)) : NULL;
        const char *stop = tab && k < 3 ? tab : end;
        cell[k] = (word){from, (size_t)(stop - from)};
        from = stop < end ? stop + 1 : end;
    }
    *at = *end ? end + 1 : end;
    return true;
}

static pt_buf analyze_lines(const char *text) {
    pt_buf out = {0};
    for (unsigned sentence = 1; *text; sentence++) {
        const char *end = strchr(text, '\n');
        end = end ? end : text + strlen(text);
        pt_tokenize_line(analyzer, text, (size_t)(end - text), sentence, PT_TOKENIZE_EOJEOL_NOUNS, &out);
        text = *end ? end + 1 : end;
    }
    return out;
}

static void expect_f1_in(const char *folder, const char *name, double floor) {
    char *text_path = pt_strfmt("%s/gold/%s.txt", folder, name);
    char *gold_path = pt_strfmt("%s/gold/%s.gold.tsv", folder, name);
    if (!pt_file_exists(text_path) || !pt_file_exists(gold_path)) {
        printf("%s is not here: skipped\n", text_path);
        free(text_path);
        free(gold_path);
        skip();
    }
    pt_error err = {0};
    char *text, *gold;
    size_t n;
    assert_int_equal(pt_file_read(text_path, &text, &n, &err), PT_OK);
    assert_int_equal(pt_file_read(gold_path, &gold, &n, &err), PT_OK);
    pt_buf system = analyze_lines(text);
    const char *g = gold, *s = system.at;
    word want[4], got[4];
    words a = {0}, b = {0};
    size_t hits = 0, in_gold = 0, in_system = 0;
    while (next_row(&g, want)) { /* both have every eojeol, in order */
        assert_true(next_row(&s, got));
        assert_int_equal(atoi(want[1].text), atoi(got[1].text));
        if (want[3].bytes == 1 && want[3].text[0] == '?')
            continue;
        split(want[3].text, want[3].text + want[3].bytes, &a);
        split(got[3].text, got[3].text + got[3].bytes, &b);
        in_gold += a.n;
        in_system += b.n;
        hits += in_common(&a, &b);
    }
    const double f1 = 2.0 * (double)hits / (double)(in_gold + in_system);
    printf("%s: noun F1 %.4f (P %.4f R %.4f), floor %.2f\n", name, f1, (double)hits / (double)in_system,
           (double)hits / (double)in_gold, floor);
    pt_vec_free(&a);
    pt_vec_free(&b);
    pt_buf_free(&system);
    free(text);
    free(gold);
    free(text_path);
    free(gold_path);
    assert_true(f1 >= floor);
}

static void expect_f1(const char *name, double floor) {
    const char *shared = getenv("PATOPIC_SHARED");
    expect_f1_in(shared ? shared : "../shared", name, floor);
}

static void our_patents(void **state) {
    (void)state;
    expect_f1_in("tests", "patent", 0.95);
}

static void kaist(void **state) {
    (void)state;
    expect_f1("kaist-dev", 0.93);
}

static void klue(void **state) {
    (void)state;
    expect_f1("klue-dev", 0.865);
}

static void gsd(void **state) {
    (void)state;
    expect_f1("gsd-dev", 0.89);
}

static void patents(void **state) {
    (void)state;
    expect_f1("patent-dev", 0.95);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kaist), cmocka_unit_test(klue), cmocka_unit_test(gsd),
                                       cmocka_unit_test(patents), cmocka_unit_test(our_patents)};
    return cmocka_run_group_tests_name("gold", tests, open_dictionary, close_dictionary);
}
