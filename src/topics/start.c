/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/start.h"

#include "base/mem.h"
#include "base/rng.h"

#include <stdlib.h>

static const uint64_t STREAM = 0x7374617274696E67ULL; /* keeps these draws apart from those of sweeps */

void pt_start_boosts(pt_sampler *sampler, const pt_evidence *evidence, double lambda) {
    if (!evidence || lambda == 0)
        return;
    const size_t M = evidence->per_document;
    uint64_t n = 0;
    for (size_t i = 0; i < evidence->D * M; i++)
        n += evidence->q[i] >= PT_SMALLEST_Q;
    pt_boosts *boosts = &sampler->boosts;
    boosts->start = pt_alloc((size_t)evidence->D + 1, sizeof *boosts->start);
    boosts->topic = pt_alloc(n, sizeof *boosts->topic);
    boosts->value = pt_alloc(n, sizeof *boosts->value);
    uint64_t m = 0;
    for (uint32_t d = 0; d < evidence->D; d++) {
        boosts->start[d] = m;
        for (size_t i = d * M; i < (d + 1) * M; i++) {
            if (evidence->q[i] < PT_SMALLEST_Q)
                continue;
            boosts->topic[m] = (uint16_t)evidence->item[i];
            boosts->value[m++] = (float)(lambda * sampler->params.K * evidence->q[i]);
        }
    }
    boosts->start[evidence->D] = m;
}

/* An item of the document by q, PT_NO_TOPIC for what q leaves to items without an entry. */
static uint16_t draw_by_document(const pt_evidence *evidence, uint32_t d, double u) {
    const size_t M = evidence->per_document;
    for (size_t i = d * M; i < (d + 1) * M; i++) {
        u -= evidence->q[i];
        if (u < 0)
            return (uint16_t)evidence->item[i];
    }
    return PT_NO_TOPIC;
}

/* An item that has the word as keyword, by strength. */
static uint16_t draw_by_word(const pt_keywords *keywords, uint32_t w, double u) {
    double sum = 0;
    for (uint32_t i = keywords->use_start[w]; i < keywords->use_start[w + 1]; i++)
        sum += keywords->strength[keywords->use[i].pair];
    u *= sum;
    for (uint32_t i = keywords->use_start[w]; i < keywords->use_start[w + 1]; i++) {
        u -= keywords->strength[keywords->use[i].pair];
        if (u < 0)
            return (uint16_t)keywords->use[i].item;
    }
    return PT_NO_TOPIC;
}

void pt_start_topics(pt_sampler *sampler, const pt_evidence *evidence, uint32_t n_items) {
    const uint32_t K = sampler->params.K;
    const uint32_t first = n_items < K ? n_items : 0; /* of the topics for everything else */
    for (uint32_t d = 0; d < sampler->D; d++) {
        const uint64_t key = pt_rng_key(sampler->params.seed ^ STREAM, 0, sampler->first_doc + d),
                       begin = sampler->doc_start[d];
        for (uint64_t t = begin; t < sampler->doc_start[d + 1]; t++) {
            const bool to_item = n_items > 0 && (pt_rng_at(key, 3 * (t - begin)) >> 63 || first == 0);
            const double u = pt_rng_double(pt_rng_at(key, 3 * (t - begin) + 1));
            uint16_t topic = PT_NO_TOPIC;
            if (to_item && evidence)
                topic = draw_by_document(evidence, d, u);
            else if (to_item && sampler->keywords)
                topic = draw_by_word(sampler->keywords, sampler->word[t], u);
            if (topic == PT_NO_TOPIC)
                topic = (uint16_t)(first + pt_rng_below(pt_rng_at(key, 3 * (t - begin) + 2), K - first));
            sampler->z[t] = topic;
        }
    }
}
