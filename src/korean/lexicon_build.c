/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling the dictionary: gather words, settle ids and costs, lay the sections out, write the file. */
#include "base/buf.h"
#include "base/file.h"
#include "base/monitor.h"
#include "base/sort.h"
#include "base/tsv.h"
#include "korean/adjust.h"
#include "korean/context_build.h"
#include "korean/patterns.h"

#include <string.h>

static const char HUNSPELL[] = "/usr/share/hunspell/ko.dic";
static const char HANJA[] = "/usr/share/libhangul/hanja/hanja.txt";

typedef struct entry {
    const char *surface, *analysis;
    double count;
    uint16_t left, right;
} entry;

typedef PT_VEC(uint16_t) letters;

typedef struct build {
    const char *folder; /* dict_folder/korean */
    const pt_monitor *monitor;
    pt_wordlist words;
    pt_costs costs;
    pt_adjustments adjustments;
    pt_contexts contexts;
    PT_VEC(entry) entries;
    uint16_t alphabet[PT_HANGUL_COUNT];
    uint32_t n_letters;
    uint8_t suffixes[PT_HANGUL_COUNT];
    pt_trie_nodes trie;
    PT_VEC(pt_unit) units;
    PT_VEC(pt_lexeme) lexemes;
    bool units_apart;
    pt_intern *analyses, *form_ids; /* those laid down already, and where: beside the two below */
    PT_VEC(uint32_t) lexeme_at;     /* of each analysis */
    PT_VEC(uint32_t) form_at;       /* of each form */
    PT_VEC(uint32_t) list_at;       /* of each list of units */
    pt_buf forms, pattern;
    pt_syllable_model syllables;
} build;

static pt_status read_table(build *b, const char *name, pt_error *err) {
    char *path = pt_path_join(b->folder, name);
    const pt_status status = pt_wordlist_read_table(&b->words, path, err);
    free(path);
    return status;
}

static pt_status read_words(build *b, const pt_lexicon_sources *sources, pt_error *err) {
    static const char *const TABLES[] = {"morphemes.tsv", "grammar.tsv", "patent.tsv", "terms.tsv"};
    for (size_t k = 0; k < sizeof TABLES / sizeof *TABLES; k++) {
        const pt_status status = read_table(b, TABLES[k], err);
        if (status)
            return status;
    }
    pt_error missing = {0};
    if (pt_wordlist_read_hunspell(&b->words, sources->hunspell, &missing))
        pt_say(b->monitor, PT_LEVEL_WARN,
               "%s; the dictionary is built without it and knows fewer words (apt install hunspell-ko)",
               missing.message);
    pt_wordlist_part_compounds(&b->words);
    if (pt_wordlist_read_hanja(&b->words, sources->hanja, &missing))
        pt_say(b->monitor, PT_LEVEL_WARN,
               "%s; the dictionary is built without it and knows fewer words (apt install libhangul-data)",
               missing.message);
    pt_wordlist_conjugate(&b->words);
    return PT_OK;
}

static int by_surface(const void *a, const void *b) {
    const entry *x = a, *y = b;
    int order = strcmp(x->surface, y->surface);
    if (order == 0)
        order = (x->left > y->left) - (x->left < y->left);
    if (order == 0)
        order = (x->right > y->right) - (x->right < y->right);
    if (order == 0)
        order = (x->count < y->count) - (x->count > y->count);
    return order ? order : strcmp(x->analysis, y->analysis);
}

/* Words to entries in order; readings that the costs cannot tell apart become one, under the name of the
 * most frequent. */
static void make_entries(build *b) {
    for (size_t k = 0; k < b->words.words.n; k++) {
        const pt_word *word = &b->words.words.at[k];
        entry e = {.surface = pt_intern_text(b->words.strings, word->surface),
                   .analysis = pt_intern_text(b->words.strings, word->analysis),
                   .count = word->count};
        pt_analysis_ends ends;
        if (!pt_analysis_parse(e.analysis, &ends))
            continue;
        e.left = pt_costs_left(&b->costs, ends.first, e.surface);
        e.right = ends.last_form
                      ? pt_costs_right(&b->costs, ends.last, ends.last_form, ends.last_bytes, e.surface)
                      : pt_costs_right(&b->costs, ends.last, e.surface, strlen(e.surface), e.surface);
        pt_vec_push(&b->entries, e);
    }
    pt_sort(b->entries.at, b->entries.n, sizeof *b->entries.at, by_surface);
    size_t n = 0;
    for (size_t k = 0; k < b->entries.n; k++) {
        const entry *e = &b->entries.at[k];
        entry *last = n ? &b->entries.at[n - 1] : NULL;
        if (last && strcmp(last->surface, e->surface) == 0 && last->left == e->left &&
            last->right == e->right)
            last->count += e->count;
        else
            b->entries.at[n++] = *e;
    }
    b->entries.n = n;
}

typedef struct letter_count {
    uint32_t syllable, count;
} letter_count;

static int frequent_first(const void *a, const void *b) {
    const letter_count *x = a, *y = b;
    const int order = (x->count < y->count) - (x->count > y->count);
    return order ? order : (x->syllable > y->syllable) - (x->syllable < y->syllable);
}

/* Frequent syllables become the first letters: what follows a prefix lies close together in the double array
 * then, which leaves fewer holes. */
static void make_alphabet(build *b) {
    letter_count *seen = pt_zalloc(PT_HANGUL_COUNT, sizeof *seen);
    for (uint32_t k = 0; k < PT_HANGUL_COUNT; k++)
        seen[k].syllable = k;
    for (size_t k = 0; k < b->entries.n; k++) {
        const char *surface = b->entries.at[k].surface;
        for (size_t at = 0, n = strlen(surface), used; at < n; at += used)
            seen[pt_utf8_decode(surface + at, n - at, &used) - PT_HANGUL_FIRST].count++;
    }
    pt_sort(seen, PT_HANGUL_COUNT, sizeof *seen, frequent_first);
    b->n_letters = 1;
    for (size_t k = 0; k < PT_HANGUL_COUNT && seen[k].count; k++)
        b->alphabet[seen[k].syllable] = (uint16_t)b->n_letters++;
    free(seen);
}

static int by_letters(const void *a, const void *b) {
    const pt_trie_key *x = a, *y = b;
    for (uint32_t k = 0; k < x->n && k < y->n; k++)
        if (x->letters[k] != y->letters[k])
            return x->letters[k] < y->letters[k] ? -1 : 1;
    return (x->n > y->n) - (x->n < y->n);
}

/* Where a form stands among the forms, laid down when it is new. */
static uint32_t place_form(build *b, const char *form, size_t bytes) {
    const uint32_t id = pt_intern_add(b->form_ids, form, bytes);
    if (id == b->form_at.n) {
        pt_vec_push(&b->form_at, (uint32_t)b->forms.n);
        pt_buf_append(&b->forms, form, bytes);
    }
    return b->form_at.at[id];
}

/* The first lexeme of an analysis, laid down when it is new; 0 when it is a tag alone. */
static uint32_t place_lexemes(build *b, const char *analysis) {
    if (!strchr(analysis, '/'))
        return 0;
    const uint32_t id = pt_intern_add(b->analyses, analysis, strlen(analysis));
    if (id < b->lexeme_at.n)
        return b->lexeme_at.at[id];
    pt_vec_push(&b->lexeme_at, (uint32_t)b->lexemes.n);
    for (const char *part = analysis; part;) {
        const char *plus = strchr(part, '+'), *slash = strchr(part, '/');
        const size_t tag_bytes = plus ? (size_t)(plus - slash - 1) : strlen(slash + 1);
        const size_t bytes = (size_t)(slash - part);
        pt_vec_push(&b->lexemes, ((pt_lexeme){place_form(b, part, bytes) & PT_FORMS_MAX, bytes & 0x7F,
                                              pt_tag_find(slash + 1, tag_bytes) & 0x3F, plus == NULL}));
        part = plus ? plus + 1 : NULL;
    }
    return b->lexeme_at.at[id];
}

static pt_unit unit_of(build *b, const entry *e) {
    const pt_word_source source = e->count == PT_HUNSPELL_COUNT ? PT_WORD_HUNSPELL
                                  : e->count == PT_HANJA_COUNT  ? PT_WORD_HANJA
                                                                : PT_WORD_TABLE;
    const int32_t more =
        pt_adjustments_unit(&b->adjustments, &b->costs, e->surface, e->left, e->right, source);
    const double total = b->costs.left_total[e->left];
    return (pt_unit){pt_adjusted(pt_cost(e->count / total), more), e->left, e->right, 0,
                     place_lexemes(b, e->analysis)};
}

/* Entries [first, end) of one surface as units; where they begin. Most words that only a list knows cost and
 * connect alike: their units stand once. */
static uint32_t place_units(build *b, pt_intern *known, size_t first, size_t end) {
    const uint32_t at = (uint32_t)b->units.n;
    for (size_t k = first; k < end; k++)
        pt_vec_push(&b->units, unit_of(b, &b->entries.at[k]));
    b->units.at[b->units.n - 1].last = 1;
    if (b->units_apart)
        return at;
    const uint32_t id =
        pt_intern_add(known, (const char *)(b->units.at + at), (b->units.n - at) * sizeof *b->units.at);
    if (id == b->list_at.n) {
        pt_vec_push(&b->list_at, at);
        return at;
    }
    b->units.n = at;
    return b->list_at.at[id];
}

static void push_letters(const build *b, const char *surface, letters *out) {
    for (size_t at = 0, n = strlen(surface), used; at < n; at += used)
        pt_vec_push(out, b->alphabet[pt_utf8_decode(surface + at, n - at, &used) - PT_HANGUL_FIRST]);
}

static void make_units(build *b) {
    pt_vec_push(&b->lexemes, ((pt_lexeme){0, 0, 0, 1}));
    b->analyses = pt_intern_new();
    b->form_ids = pt_intern_new();
    pt_intern *known = pt_intern_new();
    PT_VEC(pt_trie_key) keys = {0};
    letters all = {0};
    PT_VEC(size_t) starts = {0};
    for (size_t k = 0, end; k < b->entries.n; k = end) {
        const char *surface = b->entries.at[k].surface;
        for (end = k + 1; end < b->entries.n && strcmp(b->entries.at[end].surface, surface) == 0;)
            end++;
        pt_vec_push(&starts, all.n);
        push_letters(b, surface, &all);
        pt_vec_push(&keys, ((pt_trie_key){NULL, (uint32_t)(all.n - starts.at[starts.n - 1]),
                                          place_units(b, known, k, end)}));
    }
    for (size_t k = 0; k < keys.n; k++)
        keys.at[k].letters = all.at + starts.at[k];
    pt_sort(keys.at, keys.n, sizeof *keys.at, by_letters);
    pt_trie_build(&b->trie, keys.at, keys.n, b->n_letters);
    pt_vec_free(&keys);
    pt_vec_free(&all);
    pt_vec_free(&starts);
    pt_intern_free(known);
}

static pt_status read_suffixes(build *b, pt_error *err) {
    char *path = pt_path_join(b->folder, "suffixes.tsv");
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    free(path);
    if (status)
        return status;
    size_t suffix = 0, action = 0;
    if (!(status = pt_tsv_column(table, "suffix", &suffix, err)))
        status = pt_tsv_column(table, "action", &action, err);
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++) {
        const char *form = pt_tsv_cell(table, row, suffix), *what = pt_tsv_cell(table, row, action);
        size_t used = 0;
        const uint32_t code = form[0] ? pt_utf8_decode(form, strlen(form), &used) : 0;
        const bool keep = strcmp(what, "keep") == 0;
        if (!pt_is_hangul(code) || form[used] || (!keep && strcmp(what, "drop") != 0))
            status = pt_fail(err, PT_ERR_CONFIG, "%s:%u: a suffix is one syllable, its action keep or drop",
                             pt_tsv_path(table), pt_tsv_line(table, row));
        else
            b->suffixes[code - PT_HANGUL_FIRST] = keep ? PT_SUFFIX_KEEP : PT_SUFFIX_DROP;
    }
    pt_tsv_close(table);
    return status;
}

static int longer_first(const void *a, const void *b) {
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const size_t n = strlen(x), m = strlen(y);
    return n != m ? (n < m) - (n > m) : strcmp(x, y);
}

/* The first code point of a unit of measure in a character class. */
static void put_first(pt_buf *out, const char *measure) {
    size_t used;
    (void)pt_utf8_decode(measure, strlen(measure), &used);
    if (used == 1 && strchr("\\]^-[", measure[0]))
        pt_buf_putc(out, '\\');
    pt_buf_append(out, measure, used);
}

/* units.tsv as one alternation, longest first, behind a look at the first letter. */
static pt_status read_measures(build *b, pt_buf *out, pt_error *err) {
    char *path = pt_path_join(b->folder, "units.tsv");
    pt_tsv *table;
    pt_status status = pt_tsv_open(&table, path, err);
    free(path);
    if (status)
        return status;
    size_t column = 0;
    status = pt_tsv_column(table, "unit", &column, err);
    PT_VEC(const char *) units = {0};
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++)
        pt_vec_push(&units, pt_tsv_cell(table, row, column));
    pt_sort(units.at, units.n, sizeof *units.at, longer_first);
    pt_buf_puts(out, "(?=[");
    for (size_t k = 0; k < units.n; k++)
        put_first(out, units.at[k]);
    pt_buf_puts(out, "])(?:");
    for (size_t k = 0; k < units.n; k++)
        pt_buf_printf(out, "%s\\Q%s\\E", k ? "|" : "", units.at[k]);
    pt_buf_puts(out, ")");
    pt_vec_free(&units);
    pt_tsv_close(table);
    return status;
}

/* Appends a pattern with the alternation of measures in place of each UNITS. */
static void put_pattern(pt_buf *out, const char *pattern, const char *measures) {
    for (const char *hole; (hole = strstr(pattern, "UNITS")); pattern = hole + strlen("UNITS")) {
        pt_buf_append(out, pattern, (size_t)(hole - pattern));
        pt_buf_puts(out, measures);
    }
    pt_buf_puts(out, pattern);
}

/* The rows of one kind as alternatives in a group. */
static pt_status put_kind(build *b, const pt_tsv *table, const char *name, const char *measures,
                          pt_error *err) {
    size_t kind = 0, pattern = 0;
    pt_status status = pt_tsv_column(table, "kind", &kind, err);
    if (!status)
        status = pt_tsv_column(table, "pattern", &pattern, err);
    size_t n = 0;
    pt_buf_puts(&b->pattern, "(");
    for (size_t row = 0; !status && row < pt_tsv_rows(table); row++)
        if (strcmp(pt_tsv_cell(table, row, kind), name) == 0) {
            pt_buf_puts(&b->pattern, n++ ? "|" : "");
            put_pattern(&b->pattern, pt_tsv_cell(table, row, pattern), measures);
        }
    pt_buf_puts(&b->pattern, ")");
    if (!status && n == 0)
        status = pt_fail(err, PT_ERR_CONFIG, "%s: no pattern of kind %s", pt_tsv_path(table), name);
    return status;
}

/* The expressions of pt_pattern_use; the first has a group for each pt_cut. */
static pt_status join_patterns(build *b, const pt_tsv *table, const char *measures, pt_error *err) {
    static const char *const KINDS[PT_CUTS] = {"cut", "word", "quantity"};
    pt_status status = PT_OK;
    for (int k = 0; k < PT_CUTS && !status; k++) {
        pt_buf_puts(&b->pattern, k ? "|" : "");
        status = put_kind(b, table, KINDS[k], measures, err);
    }
    pt_buf_putc(&b->pattern, '\0');
    pt_buf_printf(&b->pattern, "^(?:%s)$", measures);
    pt_buf_putc(&b->pattern, '\0');
    if (!status)
        status = put_kind(b, table, "chemical", measures, err);
    pt_buf_putc(&b->pattern, '\0');
    return status;
}

static pt_status read_patterns(build *b, pt_error *err) {
    pt_buf measures = {0};
    pt_tsv *table = NULL;
    char *path = pt_path_join(b->folder, "patterns.tsv");
    pt_status status = read_measures(b, &measures, err);
    if (!status)
        status = pt_tsv_open(&table, path, err);
    if (!status)
        status = join_patterns(b, table, pt_buf_text(&measures), err);
    for (size_t at = 0; !status && at < b->pattern.n; at += strlen(b->pattern.at + at) + 1) {
        pt_pattern *trial;
        status = pt_pattern_compile(&trial, b->pattern.at + at, path, err);
        pt_pattern_free(trial);
    }
    pt_tsv_close(table);
    free(path);
    pt_buf_free(&measures);
    return status;
}

static void put_section(pt_buf *out, pt_lexicon_header *header, pt_section section, const void *elements,
                        size_t count) {
    while (out->n % 8)
        pt_buf_putc(out, '\0');
    header->section[section].offset = sizeof *header + out->n;
    header->section[section].count = count;
    pt_buf_append(out, elements, count * pt_section_element(section));
}

static pt_status write_file(build *b, const char *path, pt_error *err) {
    pt_lexicon_header header = {.magic = PT_LEXICON_MAGIC,
                                .version = PT_LEXICON_VERSION,
                                .n_left = (uint32_t)b->costs.left_tags.n,
                                .n_right = (uint32_t)b->costs.right_tags.n,
                                .n_letters = b->n_letters};
    const size_t n_syllables = (size_t)b->n_letters * PT_UNKNOWN_CLASSES * 2;
    pt_buf body = {0};
    put_section(&body, &header, PT_SECTION_ALPHABET, b->alphabet, PT_HANGUL_COUNT);
    put_section(&body, &header, PT_SECTION_TRIE, b->trie.at, b->trie.n);
    put_section(&body, &header, PT_SECTION_UNITS, b->units.at, b->units.n);
    put_section(&body, &header, PT_SECTION_MORPHEMES, b->lexemes.at, b->lexemes.n);
    put_section(&body, &header, PT_SECTION_FORMS, b->forms.at, b->forms.n);
    put_section(&body, &header, PT_SECTION_CONNECTIONS, b->costs.connections,
                (size_t)header.n_left * header.n_right);
    put_section(&body, &header, PT_SECTION_LEFT_TAGS, b->costs.left_tags.at, header.n_left);
    put_section(&body, &header, PT_SECTION_RIGHT_TAGS, b->costs.right_tags.at, header.n_right);
    put_section(&body, &header, PT_SECTION_UNKNOWN, b->costs.unknown, PT_UNKNOWN_CLASSES);
    put_section(&body, &header, PT_SECTION_SYLLABLES, b->syllables.alone, n_syllables);
    put_section(&body, &header, PT_SECTION_STARTS, b->syllables.starts, n_syllables / 2);
    put_section(&body, &header, PT_SECTION_PAIRS, b->syllables.pairs.at, b->syllables.pairs.n);
    put_section(&body, &header, PT_SECTION_CONTEXT_SLOTS, b->contexts.slots.at, b->contexts.slots.n);
    put_section(&body, &header, PT_SECTION_CONTEXTS, b->contexts.rows.at, b->contexts.rows.n);
    put_section(&body, &header, PT_SECTION_ATOMS, b->costs.atoms, PT_TAGS);
    put_section(&body, &header, PT_SECTION_SUFFIXES, b->suffixes, PT_HANGUL_COUNT);
    put_section(&body, &header, PT_SECTION_PATTERN, b->pattern.at, b->pattern.n);
    header.file_bytes = sizeof header + body.n;
    header.checksum = pt_lexicon_checksum(body.at, body.n);
    pt_writer *writer;
    pt_status status = pt_writer_open(&writer, path, err);
    if (!status) {
        pt_writer_bytes(writer, &header, sizeof header);
        pt_writer_bytes(writer, body.at, body.n);
        status = pt_writer_close(writer, err);
    }
    pt_buf_free(&body);
    return status;
}

static void free_build(build *b) {
    pt_wordlist_free(&b->words);
    pt_costs_free(&b->costs);
    pt_adjustments_free(&b->adjustments);
    pt_contexts_free(&b->contexts);
    pt_vec_free(&b->entries);
    pt_vec_free(&b->trie);
    pt_vec_free(&b->units);
    pt_vec_free(&b->lexemes);
    pt_intern_free(b->analyses);
    pt_intern_free(b->form_ids);
    pt_vec_free(&b->lexeme_at);
    pt_vec_free(&b->form_at);
    pt_vec_free(&b->list_at);
    pt_buf_free(&b->forms);
    pt_buf_free(&b->pattern);
    pt_syllables_free(&b->syllables);
    free(b);
}

pt_status pt_lexicon_build_from(const char *dict_folder, const pt_lexicon_sources *sources,
                                const char *out_path, const pt_monitor *monitor, pt_error *err) {
    build *b = pt_zalloc(1, sizeof *b);
    char *folder = pt_path_join(dict_folder, "korean"),
         *connections = pt_path_join(folder, "connections.tsv"),
         *adjustments = pt_path_join(folder, "adjustments.tsv"),
         *contexts = pt_path_join(folder, "contexts.tsv");
    b->folder = folder;
    b->monitor = monitor;
    b->units_apart = sources && sources->units_apart;
    const pt_lexicon_sources from = {sources && sources->hunspell ? sources->hunspell : HUNSPELL,
                                     sources && sources->hanja ? sources->hanja : HANJA,
                                     sources && sources->adjustments ? sources->adjustments : adjustments,
                                     b->units_apart};
    pt_wordlist_init(&b->words);
    pt_status status = pt_costs_read(&b->costs, connections, err);
    if (!status)
        status = read_words(b, &from, err);
    if (!status)
        status = read_suffixes(b, err);
    if (!status)
        status = read_patterns(b, err);
    if (!status) {
        pt_costs_count_words(&b->costs, &b->words);
        pt_costs_connect(&b->costs);
        status = pt_adjustments_read(&b->adjustments, &b->costs, from.adjustments, err);
    }
    if (!status) {
        make_entries(b);
        make_alphabet(b);
        status = pt_contexts_read(&b->contexts, *from.adjustments ? contexts : "", b->alphabet, err);
    }
    if (!status) {
        make_units(b);
        if (b->forms.n > PT_FORMS_MAX)
            status = pt_fail(err, PT_ERR_CONFIG, "%s: more than %d bytes of different forms", folder,
                             PT_FORMS_MAX);
    }
    if (!status) {
        pt_syllables_count(&b->syllables, &b->words, b->alphabet, b->n_letters, &b->costs);
        status = write_file(b, out_path, err);
    }
    if (!status)
        pt_say(monitor, PT_LEVEL_INFO, "dictionary: %zu units, %zu trie nodes, %u letters", b->units.n,
               b->trie.n, b->n_letters - 1);
    free_build(b);
    free(connections);
    free(adjustments);
    free(contexts);
    free(folder);
    return status;
}

pt_status pt_lexicon_build(const char *dict_folder, const char *out_path, const pt_monitor *monitor,
                           pt_error *err) {
    return pt_lexicon_build_from(dict_folder, NULL, out_path, monitor, err);
}
