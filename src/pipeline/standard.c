/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/standard.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/mem.h"
#include "pipeline/session.h"
#include "study/item_check.h"
#include "study/item_diff.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_PATENTS = 5, PROPOSALS_PER_ITEM = 10 };

static pt_status load_store(pt_session *s, const pt_params *params, const pt_monitor *monitor,
                            pt_error *err) {
    if (!pt_file_exists(params->store))
        return pt_fail(err, PT_ERR_NO_INPUT, "%s: no such store; `patopic ingest` makes one", params->store);
    pt_status status = pt_session_open(s, params, monitor, err);
    if (!status)
        status = pt_session_tables(s, err);
    return status ? status : pt_session_load(s, err);
}

/* Items and terms alone. */
static pt_status load_terms(pt_session *s, const pt_params *params, pt_error *err) {
    *s = (pt_session){.params = params, .lock = -1};
    char *path = params->items ? pt_strdup(params->items) : pt_path_join(params->dict_folder, "items.tsv");
    char *standard = pt_path_join(params->dict_folder, "items.tsv");
    uint32_t n_without = 0;
    pt_status status = pt_items_load(path, &s->items, err);
    if (!status)
        status = pt_items_inherit(s->items, standard, &n_without, err);
    free(path);
    free(standard);
    if (!status)
        status = pt_lexicon_open(&s->lexicon, params->lexicon, err);
    if (status)
        return status;
    s->analyzer = pt_analyzer_new(s->lexicon);
    return pt_terms_new(s->items, s->analyzer, params->dict_folder, NULL, &s->terms, err);
}

pt_status pt_standard_check(const pt_params *params, pt_standard_use *use, void *user,
                            const pt_monitor *monitor, pt_error *err) {
    pt_session s = {.lock = -1};
    const pt_status status =
        params->store ? load_store(&s, params, monitor, err) : load_terms(&s, params, err);
    size_t n = 0;
    pt_seed_finding *finding = status ? NULL : pt_item_check(s.terms, s.corpus, &n);
    for (size_t i = 0; i < n; i++) {
        const pt_item *item = &s.items->at[finding[i].item];
        const pt_standard_row row = {.item_id = item->id,
                                     .item = item->name,
                                     .what = pt_seed_problem_name(finding[i].problem),
                                     .before = "",
                                     .after = finding[i].form,
                                     .patents = finding[i].patents,
                                     .others = finding[i].items};
        use(user, &row);
    }
    free(finding);
    pt_session_close(&s);
    return status;
}

static void tell_change(const pt_item_change *change, pt_standard_use *use, void *user) {
    const pt_item *item = change->after ? change->after : change->before;
    pt_standard_row row = {.item_id = item->id,
                           .item = item->name,
                           .what = pt_item_change_name(change->kind),
                           .before = "",
                           .after = ""};
    const pt_item *before = change->before, *after = change->after;
    switch (change->kind) {
    case PT_CHANGE_ADDED:
    case PT_CHANGE_REMOVED:
        break;
    case PT_CHANGE_RENAMED:
        row.before = before->name;
        row.after = after->name;
        break;
    case PT_CHANGE_RENUMBERED:
        row.before = before->id;
        row.after = after->id;
        break;
    case PT_CHANGE_MOVED:
        row.before = before->field;
        row.after = after->field;
        break;
    case PT_CHANGE_KIND:
        row.before = before->is_method ? "method" : "field";
        row.after = after->is_method ? "method" : "field";
        break;
    case PT_CHANGE_SEEDS:
        row.before = before->seeds;
        row.after = after->seeds;
        break;
    }
    use(user, &row);
}

pt_status pt_standard_diff(const pt_params *params, pt_standard_use *use, void *user, pt_error *err) {
    if (params->n_paths != 2)
        return pt_fail(err, PT_ERR_USAGE, "diff compares two files: the old edition and the new one");
    pt_items *before = NULL, *after = NULL;
    pt_status status = pt_items_load(params->paths[0], &before, err);
    if (!status)
        status = pt_items_load(params->paths[1], &after, err);
    size_t n = 0;
    pt_item_change *change = status ? NULL : pt_items_diff(before, after, &n);
    for (size_t i = 0; i < n; i++)
        tell_change(&change[i], use, user);
    free(change);
    pt_items_free(before);
    pt_items_free(after);
    return status;
}

pt_status pt_standard_suggest(const pt_params *params, pt_standard_use *use, void *user,
                              const pt_monitor *monitor, pt_error *err) {
    if (!params->store)
        return pt_fail(err, PT_ERR_USAGE, "seeds are proposed from patents: which store? --store FILE");
    pt_session s = {.lock = -1};
    pt_status status = load_store(&s, params, monitor, err);
    if (!status)
        status = pt_session_evidence(&s, err);
    size_t n = 0;
    pt_seed_proposal *proposal =
        status ? NULL : pt_item_suggest(s.terms, s.corpus, s.evidence, LEAST_PATENTS, PROPOSALS_PER_ITEM, &n);
    for (size_t i = 0; i < n; i++) {
        const pt_item *item = &s.items->at[proposal[i].item];
        const pt_standard_row row = {.item_id = item->id,
                                     .item = item->name,
                                     .what = "",
                                     .before = "",
                                     .after = s.corpus->form[proposal[i].word],
                                     .patents = proposal[i].patents,
                                     .others = proposal[i].of_item,
                                     .lift = proposal[i].lift};
        use(user, &row);
    }
    free(proposal);
    pt_session_close(&s);
    return status;
}

static const double least_taught = 0.5; /* smaller counts are dropped: three quarters of them, and no loss */

/* Digits of every line: application numbers are written with and without dashes. */
static pt_status read_numbers(const char *path, pt_intern *numbers, pt_error *err) {
    char *text;
    size_t n;
    const pt_status status = pt_file_read(path, &text, &n, err);
    if (status)
        return status;
    char digits[32];
    size_t length = 0;
    for (size_t i = 0; i <= n; i++) {
        const char c = i < n ? text[i] : '\n';
        if (isdigit((unsigned char)c) && length < sizeof digits)
            digits[length++] = c;
        else if (c == '\n' && length > 0) {
            pt_intern_add(numbers, digits, length);
            length = 0;
        }
    }
    free(text);
    return PT_OK;
}

static bool *left_out(const pt_session *s, const pt_intern *numbers) {
    bool *is_left_out = pt_zalloc(s->corpus->D, sizeof *is_left_out);
    for (uint32_t d = 0; d < s->corpus->D; d++) {
        const char *number = s->documents->at[d].application_number;
        is_left_out[d] = pt_intern_find(numbers, number, strlen(number)) != PT_NO_ID;
    }
    return is_left_out;
}

static void tell_taught(const pt_session *s, const bool *is_left_out, pt_standard_row_use *use, void *user) {
    pt_taught *taught = pt_taught_words_learn(s->corpus, &s->table, s->items->n, is_left_out, least_taught);
    pt_buf row = {0};
    use(user, "word\tshare\titems");
    for (uint32_t w = 0; w < s->corpus->V; w++) {
        pt_buf_clear(&row);
        if (pt_taught_words_row(taught, s->corpus, s->items, w, &row))
            use(user, pt_buf_text(&row));
    }
    pt_buf_free(&row);
    pt_taught_free(taught);
}

pt_status pt_standard_teach(const pt_params *params, pt_standard_row_use *use, void *user,
                            const pt_monitor *monitor, pt_error *err) {
    if (!params->store || params->n_paths > 1)
        return pt_fail(err, PT_ERR_USAGE,
                       "words are learned from patents: which store? --store FILE, and at most one list of "
                       "application numbers");
    pt_session s = {.lock = -1};
    pt_intern *numbers = pt_intern_new();
    pt_status status = params->n_paths ? read_numbers(params->paths[0], numbers, err) : PT_OK;
    if (!status)
        status = load_store(&s, params, monitor, err);
    if (!status && s.table.start[s.corpus->D] == 0)
        status =
            pt_fail(err, PT_ERR_NO_INPUT, "%s: no patent has a code that ipc_items.tsv knows", params->store);
    if (!status) {
        bool *is_left_out = left_out(&s, numbers);
        tell_taught(&s, is_left_out, use, user);
        free(is_left_out);
    }
    pt_intern_free(numbers);
    pt_session_close(&s);
    return status;
}
