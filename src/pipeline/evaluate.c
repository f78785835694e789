/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/evaluate.h"
#include "base/mem.h"
#include "pipeline/intrusion.h"
#include "pipeline/session.h"
#include "topics/quality.h"
#include "topics/train.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

enum { COHERENCE_WORDS = 10, DIVERSITY_WORDS = 25, OVERLAP_WORDS = 20, HELD_OUT_EVERY = 10 };
static const double margin_step = 0.5;

/* Sums by main code, which loading keeps as the first code of a patent (its subclass). */
typedef struct code_tally {
    uint32_t n, right;
} code_tally;

static bool admits(const pt_table_evidence *table, uint32_t d, uint32_t item) {
    for (uint64_t i = table->start[d]; i < table->start[d + 1]; i++)
        if (table->item[i] == item)
            return true;
    return false;
}

static size_t class_of(double margin) {
    const double at = margin / margin_step;
    return at >= PT_MARGIN_CLASSES - 1 ? PT_MARGIN_CLASSES - 1 : (size_t)at;
}

/* The order of S alone, without abstention: every coded patent is judged. */
static void judge(const pt_session *s, pt_evaluation *out) {
    code_tally *tally = pt_zalloc(s->codes.n_codes + 1, sizeof *tally);
    uint64_t right1 = 0, right3 = 0;
    for (uint32_t d = 0; d < s->corpus->D; d++) {
        if (s->table.start[d] == s->table.start[d + 1])
            continue;
        const uint32_t *item = s->evidence->item + (size_t)d * s->evidence->per_document;
        const bool first = admits(&s->table, d, item[0]);
        bool any = first;
        for (uint32_t r = 1; r < 3 && r < s->evidence->per_document; r++)
            any = any || admits(&s->table, d, item[r]);
        out->coded++;
        pt_margin_class *margin = &out->margin[class_of(s->evidence->margin[d])];
        margin->patents++;
        margin->right += first;
        if (s->mapping->start[d] < s->mapping->start[d + 1]) {
            out->confidence[s->mapping->confidence[d]].patents++;
            out->confidence[s->mapping->confidence[d]].right += first;
        }
        right1 += first;
        right3 += any;
        const uint32_t code = s->codes.code[s->codes.start[d]];
        tally[code].n++;
        tally[code].right += first;
    }
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t c = 0; c < s->codes.n_codes; c++)
        if (tally[c].n) {
            sum += (double)tally[c].right / tally[c].n;
            n++;
        }
    free(tally);
    out->top1 = out->coded ? (double)right1 / (double)out->coded : NAN;
    out->top3 = out->coded ? (double)right3 / (double)out->coded : NAN;
    out->macro = n ? sum / n : NAN;
}

/* Trained on nine of ten patents, scored on the tenth. */
static pt_status held_out(pt_session *s, double *perplexity, pt_error *err) {
    const uint32_t D = s->corpus->D;
    bool *is_kept = pt_alloc(D, sizeof *is_kept), *is_held = pt_alloc(D, sizeof *is_held);
    for (uint32_t d = 0; d < D; d++) {
        is_held[d] = d % HELD_OUT_EVERY == HELD_OUT_EVERY - 1;
        is_kept[d] = !is_held[d];
    }
    pt_corpus *kept = pt_corpus_select(s->corpus, is_kept), *held = pt_corpus_select(s->corpus, is_held);
    pt_mixture_params mixture = pt_mixture_params_default();
    mixture.threads = s->params->threads;
    pt_evidence *evidence = NULL;
    pt_model *model = NULL;
    pt_status status = pt_evidence_find(kept, s->seeds, NULL, NULL, &mixture, &evidence, err);
    if (!status) {
        const pt_train_params train = pt_session_train_params(s);
        status = pt_train(kept, s->seeds, evidence, &train, &model, s->monitor, err);
    }
    if (!status)
        status = pt_quality_perplexity(model, held, s->params->threads, perplexity, err);
    pt_model_free(model);
    pt_evidence_free(evidence);
    pt_corpus_free(kept);
    pt_corpus_free(held);
    free(is_kept);
    free(is_held);
    return status;
}

static double jaccard(const pt_selection *a, const pt_selection *b) {
    uint32_t common = 0;
    for (uint32_t i = 0; i < a->n; i++)
        common += pt_selection_has(b, a->at[i].item);
    return (double)common / (a->n + b->n - common);
}

/* Mapping and selection with the session's model. */
static pt_status select_again(pt_session *s, pt_error *err) {
    pt_mapping_free(s->mapping);
    pt_indicators_free(s->indicators);
    pt_selection_free(s->selection);
    s->mapping = NULL;
    s->indicators = NULL;
    s->selection = NULL;
    const pt_status status = pt_session_map(s, err);
    return status ? status : pt_session_select(s, err);
}

/* Seeds of the models: the study's, and those after it. The first is the model at hand. */
static pt_status stability(pt_session *s, uint32_t n, pt_evaluation *out, pt_error *err) {
    pt_status status = pt_session_select(s, err);
    pt_model *first = s->model;
    pt_selection *chosen = s->selection;
    s->selection = NULL;
    for (uint32_t i = 1; i < n && !status; i++) {
        pt_train_params train = pt_session_train_params(s);
        train.seed += i;
        s->model = NULL;
        status = pt_train(s->corpus, s->seeds, s->evidence, &train, &s->model, s->monitor, err);
        if (!status)
            status = select_again(s, err);
        if (!status) {
            out->overlap += pt_quality_overlap(first, s->model, OVERLAP_WORDS) / (n - 1);
            out->jaccard += jaccard(chosen, s->selection) / (n - 1);
        }
        pt_model_free(s->model);
    }
    out->seeds = n;
    s->model = first;
    pt_selection_free(chosen);
    return status;
}

static pt_status measure(pt_session *s, const pt_evaluate_params *what, pt_evaluation *out, pt_error *err) {
    out->patents = s->corpus->D;
    out->coverage = 1 - (double)s->mapping->unclassified / s->corpus->D;
    out->coherence = pt_quality_coherence(s->model, s->corpus, COHERENCE_WORDS, NULL);
    out->cv = pt_quality_cv(s->model, s->corpus, COHERENCE_WORDS, NULL);
    out->diversity = pt_quality_diversity(s->model, DIVERSITY_WORDS);
    out->codes_used = s->study->code_weight > 0 || s->study->table_weight > 0;
    if (!out->codes_used)
        judge(s, out);
    if (!out->codes_used && out->coded > 0 && s->taught && s->study->taught_words[0])
        pt_say(s->monitor, PT_LEVEL_WARN,
               "%s: the agreement is too high where patents of this store taught these words; see "
               "`patopic help evaluate`",
               s->study->taught_words);
    pt_status status = PT_OK;
    if (what->intrusion)
        status = pt_intrusion_write(s->model, s->study->seed, what->intrusion, err);
    if (!status && what->held_out)
        status = held_out(s, &out->perplexity, err);
    if (!status && what->seeds > 1)
        status = stability(s, what->seeds, out, err);
    return status;
}

static double seconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

pt_status pt_evaluate(const pt_params *params, const pt_evaluate_params *what, pt_evaluation *out,
                      const pt_monitor *monitor, pt_error *err) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    *out = (pt_evaluation){.perplexity = NAN, .top1 = NAN, .top3 = NAN, .macro = NAN};
    for (size_t i = 0; i < PT_MARGIN_CLASSES; i++)
        out->margin[i].from = margin_step * (double)i;
    for (int i = PT_CONFIDENCE_LOW; i <= PT_CONFIDENCE_HIGH; i++) {
        const pt_agreement stated = pt_confidence_agreement((pt_confidence)i);
        out->confidence[i].stated_low = stated.low;
        out->confidence[i].stated_high = stated.high;
    }
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = pt_session_tables(&session, err);
    if (!status)
        status = pt_session_read_model(&session, err);
    if (!status)
        status = pt_session_load(&session, err);
    if (!status)
        status = pt_session_judge(&session, err);
    if (!status)
        status = pt_session_map(&session, err);
    if (!status)
        status = measure(&session, what, out, err);
    pt_session_close(&session);
    out->seconds = seconds_since(&start);
    out->peak_memory_bytes = pt_peak_memory_bytes();
    return status;
}
