/* SPDX-License-Identifier: Apache-2.0 */
/* recovery.c - plant a corpus, run the study, count what came back.
 *     recovery BUILD FOLDER SEED PATENTS REGIONAL LABEL_NOISE WITHHELD TITLE_DAMAGE SYNTH
 * prints one TSV row: seed, noise, withheld, damage, items found, technologies found under a name that holds
 * all content nouns of the planted one, and the mean F1 of content nouns between each planted name and the
 * name of the cluster that holds most of its patents; the planted names that were missed go to stderr. FOLDER
 * gets the corpus and the results. SYNTH: a folder whose synth/ has the tables, dict or another one
 * (paraphrase.py). */
#include "base/file.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "korean/analyzer.h"
#include "pipeline/snapshot.h"
#include "study/contrast.h"
#include "synth/synth.h"

#include <patopic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLANTED = 256 };

typedef struct planted {
    char *item[MAX_PLANTED], *technology[MAX_PLANTED];
    size_t n_items, n_technologies;
    pt_intern *numbers;             /* application numbers of planted patents … */
    PT_VEC(uint32_t) technology_of; /* … and what was planted in each */
} planted;

/* Where the text stands in the list. */
static size_t add_once(char **list, size_t *n, const char *text) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], text) == 0)
            return i;
    if (*n == MAX_PLANTED) {
        fprintf(stderr, "recovery: more than %d planted\n", MAX_PLANTED);
        exit(PT_ERR_BUG);
    }
    list[*n] = pt_strdup(text);
    return (*n)++;
}

/* Rows of truth.tsv: application_number, in_region, item_id, tech_no, technology. */
static pt_status read_truth(const char *path, planted *p, pt_error *err) {
    pt_tsv *table;
    const pt_status status = pt_tsv_open(&table, path, err);
    if (status)
        return status;
    for (size_t row = 0; row < pt_tsv_rows(table); row++)
        if (strcmp(pt_tsv_cell(table, row, 1), "1") == 0 && strcmp(pt_tsv_cell(table, row, 3), "0") != 0) {
            add_once(p->item, &p->n_items, pt_tsv_cell(table, row, 2));
            const size_t t = add_once(p->technology, &p->n_technologies, pt_tsv_cell(table, row, 4));
            const char *number = pt_tsv_cell(table, row, 0);
            pt_intern_add(p->numbers, number, strlen(number));
            pt_vec_push(&p->technology_of, (uint32_t)t);
        }
    pt_tsv_close(table);
    return PT_OK;
}

/* How many content nouns of `text` the other name, read without blanks, holds; *n of them. */
static size_t nouns_held(pt_analyzer *analyzer, const char *text, const char *other, size_t *n) {
    char *plain = pt_strdup(other), *end = plain;
    for (const char *p = other; *p; p++)
        if (*p != ' ')
            *end++ = *p;
    *end = '\0';
    const pt_noun *noun;
    const size_t all = pt_analyzer_nouns(analyzer, text, strlen(text), &noun);
    size_t held = 0;
    *n = 0;
    for (size_t i = 0; i < all; i++) {
        if (pt_word_is_boilerplate(noun[i].form, noun[i].bytes))
            continue;
        (*n)++;
        held += memmem(plain, strlen(plain), noun[i].form, noun[i].bytes) != NULL;
    }
    free(plain);
    return held;
}

static bool holds_nouns(pt_analyzer *analyzer, const char *name, const char *wanted) {
    size_t n;
    return nouns_held(analyzer, wanted, name, &n) == n;
}

static double f1(pt_analyzer *analyzer, const char *name, const char *wanted) {
    size_t n_wanted, n_name;
    const double recalled = (double)nouns_held(analyzer, wanted, name, &n_wanted);
    const double right = (double)nouns_held(analyzer, name, wanted, &n_name);
    const double recall = recalled / (double)n_wanted, precision = n_name ? right / (double)n_name : 0;
    return recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0;
}

/* The digits of 10-2015-0000123. */
static uint32_t find_number(const planted *p, const char *shown) {
    char digits[32];
    size_t n = 0;
    for (const char *c = shown; *c && n < sizeof digits; c++)
        if (*c >= '0' && *c <= '9')
            digits[n++] = *c;
    return pt_intern_find(p->numbers, digits, n);
}

/* Mean F1 over the planted technologies that have a cluster with a patent of theirs; 0 for those without. */
static pt_status measure_names(const planted *p, const char *folder, pt_analyzer *analyzer, double *mean,
                               pt_error *err) {
    pt_snapshot found;
    const pt_status status = pt_snapshot_read(folder, false, &found, err);
    *mean = 0;
    for (size_t t = 0; t < p->n_technologies && !status; t++) {
        size_t best = found.technologies.n, most = 0;
        for (size_t c = 0; c < found.technologies.n; c++) {
            size_t held = 0;
            for (size_t i = 0; i < found.technologies.at[c].patents.n; i++) {
                const uint32_t at =
                    find_number(p, pt_intern_text(found.numbers, found.technologies.at[c].patents.at[i]));
                held += at != PT_NO_ID && p->technology_of.at[at] == t;
            }
            if (held > most) {
                most = held;
                best = c;
            }
        }
        if (best == found.technologies.n)
            continue;
        const double value = f1(analyzer, found.technologies.at[best].name, p->technology[t]);
        *mean += value / (double)p->n_technologies;
        if (value < 0.99)
            fprintf(stderr, "name %.2f %s for %s\n", value, found.technologies.at[best].name,
                    p->technology[t]);
    }
    pt_snapshot_free(&found);
    return status;
}

static void count(const planted *p, const pt_result *result, pt_analyzer *analyzer, size_t *items,
                  size_t *technologies) {
    const pt_result_item *item;
    const pt_result_technology *technology;
    const size_t n_items = pt_result_items(result, &item), n = pt_result_technologies(result, &technology);
    for (size_t i = 0; i < p->n_items; i++) {
        bool found = false;
        for (size_t k = 0; k < n_items; k++)
            found = found || strcmp(item[k].item_id, p->item[i]) == 0;
        *items += found;
        if (!found)
            fprintf(stderr, "missed item %s\n", p->item[i]);
    }
    bool *used = pt_zalloc(n, sizeof *used);
    for (size_t i = 0; i < p->n_technologies; i++) {
        size_t t = 0;
        while (t < n && (used[t] || !holds_nouns(analyzer, technology[t].name, p->technology[i])))
            t++;
        if (t < n)
            used[t] = true;
        else
            fprintf(stderr, "missed technology %s\n", p->technology[i]);
        *technologies += t < n;
    }
    for (size_t t = 0; t < n; t++)
        if (!used[t])
            fprintf(stderr, "other name %s (%s, %u patents)\n", technology[t].name,
                    item[technology[t].item].item_id, technology[t].patents);
    free(used);
}

static pt_status recover(const pt_synth_params *synth, const char *lexicon_path, pt_error *err) {
    planted p = {.numbers = pt_intern_new()};
    pt_lexicon *lexicon = NULL;
    pt_result *result = NULL;
    char *truth = pt_path_join(synth->out_dir, "truth.tsv"), *xml = pt_path_join(synth->out_dir, "xml");
    char *study = pt_path_join(synth->out_dir, "study.ini"), *out = pt_path_join(synth->out_dir, "out");
    pt_synth_params plant = *synth;
    plant.out_dir = xml;
    plant.truth_path = truth;
    pt_status status = pt_make_folder(xml, err);
    if (!status)
        status = pt_synth_write(&plant, NULL, NULL, err);
    if (!status)
        status = pt_lexicon_open(&lexicon, lexicon_path, err);
    if (!status)
        status = read_truth(truth, &p, err);
    FILE *file = status ? NULL : fopen(study, "w");
    if (file) {
        /* Items and technologies come from the evidence alone; topics are for the report. */
        fprintf(file,
                "[study]\nname = recovery\nregion = %s %s\nfrom = %u\nto = %u\n[model]\nsweeps = 1\n"
                "general_topics = 1\n",
                plant.sido, plant.sigungu, plant.from, plant.to);
        fclose(file);
    }
    const char *paths[] = {xml};
    pt_params params = pt_params_default();
    params.dict_folder = "dict";
    params.lexicon = lexicon_path;
    params.study = study;
    params.out = out;
    params.paths = paths;
    params.n_paths = 1;
    if (!status)
        status = pt_run(&params, &result, NULL, err);
    if (!status || status == PT_OK_QUARANTINED) {
        size_t items = 0, technologies = 0;
        pt_analyzer *analyzer = pt_analyzer_new(lexicon);
        double mean;
        count(&p, result, analyzer, &items, &technologies);
        status = measure_names(&p, pt_result_folder(result), analyzer, &mean, err);
        if (!status)
            printf("%llu\t%g\t%g\t%g\t%zu\t%zu\t%zu\t%zu\t%.3f\n", (unsigned long long)plant.seed,
                   plant.label_noise, plant.withheld, plant.title_damage, items, p.n_items, technologies,
                   p.n_technologies, mean);
        pt_analyzer_free(analyzer);
    }
    for (size_t i = 0; i < p.n_items; i++)
        free(p.item[i]);
    for (size_t i = 0; i < p.n_technologies; i++)
        free(p.technology[i]);
    pt_intern_free(p.numbers);
    pt_vec_free(&p.technology_of);
    pt_result_free(result);
    pt_lexicon_close(lexicon);
    free(truth);
    free(xml);
    free(study);
    free(out);
    return status;
}

int main(int argc, char **argv) {
    if (argc != 10) {
        fprintf(stderr,
                "usage: %s BUILD FOLDER SEED PATENTS REGIONAL LABEL_NOISE WITHHELD TITLE_DAMAGE SYNTH\n",
                argv[0]);
        return PT_ERR_USAGE;
    }
    pt_error err = {0};
    pt_synth_params plant = pt_synth_params_default();
    char *lexicon = pt_path_join(argv[1], "korean.dict");
    plant.out_dir = argv[2];
    plant.dict_dir = argv[9];
    plant.seed = strtoull(argv[3], NULL, 10);
    plant.patents = strtoull(argv[4], NULL, 10);
    plant.regional = strtoull(argv[5], NULL, 10);
    plant.label_noise = strtod(argv[6], NULL);
    plant.withheld = strtod(argv[7], NULL);
    plant.title_damage = strtod(argv[8], NULL);
    const pt_status status = recover(&plant, lexicon, &err);
    free(lexicon);
    if (status && status != PT_OK_QUARANTINED)
        fprintf(stderr, "recovery: %s\n", err.message);
    return (int)status;
}
