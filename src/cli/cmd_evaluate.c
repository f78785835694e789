/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"
#include "base/mem.h"
#include "cli/stage_params.h"
#include "pipeline/evaluate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct measure {
    const char *name;
    double value; /* NAN = not measured */
    bool is_count;
} measure;

enum { MAX_MEASURES = 20 };

static size_t list_measures(const pt_evaluation *e, measure out[MAX_MEASURES]) {
    const double stable = e->seeds ? 1 : NAN;
    const measure list[] = {
        {"patents", (double)e->patents, true},
        {"coverage", e->coverage, false},
        {"coherence_npmi", e->coherence, false},
        {"coherence_cv", e->cv, false},
        {"topic_diversity", e->diversity, false},
        {"held_out_perplexity", e->perplexity, false},
        {"patents_with_known_code", e->codes_used ? NAN : (double)e->coded, true},
        {"agreement_top1", e->top1, false},
        {"agreement_top3", e->top3, false},
        {"agreement_macro_top1", e->macro, false},
        {"stability_seeds", stable * e->seeds, true},
        {"stability_top20_overlap", stable * e->overlap, false},
        {"stability_items_jaccard", stable * e->jaccard, false},
        {"seconds", e->seconds, false},
        {"peak_memory_mib", (double)e->peak_memory_bytes / (1 << 20), false},
    };
    const size_t n = sizeof list / sizeof list[0];
    for (size_t i = 0; i < n; i++)
        out[i] = list[i];
    return n;
}

static void print_table(const pt_evaluation *e) {
    measure list[MAX_MEASURES];
    const size_t n = list_measures(e, list);
    puts("measure\tvalue");
    for (size_t i = 0; i < n; i++)
        if (isnan(list[i].value))
            printf("%s\t\n", list[i].name);
        else
            printf("%s\t%.*f\n", list[i].name, list[i].is_count ? 0 : 4, list[i].value);
    if (e->coded == 0)
        return;
    puts("\nmargin_from\tpatents\tagreement");
    for (size_t i = 0; i < PT_MARGIN_CLASSES; i++)
        if (e->margin[i].patents)
            printf("%.1f\t%llu\t%.4f\n", e->margin[i].from, (unsigned long long)e->margin[i].patents,
                   (double)e->margin[i].right / (double)e->margin[i].patents);
}

static const char *const confidence_names[] = {"low", "medium", "high"};

static void print_confidence(const pt_evaluation *e) {
    puts("\nconfidence\tpatents\tagreement\tstated_from\tstated_to");
    for (int i = 0; i < 3; i++)
        if (e->confidence[i].patents)
            printf("%s\t%llu\t%.4f\t%.2f\t%.2f\n", confidence_names[i],
                   (unsigned long long)e->confidence[i].patents,
                   (double)e->confidence[i].right / (double)e->confidence[i].patents,
                   e->confidence[i].stated_low, e->confidence[i].stated_high);
}

static json_t *confidence_json(const pt_evaluation *e) {
    json_t *list = json_array();
    for (int i = 0; i < 3; i++)
        json_array_append_new(list, json_pack("{s:s,s:I,s:I,s:f,s:f}", "confidence", confidence_names[i],
                                              "patents", (json_int_t)e->confidence[i].patents, "right",
                                              (json_int_t)e->confidence[i].right, "stated_from",
                                              e->confidence[i].stated_low, "stated_to",
                                              e->confidence[i].stated_high));
    return list;
}

static void print_json(const pt_evaluation *e) {
    measure list[MAX_MEASURES];
    const size_t n = list_measures(e, list);
    json_t *root = json_object(), *margins = json_array();
    for (size_t i = 0; i < n; i++)
        json_object_set_new(root, list[i].name,
                            isnan(list[i].value) ? json_null()
                            : list[i].is_count   ? json_integer((json_int_t)list[i].value)
                                                 : json_real(list[i].value));
    json_object_set_new(root, "codes_used", json_boolean(e->codes_used));
    for (size_t i = 0; i < PT_MARGIN_CLASSES; i++)
        if (e->margin[i].patents)
            json_array_append_new(margins, json_pack("{s:f,s:I,s:I}", "margin_from", e->margin[i].from,
                                                     "patents", (json_int_t)e->margin[i].patents, "right",
                                                     (json_int_t)e->margin[i].right));
    json_object_set_new(root, "margins", margins);
    json_object_set_new(root, "confidences", confidence_json(e));
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    puts(text ? text : "{}");
    free(text);
    json_decref(root);
}

static pt_status evaluate(const pt_options *options, pt_console *console, pt_error *err) {
    pt_status status = pt_refuse_paths(options, "evaluate", err);
    if (status)
        return status;
    pt_stage_call call = pt_stage_call_make(options);
    const pt_evaluate_params what = {
        .held_out = options->held_out, .seeds = (uint32_t)options->seeds, .intrusion = options->intrusion};
    pt_evaluation e;
    status = pt_evaluate(&call.params, &what, &e, &console->monitor, err);
    pt_console_close(console);
    pt_stage_call_free(&call);
    if (status)
        return status;
    if (options->json) {
        print_json(&e);
    } else {
        print_table(&e);
        if (e.coded)
            print_confidence(&e);
    }
    return PT_OK;
}

const pt_command pt_cmd_evaluate = {
    "evaluate",
    PT_FOR_EVALUATE,
    "--store FILE --study FILE [--model FILE] [--held-out] [--seeds N] [--intrusion FILE] [--json]",
    "coherence, diversity, perplexity, stability, agreement with classification codes; TSV on stdout",
    "Agreement: a patent whose main code is in ipc_items.tsv counts as right when the best item (one of the\n"
    "best three) is among those that the code admits; macro = mean over subclasses. It is agreement, not\n"
    "accuracy, and it is left empty when the study uses codes (code_weight or table_weight over 0).\n"
    "Words that coded patents taught raise it on these very patents: with a table of your own "
    "(taught_words)\n"
    "judge patents that did not teach.\n"
    "Perplexity: every tenth patent is held out, topics from its words at even places, scored on the "
    "others.\n"
    "Two more tables give the agreement by margin (best log-odds minus the second) and by class of\n"
    "confidence, beside the agreement that is stated for the class.",
    evaluate,
};
