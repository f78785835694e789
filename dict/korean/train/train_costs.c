/* SPDX-License-Identifier: Apache-2.0 */
/* train_costs.c - better costs for the lattice than counts give: a conditional random field over its paths
 * (Lafferty, McCallum, Pereira, ICML 2001; on word lattices: Kudo, Yamamoto, Matsumoto, EMNLP 2004), started
 * at the counts and drawn back to them. train_costs DICT_FOLDER ALIGNED ADJUSTMENTS CONTEXTS [ROUNDS [RATE
 * [PULL]]] ALIGNED comes from build_counts.py; ADJUSTMENTS gets what is to be added to the costs of counts
 * (adjustments.tsv), CONTEXTS the costs of boundaries (contexts.tsv). Trained are connections, frequent
 * units, the cost of being unknown, of words that only a word list knows, and of what the syllables around a
 * boundary say. So that words unseen in training are met while training, a unit is priced without the
 * occurrence at hand: one that the treebanks show once is left to the word lists or to the model of unknown
 * words. Single thread, fixed order: the same bytes each time. `make costs` builds and runs it. */
#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How much more boundaries learn than the rest, and how much more they are drawn back. */
static const double CONTEXT_RATE = 3, CONTEXT_PULL = 30;

static void start_weights(trainer *t) {
    const pt_lexicon *x = t->lexicon;
    const size_t n_units = t->unit.n;
    for (size_t k = 0; k < t->connection.n; k++) {
        t->connection.now[k] = t->connection.start[k] = -x->connections[k] * NATS;
        t->exp_connection[k] = exp(t->connection.now[k]);
    }
    for (size_t k = 0; k < n_units; k++)
        t->unit.now[k] = t->unit.start[k] = -x->units[k].cost * NATS;
    for (size_t c = 0; c < PT_UNKNOWN_CLASSES; c++)
        for (size_t n = 1; n <= PT_UNKNOWN_SYLLABLES; n++) {
            const size_t k = c * (PT_UNKNOWN_SYLLABLES + 1) + n;
            t->unknown.now[k] = t->unknown.start[k] = -x->unknown[c].length[n] * NATS;
        }
}

static void train_row(trainer *t, const char *row) {
    char *copy = pt_strdup(row);
    bool good = read_row(t, copy);
    free(copy);
    if (good) {
        make_edges(t);
        good = find_gold(t);
    }
    if (good) {
        const double z = sum_paths(t);
        good = z > 1e-280;
        if (good)
            learn(t, z);
    }
    t->used += good;
    t->skipped += !good;
}

static void count_row(trainer *t, const char *row) {
    char *copy = pt_strdup(row);
    if (read_row(t, copy)) {
        for (unsigned k = 0; k < t->n_gold; k++)
            if (t->gold[k].unit >= 0)
                t->seen[t->gold[k].unit]++;
        count_contexts(t);
    }
    free(copy);
}

/* Which nouns a word list knows, by their spelling: every unit of one plain noun. */
static void mark_sources(trainer *t, const pt_wordlist *list, uint8_t source) {
    for (size_t k = 0; k < list->words.n; k++) {
        const char *surface = pt_intern_text(list->strings, list->words.at[k].surface);
        const char *analysis = pt_intern_text(list->strings, list->words.at[k].analysis);
        pt_analysis_ends ends;
        if (!pt_analysis_parse(analysis, &ends) || ends.last_form)
            continue;
        const int32_t unit =
            find_unit(t->lexicon, surface, pt_costs_left(&t->costs, ends.first, surface),
                      pt_costs_right(&t->costs, ends.first, surface, strlen(surface), surface));
        if (unit >= 0 && !t->from[unit])
            t->from[unit] = source;
    }
}

static pt_status read_sources(trainer *t, pt_error *err) {
    pt_wordlist list;
    pt_wordlist_init(&list);
    pt_status status = pt_wordlist_read_hunspell(&list, "/usr/share/hunspell/ko.dic", err);
    if (!status) {
        mark_sources(t, &list, 1);
        status = pt_wordlist_read_hanja(&list, "/usr/share/libhangul/hanja/hanja.txt", err);
    }
    if (!status)
        mark_sources(t, &list, 2);
    pt_wordlist_free(&list);
    return status;
}

static void shuffle(char **rows, size_t n, uint64_t round) {
    for (size_t k = n; k > 1; k--) {
        const size_t j = pt_rng_below(pt_rng_at(pt_rng_key(1, round, 0), k), k);
        char *swap = rows[k - 1];
        rows[k - 1] = rows[j];
        rows[j] = swap;
    }
}

static pt_status open_all(trainer *t, const char *folder, const char *out, double rate, double pull,
                          pt_error *err) {
    char *dictionary = pt_strfmt("%s.dict", out);
    char *connections = pt_path_join(folder, "korean/connections.tsv");
    const pt_lexicon_sources plain = {.adjustments = "", .units_apart = true};
    pt_status status = pt_lexicon_build_from(folder, &plain, dictionary, NULL, err);
    if (!status)
        status = pt_lexicon_open(&t->lexicon, dictionary, err);
    (void)remove(dictionary);
    if (!status)
        status = pt_costs_read(&t->costs, connections, err);
    free(dictionary);
    free(connections);
    if (status)
        return status;
    const pt_lexicon_header *h = t->lexicon->map;
    const size_t n_units = h->section[PT_SECTION_UNITS].count;
    t->connection = new_weights((size_t)t->lexicon->n_left * t->lexicon->n_right, rate, pull);
    t->unit = new_weights(n_units, rate, pull);
    t->unknown = new_weights(UNKNOWN_IDS, rate, pull);
    t->source = new_weights((size_t)SOURCES * t->lexicon->n_left, rate, pull);
    t->exp_connection = pt_zalloc(t->connection.n, sizeof(double));
    t->seen = pt_zalloc(n_units, sizeof *t->seen);
    t->from = pt_zalloc(n_units, 1);
    start_weights(t);
    new_sums(t);
    open_contexts(t);
    return read_sources(t, err);
}

static void set_rates(trainer *t, double rate) {
    t->connection.rate = t->unit.rate = t->unknown.rate = t->source.rate = rate;
    t->contexts.weights.rate = CONTEXT_RATE * rate;
}

static pt_status write_table(trainer *t, const char *path, void (*put)(trainer *, FILE *), pt_error *err) {
    FILE *out = fopen(path, "w");
    if (!out)
        return pt_fail_errno(err, PT_ERR_CREATE, "%s: cannot write", path);
    put(t, out);
    const bool failed = ferror(out) != 0;
    return fclose(out) || failed ? pt_fail(err, PT_ERR_IO, "%s: cannot write", path) : PT_OK;
}

static void train(trainer *t, char **rows, size_t n, int rounds, double rate) {
    for (int round = 0; round < rounds; round++) {
        shuffle(rows, n, (uint64_t)round);
        set_rates(t, rate / (1 + round));
        t->loss = 0;
        t->used = t->skipped = 0;
        for (size_t k = 0; k < n; k++)
            train_row(t, rows[k]);
        fprintf(stderr, "round %d: loss %.5f an eojeol, %zu used, %zu skipped\n", round + 1,
                t->loss / (double)t->used, t->used, t->skipped);
    }
}

int main(int argc, char **argv) {
    if (argc < 5) {
        fputs("usage: train_costs DICT_FOLDER ALIGNED ADJUSTMENTS CONTEXTS [ROUNDS [RATE [PULL]]]\n", stderr);
        return PT_ERR_USAGE;
    }
    static trainer t;
    const int rounds = argc > 5 ? atoi(argv[5]) : 2;
    const double rate = argc > 6 ? atof(argv[6]) : 0.03, pull = argc > 7 ? atof(argv[7]) : 1e-2;
    pt_error err = {0};
    char *text = NULL;
    size_t n = 0;
    pt_status status = open_all(&t, argv[1], argv[3], rate, pull, &err);
    if (!status)
        status = pt_file_read(argv[2], &text, &n, &err);
    PT_VEC(char *) rows = {0};
    for (char *line = text; !status && line < text + n;) {
        char *stop = memchr(line, '\n', (size_t)(text + n - line));
        stop = stop ? stop : text + n;
        *stop = '\0';
        pt_vec_push(&rows, line);
        line = stop + 1;
    }
    if (!status) {
        for (size_t k = 0; k < rows.n; k++)
            count_row(&t, rows.at[k]);
        close_contexts(&t, CONTEXT_RATE * rate, CONTEXT_PULL * pull);
        train(&t, rows.at, rows.n, rounds, rate);
        status = write_table(&t, argv[3], put_adjustments, &err);
    }
    if (!status)
        status = write_table(&t, argv[4], put_contexts, &err);
    if (status)
        fprintf(stderr, "train_costs: %s\n", err.message);
    return (int)status;
}
