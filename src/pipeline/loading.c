/* SPDX-License-Identifier: Apache-2.0 */
/* Store to memory: the corpus of words, what the study knows of each patent, seeds, codes. */
#include "base/mem.h"
#include "base/rng.h"
#include "pipeline/patent_words.h"

#include <stdlib.h>
#include <string.h>

typedef struct loading {
    pt_session *session;
    pt_patent_words words;
    PT_VEC(pt_document) documents;
} loading;

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

uint64_t pt_patent_key(const char *application_number) {
    uint64_t key = 0;
    for (const char *at = application_number; *at; at++)
        key = pt_rng_hash(key ^ (uint8_t)*at);
    return key;
}

static pt_status add_patent(void *user, const pt_stored_patent *patent, pt_error *err) {
    (void)err;
    loading *l = user;
    pt_patent_words_add(&l->words, patent);
    pt_patent_words_add_codes(&l->words, patent);
    add_document(l, patent);
    pt_vec_push(&l->session->patent_ids, patent->id);
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

pt_corpus_params pt_session_corpus_params(const pt_session *s, const char ***keep) {
    size_t n_forms;
    const char *const *forms = pt_terms_forms(s->terms, &n_forms);
    const pt_taught_words *const lists[] = {s->taught, s->written};
    size_t n = n_forms;
    for (size_t list = 0; list < 2; list++)
        n += lists[list] ? pt_taught_words_count(lists[list]) : 0;
    *keep = pt_alloc(n, sizeof **keep);
    for (size_t i = 0; i < n_forms; i++)
        (*keep)[i] = forms[i];
    n = n_forms;
    for (size_t list = 0; list < 2; list++)
        for (uint32_t i = 0; lists[list] && i < pt_taught_words_count(lists[list]); i++)
            (*keep)[n++] = pt_taught_words_form(lists[list], i);
    pt_corpus_params params = pt_corpus_params_default();
    params.min_patents_per_word = s->study->min_patents_per_word;
    params.max_share_of_patents = s->study->max_share_of_patents;
    params.keep = *keep;
    params.n_keep = n;
    return params;
}

pt_seeds *pt_session_seeds(const pt_session *s) {
    pt_seeds *seeds = pt_terms_seeds(s->terms, s->items, s->corpus, s->monitor, NULL);
    if (s->taught)
        seeds->taught = pt_taught_words_of(s->taught, s->corpus);
    if (s->written)
        seeds->written = pt_taught_words_of(s->written, s->corpus);
    return seeds;
}

static pt_status build_corpus(loading *l, pt_error *err) {
    pt_session *s = l->session;
    const pt_corpus_builder *builder = l->words.builder;
    for (uint32_t d = 0; d < s->documents->D; d++) {
        const uint32_t n = (uint32_t)pt_corpus_builder_length(builder, d);
        pt_vec_push(&s->lengths, n);
    }
    if (s->model && s->model->frozen && s->model->form)
        return pt_corpus_build_known(builder, s->model->form, s->model->V, &s->corpus, err);
    const char **keep;
    const pt_corpus_params params = pt_session_corpus_params(s, &keep);
    const pt_status status = pt_corpus_build(builder, &params, &s->corpus, err);
    free(keep);
    return status;
}

/* Of the documents; the session frees them. */
static void take_codes(pt_session *s, pt_patent_words *words) {
    s->codes = pt_patent_words_codes(words);
    s->table = pt_patent_words_table(words);
    for (size_t d = 0; d < words->keys.n; d++)
        pt_vec_push(&s->keys, words->keys.at[d]);
    words->code_start.at = NULL;
    words->code.at = NULL;
    words->table_start.at = NULL;
    words->table_item.at = NULL;
    words->table_value.at = NULL;
}

pt_status pt_session_load(pt_session *s, pt_error *err) {
    pt_session_stage(s, "load");
    loading l = {.session = s};
    pt_patent_words_open(&l.words, s);
    s->documents = pt_zalloc(1, sizeof *s->documents);
    s->documents->names = pt_intern_new();
    pt_status status = pt_session_learn(s, err);
    if (!status)
        status = pt_store_each(s->store, add_patent, &l, s->monitor, err);
    s->documents->at = l.documents.at;
    s->documents->D = (uint32_t)l.documents.n;
    take_codes(s, &l.words);
    if (!status && l.documents.n == 0)
        status = pt_fail(err, PT_ERR_NO_INPUT, "%s: the store holds no patent; see its table quarantine",
                         s->store_path);
    if (!status)
        status = build_corpus(&l, err);
    if (!status)
        s->seeds = pt_session_seeds(s);
    if (!status)
        status = pt_store_counters(s->store, keep_count, s, err);
    if (!status)
        status = pt_store_sources(s->store, keep_source, s, err);
    if (!status)
        status = pt_store_revision(s->store, &s->revision, err);
    pt_patent_words_close(&l.words);
    return status;
}
