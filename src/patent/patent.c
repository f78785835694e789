/* SPDX-License-Identifier: Apache-2.0 */
/* patent.c - life of a patent record, and the order of records of the same application. */
#include "patent/patent.h"
#include <string.h>

void pt_patent_init(pt_patent *patent) {
    memset(patent, 0, sizeof *patent);
}

static void free_parties(pt_parties *parties) {
    for (size_t i = 0; i < parties->n; i++) {
        free(parties->at[i].name);
        free(parties->at[i].address);
        free(parties->at[i].country);
    }
    pt_vec_free(parties);
}

void pt_patent_free(pt_patent *patent) {
    if (patent == NULL)
        return;
    free(patent->application_number);
    free(patent->country);
    free(patent->title);
    free(patent->title_en);
    free(patent->abstract);
    free(patent->registration_number);
    free(patent->status);
    for (size_t i = 0; i < patent->claims.n; i++)
        free(patent->claims.at[i]);
    pt_vec_free(&patent->claims);
    pt_vec_free(&patent->codes);
    free_parties(&patent->applicants);
    free_parties(&patent->inventors);
    pt_patent_init(patent);
}

void pt_patent_take(pt_patent *to, pt_patent *from) {
    *to = *from;
    pt_patent_init(from);
}

static int compare_sizes(size_t a, size_t b) {
    return (a > b) - (a < b);
}

static size_t text_bytes(const char *text) {
    return text == NULL ? 0 : strlen(text);
}

static int compare_texts(const char *a, const char *b) {
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static size_t addresses(const pt_patent *patent) {
    size_t n = 0;
    for (size_t i = 0; i < patent->applicants.n; i++)
        n += text_bytes(patent->applicants.at[i].address) > 0;
    for (size_t i = 0; i < patent->inventors.n; i++)
        n += text_bytes(patent->inventors.at[i].address) > 0;
    return n;
}

static size_t dates_known(const pt_patent *patent) {
    return (patent->application_date != 0) + (patent->open_date != 0) + (patent->publication_date != 0) +
           (patent->registration_date != 0);
}

static int compare_parties(const pt_parties *a, const pt_parties *b) {
    int order = compare_sizes(a->n, b->n);
    for (size_t i = 0; order == 0 && i < a->n; i++) {
        order = compare_texts(a->at[i].name, b->at[i].name);
        if (order == 0)
            order = compare_texts(a->at[i].address, b->at[i].address);
        if (order == 0)
            order = compare_texts(a->at[i].country, b->at[i].country);
    }
    return order;
}

static int compare_codes(const pt_codes *a, const pt_codes *b) {
    int order = compare_sizes(a->n, b->n);
    for (size_t i = 0; order == 0 && i < a->n; i++) {
        order = compare_sizes(a->at[i].scheme, b->at[i].scheme);
        if (order == 0)
            order = strcmp(a->at[i].symbol, b->at[i].symbol);
    }
    return order;
}

static int compare_claims(const pt_texts *a, const pt_texts *b) {
    int order = compare_sizes(a->n, b->n);
    for (size_t i = 0; order == 0 && i < a->n; i++)
        order = compare_texts(a->at[i], b->at[i]);
    return order;
}

/* Content alone, where neither record is fuller. A later date wins: it is the newer state of the file. */
static int compare_content(const pt_patent *a, const pt_patent *b) {
    const int by[] = {
        compare_sizes(a->registration_date, b->registration_date),
        compare_sizes(a->publication_date, b->publication_date),
        compare_sizes(a->open_date, b->open_date),
        compare_sizes(a->application_date, b->application_date),
        compare_sizes(text_bytes(a->title), text_bytes(b->title)),
        compare_texts(a->title, b->title),
        compare_texts(a->title_en, b->title_en),
        compare_texts(a->abstract, b->abstract),
        compare_texts(a->status, b->status),
        compare_texts(a->registration_number, b->registration_number),
        compare_texts(a->application_number, b->application_number),
        compare_texts(a->country, b->country),
        compare_sizes(a->kind, b->kind),
        compare_parties(&a->applicants, &b->applicants),
        compare_parties(&a->inventors, &b->inventors),
        compare_codes(&a->codes, &b->codes),
        compare_claims(&a->claims, &b->claims),
    };
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i] != 0)
            return by[i];
    return 0;
}

int pt_patent_fullness(const pt_patent *a, const pt_patent *b) {
    const int by[] = {
        compare_sizes(a->form, b->form),
        compare_sizes(!a->is_cut, !b->is_cut),
        compare_sizes(text_bytes(a->abstract), text_bytes(b->abstract)),
        compare_sizes(addresses(a), addresses(b)),
        compare_sizes(a->applicants.n + a->inventors.n, b->applicants.n + b->inventors.n),
        compare_sizes(a->claims.n, b->claims.n),
        compare_sizes(a->codes.n, b->codes.n),
        compare_sizes(dates_known(a), dates_known(b)),
    };
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i] != 0)
            return by[i];
    return compare_content(a, b);
}
