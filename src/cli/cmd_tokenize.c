/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "korean/new_words.h"
#include "korean/tokenize.h"

#include <stdio.h>
#include <stdlib.h>

static pt_tokenize_format format_of(const pt_options *options) {
    if (options->explain)
        return PT_TOKENIZE_EXPLAIN;
    if (options->morphemes)
        return options->eojeol ? PT_TOKENIZE_EOJEOL_MORPHEMES : PT_TOKENIZE_MORPHEMES;
    return options->eojeol ? PT_TOKENIZE_EOJEOL_NOUNS : PT_TOKENIZE_NOUNS;
}

/* new_words NULL: prints the analysis of each line; else counts in it. */
static pt_status each_line(FILE *input, const char *name, pt_analyzer *analyzer, pt_tokenize_format format,
                           pt_new_words *new_words, pt_error *err) {
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    unsigned sentence = 0;
    pt_buf out = {0};
    while ((n = getline(&line, &cap, input)) > 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        if (new_words) {
            pt_new_words_add(new_words, analyzer, line, (size_t)n);
            continue;
        }
        pt_buf_clear(&out);
        pt_tokenize_line(analyzer, line, (size_t)n, ++sentence, format, &out);
        fwrite(pt_buf_text(&out), 1, out.n, stdout);
    }
    if (new_words) {
        const pt_new_words_params params = pt_new_words_params_default();
        (void)pt_new_words_table(new_words, &params, &out);
        fwrite(pt_buf_text(&out), 1, out.n, stdout);
    }
    const bool failed = ferror(input) != 0;
    free(line);
    pt_buf_free(&out);
    return failed ? pt_fail(err, PT_ERR_IO, "%s: cannot read", name) : PT_OK;
}

static pt_status tokenize(const pt_options *options, pt_console *console, pt_error *err) {
    (void)console;
    if (options->n_paths > 1)
        return pt_fail(err, PT_ERR_USAGE, "tokenize reads one file, or standard input");
    char *path = pt_cli_lexicon_path(options);
    pt_lexicon *lexicon;
    pt_status status = pt_lexicon_open(&lexicon, path, err);
    free(path);
    if (!status && options->user_dict)
        status = pt_lexicon_add_user(lexicon, options->user_dict, err);
    if (status) {
        pt_lexicon_close(lexicon);
        return status;
    }
    const char *name = options->n_paths ? options->paths[0] : "standard input";
    FILE *input = options->n_paths ? fopen(name, "rb") : stdin;
    if (!input) {
        status = pt_fail_errno(err, PT_ERR_NO_INPUT, "%s: cannot open", name);
    } else {
        pt_analyzer *analyzer = pt_analyzer_new(lexicon);
        pt_new_words *new_words = options->new_words ? pt_new_words_new(lexicon) : NULL;
        status = each_line(input, name, analyzer, format_of(options), new_words, err);
        pt_new_words_free(new_words);
        pt_analyzer_free(analyzer);
        if (input != stdin)
            fclose(input);
    }
    pt_lexicon_close(lexicon);
    return status;
}

const pt_command pt_cmd_tokenize = {
    "tokenize",
    PT_FOR_TOKENIZE,
    "[FILE] [--nouns|--morphemes|--explain|--new-words] [--eojeol] [--user-dict FILE]",
    "Korean text to nouns or morphemes; one sentence a line",
    NULL,
    tokenize,
};
