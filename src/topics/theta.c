/* SPDX-License-Identifier: Apache-2.0 */
#include "topics/theta.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "topics/posterior.h"

#include <stdlib.h>
#include <string.h>

enum { DOC_BLOCK = 256 };

/* 6 bytes, not 8: with PT_THETA_ROOM of them a document this is a tenth of all memory. */
typedef struct __attribute__((packed)) entry {
    uint32_t sum; /* 0 = free */
    uint16_t topic;
} entry;

struct pt_theta {
    uint32_t D, n_kept;
    entry *entry; /* [D][PT_THETA_ROOM], the used ones first */
};

pt_theta *pt_theta_new(uint32_t D) {
    pt_theta *theta = pt_zalloc(1, sizeof *theta);
    theta->D = D;
    theta->entry = pt_zalloc((size_t)D * PT_THETA_ROOM, sizeof *theta->entry);
    return theta;
}

void pt_theta_free(pt_theta *theta) {
    if (!theta)
        return;
    free(theta->entry);
    free(theta);
}

uint32_t pt_theta_kept(const pt_theta *theta) {
    return theta->n_kept;
}

void *pt_theta_entries(pt_theta *theta, uint32_t begin, uint32_t end, size_t *bytes) {
    *bytes = (size_t)(end - begin) * PT_THETA_ROOM * sizeof *theta->entry;
    return theta->entry + (size_t)begin * PT_THETA_ROOM;
}

bool pt_theta_is_good(const pt_theta *theta, uint32_t begin, uint32_t end, uint32_t K) {
    for (size_t i = (size_t)begin * PT_THETA_ROOM; i < (size_t)end * PT_THETA_ROOM; i++)
        if (theta->entry[i].sum && theta->entry[i].topic >= K)
            return false;
    return true;
}

void pt_theta_set_kept(pt_theta *theta, uint32_t n_kept) {
    theta->n_kept = n_kept;
}

static void add(entry *list, uint16_t topic, uint32_t n) {
    size_t smallest = 0;
    for (size_t i = 0; i < PT_THETA_ROOM; i++) {
        if (list[i].sum == 0 || list[i].topic == topic) {
            list[i].topic = topic;
            list[i].sum += n;
            return;
        }
        if (list[i].sum < list[smallest].sum)
            smallest = i;
    }
    if (list[smallest].sum < n)
        list[smallest] = (entry){n, topic};
}

typedef struct job {
    pt_theta *theta;
    const pt_theta *kept;
    const pt_sampler *sampler;
    pt_model *model;
    uint32_t **count; /* [threads][K], all 0 between documents */
    float **row;      /* [threads][K] */
} job;

static void keep_block(void *user, int worker, size_t unit) {
    job *shared = user;
    const pt_sampler *sampler = shared->sampler;
    uint32_t *count = shared->count[worker];
    for (size_t d = unit * DOC_BLOCK; d < sampler->D && d < (unit + 1) * DOC_BLOCK; d++) {
        const uint64_t begin = sampler->doc_start[d], end = sampler->doc_start[d + 1];
        for (uint64_t t = begin; t < end; t++)
            count[sampler->z[t]]++;
        for (uint64_t t = begin; t < end; t++) {
            const uint16_t k = sampler->z[t];
            if (count[k])
                add(shared->theta->entry + d * PT_THETA_ROOM, k, count[k]);
            count[k] = 0;
        }
    }
}

static void finish_block(void *user, int worker, size_t unit) {
    job *shared = user;
    const pt_sampler *sampler = shared->sampler;
    const pt_boosts *boosts = &sampler->boosts;
    const uint32_t K = sampler->params.K, M = K < PT_MODEL_TOPICS ? K : PT_MODEL_TOPICS;
    float *row = shared->row[worker];
    for (size_t d = unit * DOC_BLOCK; d < sampler->D && d < (unit + 1) * DOC_BLOCK; d++) {
        double mass = (double)(sampler->doc_start[d + 1] - sampler->doc_start[d]);
        for (uint32_t k = 0; k < K; k++) {
            row[k] = (float)sampler->alpha[k];
            mass += sampler->alpha[k];
        }
        for (uint64_t i = boosts->start ? boosts->start[d] : 0; boosts->start && i < boosts->start[d + 1];
             i++) {
            const double more = sampler->alpha[boosts->topic[i]] * boosts->value[i];
            row[boosts->topic[i]] += (float)more;
            mass += more;
        }
        const entry *list = shared->kept->entry + d * PT_THETA_ROOM;
        for (size_t i = 0; i < PT_THETA_ROOM && list[i].sum; i++)
            row[list[i].topic] += (float)list[i].sum / (float)shared->kept->n_kept;
        uint32_t best[PT_MODEL_TOPICS];
        pt_largest(row, K, M, best);
        for (uint32_t i = 0; i < PT_MODEL_TOPICS; i++) {
            shared->model->theta_topic[d * PT_MODEL_TOPICS + i] = i < M ? (uint16_t)best[i] : PT_NO_TOPIC;
            shared->model->theta[d * PT_MODEL_TOPICS + i] = i < M ? (float)(row[best[i]] / mass) : 0;
        }
    }
}

static void for_documents(job *shared, void (*body)(void *, int, size_t)) {
    const int threads = shared->sampler->params.threads;
    const uint32_t K = shared->sampler->params.K;
    shared->count = pt_alloc((size_t)threads, sizeof *shared->count);
    shared->row = pt_alloc((size_t)threads, sizeof *shared->row);
    for (int i = 0; i < threads; i++) {
        shared->count[i] = pt_zalloc(K, sizeof **shared->count);
        shared->row[i] = pt_zalloc(K, sizeof **shared->row);
    }
    pt_parallel_for(threads, ((size_t)shared->sampler->D + DOC_BLOCK - 1) / DOC_BLOCK, body, shared);
    for (int i = 0; i < threads; i++) {
        free(shared->count[i]);
        free(shared->row[i]);
    }
    free(shared->count);
    free(shared->row);
}

void pt_theta_keep(pt_theta *theta, const pt_sampler *sampler) {
    job shared = {.theta = theta, .sampler = sampler};
    for_documents(&shared, keep_block);
    theta->n_kept++;
}

void pt_theta_finish(const pt_theta *theta, const pt_sampler *sampler, pt_model *model) {
    const size_t n = (size_t)sampler->D * PT_MODEL_TOPICS;
    model->theta_topic = pt_alloc(n, sizeof *model->theta_topic);
    model->theta = pt_alloc(n, sizeof *model->theta);
    job shared = {.kept = theta, .sampler = sampler, .model = model};
    for_documents(&shared, finish_block);
}
