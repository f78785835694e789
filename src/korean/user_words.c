/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the user on top of a compiled dictionary: a small trie and units beside those of the file. */
#include "base/file.h"
#include "base/sort.h"
#include "base/tsv.h"
#include "korean/costs.h"

#include <stdlib.h>
#include <string.h>

/* Far below what nouns of the dictionary cost, so that a term of the user stays whole. */
enum { DEFAULT_COST = 1000 };

typedef struct user_word {
    uint16_t letters[PT_WORD_SYLLABLES_MAX];
    uint32_t n;
    pt_unit unit;
} user_word;

typedef PT_VEC(user_word) user_words;

enum { OF_USER, OF_CORPUS, TABLES };

struct pt_user_words {
    user_words table[TABLES];
    pt_trie_nodes trie;
    PT_VEC(pt_unit) units;
    uint64_t checksum;
};

static int by_letters(const void *a, const void *b) {
    const user_word *x = a, *y = b;
    for (uint32_t k = 0; k < x->n && k < y->n; k++)
        if (x->letters[k] != y->letters[k])
            return x->letters[k] < y->letters[k] ? -1 : 1;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    if (x->unit.left != y->unit.left)
        return x->unit.left < y->unit.left ? -1 : 1;
    return (x->unit.cost > y->unit.cost) - (x->unit.cost < y->unit.cost);
}

/* False unless the folded term is 1 to PT_WORD_SYLLABLES_MAX Hangul syllables. */
static bool read_letters(user_word *word, const pt_buf *folded) {
    word->n = 0;
    for (size_t at = 0, used; at < folded->n; at += used) {
        const uint32_t code = pt_utf8_decode(folded->at + at, folded->n - at, &used);
        if (!pt_is_hangul(code) || word->n == PT_WORD_SYLLABLES_MAX)
            return false;
        word->letters[word->n++] = pt_user_letter(code);
    }
    return word->n > 0;
}

/* The ids of a plain word of this tag. */
static void set_ids(const pt_lexicon *lexicon, user_word *word, pt_tag tag) {
    const uint32_t last = PT_HANGUL_FIRST + word->letters[word->n - 1] - 1u;
    const int class = pt_unknown_class_of(tag);
    const unsigned size = pt_size_of(word->n);
    const pt_final final = pt_final_of(last);
    word->unit.left = class < 0 ? lexicon->atoms[tag].left : lexicon->unknown[class].left[size];
    word->unit.right =
        class < 0 ? lexicon->atoms[tag].right[final] : lexicon->unknown[class].right[size][final];
}

static pt_status read_row(const pt_lexicon *lexicon, const pt_tsv *table, size_t row, const size_t column[3],
                          user_word *word, pt_error *err) {
    const char *term = pt_tsv_cell(table, row, column[0]);
    const char *class = pt_tsv_cell(table, row, column[1]);
    const char *number = column[2] == SIZE_MAX ? "" : pt_tsv_cell(table, row, column[2]);
    pt_buf folded = {0};
    pt_fold_text(term, strlen(term), &folded);
    const bool good = read_letters(word, &folded);
    pt_buf_free(&folded);
    if (!good)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: '%s': a term is 1 to %d Hangul syllables, without blanks",
                       pt_tsv_path(table), pt_tsv_line(table, row), term, PT_WORD_SYLLABLES_MAX);
    const pt_tag tag = pt_tag_find(class, strlen(class));
    if (tag == PT_TAG_NONE || pt_tag_is_symbol(tag))
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s:%u: class '%s': expected NNG (noun), NNP (name), NNV (noun of a "
                       "하다 verb), VV, VA, MAG or another tag of the dictionary",
                       pt_tsv_path(table), pt_tsv_line(table, row), class);
    char *end;
    const long cost = number[0] ? strtol(number, &end, 10) : DEFAULT_COST;
    if (number[0] && (*end || labs(cost) > PT_COST_MAX))
        return pt_fail(err, PT_ERR_CONFIG, "%s:%u: cost '%s': expected a whole number from -%d to %d",
                       pt_tsv_path(table), pt_tsv_line(table, row), number, PT_COST_MAX, PT_COST_MAX);
    word->unit.cost = (int16_t)cost;
    set_ids(lexicon, word, tag);
    return PT_OK;
}

static pt_status read_rows(const pt_lexicon *lexicon, const pt_tsv *table, user_words *words, pt_error *err) {
    size_t column[3] = {0, 0, SIZE_MAX};
    pt_status status = pt_tsv_column(table, "term", &column[0], err);
    if (!status)
        status = pt_tsv_column(table, "class", &column[1], err);
    pt_error none = {0};
    if (!status && pt_tsv_column(table, "cost", &column[2], &none))
        column[2] = SIZE_MAX;
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++) {
        user_word word = {0};
        status = read_row(lexicon, table, row, column, &word, err);
        if (!status)
            pt_vec_push(words, word);
    }
    return status;
}

/* Trie and units of both tables together. */
static void lay_out(pt_user_words *user) {
    user_words words = {0};
    for (int t = 0; t < TABLES; t++)
        for (size_t k = 0; k < user->table[t].n; k++)
            pt_vec_push(&words, user->table[t].at[k]);
    pt_sort(words.at, words.n, sizeof *words.at, by_letters);
    PT_VEC(pt_trie_key) keys = {0};
    for (size_t k = 0; k < words.n; k++) {
        const user_word *word = &words.at[k], *before = k ? word - 1 : NULL;
        const bool same = before && before->n == word->n &&
                          memcmp(before->letters, word->letters, word->n * sizeof *word->letters) == 0;
        if (same && before->unit.left == word->unit.left)
            continue; /* the same word again: the cheaper one is there */
        if (!same) {
            if (user->units.n)
                user->units.at[user->units.n - 1].last = 1;
            pt_vec_push(&keys, ((pt_trie_key){word->letters, word->n, (uint32_t)user->units.n}));
        }
        pt_vec_push(&user->units, word->unit);
    }
    if (user->units.n)
        user->units.at[user->units.n - 1].last = 1;
    pt_trie_build(&user->trie, keys.at, keys.n, PT_HANGUL_COUNT + 1);
    pt_vec_free(&keys);
    pt_vec_free(&words);
    user->checksum = pt_lexicon_checksum(user->units.at, user->units.n * sizeof *user->units.at) ^
                     pt_lexicon_checksum(user->trie.at, user->trie.n * sizeof *user->trie.at);
}

/* Puts words in the place of one table, and takes them over. */
static void use_table(pt_lexicon *lexicon, int which, user_words *words) {
    pt_user_words *user = pt_zalloc(1, sizeof *user);
    for (int t = 0; t < TABLES && lexicon->user; t++)
        if (t != which) {
            user->table[t] = lexicon->user->table[t];
            lexicon->user->table[t] = (user_words){0};
        }
    user->table[which] = *words;
    pt_user_words_free(lexicon->user);
    lay_out(user);
    lexicon->user = user;
    lexicon->user_trie = user->trie.at;
    lexicon->user_units = user->units.at;
}

/* Closes the table. */
static pt_status take_table(pt_lexicon *lexicon, int which, pt_tsv *table, pt_error *err) {
    user_words words = {0};
    const pt_status status = read_rows(lexicon, table, &words, err);
    if (status)
        pt_vec_free(&words);
    else
        use_table(lexicon, which, &words);
    pt_tsv_close(table);
    return status;
}

pt_status pt_lexicon_add_user(pt_lexicon *lexicon, const char *path, pt_error *err) {
    pt_tsv *table;
    const pt_status status = pt_tsv_open(&table, path, err);
    return status ? status : take_table(lexicon, OF_USER, table, err);
}

pt_status pt_lexicon_add_learned(pt_lexicon *lexicon, const char *name, const char *text, pt_error *err) {
    pt_tsv *table;
    const pt_status status = pt_tsv_parse(&table, name, text, err);
    return status ? status : take_table(lexicon, OF_CORPUS, table, err);
}

uint64_t pt_user_words_checksum(const pt_user_words *user) {
    return user ? user->checksum : 0;
}

void pt_user_words_free(pt_user_words *user) {
    if (!user)
        return;
    for (int t = 0; t < TABLES; t++)
        pt_vec_free(&user->table[t]);
    pt_vec_free(&user->trie);
    pt_vec_free(&user->units);
    free(user);
}
