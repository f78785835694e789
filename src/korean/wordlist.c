/* SPDX-License-Identifier: Apache-2.0 */
#include "korean/wordlist.h"
#include "base/file.h"
#include "base/tsv.h"
#include "korean/unicode.h"

#include <stdlib.h>
#include <string.h>

void pt_wordlist_init(pt_wordlist *list) {
    *list = (pt_wordlist){.strings = pt_intern_new(), .keys = pt_intern_new()};
}

void pt_wordlist_free(pt_wordlist *list) {
    pt_intern_free(list->strings);
    pt_intern_free(list->keys);
    pt_vec_free(&list->words);
    pt_vec_free(&list->classes);
}

bool pt_analysis_parse(const char *analysis, pt_analysis_ends *ends) {
    *ends = (pt_analysis_ends){0};
    if (!strchr(analysis, '/')) {
        ends->first = ends->last = pt_tag_find(analysis, strlen(analysis));
        return ends->first != PT_TAG_NONE;
    }
    for (const char *part = analysis; part;) {
        const char *plus = strchr(part, '+');
        const size_t n = plus ? (size_t)(plus - part) : strlen(part);
        const char *slash = memchr(part, '/', n);
        if (!slash || slash == part || slash - part > 3 * PT_WORD_SYLLABLES_MAX)
            return false;
        const pt_tag tag = pt_tag_find(slash + 1, n - (size_t)(slash + 1 - part));
        if (tag == PT_TAG_NONE)
            return false;
        ends->first = ends->first ? ends->first : tag;
        ends->last = tag;
        ends->last_form = part;
        ends->last_bytes = (size_t)(slash - part);
        part = plus ? plus + 1 : NULL;
    }
    return true;
}

static bool all_syllables(const char *text) {
    const size_t n = strlen(text);
    if (n == 0 || n > 3 * PT_WORD_SYLLABLES_MAX)
        return false;
    for (size_t at = 0, used; at < n; at += used)
        if (!pt_is_hangul(pt_utf8_decode(text + at, n - at, &used)))
            return false;
    return true;
}

static unsigned class_of(pt_tag tag) {
    return pt_tag_is_noun(tag) ? PT_WORD_NOUN : tag == PT_VV || tag == PT_VA ? PT_WORD_VERB : PT_WORD_OTHER;
}

bool pt_wordlist_add(pt_wordlist *list, const char *surface, const char *analysis, double count) {
    pt_analysis_ends ends;
    if (!all_syllables(surface) || !pt_analysis_parse(analysis, &ends))
        return false;
    const uint32_t text = pt_intern_add(list->strings, surface, strlen(surface));
    const uint32_t reading = pt_intern_add(list->strings, analysis, strlen(analysis));
    char *key = pt_strfmt("%s\t%s", surface, analysis);
    const uint32_t id = pt_intern_add(list->keys, key, strlen(key));
    free(key);
    if (id == list->words.n)
        pt_vec_push(&list->words, ((pt_word){text, reading, 0}));
    list->words.at[id].count += count;
    while (list->classes.n <= text || list->classes.n <= reading)
        pt_vec_push(&list->classes, 0);
    list->classes.at[text] |= (uint8_t)class_of(ends.first);
    return true;
}

bool pt_wordlist_has(const pt_wordlist *list, const char *surface, unsigned classes) {
    const uint32_t id = pt_intern_find(list->strings, surface, strlen(surface));
    return id != PT_NO_ID && id < list->classes.n && (list->classes.at[id] & classes);
}

static pt_status add_row(pt_wordlist *list, const pt_tsv *table, size_t row, const size_t column[3],
                         pt_error *err) {
    const char *count = pt_tsv_cell(table, row, column[2]);
    char *end;
    const double value = strtod(count, &end);
    if (end == count || *end || !(value > 0 && value < 1e9))
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: count '%s' is not a positive number", pt_tsv_path(table),
                       pt_tsv_line(table, row), count);
    if (!pt_wordlist_add(list, pt_tsv_cell(table, row, column[0]), pt_tsv_cell(table, row, column[1]), value))
        return pt_fail(
            err, PT_ERR_CONFIG,
            "%s:%u: '%s' '%s': the surface must be 1 to %d Hangul syllables, the analysis a tag or "
            "form/TAG+form/TAG",
            pt_tsv_path(table), pt_tsv_line(table, row), pt_tsv_cell(table, row, column[0]),
            pt_tsv_cell(table, row, column[1]), PT_WORD_SYLLABLES_MAX);
    return PT_OK;
}

pt_status pt_wordlist_read_table(pt_wordlist *list, const char *path, pt_error *err) {
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    static const char *const NAMES[3] = {"surface", "analysis", "count"};
    size_t column[3] = {0};
    for (int c = 0; c < 3 && !status; c++)
        status = pt_tsv_column(table, NAMES[c], &column[c], err);
    for (size_t row = 0; row < pt_tsv_rows(table) && !status; row++)
        status = add_row(list, table, row, column, err);
    pt_tsv_close(table);
    return status;
}

/* Adds a word of a list unless the treebanks know it in the same class. */
static void add_new(pt_wordlist *list, const char *surface, pt_tag tag, double count) {
    if (!pt_wordlist_has(list, surface, class_of(tag)))
        (void)pt_wordlist_add(list, surface, pt_tag_key(tag), count);
}

static bool ends_with(const char *text, const char *end, size_t *stem) {
    const size_t n = strlen(text), m = strlen(end);
    *stem = n - m;
    return n > m && memcmp(text + n - m, end, m) == 0;
}

/* Dictionary form of a verb or an adjective: words made from a noun (형성하다, 형성되다, 회전시키다,
 * 전달받다) give the noun, others their stem. */
static void add_predicate(pt_wordlist *list, char *word, bool adjective) {
    static const char *const MAKERS[] = {"당하다", "시키다", "하다", "되다"};
    size_t stem;
    for (size_t k = 0; k < sizeof MAKERS / sizeof *MAKERS; k++)
        if (ends_with(word, MAKERS[k], &stem)) {
            word[stem] = '\0';
            if (stem > 3)
                add_new(list, word, adjective ? PT_NNA : PT_NNV, PT_HUNSPELL_COUNT);
            return;
        }
    if (ends_with(word, "받다", &stem)) {
        word[stem] = '\0';
        if (pt_wordlist_has(list, word, PT_WORD_NOUN))
            return;
        memcpy(word + stem, "받다", strlen("받다"));
    }
    if (ends_with(word, "다", &stem)) {
        word[stem] = '\0';
        add_new(list, word, adjective ? PT_VA : PT_VV, PT_HUNSPELL_COUNT);
    }
}

static void add_hunspell(pt_wordlist *list, char *word, int flag) {
    switch (flag) {
    case 10: /* noun ending in a consonant */
    case 25: /* in a vowel */
        if (strlen(word) > 3)
            add_new(list, word, PT_NNG, PT_HUNSPELL_COUNT);
        break;
    case 42: /* verbs, by conjugation */
    case 43:
    case 44:
    case 52:
    case 55:
    case 60:
        add_predicate(list, word, false);
        break;
    case 47: /* adjectives */
    case 49:
    case 53:
    case 57:
    case 62:
        add_predicate(list, word, true);
        break;
    case 67:
        if (strlen(word) > 3)
            add_new(list, word, PT_MAG, PT_HUNSPELL_COUNT);
        break;
    default:
        break;
    }
}

/* Calls use(list, line) for each line, NUL-terminated and writable. */
static pt_status each_line(pt_wordlist *list, const char *path, void (*use)(pt_wordlist *, char *, pt_buf *),
                           pt_error *err) {
    char *bytes;
    size_t n;
    const pt_status status = pt_file_read(path, &bytes, &n, err);
    if (status)
        return status;
    pt_buf folded = {0};
    for (char *line = bytes, *end = bytes + n; line < end;) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        *stop = '\0';
        use(list, line, &folded);
        line = stop + 1;
    }
    pt_buf_free(&folded);
    free(bytes);
    return PT_OK;
}

static void use_hunspell_line(pt_wordlist *list, char *line, pt_buf *folded) {
    char *slash = strchr(line, '/');
    if (!slash)
        return;
    pt_buf_clear(folded);
    pt_fold_text(line, (size_t)(slash - line), folded);
    add_hunspell(list, folded->at ? folded->at : line, atoi(slash + 1));
}

pt_status pt_wordlist_read_hunspell(pt_wordlist *list, const char *path, pt_error *err) {
    return each_line(list, path, use_hunspell_line, err);
}

static void use_hanja_line(pt_wordlist *list, char *line, pt_buf *folded) {
    char *colon = strchr(line, ':');
    if (line[0] == '#' || !colon || colon - line < 6 || colon - line > 9)
        return;
    pt_buf_clear(folded);
    pt_fold_text(line, (size_t)(colon - line), folded);
    add_new(list, pt_buf_text(folded), PT_NNG, PT_HANJA_COUNT);
}

pt_status pt_wordlist_read_hanja(pt_wordlist *list, const char *path, pt_error *err) {
    return each_line(list, path, use_hanja_line, err);
}

/* Whether the word is two nouns of two syllables or more, each known by itself. */
static bool has_parts(const pt_wordlist *list, const char *surface) {
    const size_t n = strlen(surface);
    char head[3 * PT_WORD_SYLLABLES_MAX + 1];
    for (size_t cut = 6; cut + 6 <= n; cut += 3) {
        memcpy(head, surface, cut);
        head[cut] = '\0';
        if (pt_wordlist_has(list, head, PT_WORD_NOUN) && pt_wordlist_has(list, surface + cut, PT_WORD_NOUN))
            return true;
    }
    return false;
}

void pt_wordlist_part_compounds(pt_wordlist *list) {
    for (size_t k = 0; k < list->words.n; k++) {
        pt_word *word = &list->words.at[k];
        const char *surface = pt_intern_text(list->strings, word->surface);
        if (word->count == PT_HUNSPELL_COUNT && strlen(surface) >= 12 &&
            (list->classes.at[word->surface] & PT_WORD_NOUN) && has_parts(list, surface))
            word->count = PT_COMPOUND_COUNT;
    }
}
