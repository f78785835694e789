/* SPDX-License-Identifier: Apache-2.0 */
/* Words that the patents of a study teach the dictionary (korean/new_words.h), and the table of them beside
 * the model (new_words.tsv). They are always learned with the dictionary as it comes, so that what an earlier
 * run learned does not hide them: the same patents give the same words. */
#include "korean/new_words.h"
#include "base/file.h"
#include "base/mem.h"
#include "pipeline/session.h"
#include "store/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct learner {
    pt_new_words *words;
    pt_analyzer *analyzer;
} learner;

static void count_text(void *user, const char *text) {
    const learner *l = user;
    pt_new_words_add(l->words, l->analyzer, text, strlen(text));
}

/* *table NULL when there is none. */
static pt_status learn(const pt_session *s, char **table, size_t *n, pt_error *err) {
    *table = NULL;
    *n = 0;
    if (s->study->new_words == 0)
        return PT_OK;
    pt_lexicon *lexicon = NULL;
    pt_status status = pt_session_open_lexicon(s, NULL, &lexicon, err);
    if (status) {
        pt_lexicon_close(lexicon);
        return status;
    }
    learner l = {pt_new_words_new(lexicon), pt_analyzer_new(lexicon)};
    status = pt_words_each_text(s->store, count_text, &l, s->monitor, err);
    pt_new_words_params params = pt_new_words_params_default();
    params.min_count = s->study->new_words;
    pt_buf text = {0};
    if (!status)
        *n = pt_new_words_table(l.words, &params, &text);
    if (*n)
        *table = pt_strdup(pt_buf_text(&text));
    pt_buf_free(&text);
    pt_new_words_free(l.words);
    pt_analyzer_free(l.analyzer);
    pt_lexicon_close(lexicon);
    return status;
}

/* Puts a table (taken over) in the place of the one in use; items and codes are read anew. */
static pt_status use(pt_session *s, char *table, pt_error *err) {
    free(s->new_words);
    s->new_words = table;
    pt_terms_free(s->terms);
    pt_terms_free(s->outside_terms);
    pt_taught_words_free(s->written);
    pt_analyzer_free(s->analyzer);
    pt_lexicon_close(s->lexicon);
    s->terms = s->outside_terms = NULL;
    s->written = NULL;
    s->analyzer = NULL;
    s->lexicon = NULL;
    pt_status status = pt_session_open_lexicon(s, table, &s->lexicon, err);
    if (!status)
        status = pt_session_read_items(s, err);
    return status;
}

pt_status pt_session_learn_words(pt_session *s, pt_error *err) {
    char *table;
    size_t n;
    pt_status status = learn(s, &table, &n, err);
    if (status)
        return status;
    if (s->study->new_words)
        pt_say(s->monitor, PT_LEVEL_INFO, "load: %zu new words learned", n);
    const bool same = strcmp(table ? table : "", s->new_words ? s->new_words : "") == 0;
    if (same)
        free(table);
    else
        status = use(s, table, err);
    if (!status && (!same || s->study->new_words))
        status = pt_words_use_lexicon(s->store, s->lexicon, s->monitor, err);
    return status;
}

pt_status pt_session_read_new_words(pt_session *s, pt_error *err) {
    char *path = pt_session_new_words_path(s);
    size_t n;
    const pt_status status = pt_file_exists(path) ? pt_file_read(path, &s->new_words, &n, err) : PT_OK;
    free(path);
    return status;
}

pt_status pt_session_keep_new_words(const pt_session *s, const char *path, pt_error *err) {
    if (!s->new_words) {
        remove(path); /* most often it is not there */
        return PT_OK;
    }
    pt_writer *writer;
    const pt_status status = pt_writer_open(&writer, path, err);
    if (status)
        return status;
    pt_writer_puts(writer, s->new_words);
    return pt_writer_close(writer, err);
}
