/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - what the synthetic documents of the benchmarks are made of; functions of their keys alone. */
#ifndef PT_BENCH_WORDS_H
#define PT_BENCH_WORDS_H

#include "base/rng.h"

#include <math.h>

/* A Zipfian word; topic k knows each word with probability 1/8. */
static inline uint32_t draw_word(uint32_t V, uint64_t topic, uint64_t key) {
    for (uint64_t i = 0;; i++) {
        const uint32_t w = (uint32_t)(pow((double)V + 1, pt_rng_double(pt_rng_at(key, i))) - 1);
        if (w < V && pt_rng_below(pt_rng_key(2, topic, w), 8) == 0)
            return w;
    }
}

/* Words of document d: from half the mean to one and a half times it. */
static inline uint64_t draw_length(uint32_t d, uint32_t mean) {
    return mean / 2 + pt_rng_below(pt_rng_key(1, 0, d), mean + 1);
}

#endif
