/* SPDX-License-Identifier: Apache-2.0 */
/* mapping.c - agreement of the best items with what classification codes admit (dict/ipc_items.tsv), codes
 * hidden from the method, by source and half:  mapping STORE WHO LABEL [VARIANT...]
 *   WHO      application number, source, half (mapping_data.py); or the truth of a planted corpus
 *   VARIANT  name:key=value,key=value over the parameters of the mixture; "-" = as shipped
 * TSV on stdout: label, variant, source, half, patents, top-1, top-3, macro top-1 (mean over subclasses).
 * PATOPIC_TERMS (name=,part=,definition=,maxname=,maxpart=,maxdefinition=) changes the weights of the terms,
 * and names the variant. PATOPIC_COLLOCATIONS=N learns compounds seen N times. PATOPIC_ITEMS, PATOPIC_DICT
 * and PATOPIC_LEXICON name other tables than dict/ and build/korean.dict. */
#include "base/mem.h"
#include "base/status.h"
#include "base/tsv.h"
#include "pipeline/session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GROUPS = 32 };

typedef struct group {
    char name[64];
    uint32_t n, top1, top3;
    uint32_t *of_code, *right; /* [n_codes] */
} group;

typedef struct judge {
    pt_session *s;
    pt_intern *numbers;
    uint32_t *group_of; /* by number */
    uint32_t *truth_of; /* by number: item, or UINT32_MAX */
    bool is_planted;
    size_t n_groups;
    group groups[MAX_GROUPS];
} judge;

static uint32_t find_group(judge *j, const char *name) {
    for (size_t i = 0; i < j->n_groups; i++)
        if (strcmp(j->groups[i].name, name) == 0)
            return (uint32_t)i;
    snprintf(j->groups[j->n_groups].name, sizeof j->groups[0].name, "%s", name);
    return (uint32_t)j->n_groups++;
}

static void read_who(judge *j, const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) {
        perror(path);
        exit(66);
    }
    char line[512];
    size_t room = 0;
    j->numbers = pt_intern_new();
    while (fgets(line, sizeof line, f)) {
        char *cell[5] = {0}, *save = line;
        for (int i = 0; i < 5; i++)
            cell[i] = strsep(&save, "\t\n");
        if (!cell[2] || strcmp(cell[0], "application_number") == 0) {
            j->is_planted = cell[2] != NULL;
            continue;
        }
        const uint32_t id = pt_intern_add(j->numbers, cell[0], strlen(cell[0]));
        if (id >= room) {
            room = room ? 2 * room : 1024;
            j->group_of = pt_realloc(j->group_of, room, sizeof *j->group_of);
            j->truth_of = pt_realloc(j->truth_of, room, sizeof *j->truth_of);
        }
        char name[64];
        snprintf(name, sizeof name, "%s\t%s", j->is_planted ? "planted" : cell[1],
                 j->is_planted ? "all" : cell[2]);
        j->group_of[id] = find_group(j, name);
        j->truth_of[id] = j->is_planted && cell[2][0] ? pt_items_find(j->s->items, cell[2]) : UINT32_MAX;
    }
    fclose(f);
}

static bool admits(const judge *j, uint32_t d, uint32_t number, uint32_t item) {
    if (j->is_planted)
        return j->truth_of[number] == item;
    const pt_table_evidence *table = &j->s->table;
    for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++)
        if (table->item[i] == item)
            return true;
    return false;
}

static void count(judge *j, uint32_t at, uint32_t code, bool first, bool any) {
    group *g = &j->groups[at];
    g->n++;
    g->top1 += first;
    g->top3 += any;
    g->of_code[code]++;
    g->right[code] += first;
}

static void score(judge *j) {
    const pt_session *s = j->s;
    const size_t n_codes = s->codes.n_codes + 1;
    for (size_t i = 0; i < j->n_groups; i++) {
        group *g = &j->groups[i];
        g->n = g->top1 = g->top3 = 0;
        g->of_code = pt_zalloc(n_codes, sizeof *g->of_code);
        g->right = pt_zalloc(n_codes, sizeof *g->right);
    }
    for (uint32_t d = 0; d < s->corpus->D; d++) {
        const char *number = s->documents->at[d].application_number;
        const uint32_t id = pt_intern_find(j->numbers, number, strlen(number));
        if (id == PT_NO_ID ||
            (j->is_planted ? j->truth_of[id] == UINT32_MAX : s->table.start[d] == s->table.start[d + 1]))
            continue;
        const uint32_t *item = s->evidence->item + (size_t)d * s->evidence->per_document;
        const bool first = admits(j, d, id, item[0]);
        const bool any = first || admits(j, d, id, item[1]) || admits(j, d, id, item[2]);
        const uint32_t code =
            s->codes.start[d] < s->codes.start[d + 1] ? s->codes.code[s->codes.start[d]] : s->codes.n_codes;
        count(j, j->group_of[id], code, first, any);
        const char *half = strchr(j->groups[j->group_of[id]].name, '\t') + 1;
        char name[64];
        snprintf(name, sizeof name, "all\t%s", half);
        for (size_t i = 0; i < j->n_groups; i++)
            if (strcmp(j->groups[i].name, name) == 0)
                count(j, (uint32_t)i, code, first, any);
    }
}

static void print_groups(judge *j, const char *label, const char *variant) {
    for (size_t i = 0; i < j->n_groups; i++) {
        group *g = &j->groups[i];
        double macro = 0;
        uint32_t n = 0;
        for (uint32_t c = 0; c <= j->s->codes.n_codes; c++)
            if (g->of_code[c]) {
                macro += (double)g->right[c] / g->of_code[c];
                n++;
            }
        if (g->n)
            printf("%s\t%s\t%s\t%u\t%.4f\t%.4f\t%.4f\n", label, variant, g->name, g->n,
                   (double)g->top1 / g->n, (double)g->top3 / g->n, macro / n);
        free(g->of_code);
        free(g->right);
    }
    fflush(stdout);
}

static void set_parameters(pt_mixture_params *p, char *text) {
    for (char *pair = strtok(text, ","); pair; pair = strtok(NULL, ",")) {
        char *value = strchr(pair, '=');
        if (!value) {
            fprintf(stderr, "%s: expected key=value\n", pair);
            exit(64);
        }
        *value++ = '\0';
        const struct {
            const char *name;
            double *field;
        } fields[] = {{"T0", &p->T0},
                      {"T", &p->T},
                      {"mu", &p->background_mass},
                      {"s", &p->seed_mass},
                      {"pa", &p->size_weight},
                      {"a", &p->seed_weight},
                      {"method", &p->method_penalty},
                      {"codes", &p->code_weight},
                      {"table", &p->table_lambda}};
        bool found = strcmp(pair, "steps") == 0;
        if (found)
            p->steps = (uint32_t)atoi(value);
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (strcmp(pair, fields[i].name) == 0) {
                *fields[i].field = atof(value);
                found = true;
            }
        if (!found) {
            fprintf(stderr, "%s: no such parameter\n", pair);
            exit(64);
        }
    }
}

static void must(pt_status status, const pt_error *err) {
    if (status) {
        fprintf(stderr, "%s\n", err->message);
        exit(status);
    }
}

static pt_terms_weights terms_weights(const char *text) {
    pt_terms_weights w = pt_terms_weights_default();
    char *copy = pt_strdup(text);
    for (char *pair = strtok(copy, ","); pair; pair = strtok(NULL, ",")) {
        char *value = strchr(pair, '=');
        const double x = value ? atof(value + 1) : 0;
        if (value)
            *value = '\0';
        if (strcmp(pair, "name") == 0)
            w.name_word = (float)x;
        else if (strcmp(pair, "part") == 0)
            w.part = (float)x;
        else if (strcmp(pair, "definition") == 0)
            w.definition = (float)x;
        else if (strcmp(pair, "maxname") == 0)
            w.max_name_items = (uint32_t)x;
        else if (strcmp(pair, "maxpart") == 0)
            w.max_part_items = (uint32_t)x;
        else if (strcmp(pair, "maxdefinition") == 0)
            w.max_definition_items = (uint32_t)x;
        else
            must(PT_ERR_USAGE, &(pt_error){.message = "PATOPIC_TERMS: no such weight"});
    }
    free(copy);
    return w;
}

int main(int argc, char **argv) {
    if (argc < 4)
        return fprintf(stderr, "usage: mapping STORE WHO LABEL [VARIANT...]\n"), 64;
    pt_error err = {0};
    pt_params params = pt_params_default();
    params.store = argv[1];
    params.dict_folder = getenv("PATOPIC_DICT") ? getenv("PATOPIC_DICT") : "dict";
    params.lexicon = getenv("PATOPIC_LEXICON") ? getenv("PATOPIC_LEXICON") : "build/korean.dict";
    params.items = getenv("PATOPIC_ITEMS");
    pt_session session;
    must(pt_session_open(&session, &params, NULL, &err), &err);
    must(pt_session_tables(&session, &err), &err);
    const char *collocations = getenv("PATOPIC_COLLOCATIONS");
    if (collocations)
        session.study->collocations = (uint32_t)strtoul(collocations, NULL, 10);
    const char *terms = getenv("PATOPIC_TERMS");
    if (terms) {
        const pt_terms_weights weights = terms_weights(terms);
        pt_terms_free(session.terms);
        must(
            pt_terms_new(session.items, session.analyzer, params.dict_folder, &weights, &session.terms, &err),
            &err);
    }
    must(pt_session_load(&session, &err), &err);
    judge j = {.s = &session};
    find_group(&j, "all\ttune");
    find_group(&j, "all\thold");
    read_who(&j, argv[2]);
    for (int v = 4; v < argc || v == 4; v++) {
        char *variant = pt_strdup(v < argc ? argv[v] : "-"), *colon = strchr(variant, ':');
        pt_mixture_params p = pt_mixture_params_default();
        if (colon) {
            *colon = '\0';
            set_parameters(&p, colon + 1);
        }
        must(pt_evidence_find(session.corpus, session.seeds, p.code_weight > 0 ? &session.codes : NULL,
                              p.table_lambda > 0 ? &session.table : NULL, &p, &session.evidence, &err),
             &err);
        score(&j);
        print_groups(&j, argv[3], terms ? terms : variant);
        pt_evidence_free(session.evidence);
        session.evidence = NULL;
        free(variant);
    }
    pt_session_close(&session);
    pt_intern_free(j.numbers);
    free(j.group_of);
    free(j.truth_of);
    return 0;
}
