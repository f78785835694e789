/* SPDX-License-Identifier: Apache-2.0 */
/* rng.h - counter-based random numbers: a draw is a pure function of its key, never of time, thread or
 * the draws before it. Mixer: the SplitMix64 finaliser (Steele, Lea, Flood, Fast splittable pseudorandom
 * number generators, OOPSLA 2014); keys are folded in one by one. */
#ifndef PT_BASE_RNG_H
#define PT_BASE_RNG_H

#include <stdint.h>

static inline uint64_t pt_mix64(uint64_t x) {
    x ^= x >> 30;
    x *= 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 27;
    x *= 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/* h(i) of the counter generator: mix(i + golden ratio). */
static inline uint64_t pt_rng_hash(uint64_t counter) {
    return pt_mix64(counter + 0x9E3779B97F4A7C15ULL);
}

/* A stream's key from what is drawn, e.g. pt_rng_key(seed, sweep, document). */
static inline uint64_t pt_rng_key(uint64_t a, uint64_t b, uint64_t c) {
    return pt_rng_hash(pt_rng_hash(pt_rng_hash(a) ^ b) ^ c);
}

/* The i-th draw of the stream `key`, 64 bits. */
static inline uint64_t pt_rng_at(uint64_t key, uint64_t i) {
    return pt_mix64(key + (i + 1) * 0x9E3779B97F4A7C15ULL);
}

/* Uniform in [0, 1) with 53 and with 24 bits. */
static inline double pt_rng_double(uint64_t bits) {
    return (double)(bits >> 11) * 0x1p-53;
}
static inline float pt_rng_float(uint64_t bits) {
    return (float)(bits >> 40) * 0x1p-24f;
}

/* floor(bits * n / 2^64): uniform in 0 .. n-1 up to a bias of n / 2^64. */
static inline uint64_t pt_rng_below(uint64_t bits, uint64_t n) {
    return (uint64_t)(((unsigned __int128)bits * n) >> 64);
}

#endif
