/* SPDX-License-Identifier: Apache-2.0 */
/* Compounds that the patents of a study teach, and the table of them beside the model (learned_terms.tsv). */
#include "base/file.h"
#include "base/mem.h"
#include "pipeline/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void use_learned(pt_session *s) {
    pt_terms_forget_phrases(s->terms);
    for (size_t i = 0; i < s->learned.n; i++)
        pt_terms_add_phrase(s->terms, s->learned.at[i].term);
}

static char *beside_model(const pt_session *s, const char *name) {
    const char *slash = strrchr(s->model_path, '/');
    return pt_strfmt("%.*s%s", slash ? (int)(slash + 1 - s->model_path) : 0, s->model_path, name);
}

static char *learned_path(const pt_session *s) {
    return beside_model(s, "learned_terms.tsv");
}

char *pt_session_new_words_path(const pt_session *s) {
    return beside_model(s, "new_words.tsv");
}

pt_status pt_session_read_learned(pt_session *s, pt_error *err) {
    char *path = learned_path(s);
    const pt_status status = pt_file_exists(path) ? pt_collocations_read(&s->learned, path, err) : PT_OK;
    free(path);
    use_learned(s);
    return status;
}

pt_status pt_session_keep_learned(const pt_session *s, pt_error *err) {
    char *path = learned_path(s);
    pt_status status = PT_OK;
    if (s->learned.n)
        status = pt_collocations_write(&s->learned, path, err);
    else
        remove(path); /* most often it is not there */
    free(path);
    path = pt_session_new_words_path(s);
    if (!status)
        status = pt_session_keep_new_words(s, path, err);
    free(path);
    return status;
}

typedef struct learner {
    const pt_terms *terms;
    pt_collocation_counts *counts;
    PT_VEC(pt_term) nouns;
} learner;

static void count_words(learner *l, const pt_stored_noun *nouns, size_t n) {
    pt_vec_clear(&l->nouns);
    for (size_t i = 0; i < n; i++)
        pt_vec_push(&l->nouns, ((pt_term){nouns[i].form, nouns[i].bytes, nouns[i].flags}));
    pt_collocation_counts_add(l->counts, l->terms, l->nouns.at, n);
}

static pt_status count_patent(void *user, const pt_stored_patent *patent, pt_error *err) {
    (void)err;
    count_words(user, patent->title_nouns, patent->n_title_nouns);
    count_words(user, patent->abstract_nouns, patent->n_abstract_nouns);
    return PT_OK;
}

/* Each round joins what the ones before it found to one part more, or to another such term: three give terms
 * of up to eight parts. */
static pt_status learn_compounds(pt_session *s, pt_error *err) {
    enum { ROUNDS = 3 };
    pt_collocation_params params = pt_collocation_params_default();
    params.min_count = s->study->collocations;
    learner from = {.terms = s->terms};
    pt_status status = PT_OK;
    size_t fresh = 1;
    for (int round = 0; round < ROUNDS && fresh && !status; round++) {
        from.counts = pt_collocation_counts_new(round ? &s->learned : NULL);
        status = pt_store_each(s->store, count_patent, &from, s->monitor, err);
        if (!status)
            fresh = pt_collocations_learn(from.counts, &params, &s->learned);
        pt_collocation_counts_free(from.counts);
    }
    pt_vec_free(&from.nouns);
    return status;
}

pt_status pt_session_learn(pt_session *s, pt_error *err) {
    if (s->model)
        return pt_session_read_learned(s, err);
    const pt_status learned = pt_session_learn_words(s, err);
    if (learned)
        return learned;
    use_learned(s);
    if (s->study->collocations == 0)
        return PT_OK;
    const pt_status status = learn_compounds(s, err);
    use_learned(s);
    if (!status)
        pt_say(s->monitor, PT_LEVEL_INFO, "load: %zu compounds learned", s->learned.n);
    return status;
}
