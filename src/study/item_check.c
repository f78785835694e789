/* SPDX-License-Identifier: Apache-2.0 */
#include "study/item_check.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

static const double common_share = 0.05;

typedef struct findings {
    const pt_corpus *corpus;
    PT_VEC(pt_seed_finding) list;
} findings;

static int compare_forms(const void *a, const void *b) {
    const pt_seed_reading *x = *(const pt_seed_reading *const *)a, *y = *(const pt_seed_reading *const *)b;
    const int order = strcmp(x->form, y->form);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

/* For each reading the number of items with its form as a seed. */
static uint32_t *count_users(const pt_seed_reading *readings, size_t n) {
    const pt_seed_reading **sorted = pt_alloc(n, sizeof *sorted);
    uint32_t *users = pt_zalloc(n, sizeof *users);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &readings[i];
    pt_sort(sorted, n, sizeof *sorted, compare_forms);
    for (size_t from = 0, to; from < n; from = to) {
        uint32_t items = 0, last = UINT32_MAX;
        for (to = from; to < n && strcmp(sorted[to]->form, sorted[from]->form) == 0; to++)
            if (!sorted[to]->is_negative && sorted[to]->item != last) {
                last = sorted[to]->item;
                items++;
            }
        for (size_t i = from; i < to; i++)
            users[sorted[i] - readings] = items;
    }
    free(sorted);
    return users;
}

static uint32_t patents_with(const pt_corpus *corpus, const char *form) {
    const uint32_t word = corpus ? pt_corpus_find_word(corpus, form, strlen(form)) : PT_NO_ID;
    return word == PT_NO_ID ? 0 : corpus->doc_freq[word];
}

/* Readings [from, to) are those of one item. */
static void check_seed(findings *f, const pt_seed_reading *readings, size_t from, size_t to, size_t at,
                       uint32_t users) {
    const pt_seed_reading *seed = &readings[at];
    pt_seed_finding finding = {.item = seed->item,
                               .form = seed->form,
                               .patents = patents_with(f->corpus, seed->form),
                               .items = users};
    bool is[PT_PROBLEM_NEVER + 1] = {false};
    is[PT_PROBLEM_LOST] = seed->fate == PT_SEED_LOST;
    is[PT_PROBLEM_CUT] = seed->fate == PT_SEED_CUT;
    is[PT_PROBLEM_SHARED] = !seed->is_negative && users > 1;
    for (size_t i = from; i < to; i++) {
        const bool same = strcmp(readings[i].form, seed->form) == 0;
        if (!seed->is_negative && !readings[i].is_negative && !same && strstr(readings[i].form, seed->form))
            is[PT_PROBLEM_NESTED] = true;
        if (seed->is_negative && !readings[i].is_negative && same)
            is[PT_PROBLEM_AGAINST] = true;
    }
    if (f->corpus && !seed->is_negative) {
        is[PT_PROBLEM_COMMON] = finding.patents > common_share * f->corpus->D;
        is[PT_PROBLEM_NEVER] = finding.patents == 0;
    }
    for (pt_seed_problem p = 0; p <= PT_PROBLEM_NEVER; p++)
        if (is[p]) {
            finding.problem = p;
            pt_vec_push(&f->list, finding);
        }
}

pt_seed_finding *pt_item_check(const pt_terms *terms, const pt_corpus *corpus, size_t *n) {
    size_t n_readings;
    const pt_seed_reading *readings = pt_terms_readings(terms, &n_readings);
    uint32_t *users = count_users(readings, n_readings);
    findings f = {.corpus = corpus};
    for (size_t from = 0, to; from < n_readings; from = to) {
        for (to = from; to < n_readings && readings[to].item == readings[from].item;)
            to++;
        for (size_t i = from; i < to; i++)
            check_seed(&f, readings, from, to, i, users[i]);
    }
    free(users);
    *n = f.list.n;
    return f.list.at;
}

const char *pt_seed_problem_name(pt_seed_problem problem) {
    static const char *const names[] = {"lost", "cut", "shared", "nested", "against", "common", "never"};
    return names[problem];
}

static double worth(const pt_seed_proposal *p) {
    return (double)p->of_item * p->lift;
}

static int compare_proposals(const void *a, const void *b) {
    const pt_seed_proposal *x = a, *y = b;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    if (worth(x) != worth(y))
        return worth(x) > worth(y) ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word);
}

/* of_item [V][items] would be mostly zero: per word, the items of its patents are counted one word at a time
 * over the patents' words, listed by word. */
static void list_patents(const pt_corpus *corpus, uint64_t *start, uint32_t *doc) {
    for (uint32_t w = 0; w < corpus->V; w++)
        start[w + 1] = start[w] + corpus->doc_freq[w];
    uint64_t *next = pt_alloc(corpus->V, sizeof *next);
    memcpy(next, start, (size_t)corpus->V * sizeof *next);
    for (uint32_t d = 0; d < corpus->D; d++)
        for (uint64_t i = corpus->doc_start[d]; i < corpus->doc_start[d + 1]; i++) {
            const uint32_t w = corpus->word[i];
            if (next[w] == start[w] || doc[next[w] - 1] != d)
                doc[next[w]++] = d;
        }
    free(next);
}

static pt_seed_proposal propose(const pt_evidence *evidence, const uint32_t *doc, uint32_t n, uint32_t word,
                                uint32_t *count) {
    pt_seed_proposal p = {.word = word, .patents = n};
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t item = evidence->item[(size_t)doc[i] * evidence->per_document];
        if (++count[item] > p.of_item) {
            p.of_item = count[item];
            p.item = item;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        count[evidence->item[(size_t)doc[i] * evidence->per_document]] = 0;
    p.lift = evidence->log_ratio[word * evidence->row + p.item];
    return p;
}

pt_seed_proposal *pt_item_suggest(const pt_terms *terms, const pt_corpus *corpus, const pt_evidence *evidence,
                                  uint32_t least_patents, size_t most, size_t *n) {
    uint64_t *start = pt_zalloc((size_t)corpus->V + 1, sizeof *start), total = 0;
    for (uint32_t w = 0; w < corpus->V; w++)
        total += corpus->doc_freq[w];
    uint32_t *doc = pt_alloc(total, sizeof *doc), *count = pt_zalloc(evidence->n_items, sizeof *count);
    list_patents(corpus, start, doc);
    PT_VEC(pt_seed_proposal) list = {0};
    for (uint32_t w = 0; w < corpus->V; w++) {
        if (corpus->doc_freq[w] < least_patents || pt_terms_has(terms, corpus->form[w]))
            continue;
        const pt_seed_proposal p = propose(evidence, doc + start[w], corpus->doc_freq[w], w, count);
        if (2 * p.of_item >= p.patents && p.lift > 0)
            pt_vec_push(&list, p);
    }
    if (list.n)
        pt_sort(list.at, list.n, sizeof *list.at, compare_proposals);
    size_t kept = 0, of_item = 0;
    for (size_t i = 0; i < list.n; i++) {
        of_item = i && list.at[i].item == list.at[i - 1].item ? of_item + 1 : 0;
        if (of_item < most)
            list.at[kept++] = list.at[i];
    }
    free(start);
    free(doc);
    free(count);
    *n = kept;
    return list.at;
}
