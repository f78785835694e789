/* SPDX-License-Identifier: Apache-2.0 */
/* One table names every key with its kind, default, range and meaning; parser, defaults, messages and help
 * all read it. */
#include "study/study.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/mem.h"
#include "base/vec.h"

#include <assert.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <string.h>

typedef enum kind { KIND_TEXT, KIND_U32, KIND_YEAR, KIND_U64, KIND_REAL, KIND_ASSIGNMENT, KIND_REFIT } kind;

typedef struct key {
    const char *section, *name;
    kind kind;
    size_t offset; /* of the field in pt_study */
    const char *initial;
    double low, high; /* of numbers */
    const char *meaning;
} key;

#define FIELD(f) offsetof(pt_study, f)
static const key keys[] = {
    {"study", "name", KIND_TEXT, FIELD(name), "study", 0, 0, "name of the folder of results"},
    {"study", "note", KIND_TEXT, FIELD(note), "", 0, 0, "shown on top of every report, in plain words"},
    {"study", "region", KIND_TEXT, FIELD(region), "", 0, 0,
     "a region, a list of them, or /pattern/ on addresses; empty: the whole store"},
    {"study", "reference", KIND_TEXT, FIELD(reference), "rest", 0, 0,
     "what the region is compared with: rest (of the store), none, or a region"},
    {"study", "industries", KIND_TEXT, FIELD(industries), "", 0, 0,
     "which items compete where: a TSV beside this file; themes: those of the standard; empty: Gimhae's "
     "nine"},
    {"study", "from", KIND_YEAR, FIELD(from), "0", 1900, 2100, "first year of application, 0: open"},
    {"study", "to", KIND_YEAR, FIELD(to), "0", 1900, 2100, "last year of application, 0: open"},
    {"study", "items", KIND_U32, FIELD(items), "26", 1, 10000, "leading items to select"},
    {"study", "technologies", KIND_U32, FIELD(technologies), "40", 1, 100000, "technologies to name"},
    {"study", "assignment", KIND_ASSIGNMENT, FIELD(assignment), "first", 0, 0,
     "whose address counts: first applicant, any, fractional, or inventors (each its share)"},
    {"study", "addresses", KIND_TEXT, FIELD(addresses), "", 0, 0,
     "TSV (applicant, address) for applicants whose source gives no address; beside this file"},
    {"model", "general_topics", KIND_U32, FIELD(general_topics), "40", 0, 10000, "topics beside the items"},
    {"model", "sweeps", KIND_U32, FIELD(sweeps), "60", 1, 100000, "sweeps of the sampler"},
    {"model", "seed", KIND_U64, FIELD(seed), "1", 0, 0, "seed of the random numbers"},
    {"model", "title_weight", KIND_REAL, FIELD(title_weight), "2", 1, 10,
     "a word of the title counts so often"},
    {"model", "code_weight", KIND_REAL, FIELD(code_weight), "0", 0, 10,
     "voice of classification codes in the mapping, learned from the store; 0: none, 0.8 is a good value"},
    {"model", "table_weight", KIND_REAL, FIELD(table_weight), "0", 0, 10,
     "voice of the table ipc_items.tsv in the mapping, 0: none, 0.1 is cautious"},
    {"model", "least_agreement", KIND_REAL, FIELD(least_agreement), "0", 0, 1,
     "a patent gets an item only where best items as sure as its own agree with codes at least so often "
     "(agreement.tsv: 0.6 to 0.8); 0: wherever something speaks for one"},
    {"model", "taught_words", KIND_TEXT, FIELD(taught_words), "", 0, 0,
     "words of the items as coded patents taught them: a TSV of `patopic items teach` beside this file; "
     "none; empty: "
     "those of the program"},
    {"model", "new_words", KIND_U32, FIELD(new_words), "0", 0, 1000000,
     "a word that the dictionary lacks, seen so often, with three particles behind it and three eojeols "
     "before "
     "it, is a noun; 0: none, 5 is good"},
    {"model", "collocations", KIND_U32, FIELD(collocations), "0", 0, 1000000,
     "two nouns that stand side by side so often, and more than by chance, become one term; 0: none, 10 is "
     "good"},
    {"model", "min_patents_per_word", KIND_U32, FIELD(min_patents_per_word), "3", 1, 1000000,
     "rarer words are dropped"},
    {"model", "max_share_of_patents", KIND_REAL, FIELD(max_share_of_patents), "0.4", 0.001, 1,
     "more frequent words are dropped"},
    {"score", "share", KIND_REAL, FIELD(w_share), "0", 0, 100,
     "weight of the share in the region; none, since the selection counts patents anyway"},
    {"score", "lq", KIND_REAL, FIELD(w_lq), "2", 0, 100, "weight of the shrunk location quotient"},
    {"score", "growth", KIND_REAL, FIELD(w_growth), "0", 0, 100,
     "weight of growth; none, since it is noise at few patents; 0.25 lets it speak"},
    {"score", "recency", KIND_REAL, FIELD(w_recency), "0", 0, 100, "weight of recency; the same"},
    {"score", "kappa", KIND_REAL, FIELD(kappa), "50", 0, 1000000,
     "patents of prior weight in the shrunk quotient"},
    {"score", "min_patents", KIND_REAL, FIELD(min_patents), "3", 0, 1000000,
     "items with fewer patents of the region come after all others"},
    {"update", "store", KIND_TEXT, FIELD(store), "patents.db", 0, 0, "store that updates go to"},
    {"update", "sources", KIND_TEXT, FIELD(sources), "", 0, 0, "files and folders to look for new patents"},
    {"update", "refit", KIND_REFIT, FIELD(refit), "auto", 0, 0,
     "when the model is fitted anew: auto (see below), always (the report of a run from scratch), never"},
    {"update", "refit_after_days", KIND_U32, FIELD(refit_after_days), "30", 1, 36500,
     "auto: the model is older than so many days and there are patents that it has not seen"},
    {"update", "refit_growth", KIND_REAL, FIELD(refit_growth), "0.01", 0, 1000,
     "auto: patents that it has not seen are over this share of those that it was fitted to"},
    {"update", "drift_limit", KIND_REAL, FIELD(drift_limit), "0.05", 0, 1,
     "auto: they differ by more than this beyond chance, in shares of items (Jensen-Shannon, bits), share of "
     "미분류 or of unknown words"},
    {"update", "keep_runs", KIND_U32, FIELD(keep_runs), "5", 1, 10000, "published runs to keep"},
};
enum { N_KEYS = sizeof keys / sizeof keys[0], MAX_QUOTA = 10000 };

static const char *const refit_names[] = {"auto", "always", "never"};

const char *pt_refit_rule_name(pt_refit_rule rule) {
    assert((size_t)rule < sizeof refit_names / sizeof refit_names[0]);
    return refit_names[rule];
}

static const char *const rule_names[] = {"first", "any", "fractional", "inventors"};

const char *pt_assignment_rule_name(pt_assignment_rule rule) {
    assert((size_t)rule < sizeof rule_names / sizeof rule_names[0]);
    return rule_names[rule];
}

typedef struct reading {
    pt_study *study;
    bool given[N_KEYS];
} reading;

/* Where a value stands, for messages. */
typedef struct place {
    const char *path;
    int line;
} place;

static pt_status parse_real(const char *text, double low, double high, const char *name, place at,
                            double *value, pt_error *err) {
    char *end;
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const double number = strtod_l(text, &end, c_locale);
    freelocale(c_locale);
    if (end == text || *end || !isfinite(number) || number < low || number > high)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%d: %s = %s: a number from %g to %g is wanted", at.path,
                       at.line, name, text, low, high);
    *value = number;
    return PT_OK;
}

static pt_status parse_whole(const char *text, uint64_t low, uint64_t high, const char *name, place at,
                             uint64_t *value, pt_error *err) {
    char *end;
    errno = 0;
    const unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || number < low || number > high)
        return pt_fail(err, PT_ERR_CONFIG, "%s:%d: %s = %s: a whole number from %llu to %llu is wanted",
                       at.path, at.line, name, text, (unsigned long long)low, (unsigned long long)high);
    *value = number;
    return PT_OK;
}

static pt_status parse_rule(const char *text, place at, pt_assignment_rule *rule, pt_error *err) {
    for (size_t i = 0; i < sizeof rule_names / sizeof rule_names[0]; i++)
        if (strcmp(text, rule_names[i]) == 0) {
            *rule = (pt_assignment_rule)i;
            return PT_OK;
        }
    return pt_fail(err, PT_ERR_CONFIG,
                   "%s:%d: assignment = %s: first, any, fractional or inventors is wanted", at.path, at.line,
                   text);
}

static pt_status parse_refit(const char *text, place at, pt_refit_rule *rule, pt_error *err) {
    for (size_t i = 0; i < sizeof refit_names / sizeof refit_names[0]; i++)
        if (strcmp(text, refit_names[i]) == 0) {
            *rule = (pt_refit_rule)i;
            return PT_OK;
        }
    return pt_fail(err, PT_ERR_CONFIG, "%s:%d: refit = %s: auto, always or never is wanted", at.path, at.line,
                   text);
}

static pt_status set(pt_study *study, const key *k, const char *value, place at, pt_error *err) {
    void *field = (char *)study + k->offset;
    uint64_t whole = 0;
    pt_status status = PT_OK;
    switch (k->kind) {
    case KIND_TEXT:
        free(*(char **)field);
        *(char **)field = pt_strdup(value);
        return PT_OK;
    case KIND_REAL:
        return parse_real(value, k->low, k->high, k->name, at, field, err);
    case KIND_ASSIGNMENT:
        return parse_rule(value, at, field, err);
    case KIND_REFIT:
        return parse_refit(value, at, field, err);
    case KIND_U64:
        return parse_whole(value, 0, UINT64_MAX, k->name, at, field, err);
    case KIND_YEAR:
        if (strcmp(value, "0") == 0)
            break;
        /* fall through */
    case KIND_U32:
        status = parse_whole(value, (uint64_t)k->low, (uint64_t)k->high, k->name, at, &whole, err);
        break;
    }
    if (!status)
        *(uint32_t *)field = (uint32_t)whole;
    return status;
}

static pt_status unknown_key(const char *section, const char *name, place at, pt_error *err) {
    pt_buf allowed = {0};
    bool is_section = false;
    for (size_t i = 0; i < N_KEYS; i++)
        if (strcmp(keys[i].section, section) == 0) {
            pt_buf_printf(&allowed, "%s%s", is_section ? ", " : "", keys[i].name);
            is_section = true;
        }
    pt_status status;
    if (is_section)
        status = pt_fail(err, PT_ERR_CONFIG, "%s:%d: unknown key '%s' in [%s]; allowed: %s", at.path, at.line,
                         name, section, pt_buf_text(&allowed));
    else if (!section[0])
        status =
            pt_fail(err, PT_ERR_CONFIG, "%s:%d: '%s' stands before any [section]", at.path, at.line, name);
    else
        status = pt_fail(err, PT_ERR_CONFIG,
                         "%s:%d: unknown section [%s]; allowed: study, model, score, quota, update", at.path,
                         at.line, section);
    pt_buf_free(&allowed);
    return status;
}

static pt_status add_quota(pt_study *study, const char *industry, const char *value, place at,
                           pt_error *err) {
    for (uint32_t i = 0; i < study->n_quota; i++)
        if (strcmp(study->quota[i].industry, industry) == 0)
            return pt_fail(err, PT_ERR_CONFIG, "%s:%d: '%s' is given twice", at.path, at.line, industry);
    uint64_t n = 0;
    const pt_status status = parse_whole(value, 0, MAX_QUOTA, industry, at, &n, err);
    if (status)
        return status;
    study->quota = pt_realloc(study->quota, study->n_quota + 1, sizeof *study->quota);
    study->quota[study->n_quota++] = (pt_quota){.industry = pt_strdup(industry), .n = (uint32_t)n};
    return PT_OK;
}

static pt_status on_entry(void *user, const char *section, const char *name, const char *value,
                          const char *path, int line, pt_error *err) {
    reading *r = user;
    const place at = {.path = path, .line = line};
    if (strcmp(section, "quota") == 0)
        return add_quota(r->study, name, value, at, err);
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
            continue;
        if (r->given[i])
            return pt_fail(err, PT_ERR_CONFIG, "%s:%d: '%s' is given twice", path, line, name);
        r->given[i] = true;
        return set(r->study, &keys[i], value, at, err);
    }
    return unknown_key(section, name, at, err);
}

static bool was_given(const reading *r, size_t offset) {
    for (size_t i = 0; i < N_KEYS; i++)
        if (keys[i].offset == offset)
            return r->given[i];
    return false;
}

/* What no single key can tell. */
static pt_status check_together(const reading *r, pt_error *err) {
    pt_study *s = r->study;
    if (!s->name[0] || s->name[0] == '.' || strchr(s->name, '/'))
        return pt_fail(err, PT_ERR_CONFIG, "%s: name = %s: it names a folder, so no '/' and no leading '.'",
                       s->path, s->name);
    if (s->from && s->to && s->from > s->to)
        return pt_fail(err, PT_ERR_CONFIG, "%s: from = %u is after to = %u", s->path, s->from, s->to);
    if (s->w_share + s->w_lq + s->w_growth + s->w_recency <= 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s: every weight in [score] is 0; give one of them a weight",
                       s->path);
    uint64_t total = 0;
    for (uint32_t i = 0; i < s->n_quota; i++)
        total += s->quota[i].n;
    if (s->n_quota && total == 0)
        return pt_fail(err, PT_ERR_CONFIG, "%s: every industry in [quota] has 0 items", s->path);
    if (s->n_quota && was_given(r, FIELD(items)) && total != s->items)
        return pt_fail(err, PT_ERR_CONFIG, "%s: the quotas add up to %llu, but items = %u", s->path,
                       (unsigned long long)total, s->items);
    if (s->n_quota)
        s->items = (uint32_t)total;
    if (!was_given(r, FIELD(technologies)) && s->technologies < s->items)
        s->technologies = s->items;
    if (s->technologies < s->items)
        return pt_fail(err, PT_ERR_CONFIG,
                       "%s: technologies = %u is less than items = %u; an item has at least one", s->path,
                       s->technologies, s->items);
    return PT_OK;
}

pt_study *pt_study_default(void) {
    pt_study *study = pt_zalloc(1, sizeof *study);
    study->path = pt_strdup("");
    for (size_t i = 0; i < N_KEYS; i++) {
        const pt_status status = set(study, &keys[i], keys[i].initial, (place){.path = "defaults"}, NULL);
        assert(!status);
        (void)status;
    }
    return study;
}

pt_status pt_study_load(const char *path, pt_study **out, pt_error *err) {
    *out = NULL;
    reading r = {.study = pt_study_default()};
    free(r.study->path);
    r.study->path = pt_strdup(path);
    pt_status status = pt_ini_read(path, on_entry, &r, err);
    if (!status)
        status = pt_file_digest(path, r.study->digest, err);
    if (!status)
        status = check_together(&r, err);
    if (status)
        pt_study_free(r.study);
    else
        *out = r.study;
    return status;
}

void pt_study_free(pt_study *study) {
    if (!study)
        return;
    for (size_t i = 0; i < N_KEYS; i++)
        if (keys[i].kind == KIND_TEXT)
            free(*(char **)((char *)study + keys[i].offset));
    for (uint32_t i = 0; i < study->n_quota; i++)
        free(study->quota[i].industry);
    free(study->quota);
    free(study->path);
    free(study);
}

char *pt_study_describe(void) {
    pt_buf text = {0};
    for (size_t i = 0; i < N_KEYS; i++) {
        if (i == 0 || strcmp(keys[i].section, keys[i - 1].section) != 0)
            pt_buf_printf(&text, "%s[%s]\n", i ? "\n" : "", keys[i].section);
        pt_buf_printf(&text, "; %s\n%s = %s\n", keys[i].meaning, keys[i].name, keys[i].initial);
    }
    pt_buf_puts(&text, "\n[quota]\n; industry = number of items, for any industry; instead of items above\n");
    return pt_buf_take(&text);
}
