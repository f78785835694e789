/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/model.h"

#include "base/mem.h"
#include "topics/frozen.h"
#include "topics/kernel.h"

#include <stdlib.h>
#include <string.h>

void pt_model_free(pt_model *model) {
    if (!model)
        return;
    for (uint32_t w = 0; model->form && w < model->V; w++)
        free(model->form[w]);
    free(model->form);
    free(model->alpha);
    free(model->word_start);
    free(model->topic);
    free(model->count);
    free(model->topic_total);
    free(model->keyword_start);
    free(model->keyword);
    free(model->keyword_strength);
    free(model->keyword_count);
    free(model->theta_topic);
    free(model->theta);
    free(model->sweep);
    free(model->known);
    pt_frozen_free(model->frozen);
    free(model);
}

/* phi_kw = full_k (n_kw - n1_kw + beta) + key_k (n1_kw + keyword_mass u_kw), formulas in train.h. */
typedef struct factors {
    double full, key;
} factors;

static factors factors_of(const pt_model *model, uint32_t k) {
    const double n = (double)model->topic_total[k], mass = model->V * model->beta;
    if (k >= model->n_items || model->keyword_start[k] == model->keyword_start[k + 1])
        return (factors){1 / (n + mass), 0};
    double n1 = 0, strength = 0;
    for (uint32_t i = model->keyword_start[k]; i < model->keyword_start[k + 1]; i++) {
        n1 += model->keyword_count[i];
        strength += model->keyword_strength[i];
    }
    const double pi = (n1 + model->gamma1) / (n + model->gamma0 + model->gamma1);
    return (factors){(1 - pi) / (n - n1 + mass), pi / (n1 + model->keyword_mass * strength)};
}

static double keyword_part(const pt_model *model, factors f, uint32_t i) {
    return (model->keyword_count[i] + model->keyword_mass * model->keyword_strength[i]) * f.key -
           model->keyword_count[i] * f.full;
}

float *pt_model_phi(const pt_model *model, size_t *row) {
    const size_t n = ((size_t)model->K + PT_KERNEL_ROW - 1) / PT_KERNEL_ROW * PT_KERNEL_ROW;
    float *phi = pt_zalloc_aligned(model->V * n, sizeof *phi);
    factors *f = pt_alloc(model->K, sizeof *f);
    for (uint32_t k = 0; k < model->K; k++)
        f[k] = factors_of(model, k);
    for (uint32_t w = 0; w < model->V; w++) {
        float *of_word = phi + w * n;
        for (uint32_t k = 0; k < model->K; k++)
            of_word[k] = (float)(model->beta * f[k].full);
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            of_word[model->topic[i]] = (float)((model->count[i] + model->beta) * f[model->topic[i]].full);
    }
    for (uint32_t k = 0; k < model->n_items; k++)
        for (uint32_t i = model->keyword_start[k]; i < model->keyword_start[k + 1]; i++)
            phi[model->keyword[i] * n + k] += (float)keyword_part(model, f[k], i);
    free(f);
    *row = n;
    return phi;
}

static bool find_keyword(const pt_model *model, uint32_t k, uint32_t w, uint32_t *at) {
    if (k >= model->n_items)
        return false;
    uint32_t low = model->keyword_start[k], high = model->keyword_start[k + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (model->keyword[middle] < w)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return low < model->keyword_start[k + 1] && model->keyword[low] == w;
}

static void consider(const pt_model *model, factors f, uint64_t cell, uint32_t w, size_t n, pt_top_word *top,
                     size_t *n_found) {
    const uint32_t k = model->topic[cell];
    uint32_t pair = 0;
    const bool is_seed = find_keyword(model, k, w, &pair);
    const double p =
        (model->count[cell] + model->beta) * f.full + (is_seed ? keyword_part(model, f, pair) : 0);
    if (n == 0 || (*n_found == n && p <= top[n - 1].probability))
        return;
    size_t i = *n_found < n ? (*n_found)++ : n - 1;
    for (; i > 0 && top[i - 1].probability < p; i--)
        top[i] = top[i - 1];
    top[i] = (pt_top_word){w, p, is_seed};
}

size_t pt_model_top_words(const pt_model *model, uint32_t topic, size_t n, pt_top_word *out) {
    const factors f = factors_of(model, topic);
    size_t n_found = 0;
    for (uint32_t w = 0; w < model->V; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++)
            if (model->topic[i] == topic)
                consider(model, f, i, w, n, out, &n_found);
    return n_found;
}

void pt_model_top_words_all(const pt_model *model, size_t n, pt_top_word *out, size_t *n_found) {
    factors *f = pt_alloc(model->K, sizeof *f);
    for (uint32_t k = 0; k < model->K; k++) {
        f[k] = factors_of(model, k);
        n_found[k] = 0;
    }
    for (uint32_t w = 0; w < model->V; w++)
        for (uint64_t i = model->word_start[w]; i < model->word_start[w + 1]; i++) {
            const uint16_t k = model->topic[i];
            consider(model, f[k], i, w, n, out + k * n, &n_found[k]);
        }
    free(f);
}
