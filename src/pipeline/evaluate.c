/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/evaluate.h"
#include "pipeline/session.h"
#include "topics/quality.h"

#include <math.h>
#include <stdlib.h>

enum { COHERENCE_WORDS = 10, DIVERSITY_WORDS = 25 };

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

pt_status pt_evaluate(const pt_params *params, pt_evaluation *out, const pt_monitor *monitor, pt_error *err) {
    *out = (pt_evaluation){0};
    pt_session session;
    pt_status status = pt_session_open(&session, params, monitor, err);
    if (!status)
        status = pt_session_tables(&session, err);
    if (!status)
        status = pt_session_load(&session, err);
    if (!status)
        status = pt_session_evidence(&session, err);
    if (!status)
        status = pt_session_read_model(&session, err);
    if (!status)
        status = pt_session_map(&session, err);
    if (!status) {
        out->patents = session.corpus->D;
        out->coverage = 1 - (double)session.mapping->unclassified / session.corpus->D;
        out->coherence = pt_quality_coherence(session.model, session.corpus, COHERENCE_WORDS, NULL);
        out->diversity = pt_quality_diversity(session.model, DIVERSITY_WORDS);
        judge(&session, out);
    }
    pt_session_close(&session);
    return status;
}
