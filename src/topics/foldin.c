/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/foldin.h"

#include "base/mem.h"
#include "topics/dot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 40 };
static const float TOLERANCE = 1e-4f; /* largest change of any theta_k */

struct pt_foldin {
    const pt_model *model;
    size_t row;
    float *phi; /* [V][row] */
};

pt_foldin *pt_foldin_new(const pt_model *model) {
    pt_foldin *foldin = pt_zalloc(1, sizeof *foldin);
    foldin->model = model;
    foldin->phi = pt_model_phi(model, &foldin->row);
    return foldin;
}

void pt_foldin_free(pt_foldin *foldin) {
    if (!foldin)
        return;
    free(foldin->phi);
    free(foldin);
}

void pt_foldin_document(const pt_foldin *foldin, const uint32_t *word, const float *weight, size_t n,
                        const double *prior, float *theta) {
    const pt_model *model = foldin->model;
    const uint32_t K = model->K;
    const size_t row = foldin->row;
    float *now = pt_zalloc_aligned(3 * row, sizeof *now), *next = now + row, *alpha = next + row;
    double mass = 0;
    for (uint32_t k = 0; k < K; k++) {
        alpha[k] = (float)(prior ? prior[k] : model->alpha[k]);
        mass += alpha[k];
    }
    for (uint32_t k = 0; k < K; k++)
        now[k] = (float)(alpha[k] / mass);
    for (size_t i = 0; i < n; i++)
        mass += word[i] < model->V ? (weight ? weight[i] : 1) : 0;
    for (int step = 0; step < MOST_STEPS; step++) {
        memcpy(next, alpha, row * sizeof *next);
        for (size_t i = 0; i < n; i++) {
            if (word[i] >= model->V)
                continue;
            const float *phi = foldin->phi + word[i] * row;
            const float share = (weight ? weight[i] : 1) / pt_dot(now, phi, row);
            for (size_t k = 0; k < row; k++)
                next[k] += now[k] * phi[k] * share;
        }
        float change = 0;
        for (uint32_t k = 0; k < K; k++) {
            const float value = (float)(next[k] / mass);
            change = fmaxf(change, fabsf(value - now[k]));
            now[k] = value;
        }
        if (change < TOLERANCE)
            break;
    }
    memcpy(theta, now, K * sizeof *theta);
    free(now);
}

double pt_foldin_log_probability(const pt_foldin *foldin, const float *theta, uint32_t word) {
    double p = 0;
    for (uint32_t k = 0; k < foldin->model->K; k++)
        p += (double)theta[k] * foldin->phi[word * foldin->row + k];
    return log(p);
}
