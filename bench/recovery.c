/* SPDX-License-Identifier: Apache-2.0 */
/* recovery.c - plant a corpus, run the study, count what came back.
 *     recovery BUILD FOLDER SEED PATENTS REGIONAL LABEL_NOISE WITHHELD [SYNTH]
 * prints one TSV row: seed, noise, withheld, items found, technologies found under a name that holds all
 * content nouns of the planted one; the planted names that were missed go to stderr. FOLDER gets the corpus
 * and the results. SYNTH: a folder whose synth/ has other tables (paraphrase.py) than dict/. */
#include "base/file.h"
#include "base/mem.h"
#include "base/tsv.h"
#include "korean/analyzer.h"
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
} planted;

static void add_once(char **list, size_t *n, const char *text) {
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], text) == 0)
            return;
    if (*n < MAX_PLANTED)
        list[(*n)++] = pt_strdup(text);
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
            add_once(p->technology, &p->n_technologies, pt_tsv_cell(table, row, 4));
        }
    pt_tsv_close(table);
    return PT_OK;
}

/* Whether the name, read without blanks, holds every content noun of the planted one. */
static bool holds_nouns(pt_analyzer *analyzer, const char *name, const char *wanted) {
    char *plain = pt_strdup(name), *end = plain;
    for (const char *p = name; *p; p++)
        if (*p != ' ')
            *end++ = *p;
    *end = '\0';
    const pt_noun *noun;
    const size_t n = pt_analyzer_nouns(analyzer, wanted, strlen(wanted), &noun);
    bool all = true;
    for (size_t i = 0; i < n && all; i++)
        all = pt_word_is_boilerplate(noun[i].form, noun[i].bytes) ||
              memmem(plain, strlen(plain), noun[i].form, noun[i].bytes) != NULL;
    free(plain);
    return all;
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
    planted p = {0};
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
        fprintf(file, "[study]\nname = recovery\nregion = %s %s\nfrom = %u\nto = %u\n", plant.sido,
                plant.sigungu, plant.from, plant.to);
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
        count(&p, result, analyzer, &items, &technologies);
        printf("%llu\t%g\t%g\t%zu\t%zu\t%zu\t%zu\n", (unsigned long long)plant.seed, plant.label_noise,
               plant.withheld, items, p.n_items, technologies, p.n_technologies);
        pt_analyzer_free(analyzer);
    }
    for (size_t i = 0; i < p.n_items; i++)
        free(p.item[i]);
    for (size_t i = 0; i < p.n_technologies; i++)
        free(p.technology[i]);
    pt_result_free(result);
    pt_lexicon_close(lexicon);
    free(truth);
    free(xml);
    free(study);
    free(out);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 8 || argc > 9) {
        fprintf(stderr, "usage: %s BUILD FOLDER SEED PATENTS REGIONAL LABEL_NOISE WITHHELD [SYNTH]\n",
                argv[0]);
        return PT_ERR_USAGE;
    }
    pt_error err = {0};
    pt_synth_params plant = pt_synth_params_default();
    char *lexicon = pt_path_join(argv[1], "korean.dict");
    plant.out_dir = argv[2];
    plant.dict_dir = argc > 8 ? argv[8] : "dict";
    plant.seed = strtoull(argv[3], NULL, 10);
    plant.patents = strtoull(argv[4], NULL, 10);
    plant.regional = strtoull(argv[5], NULL, 10);
    plant.label_noise = strtod(argv[6], NULL);
    plant.withheld = strtod(argv[7], NULL);
    const pt_status status = recover(&plant, lexicon, &err);
    free(lexicon);
    if (status && status != PT_OK_QUARANTINED)
        fprintf(stderr, "recovery: %s\n", err.message);
    return (int)status;
}
