/* SPDX-License-Identifier: Apache-2.0 */
/* Store to memory: the corpus of words, what the study knows of each patent, seeds, codes. */
#include "base/mem.h"
#include "base/rng.h"
#include "pipeline/session.h"

#include <stdlib.h>
#include <string.h>

typedef struct loading {
    pt_session *session;
    pt_corpus_builder *builder;
    PT_VEC(pt_document) documents;
    PT_VEC(pt_term) terms;
    PT_VEC(uint64_t) code_start; /* [D + 1] */
    PT_VEC(uint32_t) code;
    PT_VEC(uint64_t) table_start;
    PT_VEC(uint32_t) table_item;
    PT_VEC(float) table_value;
    pt_intern *code_names;
    float *row; /* [items] a patent's shares by the concordance */
} loading;

static void add_words(loading *l, const pt_stored_noun *nouns, size_t n, bool is_title) {
    pt_vec_clear(&l->terms);
    for (size_t i = 0; i < n; i++) {
        const pt_term term = {nouns[i].form, nouns[i].bytes, nouns[i].flags};
        pt_vec_push(&l->terms, term);
    }
    pt_terms_add(l->session->terms, l->builder, l->terms.at, l->terms.n, is_title);
}

/* By the inventors, as far as their addresses are told; false when none is. */
static bool judge_inventors(loading *l, const pt_stored_patent *patent, pt_document *document) {
    pt_session *s = l->session;
    pt_place *places = pt_alloc(patent->n_inventors, sizeof *places);
    const char **addresses = pt_alloc(patent->n_inventors, sizeof *addresses);
    size_t n = 0;
    for (size_t i = 0; i < patent->n_inventors; i++) {
        const pt_stored_party *party = &patent->inventors[i];
        const pt_place place = pt_region_parse(s->regions, party->address, party->country);
        if (place.rule == PT_REGION_UNKNOWN)
            continue;
        places[n] = place;
        addresses[n++] = party->address;
    }
    if (n > 0)
        pt_scope_judge(s->scope, places, addresses, n, document);
    free(places);
    free(addresses);
    return n > 0;
}

static void add_document(loading *l, const pt_stored_patent *patent) {
    pt_session *s = l->session;
    pt_document document = {
        .application_number = pt_strdup(patent->application_number),
        .title = pt_strdup(patent->title),
        .application_date = patent->application_date,
        .is_cut = patent->is_cut,
        .n_applicants = (uint32_t)patent->n_applicants,
        .applicant = pt_alloc(patent->n_applicants, sizeof *document.applicant),
    };
    const size_t first = s->places.n;
    const char **addresses = pt_alloc(patent->n_applicants, sizeof *addresses);
    for (size_t i = 0; i < patent->n_applicants; i++) {
        const pt_stored_party *party = &patent->applicants[i];
        document.applicant[i] = pt_intern_add(s->documents->names, party->name, strlen(party->name));
        const char *known = party->address[0] ? NULL : pt_addresses_find(s->addresses, party->name);
        addresses[i] = known ? known : party->address;
        const pt_place place = pt_region_parse(s->regions, addresses[i], party->country);
        pt_vec_push(&s->places, place);
    }
    bool is_placed = pt_scope_asks_inventors(s->scope) && judge_inventors(l, patent, &document);
    if (!is_placed)
        is_placed =
            pt_scope_judge(s->scope, s->places.at + first, addresses, patent->n_applicants, &document);
    if (!is_placed && document.in_period)
        s->documents->unknown_region++;
    free(addresses);
    pt_vec_push(&l->documents, document);
}

/* Subclass (4 characters) and main group of the main code: further codes with an equal voice cost .03 of the
 * agreement (bench/results/mapping.tsv). */
static void add_codes(loading *l, const pt_stored_patent *patent) {
    const char *code = patent->n_codes ? patent->codes[0] : "";
    const size_t group = strcspn(code, "/");
    if (group >= 4)
        pt_vec_push(&l->code, pt_intern_add(l->code_names, code, 4));
    if (group > 4)
        pt_vec_push(&l->code, pt_intern_add(l->code_names, code, group));
    pt_vec_push(&l->code_start, l->code.n);
    const uint32_t n_items = l->session->items->n;
    memset(l->row, 0, n_items * sizeof *l->row);
    if (patent->n_codes)
        pt_concordance_add(l->session->concordance, patent->codes[0], 1.0f, l->row);
    for (uint32_t k = 0; k < n_items; k++)
        if (l->row[k] > 0) {
            pt_vec_push(&l->table_item, k);
            pt_vec_push(&l->table_value, l->row[k]);
        }
    pt_vec_push(&l->table_start, l->table_item.n);
}

uint64_t pt_patent_key(const char *application_number) {
    uint64_t key = 0;
    for (const char *at = application_number; *at; at++)
        key = pt_rng_hash(key ^ (uint8_t)*at);
    return key;
}

static pt_status add_patent(void *user, const pt_stored_patent *patent, pt_error *err) {
    (void)err;
    loading *l = user;
    pt_corpus_builder_begin_document(l->builder);
    add_words(l, patent->title_nouns, patent->n_title_nouns, true);
    add_words(l, patent->abstract_nouns, patent->n_abstract_nouns, false);
    pt_corpus_builder_end_document(l->builder);
    add_document(l, patent);
    add_codes(l, patent);
    pt_vec_push(&l->session->patent_ids, patent->id);
    const uint64_t key = pt_patent_key(patent->application_number);
    pt_vec_push(&l->session->keys, key);
    return PT_OK;
}

static void keep_count(void *user, const char *name, uint64_t n) {
    pt_session *s = user;
    const pt_count count = {pt_strdup(name), n};
    pt_vec_push(&s->counts, count);
    if (strcmp(name, "quarantined") == 0)
        s->quarantined = n;
}

static void keep_source(void *user, const char *path, const char *digest, uint64_t patents,
                        uint64_t quarantined) {
    pt_session *s = user;
    const pt_source_row row = {
        .path = pt_strdup(path), .digest = pt_strdup(digest), .patents = patents, .quarantined = quarantined};
    pt_vec_push(&s->sources, row);
}

static pt_status build_corpus(loading *l, pt_error *err) {
    pt_session *s = l->session;
    for (uint32_t d = 0; d < s->documents->D; d++) {
        const uint32_t n = (uint32_t)pt_corpus_builder_length(l->builder, d);
        pt_vec_push(&s->lengths, n);
    }
    if (s->model && s->model->frozen && s->model->form)
        return pt_corpus_build_known(l->builder, s->model->form, s->model->V, &s->corpus, err);
    pt_corpus_params params = pt_corpus_params_default();
    params.min_patents_per_word = s->study->min_patents_per_word;
    params.max_share_of_patents = s->study->max_share_of_patents;
    PT_VEC(const char *) keep = {0};
    const char *const *forms = pt_terms_forms(s->terms, &params.n_keep);
    for (size_t i = 0; i < params.n_keep; i++)
        pt_vec_push(&keep, forms[i]);
    const pt_taught_words *const lists[] = {s->taught, s->written};
    for (size_t list = 0; list < 2; list++)
        for (uint32_t i = 0; lists[list] && i < pt_taught_words_count(lists[list]); i++)
            pt_vec_push(&keep, pt_taught_words_form(lists[list], i));
    params.keep = keep.at;
    params.n_keep = keep.n;
    const pt_status status = pt_corpus_build(l->builder, &params, &s->corpus, err);
    pt_vec_free(&keep);
    return status;
}

static void take_codes(loading *l) {
    pt_session *s = l->session;
    s->codes = (pt_code_evidence){pt_intern_count(l->code_names), l->code_start.at, l->code.at};
    s->table = (pt_table_evidence){l->table_start.at, l->table_item.at, l->table_value.at};
}

pt_status pt_session_load(pt_session *s, pt_error *err) {
    pt_session_stage(s, "load");
    loading l = {.session = s, .builder = pt_corpus_builder_new(), .code_names = pt_intern_new()};
    l.row = pt_zalloc(s->items->n, sizeof *l.row);
    s->documents = pt_zalloc(1, sizeof *s->documents);
    s->documents->names = pt_intern_new();
    pt_vec_push(&l.code_start, 0);
    pt_vec_push(&l.table_start, 0);
    pt_status status = pt_session_learn(s, err);
    if (!status)
        status = pt_store_each(s->store, add_patent, &l, s->monitor, err);
    s->documents->at = l.documents.at;
    s->documents->D = (uint32_t)l.documents.n;
    take_codes(&l);
    if (!status && l.documents.n == 0)
        status = pt_fail(err, PT_ERR_NO_INPUT, "%s: the store holds no patent; see its table quarantine",
                         s->store_path);
    if (!status)
        status = build_corpus(&l, err);
    if (!status)
        s->seeds = pt_terms_seeds(s->terms, s->items, s->corpus, s->monitor, NULL);
    if (!status && s->taught)
        s->seeds->taught = pt_taught_words_of(s->taught, s->corpus);
    if (!status && s->written)
        s->seeds->written = pt_taught_words_of(s->written, s->corpus);
    if (!status)
        status = pt_store_counters(s->store, keep_count, s, err);
    if (!status)
        status = pt_store_sources(s->store, keep_source, s, err);
    if (!status)
        status = pt_store_revision(s->store, &s->revision, err);
    pt_corpus_builder_free(l.builder);
    pt_intern_free(l.code_names);
    pt_vec_free(&l.terms);
    free(l.row);
    return status;
}
