/* SPDX-License-Identifier: Apache-2.0 */
/* mapping.c - agreement of the best items with what classification codes admit (dict/ipc_items.tsv), codes
 * hidden from the method, by source and half:  mapping STORE WHO LABEL [VARIANT...]
 *   WHO      application number, source, half (mapping_data.py); or the truth of a planted corpus
 *   VARIANT  name:key=value,key=value over the parameters of the mixture; "-" = as shipped
 * TSV on stdout: label, variant, source, half, patents, share that gets an item, top-1, top-3, macro top-1
 * (mean over subclasses; all three without abstention), and the same three by the strict judge, who admits
 * only the items with the largest weight of the code. PATOPIC_TERMS
 * (name=,part=,definition=,maxname=,maxpart=,maxdefinition=) changes the weights of the terms, and names the
 * variant (PATOPIC_NAME names it otherwise). PATOPIC_RELIABILITY names a file that gets the agreement by
 * class of confidence, by margin and by sureness. PATOPIC_COLLOCATIONS=N learns compounds seen N times.
 * PATOPIC_TAUGHT names the table of taught words: none, FILE, or LIST=FILE,LIST=FILE…: the patents whose
 * numbers stand in LIST are judged by FILE, which is to come from other patents. PATOPIC_ITEMS, PATOPIC_DICT
 * and PATOPIC_LEXICON name other tables than dict/ and build/korean.dict. */
#include "base/mem.h"
#include "base/status.h"
#include "base/tsv.h"
#include "pipeline/session.h"
#include "topics/seed_scores.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GROUPS = 32 };

enum { JUDGES = 2 }; /* all items of the code; only those with its largest weight */

typedef struct group {
    char name[64];
    uint32_t n, kept, top1[JUDGES], top3[JUDGES];
    uint32_t *of_code, *right[JUDGES]; /* [n_codes] */
} group;

typedef struct verdict {
    bool first[JUDGES], any[JUDGES], is_kept;
} verdict;

typedef struct judge {
    pt_session *s;
    pt_intern *numbers;
    uint32_t *group_of; /* by number */
    uint32_t *truth_of; /* by number: item, or UINT32_MAX */
    bool is_planted;
    size_t n_groups;
    group groups[MAX_GROUPS];
    uint32_t foreign, rejected; /* planted patents without an item */
    FILE *classes;              /* agreement by class of confidence and by margin, or NULL */
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

static bool admits(const judge *j, uint32_t d, uint32_t number, uint32_t item, int who) {
    if (j->is_planted)
        return j->truth_of[number] == item;
    const pt_table_evidence *table = &j->s->table;
    float largest = 0, own = 0;
    for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++) {
        largest = fmaxf(largest, table->value[i]);
        if (table->item[i] == item)
            own = table->value[i];
    }
    return own > 0 && (who == 0 || own >= .999f * largest);
}

static void count(group *g, uint32_t code, const verdict *v) {
    g->n++;
    g->kept += v->is_kept;
    g->of_code[code]++;
    for (int who = 0; who < JUDGES; who++) {
        g->top1[who] += v->first[who];
        g->top3[who] += v->any[who];
        g->right[who][code] += v->first[who];
    }
}

static void score(judge *j) {
    const pt_session *s = j->s;
    const size_t n_codes = s->codes.n_codes + 1;
    for (size_t i = 0; i < j->n_groups; i++) {
        group *g = &j->groups[i];
        g->n = g->kept = 0;
        g->of_code = pt_zalloc(n_codes, sizeof *g->of_code);
        for (int who = 0; who < JUDGES; who++) {
            g->top1[who] = g->top3[who] = 0;
            g->right[who] = pt_zalloc(n_codes, sizeof *g->right[who]);
        }
    }
    j->foreign = j->rejected = 0;
    for (uint32_t d = 0; d < s->corpus->D; d++) {
        const bool is_kept = s->mapping->start[d] < s->mapping->start[d + 1];
        const char *number = s->documents->at[d].application_number;
        const uint32_t id = pt_intern_find(j->numbers, number, strlen(number));
        if (j->is_planted && id != PT_NO_ID && j->truth_of[id] == UINT32_MAX) {
            j->foreign++;
            j->rejected += !is_kept;
        }
        if (id == PT_NO_ID ||
            (j->is_planted ? j->truth_of[id] == UINT32_MAX : s->table.start[d] == s->table.start[d + 1]))
            continue;
        const uint32_t *item = s->evidence->item + (size_t)d * s->evidence->per_document;
        verdict v = {.is_kept = is_kept};
        for (int who = 0; who < JUDGES; who++) {
            v.first[who] = admits(j, d, id, item[0], who);
            v.any[who] = v.first[who] || admits(j, d, id, item[1], who) || admits(j, d, id, item[2], who);
        }
        const uint32_t code =
            s->codes.start[d] < s->codes.start[d + 1] ? s->codes.code[s->codes.start[d]] : s->codes.n_codes;
        group *own = &j->groups[j->group_of[id]];
        count(own, code, &v);
        char name[64];
        snprintf(name, sizeof name, "all\t%s", strchr(own->name, '\t') + 1);
        for (size_t i = 0; i < j->n_groups; i++)
            if (strcmp(j->groups[i].name, name) == 0)
                count(&j->groups[i], code, &v);
    }
}

/* One row a group, judge, and class of confidence, band of the margin and of the sureness: how sure the
 * program is, and how often the code admits the item. */
static void print_reliability(const judge *j, const char *label) {
    const pt_session *s = j->s;
    enum {
        SURENESS = 11,
        BANDS = 42
    }; /* three classes, eight steps of half a unit of margin, 31 of .05 of sureness */
    static const char *const names[3] = {"low", "medium", "high"};
    for (size_t g = 0; g < j->n_groups; g++)
        for (int who = 0; who < JUDGES; who++) {
            uint32_t n[BANDS] = {0}, right[BANDS] = {0};
            for (uint32_t d = 0; d < s->corpus->D; d++) {
                const char *number = s->documents->at[d].application_number;
                const uint32_t id = pt_intern_find(j->numbers, number, strlen(number));
                if (id == PT_NO_ID || j->group_of[id] != g || s->table.start[d] == s->table.start[d + 1] ||
                    s->mapping->start[d] == s->mapping->start[d + 1])
                    continue;
                const bool first =
                    admits(j, d, id, s->evidence->item[(size_t)d * s->evidence->per_document], who);
                const float step = s->evidence->margin[d] / .5f;
                const int bands[3] = {s->mapping->confidence[d], 3 + (step < 7 ? (int)step : 7),
                                      SURENESS + (int)fminf(s->mapping->sureness[d] / .05f, 30)};
                for (int i = 0; i < 3; i++) {
                    n[bands[i]]++;
                    right[bands[i]] += first;
                }
            }
            for (int b = 0; b < BANDS; b++)
                if (n[b]) {
                    fprintf(j->classes, "%s\t%s\t%s\t", label, j->groups[g].name, who ? "strict" : "wide");
                    if (b < 3)
                        fprintf(j->classes, "confidence\t%s", names[b]);
                    else if (b < SURENESS)
                        fprintf(j->classes, "margin\t%.1f", (b - 3) * .5);
                    else
                        fprintf(j->classes, "sureness\t%.2f", (b - SURENESS) * .05);
                    fprintf(j->classes, "\t%u\t%.4f\n", n[b], (double)right[b] / n[b]);
                }
        }
}

static double macro(const group *g, int who, size_t n_codes) {
    double sum = 0;
    uint32_t n = 0;
    for (size_t c = 0; c <= n_codes; c++)
        if (g->of_code[c]) {
            sum += (double)g->right[who][c] / g->of_code[c];
            n++;
        }
    return n ? sum / n : 0;
}

static void print_groups(judge *j, const char *label, const char *variant) {
    for (size_t i = 0; i < j->n_groups; i++) {
        group *g = &j->groups[i];
        if (g->n)
            printf("%s\t%s\t%s\t%u\t%.4f", label, variant, g->name, g->n, (double)g->kept / g->n);
        for (int who = 0; who < JUDGES; who++) {
            if (g->n)
                printf("\t%.4f\t%.4f\t%.4f%s", (double)g->top1[who] / g->n, (double)g->top3[who] / g->n,
                       macro(g, who, j->s->codes.n_codes), who + 1 < JUDGES ? "" : "\n");
            free(g->right[who]);
        }
        free(g->of_code);
    }
    if (j->foreign)
        printf("%s\t%s\tplanted\toutside\t%u\t%.4f\n", label, variant, j->foreign,
               1 - (double)j->rejected / j->foreign);
    fflush(stdout);
}

static void set_parameters(pt_mixture_params *p, pt_mapping_params *m, char *text) {
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
                      {"taught", &p->taught_weight},
                      {"written", &p->written_weight},
                      {"pa", &p->size_weight},
                      {"a", &p->seed_weight},
                      {"method", &p->method_penalty},
                      {"codes", &p->code_weight},
                      {"table", &p->table_lambda}};
        const struct {
            const char *name;
            float *field;
        } rules[] = {{"support", &m->least_support}};
        bool found = strcmp(pair, "steps") == 0;
        if (found)
            p->steps = (uint32_t)atoi(value);
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
            if (strcmp(pair, fields[i].name) == 0) {
                *fields[i].field = atof(value);
                found = true;
            }
        for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
            if (strcmp(pair, rules[i].name) == 0) {
                *rules[i].field = (float)atof(value);
                found = true;
            }
        if (!found) {
            fprintf(stderr, "%s: no such parameter\n", pair);
            exit(64);
        }
    }
}

/* Patents of a list, and what judges them. */
typedef struct lesson {
    bool *is_mine; /* [D]; NULL: all */
    pt_taught *taught;
} lesson;

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

static bool *list_of(const pt_session *s, const char *path) {
    FILE *f = fopen(path, "r");
    if (!f) {
        perror(path);
        exit(66);
    }
    char line[64];
    pt_intern *numbers = pt_intern_new();
    while (fgets(line, sizeof line, f))
        pt_intern_add(numbers, line, strcspn(line, "\r\n\t"));
    fclose(f);
    bool *is_mine = pt_zalloc(s->corpus->D, sizeof *is_mine);
    for (uint32_t d = 0; d < s->corpus->D; d++) {
        const char *number = s->documents->at[d].application_number;
        is_mine[d] = pt_intern_find(numbers, number, strlen(number)) != PT_NO_ID;
    }
    pt_intern_free(numbers);
    return is_mine;
}

static size_t read_lessons(const pt_session *s, const char *text, lesson out[MAX_GROUPS]) {
    char *copy = pt_strdup(text);
    pt_error err;
    size_t n = 0;
    for (char *part = strtok(copy, ","); part && n < MAX_GROUPS; part = strtok(NULL, ",")) {
        char *table = strchr(part, '=');
        if (table)
            *table++ = '\0';
        pt_taught_words *words;
        must(pt_taught_words_load(table ? table : part, s->items, &words, &err), &err);
        out[n++] = (lesson){table ? list_of(s, part) : NULL, pt_taught_words_of(words, s->corpus)};
        pt_taught_words_free(words);
    }
    free(copy);
    return n;
}

static void take_rows(const pt_evidence *from, const bool *is_mine, pt_evidence *to) {
    const size_t M = to->per_document;
    for (uint32_t d = 0; d < to->D; d++) {
        if (!is_mine[d])
            continue;
        memcpy(to->item + d * M, from->item + d * M, M * sizeof *to->item);
        memcpy(to->S + d * M, from->S + d * M, M * sizeof *to->S);
        memcpy(to->A + d * M, from->A + d * M, M * sizeof *to->A);
        memcpy(to->strongest + d * M, from->strongest + d * M, M * sizeof *to->strongest);
        memcpy(to->has_any_evidence + d * M, from->has_any_evidence + d * M, M);
        to->margin[d] = from->margin[d];
    }
}

/* Every patent by its own table; one that stands in no list by none. */
static pt_evidence *find_evidence(const pt_session *s, const pt_mixture_params *p, const lesson *lessons,
                                  size_t n) {
    pt_evidence *out = NULL;
    pt_error err;
    const pt_code_evidence *codes = p->code_weight > 0 ? &s->codes : NULL;
    const pt_table_evidence *table = p->table_lambda > 0 ? &s->table : NULL;
    if (n != 1 || lessons[0].is_mine)
        must(pt_evidence_find(s->corpus, s->seeds, codes, table, p, &out, &err), &err);
    for (size_t i = 0; i < n; i++) {
        pt_evidence *mine;
        s->seeds->taught = lessons[i].taught;
        must(pt_evidence_find(s->corpus, s->seeds, codes, table, p, &mine, &err), &err);
        s->seeds->taught = NULL;
        if (!lessons[i].is_mine)
            return mine;
        take_rows(mine, lessons[i].is_mine, out);
        pt_evidence_free(mine);
    }
    return out;
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
    const char *new_words = getenv("PATOPIC_NEW_WORDS");
    if (new_words)
        session.study->new_words = (uint32_t)strtoul(new_words, NULL, 10);
    const char *terms = getenv("PATOPIC_TERMS"),
               *name = getenv("PATOPIC_NAME") ? getenv("PATOPIC_NAME") : terms;
    if (terms) {
        const pt_terms_weights weights = terms_weights(terms);
        pt_terms_free(session.terms);
        must(
            pt_terms_new(session.items, session.analyzer, params.dict_folder, &weights, &session.terms, &err),
            &err);
    }
    must(pt_session_load(&session, &err), &err);
    pt_taught_free(session.seeds->taught);
    session.seeds->taught = NULL;
    lesson lessons[MAX_GROUPS];
    const char *taught = getenv("PATOPIC_TAUGHT") ? getenv("PATOPIC_TAUGHT") : "dict/taught_words.tsv";
    const size_t n_lessons = strcmp(taught, "none") == 0 ? 0 : read_lessons(&session, taught, lessons);
    judge j = {.s = &session};
    if (getenv("PATOPIC_RELIABILITY"))
        j.classes = fopen(getenv("PATOPIC_RELIABILITY"), "a");
    find_group(&j, "all\ttune");
    find_group(&j, "all\thold");
    read_who(&j, argv[2]);
    for (int v = 4; v < argc || v == 4; v++) {
        char *variant = pt_strdup(v < argc ? argv[v] : "-"), *colon = strchr(variant, ':');
        pt_mixture_params p = pt_mixture_params_default();
        pt_mapping_params rules = pt_mapping_params_default();
        if (colon) {
            *colon = '\0';
            set_parameters(&p, &rules, colon + 1);
        }
        session.evidence = find_evidence(&session, &p, lessons, n_lessons);
        pt_seeds *foreign =
            pt_terms_seeds(session.outside_terms, session.outside, session.corpus, NULL, NULL);
        float *outside = pt_seed_scores_best(session.corpus, foreign, 0);
        rules.outside = outside;
        session.mapping = pt_map(session.evidence, NULL, &rules);
        score(&j);
        if (j.classes)
            print_reliability(&j, argv[3]);
        print_groups(&j, argv[3], name ? name : variant);
        pt_mapping_free(session.mapping);
        pt_seeds_free(foreign);
        free(outside);
        pt_evidence_free(session.evidence);
        session.mapping = NULL;
        session.evidence = NULL;
        free(variant);
    }
    if (j.classes)
        fclose(j.classes);
    for (size_t i = 0; i < n_lessons; i++) {
        free(lessons[i].is_mine);
        pt_taught_free(lessons[i].taught);
    }
    pt_session_close(&session);
    pt_intern_free(j.numbers);
    free(j.group_of);
    free(j.truth_of);
    return 0;
}
