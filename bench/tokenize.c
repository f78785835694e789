/* SPDX-License-Identifier: Apache-2.0 */
/* tokenize.c - speed of the Korean analyser and TSV for the scorer: build a dictionary, read a text, print.
 *     tokenize build DICT_FOLDER OUT
 *     tokenize eojeols DICTIONARY TEXT [PREFIX]   lines for tokenizer_score.py (PREFIX-00001 …)
 *     tokenize morphemes DICTIONARY TEXT
 *     tokenize speed DICTIONARY TEXT               MB/s without and with the cache of eojeols */
#include "korean/tokenize.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const pt_error *err) {
    fprintf(stderr, "tokenize: %s\n", err->message);
    return (int)err->status;
}

static void say(void *user, pt_level level, const char *text) {
    (void)user;
    (void)level;
    fprintf(stderr, "%s\n", text);
}

static void speed(pt_analyzer *analyzer, const char *text, size_t n) {
    for (int cache = 0; cache < 2; cache++) {
        pt_analyzer_use_cache(analyzer, cache);
        double best = 0, first = 0;
        size_t nouns = 0;
        for (int round = 0; round < 3; round++) {
            const double start = pt_clock(CLOCK_PROCESS_CPUTIME_ID);
            nouns = 0;
            for (const char *line = text, *end = text + n; line < end;) {
                const char *stop = memchr(line, '\n', (size_t)(end - line));
                stop = stop ? stop : end;
                const pt_noun *out;
                nouns += pt_analyzer_nouns(analyzer, line, (size_t)(stop - line), &out);
                line = stop + 1;
            }
            const double rate = (double)n / 1e6 / (pt_clock(CLOCK_PROCESS_CPUTIME_ID) - start);
            best = rate > best ? rate : best;
            first = round ? first : rate;
        }
        if (cache)
            printf("cache, first pass\t%.2f MB/s\t%zu nouns\n", first, nouns);
        printf("%s\t%.2f MB/s\t%zu nouns\n", cache ? "cache" : "no cache", best, nouns);
    }
}

static void lines(pt_analyzer *analyzer, const char *text, size_t n, bool nouns, const char *prefix) {
    unsigned sentence = 1;
    for (const char *line = text, *end = text + n; line < end; sentence++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        pt_buf out = {0};
        pt_tokenize_line(analyzer, line, (size_t)(stop - line), sentence,
                         nouns ? PT_TOKENIZE_EOJEOL_NOUNS : PT_TOKENIZE_EOJEOL_MORPHEMES, &out);
        for (char *row = out.at; prefix && row && *row;) {
            char *next = strchr(row, '\n');
            printf("%s-%05u%.*s\n", prefix, sentence, (int)(next - strchr(row, '\t')), strchr(row, '\t'));
            row = next + 1;
        }
        if (!prefix)
            fputs(pt_buf_text(&out), stdout);
        pt_buf_free(&out);
        line = stop + 1;
    }
}

int main(int argc, char **argv) {
    pt_error err = {0};
    const pt_monitor monitor = {.message = say};
    if (argc == 4 && strcmp(argv[1], "build") == 0)
        return pt_lexicon_build(argv[2], argv[3], &monitor, &err) ? fail(&err) : 0;
    if (argc < 4) {
        fputs("usage: tokenize build DICT OUT | eojeols|morphemes|speed DICTIONARY TEXT [PREFIX]\n", stderr);
        return PT_ERR_USAGE;
    }
    pt_lexicon *lexicon;
    char *text;
    size_t n;
    if (pt_lexicon_open(&lexicon, argv[2], &err) || pt_file_read(argv[3], &text, &n, &err))
        return fail(&err);
    pt_analyzer *analyzer = pt_analyzer_new(lexicon);
    if (strcmp(argv[1], "speed") == 0)
        speed(analyzer, text, n);
    else
        lines(analyzer, text, n, strcmp(argv[1], "eojeols") == 0, argc > 4 ? argv[4] : NULL);
    pt_analyzer_free(analyzer);
    pt_lexicon_close(lexicon);
    free(text);
    return 0;
}
